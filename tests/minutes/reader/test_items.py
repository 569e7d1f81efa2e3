"""Lines that could begin a numbered item, what speaks for them, and the row they make."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagsgang.minutes.reader.chains import best_chain
from sagsgang.minutes.reader.contents import Entry
from sagsgang.minutes.reader.document import Document
from sagsgang.minutes.reader.evidence import Evidence
from sagsgang.minutes.reader.items import Candidate, candidates
from sagsgang.minutes.reader.labels import find_labels
from sagsgang.minutes.reader.numbering import is_date_or_amount
from sagsgang.minutes.reader.openness import mark_of, without_mark
from sagsgang.minutes.reader.titles import reads_like_title
from sagsgang.minutes.reader.vocabulary import builtin
from sagsgang.minutes.sources.text import blocks_of_text


def document(text: str) -> Document:
    blocks = blocks_of_text(text)
    return Document(blocks, find_labels(blocks, builtin()), builtin())


def found(text: str, *contents: str) -> list[Candidate]:
    entries = [Entry(title, None, False, None, 0) for title in contents]
    return candidates(Evidence(document(text), entries), 0)


def score(text: str, *contents: str) -> float:
    return found(text, *contents)[0].score


# --- what a line says ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("Punkt 88: Plan for unge", "88", "Plan for unge"),
        ("PUNKT 52: Plan for unge", "52", "Plan for unge"),
        ("Pkt. 102", "102", ""),
        ("Sag nr. 48", "48", ""),
        ("Nr.143 - Plan for unge", "143", "Plan for unge"),
        ("57. Plan for unge", "57", "Plan for unge"),
        ("1 : Plan for unge", "1", "Plan for unge"),
        ("116Godkendelse af dagsorden", "116", "Godkendelse af dagsorden"),
        ("HR 1. Plan for unge", "HR 1", "Plan for unge"),
        ("- Punkt 3: Plan for unge", "3", "Plan for unge"),
        ("Punkt 4a: Plan for unge", "4a", "Plan for unge"),
        ("**Punkt 5:** Plan for unge", "5", "Plan for unge"),
    ],
)
def test_number_and_title_of_a_line(line: str, number: str, title: str) -> None:
    (candidate,) = found(line)

    assert (candidate.printed, candidate.title) == (number, title)


@pytest.mark.parametrize(
    "line",
    [
        "Punkterne 12-15 blev drøftet.",
        "Sagen blev udsat.",
        "6. september 2018",
        "22. januar",
        "12,5 mio. kr.",
        "100 pct. af målet",
        "2024 var et godt år",
        "at udvalget godkender planen",
        "Det er 57 borgere.",
        "Plan for unge",
    ],
)
def test_lines_that_cannot_begin_an_item(line: str) -> None:
    assert found(line) == []


@pytest.mark.parametrize(
    ("number", "sep", "title"),
    [
        ("22", ". ", "januar"),
        ("3", " ", "mio. kr."),
        ("12", " ", "pct. af målet"),
        ("12", ",", "5 mio. kr."),
        ("2025", ". ", "Budget"),
        ("2025", "", ""),
        ("57", " ", "borgere"),
        ("5", ". ", "12.2024"),
    ],
)
def test_dates_and_amounts(number: str, sep: str, title: str) -> None:
    assert is_date_or_amount(number, sep, title)


@pytest.mark.parametrize(
    ("number", "sep", "title"),
    [
        ("22", ". ", "Året i tal"),
        ("314", " ", "1. behandling af budget 2020"),
        ("12", ". ", "Mål for 2025"),
        ("12", "", ""),
    ],
)
def test_numbers_of_items(number: str, sep: str, title: str) -> None:
    assert not is_date_or_amount(number, sep, title)


# --- what stands around it -------------------------------------------------------------------

PLAIN = "57. Plan for unge\n\nForvaltningen skriver om de unge i Lindvig."


@pytest.mark.parametrize(
    "better",
    [
        "## 57. Plan for unge\n\nForvaltningen skriver om de unge i Lindvig.",
        "**57. Plan for unge**\n\nForvaltningen skriver om de unge i Lindvig.",
        "Punkt 57: Plan for unge\n\nForvaltningen skriver om de unge i Lindvig.",
        "57. Plan for unge\n\nResume\n\nForvaltningen skriver.",
        "57. Plan for unge\n\n15.00.00-A00-14-25",
        "57. Plan for unge\n\nSagsnr.: 22/18533",
        "57. Plan for unge\n\nÅben sag",
        "57. Lukket: Plan for unge\n\nForvaltningen skriver om de unge.",
        "57. Godkendelse af dagsorden\n\nForvaltningen skriver om de unge.",
    ],
)
def test_what_speaks_for_an_item(better: str) -> None:
    assert score(better) > score(PLAIN)


@pytest.mark.parametrize(
    "worse",
    [
        "57. plan for unge\n\nForvaltningen skriver om de unge i Lindvig.",
        "57. Plan for unge:\n\nForvaltningen skriver om de unge i Lindvig.",
        f"57. {'Plan for unge ' * 20}\n\nForvaltningen skriver om de unge i Lindvig.",
    ],
)
def test_what_speaks_against_one(worse: str) -> None:
    assert score(worse) < score(PLAIN)


def test_the_contents_speak_for_their_titles_even_cut_off() -> None:
    title = "Plan for unge, der hverken er i job eller i uddannelse"
    text = f"57. {title}\n\nForvaltningen skriver."

    assert score(text, title) > score(text)
    assert score(text, title[:30]) > score(text)
    assert score(text, "Plan for ældre") == score(text)


def test_a_heading_of_a_group_above_speaks_for_an_item() -> None:
    assert found(f"Orienteringssager\n\n{PLAIN}")[0].score > score(PLAIN)


def test_points_that_follow_each_other_are_a_list() -> None:
    assert [one.printed for one in found("1. Unge i job\n2. Unge i skole\n3. Andre")] == ["1"]


# --- the row ---------------------------------------------------------------------------------


def row(*numbers: int, score: float = 1.0) -> list[Candidate]:
    return [
        Candidate(place, number, str(number), "", score, "item.number", False)
        for place, number in enumerate(numbers)
    ]


def chain(*numbers: int) -> list[int]:
    return [candidate.number for candidate in best_chain(row(*numbers))[0]]


def test_rising_numbers_make_a_row() -> None:
    assert chain(1, 2, 3) == [1, 2, 3]
    assert chain(88, 89, 90) == [88, 89, 90]


def test_numbers_of_lists_between_are_left_out() -> None:
    assert chain(57, 1, 2, 58, 1, 59) == [57, 58, 59]


def test_a_number_may_be_missing() -> None:
    assert chain(57, 58, 60, 61) == [57, 58, 60, 61]


def test_a_row_goes_on_after_a_very_long_list() -> None:
    strong, weak = 4.0, 0.1
    items = row(5, score=strong) + row(*range(1000, 900, -1), score=weak) + row(6, score=strong)

    assert [one.number for one in best_chain(items)[0]] == [5, 6]


def test_without_candidates_there_is_no_row() -> None:
    assert best_chain([]) == ([], 0.0)


@given(st.lists(st.tuples(st.integers(1, 60), st.floats(-3, 8)), max_size=60))
def test_a_row_rises_and_is_worth_at_least_its_best_candidate(
    numbers: list[tuple[int, float]],
) -> None:
    listed = [
        Candidate(place, number, str(number), "", weight, "item.number", False)
        for place, (number, weight) in enumerate(numbers)
    ]
    best, total = best_chain(listed)
    chosen = [candidate.number for candidate in best]

    assert chosen == sorted(set(chosen))
    assert total >= max((candidate.score for candidate in listed), default=0.0)


# --- marks of open and closed ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "bare", "mark"),
    [
        ("Lukket: Salg af areal", "Salg af areal", True),
        ("Lukket punkt: Salg af areal", "Salg af areal", True),
        ("(Lukket) Salg af areal", "Salg af areal", True),
        ("(Åben) Plan", "Plan", False),
        ("Lukket punkt, Salg af areal", "Salg af areal", True),
        ("Åbent § 17-udvalg", "§ 17-udvalg", False),
        ("Åbent 2. behandling", "2. behandling", False),
        ("Salg af areal (Lukket)", "Salg af areal", True),
        ("Salg af areal - LUKKET SAG", "Salg af areal", True),
        ("Salg af areal. LUKKET SAG.", "Salg af areal.", True),
        ("Lukket:", "", True),
        ("Åben: Plan", "Plan", False),
        ("Åbent Plan", "Plan", False),
        ("Plan (åben)", "Plan", False),
        ("Åben skole", "Åben skole", None),
        ("Skolen er lukket", "Skolen er lukket", None),
        ("Plan", "Plan", None),
    ],
)
def test_marks_are_taken_off_titles(title: str, bare: str, mark: bool | None) -> None:
    assert without_mark(title, builtin()) == (bare, mark)


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("Åben sag", False),
        ("Åbent punkt", False),
        ("ÅBEN", False),
        ("(Lukket)", True),
        ("Lukket sag.", True),
        ("Åben - 00.01.00-A00-17-15", False),
        ("Sagsid.: 14/19290 Initialer: anba Åben sag", False),
        ("DIKEOL / 08/3208 LUKKET SAG", True),
        ("Åben sag Sagsnr.:", False),
        ("Åben dagsorden", None),
        ("Åbent hus på skolen", None),
        ("Svømmehallen er lukket", None),
        ("Lukketiden er kl. 16", None),
    ],
)
def test_lines_that_are_marks(line: str, mark: bool | None) -> None:
    assert mark_of(line, builtin()) == mark


# --- titles ----------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["Plan for unge i Lindvig", "”Job til alle” - status"])
def test_lines_that_read_like_titles(line: str) -> None:
    assert reads_like_title(0, document(line))


@pytest.mark.parametrize(
    "line",
    [
        "Planen er godkendt.",
        "med små bogstaver",
        "Den 5. februar 2025",
        "Ida Holm, Bo Lind og Ea Krog",
        "Beskæftigelsesudvalget",
        "Fraværende",
        "Mødedeltagere: Ida Holm",
        "Ida Holm deltog ikke",
        "Plan for unge,",
    ],
)
def test_lines_that_do_not(line: str) -> None:
    assert not reads_like_title(0, document(line))
