"""When two printed case numbers are one case: the same number in the forms that systems print.

SBSYS and Acadre print KLE number, facet, serial number and year (`15.20.00-P27-1-24`), eDoc the
same in another order (`24-1-15.20.00-P27`), others year and serial number (`22/18533`,
`2022-018533`). Source: the survey of municipalities' printed minutes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_KLE_FIRST: Final = re.compile(
    r"(\d\d\.\d\d(?:\.\d\d)?)-([A-ZÆØÅ]\d\d)-0*(\d+)-(\d\d|\d{4})", re.IGNORECASE
)
_YEAR_FIRST: Final = re.compile(
    r"(\d\d|\d{4})-0*(\d+)-(\d\d\.\d\d(?:\.\d\d)?)-([A-ZÆØÅ]\d\d)", re.IGNORECASE
)
_YEAR_AND_SERIAL: Final = re.compile(r"(\d\d|\d{4})[/-]0*(\d+)")


@lru_cache(maxsize=5000)
def case_key(number: str) -> str:
    """A case number in one form; equal for numbers that name one case of a municipality.

    >>> case_key("24-1-15.20.00-P27") == case_key("15.20.00-p27-01-2024")
    True
    """
    text = re.sub(r"\s", "", number).upper()
    if match := _KLE_FIRST.fullmatch(text):
        kle, facet, serial, year = match.groups()
        return f"{kle}-{facet}-{serial}-{year[-2:]}"
    if match := _YEAR_FIRST.fullmatch(text):
        year, serial, kle, facet = match.groups()
        return f"{kle}-{facet}-{serial}-{year[-2:]}"
    if match := _YEAR_AND_SERIAL.fullmatch(text):
        year, serial = match.groups()
        return f"{year[-2:]}/{serial}"
    return text
