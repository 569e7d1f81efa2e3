"""Dates, times of day and periods as Danish minutes print them.

All functions are pure and never raise; their time is linear in the text. Offsets count
characters of the text given.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "januar jan january",
            "februar feb febr february",
            "marts mar march",
            "april apr",
            "maj may",
            "juni jun june",
            "juli jul july",
            "august aug",
            "september sep sept",
            "oktober okt october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS: Final = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")

_MONTH: Final = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")(?![a-zæøå])"
_YEAR: Final = "(?:(?:19|20)[0-9]{2}|2100)(?![0-9])"

_DIGITS: Final = re.compile("[0-9]+")
_NAMED: Final = re.compile(
    rf"([0-9]{{1,2}})(?:\.|(?=[\s,a-zæøå]))\s{{0,3}}({_MONTH})\.?,?\s{{0,3}}({_YEAR})",
    re.IGNORECASE,
)
_MONTH_BEFORE: Final = re.compile(rf"(?<![a-zæøå])({_MONTH})\.?\s{{1,3}}\Z", re.IGNORECASE)
_DAY_AND_YEAR: Final = re.compile(
    rf"([0-9]{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}({_YEAR})", re.IGNORECASE
)
_ISO: Final = re.compile(rf"({_YEAR})-([0-9]{{2}})-([0-9]{{2}})(?![0-9])")
_NUMERIC: Final = re.compile(
    r"([0-9]{1,2})([./-]|\. )([0-9]{1,2})(\s?[./–-]\s?|\s)([0-9]{4}|[0-9]{2})(?![0-9])"
)
_AMERICAN_TIME: Final = re.compile(
    r"[\s,]{1,3}[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\s?[ap]\.?m", re.IGNORECASE
)

# Separators of a whole date with four and with two digits of the year. Two digits need two
# digits of day and month too, or the stroke that only dates have.
_SEPARATORS: Final = frozenset(
    [(".", "."), (". ", "."), (". ", ". "), (".", ". "), ("-", "-"), ("/", "/")]
    + [("/", gap + dash + gap) for dash in "-–" for gap in ("", " ")]
    + [("/", " ")]
)
_SHORT_SEPARATORS: Final = frozenset([(".", "."), ("-", "-"), ("/", "/"), ("/", "-")])
# A dotted number after one of these is a subject number or a paragraph, not a date.
_NUMBER_WORDS: Final = ("nr", "kle", "sag", "sager", "emne", "id", "punkt", "pkt", "afsnit", "§")

_CLOCK: Final = re.compile(
    r"(?<![a-zæøå])kl(?:okken|\.)?\s{0,3}(?:ca\.?\s?)?"
    r"(?P<hour>[01]?[0-9]|2[0-3])(?:[.:,]?(?P<minute>[0-5][0-9]))?(?![0-9])\s?(?P<half>[ap]\.?m\b)?",
    re.IGNORECASE,
)
_COLON: Final = re.compile(
    r"(?<![0-9:.,])(?P<hour>[01]?[0-9]|2[0-3]):(?P<minute>[0-5][0-9])(?::[0-5][0-9])?"
    r"(?!\.?[0-9:])\s?(?P<half>[ap]\.?m\b)?",
    re.IGNORECASE,
)
_DASH_TIME: Final = re.compile(
    r"(?<=[0-9]{4}) [-–] (?P<hour>[01][0-9]|2[0-3])\.(?P<minute>[0-5][0-9])(?![0-9.,])(?P<half>)"
)
_YEAR_BEFORE: Final = re.compile(r"[0-9]{4}[\s,–-]{0,4}\Z")

_WEEKDAY: Final = re.compile("(" + "|".join(_WEEKDAYS) + ")(?![a-zæøå])", re.IGNORECASE)
_WEEKDAY_BEFORE: Final = re.compile(
    "(" + "|".join(_WEEKDAYS) + r")[\s,.]{0,3}(?:den|d)?[\s,.*]{0,4}\Z", re.IGNORECASE
)

_PERIOD_BEFORE_YEAR: Final = re.compile(
    rf"""(?<![0-9a-zæøå])(?:
    (?P<part>primo|medio|ultimo|(?:starten|begyndelsen|midten|slutningen|udgangen)\s(?:af|på))
        \s(?:(?P<part_month>{_MONTH})\s)?
    |(?P<quarter>[1-4]|første|andet|tredje|fjerde)\.?(?:\s?(?:-|–|til|og)\s?(?P<quarter_to>[1-4])\.?)?
        \s?(?:kvartal|kvt\.?)(?:\s(?:af|i))?\s
    |Q(?P<q>[1-4])\s
    |(?P<half>[12]|første|andet|anden)\.?\s?(?:halvår(?:\s(?:af|i))?|halvdel\saf)\s
    |ugen?(?:rne)?\.?\s?(?P<week>[0-9]{{1,2}})
        (?:\s?(?:-|–|/|til|og)\s?(?:uge\s)?(?P<week_to>[0-9]{{1,2}}))?(?:,?\si\s|,\s?|\s|/)
    |(?P<season>foråret|sommeren|efteråret)\s(?:i\s)?
    |(?P<month>{_MONTH})(?:\s?(?:-|–|til)\s?(?P<month_to>{_MONTH}))?\.?,?\s
    )\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_PERIOD: Final = 48
