"""Earlier and coming treatments of a case, who settles it, and where it is sent."""

from __future__ import annotations

from typing import Any

import pytest

from sagsgang.minutes.blocks import ITEM, TABLE, TEXT, Block
from sagsgang.minutes.model import Reference, RoutingMark, Step
from sagsgang.minutes.reader.references import decided_by, next_steps_of, related_of
from sagsgang.minutes.reader.routing import routing_of
from sagsgang.minutes.reader.sections import Part
from sagsgang.minutes.reader.vocabulary import builtin


def part(kind: Any, *lines: str, label: str = "", item: bool = False) -> Part:
    return Part(kind, label, [Block(ITEM if item else TEXT, line) for line in lines])


def related(*lines: str) -> list[tuple[str | None, str | None, str | None]]:
    found = related_of([part("related", *lines)], builtin())
    return [(one.committee, one.date, one.item) for one in found]


def steps(*lines: str) -> list[tuple[str | None, str | None]]:
    found = next_steps_of([part("next_steps", *lines)], "2026-03-04")
    return [(one.committee, one.date) for one in found]


# --- earlier treatments --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Socialudvalget 05.02.2025, punkt 3", [("Socialudvalget", "2025-02-05", "3")]),
        ("Socialudvalget den 5. februar 2025, pkt. 67:", [("Socialudvalget", "2025-02-05", "67")]),
        ("Socialudvalget, 05-02-2025, sag nr. 28", [("Socialudvalget", "2025-02-05", "28")]),
        ("Byrådet 26.02.2025", [("Byrådet", "2025-02-26", None)]),
        (
            "Socialudvalget 05.02.2025, punkt 1 og 4",
            [("Socialudvalget", "2025-02-05", "1"), ("Socialudvalget", "2025-02-05", "4")],
        ),
        (
            "Socialudvalget 05.02.2025, punkterne 2-4",
            [(("Socialudvalget"), "2025-02-05", number) for number in ("2", "3", "4")],
        ),
        (
            "Beskæftigelses- og Integrationsudvalget",
            [("Beskæftigelses- og Integrationsudvalget", None, None)],
        ),
        ("Sagen har været drøftet før.", []),
    ],
)
def test_related_treatments(line: str, expected: list[Any]) -> None:
    assert related(line) == expected


def test_a_treatment_that_is_printed_twice_counts_once() -> None:
    line = "Socialudvalget 05.02.2025, punkt 3"

    assert related(line, line, "Byrådet 26.02.2025") == [
        ("Socialudvalget", "2025-02-05", "3"),
        ("Byrådet", "2025-02-26", None),
    ]


def test_treatments_in_a_table() -> None:
    table = Part("related", "", [Block(TABLE, rows=(("Socialudvalget", "05.02.2025", "punkt 3"),))])

    assert related_of([table], builtin()) == [Reference("Socialudvalget", "2025-02-05", "3")]


def test_a_mention_in_the_case_text_is_no_treatment() -> None:
    line = "Socialudvalget godkendte på sit møde d. 8. januar 2019 (sag nr. 3) planen."

    assert related_of([part("presentation", line)], builtin()) == []


# --- coming treatments ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Byrådet 26.03.2026", [("Byrådet", "2026-03-26")]),
        ("Byrådet den 26. marts 2026", [("Byrådet", "2026-03-26")]),
        ("Byrådet primo 2026", [("Byrådet", None)]),
        (
            "Økonomiudvalget 18.03.2026, Byrådet 26.03.2026",
            [("Økonomiudvalget", "2026-03-18"), ("Byrådet", "2026-03-26")],
        ),
        ("Sagen genoptages i maj.", []),
    ],
)
def test_next_steps(line: str, expected: list[Any]) -> None:
    assert steps(line) == expected


HEARINGS = ("Ældrerådet den 12. marts 2026", "Handicaprådet den 19. marts 2026")


def test_a_list_whose_every_point_is_a_body_and_a_date_is_next_steps() -> None:
    found = next_steps_of([part("hearing", *HEARINGS, item=True)], "2026-03-04")

    assert found == [Step("Ældrerådet", "2026-03-12"), Step("Handicaprådet", "2026-03-19")]


@pytest.mark.parametrize(
    "points",
    [
        HEARINGS[:1],
        (*HEARINGS, "Høringssvar ved udgangen af marts"),
        ("Ældrerådet drøftede sagen den 12. marts 2026", "Sagen sendes i høring"),
    ],
)
def test_other_lists_are_no_next_steps(points: tuple[str, ...]) -> None:
    assert next_steps_of([part("hearing", *points, item=True)], "2026-03-04") == []


