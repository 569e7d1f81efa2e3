"""OParl: every object and list holds to the standard, and leads on to the others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from sagsgang import samples
from sagsgang.archive.models import Enclosure, Item
from sagsgang.archive.publishing import publish
from sagsgang.minutes import Attachment, Minutes, Statement, Vote, read

from ..documents import item, meeting
from .schemas import SCHEMA, list_of, object_of

pytestmark = pytest.mark.django_db

HERE = "http://testserver/oparl"
MEETING = "lindvig/beskaeftigelsesudvalget/2026-03-04"
LISTS = {
    "organization": "Organization",
    "person": "Person",
    "meeting": "Meeting",
    "paper": "Paper",
    "agendaItem": "AgendaItem",
    "consultation": "Consultation",
    "file": "File",
    "legislativeTermList": "LegislativeTerm",
    "membership": "Membership",
}


@pytest.fixture
def told(client):
    def ask(address: str, kind: str = "") -> dict[str, Any]:
        response = client.get(address)
        assert response.status_code == 200, (address, response.content)
        answer = response.json()
        if kind:
            object_of(kind).validate(answer)
        return answer

    return ask


@pytest.fixture
def listed(told):
    def ask(address: str, kind: str) -> list[dict[str, Any]]:
        found = []
        while address:
            answer = told(address)
            list_of(kind).validate(answer)
            found += answer["data"]
            address = answer["links"].get("next", "")
        return found

    return ask


def rich() -> Minutes:
    """Minutes with a vote, dissent, absence, attachments and a closed item."""
    voted = item(
        "4",
        "Budget",
        kle="15.00.00",
        decided_by="Byrådet",
        votes=(Vote("for", ("Karin Østergaard", "A")), Vote("against", ("Jens Mølgaard",))),
        statements=(Statement(("Jens Mølgaard",), "Vi er imod."),),
        absent=("Fatima Lindholm",),
        attachments=(Attachment("Notat", "https://eksempel.dk/notat.pdf"), Attachment("Regneark")),
    )
    closed = item("5", None, case_number=None, closed=True, sections=(), decisions=())
    return meeting(voted, closed)


def references(value: Any) -> Iterator[str]:
    """All addresses of objects that an object has in it."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)
    elif isinstance(value, str) and value.startswith(f"{HERE}/"):
        yield value


def test_a_reader_finds_everything_from_the_beginning(told, listed):
    for path in samples.paths():
        publish(read(path))
    publish(rich())
    system = told("/oparl/", "System")
    [body] = listed(system["body"], "Body")
    assert body["name"] == "Lindvig Kommune"
    assert told(body["id"], "Body") == body
    assert listed(body["locationList"], "File") == []
    for name, kind in LISTS.items():
        found = listed(body[name], kind)
        assert found, name
        for one in found:
            assert told(one["id"], kind) == one


def test_what_an_object_names_is_there(told, listed):
    publish(rich())
    to_see, seen = [f"{HERE}/"], set()
    while to_see:
        address = to_see.pop()
        if address not in seen:
            seen.add(address)
            to_see += references(told(address))
    kinds = {address.split("/oparl/")[1].split("/")[0] for address in seen}
    assert kinds >= {
        "body", "organization", "person", "membership", "meeting", "agenda-item", "paper",
        "consultation", "file", "attachment", "legislative-term",
    }  # fmt: skip


def test_votes_attendance_and_decisions_stand_in_own_properties(told):
    publish(rich())
    found = told(f"/oparl/meeting/{MEETING}", "Meeting")
    assert found["start"] == "2026-03-04T15:30:00+01:00"
    assert found["meetingState"] == "durchgeführt"
    assert found["participant"][0] == f"{HERE}/person/lindvig/karin-oestergaard"
    assert found["sagsgang:attendance"][1] == {
        "person": f"{HERE}/person/lindvig/jens-moelgaard",
        "name": "Jens Mølgaard",
        "party": "V",
        "present": True,
    }
    budget, closed = found["agendaItem"]
    assert budget["resolutionText"] == "Godkendt."
    assert budget["result"] == "approved"
    assert budget["sagsgang:vote"] == [
        {
            "choice": "for",
            "name": "Karin Østergaard",
            "person": f"{HERE}/person/lindvig/karin-oestergaard",
        },
        {"choice": "for", "name": "A", "party": "A"},
        {
            "choice": "against",
            "name": "Jens Mølgaard",
            "person": f"{HERE}/person/lindvig/jens-moelgaard",
        },
    ]
    assert budget["sagsgang:dissent"][0]["name"] == "Jens Mølgaard"
    assert budget["sagsgang:absent"] == [f"{HERE}/person/lindvig/fatima-lindholm"]
    assert budget["sagsgang:attachment"] == ["Regneark"]
    assert budget["auxiliaryFile"][0]["accessUrl"] == "https://eksempel.dk/notat.pdf"
    assert (closed["public"], "name" in closed, "resolutionText" in closed) == (False, False, False)


def test_a_meeting_without_a_time_has_its_day(told):
    publish(meeting(start_time=None))
    found = told(f"/oparl/meeting/{MEETING}", "Meeting")
    assert "start" not in found
    assert found["sagsgang:date"] == "2026-03-04"


