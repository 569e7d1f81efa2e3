"""The page of a meeting."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.archive.documents import item, meeting

from sagsgang.minutes import Attendance, ContentsEntry, Decision, Finding, Statement, Vote

from .reading import BODY, MEETING, Seen, published, steps_down_by_one

pytestmark = pytest.mark.django_db


def test_the_head_says_what_who_when_and_where(client: Client) -> None:
    published(meeting(place="Rådhuset, lokale 3"))
    page = Seen(client, MEETING)
    assert page.text("h1") == "Beskæftigelsesudvalget, 4. marts 2026"
    assert page.text(".lead") == "Onsdag den 4. marts 2026 kl. 15.30 · Rådhuset, lokale 3"
    assert page.text(".over") == "Referat · Lindvig Kommune"
    assert steps_down_by_one(page.levels())


def test_items_are_told_with_their_outcome_at_a_glance(client: Client) -> None:
    decision = Decision("Udvalget godkendte planen med to ændringer.", "approved")
    published(
        meeting(
            item(
                decisions=(decision,),
                votes=(Vote("for", ("Karin Østergaard",)), Vote("against", ("Jens Mølgaard",))),
                statements=(Statement(("Jens Mølgaard",), "Nej."),),
                decided_by="Byrådet",
            ),
            item("2", "Meddelelser", decisions=()),
        )
    )
    first, second = Seen(client, MEETING).all(".agenda")[0]
    told = " ".join(first.text_content().split())
    assert "»" not in told  # the quotation marks are the style's
    assert "Udvalget godkendte planen med to ændringer." in told
    for said in ("Godkendt", "1 for, 1 imod", "Uenighed ført til protokols", "Afgøres af Byrådet"):
        assert said in told
    assert "Ingen beslutning" in second.text_content()


def test_a_decision_that_says_no_more_than_its_outcome_is_not_repeated(client: Client) -> None:
    published()
    assert Seen(client, MEETING).all(".agenda__quote") == []


def test_what_only_the_contents_name_stands_in_its_place(client: Client) -> None:
    contents = (
        ContentsEntry("Et punkt om noget", 2),
        ContentsEntry("Køb af ejendom", 3, True),
        ContentsEntry("Endnu et punkt om noget", 4),
    )
    items = item("1", "Et punkt om noget"), item("3", "Endnu et punkt om noget", case_number="25/2")
    published(meeting(*items, contents=contents))
    (lines,) = Seen(client, MEETING).all(".agenda")
    titles = [" ".join(line.xpath(".//h3")[0].text_content().split()) for line in lines]
    assert titles == ["Et punkt om noget", "Køb af ejendom", "Endnu et punkt om noget"]
    assert "Lukket" in lines[1].text_content()
    assert "Står kun i indholdsfortegnelsen" in lines[1].text_content()


def test_members_are_told_by_presence_with_their_party(client: Client) -> None:
    members = (
        Attendance("Karin Østergaard", "A", True),
        Attendance("Jens Mølgaard", "independent", True),
        Attendance("Fatima Lindholm", "F", False),
    )
    published(meeting(members=members))
    page = Seen(client, MEETING)
    assert page.text("#til-stede") == "2 til stede"
    assert page.text("#fravaerende") == "1 fraværende"
    assert "Jens Mølgaard uden for parti" in page.section("til-stede")
    assert page.links()["Fatima Lindholm"] == "/lindvig/person/fatima-lindholm/"


def test_an_agenda_says_that_decisions_are_to_come(client: Client) -> None:
    published(meeting(item(decisions=()), kind="agenda", date="2099-03-04"))
    page = Seen(client, f"{BODY}2099-03-04/")
    assert "Mødet er ikke holdt endnu" in page.text(".aside-note")
    assert page.text(".over").startswith("Dagsorden")


def test_an_old_agenda_says_that_the_minutes_are_not_here(client: Client) -> None:
    published(meeting(item(decisions=()), kind="agenda"))
    assert "referatet er ikke i arkivet" in Seen(client, MEETING).text(".aside-note")


def test_a_supplementary_agenda_has_a_list_of_its_own(client: Client) -> None:
    published(meeting(item("1", "Budget"), kind="agenda", date="2099-03-04"))
    extra = item("2", "Varsling af afskedigelser", case_number="25/7")
    published(meeting(extra, kind="supplementary_agenda", date="2099-03-04"))
    page = Seen(client, f"{BODY}2099-03-04/")
    assert "Varsling af afskedigelser" in page.section("tillaeg")
    assert "Varsling af afskedigelser" not in page.section("punkter")
    assert page.links()["Tillægsdagsorden"] == f"{BODY}2099-03-04/tillaeg/1/"


def test_neighbours_are_the_bodys_meetings_before_and_after(client: Client) -> None:
    for date in ("2026-02-04", "2026-01-07", "2026-03-04", "2026-04-01"):
        published(meeting(date=date))
    published(meeting(committee="Byrådet", date="2026-02-25"))
    links = Seen(client, MEETING).links()
    assert links["Forrige møde 4. februar 2026"] == f"{BODY}2026-02-04/"
    assert links["Næste møde 1. april 2026"] == f"{BODY}2026-04-01/"


def test_a_correction_is_told_with_its_reason_and_the_way_to_the_changes(client: Client) -> None:
    published()
    published(meeting(item(title="Indsats for unge")), reason="Titlen var forkert.")
    page = Seen(client, MEETING)
    assert "Titlen var forkert." in page.text(".correction")
    assert page.links()["Se, hvad der blev ændret"] == f"{MEETING}sammenlign/1/2/"


def test_minutes_that_come_after_the_agenda_correct_nothing(client: Client) -> None:
    published(meeting(item(decisions=()), kind="agenda"))
    published()
    assert Seen(client, MEETING).all(".correction") == []


def test_findings_of_the_whole_document_are_told(client: Client) -> None:
    published(meeting(findings=(Finding("page_missing", "Page 4 is not there."),)))
    assert "En side mangler eller har ingen tekst." in Seen(client, MEETING).section("kilde")


def test_machines_are_told_of_the_event(client: Client) -> None:
    published()
    event = Seen(client, MEETING).schema()["mainEntity"]
    assert event["@type"] == "Event"
    assert event["startDate"] == "2026-03-04T15:30"
    assert event["organizer"]["name"] == "Beskæftigelsesudvalget"


def test_a_reader_who_has_the_page_gets_304(client: Client) -> None:
    published()
    headers = client.get(MEETING).headers
    seen = client.get(MEETING, headers={"If-None-Match": headers["ETag"]})
    assert seen.status_code == 304
    assert headers["Cache-Control"] == "no-cache"


def test_in_english_the_frame_is_english_and_the_document_says_that_it_is_danish(
    client: Client,
) -> None:
    published()
    client.cookies["django_language"] = "en"
    page = Seen(client, MEETING)
    assert page.tree.get("lang") == "en"
    assert page.tree.xpath("//h3//a/@lang") == ["da"]
    assert "4 March 2026" in page.text("h1")