def test_a_hearing_before_the_meeting_is_not_to_come() -> None:
    assert next_steps_of([part("hearing", *HEARINGS, item=True)], "2026-03-15") == [
        Step("Handicaprådet", "2026-03-19")
    ]


def test_lines_of_a_text_are_no_list() -> None:
    assert next_steps_of([part("hearing", *HEARINGS)], "2026-03-04") == []


# --- who settles the case ------------------------------------------------------------------


def settled(kind: str, text: str, label: str = "") -> tuple[str, str] | None:
    return decided_by([part(kind, *text.split("\n"), label=label)], builtin())


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Der er råd til planen. Sagen afgøres af Byrådet.", "Byrådet"),
        (
            "Sagen afsluttes i Beskæftigelses- og Integrationsudvalget.",
            "Beskæftigelses- og Integrationsudvalget",
        ),
        ("Sagen afgøres endeligt af **Byrådet**.", "Byrådet"),
        ("Punktet afgøres i: Økonomiudvalget", "Økonomiudvalget"),
        ("Beslutningskompetencen ligger hos Byrådet.", "Byrådet"),
    ],
)
def test_a_sentence_says_who_settles_the_case(text: str, body: str) -> None:
    assert settled("summary", text) == (body, "decided_by.sentence")


@pytest.mark.parametrize(
    "label", ["Sagen afgøres af", "Beslutningskompetence", "Kompetence", "Hvem beslutter"]
)
def test_a_section_says_who_settles_the_case(label: str) -> None:
    assert settled("procedure", "Byrådet", label) == ("Byrådet", "decided_by.label")
    assert settled("procedure", "Byrådet den 4. marts", label) == ("Byrådet", "decided_by.label")


@pytest.mark.parametrize(
    ("kind", "text", "label"),
    [
        ("decision", "Sagen afgøres af Byrådet.", ""),
        ("summary", "Det er uklart, hvordan sagen afgøres af alle.", ""),
        ("summary", "Ministeren siger, at sagen afgøres af Folketinget.", ""),
        ("procedure", "Byrådet", "Procedure"),
        ("procedure", "Økonomiudvalget\nByrådet", "Kompetence"),
        ("procedure", "", "Kompetence"),
    ],
)
def test_nothing_says_who_settles_the_case(kind: str, text: str, label: str) -> None:
    assert settled(kind, text, label) is None


# --- routing -------------------------------------------------------------------------------


def routing(*blocks: Block) -> tuple[list[tuple[str, bool | None]], str | None]:
    marks, unclear = routing_of([Part("routing", "Kommunikation", list(blocks))])
    return [(mark.code, mark.marked) for mark in marks], unclear


def test_a_table_tells_the_columns_of_its_marks() -> None:
    table = Block(TABLE, rows=(("DIR", "BFU", "SOS"), ("x", "", "X")))

    assert routing(table) == ([("DIR", True), ("BFU", False), ("SOS", True)], None)


def test_a_mark_for_every_code_leaves_no_doubt() -> None:
    marks = routing(Block(TEXT, "DIR BFU SOS"), Block(TEXT, "x x x"))

    assert marks == ([("DIR", True), ("BFU", True), ("SOS", True)], None)


def test_no_marks_mark_nothing() -> None:
    assert routing(Block(TEXT, "DIR BFU SOS")) == (
        [("DIR", False), ("BFU", False), ("SOS", False)],
        None,
    )


@pytest.mark.parametrize(("marks", "said"), [("X", "one mark (X)"), ("x x", "2 marks (x, x)")])
def test_marks_that_lost_their_columns_are_reported(marks: str, said: str) -> None:
    codes, unclear = routing(Block(TEXT, "DIR BFU SOS"), Block(TEXT, marks))

    assert codes == [("DIR", None), ("BFU", None), ("SOS", None)]
    assert unclear is not None
    assert said in unclear


def test_no_routing_without_codes() -> None:
    assert routing(Block(TEXT, "Pressen kontaktes.")) == ([], None)
    assert routing() == ([], None)
    assert routing_of([part("summary", "DIR BFU SOS")]) == ([], None)
    assert RoutingMark("DIR", None) != RoutingMark("DIR", False)


# --- any text ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Sagen afgøres af " * 6_000,
        "Byrådet " * 12_000,
        "punkt 1 og " * 9_000,
        "05.02.2025 " * 9_000,
        "A" * 100_000,
        "DIR " * 25_000,
    ],
)
def test_any_text_is_read(text: str) -> None:
    assert settled("summary", text) is None or "Byrådet" not in text
    assert len(related(text)) <= len(text)
    assert len(steps(text)) <= len(text)
    assert len(routing(Block(TEXT, text))[0]) <= len(text)
