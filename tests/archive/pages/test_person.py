"""The page of a person."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.archive.documents import item, meeting

from sagsgang.archive.pages import person as page_of_person
from sagsgang.minutes import Attendance, Statement, Vote

from .reading import MEETING, Seen, published, steps_down_by_one

pytestmark = pytest.mark.django_db
PERSON = "/lindvig/person/fatima-lindholm/"


def member(present: bool | None, party: str | None = "F") -> tuple[Attendance, ...]:
    return (Attendance("Fatima Lindholm", party, present),)


def rows(page: Seen) -> list[list[str]]:
    return [
        [" ".join(cell.text_content().split()) for cell in row]
        for row in page.tree.xpath("//main//table/tbody/tr")
    ]


def test_attendance_is_a_share_of_the_meetings_that_tell(client: Client) -> None:
    published(meeting(members=member(True)))
    published(meeting(members=member(True), date="2026-04-01"))
    published(meeting(members=member(False), date="2026-05-06"))
    published(meeting(members=member(None), date="2026-06-03"))
    page = Seen(client, PERSON)
    assert rows(page) == [["Beskæftigelsesudvalget", "2026-2029", "F", "2", "3", "67 %", "0"]]
    assert steps_down_by_one(page.levels())


def test_terms_and_bodies_are_told_apart_the_newest_first(client: Client) -> None:
    published(meeting(members=member(True, "V"), date="2025-03-05"))
    published(meeting(members=member(True)))
    published(meeting(members=member(True), committee="Byrådet"))
    told = [row[:3] for row in rows(Seen(client, PERSON))]
    assert told == [
        ["Beskæftigelsesudvalget", "2026-2029", "F"],
        ["Byrådet", "2026-2029", "F"],
        ["Beskæftigelsesudvalget", "2022-2025", "V"],
    ]


def test_somebody_who_is_only_named_is_no_member(client: Client) -> None:
    published(meeting(item(absent=("Bodil Engberg",)), members=()))
    page = Seen(client, "/lindvig/person/bodil-engberg/")
    (row,) = rows(page)
    assert "nævnt, ikke opført som medlem" in row[0]
    assert row[3:] == ["–", "–", "–", "1"]


def test_votes_are_counted_and_told_with_their_items(client: Client) -> None:
    for month, choice in ((3, "for"), (4, "against"), (5, "against")):
        vote = Vote(choice, ("Fatima Lindholm",))
        published(meeting(item(votes=(vote,)), date=f"2026-0{month}-04"))
    votes = Seen(client, PERSON).section("stemmer")
    assert votes.startswith("Stemmer For: 1 · Imod: 2")
    assert votes.index("4. maj 2026") < votes.index("4. april 2026") < votes.index("4. marts 2026")


def test_many_votes_are_told_a_page_at_a_time(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_of_person, "PER_PAGE", 1)
    for month in (3, 4):
        vote = Vote("for", ("Fatima Lindholm",))
        published(meeting(item(votes=(vote,)), date=f"2026-0{month}-04"))
    page = Seen(client, f"{PERSON}?side=2")
    assert "4. marts 2026" in page.section("stemmer")
    assert "4. april 2026" not in page.section("stemmer")
    assert page.links()["Nyere"] == "?side=1"


def test_no_votes_is_a_state_with_words(client: Client) -> None:
    published()
    assert "nævner, hvad personen har stemt" in Seen(client, PERSON).text(".empty")


def test_dissent_leads_to_the_item(client: Client) -> None:
    published(meeting(item(statements=(Statement(("Fatima Lindholm",), "Nej."),))))
    page = Seen(client, PERSON)
    assert "Indsats for langtidsledige" in page.section("uenighed")
    assert page.links()["Indsats for langtidsledige"] == f"{MEETING}1/"


def test_other_spellings_are_told(client: Client) -> None:
    published()
    published(meeting(members=(Attendance("Fatima Lindholmm", "F", True),), date="2026-04-01"))
    assert "Fatima Lindholmm" in Seen(client, PERSON).text(".facts")


def test_it_says_that_it_is_what_the_minutes_print(client: Client) -> None:
    published()
    page = Seen(client, PERSON)
    assert "Sådan står det i referaterne." in page.text(".lead")
    assert page.schema()["mainEntity"]["memberOf"][0]["name"] == "Beskæftigelsesudvalget"


def test_nobody_of_that_name(client: Client) -> None:
    published()
    assert client.get("/lindvig/person/ingen/").status_code == 404
