"""The page of an item."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.archive.documents import BODY, item, meeting

from sagsgang.minutes import (
    Attachment,
    Attendance,
    Decision,
    Finding,
    Reference,
    RoutingMark,
    Section,
    Statement,
    Step,
    Vote,
)

from .reading import MEETING, Seen, published, steps_down_by_one

pytestmark = pytest.mark.django_db
ITEM = f"{MEETING}1/"

RECOMMENDATION = Section("Indstilling", "recommendation", "Det indstilles, at\n\n- puljen lukkes.")
PRESENTATION = Section(
    "Sagsfremstilling",
    "presentation",
    "Puljen er brugt op.\n\nBaggrund\n\nDer har været mange ansøgninger.\n\n"
    "| I 1.000 kr. | 2025 | 2026 |\n| --- | --- | --- |\n| Drift | 1.200 | 950 |\n"
    "| I alt | 1.200 | 950 |",
)


def seen(client: Client, **fields) -> Seen:
    """The page of an item with these fields."""
    published(meeting(item(**fields)))
    return Seen(client, ITEM)


def test_the_decision_comes_first_and_is_quoted(client: Client) -> None:
    decision = Decision("Udvalget **tiltrådte** indstillingen.", "recommended")
    page = seen(client, decisions=(decision,), sections=(PRESENTATION, RECOMMENDATION))
    (box,) = page.all(".decision")
    assert "Anbefalet" in box.text_content()
    assert "Udvalget tiltrådte indstillingen." in box.text_content()
    assert "4. marts 2026" in box.text_content()
    order = [page.source.index(f'id="{name}"') for name in ("beslutning", "indstilling")]
    assert [*order, page.source.index('id="sagsfremstilling"')] == sorted(
        [*order, page.source.index('id="sagsfremstilling"')]
    )


def test_the_decision_is_not_told_twice(client: Client) -> None:
    text = "Udvalget sendte sagen videre."
    page = seen(
        client,
        decisions=(Decision(text, "recommended"),),
        sections=(Section("Beslutning", "decision", text), PRESENTATION),
    )
    assert page.text().count(text) == 1


def test_a_section_that_says_more_than_the_decision_is_kept(client: Client) -> None:
    page = seen(
        client,
        decisions=(Decision("Godkendt.", "approved"),),
        sections=(Section("Beslutning", "decision", "Godkendt med en bemærkning om prisen."),),
    )
    assert "bemærkning om prisen" in page.text()


def test_the_contents_lead_to_every_heading_in_the_text(client: Client) -> None:
    page = seen(client, sections=(RECOMMENDATION, PRESENTATION))
    (contents,) = page.all(".item__contents")
    words = [link.text_content() for link in contents.iter("a")]
    assert words == ["Beslutning", "Indstilling", "Sagsfremstilling", "Baggrund"]
    assert page.anchors_lead_somewhere()
    assert steps_down_by_one(page.levels())


def test_two_sections_of_one_name_have_anchors_of_their_own(client: Client) -> None:
    part = Section("Gennemgang", "presentation", "Tekst.")
    page = seen(client, sections=(part, RECOMMENDATION, part))
    assert page.all("#gennemgang")
    assert page.all("#gennemgang-2")


def test_a_section_called_as_one_of_the_pages_own_headings_has_another_anchor(
    client: Client,
) -> None:
    page = seen(client, sections=(Section("Beslutning", "decision", "Mere end det."),))
    assert len(page.all("#beslutning")) == len(page.all("#beslutning-2")) == 1


def test_a_table_has_headers_and_its_figures_to_the_right(client: Client) -> None:
    page = seen(client, sections=(PRESENTATION,))
    (table,) = page.tree.xpath("//*[@class='prose']//table")
    assert [cell.text_content() for cell in table.xpath(".//thead/tr/th")] == [
        "I 1.000 kr.", "2025", "2026",
    ]  # fmt: skip
    assert all(cell.get("class") == "figure" for cell in table.xpath(".//tbody//td"))
    assert table.xpath(".//tr[@class='total']/th/text()") == ["I alt"]


def test_the_vote_is_a_chart_with_its_table(client: Client) -> None:
    page = seen(
        client,
        votes=(
            Vote("for", ("Karin Østergaard", "Jens Mølgaard")),
            Vote("against", ("Fatima Lindholm",)),
        ),
    )
    (chart,) = page.all(".poll")
    assert chart.get("aria-label") == "2 for, 1 imod"
    assert [len(group.xpath("*[local-name()='rect']")) for group in chart.iter("g")] == [2, 1]
    (table,) = page.tree.xpath("//figure//table")
    rows = [[" ".join(c.text_content().split()) for c in row] for row in table.xpath(".//tbody/tr")]
    assert rows == [
        ["For", "2", "Karin Østergaard, Jens Mølgaard"],
        ["Imod", "1", "Fatima Lindholm"],
    ]
    assert page.links()["Fatima Lindholm"] == "/lindvig/person/fatima-lindholm/"
    assert "partier eller grupper" not in page.text()


def test_a_vote_of_parties_says_that_names_are_no_votes(client: Client) -> None:
    page = seen(client, votes=(Vote("for", ("Socialdemokratiet",)), Vote("against", ("Venstre",))))
    assert "Referatet nævner partier eller grupper" in page.text("figure")


def test_who_was_there_is_counted_and_who_was_not_is_named(client: Client) -> None:
    page = seen(client, absent=("Jens Mølgaard",))
    assert page.text(".attendance") == "2 til stede · 1 fraværende: Jens Mølgaard (V)"


def test_presence_that_the_document_does_not_tell_is_not_counted(client: Client) -> None:
    members = (Attendance("Karin Østergaard", "A"), Attendance("Jens Mølgaard", "V"))
    published(meeting(item(absent=("Jens Mølgaard",)), members=members))
    assert Seen(client, ITEM).text(".attendance") == "1 fraværende: Jens Mølgaard (V)"


def test_dissent_and_referral_to_the_council(client: Client) -> None:
    page = seen(
        client,
        statements=(
            Statement(("Fatima Lindholm",), "Vi mener, at puljen skal bestå."),
            Statement(("Jens Mølgaard",)),
        ),
        referred_to_council_by=("Fatima Lindholm",),
    )
    told = page.text(".aside-note")
    assert "Vi mener, at puljen skal bestå." in told
    assert "Jens Mølgaard kan ikke tiltræde beslutningen." in told
    assert "Ét medlem har begæret sagen afgjort af byrådet: Fatima Lindholm." in told


def test_an_agenda_says_where_the_decision_will_be(client: Client) -> None:
    published(meeting(item(decisions=()), kind="agenda", date="2099-03-04"))
    page = Seen(client, "/lindvig/beskaeftigelsesudvalget/2099-03-04/1/")
    assert "Mødet er ikke holdt endnu" in page.text(".decision")


def test_an_item_without_a_decision_says_so(client: Client) -> None:
    assert "ingen beslutning" in seen(client, decisions=()).text(".decision")


def test_a_closed_item_shows_what_the_document_published_and_no_more(client: Client) -> None:
    published(meeting(item(), item("2", None, closed=True, sections=(), decisions=())))
    page = Seen(client, f"{MEETING}2/")
    assert page.text("h1") == "Lukket punkt"
    assert "for lukkede døre" in page.text(".decision")
    assert "Sagsfremstilling" not in page.text()


def test_other_bodies_decisions_are_quoted_with_their_names(client: Client) -> None:
    page = seen(
        client,
        decisions=(
            Decision("Anbefales.", "recommended", committee="Økonomiudvalget", date="2026-02-25"),
            Decision("Godkendt.", "approved"),
        ),
    )
    assert "25. februar 2026 · Økonomiudvalget" in page.text(".other")
    assert "Anbefales." not in page.text(".decision")


def test_attachments_lead_to_the_web_and_nowhere_else(client: Client) -> None:
    page = seen(
        client,
        attachments=(
            Attachment("Plan", "https://lindvig.example/plan.pdf"),
            Attachment("Notat", "javascript:alert(1)"),
        ),
    )
    assert page.links()["Plan"] == "https://lindvig.example/plan.pdf"
    assert "Notat" not in page.links()
    assert "Notat" in page.section("bilag")


def test_related_meetings_are_linked_where_the_archive_has_them(client: Client) -> None:
    published(meeting(item("7", "Budget", case_number="25/1"), date="2026-02-04"))
    page = seen(
        client,
        related=(Reference(BODY, "2026-02-04", "7"), Reference(BODY, "2026-01-07", "3")),
    )
    links = page.links()
    assert links[f"{BODY}, punkt 7"] == "/lindvig/beskaeftigelsesudvalget/2026-02-04/#punkt-7"
    assert f"{BODY}, punkt 3" not in links


def test_an_item_is_not_related_to_itself(client: Client) -> None:
    page = seen(client, related=(Reference(BODY, "2026-03-04", "1"),))
    assert page.all("#relateret") == []


def test_what_the_same_meeting_did_under_the_number_is_not_since(client: Client) -> None:
    published(meeting(item(), item("2", "Indsats for unge")))
    assert Seen(client, ITEM).all("#siden") == []


def test_what_happened_since_is_told_and_what_is_to_come_is_hollow(client: Client) -> None:
    published(meeting(item(decisions=(Decision("Udsat.", "postponed"),)), date="2026-04-01"))
    page = seen(client, next_steps=(Step("Byrådet", "2099-05-06"),))
    since = page.section("siden")
    assert "1. april 2026" in since
    assert "Udsat" in since
    (coming,) = page.tree.xpath("//*[@id='siden']/..//li[@class='timeline__coming']")
    assert "6. maj 2099" in coming.text_content()
    assert "Skal behandles" in coming.text_content()


def test_a_step_that_was_taken_is_told_once(client: Client) -> None:
    published(meeting(item(), date="2026-04-01"))
    page = seen(client, next_steps=(Step(BODY, "2026-04-01"),))
    assert len(page.tree.xpath("//*[@id='siden']/..//li")) == 1


def test_the_source_is_told_with_hashes_and_findings_in_danish(client: Client) -> None:
    finding = Finding("title_differs", 'Contents: "Plan"; body: "Planen".', "1")
    other = Finding("text_unplaced", "x: Løs tekst", "9")
    publication = published(meeting(findings=(finding, other)))
    page = Seen(client, ITEM)
    told = page.section("kilde")
    assert publication.sha256 in told
    assert "ab" * 32 in told
    assert "Har én titel i indholdsfortegnelsen og en anden i referatet." in told
    assert "Løs tekst" not in told


def test_a_correction_is_told_on_the_item_that_it_changed(client: Client) -> None:
    unchanged = item("2", "Mødeplan", case_number="26/9")
    published(meeting(item(), unchanged))
    corrected = item(sections=(Section("Sagsfremstilling", "presentation", "Færre er i job."),))
    published(meeting(corrected, unchanged), reason="Et tal var forkert.")
    assert "Et tal var forkert." in Seen(client, ITEM).text(".correction")
    assert Seen(client, f"{MEETING}2/").all(".correction") == []


def test_neighbours_and_the_number_of_items(client: Client) -> None:
    published(meeting(item("1", "Et"), item("2", "To"), item("3", "Tre")))
    links = Seen(client, f"{MEETING}2/").links()
    assert links["Forrige punkt Et"] == f"{MEETING}1/"
    assert links["Næste punkt Tre"] == f"{MEETING}3/"
    assert links["Alle 3 punkter"] == MEETING


def test_routing_shows_the_marks_and_says_where_one_is_unclear(client: Client) -> None:
    page = seen(client, routing=(RoutingMark("ØKU", True), RoutingMark("BYR", None)))
    facts = page.text("aside")
    assert "ØKU" in facts
    assert "Krydsets plads kan ikke læses sikkert." in facts


def test_machines_are_told_title_place_and_decision(client: Client) -> None:
    page = seen(client)
    schema = page.schema()
    assert schema["mainEntity"]["abstract"] == "Godkendt."
    assert schema["mainEntity"]["identifier"] == "22/18533"
    steps = schema["breadcrumb"]["itemListElement"]
    assert [step["name"] for step in steps] == [
        "Forside", "Lindvig", "Beskæftigelsesudvalget", "4. marts 2026", "Punkt 1",
    ]  # fmt: skip
    assert steps[-1]["item"] == f"http://testserver{ITEM}"
    assert page.tree.xpath("//meta[@property='og:description']/@content") == ["Godkendt."]


@pytest.mark.parametrize(
    ("address", "told", "way"),
    [
        (f"{MEETING}9/", "ikke noget punkt med det nummer", MEETING),
        ("/lindvig/beskaeftigelsesudvalget/2020-01-01/1/", "ikke noget møde på den dato", None),
        ("/lindvig/findes-ikke/2020-01-01/1/", "ikke noget udvalg med det navn", "/lindvig/"),
        ("/findes-ikke/x/2020-01-01/1/", "fra en kommune med det navn", None),
    ],
)
def test_an_address_with_nothing_says_what_is_missing(
    client: Client, address: str, told: str, way: str | None
) -> None:
    published()
    response = client.get(address)
    assert response.status_code == 404
    assert told in response.content.decode()
    assert way is None or f'href="{way}"' in response.content.decode()


def test_a_reader_who_has_the_page_gets_it_again_only_when_something_changed(
    client: Client,
) -> None:
    etag = seen(client).response.headers["ETag"]
    with CaptureQueriesContext(connection) as queries:
        assert client.get(ITEM, headers={"If-None-Match": etag}).status_code == 304
    assert len(queries) == 1
    published(meeting(item(), date="2026-04-01"))
    assert client.get(ITEM, headers={"If-None-Match": etag}).status_code == 200


def test_the_language_is_part_of_what_a_reader_has(client: Client) -> None:
    etag = seen(client).response.headers["ETag"]
    client.cookies["django_language"] = "en"
    assert client.get(ITEM, headers={"If-None-Match": etag}).status_code == 200


def test_the_page_is_read_and_not_written_to(client: Client) -> None:
    published()
    assert client.post(ITEM).status_code == 405
