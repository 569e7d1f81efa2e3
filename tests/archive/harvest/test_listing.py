"""The list of committees and meetings is read tolerantly, and tells what it did not expect."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from sagsgang.archive.harvest.listing import ListedMeeting, listing_of

from ..firstagenda_server import NO_ID, id_of

MEETING = {
    "Id": id_of("møde"),
    "Dato": "2026-05-04T14:00:00+02:00",
    "MeetingBeginUtc": "2026-05-04T14:00:00+02:00",
    "ReleasedDate": "2026-05-06T10:53:07+02:00",
    "Sted": "Lokale 14",
    "Afsluttet": True,
    "Navn": "Referat",
    "IsSupplementaryAgenda": False,
}


def listed(*meetings: Any, **committee: Any) -> Any:
    given = {
        "Id": id_of("udvalg"),
        "Navn": "Socialudvalget",
        "OrganisationId": id_of("Lindvig"),
        "Historisk": "false",
        "Moeder": list(meetings),
    }
    return {"Udvalg": {"Udvalg 2026-2029": [{**given, **committee}]}}


def only(**meeting: Any) -> ListedMeeting:
    [one] = listing_of(listed({**MEETING, **meeting})).meetings
    return one


def test_a_meeting_as_the_service_lists_it() -> None:
    listing = listing_of(listed(MEETING))
    [meeting] = listing.meetings
    assert listing.notes == ()
    assert meeting.id == MEETING["Id"]
    assert meeting.committee == "Socialudvalget"
    assert meeting.date == dt.date(2026, 5, 4)
    assert meeting.place == "Lokale 14"
    assert meeting.word == "REFERAT"
    assert meeting.finished is True
    assert meeting.title == "Socialudvalget 2026-05-04, Referat"


def test_all_groups_are_read_and_each_meeting_once() -> None:
    value = listed(MEETING)
    value["Udvalg"]["Udvalg 2022-2025"] = [
        {"Id": id_of("gl"), "Navn": "Børneudvalget", "Moeder": [MEETING, {**MEETING, "Id": "b-2"}]}
    ]
    assert [each.id for each in listing_of(value).meetings] == [MEETING["Id"], "b-2"]


def test_committees_without_groups_are_read_too() -> None:
    assert listing_of({"udvalg": [{"Navn": "X", "Moeder": [MEETING]}]}).meetings


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("Afsluttet", "true", "REFERAT"),
        ("Afsluttet", "false", "DAGSORDEN"),
        ("IsSupplementaryAgenda", "true", "TILLÆGSDAGSORDEN"),
        ("Navn", "Dagsorden", "DAGSORDEN"),
        ("Navn", "Referat 1. behandling budget", "REFERAT"),
        ("Navn", "Tillægsdagsorden", "TILLÆGSDAGSORDEN"),
    ],
)
def test_what_a_document_is_called(name: str, value: Any, word: str) -> None:
    nameless = {"Navn": ""} if name != "Navn" else {}
    assert only(**nameless, **{name: value}).word == word


def test_unknown_and_missing_fields_are_told_and_do_no_harm() -> None:
    new = {**MEETING, "Id": "2", "Farve": "blå"}
    del new["Sted"], new["ReleasedDate"]
    listing = listing_of(listed(new, {**MEETING, "Id": "3", "Farve": "rød"}))
    assert len(listing.meetings) == 2
    assert listing.notes == (
        "meeting: no field releaseddate",
        "meeting: no field sted",
        "meeting: unknown field farve (2)",
    )


@pytest.mark.parametrize("id_", [None, "", NO_ID, 7])
def test_a_meeting_that_cannot_be_asked_for_is_told(id_: Any) -> None:
    listing = listing_of(listed({**MEETING, "Id": id_}))
    assert listing.meetings == ()
    assert "meeting without Id" in listing.notes


def test_notes_are_few_whatever_comes() -> None:
    strange = {f"felt {n}" * 50: n for n in range(500)}
    notes = listing_of(listed({**MEETING, **strange})).notes
    assert len(notes) <= 50
    assert max(map(len, notes)) < 120


@pytest.mark.parametrize("value", [None, [], "x", {}, {"Udvalg": "x"}, {"Udvalg": 3}])
def test_something_else_is_no_list(value: Any) -> None:
    with pytest.raises(ValueError, match="committees"):
        listing_of(value)


@pytest.mark.parametrize("value", [{"Udvalg": {"g": None}}, {"Udvalg": {"g": [{"Moeder": 5}]}}])
def test_what_is_empty_has_no_meetings(value: Any) -> None:
    assert listing_of(value).meetings == ()


class TestTheMark:
    """What is compared to tell whether a document has changed."""

    def test_stays_while_nothing_happens(self) -> None:
        assert only().mark == only(Sted="Lokale 15").mark != ""

    @pytest.mark.parametrize(
        "change", [{"ReleasedDate": "2026-05-07T08:00:00+02:00"}, {"Navn": "Dagsorden"}]
    )
    def test_changes_with_the_document(self, change: dict[str, Any]) -> None:
        assert only(**change).mark != only().mark

    def test_is_none_where_the_list_does_not_tell(self) -> None:
        assert only(ReleasedDate=None).mark == ""


def test_a_meeting_is_the_same_under_a_new_id_and_in_another_zone() -> None:
    again = only(Id="ny", Dato="2026-05-04T12:00:00Z", Navn="Dagsorden")
    assert again.meeting == only().meeting
    assert only(Dato="2026-05-04T15:00:00+02:00").meeting != only().meeting
    assert only(Dato="engang").meeting != only(Dato="snart").meeting


def test_agendas_come_before_minutes_and_older_before_newer() -> None:
    agenda = only(Navn="Dagsorden", ReleasedDate="2026-05-08")
    corrected = only(ReleasedDate="2026-06-01")
    assert sorted([corrected, only(), agenda], key=lambda each: each.order) == [
        agenda,
        only(),
        corrected,
    ]
