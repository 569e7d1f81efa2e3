"""Texts and words as the index has them: the one analyser for both databases, and for queries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from .compounds import Part
from .lexicon import Lexicon
from .tokens import Token, tokens
from .words import Word, read_word

__all__ = ["Analysed", "Analyser", "left_out", "read_number"]

_THOUSANDS: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_KLE: Final = re.compile(r"[0-9]{2}\.[0-9]{2}(?=\.[0-9]{2}(?:\D|$))")
_SEPARATORS: Final = re.compile(r"[-/:]")
_SHORTEST_PIECE: Final = 4
_KEPT: Final = 40_000
_FURTHEST: Final = 8
_CONJUNCTIONS: Final = frozenset({"og", "eller", "samt"})


class Analysed(NamedTuple):
    """A token and what it is found under."""

    token: Token
    word: Word


@dataclass(frozen=True)
class Analyser:
    """Reads words by a lexicon, and keeps the latest that it has read.

    The same lexicon gives the same readings, always: an index is read and written with one.
    """

    lexicon: Lexicon = field(default_factory=Lexicon)
    _read: dict[str, Word] = field(default_factory=dict, init=False, repr=False, compare=False)

    def word(self, form: str) -> Word:
        """What a form (of `tokens`) is found under."""
        word = self._read.get(form)
        if word is None:
            if len(self._read) >= _KEPT:
                self._read.clear()
            word = self._read[form] = self.read(form)
        return word

    def read(self, form: str) -> Word:
        """The same, worked out anew."""
        if form[0].isalpha():
            return read_word(form.rstrip("-"), self.lexicon)
        return read_number(form)

    def text(self, text: str) -> Iterator[Analysed]:
        """The tokens of a text, in order, with what each is found under."""
        for token in tokens(text):
            yield Analysed(token, self.word(token.form))


def left_out(text: Sequence[str], word: Callable[[str], Word]) -> Iterator[str]:
    """The compounds whose last part is printed once for several of them, of a text's forms.

    "beskæftigelses- og integrationsudvalget" is about a "beskæftigelsesudvalg" too. `word` gives
    what a form is found under.
    """
    for place, form in enumerate(text):
        if form[-1] == "-":
            following = (other for other in text[place + 1 : place + _FURTHEST])
            full = next((other for other in following if not _is_between(other)), "")
            head = _head(full, word(full).parts) if full else ""
            if head:
                yield form[:-1] + head


def _is_between(form: str) -> bool:
    return form[-1] == "-" or form in _CONJUNCTIONS


def _head(form: str, parts: tuple[Part, ...]) -> str:
    """The last part of a compound, the longest of those that end it; empty for other words."""
    last = [part for part in parts if part.end == len(form) and part.start]
    return max(last, key=lambda part: part.end - part.start).lemma if last else ""


def read_number(form: str) -> Word:
    """A number, date, case number or section of a law: itself, and the numbers inside it.

    An amount is found with and without its dots, a KLE number by its group (15.20) too.
    """
    keys = (form,)
    if _THOUSANDS.fullmatch(form):
        keys = (form, form.replace(".", ""))
    pieces = [form, *_SEPARATORS.split(form)]
    found = [piece for piece in pieces[1:] if len(piece) >= _SHORTEST_PIECE]
    found += [match.group() for match in map(_KLE.match, pieces) if match]
    inner = dict.fromkeys(piece for piece in found if piece != form)
    return Word(keys, tuple(_placed(piece, form) for piece in inner))


def _placed(piece: str, form: str) -> Part:
    start = form.index(piece)
    return Part(piece, start, start + len(piece))
