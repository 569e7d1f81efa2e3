"""Dates, times and periods in the forms that Danish minutes print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagsgang.minutes.danish.dates import (
    find_dates,
    find_periods,
    first_date,
    first_time,
    weekday_agrees,
    weekday_of,
)

MONTHS = (
    "januar februar marts april maj juni juli august september oktober november december".split()
)
SHORT_MONTHS = "jan feb mar apr maj jun jul aug sep okt nov dec".split()
ENGLISH_MONTHS = (
    "January February March April May June July August September October November December".split()
)
WEEKDAYS = "mandag tirsdag onsdag torsdag fredag lørdag søndag".split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Onsdag d. 18. juni 2025 kl. 15:00", date(2025, 6, 18)),
        ("den 25. august 2020", date(2020, 8, 25)),
        ("d.29. august 2023", date(2023, 8, 29)),
        ("den 11. oktober 2023,", date(2023, 10, 11)),
        ("20. september 2022-", date(2022, 9, 20)),
        ("3 maj 2021", date(2021, 5, 3)),
        ("06. apr 2022", date(2022, 4, 6)),
        ("Torsdag 24. mar 2022", date(2022, 3, 24)),
        ("ONSDAG DEN 18. JUNI 2025", date(2025, 6, 18)),
        ("Mandag, 11 januar, 2021 - 19:00", date(2021, 1, 11)),
        ("Torsdag, September 10, 2020 - 16:30", date(2020, 9, 10)),
        ("05.02.2025", date(2025, 2, 5)),
        ("1.1.2023", date(2023, 1, 1)),
        ("1. 2. 2025", date(2025, 2, 1)),
        ("Mødedato05.02.2025", date(2025, 2, 5)),
        ("15-09-2022", date(2022, 9, 15)),
        ("27-02-2018 19:00:00", date(2018, 2, 27)),
        ("15/9-2022", date(2022, 9, 15)),
        ("15/9 - 2022", date(2022, 9, 15)),
        ("31/8 2022", date(2022, 8, 31)),
        ("31/8 2022 kl. 15", date(2022, 8, 31)),
        ("5/6/2019", date(2019, 6, 5)),
        ("2025-06-18", date(2025, 6, 18)),
        ("2025-06-18T15:00:00+02:00", date(2025, 6, 18)),
        ("mødet den 15.09.22.", date(2022, 9, 15)),
        ("15-09-22", date(2022, 9, 15)),
        ("15/9-22", date(2022, 9, 15)),
    ],
)
def test_a_date_is_read_in_every_printed_form(text: str, expected: date) -> None:
    assert first_date(text) == expected


@pytest.mark.parametrize("text", ["5/28/2019", "5/28/2019 3:00:00 PM", "den 5/28/2019."])
def test_a_day_over_12_in_second_place_is_american(text: str) -> None:
    assert first_date(text) == date(2019, 5, 28)


def test_am_or_pm_makes_a_date_american() -> None:
    assert first_date("5/6/2019 3:00:00 PM") == date(2019, 5, 6)
    assert first_date("5/6/2019 kl. 15:00") == date(2019, 6, 5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31.02.2025",
        "29. februar 2023",
        "den 18. juni",
        "i 2024",
        "2024-2025",
        "05.02.1825",
        "1.612.105",
        "1. kvartal 2019",
        "bestyrelsens 12 medlemmer 2023",
        "kl. 15.30.20",
    ],
)
def test_what_is_no_whole_date_is_no_date(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "15.20.00",
        "00.01.00-A00",
        "27.00.00",
        "15.10.00",
        "15.20.00-P27",
        "24-1-15.20.00-P27",
        "22-4-15.00.00-P20",
        "15.00.00-A00-14-25",
        "15.00.00-A10-10-25",
        "01.02.05-P16-3-22",
        "J.nr. 01.02.05",
        "KLE 01.02.05",
        "330-2017-90442",
        "2016-001340",
        "22/18533",
        "Punkt 01.02.05",
    ],
)
def test_a_case_number_is_no_date(text: str) -> None:
    assert find_dates(text) == []


def test_offsets_are_those_of_the_date_itself() -> None:
    text = "Perioden 01.12.2022-28.02.2025, se også mødet d. 18. juni 2025."
    assert [text[found.start : found.end] for found in find_dates(text)] == [
        "01.12.2022",
        "28.02.2025",
        "18. juni 2025",
    ]


def test_of_a_range_of_days_the_day_with_month_and_year_is_read() -> None:
    assert [found.date for found in find_dates("3.-4. oktober 2023")] == [date(2023, 10, 4)]


def _american(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year} 3:00:00 PM"


FORMS: dict[str, Callable[[date], str]] = {
    "18. juni 2025": lambda day: f"{day.day}. {MONTHS[day.month - 1]} {day.year}",
    "18. jun 2025": lambda day: f"{day.day:02}. {SHORT_MONTHS[day.month - 1]} {day.year}",
    "18 juni, 2025": lambda day: f"{day.day} {MONTHS[day.month - 1]}, {day.year}",
    "June 18, 2025": lambda day: f"{ENGLISH_MONTHS[day.month - 1]} {day.day}, {day.year}",
    "18.06.2025": lambda day: f"{day:%d.%m.}{day.year}",
    "18-06-2025": lambda day: f"{day:%d-%m-}{day.year}",
    "18/6-2025": lambda day: f"{day.day}/{day.month}-{day.year}",
    "18/6 2025": lambda day: f"{day.day}/{day.month} {day.year}",
    "2025-06-18": date.isoformat,
    "6/18/2025 3:00:00 PM": _american,
}


@pytest.mark.parametrize("form", FORMS)
@given(
    day=st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    before=st.sampled_from(["", "d. ", "den ", "Mødet ", "("]),
    after=st.sampled_from(["", ".", ",", ")", " kl. 15:00", "\n"]),
)
def test_a_written_date_is_found_again(form: str, day: date, before: str, after: str) -> None:
    if after == " kl. 15:00" and form.endswith("PM"):
        after = ""
    text = before + FORMS[form](day) + after
    found = find_dates(text)
    assert [one.date for one in found] == [day]
    assert text[found[0].start : found[0].end] in FORMS[form](day)


@given(day=st.dates(date(2001, 1, 1), date(2099, 12, 31)))
def test_two_digits_of_the_year_mean_this_century(day: date) -> None:
    assert first_date(f"{day:%d.%m.%y}") == day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Onsdag d. 18. juni 2025 kl. 15:00", "15:00"),
        ("kl. 15.00", "15:00"),
        ("kl. 15,55", "15:55"),
        ("kl. 1530", "15:30"),
        ("kl 8", "08:00"),
        ("Kl. 8.30-10.00", "08:30"),
        ("klokken 17.30", "17:30"),
        ("kl. ca. 17.54", "17:54"),
        ("27-02-2018 19:00:00", "19:00"),
        ("5/28/2019 3:00:00 PM", "15:00"),
        ("5/28/2019 12:15 AM", "00:15"),
        ("5/28/2019 12:15 PM", "12:15"),
        ("Torsdag, September 10, 2020 - 16:30", "16:30"),
        ("05.02.2025 - 16.30", "16:30"),
        ("18. juni 2025, 9:30", "09:30"),
        ("2025-06-18T08:05:00", "08:05"),
    ],
)
def test_a_time_is_read_in_every_printed_form(text: str, expected: str) -> None:
    assert first_time(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "05.02.2025",
        "kl. 24:00",
        "kl. 31",
        "forholdet 1:10",
        "målestok 1:25.000",
        "15.30",
        "cykl 5",
    ],
)
def test_what_is_no_time_is_not_read_as_one(text: str) -> None:
    assert first_time(text) is None


def test_the_first_of_two_times_counts() -> None:
    assert first_time("18:30 spisning, kl. 19.15 møde") == "18:30"


@pytest.mark.parametrize(("number", "name"), list(enumerate(WEEKDAYS)))
def test_weekdays_count_from_monday(number: int, name: str) -> None:
    assert weekday_of(f"{name.capitalize()} d. 18. juni 2025") == number


def test_the_pronoun_man_is_no_weekday() -> None:
    assert weekday_of("man mødes hver måned") is None


@given(day=st.dates(date(1950, 1, 1), date(2099, 12, 31)), shift=st.integers(0, 6))
def test_a_weekday_agrees_only_with_its_own_date(day: date, shift: int) -> None:
    name = WEEKDAYS[(day.weekday() + shift) % 7]
    text = f"{name.capitalize()} den {day.day}. {MONTHS[day.month - 1]} {day.year} kl. 15:00"
    assert weekday_agrees(text) is (shift == 0)


@pytest.mark.parametrize(
    "text", ["den 18. juni 2025", "onsdag", "onsdag flyttes mødet til den 18. juni 2025"]
)
def test_without_a_weekday_at_a_date_there_is_nothing_to_agree(text: str) -> None:
    assert weekday_agrees(text) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("primo 2026", date(2026, 1, 1), date(2026, 4, 30)),
        ("Medio 2026", date(2026, 5, 1), date(2026, 8, 31)),
        ("ultimo 2024", date(2024, 9, 1), date(2024, 12, 31)),
        ("primo oktober 2023", date(2023, 10, 1), date(2023, 10, 10)),
        ("medio oktober 2023", date(2023, 10, 11), date(2023, 10, 20)),
        ("ultimo februar 2024", date(2024, 2, 21), date(2024, 2, 29)),
        ("i begyndelsen af 2025", date(2025, 1, 1), date(2025, 4, 30)),
        ("ved udgangen af 2024", date(2024, 12, 31), date(2024, 12, 31)),
        ("til udgangen af februar 2025", date(2025, 2, 28), date(2025, 2, 28)),
        ("1. kvartal 2019", date(2019, 1, 1), date(2019, 3, 31)),
        ("fjerde kvartal i 2019", date(2019, 10, 1), date(2019, 12, 31)),
        ("1.-3. kvartal 2022", date(2022, 1, 1), date(2022, 9, 30)),
        ("Q2 2022", date(2022, 4, 1), date(2022, 6, 30)),
        ("1. halvår 2022", date(2022, 1, 1), date(2022, 6, 30)),
        ("2. halvår 2022", date(2022, 7, 1), date(2022, 12, 31)),
        ("anden halvdel af 2022", date(2022, 7, 1), date(2022, 12, 31)),
        ("uge 36-38 i 2023", date(2023, 9, 4), date(2023, 9, 24)),
        ("uge 1, 2025", date(2024, 12, 30), date(2025, 1, 5)),
        ("uge 53 2020", date(2020, 12, 28), date(2021, 1, 3)),
        ("juni 2023", date(2023, 6, 1), date(2023, 6, 30)),
        ("juni-august 2023", date(2023, 6, 1), date(2023, 8, 31)),
        ("efteråret 2025", date(2025, 9, 1), date(2025, 11, 30)),
    ],
)
def test_a_period_is_read_with_its_first_and_last_day(text: str, first: date, last: date) -> None:
    (period,) = find_periods(f"Status gives {text}.")
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "18. juni 2025",
        "3.-4. oktober 2023",
        "i 2024",
        "ultimo august",
        "uge 53 2023",
        "uge 38 2023-",
        "",
    ],
)
def test_a_date_or_a_bare_year_or_an_unknown_week_is_no_period(text: str) -> None:
    expected = ["uge 38 2023"] if text.startswith("uge 38") else []
    assert [period.text for period in find_periods(text)] == expected


def test_periods_stand_in_order_with_their_offsets() -> None:
    text = "Fra juni 2019 til juni 2020 og igen primo 2021 samt i uge 4 2022"
    periods = find_periods(text)
    assert [text[period.start : period.end] for period in periods] == [
        "juni 2019",
        "juni 2020",
        "primo 2021",
        "uge 4 2022",
    ]
    assert [period.text for period in periods] == [text[p.start : p.end] for p in periods]


@given(year=st.integers(1901, 2099), month=st.integers(0, 11))
def test_the_thirds_of_a_month_follow_each_other_and_fill_it(year: int, month: int) -> None:
    name = MONTHS[month]
    (whole,) = find_periods(f"{name} {year}")
    thirds = [find_periods(f"{part} {name} {year}")[0] for part in ("primo", "medio", "ultimo")]
    assert thirds[0].first == whole.first
    assert thirds[2].last == whole.last
    for earlier, later in pairwise(thirds):
        assert later.first == earlier.last + timedelta(days=1)


@given(st.text(alphabet=st.sampled_from("0123456789./- :,klpmKJanurimodeiuge1."), max_size=80))
def test_any_text_gives_dates_within_it(text: str) -> None:
    end = 0
    for found in find_dates(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end
    for period in find_periods(text):
        assert period.first <= period.last
    time = first_time(text)
    assert time is None or (len(time) == 5 and "00:00" <= time <= "23:59")
    assert weekday_agrees(text) in {None, True, False}


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    assert first_date(text) == next((found.date for found in find_dates(text)), None)
    first_time(text)
    find_periods(text)
    weekday_of(text)


@pytest.mark.parametrize(
    "piece", ["1.", "1 ", "1:", "kl. ", "uge 1-", "01.01.20", "januar ", " ", "9", "1. januar "]
)
def test_long_nonsense_is_read_in_one_pass(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert find_dates(text) == []
    assert find_periods(text) == []
    first_time(text)


def test_many_dates_are_all_found() -> None:
    assert len(find_dates("den 18. juni 2025, " * 5000)) == 5000
