"""A proofreader's remark, and the passages of a document that remarks are made on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from ..model import Item, Minutes
from ..words import Words

Severity = Literal["error", "warning", "advice"]
"""An error must be mended or answered for; a warning is worth a look; advice is about style."""

LONGEST_QUOTE = 80


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at: what, where, and what to do about it.

    `item` is the item itself, `None` for the document as a whole; `place` is a section's label or
    the name of a field; `quote` the words that the remark is about, empty where there are none.
    """

    code: str
    severity: Severity
    words: Words
    item: Item | None = None
    place: str = ""
    quote: str = ""

    @property
    def key(self) -> str:
        """What the remark is known again by when the same words are proofread anew.

        A remark that somebody has accepted stays accepted as long as its words stand.
        """
        parts = (self.code, (self.item and self.item.title) or "", self.place, self.quote)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    def to_dict(self) -> dict[str, Any]:
        """JSON values; `item` is the item's number."""
        return {
            "key": self.key,
            "code": self.code,
            "severity": self.severity,
            "item": self.item.number if self.item else None,
            "place": self.place or None,
            "quote": self.quote or None,
            "message": {"da": self.words.danish, "en": self.words.english},
        }


class Passage(NamedTuple):
    """A text of an item, with the name of where it stands."""

    item: Item
    place: str
    text: str


def passages(minutes: Minutes) -> Iterator[Passage]:
    """Every text of every item: its title, and its sections by their labels."""
    for item in minutes.items:
        if item.title:
            yield Passage(item, "Titel", item.title)
        yield from sections(item)


def sections(item: Item) -> Iterator[Passage]:
    """The texts of an item's sections."""
    for section in item.sections:
        yield Passage(item, section.label, section.text)


def quoted(text: str, start: int = 0, end: int | None = None) -> str:
    """The words from `start` to `end` on one line, cut off where they are long."""
    words = " ".join(text[start:end].split())
    return words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1].rstrip() + "…"
