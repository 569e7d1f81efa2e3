"""Numbers of items in running text: `punkt 1 og 4`, `punkterne 12-15`, `sag nr. 28`."""

from __future__ import annotations

import re
from typing import Final

from .vocabulary import Vocabulary

_NUMBERS: Final = re.compile(
    r"[\s.:]*(?P<all>\d{1,4}(?:\s*(?:,|-|–|og|samt|til)\s*\d{1,4}){0,30})(?!\d|\s?[/.]\d)"
)
_ONE: Final = re.compile(r"(?P<to>(?:-|–|til)\s*)?(?P<number>\d+)")
_LONGEST_RANGE: Final = 100


def item_numbers(text: str, vocabulary: Vocabulary) -> list[str]:
    """The items that a text names by number, in order; of `12-15` all four."""
    found: list[str] = []
    for place in vocabulary.phrases["items.named"].find_all(text):
        numbers = _NUMBERS.match(text, place.end)
        if numbers is not None:
            found.extend(_listed(numbers["all"]))
    return found


def _listed(text: str) -> list[str]:
    found: list[str] = []
    for match in _ONE.finditer(text):
        number = int(match["number"])
        if match["to"] and found:
            first = int(found[-1]) + 1
            if first <= number < first + _LONGEST_RANGE:
                found.extend(str(between) for between in range(first, number))
        found.append(match["number"])
    return found
