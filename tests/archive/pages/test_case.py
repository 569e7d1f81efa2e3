"""The page of a case."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.archive.documents import item, meeting

from sagsgang.archive.pages import case as page_of_case
from sagsgang.minutes import Decision, Section, Step

from .reading import BODY, Seen, published, steps_down_by_one

pytestmark = pytest.mark.django_db
CASE = "/lindvig/sag/22-18533/"


def recommends(text: str) -> dict[str, tuple[Section, ...]]:
    return {"sections": (Section("Indstilling", "recommendation", text),)}


def stops(page: Seen) -> list[str]:
    return [" ".join(stop.text_content().split()) for stop in page.all(".timeline")[0]]


def test_the_way_is_told_in_the_order_of_time_with_outcomes_and_quotes(client: Client) -> None:
    published(meeting(item("5"), date="2026-04-01"))
    postponed = Decision("Sagen udsættes til næste møde.", "postponed")
    published(meeting(item("3", decisions=(postponed,))))
    published(meeting(item("9"), committee="Byrådet", date="2026-04-29"))
    page = Seen(client, CASE)
    first, second, third, today = stops(page)
    assert first.startswith("4. marts 2026 Beskæftigelsesudvalget, punkt 3 Udsat")
    assert "»Sagen udsættes til næste møde.«" in first
    assert second.startswith("1. april 2026 Beskæftigelsesudvalget, punkt 5")
    assert third.startswith("29. april 2026 Byrådet, punkt 9")
    assert today.startswith("I dag")
    assert page.tree.xpath("//aside//dd/text()")[0] == "3"
    assert steps_down_by_one(page.levels())


def test_what_is_to_come_is_hollow_and_after_today(client: Client) -> None:
    published(meeting(item(next_steps=(Step("Byrådet", "2099-01-07"),))))
    published(meeting(item("2", decisions=()), kind="agenda", date="2099-02-04"))
    page = Seen(client, CASE)
    _held, today, step, agenda = page.all(".timeline")[0]
    assert "timeline__today" in today.get("class")
    assert "timeline__coming" in agenda.get("class")
    assert "4. februar 2099" in agenda.text_content()
    assert "timeline__coming" in step.get("class")


def test_a_step_that_was_named_and_is_not_here_says_so(client: Client) -> None:
    published(meeting(item(next_steps=(Step("Byrådet", "2026-03-25"),))))
    _held, step, _today = stops(Seen(client, CASE))
    assert step == "25. marts 2026 Byrådet Referatet er ikke i arkivet"


def test_a_meeting_that_is_here_without_the_case_is_led_to(client: Client) -> None:
    published(
        meeting(item("4", "Andet", case_number="25/1"), committee="Byrådet", date="2026-03-25")
    )
    published(meeting(item(next_steps=(Step("Byrådet", "2026-03-25"),))))
    page = Seen(client, CASE)
    assert "ikke til at se, hvilket punkt" in stops(page)[1]
    assert page.links()["Byrådet"] == "/lindvig/byraadet/2026-03-25/"


def test_a_case_with_nothing_to_come_says_so(client: Client) -> None:
    published()
    assert "Dokumenterne nævner ingen kommende behandling." in Seen(client, CASE).text(".timeline")


def test_what_changed_in_the_recommendation_is_told_in_words_deleted_and_inserted(
    client: Client,
) -> None:
    published(meeting(item(**recommends("Puljen på 2 mio. kr. fortsætter i 2026."))))
    published(
        meeting(item(**recommends("Puljen på 3 mio. kr. fortsætter i 2026.")), date="2026-04-01")
    )
    page = Seen(client, CASE)
    assert "Indstillingen er ændret siden sidst" in page.text("details")
    assert page.text("del") == "[slettet: 2 slut]"
    assert page.text("ins") == "[indsat: 3 slut]"


def test_the_same_recommendation_is_told_to_be_the_same(client: Client) -> None:
    for date in ("2026-03-04", "2026-04-01"):
        published(meeting(item(**recommends("Puljen fortsætter.")), date=date))
    page = Seen(client, CASE)
    assert "Indstillingen er den samme som sidst." in page.text(".timeline")
    assert page.all("del") == []


def test_another_numbering_is_no_change(client: Client) -> None:
    published(meeting(item(**recommends("1. at puljen fortsætter."))))
    published(meeting(item(**recommends("- at puljen fortsætter.")), date="2026-04-01"))
    assert "er den samme som sidst" in Seen(client, CASE).text(".timeline")


def test_a_long_case_is_told_a_page_at_a_time_the_latest_first(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_of_case, "PER_PAGE", 2)
    for month in (1, 2, 3):
        published(meeting(date=f"2026-0{month}-04"))
    latest, earliest = Seen(client, CASE), Seen(client, f"{CASE}?side=2")
    assert [stop[:6] for stop in stops(latest)] == ["4. feb", "4. mar", "I dag,"]
    assert [stop[:6] for stop in stops(earliest)] == ["4. jan"]
    assert latest.links()["Tidligere behandlinger"] == "?side=2"
    assert earliest.links()["Senere behandlinger"] == "?side=1"


def test_a_treatment_of_another_title_tells_its_title(client: Client) -> None:
    published(meeting(item(title="Indsats for unge")))
    published(meeting(item(title="Status på indsatsen for unge"), date="2026-04-01"))
    page = Seen(client, CASE)
    assert page.text("h1") == "Status på indsatsen for unge"
    assert "Indsats for unge" in stops(page)[0]


def test_a_closed_case_has_no_title(client: Client) -> None:
    closed = item(title=None, closed=True, sections=(), decisions=())
    published(meeting(closed))
    assert Seen(client, CASE).text("h1") == "Lukket sag"


def test_the_ways_to_follow_are_those_of_the_case(client: Client) -> None:
    published()
    links = Seen(client, CASE).links()
    assert links["Få besked på mail"] == f"/foelg/?side={CASE}"
    assert client.get(links["Få besked på mail"]).status_code == 200
    assert client.get(links["Nyhedsfeed (Atom)"]).status_code == 200


def test_machines_are_told_of_every_treatment(client: Client) -> None:
    published()
    about = Seen(client, CASE).schema()["mainEntity"]
    assert about["identifier"] == "22/18533"
    assert [part["url"] for part in about["hasPart"]] == [f"http://testserver{BODY}2026-03-04/1/"]


def test_a_case_that_is_not_here(client: Client) -> None:
    published()
    response = client.get("/lindvig/sag/99-1/")
    assert response.status_code == 404
    assert "Sagen er ikke i arkivet." in response.content.decode()