_COUNTING: Final = {"første": 1, "andet": 2, "anden": 2, "tredje": 3, "fjerde": 4}
_SEASONS: Final = {"foråret": (3, 5), "sommeren": (6, 8), "efteråret": (9, 11)}
_THIRDS: Final = {
    "primo": 0,
    "starten": 0,
    "begyndelsen": 0,
    "medio": 1,
    "midten": 1,
    "ultimo": 2,
    "slutningen": 2,
}


class FoundDate(NamedTuple):
    """A date and its offsets: from the first character of day, month or year to the last."""

    date: date
    start: int
    end: int


class Period(NamedTuple):
    """The days from `first` to `last`, both included, that `text` names."""

    first: date
    last: date
    text: str
    start: int
    end: int


def find_dates(text: str) -> list[FoundDate]:
    """The dates in `text`, in order.

    A date has day, month and year; years are 1900-2100, two digits mean 2001-2099 (`00` is never
    read as a year: it ends too many subject numbers). Day comes before month, but
    `5/28/2019` and `5/6/2019 3:00:00 PM` are American. Dates that the calendar does not have,
    and parts of case numbers, are not dates.
    """
    return list(_dates(text))


def first_date(text: str) -> date | None:
    """The first date in `text`; see `find_dates`."""
    found = next(_dates(text), None)
    return found.date if found else None


def _dates(text: str) -> Iterator[FoundDate]:
    end = 0
    for run in _DIGITS.finditer(text):
        start, stop = run.span()
        if start < end:
            continue
        found = None
        if stop - start <= 2:
            found = _day_first(text, start, stop, end)
        elif stop - start == 4 and text.startswith("-", stop):
            found = _iso(text, start)
        if found:
            end = found.end
            yield found


def _day_first(text: str, start: int, stop: int, earliest: int) -> FoundDate | None:
    """The date whose day (in America: month) is the number at `start`."""
    following = text[stop : stop + 1]
    if following in {"/", "-"}:
        return _numeric(text, start)
    if following == ".":
        return _named(text, start) or _numeric(text, start)
    if following.isspace() or following.isalpha() or following == ",":
        return _named(text, start) or _month_first(text, start, earliest)
    return None


def _named(text: str, start: int) -> FoundDate | None:
    """18. juni 2025 · 06. apr 2022 · 11 januar, 2021."""
    match = _NAMED.match(text, start)
    if not match:
        return None
    day, month, year = match.groups()
    return _found(year, _MONTHS[month.lower()], day, start, match.end())


def _month_first(text: str, start: int, earliest: int) -> FoundDate | None:
    """September 10, 2020."""
    rest = _DAY_AND_YEAR.match(text, start)
    if not rest:
        return None
    beginning = max(earliest, start - 14)
    month = _MONTH_BEFORE.search(text[beginning:start])
    if not month:
        return None
    day, year = rest.groups()
    number = _MONTHS[month.group(1).lower()]
    return _found(year, number, day, beginning + month.start(), rest.end())


