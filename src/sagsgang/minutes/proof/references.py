"""References to items of the same agenda that it does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..danish.dates import find_dates
from ..model import Minutes
from ..words import Words
from .remark import Remark, quoted, sections

_REFERENCE: Final = re.compile(
    r"\b(?:jf\.?|jævnfør|se(?:\s+også)?|dagsordenens)\s+(?:dagsordens)?punkt\s+(?:nr\.?\s*)?(\d{1,3})\b",
    re.IGNORECASE,
)
_ELSEWHERE: Final = re.compile(
    r"\A.{0,60}?(?:indstilling|byråd|kommunalbestyrelse|udvalg|møde|budget|aftale|bilag|lov)",
    re.IGNORECASE | re.DOTALL,
)
_AFTER: Final = 60


def check(minutes: Minutes) -> Iterator[Remark]:
    """A reference that names a body, a meeting or a date speaks of another agenda."""
    numbers = {item.number for item in minutes.items if item.number}
    if not numbers:
        return
    for item in minutes.items:
        points = len(item.recommendation.points) if item.recommendation else 0
        for _, place, text in sections(item):
            for match in _REFERENCE.finditer(text):
                after = text[match.end() : match.end() + _AFTER]
                if match[1] in numbers or int(match[1]) <= points:
                    continue
                if _ELSEWHERE.match(after) or find_dates(after):
                    continue
                words = Words(
                    f"Der er intet punkt {match[1]} på dagsordenen. Ret henvisningen.",
                    f"The agenda has no item {match[1]}. Mend the reference.",
                )
                quote = quoted(text, *match.span())
                yield Remark("reference_missing", "warning", words, item, place, quote)
