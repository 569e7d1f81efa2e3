"""What of the index is worked out before items have rows: in the processes that read documents.

Terms depend on the words that were learnt when the index was last built, so whoever works them out
is given those, and what comes of it says which they were.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from .analyser import Analyser
from .entries import Content
from .lexicon import Lexicon
from .terms import Writer, Written

__all__ = ["Learnt", "Ready"]


class Ready(NamedTuple):
    """The terms of a content, good for the index that was built at that time (`""` for none)."""

    content: Content
    packed: bytes
    terms: Written
    built: str


class Learnt:
    """The words that an index was built with; they can be sent to another process."""

    def __init__(self, built: str, words: dict[str, int]) -> None:
        self.built = built
        self.words = words

    @cached_property
    def writer(self) -> Writer:
        """What writes terms with them."""
        return Writer(Analyser(Lexicon(self.words)))

    def ready(self, content: Content) -> Ready:
        """The content, ready for the index."""
        return Ready(content, content.packed, self.writer.terms(content).written, self.built)

    def __reduce__(self) -> tuple[type[Learnt], tuple[str, dict[str, int]]]:
        """Without the writer, which is made anew where it is needed."""
        return Learnt, (self.built, self.words)