def _iso(text: str, start: int) -> FoundDate | None:
    """2025-06-18, also at the beginning of 2025-06-18T15:00."""
    match = _ISO.match(text, start)
    if not match or _continues_left(text, start, "./-") or _continues_right(text, match.end(), "-"):
        return None
    year, month, day = match.groups()
    return _found(year, month, day, start, match.end())


def _numeric(text: str, start: int) -> FoundDate | None:
    """05.02.2025 · 15-09-2022 · 15/9-2022 · 31/8 2022 · 5/28/2019 · 15.09.22."""
    match = _NUMERIC.match(text, start)
    if not match:
        return None
    first, separator, second, other, year = match.groups()
    end = match.end()
    if len(year) == 2:
        if not _is_short_date(text, match):
            return None
        year = f"20{year}"
    elif (
        not "1900" <= year <= "2100"
        or (separator, other) not in _SEPARATORS
        or _continues_left(text, start, separator[0])
        or _continues_right(text, end, other.strip())
    ):
        return None
    if separator == other == "/" and _is_american(text, int(second), end):
        first, second = second, first
    return _found(year, second, first, start, end)


def _is_american(text: str, second: int, end: int) -> bool:
    return second > 12 or _AMERICAN_TIME.match(text, end) is not None


def _is_short_date(text: str, match: re.Match[str]) -> bool:
    """A date with two digits of the year, not the like-looking part of a longer number."""
    first, separator, second, other, year = match.groups()
    if year == "00" or (separator, other) not in _SHORT_SEPARATORS:
        return False
    if separator != "/" and (len(first) < 2 or len(second) < 2):
        return False
    start, end = match.span()
    if text[start - 1 : start].isalpha() or text[end : end + 1].isalpha():
        return False
    if _continues_left(text, start, "./-") or _continues_right(text, end, "./-:,"):
        return False
    before = text[max(0, start - 8) : start].rstrip(" .:").lower()
    return separator != "." or not before.endswith(_NUMBER_WORDS)


def _continues_left(text: str, start: int, separators: str) -> bool:
    """The token began before `start`: `A00-…`, `22-4-15…`."""
    before = text[start - 1 : start]
    if before.isupper():
        return True
    return start >= 2 and before in separators and text[start - 2].isalnum()


def _continues_right(text: str, end: int, separators: str) -> bool:
    """The token goes on after `end`: `…-P20`, `….00`."""
    after = text[end : end + 2]
    return len(after) == 2 and after[0] in separators and after[1].isalnum()


def _found(year: str, month: str | int, day: str, start: int, end: int) -> FoundDate | None:
    try:
        return FoundDate(date(int(year), int(month), int(day)), start, end)
    except ValueError:
        return None


def first_time(text: str) -> str | None:
    """The first time of day in `text` as `"15:30"`, or `None`.

    Read are `kl. 15:30`, `kl. 15.30`, `kl. 15,30`, `kl. 1530`, `kl 8`, and without `kl` a time
    with a colon if its hour has two digits, `AM`/`PM` stands after it or a year before it.
    """
    if not _DIGITS.search(text):
        return None
    times = [
        match
        for match in (_CLOCK.search(text), _first_colon(text), _DASH_TIME.search(text))
        if match
    ]
    if not times:
        return None
    match = min(times, key=lambda time: time.start("hour"))
    hour = _hour(int(match["hour"]), (match["half"] or "").lower())
    return f"{hour:02}:{match['minute'] or '00'}"


def _first_colon(text: str) -> re.Match[str] | None:
    if ":" not in text:
        return None
    for match in _COLON.finditer(text):
        start = match.start()
        before = text[max(0, start - 8) : start]
        if len(match["hour"]) == 2 or match["half"] or _YEAR_BEFORE.search(before):
            return match
    return None


def _hour(hour: int, half: str) -> int:
    if half.startswith("a"):
        return hour % 12 if hour <= 12 else hour
    if half.startswith("p"):
        return hour % 12 + 12 if hour <= 12 else hour
    return hour


