"""Dates that cannot be: a weekday that disagrees, a day the month does not have, a step back."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from ..danish.dates import FoundDate, find_dates
from ..model import Item, Minutes
from ..words import Words
from .remark import Passage, Remark, passages, quoted

_WEEKDAYS: Final = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
_BEFORE: Final = re.compile(
    rf"\b({'|'.join(_WEEKDAYS)})(?:\s+d(?:en|\.))?\s*,?\s*\Z", re.IGNORECASE
)
_MONTHS: Final = (
    "januar februar marts april maj juni juli august september oktober november december".split()
)
_NAMED: Final = re.compile(
    rf"\b(\d{{1,2}})\.\s?({'|'.join(_MONTHS)})(?:\s+(\d{{4}}))?\b", re.IGNORECASE
)
_SOME_LEAP_YEAR: Final = 2024
_FAR: Final = 30
"""Years."""


def check(minutes: Minutes) -> Iterator[Remark]:
    """Remarks on each date of the texts, and on coming treatments dated before the meeting."""
    for passage in passages(minutes):
        yield from _weekdays(passage)
        yield from _impossible(passage)
        yield from _far_off(passage, minutes.date)
    for item in minutes.items:
        yield from _steps_back(item, minutes.date)


def _weekdays(passage: Passage) -> Iterator[Remark]:
    text = passage.text
    for found in find_dates(text):
        match = _BEFORE.search(text, max(0, found.start - 20), found.start)
        if match and match[1].lower() != _WEEKDAYS[found.date.weekday()]:
            words = _disagrees(match[1].lower(), found)
            quote = quoted(text, match.start(), found.end)
            yield Remark("weekday_differs", "error", words, passage.item, passage.place, quote)


def _disagrees(printed: str, found: FoundDate) -> Words:
    """What is wrong, and the year that would make it right, where there is one beside it."""
    right = _WEEKDAYS[found.date.weekday()]
    danish = f"Den {_long(found.date)} er en {right}, ikke en {printed}."
    english = f"{found.date} is a {right}, not a {printed}."
    day = found.date.replace(day=min(found.date.day, 28))
    for year in (day.year + 1, day.year - 1):
        if day == found.date and _WEEKDAYS[day.replace(year=year).weekday()] == printed:
            danish += f" Skal der stå {year}?"
            english += f" Should the year be {year}?"
    return Words(danish, english)


def _impossible(passage: Passage) -> Iterator[Remark]:
    for match in _NAMED.finditer(passage.text):
        day, month = int(match[1]), _MONTHS.index(match[2].lower()) + 1
        year = int(match[3]) if match[3] else _SOME_LEAP_YEAR
        if not 1 <= year <= 9999 or 1 <= day <= calendar.monthrange(year, month)[1]:
            continue
        words = Words(
            f"Datoen findes ikke: {match[2].lower()} har ikke en {day}. dag.",
            "There is no such date in the calendar.",
        )
        yield Remark("date_impossible", "error", words, passage.item, passage.place, match[0])


def _far_off(passage: Passage, meeting: str | None) -> Iterator[Remark]:
    """Dates so long after the meeting that the year is likely a slip: 2062 for 2026."""
    if not meeting:
        return
    for found in find_dates(passage.text):
        if found.date.year > int(meeting[:4]) + _FAR:
            words = Words(
                f"Den {_long(found.date)} ligger mere end {_FAR} år efter mødet. Er årstallet "
                "rigtigt?",
                f"{found.date} is more than {_FAR} years after the meeting. Is the year right?",
            )
            quote = quoted(passage.text, found.start, found.end)
            yield Remark("year_unlikely", "warning", words, passage.item, passage.place, quote)


def _steps_back(item: Item, meeting: str | None) -> Iterator[Remark]:
    for step in item.next_steps:
        if meeting and step.date and step.date < meeting:
            words = Words(
                f"Sagens næste behandling er sat til den {_long(date.fromisoformat(step.date))}, "
                "som ligger før mødet. Er årstallet rigtigt?",
                f"The case's next treatment is dated {step.date}, before the meeting. Is the year "
                "right?",
            )
            yield Remark("step_before_meeting", "warning", words, item, "", step.committee or "")


def _long(day: date) -> str:
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"
