"""Numbers before titles, where no word says that they are items' numbers."""

from __future__ import annotations

import re
from typing import Final

NUMBERED: Final = re.compile(
    r"(?P<number>\d{1,4})(?P<sep>\s*[.:)]\s*|\s+[-–]\s+|\s+|(?=[A-ZÆØÅ][a-zæøå]))(?P<title>\S.*)?$"
)
"""`57. Title`, `1 : Title`, `116Godkendelse`, and a number with its mark alone."""

ALONE: Final = re.compile(r"(?P<number>\d{1,4})(?P<sep>[.:)])?(?P<title>)$")
"""A number and nothing more."""

DOTTED: Final = re.compile(
    r"(?P<number>\d{1,4})(?P<sep>[.:)]?\s+)(?P<title>(?:[A-ZÆØÅ§\"”»]|\d{1,2}\. [a-zæøå]).*)$"
)
"""A number and a title that begins with a capital, or with an ordinal number."""

_LETTERS: Final = re.compile(r"[^\W\d_]{2}")
_ORDINAL: Final = re.compile(r"\d{1,2}\. [a-zæøå]{2}")
_UNITS: Final = re.compile(
    r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|oct|nov|dec)[a-zæøå]*\b"
    r"|(?:pct|procent|kr|mio|mia|timer|uger|måneder|år|dage|stk|km|m2|personer|borgere|medlemmer"
    r"|stemmer)\b",
    re.IGNORECASE,
)
_YEARS: Final = range(1980, 2061)


def is_date_or_amount(number: str, sep: str, title: str) -> bool:
    """Whether a number begins a date, a year or an amount: `22. januar`, `12,5`, `2024`."""
    year = len(number) == 4 and int(number) in _YEARS
    if not title:
        return year
    if _UNITS.match(title):
        return True
    if title[0].isdigit() and not (sep[-1:].isspace() and _LETTERS.search(title)):
        return _ORDINAL.match(title) is None
    parted = bool(sep.strip())
    if title[0] in ",%/+" or (not parted and title[0].islower()):
        return True
    return year or (len(number) == 4 and not parted)
