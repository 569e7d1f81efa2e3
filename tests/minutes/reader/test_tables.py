"""The tables of an item, and whether their numbers agree."""

from __future__ import annotations

from typing import Any

import pytest

from sagsgang.minutes.blocks import TABLE, TEXT, Block
from sagsgang.minutes.danish.amounts import Number, parse_number
from sagsgang.minutes.model import Table
from sagsgang.minutes.reader.sections import Part
from sagsgang.minutes.reader.sums import wrong_totals
from sagsgang.minutes.reader.tables import tables_of
from sagsgang.minutes.reader.vocabulary import builtin


def wrong(*rows: str) -> list[str]:
    """What is wrong in a table whose rows are given as cells between bars."""
    table = Table(tuple(tuple(cell.strip() for cell in row.split("|")) for row in rows))
    return wrong_totals(table, builtin())


# --- tables as printed ---------------------------------------------------------------------

ROWS = (("Ydelse", "Antal"), ("Kontanthjælp", "12"))


def tables(kind: Any, *blocks: Block) -> list[Table]:
    return tables_of([Part(kind, "", list(blocks))], builtin())


def test_a_table_is_given_as_printed() -> None:
    rows = (("**Ydelse**", "Antal"), ("Kontanthjælp", ""))

    assert tables("presentation", Block(TABLE, rows=rows)) == [
        Table((("Ydelse", "Antal"), ("Kontanthjælp", "")), caption=None)
    ]


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("Tabel 1", "Tabel 1"),
        ("Tabel 1: Ydelser på området", "Tabel 1: Ydelser på området"),
        ("Tabel 1:", "Tabel 1"),
        ("**Tabel 2. Ydelser**", "Tabel 2. Ydelser"),
        ("Skema 3 Ydelser", "Skema 3 Ydelser"),
        ("Ydelserne er vist i tabel 1.", None),
        ("Udgifterne er disse:", None),
        ("Tabel " + "1" * 200, None),
    ],
)
def test_a_caption_is_a_line_that_is_printed_as_such(line: str, caption: str | None) -> None:
    (table,) = tables("presentation", Block(TEXT, line), Block(TABLE, rows=ROWS))

    assert table.caption == caption


def test_a_routing_matrix_is_no_table() -> None:
    assert tables("routing", Block(TABLE, rows=(("DIR", "BFU"), ("x", "")))) == []


# --- totals --------------------------------------------------------------------------------


def test_a_total_that_adds_up() -> None:
    assert wrong("Ydelse | 2025 | 2026", "A | 10 | 1,5", "B | 20 | 2,5", "I alt | 30 | 4,0") == []


def test_a_total_that_does_not_add_up() -> None:
    (message,) = wrong("Ydelse | 2025", "A | 1.000", "B | 2.000", "I alt | 3.100")

    assert message == 'Row "I alt", column "2025": the numbers give 3.000, printed is 3.100.'


@pytest.mark.parametrize("word", ["I alt", "Udvalget i alt", "Total", "Sum", "SUM", "Ialt"])
def test_what_a_total_is_called(word: str) -> None:
    assert wrong("Ydelse | Antal", "A | 10", "B | 20", f"{word} | 39") != []


@pytest.mark.parametrize(
    ("printed", "fine"), [("28", False), ("29", True), ("30", True), ("31", True), ("32", False)]
)
def test_half_a_unit_of_the_last_digit_for_each_number_is_rounding(
    printed: str, fine: bool
) -> None:
    """10 and 20 may stand for 9,5 to 10,5 and 19,5 to 20,5; their sum is rounded as well."""
    found = wrong("Ydelse | Antal", "A | 10", "B | 20", f"I alt | {printed}")

    assert (found == []) is fine


def test_many_rounded_numbers_may_be_off_by_more() -> None:
    rows = [f"{letter} | 10" for letter in "ABCDEF"]

    assert wrong("Ydelse | Antal", *rows, "I alt | 63") == []
    assert wrong("Ydelse | Antal", *rows, "I alt | 64") != []


def test_decimals_leave_less_to_rounding() -> None:
    assert wrong("Ydelse | Mio. kr.", "A | 1,04", "B | 1,04", "I alt | 2,1") == []
    assert wrong("Ydelse | Mio. kr.", "A | 1,00", "B | 1,00", "I alt | 2,10") != []


def test_rows_that_repeat_a_part_are_no_addends() -> None:
    rows = ["Ydelse | Antal", "A | 10", "Heraf unge | 4", "B | 20", "Herunder andre | 5"]

    assert wrong(*rows, "I alt | 30") == []
    assert wrong(*rows, "I alt | 39") != []
    assert wrong(*rows, "I alt | 30", "Heraf unge i alt | 4") == []


def test_a_total_after_a_total_adds_its_own_rows() -> None:
    rows = ["Ydelse | Antal", "A | 10", "B | 20", "Service i alt | 30", "C | 1", "D | 2"]

    assert wrong(*rows, "Overførsler i alt | 3") == []


