"""A document made ready for the door: all of publishing that needs no database.

Reading and this are most of an import's work, and run in processes of their own.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from sagsgang.bodies.municipalities import name_of
from sagsgang.minutes import Minutes

from . import guard
from .canonical import (
    can_be_kept,
    canonical_json,
    document_of,
    hash_of,
    kept_form,
    links_of,
    packed,
)
from .decided import own_decision
from .search.beforehand import Learnt, Ready
from .search.entries import content_of


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with its canonical form, and what in it looks like CPR numbers.

    `ready` is what the index needs of each item, where it was worked out beforehand.
    """

    minutes: Minutes
    packed: bytes
    sha256: str
    links: dict[str, str]
    leaks: tuple[guard.Leak, ...]
    ready: tuple[Ready, ...] = ()

    @property
    def text(self) -> str:
        """The canonical JSON."""
        return zlib.decompress(self.packed).decode("utf-8")


def prepare(minutes: Minutes, learnt: Learnt | None = None) -> Prepared:
    """The document, ready to be published.

    With the words that the index was built with (`learnt`), what it needs is worked out too.
    """
    document = document_of(minutes)
    text = canonical_json(document)
    if not can_be_kept(text):
        minutes = kept_form(minutes)
        document = document_of(minutes)
        text = canonical_json(document)
    return Prepared(
        minutes=minutes,
        packed=packed(text),
        sha256=hash_of(text),
        links=links_of(minutes),
        leaks=tuple(guard.leaks(document, text)),
        ready=tuple(_ready(minutes, learnt)) if learnt else (),
    )


def _ready(minutes: Minutes, learnt: Learnt) -> Iterator[Ready]:
    """What the index needs of each item, if the document is filed under the names that it has."""
    names = (name_of(minutes.municipality or ""), minutes.committee or "")
    for item in minutes.items:
        decision = own_decision(item, minutes)
        yield learnt.ready(content_of(item, decision.text if decision else "", names))
