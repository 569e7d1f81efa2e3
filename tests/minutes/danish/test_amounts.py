"""Numbers in table cells; money and percentages in running text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagsgang.minutes.danish.amounts import Number, find_amounts, parse_number


@pytest.mark.parametrize(
    ("cell", "value", "decimals"),
    [
        ("1.612.105", "1612105", 0),
        ("-40.310", "-40310", 0),
        ("94.902", "94902", 0),
        ("55,029", "55.029", 3),
        ("1.096,041", "1096.041", 3),
        ("0,000", "0", 3),
        ("-9,199", "-9.199", 3),
        ("5 sager", "5", 0),
        ("12.345 fuldtidspersoner", "12345", 0),
        ("kr. 560.000", "560000", 0),
        ("500.000 kr.", "500000", 0),
        ("500,-", "500", 0),
        ("2022", "2022", 0),
        ("1 612 105", "1612105", 0),
        ("1\xa0612,5", "1612.5", 1),
        ("**1.250**", "1250", 0),
    ],
)
def test_a_cell_that_is_a_number_gives_its_exact_value(
    cell: str, value: str, decimals: int
) -> None:
    assert parse_number(cell) == Number(Decimal(value), decimals)


@pytest.mark.parametrize(
    ("cell", "value", "decimals"), [("69%", "69", 0), ("16,7 %", "16.7", 1), ("43 pct.", "43", 0)]
)
def test_percent_is_told_from_a_plain_number(cell: str, value: str, decimals: int) -> None:
    assert parse_number(cell) == Number(Decimal(value), decimals, percent=True)


@pytest.mark.parametrize(
    ("cell", "value", "decimals", "scale"),
    [
        ("+22,0 mio. kr.", "22000000", 1, 10**6),
        ("-0,2 mio. kr.", "-200000", 1, 10**6),
        ("1,584 mia. kr.", "1584000000", 3, 10**9),
        ("560 t.kr.", "560000", 0, 1000),
        ("560 tkr.", "560000", 0, 1000),
        ("12 1.000 kr.", "12000", 0, 1000),
        ("17 millioner kroner", "17000000", 0, 10**6),
    ],
)
def test_a_scale_word_multiplies_and_leaves_the_decimals_as_printed(
    cell: str, value: str, decimals: int, scale: int
) -> None:
    number = parse_number(cell)
    assert number == Number(Decimal(value), decimals, scale=scale)
    assert number is not None
    assert number.step == Decimal(scale) / 10**decimals


@pytest.mark.parametrize("dash", "-−–—")
def test_every_dash_before_a_number_is_a_minus(dash: str) -> None:
    assert parse_number(f"{dash}3,5") == parse_number(f"{dash} 3,5") == Number(Decimal("-3.5"), 1)


def test_a_minus_may_stand_after_the_number() -> None:
    assert parse_number("40.310-") == Number(Decimal(-40310), 0)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1.250", "1250"),
        ("12.250", "12250"),
        ("1.5", "1.5"),
        ("12.75", "12.75"),
        ("0.921", "0.921"),
        ("1234.567", "1234.567"),
    ],
)
def test_a_stop_parts_thousands_only_before_three_digits(cell: str, value: str) -> None:
    number = parse_number(cell)
    assert number is not None
    assert number.value == Decimal(value)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "-",
        "- ",
        "–",
        "x",
        "I alt",
        "t.kr.",
        "05.02.2025",
        "15.00.00",
        "22/18533",
        "5-6",
        "2022-2025",
        "1. kvartal",
        "22 januar",
        "1.25.3",
        "1.250.00",
        "172.",
        "2 ud af 3",
        "9" * 100,
    ],
)
def test_a_cell_that_is_no_number_gives_none(cell: str) -> None:
    assert parse_number(cell) is None


def _danish(value: Decimal, decimals: int) -> str:
    whole, _, rest = f"{value:,.{decimals}f}".partition(".")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


@given(
    digits=st.integers(-(10**12), 10**12),
    decimals=st.integers(0, 4),
    unit=st.sampled_from([("", 1), (" kr.", 1), (" mio. kr.", 10**6), (" mia. kr.", 10**9)]),
)
def test_a_written_number_is_read_again(digits: int, decimals: int, unit: tuple[str, int]) -> None:
    value = Decimal(digits).scaleb(-decimals)
    word, scale = unit
    number = parse_number(_danish(value, decimals) + word)
    assert number == Number(value * scale, decimals, scale=scale)


@given(thousandths=st.integers(10**6, 10**12))
def test_an_amount_in_a_sentence_is_the_number_in_a_cell(thousandths: int) -> None:
    printed = _danish(Decimal(thousandths).scaleb(-3), 3) + " mio. kr."
    (amount,) = find_amounts(f"Der søges om {printed} i 2025.")
    number = parse_number(printed)
    assert number is not None
    assert (amount.value, amount.unit, amount.text) == (number.value, "kr", printed)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1.612,105 mio. kr.", "1612105000", "kr"),
        ("2.061.637 kr.", "2061637", "kr"),
        ("1,584 mia. kr.", "1584000000", "kr"),
        ("kr. 560.000", "560000", "kr"),
        ("kr. 5,1 mio.", "5100000", "kr"),
        ("DKK 5.000,-", "5000", "kr"),
        ("500.000 kr.", "500000", "kr"),
        ("17 millioner kroner", "17000000", "kr"),
        ("560 t. kr.", "560000", "kr"),
        ("500 tusinde kr.", "500000", "kr"),
        ("-2,279 mio. kr.", "-2279000", "kr"),
        ("43 pct.", "43", "pct"),
        ("8,7%", "8.7", "pct"),
        ("66 procent", "66", "pct"),
        ("0,3 %-point", "0.3", "procentpoint"),
        ("3 procentpoint", "3", "procentpoint"),
        ("3 pct.-point", "3", "procentpoint"),
    ],
)
def test_an_amount_is_found_with_unit_and_offsets(text: str, value: str, unit: str) -> None:
    sentence = f"Udgiften er {text} i alt"
    (amount,) = find_amounts(sentence)
    assert (amount.value, amount.unit) == (Decimal(value), unit)
    assert sentence[amount.start : amount.end] == amount.text == text


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("mellem 5,1 og 6,2 mio. kr.", ["5100000", "6200000"]),
        ("fra 43 til 48 pct.", ["43", "48"]),
        ("5-10 pct.", ["5", "10"]),
        ("5 kr. - 5.500 kr.", ["5", "5500"]),
        ("i 2024 og 5,1 mio. kr.", ["5100000"]),
        ("fra 2020 til 12 pct.", ["12"]),
        ("2019-22,0 mio. kr.", ["22000000"]),
        ("8 borgere og 12 pct.", ["12"]),
    ],
)
def test_two_numbers_share_a_unit_where_they_are_a_range(text: str, values: list[str]) -> None:
    assert [amount.value for amount in find_amounts(text)] == [Decimal(value) for value in values]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12.05.2025 kr.",
        "5 kroneruller",
        "procenten er 5",
        "sag 22/18533",
        "kl. 15.00",
        "3 mio. borgere",
    ],
)
def test_a_number_without_a_unit_is_no_amount(text: str) -> None:
    assert find_amounts(text) == []


@given(st.text(alphabet=st.sampled_from("0123456789.,-– %krmiopctelog"), max_size=80))
def test_amounts_lie_in_the_text_one_after_the_other(text: str) -> None:
    end = 0
    for amount in find_amounts(text):
        assert end <= amount.start < amount.end <= len(text)
        assert text[amount.start : amount.end] == amount.text
        assert amount.value.is_finite()
        end = amount.end


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    find_amounts(text)
    number = parse_number(text)
    assert number is None or number.value.is_finite()


@pytest.mark.parametrize("piece", ["1.", "1 ", "1-", "1.000 ", "1 000 ", "9", "mellem 1 og "])
def test_long_nonsense_is_read_in_one_pass(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert parse_number(text) is None
    assert len(find_amounts(text + " 5 kr.")) <= 2
