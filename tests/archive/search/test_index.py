"""What is found, in which order, and how it is counted: the same on both databases."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.archive.documents import item, meeting

from sagsgang.archive import checking
from sagsgang.archive.models import Item
from sagsgang.archive.publishing import publish
from sagsgang.archive.search import index, state
from sagsgang.archive.search.facets import Filters
from sagsgang.archive.search.found import shown
from sagsgang.archive.search.models import SearchEntry, SearchState, SearchText, SearchWord
from sagsgang.archive.search.query import Query
from sagsgang.archive.search.similar import similar
from sagsgang.archive.search.suggesting import suggestion
from sagsgang.bodies.models import Body, Municipality
from sagsgang.minutes import Attachment, Attendance, Decision, Section, Statement, Vote

pytestmark = pytest.mark.django_db


def text(words: str) -> tuple[Section, ...]:
    return (Section("Sagsfremstilling", "presentation", words),)


def put(*items, **fields) -> list[Item]:
    """The items of a new meeting, published."""
    return list(publish(meeting(*items, **fields)).publication.items.order_by("position"))


def parse(words: str) -> Query:
    return Query.parse(words, state.analyser())


def titles(words: str, filters: Filters = Filters(), **options) -> list[str]:  # noqa: B008
    found = index.find(parse(words), filters, **options)
    rows = {row.pk: row.title for row in Item.objects.all()}
    return [rows[key] for key in found.items]


@pytest.fixture
def season() -> list[Item]:
    """Three meetings in two municipalities."""
    rows = put(
        item("1", "Indsats for langtidsledige", kle="15.20.00", sections=text("Flere får mentor.")),
        item("2", "Kontanthjælpsreformen", sections=text("Nye regler. § 23 og 1.240.000 kr.")),
        item(
            "3",
            "Budgetopfølgning",
            sections=text("Udgifter til kontanthjælp og job. Ledelsen har ansvaret."),
            decisions=(Decision("Udvalget tog sagen til efterretning.", "noted"),),
        ),
    )
    rows += put(
        item(
            "1",
            "Fleksjob",
            sections=text("Job, job og job til ledige. En retning, ikke til den efterretning."),
            decisions=(Decision("Udsat.", "postponed"),),
            votes=(
                Vote("for", ("Jens Mølgaard",)),
                Vote("against", ("Karin Østergaard",)),
            ),
            statements=(Statement(("Enhedslisten",), "Tempoet er for højt."),),
        ),
        date="2026-05-06",
    )
    rows += put(
        item("1", "Jobmesse", case_number="15.20.00-A00-14-25", sections=text("Messe om arbejde.")),
        municipality="Tangby",
        committee="Økonomi- og Erhvervsudvalget",
        date="2025-11-05",
    )
    return rows


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ledig", ["Indsats for langtidsledige", "Fleksjob"]),
        ("langtidsledig", ["Indsats for langtidsledige"]),
        ("leder", []),
        ("kontanthjælp", ["Kontanthjælpsreformen", "Budgetopfølgning"]),
        ("kontanthjælp budget", ["Budgetopfølgning"]),
        ('"til efterretning"', ["Budgetopfølgning"]),
        ('"tog sagen til efterretning"', ["Budgetopfølgning"]),
        ('"efterretning til"', []),
        ("job -ledige", ["Jobmesse", "Budgetopfølgning"]),
        ('kontanthjælp -"job ledelse"', ["Kontanthjælpsreformen"]),
        ('kontanthjælp -"ledelse job"', ["Kontanthjælpsreformen", "Budgetopfølgning"]),
        ("kontanth*", ["Kontanthjælpsreformen", "Budgetopfølgning"]),
        ("reform", ["Kontanthjælpsreformen"]),
        ("§ 23", ["Kontanthjælpsreformen"]),
        ("1240000", ["Kontanthjælpsreformen"]),
        ("15.20.00-A00-14-25", ["Jobmesse"]),
        ("15.20", ["Indsats for langtidsledige", "Jobmesse"]),
        ("Karin Østergaard", ["Fleksjob"]),
        ("Tangby", ["Jobmesse"]),
        ("erhvervsudvalg", ["Jobmesse"]),
        ("økonomiudvalg", ["Jobmesse"]),
        ("spildevand", []),
    ],
)
def test_what_is_found(season, words, expected):
    assert titles(words) == expected


def test_titles_come_first_then_what_is_often_said_then_whole_words(season):
    put(item("1", "Møde", sections=text("Kun et job.")), date="2020-01-08")
    put(item("1", "Andet", sections=text("Kun et jobcenter.")), date="2026-06-03")
    assert titles("job") == ["Fleksjob", "Jobmesse", "Budgetopfølgning", "Møde", "Andet"]
    assert titles("job", order="date") == [
        "Andet",
        "Fleksjob",
        "Budgetopfølgning",
        "Jobmesse",
        "Møde",
    ]


def test_pages_follow_each_other_without_a_gap(season):
    rows = put(
        *(item(str(n), f"Sag {n}", sections=text("Job.")) for n in range(30)), date="2024-05-08"
    )
    every = titles("job", size=100)
    assert len(every) == len(rows) + 3
    for order in ("relevance", "date"):
        whole = index.find(parse("job"), order=order, size=100).items
        pages = [index.find(parse("job"), order=order, page=n, size=7).items for n in range(1, 7)]
        assert [key for page in pages for key in page] == list(whole)


def test_facets_are_counted(season):
    lindvig = Municipality.objects.get(slug="lindvig")
    found = index.find(parse("job"))
    counts = {
        facet: {value.value: value.count for value in values}
        for facet, values in found.facets.items()
    }
    assert found.total == 3
    assert counts["municipality"] == {lindvig.pk: 2, Municipality.objects.get(slug="tangby").pk: 1}
    assert counts["year"] == {2026: 2, 2025: 1}
    assert counts["outcome"] == {"noted": 1, "postponed": 1, "approved": 1}
    assert counts["party"] == {"A": 1, "Ø": 1}


def test_filters_narrow_and_say_what_is_chosen(season):
    lindvig = Municipality.objects.get(slug="lindvig")
    body = Body.objects.get(municipality=lindvig)
    assert titles("job", Filters(municipality=frozenset({lindvig.pk}))) == [
        "Fleksjob",
        "Budgetopfølgning",
    ]
    assert titles("job", Filters(body=frozenset({body.pk}), outcome=frozenset({"noted"}))) == [
        "Budgetopfølgning"
    ]
    assert titles("job", Filters(party=frozenset({"Ø"}))) == ["Fleksjob"]
    assert titles("", Filters(kle=frozenset({"15"}))) == ["Indsats for langtidsledige"]
    since = Filters(since=datetime.date(2026, 3, 5))
    assert titles("job", since) == ["Fleksjob"]
    assert titles("job", replace(since, until=datetime.date(2026, 5, 5))) == []
    found = index.find(parse("job"), Filters(year=frozenset({2025, 1999})))
    assert [(v.value, v.count, v.chosen) for v in found.facets["year"]] == [
        (2026, 2, False),
        (2025, 1, True),
        (1999, 0, True),
    ]


def test_without_words_everything_is_found_the_latest_first(season):
    found = index.find(parse(""))
    assert found.total == 5
    assert titles("", order="relevance") == titles("", order="date")
    assert titles("-job") == ["Indsats for langtidsledige", "Kontanthjælpsreformen"]


def test_a_new_version_is_found_and_the_old_is_not(season):
    publish(meeting(item("1", "Indsats for unge", sections=text("Vejledning."))))
    assert titles("langtidsledige") == []
    assert titles("kontanthjælp") == []
    assert titles("unge") == ["Indsats for unge"]
    assert SearchEntry.objects.count() == Item.objects.count() == 3


def test_of_a_closed_item_only_what_the_document_tells_is_found():
    put(
        item("1", "Lukket: Køb af grund", closed=True, sections=(), decisions=(), case_number=None),
        item("2", None, closed=True, sections=(), decisions=(), case_number=None),
    )
    assert titles("grund") == ["Lukket: Køb af grund"]
    assert index.find(parse("")).total == 1


def test_any_query_can_be_asked(season):
    for words in ('"', "''", "a'b", '"a\'b \\ c"', "NOT", "OR", "NEAR(a b)", "^job", "job:*", "{x}",
                  "words : job", "%s", "\\", "§", "!job", "(job", "æ*", "🙂", "=", "_", "og", "-og",
                  "a" * 200, " ".join("abcdefghijklmnop")):  # fmt: skip
        index.find(parse(words))


def test_long_texts_are_found_to_the_end():
    many = " ".join(f"ord{n} til" for n in range(12_000))
    put(item("1", "Lang", sections=text(f"Begyndelsen er her. {many} Slutningen af hele bilaget.")))
    assert titles("slutning") == ["Lang"]
    assert titles('"begyndelsen er her"') == ["Lang"]
    assert titles('"hele bilaget"') == []
    assert titles('"ord5000 til"') == []
    assert titles("ord11999") == ["Lang"]


def test_files_of_attachments_are_searched(season):
    from sagsgang.archive.models import StoredFile

    file = StoredFile.objects.create(
        sha256="a" * 64, size=3, media_type="application/pdf", text="Rapport om rusmidler."
    )
    publish(
        meeting(item("1", "Med bilag", attachments=(Attachment("Bilag"),)), date="2026-08-05"),
        links={"0/0": "https://example.org/1.pdf"},
        files={"https://example.org/1.pdf": file},
    )
    assert titles("rusmiddel") == ["Med bilag"]
    hit = shown(index.find(parse("rusmiddel")).items, parse("rusmiddel"))[0]
    assert hit.label == "Bilag"


def test_hits_are_shown_with_the_passage_that_answers(season):
    query = parse("kontanthjælp")
    hits = shown(index.find(query).items, query)
    assert [(hit.item.title, hit.label, hit.decision) for hit in hits] == [
        ("Kontanthjælpsreformen", "", True),
        ("Budgetopfølgning", "Sagsfremstilling", False),
    ]
    assert [(piece.text, piece.marked) for piece in hits[0].title] == [
        ("Kontanthjælp", True),
        ("sreformen", False),
    ]
    assert [piece.text for piece in hits[1].passage if piece.marked] == ["kontanthjælp"]


def test_queries_are_as_many_whatever_is_found(season):
    def asked(words: str, **options) -> int:
        with CaptureQueriesContext(
            connection,
        ) as context:
            query = parse(words)
            shown(index.find(query, **options).items, query)
        return len(context)

    before = asked("job")
    put(*(item(str(n), f"Job {n}") for n in range(40)), date="2024-05-08")
    assert asked("job") == before <= 12
    assert asked("job", order="date", page=2) == before


def test_a_misspelt_word_is_put_right(season):
    assert suggestion(parse("kontanthjelp")) == "kontanthjælp"
    assert suggestion(parse("flexjob messe")) == "fleksjob messe"
    assert suggestion(parse("kontanthjælp")) is None
    assert suggestion(parse("xyzzyxyzzy")) is None


def test_similar_items_are_found_in_other_municipalities(season):
    others = put(
        item("1", "Langtidsledige i Tangby", sections=text("Langtidsledige får mentor.")),
        item("2", "Cykelsti ved skolen", sections=text("Cykelstien anlægges.")),
        municipality="Tangby",
        date="2026-04-08",
    )
    assert similar(season[0].pk)[0] == others[0].pk
    assert others[1].pk not in similar(season[0].pk)
    assert similar(10**9) == []


def test_the_index_learns_from_the_archive_when_it_is_built_again(season):
    rows = put(
        *(item(str(n), f"Blimp {n}", sections=text("En blimp.")) for n in range(6)),
        item("9", "Blimpforløbet"),
        date="2024-05-08",
    )
    assert "Blimpforløbet" not in titles("blimp")
    steps = []
    assert index.rebuild(lambda done, total: steps.append((done, total))) == 12
    assert steps[-1] == (24, 24)
    assert "Blimpforløbet" in titles("blimp")
    assert titles("kontanthjælp") == ["Kontanthjælpsreformen", "Budgetopfølgning"]
    assert SearchWord.objects.get(word="blimp").items == 6
    assert len(rows) == 7
    before = SearchState.objects.get()
    index.rebuild()
    assert SearchState.objects.get().learnt == before.learnt


def test_an_index_of_another_program_is_outdated(season):
    assert not state.is_outdated()
    index.rebuild()
    assert not state.is_outdated()
    SearchState.objects.update(fingerprint="of an earlier program")
    assert state.is_outdated()
    assert "sagsgang reindex" in next(checking.faults_of_storage()).danish


def test_what_is_stored_of_an_item_goes_with_it(season):
    Item.objects.all().delete()
    assert SearchEntry.objects.count() == SearchText.objects.count() == 0
    assert index.find(parse("job")).total == 0


def test_members_parties_are_those_of_the_head(season):
    put(
        item("1", "Tribune", votes=(Vote("abstain", ("Anna Nygaard",)),)),
        members=(Attendance("Anna Nygaard", "B", True),),
        date="2026-06-03",
    )
    assert titles("", Filters(party=frozenset("B"))) == ["Tribune"]