def weekday_of(text: str) -> int | None:
    """The first Danish weekday named in `text`: 0 for Monday to 6 for Sunday, or `None`."""
    match = _WEEKDAY.search(text)
    return _WEEKDAYS.index(match.group(1).lower()) if match else None


def weekday_agrees(text: str) -> bool | None:
    """Whether the weekday printed before the first date in `text` is that date's weekday.

    `None` if there is no date, or no weekday directly before it.
    """
    found = next(_dates(text), None)
    if not found:
        return None
    match = _WEEKDAY_BEFORE.search(text[max(0, found.start - 20) : found.start])
    if not match:
        return None
    return _WEEKDAYS.index(match.group(1).lower()) == found.date.weekday()


def find_periods(text: str) -> list[Period]:
    """The periods in `text` that are named with their year, in order.

    - *primo*, *medio*, *ultimo* (and the beginning, middle, end, *slutningen*, of) are taken to
      mean the first, middle and last third: of a year January-April, May-August and
      September-December; of a month the 1st-10th, the 11th-20th and the rest.
    - *(ved) udgangen af* is the last day of the year or month.
    - Quarters, half-years, months and ranges of them are whole; weeks are ISO weeks, Monday to
      Sunday; *foråret*, *sommeren*, *efteråret* are March-May, June-August, September-November.

    A whole date is no period, nor is a bare year.
    """
    periods = []
    end = 0
    for run in _DIGITS.finditer(text):
        start, stop = run.span()
        if stop - start != 4 or not "1900" <= run.group() <= "2100":
            continue
        beginning = max(end, start - _LONGEST_PERIOD)
        match = _PERIOD_BEFORE_YEAR.search(text[beginning:start])
        days = _days(match, int(run.group())) if match else None
        if match and days:
            first = beginning + match.start()
            periods.append(Period(*days, text[first:stop], first, stop))
        end = stop
    return periods


def _days(match: re.Match[str], year: int) -> tuple[date, date] | None:
    """First and last day of what `match` names in `year`."""
    if match["part"]:
        return _part(match["part"].split()[0].lower(), match["part_month"], year)
    if match["week"]:
        return _weeks(year, int(match["week"]), int(match["week_to"] or match["week"]))
    if match["month"]:
        if match.string[: match.start()].rstrip(" .-–").endswith(tuple("0123456789")):
            return None  # the rest of a whole date
        first = _MONTHS[match["month"].lower()]
        last = _MONTHS[match["month_to"].lower()] if match["month_to"] else first
        return _months(year, first, last)
    if match["season"]:
        return _months(year, *_SEASONS[match["season"].lower()])
    if match["half"]:
        half = _count(match["half"])
        return _months(year, 6 * half - 5, 6 * half)
    first = _count(match["quarter"] or match["q"])
    last = _count(match["quarter_to"]) if match["quarter_to"] else first
    return _months(year, 3 * first - 2, 3 * last)


def _count(word: str) -> int:
    return _COUNTING.get(word.lower()) or int(word)


def _part(part: str, month: str | None, year: int) -> tuple[date, date]:
    whole = _MONTHS[month.lower()] if month else None
    if part == "udgangen":
        last = _last_day(year, whole or 12)
        return last, last
    third = _THIRDS[part]
    if whole is None:
        return date(year, 4 * third + 1, 1), _last_day(year, 4 * third + 4)
    last = _last_day(year, whole) if third == 2 else date(year, whole, 10 * third + 10)
    return date(year, whole, 10 * third + 1), last


def _weeks(year: int, first: int, last: int) -> tuple[date, date] | None:
    try:
        monday = date.fromisocalendar(year, first, 1)
        sunday = date.fromisocalendar(year, last, 1) + timedelta(days=6)
    except ValueError:
        return None
    return (monday, sunday) if first <= last else None


def _months(year: int, first: int, last: int) -> tuple[date, date] | None:
    return (date(year, first, 1), _last_day(year, last)) if first <= last else None


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
