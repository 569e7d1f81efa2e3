"""The municipality that a document speaks of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from ..blocks import Block
from .head_facts import HEAD_BLOCKS
from .vocabulary import Vocabulary

_HINTS: Final = ("ommun", "yråd", "OMMUNE", "YRÅD")
# `Lindvig Kommunes`, `Lindvig Byråd`: what follows the name.
_AFTER_NAME: Final = re.compile(
    r" (?:Regionsk|[Kk])ommunes?\b| KOMMUNES?\b| (?:Byråd|BYRÅD)(?:s|et|ets)?\b"
    r"| [Kk]ommunalbestyrelse(?:n|ns|s)?\b"
)
_NAME: Final = re.compile(r"[A-ZÆØÅ][\wæøåÆØÅ]+(?:-[A-ZÆØÅ][\wæøå]+)?\Z")
_TOWN_HALL: Final = re.compile(r"\b([A-ZÆØÅ]\w{1,40}(?:-[A-ZÆØÅ]\w{1,40})?) [Rr]ådhus")
_LONGEST_NAME: Final = 40
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
    for block in blocks:
        text = block.text
        for hint in _HINTS:
            if hint in text:
                break
        else:
            continue
        for match in _AFTER_NAME.finditer(text):
            start = match.start()
            name = _NAME.search(text[max(0, start - _LONGEST_NAME) : start].rpartition(" ")[2])
            found = _municipal(name[0], vocabulary) if name else ""
            council = "ommune" not in match[0].lower()
            if found in vocabulary.municipalities or (
                found and not council and found not in _NO_NAMES
            ):
                counts[found] += 1
    return counts


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
    for form in (name, name.capitalize() if name.isupper() else name, name.removesuffix("s")):
        if form in vocabulary.municipalities:
            return form
    return name


def _basic(name: str) -> str:
    return _GENITIVES.get(name, name)
