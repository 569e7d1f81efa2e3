"""Civil registration numbers (CPR-numre) in text: found by date and context.

The modulus 11 check has not held for all numbers since 2007, so it only tells how certain a find
is. Nothing here gives the number away: a find is a place and a certainty.

Source: CPR-kontoret, "Personnummeret i CPR"; databeskyttelsesloven § 11.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from stdnum.dk import cpr
from stdnum.exceptions import ValidationError

Certainty = Literal["certain", "likely", "possible"]

_NUMBER: Final = re.compile(
    r"(?<![\w.,/-])(?P<day>[0-3]\d)[.]?(?P<month>[01]\d)[.]?(?P<year>\d\d)"
    r"(?P<between>\s?[-‐‑–—]\s?|[ \xa0])?(?P<serial>\d{4})(?![\w/]|[.,-]\d)"
)
_SAID: Final = re.compile(r"cpr|person-?n(?:umme)?r|personnummer", re.IGNORECASE)
_CONTEXT: Final = 40
_WEIGHTS: Final = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


class Find(NamedTuple):
    """Where something stands that looks like a CPR number, and how certain that is."""

    start: int
    end: int
    certainty: Certainty


def find_cpr(text: str) -> list[Find]:
    """What looks like CPR numbers in `text`, in order; `[]` where nothing does.

    Ten digits that begin with a date count when a hyphen parts them, when the modulus 11 check
    holds, or when the words before them speak of a CPR number.
    """
    finds = []
    for match in _NUMBER.finditer(text):
        digits = match["day"] + match["month"] + match["year"] + match["serial"]
        if not _is_date(digits):
            continue
        said = _SAID.search(text, max(0, match.start() - _CONTEXT), match.start()) is not None
        grade = _certainty(digits, said=said, hyphen=bool((match["between"] or "").strip()))
        if grade:
            finds.append(Find(match.start(), match.end(), grade))
    return finds


def without_cpr(text: str) -> str:
    """The text with an ellipsis in the place of what looks like CPR numbers."""
    for find in reversed(find_cpr(text)):
        text = f"{text[: find.start]}…{text[find.end :]}"
    return text


def _is_date(digits: str) -> bool:
    try:
        cpr.get_birth_date(digits)
    except ValidationError:
        return False
    return True


def _certainty(digits: str, *, said: bool, hyphen: bool) -> Certainty | None:
    divides = sum(w * int(d) for w, d in zip(_WEIGHTS, digits, strict=True)) % 11 == 0
    if said or (hyphen and divides):
        return "certain"
    if divides:
        return "likely"
    return "possible" if hyphen else None
