"""Marks of list items: as a format counts them, and as authors type them."""

from __future__ import annotations

import re
from typing import Final

_MARKER = re.compile(
    r"(?:([-*+•◦▪■‣·–])|(\d{1,4}[.)]|\(?[a-z][.)]|\(?[A-Z]\)))\s+(\S.*)", re.DOTALL
)
_MARKER_STARTS: Final = frozenset(
    "-*+•◦▪■‣·–0123456789(abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
)
_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "maj",
    "jun",
    "jul",
    "aug",
    "sep",
    "okt",
    "nov",
    "dec",
)
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def ordinal(number: int, form: str) -> str:
    """A list number as printed: `form` is `1`, `a`, `A`, `i` or `I`."""
    if form in "aA" and number > 0:
        letters = ""
        while number > 0:
            number, rest = divmod(number - 1, 26)
            letters = chr(97 + rest) + letters
        return letters if form == "a" else letters.upper()
    if form in "iI" and 0 < number < 4000:
        letters = ""
        for value, roman in _ROMAN:
            count, number = divmod(number, value)
            letters += roman * count
        return letters if form == "i" else letters.upper()
    return str(number)


def typed_marker(text: str) -> tuple[str, str]:
    """A list marker that the author typed (`-`, `1.`, `a)`) and the text after it, or two `""`.

    A date ("15. september") is not a list item.
    """
    if not text or text[0] not in _MARKER_STARTS or " " not in text[1:7]:
        return "", ""
    match = _MARKER.match(text)
    if match is None:
        return "", ""
    bullet, number, rest = match[1], match[2], match[3]
    if bullet:
        return "-", rest
    if number[0].isdigit() and rest[:3].lower() in _MONTHS:
        return "", ""
    return number, rest
