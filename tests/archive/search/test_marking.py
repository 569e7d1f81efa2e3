"""The words that answer a query are marked where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagsgang.archive.search.analyser import Analyser
from sagsgang.archive.search.marking import excerpt, mark, spans
from sagsgang.archive.search.query import Query

ANALYSER = Analyser()


def marked(text: str, query: str) -> str:
    pieces = mark(text, Query.parse(query, ANALYSER), ANALYSER)
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("ledig", "De langtidsledige søger.", "De langtids[ledige] søger."),
        ("kontanthjælp", "Kontanthjælpsreformen", "[Kontanthjælp]sreformen"),
        ("kontanthjælpsreform", "Kontanthjælpsreformen", "[Kontanthjælpsreformen]"),
        ("kontanth*", "om kontanthjælpen", "om [kontanthjælpen]"),
        ('"til efterretning"', "Taget til efterretning.", "Taget [til efterretning]."),
        ('"til efterretning"', "en efterretning til", "en efterretning til"),
        ("§ 23", "efter § 23, stk. 1", "efter [§ 23], stk. 1"),
        ("1240000", "på 1.240.000 kr.", "på [1.240.000] kr."),
        ("erik", "Poul-Erik", "Poul-[Erik]"),
        ("job -fleksjob", "job og fleksjob", "[job] og fleks[job]"),
        ("job", "<b>job</b>", "<b>[job]</b>"),
        ("", "intet", "intet"),
    ],
)
def test_marked_words(query, text, expected):
    assert marked(text, query) == expected


@given(st.text(max_size=200), st.text(max_size=30))
def test_the_pieces_are_the_text(text, query):
    parsed = Query.parse(query, ANALYSER)
    assert "".join(piece.text for piece in mark(text, parsed, ANALYSER)) == text
    ends = [end for span in spans(text, parsed, ANALYSER) for end in span]
    assert ends == sorted(ends)


def test_an_excerpt_shows_the_passage_that_answers_most():
    text = "Første afsnit om noget andet. " * 30 + "Ledige og ledighed i fokus. " + "Mere. " * 60
    pieces = excerpt(text, Query.parse("ledig", ANALYSER), ANALYSER, length=120)
    shown = "".join(piece.text for piece in pieces)
    assert "Ledige og ledighed" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) <= 130
    assert [piece.text for piece in pieces if piece.marked] == ["Ledige", "ledig"]


def test_an_excerpt_without_an_answer_is_the_beginning():
    text = "Udvalget drøftede sagen. " * 20
    shown = "".join(p.text for p in excerpt(text, Query(), ANALYSER, length=100))
    assert shown.startswith("Udvalget drøftede")
    assert len(shown) <= 103


@given(st.text(alphabet="abc jobledig§1.", max_size=300), st.integers(20, 100))
def test_an_excerpt_is_no_longer_than_asked(text, length):
    shown = "".join(p.text for p in excerpt(text, Query.parse("job", ANALYSER), ANALYSER, length))
    assert len(shown) <= length + 4