def test_an_agenda_is_an_invitation_with_its_supplement_beside_it(told):
    publish(meeting(item("1", decisions=()), kind="agenda"))
    publish(meeting(item("2", decisions=()), kind="supplementary_agenda"))
    found = told(f"/oparl/meeting/{MEETING}", "Meeting")
    assert "resultsProtocol" not in found
    assert found["invitation"]["id"] == f"{HERE}/file/{MEETING}/version/1"
    assert [one["id"] for one in found["auxiliaryFile"]] == [f"{HERE}/file/{MEETING}/tillaeg/1"]


def test_a_list_comes_in_pages_that_stay_put(told, listed):
    for day in range(1, 8):
        publish(meeting(date=f"2026-03-{day:02}"))
    first = told("/oparl/body/lindvig/meetings?elementsPerPage=3")
    assert len(first["data"]) == first["pagination"]["elementsPerPage"] == 3
    publish(meeting(date="2026-01-01"))
    rest = listed(first["links"]["next"], "Meeting")
    dates = [one["sagsgang:date"] for one in [*first["data"], *rest]]
    assert dates == [*(f"2026-03-{day:02}" for day in range(1, 8)), "2026-01-01"]


@pytest.mark.parametrize(
    "name",
    [
        "meetings",
        "agenda-items",
        "papers",
        "files",
        "people",
        "organizations",
        "memberships",
        "consultations",
    ],
)
def test_lists_are_narrowed_down_by_when_objects_changed(told, name):
    publish(meeting(date="2026-03-04"))
    moment = timezone.now().isoformat().replace("+", "%2B")
    address = f"/oparl/body/lindvig/{name}"
    assert told(f"{address}?modified_since={moment}")["data"] == []
    assert told(f"{address}?created_until={moment}&modified_until={moment}")["data"]
    publish(meeting(item("1", "Rettet"), date="2026-03-04"))
    changed = told(f"{address}?modified_since={moment}")
    assert changed["data"]
    assert "modified_since" in changed["links"]["first"]


def test_created_tells_when_a_thing_first_came(told):
    publish(meeting(date="2026-03-04"))
    moment = timezone.now().isoformat().replace("+", "%2B")
    publish(meeting(item("1", "Rettet"), date="2026-03-04"))
    publish(meeting(date="2026-04-01"))
    [new] = told(f"/oparl/body/lindvig/meetings?created_since={moment}")["data"]
    assert new["sagsgang:date"] == "2026-04-01"


@pytest.mark.parametrize(
    "query",
    ["modified_since=i%20g%C3%A5r", "created_since=0001-01-01T00:00:00%2B14:00",
     "modified_until=2026-13-01", "elementsPerPage=mange", "cursor=abc"],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_in_words(client, query):
    publish(meeting())
    response = client.get(f"/oparl/body/lindvig/meetings?{query}")
    assert response.status_code == 400
    assert response.json()["error"].startswith(query.partition("=")[0])


@pytest.mark.parametrize(
    "path",
    ["body/horsens", "body/lindvig/ingen", "organization/lindvig/ingen", "person/lindvig/ingen",
     "meeting/a/b/c", "agenda-item/a/b/c/d", "paper/lindvig/1", "consultation/a/b/c/d",
     "file/a/b/c/version/1", "attachment/a/b/c/d/0", "legislative-term/lindvig/1822-1825",
     "membership/a/b/c/d"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client, path):
    publish(meeting())
    response = client.get(f"/oparl/{path}")
    assert response.status_code == 404
    assert response.json() == {"error": "There is no such object."}


def test_other_sites_may_read_and_what_has_not_changed_is_not_sent_again(client):
    publish(meeting())
    first = client.get("/oparl/bodies")
    assert first["Access-Control-Allow-Origin"] == "*"
    assert client.get("/oparl/bodies", headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("bodies", 2),
        ("body/lindvig", 2),
        ("body/lindvig/organizations", 3),
        ("body/lindvig/people", 3),
        ("body/lindvig/memberships", 2),
        ("body/lindvig/meetings", 9),
        ("body/lindvig/agenda-items", 6),
        ("body/lindvig/papers", 3),
        ("body/lindvig/consultations", 2),
        ("body/lindvig/files", 2),
        ("body/lindvig/attachments", 2),
        (f"meeting/{MEETING}", 8),
    ],
)
def test_the_number_of_queries_does_not_grow(client, django_assert_max_num_queries, path, queries):
    publish(rich())
    for day in range(10, 20):
        publish(meeting(*(item(str(number)) for number in range(5)), date=f"2026-03-{day}"))
    with django_assert_max_num_queries(queries):
        assert client.get(f"/oparl/{path}").status_code == 200


def test_nothing_of_the_database_shows_in_addresses(told, listed):
    """Rows are made anew with each version; the names of their objects stay."""
    publish(rich())
    before = [one["id"] for one in listed("/oparl/body/lindvig/files", "File")]
    numbers = set(Item.objects.values_list("pk", flat=True))
    publish(meeting(*rich().items, place="Et andet lokale"))
    assert numbers.isdisjoint(Item.objects.values_list("pk", flat=True))
    assert Enclosure.objects.count() == 2
    after = [one["id"] for one in listed("/oparl/body/lindvig/files", "File")]
    assert set(before) < set(after)


def test_the_standard_is_the_one_that_is_said(told):
    assert told("/oparl/")["oparlVersion"] == SCHEMA
