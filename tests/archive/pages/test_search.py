"""The search page."""

from __future__ import annotations

import html
import re
from uuid import uuid4

import pytest
from tests.archive.documents import item, meeting

from sagsgang.archive.pages import pace
from sagsgang.archive.publishing import publish
from sagsgang.minutes import Decision, Section, Vote
from sagsgang.web.templatetags.sagsgang import place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _an_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "_PACE", pace.Pace(f"test-{uuid4()}"))
    bus = item(
        "2",
        "Bus til havnen",
        case_number="24/1",
        sections=(Section("Økonomi", "economy", "Bussen koster 200.000 kr."),),
        decisions=(Decision("Afvist.", "rejected"),),
        votes=(Vote("for", ("F",)), Vote("against", ("A", "V"))),
    )
    publish(meeting(item(), bus))
    publish(
        meeting(
            item("1", "Kontanthjælpsmodtagere i job", case_number="23/5"),
            item("2", "Forsøg med bus", case_number="23/6"),
            municipality="Horsens",
            committee="Teknisk Udvalg",
            date="2025-06-18",
        )
    )


def titles(page: str) -> list[str]:
    """The titles of what was found, in order."""
    found = re.findall(r'<h3 class="entry__title" lang="da"><a[^>]*>(.*?)</a>', page, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", title)).strip() for title in found]


def search(client, query: str) -> str:
    response = client.get(f"/soeg/?{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_without_words_everything_is_there_the_latest_first(client):
    page = search(client, "")
    assert titles(page)[0] in {"Indsats for langtidsledige", "Bus til havnen"}
    assert len(titles(page)) == 4
    assert "4 punkter" in page


def test_a_word_is_found_inside_a_compound_and_marked_there(client):
    page = search(client, "q=ledig")
    assert titles(page) == ["Indsats for langtidsledige"]
    assert "langtids<mark>ledige</mark>" in page


def test_the_passage_that_answers_is_shown_under_its_heading(client):
    page = search(client, "q=bussen+koster")
    assert "Økonomi" in page
    assert "<mark>koster</mark> 200.000 kr." in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=bus&kommune=horsens", ["Forsøg med bus"]),
        ("q=bus&udvalg=lindvig/beskaeftigelsesudvalget", ["Bus til havnen"]),
        ("q=bus&aar=2025", ["Forsøg med bus"]),
        ("q=bus&udfald=rejected", ["Bus til havnen"]),
        ("q=bus&parti=V", ["Bus til havnen"]),
        ("q=bus&fra=2026-01-01", ["Bus til havnen"]),
        ("q=bus&til=31.12.2025", ["Forsøg med bus"]),
        ("q=bus&kommune=andeby", []),
        ("q=bus&udvalg=horsens/beskaeftigelsesudvalget", []),
        ("q=bus&udvalg=%00", []),
    ],
)
def test_filters_narrow_what_is_found(client, query, found):
    assert titles(search(client, query)) == found


def test_each_filter_says_how_many_there_would_be(client):
    page = search(client, "q=bus")
    tallies = dict(re.findall(r'<label for="kommune-\w+">(\w+) <span class="tally">(\d+)', page))
    assert tallies == {"Lindvig": "1", "Horsens": "1"}


def test_the_order_may_be_by_date(client):
    assert titles(search(client, "q=bus&sortering=nyest")) == ["Bus til havnen", "Forsøg med bus"]


def test_a_date_that_is_none_is_told_at_its_field_and_kept(client):
    page = search(client, "q=bus&fra=i+morgen")
    assert (
        'value="i morgen" autocomplete="off" aria-invalid="true" aria-describedby="fra-fejl"'
        in page
    )
    assert "Skriv datoen som dag.måned.år" in page
    assert len(titles(page)) == 2


def test_a_date_is_shown_as_danes_write_it(client):
    assert 'name="fra" value="1.5.2026"' in search(client, "fra=2026-05-01")


