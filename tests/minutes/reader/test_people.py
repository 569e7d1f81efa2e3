"""Who was absent under an item, and who took part in its treatment."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from sagsgang.minutes.blocks import ITEM, TABLE, TEXT, Block
from sagsgang.minutes.model import Participant
from sagsgang.minutes.reader.absence import absent_of
from sagsgang.minutes.reader.item_numbers import item_numbers
from sagsgang.minutes.reader.participants import participants_of
from sagsgang.minutes.reader.sections import Part
from sagsgang.minutes.reader.vocabulary import builtin


def part(kind: Any, *lines: str) -> Part:
    return Part(kind, "", [Block(TEXT, line) for line in lines])


def absent(*lines: str, item: str | None = "4", roster: tuple[str, ...] = ()) -> list[str]:
    """The absent whom a decision names."""
    return absent_of([part("decision", *lines)], roster, builtin(), item)


def listed(*lines: str, item: str | None = "4") -> list[str]:
    """The absent whom a section for absence names."""
    return absent_of([part("absence", *lines)], (), builtin(), item)


def taking_part(*lines: str, kind: str = "presentation") -> list[tuple[str | None, str | None]]:
    found = participants_of([part(kind, *lines)], builtin())
    return [(person.name, person.role) for person in found]


# --- absence in a decision -----------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "deltog ikke i mødet.",
        "deltog ikke i sagens behandling.",
        "deltog ikke i behandlingen af dette punkt.",
        "deltager ikke.",
        "var fraværende.",
        "var fraværende under punktet.",
        "var ikke til stede.",
        "havde meldt afbud.",
        "havde meldt forfald.",
        "har afbud.",
        "udeblev uden afbud.",
        "var forhindret i at deltage i sagens behandling.",
        "mødte ikke frem.",
        "var inhabil og deltog ikke under sagens behandling.",
        "fraværende",
    ],
)
def test_absence_after_the_name(said: str) -> None:
    assert absent(f"Ida Holm {said}") == ["Ida Holm"]
    assert absent(f"Ida Holm (A) {said}") == ["Ida Holm"]
    assert absent(f"Ida Holm, Bo Lind (V) og Per Dal {said}") == ["Ida Holm", "Bo Lind", "Per Dal"]


@pytest.mark.parametrize(
    "label",
    [
        "Fraværende:",
        "Fraværende",
        "Fraværende med afbud:",
        "Afbud:",
        "Afbud fra",
        "Der var afbud fra",
        "Ved afbud:",
        "Ikke til stede:",
        "Fravær:",
    ],
)
def test_absence_before_the_name(label: str) -> None:
    assert absent(f"{label} Ida Holm (A) og Bo Lind.") == ["Ida Holm", "Bo Lind"]


@pytest.mark.parametrize(
    "lines",
    [
        ("Godkendt.", "Ida Holm deltog ikke i mødet."),
        ("Ida Holm deltog ikke i mødet.", "Godkendt."),
        ("Ikke til stede: Ida Holm", "Godkendt."),
        ("Godkendt. Ida Holm deltog ikke i mødet.",),
        ("Godkendt Ida Holm var fraværende.",),
        ("Godkendt. Afbud: Ida Holm.",),
        ("Udvalgets formand Ida Holm deltog ikke i mødet.",),
        ("Medlem Ida Holm var fraværende.",),
        ("Godkendt.", "Afbud under hele mødet:", "Ida Holm", "Bo Lind deltog som stedfortræder"),
        ("Fraværende med afbud:", "Ida Holm (Enhedslisten), tjenesterejse.", "Godkendt."),
        ("Godkendt, idet Ida Holm var fraværende.",),
    ],
)
def test_absence_wherever_it_stands_in_a_decision(lines: tuple[str, ...]) -> None:
    assert absent(*lines) == ["Ida Holm"]


@pytest.mark.parametrize(
    "line",
    [
        "Godkendt To medlemmer var fraværende.",
        "Fraværende: Ingen.",
        "Fraværende: -",
        "Fraværende:",
        "Afbud: Ingen",
        "Ingen afbud.",
        "Alle medlemmer var mødt.",
        "Ida Holm stemte imod.",
        "Ida Holm deltog ikke i afstemningen.",
        "Ida Holm forlod mødet kl. 21.27.",
        "Ida Holm orienterede om mødet med Bo Lind.",
        "Fravær og trivsel blev drøftet med Ida Holm.",
        "Udvalget drøftede sygefraværet.",
    ],
)
def test_nobody_is_absent(line: str) -> None:
    assert absent(line) == []


# --- absence under some items --------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "under", "elsewhere"),
    [
        ("Ida Holm (F) deltog ikke under punkterne 12-15.", "13", "11"),
        ("Ida Holm var fraværende under punkterne 5, 6 og 7.", "6", "8"),
        ("Ida Holm deltog ikke i behandlingen af pkt. 9 på grund af inhabilitet.", "9", "1"),
        ("Ida Holm deltog ikke under sag nr. 28.", "28", "27"),
        ("Ida Holm deltog ikke i behandlingen af sagerne 220-222.", "221", "219"),
    ],
)
def test_who_was_away_under_some_items_is_absent_in_those(
    line: str, under: str, elsewhere: str
) -> None:
    assert absent(line, item=under) == ["Ida Holm"]
    assert absent(line, item=elsewhere) == []
    assert absent(line, item=None) == []


def test_absence_under_this_item_holds_for_it() -> None:
    assert absent("Ida Holm deltog ikke under dette punkt.", item=None) == ["Ida Holm"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("punkt 3", ["3"]),
        ("Pkt. 4", ["4"]),
        ("punkt 1 og 4", ["1", "4"]),
        ("punkterne 12-15", ["12", "13", "14", "15"]),
        ("punkterne 5, 6 og 7", ["5", "6", "7"]),
        ("sag nr. 28", ["28"]),
        ("sag 98", ["98"]),
        ("dagsordenspunkt 4", ["4"]),
        ("punkt 2 til 4 og pkt. 9", ["2", "3", "4", "9"]),
        ("punkterne 15-12", ["15", "12"]),
        ("punkt 1-9999", ["1", "9999"]),
        ("sag 22/18533", []),
        ("sag 15.00.00-A00-14-25", []),
        ("pkt. den 5. maj", []),
        ("12 punkter", []),
    ],
)
def test_numbers_of_items(text: str, numbers: list[str]) -> None:
    assert item_numbers(text, builtin()) == numbers


# --- those who stood in --------------------------------------------------------------------


@pytest.mark.parametrize(
    "lines",
    [
        ("Fraværende: Ida Holm (V) - Bo Lind (V) mødte som stedfortræder.",),
        ("Ida Holm (A) var fraværende. Som stedfortræder deltog Bo Lind (A)",),
        ("Ida Holm havde meldt afbud, og Bo Lind deltog i stedet.",),
        ("Ida Holm havde meldt afbud. 1. suppleant Bo Lind var indkaldt, men mødte ikke frem.",),
        ("Afbud fra Ida Holm. I stedet mødte Bo Lind.",),
        ("Afbud fra Ida Holm.", "Som suppleanter deltager Bo Lind (A) og Per Dal (B)."),
        ("I stedet for Ida Holm deltog Bo Lind.",),
        ("Bo Lind deltog i stedet for Ida Holm.",),
        ("Fraværende: Bo Lind deltog i mødet i stedet for Ida Holm",),
        ("Bo Lind (C) var indkaldt som stedfortræder for Ida Holm (C).",),
        ("Bo Lind er indkaldt som suppleant for Ida Holm.",),
        ("Afbud fra Ida Holm stedfortræder Bo Lind",),
        ("Fraværende: Ida Holm (stedfortræder: Bo Lind)",),
        ("Fraværende Ida Holm – Bo Lind er indkaldt som stedfortræder.",),
    ],
)
def test_the_absent_is_recorded_and_not_who_stood_in(lines: tuple[str, ...]) -> None:
    assert absent(*lines) == ["Ida Holm"]


def test_several_with_and_without_somebody_in_their_place() -> None:
    line = "Bo Lind deltog som stedfortræder for Ida Holm og Eva Krog som stedfortræder for Per Dal"

    assert absent(line) == ["Ida Holm", "Per Dal"]
    assert listed("Ida Holm, Bo Lind (i stedet for Per Dal)") == ["Ida Holm", "Per Dal"]
    assert listed("Ida Holm, Bo Lind indkaldt", "Per Dal og Eva Krog") == [
        "Ida Holm",
        "Per Dal",
        "Eva Krog",
    ]


# --- sections for absence ------------------------------------------------------------------


def test_a_section_lists_names_in_every_printed_way() -> None:
    assert listed("Ida Holm, Bo Lind") == ["Ida Holm", "Bo Lind"]
    assert listed("Ida Holm", "Bo Lind") == ["Ida Holm", "Bo Lind"]
    assert listed("Borgmester Ida Holm pga. arbejde.") == ["Ida Holm"]
    table = Part("absence", "", [Block(TABLE, rows=(("Ida Holm", "Bo Lind"),))])
    points = Part("absence", "", [Block(ITEM, "Ida Holm", marker="-"), Block(ITEM, "Bo Lind")])
    assert absent_of([table], (), builtin()) == ["Ida Holm", "Bo Lind"]
    assert absent_of([points], (), builtin()) == ["Ida Holm", "Bo Lind"]


@pytest.mark.parametrize("line", ["Ingen", "Ingen.", "-", "–", "", "Intet", "Alle var mødt."])
def test_a_section_that_names_nobody(line: str) -> None:
    assert listed(line) == []


def test_each_is_listed_once_in_the_spelling_of_the_head() -> None:
    roster = ("Ida Holmgaard", "Bo Lind")
    parts = [part("absence", "Ida Holmgård, Bo Lind"), part("absence", "bo lind, Ida Holmgaard")]

    assert absent_of(parts, roster, builtin()) == ["Ida Holmgaard", "Bo Lind"]


def test_absence_is_not_read_from_the_case_text() -> None:
    assert absent_of([part("presentation", "Ida Holm var fraværende.")], (), builtin()) == []


# --- participants --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Leder af Jobhuset Ida Holm deltager under punktet.",
            [("Ida Holm", "Leder af Jobhuset")],
        ),
        (
            "Leder af Jobhuset, Ida Holm, og chefkonsulent Bo Lind deltager i mødet under punktet.",
            [("Ida Holm", "Leder af Jobhuset"), ("Bo Lind", "chefkonsulent")],
        ),
        (
            "Afdelingsleder Ida Holm fra Jobcentret deltager under dette punkt.",
            [("Ida Holm", "Afdelingsleder fra Jobcentret")],
        ),
        ("Ida Holm, leder af Jobhuset, deltog under punktet.", [("Ida Holm", "leder af Jobhuset")]),
        ("Afdelingslederen deltager under punktet.", [(None, "Afdelingslederen")]),
        (
            "På mødet vil Centerlederen af Rusmiddelcentret give et oplæg.",
            [(None, "Centerlederen af Rusmiddelcentret")],
        ),
        ("Ida Holm deltager i konferencen i maj.", []),
        ("Udvalget deltager i mødet med a-kasserne.", []),
        ("Chefen for Jobhuset er ansat i maj.", []),
        ("Punktet drøftes under mødet.", []),
    ],
)
def test_who_takes_part_by_a_sentence_of_the_case(
    line: str, expected: list[tuple[str | None, str | None]]
) -> None:
    assert taking_part(line) == expected
    assert taking_part(f"Sagen drejer sig om budgettet. {line}") == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ida Holm, leder af Jobhuset", [("Ida Holm", "leder af Jobhuset")]),
        (
            "Ida Holm, leder, og Bo Lind, konsulent.",
            [("Ida Holm", "leder"), ("Bo Lind", "konsulent")],
        ),
        ("Centerchef Ida Holm", [("Ida Holm", "Centerchef")]),
        (
            "Ida Holm, leder af Jobhuset og Bo Lind",
            [("Ida Holm", "leder af Jobhuset"), ("Bo Lind", None)],
        ),
        ("Jobcenterchefen", [(None, "Jobcenterchefen")]),
        ("Ingen", []),
        ("-", []),
    ],
)
def test_who_takes_part_by_a_section_made_for_it(
    line: str, expected: list[tuple[str | None, str | None]]
) -> None:
    assert taking_part(line, kind="participants") == expected


def test_a_participant_is_listed_once() -> None:
    parts = [
        part("summary", "Leder Ida Holm deltager under punktet."),
        part("presentation", "Ida Holm, leder, deltager under punktet."),
    ]

    assert participants_of(parts, builtin()) == [Participant("Ida Holm", "Leder")]


# --- any text ------------------------------------------------------------------------------

LONG = [
    "Ida Holm, " * 10_000,
    "Ida Holm og " * 8_000 + "var fraværende",
    "var fraværende " * 7_000,
    "Afbud " * 16_000,
    "stedfortræder for " * 5_000,
    "punkt 1, 2, 3, " * 6_000,
    "a" * 100_000,
    "Ida " * 25_000,
    "På mødet vil " * 8_000,
    "leder " * 16_000 + "deltager under punktet",
    "deltager under punktet " * 4_000,
    "Fraværende:\n" * 8_000,
    ", ".join(f"Ida H{''.join(letters)}lm" for letters in product("abcdefghij", repeat=4)),
]


@pytest.mark.parametrize("text", LONG)
def test_any_text_is_read(text: str) -> None:
    assert len(absent(text)) <= len(text)
    assert len(listed(text)) <= len(text)
    assert len(taking_part(text)) <= len(text)
    assert len(taking_part(text, kind="participants")) <= len(text)
    assert len(item_numbers(text, builtin())) <= len(text)
