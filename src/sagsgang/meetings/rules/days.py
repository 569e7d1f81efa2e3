"""Meeting days and deadlines: 'first Wednesday at 15:30', and working days back from a meeting.

A committee's own rules of procedure say how many working days before a meeting its agenda is
sent; where they say nothing, the law's days for the council are taken (`law.toml`). Days off are
Danish public holidays, and 5 June, 24 and 31 December, when municipal offices are closed.
"""

from __future__ import annotations

import calendar
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

import holidays

_DAY = timedelta(days=1)
_OFFICE_CLOSED = ((6, 5), (12, 24), (12, 31))


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("DK", years=year))


def notice(day: date) -> int:
    """The law's working days between a council's agenda and its meeting on that day."""
    held = [one for one in _law()["notice"] if one["since"] <= day]
    return int(max(held, key=lambda one: one["since"])["days"])


@cache
def _law() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "law.toml").read_text("utf-8"))


def is_working_day(day: date) -> bool:
    """Whether the administration is at work."""
    closed = day in _holidays(day.year) or (day.month, day.day) in _OFFICE_CLOSED
    return day.weekday() < calendar.SATURDAY and not closed


def working_days_before(day: date, count: int) -> date:
    """The day that lies `count` whole working days before `day`, which itself is not counted.

    An agenda sent on that day has reached its readers `count` working days before the meeting.
    """
    while count > 0:
        day -= _DAY
        count -= is_working_day(day)
    return day


def working_days_after(day: date, count: int) -> date:
    """The day that comes `count` working days after `day`, which itself is not counted."""
    while count > 0:
        day += _DAY
        count -= is_working_day(day)
    return day


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a body meets: on the `ordinal`th `weekday` (0 is Monday) of each of `months`.

    An ordinal of -1 is the last. July has no meetings unless it is named.
    """

    weekday: int
    ordinal: int
    start_time: str
    months: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12)

    def days(self, year: int) -> Iterator[tuple[date, str]]:
        """The days of a year, and for one that is moved the reason in Danish, or `""`.

        A meeting that would fall on a day off is held a week later.
        """
        for month in self.months:
            day = self._day(year, month)
            if day is None:
                continue
            if is_working_day(day):
                yield day, ""
            else:
                yield day + 7 * _DAY, f"Flyttet en uge, fordi {day:%d.%m.%Y} er en fridag."

    def _day(self, year: int, month: int) -> date | None:
        weeks = calendar.Calendar().monthdatescalendar(year, month)
        days = [week[self.weekday] for week in weeks if week[self.weekday].month == month]
        index = self.ordinal - 1 if self.ordinal > 0 else self.ordinal
        return days[index] if -len(days) <= index < len(days) else None