@pytest.mark.parametrize(
    "rows",
    [
        ("Mål | 2025", "A | 10", "I alt | 99"),
        ("Ydelse | Pct.", "A | 10 %", "B | 20 %", "I alt | 15 %"),
        ("Ydelse | Indeks", "A | 100", "B | 104", "I alt | 102"),
        ("Ydelse | Beløb", "A | 1,5 mio. kr.", "B | 900.000 kr.", "I alt | 2 mio. kr."),
        ("Ydelse | Antal", "A | 10", "B | ukendt", "C | 20", "I alt | 99"),
        ("Ydelse | Antal", "A | -", "B | 10", "C | 20", "I alt | 30"),
        ("Ydelse | År", "A | 2024", "B | 2025", "I alt | 2"),
        ("Ydelse | Antal", "A | 10", "B | 20", "I alt |"),
        ("I alt", "I alt", "I alt"),
    ],
)
def test_what_is_no_sum_is_not_added(rows: tuple[str, ...]) -> None:
    assert wrong(*rows) == []


def test_a_column_of_totals() -> None:
    rows = ["Ydelse | Mænd | Kvinder | I alt", "A | 1 | 2 | 3", "B | 4 | 4 | 8", "C | 5 | 5 | 10"]

    assert wrong(*rows, "D | 20 | 30 | 50") == []
    (message,) = wrong(*rows, "D | 20 | 30 | 60")
    assert message == 'Row "D", column "I alt": the numbers give 50, printed is 60.'


# --- differences and percentages -----------------------------------------------------------

BUDGET = [
    "I mio. kr. | Budget | Forbrug | Regnskab | Afvigelse",
    "Sygedagpenge | 96,400 | 58,210 | 99,150 | -2,750",
    "Kontanthjælp | 88,250 | 50,120 | 85,900 | 2,350",
    "Fleksjob | 131,800 | 76,540 | 131,100 | 0,700",
]


def test_a_column_of_differences_of_two_others() -> None:
    assert wrong(*BUDGET, "Dagpenge | 47,350 | 29,615 | 48,450 | -1,100") == []


def test_a_difference_that_is_wrong_where_the_others_are_right() -> None:
    (message,) = wrong(*BUDGET, "Dagpenge | 47,350 | 29,615 | 48,450 | 1,100")

    assert message == (
        'Row "Dagpenge", column "Afvigelse": the numbers give -1,1, printed is 1,100.'
    )


def test_a_difference_may_be_off_by_rounding() -> None:
    assert wrong(*BUDGET, "Dagpenge | 47,350 | 29,615 | 48,450 | -1,101") == []
    assert wrong(*BUDGET, "Dagpenge | 47,350 | 29,615 | 48,450 | -1,102") != []


def test_a_column_of_differences_to_something_else_is_left_alone() -> None:
    rows = ["Ydelse | 2025 | 2026 | Ændring", "A | 1 | 2 | 7", "B | 3 | 9 | 8", "C | 2 | 2 | 9"]

    assert wrong(*rows, "D | 4 | 5 | 6") == []


SPENT = [
    "I mio. kr. | Budget | Forbrug | Forbrugsprocent",
    "Sygedagpenge | 138,100 | 107,718 | 78%",
    "Kontanthjælp | 88,250 | 63,540 | 72%",
    "Fleksjob | 131,800 | 97,532 | 74%",
]


def test_a_column_of_percentages_of_two_others() -> None:
    assert wrong(*SPENT, "Dagpenge | 47,350 | 37,410 | 79%") == []


def test_a_percentage_that_is_wrong_where_the_others_are_right() -> None:
    (message,) = wrong(*SPENT, "Dagpenge | 47,350 | 37,410 | 97%")

    assert message.startswith('Row "Dagpenge", column "Forbrugsprocent"')
    assert message.endswith("printed is 97%.")


def test_a_percentage_may_be_off_by_rounding_of_small_numbers() -> None:
    rows = [
        "Mål | Sager | Omgjort | Andel",
        "A | 3 | 1 | 33%",
        "B | 4 | 2 | 50%",
        "C | 7 | 2 | 29%",
    ]

    assert wrong(*rows, "D | 9 | 1 | 11%") == []


def test_a_column_of_growth_in_percent() -> None:
    rows = [
        "Ydelse | 2025 | 2026 | Ændring",
        "A | 1.000 | 1.100 | 10,0 %",
        "B | 2.000 | 1.900 | -5,0 %",
        "C | 3.000 | 3.600 | 20,0 %",
    ]

    assert wrong(*rows, "D | 4.000 | 5.000 | 25,0 %") == []
    assert wrong(*rows, "D | 4.000 | 5.000 | 52,0 %") != []


# --- any table -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rows",
    [
        (),
        ((),),
        ((), ("",)),
        (("a",), ("b", "1", "2"), ("I alt", "9")),
        tuple(("I alt", "1") for _ in range(3_000)),
        tuple(("Difference", "1 %", "Difference", "2 %") for _ in range(2_000)),
        (("Difference",) * 2_000, *(("1",) * 2_000 for _ in range(8))),
    ],
)
def test_any_table_is_checked(rows: tuple[tuple[str, ...], ...]) -> None:
    assert isinstance(wrong_totals(Table(rows), builtin()), list)


def test_a_table_of_totals_alone_is_added_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each row is an addend of the 400 after it."""
    parsed: list[str] = []

    def counted(cell: str) -> Number | None:
        parsed.append(cell)
        return parse_number(cell)

    monkeypatch.setattr("sagsgang.minutes.reader.sums.parse_number", counted)
    rows = (("I alt", "1"),) * 1_000

    assert wrong_totals(Table(rows), builtin()) == []
    assert len(parsed) < 10 * len(rows)
