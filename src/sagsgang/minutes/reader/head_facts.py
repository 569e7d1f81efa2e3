"""The labelled facts of a document's head: `Mødedato: …`, `Medlemmer` and the lines below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ..blocks import HEADING, ITEM, PAGE, TABLE, Block
from ..danish import names
from .compose import plain
from .vocabulary import Vocabulary, key

HEAD_BLOCKS: Final = 120
"""The head of a document is looked for in so many blocks."""

NAME_PARTS: Final = frozenset({"members", "attending", "absent"})
"""The parts of a head whose values are names."""

_LONGEST_LABEL: Final = 40
_LONGEST_FACT: Final = 900
_LONGEST_NAMES: Final = 600
_BOLD: Final = re.compile(r"\*\*(?P<label>[^*]{1,40})\*\*(?P<rest>.*)")


class HeadFacts:
    """Values in printed order, each with the part of the head that it stands in."""

    def __init__(self) -> None:
        self._values: list[tuple[str, str]] = []

    def add(self, part: str, value: str) -> None:
        """Adds a value."""
        self._values.append((part, value))

    def of(self, *parts: str) -> Sequence[tuple[str, str]]:
        """The values of some parts, each with its part."""
        return [value for value in self._values if value[0] in parts]

    def all(self, part: str) -> Sequence[str]:
        """The values of a part."""
        return [value for its_part, value in self._values if its_part == part]

    def first(self, part: str) -> str:
        """The first value of a part, or an empty text."""
        return next(iter(self.all(part)), "")


def head_facts(blocks: Sequence[Block], vocabulary: Vocabulary) -> HeadFacts:
    """What the labels among `blocks` say, with the values on their lines or below."""
    reading = _Reading(vocabulary)
    for block in blocks:
        reading.add(block)
    return reading.facts


class _Reading:
    """Facts so far, and the part whose values the next lines may be."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.facts = HeadFacts()
        self.vocabulary = vocabulary
        self.part: str | None = None

    def add(self, block: Block) -> None:
        """Reads a block as a label, or as a value of the label before it."""
        if block.kind == PAGE:
            return
        if block.kind == TABLE:
            self._add_rows(block)
            self.part = None
            return
        labelled = labelled_fact(block.text, self.vocabulary)
        if labelled is None:
            if self.part is not None:
                self._add_value(block)
            return
        part, rest = labelled
        self.part = None if part == "contents" or (rest and part not in NAME_PARTS) else part
        if rest and part != "contents":
            self.facts.add(part, rest)

    def _add_rows(self, block: Block) -> None:
        for row in block.rows:
            part = self.vocabulary.document.get(key(row[0])) if len(row) > 1 else None
            if part and part != "contents":
                for cell in filter(None, row[1:]):
                    self.facts.add(part, cell)

    def _add_value(self, block: Block) -> None:
        """A line below a label: names as long as they go on, of other things one line."""
        part, text = self.part or "", plain(block.text)
        if part not in NAME_PARTS:
            self.part = None
            if block.kind != HEADING:
                self.facts.add(part, text)
        elif _names_persons(block, text):
            self.facts.add(part, text)
        else:
            self.part = None
            if text.lower().rstrip(" .") in self.vocabulary.forms.absence.nobody:
                self.facts.add(part, text)


def labelled_fact(text: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """The part of the head that a line's label names, and the rest of the line, or `None`."""
    if len(text) > _LONGEST_FACT:
        return None
    part = _part(text, vocabulary)
    if part is not None:
        return part, ""
    bold = _BOLD.match(text)
    part = _part(bold["label"], vocabulary) if bold else None
    if bold and part is not None:
        return part, plain(bold["rest"]).strip(" :")
    text = plain(text)
    label, colon, rest = text.partition(":")
    part = _part(label, vocabulary) if colon else None
    return (part, rest.strip()) if part is not None else _unparted(text, vocabulary)


def _unparted(text: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """`Mødested Rådhuset`, `MødestedRådhuset`: label and value with no colon between."""
    forms = vocabulary.forms.head
    label, _, rest = text.partition(" ")
    if not rest or label not in forms.spaced:
        match = forms.glued.match(text)
        label, rest = (match["label"], match["rest"]) if match else ("", "")
    part = _part(label, vocabulary)
    if part is None or _part(rest.split(" ", 1)[0], vocabulary) is not None:
        return None  # a row of labels, such as a table's first
    return part, rest


def _part(label: str, vocabulary: Vocabulary) -> str | None:
    return vocabulary.document.get(key(label)) if len(label) < _LONGEST_LABEL else None


def _names_persons(block: Block, text: str) -> bool:
    if block.kind == ITEM and names.looks_like_name(text.split("(")[0].strip()):
        return True
    return block.kind != HEADING and len(text) < _LONGEST_NAMES and bool(names.split_persons(text))
