"""What is indexed of an item: its title, its decision, and the passages of its text."""

from __future__ import annotations

import datetime
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from sagsgang.minutes import Item

from .facets import Facets

if TYPE_CHECKING:
    from .beforehand import Ready

__all__ = ["Content", "Entry", "Passage", "Row", "content_of"]

_LONGEST_FILE: Final = 200_000
"""Characters of an attachment's file that are indexed: some 70 pages."""
_QUICK: Final = 1


class Passage(NamedTuple):
    """A text of an item under its heading (of a section, a table, an attachment …), as printed."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Content:
    """What is found of an item, as it stands there.

    `names` are the municipality and the body: they find the item, but no passage shows them.
    """

    title: str
    decision: str
    passages: tuple[Passage, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def packed(self) -> bytes:
        """The content in few bytes."""
        data = [self.title, self.decision, self.passages, self.names]
        return zlib.compress(json.dumps(data, ensure_ascii=False).encode(), _QUICK)

    @classmethod
    def unpacked(cls, packed: bytes) -> Content:
        """The content that `packed` was made of."""
        title, decision, passages, names = json.loads(zlib.decompress(packed))
        return cls(title, decision, tuple(Passage(*one) for one in passages), tuple(names))


@dataclass(frozen=True, slots=True)
class Entry:
    """An item for the index: the key of its row, when it was treated, and its content."""

    item: int
    date: datetime.date
    facets: Facets
    content: Content
    ready: Ready | None = None
    """What was worked out of the content beforehand."""

    @property
    def row(self) -> Row:
        """The row that a search goes through."""
        return Row(self.item, self.item, self.date, self.facets.packed)


class Row(NamedTuple):
    """A `SearchEntry` as it is stored: they are many, and light."""

    id: int
    item_id: int
    date: datetime.date
    facets: int


def content_of(
    item: Item, decision: str = "", names: Iterable[str] = (), files: Iterable[Passage] = ()
) -> Content:
    """The content of an item of a document; of a closed item, what the document itself tells.

    `decision` is the meeting's own among the item's decisions, `names` are those of municipality
    and body, `files` the texts of its attachments' files.
    """
    passages = (
        Passage(label, text.strip()) for label, text in (*_printed(item, decision), *_cut(files))
    )
    return Content(
        title=item.title or "",
        decision=decision,
        passages=tuple(passage for passage in passages if passage.text),
        names=tuple(names),
    )


def _printed(item: Item, decision: str) -> Iterator[tuple[str, str]]:
    for section in item.sections:
        if section.kind != "decision" or section.text.strip() != decision.strip():
            yield section.label, section.text
    for statement in item.statements:
        yield "", " · ".join((*statement.by, statement.text or ""))
    for vote in item.votes:
        yield "", " · ".join(vote.voters)
    for table in item.tables:
        yield table.caption or "", "\n".join(" · ".join(row) for row in table.rows)
    for participant in item.participants:
        yield "", " · ".join(filter(None, (participant.name, participant.role)))
    for attachment in item.attachments:
        yield "", attachment.title
    yield "", " · ".join(filter(None, (item.case_number, item.kle)))


def _cut(files: Iterable[Passage]) -> Iterator[Passage]:
    left = _LONGEST_FILE
    for label, text in files:
        if left > 0:
            yield Passage(label, text[:left])
        left -= len(text)
