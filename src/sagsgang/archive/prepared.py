"""A document made ready for the door: all of publishing that needs no database.

Reading and this are most of an import's work, and run in processes of their own.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with its canonical form, and what in it looks like CPR numbers."""

    minutes: Minutes
    packed: bytes
    sha256: str
    links: dict[str, str]
    leaks: tuple[guard.Leak, ...]

    @property
    def text(self) -> str:
        """The canonical JSON."""
        return zlib.decompress(self.packed).decode("utf-8")


def prepare(minutes: Minutes) -> Prepared:
    """The document, ready to be published."""
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
    )
