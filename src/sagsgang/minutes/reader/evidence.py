"""What stands around a line that could begin an item, and speaks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from ..blocks import HEADING, ITEM, TABLE, TEXT
from ..danish import case_numbers
from .compose import plain
from .contents import Entry
from .document import Document
from .numbering import NUMBERED
from .openness import mark_of
from .vocabulary import key

_LOOK: Final = 4
_LONG: Final = 250
_FULL_LINE: Final = 60
_LONGEST_FACT: Final = 200
_LONGEST_HEADING: Final = 40
_CUT: Final = 24
"""Letters of a title that are enough to know it by, where the contents cut it off."""
_NOT_LETTERS: Final = re.compile(r"[^a-zæøå0-9]+")


class Evidence:
    """A document and its contents, to be asked about lines that could begin an item."""

    def __init__(self, document: Document, entries: Sequence[Entry]) -> None:
        self.document = document
        self._titles = {title_key(entry.title) for entry in entries if entry.title}
        self._beginnings = {title[:_CUT] for title in self._titles if len(title) >= _CUT}

    def after(self, place: int) -> float:
        """How much the next few blocks speak for an item's head at `place`."""
        document = self.document
        for looked, position in enumerate(self._following(place)):
            block = document.blocks[position]
            if block.kind == TABLE:
                return 0.0
            if document.has_fixed_label(position):
                return 2.0 if looked else 3.0
            text = block.text
            if len(text) < _LONGEST_FACT:
                if self.is_fact(text):
                    return 2.5 if looked else 3.5
                if self._is_mark(text):
                    return 2.5
            if len(text) > _LONG or (looked and block.kind == ITEM):
                return 0.0
        return 0.0

    def _following(self, place: int) -> Iterator[int]:
        """The next few blocks that are no page breaks."""
        for _ in range(_LOOK):
            place = self.document.after_pages(place + 1)
            if place >= len(self.document.blocks):
                return
            yield place

    def _is_mark(self, text: str) -> bool:
        vocabulary = self.document.vocabulary
        return vocabulary.groups.get(key(text)) is not None or mark_of(text, vocabulary) is not None

    def before(self, place: int) -> float:
        """How much a heading just above speaks for an item: a group of items, the contents."""
        vocabulary = self.document.vocabulary
        for block in self.document.blocks[max(place - 2, 0) : place]:
            if block.kind in (TEXT, HEADING) and len(block.text) < _LONGEST_HEADING:
                name = key(block.text)
                if name in vocabulary.groups or vocabulary.document.get(name) == "contents":
                    return 1.5
        return 0.0

    def titled_below(self, place: int) -> bool:
        """Whether a title and then a label or fact stand below a number that stands alone."""
        blocks, document = self.document.blocks, self.document
        if place + 2 >= len(blocks):
            return False
        title = blocks[place + 1]
        ordinal = title.kind == ITEM and title.marker[0].isdigit() and title.text[:1].islower()
        if (title.kind not in (TEXT, HEADING) and not ordinal) or len(title.text) > _LONG:
            return False
        label = document.labels.get(place + 1)
        if (label is not None and not label.begins_titles) or _has_own_number(title.text):
            return False
        return document.has_fixed_label(place + 2) or self.is_fact(blocks[place + 2].text)

    def ends_paragraph(self, place: int) -> bool:
        """Whether a short line stands close under a full one: `… initiativ nr.` and `14.`."""
        block, above = self.document.blocks[place], self.document.blocks[place - 1]
        return place > 0 and not block.gap and above.kind == TEXT and len(above.text) > _FULL_LINE

    def has_fact_below(self, place: int) -> bool:
        """Whether a case number or another fact of an item's head stands next."""
        following = next(self._following(place), None)
        return following is not None and self.is_fact(self.document.blocks[following].text)

    def settles(self, title: str) -> bool:
        """Whether a numbered line is a point of a decision: `1. Godkendt`."""
        return self.document.vocabulary.phrases["decisive.is"].fit(title.rstrip("."))

    def is_fact(self, text: str) -> bool:
        """Whether a line is a case number or another fact of an item's head."""
        starts = self.document.vocabulary.forms.titles.fact_starts
        return text.startswith(starts) or case_numbers.whole_line(text) is not None

    def lists(self, title: str) -> bool:
        """Whether the contents have the title, whole or as far as they print it."""
        name = title_key(title)
        return bool(name) and (name in self._titles or name[:_CUT] in self._beginnings)


def _has_own_number(text: str) -> bool:
    """Whether a line is numbered itself, so that it is no title of the number above it."""
    match = NUMBERED.match(text) if text[:1].isdigit() else None
    return match is not None and bool(match["sep"].strip() and match["title"])


@lru_cache(maxsize=2048)
def title_key(title: str) -> str:
    """The form in which titles are compared: letters and figures."""
    return _NOT_LETTERS.sub(" ", plain(title).lower()).strip()