def test_dates_the_wrong_way_round_are_told(client):
    assert "efter fra-datoen" in search(client, "fra=2026-05-01&til=2026-04-01")


@pytest.mark.parametrize(
    "nonsense",
    [
        "aar=" + "9" * 5000,
        "side=" + "9" * 30,
        "fra=99999999999.1.1",
        "sortering=x",
        "side=-1",
        "kommune=%00",
        "parti=%22%3E",
        "q=" + "a" * 5000,
    ],
)
def test_no_query_is_too_strange_to_answer(client, nonsense):
    assert client.get(f"/soeg/?{nonsense}").status_code == 200


def test_what_was_typed_comes_back_harmless(client):
    page = search(client, "q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_nothing_found_says_what_to_try(client):
    page = search(client, "q=zebra&udfald=approved")
    assert "Søg uden afgrænsninger" in page
    assert 'href="/soeg/?q=zebra"' in page


def test_a_search_is_no_page_for_search_engines_and_can_be_followed(client):
    page = search(client, "q=bus&aar=2025")
    assert '<meta name="robots" content="noindex">' in page
    assert "/soeg/feed.atom?q=bus&amp;aar=2025" in page
    assert '<meta name="robots"' not in search(client, "")


def test_pages_lead_to_one_another_and_keep_the_search(client):
    for number in range(1, 26):
        publish(meeting(date=f"2024-01-{number:02}"))
    page = search(client, "q=ledig")
    assert "Side 1 af 2" in page
    assert 'href="?q=ledig&amp;side=2"' in page
    after = search(client, "q=ledig&side=2")
    assert "Side 2 af 2" in after
    assert len(titles(after)) == 6


def test_who_searches_without_end_is_asked_to_wait(client, settings):
    settings.SEARCHES_PER_MINUTE = 2
    assert [client.get("/soeg/?q=bus").status_code for _ in range(3)] == [200, 200, 429]


def test_the_number_of_questions_does_not_grow_with_the_archive(queries):
    few = queries("/soeg/?q=ledig")
    for number in range(1, 10):
        publish(meeting(date=f"2024-01-0{number}", municipality=("Horsens", "Herning")[number % 2]))
    assert queries("/soeg/?q=ledig") <= few


def test_a_word_that_is_spelt_otherwise_is_suggested(client):
    page = search(client, "q=langtidslegide&aar=2026")
    assert 'Mente du <a href="?q=langtidsledige&amp;aar=2026">langtidsledige</a>?' in page


def test_the_marks_of_tables_and_emphasis_are_not_shown(client):
    table = "Der er **mange** ledige:\n\n| Ydelse | Antal |\n| --- | ---: |\n| Dagpenge | 120 |"
    publish(meeting(item(sections=(Section("Tal", "presentation", table),)), date="2026-05-06"))
    page = search(client, "q=dagpenge")
    assert "Der er mange ledige: · Ydelse · Antal · <mark>Dagpenge</mark> · 120" in page


def test_a_hit_leads_to_the_place_where_the_words_stand(client):
    page = search(client, "q=koster")
    assert (
        'href="/lindvig/beskaeftigelsesudvalget/2026-03-04/2/#:~:text=koster%20200.000%20kr."'
        in page
    )


@pytest.mark.parametrize(
    ("pieces", "added"),
    [
        (
            [("For langtids", False), ("ledige", True), (" og andre her", False)],
            "#:~:text=langtidsledige%20og%20andre",
        ),
        ([("… ", False), ("IPS-Ung", True), (" …", False)], "#:~:text=IPS%2DUng"),
        ([("| Dagpenge | ", False), ("ledige", True), (" | 12 |", False)], "#:~:text=ledige"),
        ([("Ingen mærkede ord", False)], ""),
        ([], ""),
    ],
)
def test_the_place_is_named_by_whole_words(pieces, added):
    assert place(pieces) == added
