"""The municipality that a document speaks of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from ..blocks import Block
from .head_facts import HEAD_BLOCKS
from .vocabulary import Vocabulary

# What follows the first letter of the word after a name: `Lindvig Kommunes`, `Lindvig Byråd`.
_AFTER_NAME: Final = {
    "ommun": re.compile(r"ommun(?:(?P<own>es?)|albestyrelse(?:n|ns|s)?)\b"),
    "OMMUN": re.compile(r"OMMUN(?P<own>ES?)\b"),
    "yråd": re.compile(r"yråd(?:s|et|ets)?\b(?P<own>(?!))?"),
    "YRÅD": re.compile(r"YRÅD\b(?P<own>(?!))?"),
}
_IN_TEXT: Final = {hint: _AFTER_NAME[hint] for hint in ("ommun", "yråd")}
"""Only the head of a document is set in capitals."""
_NAME: Final = re.compile(r"([A-ZÆØÅ]\w+(?:-[A-ZÆØÅ]\w+)?) (?:Regions)?[KkB]\Z")
_TOWN_HALL: Final = re.compile(r"\b([A-ZÆØÅ]\w{1,40}(?:-[A-ZÆØÅ]\w{1,40})?) [Rr]ådhus")
_AT_A_TIME: Final = 500
_LONGEST_NAME: Final = 60
_LONGEST_LINE: Final = 120
_NO_NAMES: Final = frozenset(
    """En Den Vores I Hver Denne Alle Ingen Egen Hele Anden Samme Nabo Begge Danmarks Landets Som
    Hvilken Andre Din Danske Kommunernes Kommunens Enhver Min""".split()
)
_GENITIVES: Final = {"Københavns": "København"}


def municipality_of(blocks: Sequence[Block], vocabulary: Vocabulary) -> tuple[str | None, str]:
    """The municipality that the document speaks of, and the rule that found it.

    The name most often printed before the word Kommune; one of the 98 goes before another. Where
    none is, the town hall that the head names.
    """
    counts = _named(blocks, vocabulary)
    known = [name for name in counts if name in vocabulary.municipalities]
    if known:
        return _basic(max(known, key=lambda name: counts[name])), "municipality.most_named"
    if counts:
        name, count = counts.most_common(1)[0]
        if count > 1 or len(counts) == 1:
            return name, "municipality.named"
    halls = _town_halls(blocks[:HEAD_BLOCKS], vocabulary)
    if len(halls) == 1:
        return _basic(halls.pop()), "municipality.town_hall"
    return None, ""


def _named(blocks: Sequence[Block], vocabulary: Vocabulary) -> Counter[str]:
    """How often each name stands before the word for a municipality or its council."""
    counts: Counter[str] = Counter()
    for first in range(0, len(blocks), _AT_A_TIME):
        text = "\n".join([block.text for block in blocks[first : first + _AT_A_TIME]])
        for hint, pattern in (_AFTER_NAME if first == 0 else _IN_TEXT).items():
            if hint in text:
                for match in pattern.finditer(text):
                    name = _name_before(text, match.start(), vocabulary)
                    if name in vocabulary.municipalities or (
                        name and match["own"] and name not in _NO_NAMES
                    ):
                        counts[name] += 1
    return counts


def _name_before(text: str, end: int, vocabulary: Vocabulary) -> str:
    """The name before the word whose first letter ends at `end`, or an empty text."""
    name = _NAME.search(text[max(0, end - _LONGEST_NAME) : end])
    return _municipal(name[1], vocabulary) if name else ""


def _town_halls(blocks: Sequence[Block], vocabulary: Vocabulary) -> set[str]:
    """The municipalities whose town hall, or only whose name, stands on a line of the head."""
    found: set[str] = set()
    for block in blocks:
        text = block.text
        if len(text) < _LONGEST_LINE:
            match = _TOWN_HALL.search(text) if "ådhus" in text else None
            found.add(match[1] if match else text.rpartition(":")[2].strip())
    return found & vocabulary.municipalities


def _municipal(name: str, vocabulary: Vocabulary) -> str:
    """A name as the list of municipalities has it, where it does."""
    for form in (name, name.title() if name.isupper() else name, name.removesuffix("s")):
        if form in vocabulary.municipalities:
            return form
    return name


def _basic(name: str) -> str:
    return _GENITIVES.get(name, name)
