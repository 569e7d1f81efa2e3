"""The council's four-year terms.

Each begins on 1 January after the election, which is held every fourth year: 2017, 2021, 2025 …
(kommunal- og regionalvalgloven § 6).
"""

from __future__ import annotations

import datetime
from typing import Final

_SOME_FIRST_YEAR: Final = 2022
_YEARS: Final = 4


def term_of(date: str) -> str:
    """The term that an ISO date lies in, such as `2022-2025`."""
    year = int(date[:4])
    first = year - (year - _SOME_FIRST_YEAR) % _YEARS
    return f"{first}-{first + _YEARS - 1}"


def days_of(term: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a term.

    >>> days_of("2022-2025")
    (datetime.date(2022, 1, 1), datetime.date(2025, 12, 31))
    """
    first, _dash, last = term.partition("-")
    return datetime.date(int(first), 1, 1), datetime.date(int(last), 12, 31)
