"""Hyphens that line breaks left in words, told from hyphens that belong there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagsgang.minutes.danish.hyphens import find_joins, repair


@pytest.mark.parametrize(
    "text",
    [
        "IPS-Ung og IPS-indsats",
        "COVID-19",
        "a-dagpengemodtagere",
        "E-mail og e-boks",
        "job-rotation",
        "SØM-beregninger",
        "et 2-årigt og et to-årigt projekt",
        "ikke-vestlige borgere, en ikkevestlig baggrund",
        "Social-og Sundhedsudvalget",
        "udvalgsmøde-referat",
        "corona-epidemien",
        "Beskæftigelses- og Integrationsudvalget",
        "beskæftigelses- eller uddannelsesrettet",
        "Beskæftigelses-\nog Integrationsudvalget",
        "punkt 1 -\nfortsat",
        "- a\n- b",
        "Emne-\na) det første",
        "2024-\n2025",
        "",
    ],
)
def test_a_hyphen_that_belongs_there_stays(text: str) -> None:
    assert repair(text) == text


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("Borgerrådgi-veren … borgerrådgiveren", "Borgerrådgiveren … borgerrådgiveren"),
        ("Borgerrådgi-veren … Borgerrådgivernes", "Borgerrådgiveren … Borgerrådgivernes"),
        ("Borgerrådgi-ver … Borgerrådgivernes", "Borgerrådgiver … Borgerrådgivernes"),
        ("job-plan, jobplan, jobplan", "jobplan, jobplan, jobplan"),
        ("beskæftigel-sen, beskæftigelsesområdet", "beskæftigelsen, beskæftigelsesområdet"),
        ("Borgerrådgi- veren, borgerrådgiveren", "Borgerrådgiveren, borgerrådgiveren"),
        ("BE- SKÆFTIGELSEN, beskæftigelsen", "BESKÆFTIGELSEN, beskæftigelsen"),
    ],
)
def test_the_documents_own_words_decide(text: str, repaired: str) -> None:
    assert repair(text) == repaired


@pytest.mark.parametrize(
    "text",
    [
        "job-plan, job-plan, jobplan",
        "job-plan, jobplan",
        "udsatte-område, udsatteområdet, socialt udsatte, et område",
        "øvelses-projekt, øvelsesprogrammer, flere projekter",
        "job- jobplan, jobplaner, plan",
        "Borgerrådgi- veren",
    ],
)
def test_a_hyphen_stays_where_the_document_speaks_for_it_or_not_against(text: str) -> None:
    assert repair(text) == text


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("indstil-lingen", "indstillingen"),
        ("Borgerrådgi-veren", "Borgerrådgiveren"),
        ("organisa-tioner", "organisationer"),
        ("forvalt-ningens", "forvaltningens"),
        ("tilken-degivelsen af beskæfti-gelsen", "tilken-degivelsen af beskæftigelsen"),
    ],
)
def test_an_end_that_is_no_word_needs_no_witness(text: str, repaired: str) -> None:
    assert repair(text) == repaired


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("kontanthjælps-\nmodtagere i", "kontanthjælpsmodtagere i"),
        ("kontanthjælps-  \r\n modtagere i", "kontanthjælpsmodtagere i"),
        ("IPS-\nindsats", "IPS-indsats"),
        ("a-\ndagpenge", "a-dagpenge"),
        ("ikke-\nvestlige", "ikke-vestlige"),
        ("corona-tiltag, corona-\ntiltag", "corona-tiltag, corona-tiltag"),
        ("forældre-\nnetværk, forældre-netværk", "forældre-netværk, forældre-netværk"),
        ("BE-\nSKÆFTIGELSEN, beskæftigelsen", "BESKÆFTIGELSEN, beskæftigelsen"),
    ],
)
def test_a_word_broken_over_lines_is_joined(text: str, repaired: str) -> None:
    assert repair(text) == repaired


def test_a_blank_line_ends_a_word() -> None:
    assert repair("kontanthjælps-\n\nmodtagere") == "kontanthjælps-\n\nmodtagere"


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("Borger\xadråd\xadgiver", "Borgerrådgiver"),
        ("Borgerråd\xad\ngiver", "Borgerrådgiver"),
        ("Borgerråd\xad\n\nGiver", "Borgerråd\n\nGiver"),
        ("IPS\u2010Ung", "IPS-Ung"),
        ("Borger\u2010\nrådgiver", "Borgerrådgiver"),
        ("e\u2011mail", "e-mail"),
    ],
)
def test_soft_and_other_hyphens(text: str, repaired: str) -> None:
    assert repair(text) == repaired


LETTERS = st.sampled_from("abeginørstABS-\xad \n")


@given(st.text(alphabet=LETTERS, max_size=120))
def test_only_hyphens_and_white_space_are_lost(text: str) -> None:
    def bare(string: str) -> str:
        return re.sub(r"[-\xad\s]", "", string)

    repaired = repair(text)
    assert bare(repaired) == bare(text)
    assert len(repaired) <= len(text)


@given(st.text())
def test_a_text_without_hyphens_is_left_alone(text: str) -> None:
    plain = re.sub("[-\xad\u2010\u2011]", "", text)
    assert repair(plain) == plain


@given(st.text(alphabet=LETTERS, max_size=120))
def test_joins_stand_in_order_at_hyphens(text: str) -> None:
    end = 0
    for join in find_joins(text):
        assert end <= join.start < join.end <= len(text)
        assert text[join.start] == "-"
        end = join.end


@pytest.mark.parametrize(
    "piece", ["a", "a-", "aa-a ", "-", "a-\n", "- \n", "a- ", "\xad", "abc-d\xad\n", "BE- SK "]
)
def test_long_nonsense_is_read_in_one_pass(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert len(repair(text)) <= len(text)


def test_many_different_words_are_looked_up_in_one_pass() -> None:
    words = [
        f"ord{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676)}" for i in range(9000)
    ]
    text = " ".join(f"{word}-rest" for word in words)
    assert repair(text) == text


def _seed(seeds: list[Path], number: str) -> str:
    return next(path for path in seeds if path.name.startswith(number)).read_text("utf-8")


def test_the_broken_word_of_the_first_real_document_is_mended(seeds: list[Path]) -> None:
    text = _seed(seeds, "000")
    repaired = repair(text)
    assert not re.search("rådgi-", repaired)
    assert {join.word for join in find_joins(text)} == {
        "Borgerrådgiver",
        "Borgerrådgiveren",
        "borgerrådgiveren",
        "Borgerrådgiverens",
        "Borgerrådgivernes",
    }
    assert repaired.count("Beskæftigelses- og") == text.count("Beskæftigelses- og")


@pytest.mark.parametrize("number", ["001", "002", "003", "004"])
def test_nothing_is_joined_in_real_documents_without_broken_words(
    seeds: list[Path], number: str
) -> None:
    text = _seed(seeds, number)
    assert find_joins(text) == []
    assert repair(text) == text
