"""What can be typed into the search field, and what it means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagsgang.archive.search.analyser import Analyser
from sagsgang.archive.search.query import Query

ANALYSER = Analyser()


def parse(text: str) -> Query:
    return Query.parse(text, ANALYSER)


def shape(text: str) -> list[tuple[str, str, bool]]:
    return [(clause.kind, clause.text, clause.excluded) for clause in parse(text).clauses]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("", []),
        ("ledige unge", [("word", "ledige", False), ("word", "unge", False)]),
        ('"til efterretning"', [("phrase", "til efterretning", False)]),
        ('"åben', [("word", "åben", False)]),
        ("job -fleksjob", [("word", "job", False), ("word", "fleksjob", True)]),
        ('job -"til orientering"', [("word", "job", False), ("phrase", "til orientering", True)]),
        ("kontanth*", [("prefix", "kontanth", False)]),
        ("-kontanth* job", [("prefix", "kontanth", True), ("word", "job", False)]),
        ("job-center", [("word", "job-center", False)]),
        ("§ 23", [("word", "§23", False)]),
        ("15.20.00-A00-14-25", [("word", "15.20.00-a00-14-25", False)]),
        ("job og uddannelse", [("word", "job", False), ("word", "uddannelse", False)]),
        ("og", [("word", "og", False)]),
        ("a*", [("word", "a", False)]),
        ("job job", [("word", "job", False)]),
        ("?!- *", []),
    ],
)
def test_what_is_typed(text, clauses):
    assert shape(text) == clauses


def test_words_carry_the_keys_they_are_found_under():
    assert parse("modtagere").clauses[0].words == (("modtager",),)
    assert parse("Aarhus").clauses[0].words == (("aarhus", "århus"),)


def test_only_excluded_words_leave_a_query_that_wants_nothing():
    query = parse("-job")
    assert query.wanted == ()
    assert [clause.text for clause in query.excluded] == ["job"]


@given(st.text(max_size=400))
def test_any_text_is_a_query(text):
    query = parse(text)
    assert len(query.clauses) <= 16
    assert all(words for clause in query.clauses for words in clause.words)
