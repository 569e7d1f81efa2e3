"""Case numbers as lines of their own, and the KLE numbers inside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagsgang.minutes.danish.case_numbers import CaseNumber, kle_of, whole_line


@pytest.mark.parametrize(
    ("number", "kle"),
    [
        ("15.00.00-A00-14-25", "15.00.00"),
        ("00.22.00-3584-18", "00.22.00"),
        ("15.00.00-000-2-20", "15.00.00"),
        ("00.00.00-P19-1719-10", "00.00.00"),
        ("85.02.02G00-0009", "85.02.02"),
        ("23.01.00G01-0204", "23.01.00"),
        ("24-1-15.20.00-P27", "15.20.00"),
        ("22-44-15.00.00-P20", "15.00.00"),
        ("00.10.00", "00.10.00"),
        ("15.20G00 - 2013/01963", None),
        ("22/18533", None),
        ("21/645", None),
        ("08/3208", None),
        ("2013/01963", None),
        ("2016-001340", None),
        ("2026-000962", None),
        ("330-2017-90442", None),
        ("326-2011-116030", None),
        ("306-2009-600", None),
        ("EMN-2015-02541", None),
        ("S2022-1234", None),
        ("BR 366/07", None),
        ("ØU-18/08", None),
    ],
)
def test_a_case_number_is_known_by_its_form(number: str, kle: str | None) -> None:
    assert whole_line(number) == CaseNumber(number, kle)
    assert whole_line(f"  **{number}** ") == CaseNumber(number, kle)
    assert kle_of(number) == kle


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Sagsnr.: 330-2017-90442", "330-2017-90442"),
        ("Sagsnr. 311870", "311870"),
        ("Sagsid.: 20/4282", "20/4282"),
        ("Sagsnr.: 14/40", "14/40"),
        ("Sags-id 22/18533", "22/18533"),
        ("Sag nr. 22/18533", "22/18533"),
        ("Sag 306-2009-600", "306-2009-600"),
        ("J.nr. 01.02.05", "01.02.05"),
        ("Journalnr.: 01.02.05-P16-3-22", "01.02.05-P16-3-22"),
        ("Journalnummer: 299831", "299831"),
        ("Sagsnummer 22/18533", "22/18533"),
        ("Acadre sagsnr.: 07/3026", "07/3026"),
    ],
)
def test_a_label_before_the_number_does_not_matter(line: str, number: str) -> None:
    found = whole_line(line)
    assert found is not None
    assert found.text == number


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Sagsid.: 14/19290 Initialer: abcd Åben sag", "14/19290"),
        ("Sagsnr.: 330-2017-90442 Dok.nr.: 330-2021-12", "330-2017-90442"),
        ("Sag 306-2009-600 Dok. 306-2010-1", "306-2009-600"),
        ("326-2011-116030 J.nr.: 00.10.00", "326-2011-116030"),
        ("Acadre sagsnr.: 07/3026 Journalnr.: 01.02.05 P15", "07/3026"),
        ("Dok.nr.: 12/345 Sagsnr.: 22/18533", "22/18533"),
        ("Åbent - 00.01.00-A00-17-15", "00.01.00-A00-17-15"),
        ("ABCDE / 08/3208 ÅBEN SAG", "08/3208"),
    ],
)
def test_of_all_that_stands_on_the_line_the_first_case_number_counts(
    line: str, number: str
) -> None:
    found = whole_line(line)
    assert found is not None
    assert found.text == number


@pytest.mark.parametrize(
    "line",
    [
        "",
        "05.02.2025",
        "15.09.22",
        "01.02.05",
        "15-09-2022",
        "2025-06-18",
        "31/8 2022",
        "15/09",
        "12/2022",
        "2024/2025",
        "2024/25",
        "2024-2025",
        "15:30",
        "15.00",
        "76 29 29 29",
        "7629-2929",
        "299831",
        "2.061.637 kr.",
        "55,029",
        "73%",
    ],
)
def test_dates_years_and_plain_numbers_are_no_case_numbers(line: str) -> None:
    assert whole_line(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "Sag nr. 48",
        "Sag 5",
        "Dok.nr.: 330-2021-12",
        "22/18533 blev behandlet på mødet",
        "Se sag 22/18533",
        "Sagen 22/18533",
        "Punkt 88: Godkendelse af dagsorden",
        "15.00.00-A00-14-25" + " Åben sag" * 20,
    ],
)
def test_a_line_that_says_something_else_is_no_case_number(line: str) -> None:
    assert whole_line(line) is None


@pytest.mark.parametrize("text", ["05.02.2025", "1.12.15.20.00", "15.20", "", "22/18533"])
def test_without_a_subject_number_there_is_no_kle(text: str) -> None:
    assert kle_of(text) is None


@given(
    group=st.integers(0, 99),
    subject=st.integers(0, 99),
    detail=st.integers(0, 99),
    facet=st.sampled_from(["A00", "P27", "G01", "K08", "S00"]),
    serial=st.integers(1, 99999),
    year=st.integers(0, 99),
    label=st.sampled_from(["", "Sagsnr.: ", "Sagsnr. ", "Sag nr. ", "J.nr. ", "Sagsid.: "]),
)
def test_every_kle_case_number_is_read_whole(
    group: int, subject: int, detail: int, facet: str, serial: int, year: int, label: str
) -> None:
    kle = f"{group:02}.{subject:02}.{detail:02}"
    for number in (f"{kle}-{facet}-{serial}-{year:02}", f"{year:02}-{serial}-{kle}-{facet}"):
        assert whole_line(label + number) == CaseNumber(number, kle)


@given(st.text(alphabet=st.sampled_from("0123456789./- AaGPSsnr:#*"), max_size=60))
def test_what_is_read_stands_on_the_line(line: str) -> None:
    found = whole_line(line)
    assert found is None or found.text in line


@given(st.text())
def test_no_line_is_too_odd(line: str) -> None:
    whole_line(line)
    kle_of(line)


@pytest.mark.parametrize("piece", ["1.", "15.00.00-", "Sagsnr.: ", "1/", "Åben sag ", "A00-"])
def test_long_nonsense_is_turned_away(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert whole_line(text) is None
    assert whole_line(text[:160]) is None
    kle_of(text)
