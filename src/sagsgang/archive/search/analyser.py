"""Texts and words as the index has them: the one analyser for both databases, and for queries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
_CONJUNCTIONS: Final = frozenset({"og", "eller", "samt"})


class Analysed(NamedTuple):
    """A token and what it is found under."""

    token: Token
    word: Word


@dataclass(frozen=True)
class Analyser:
    """Reads words by a lexicon, each form once: `known` keeps what was read.

    An archive fills `known` from its table of words, so that a form keeps its reading until
    the index is built again, whatever the lexicon learns in the meantime.
    """

    lexicon: Lexicon = field(default_factory=Lexicon)
    known: dict[str, Word] = field(default_factory=dict)

    def word(self, form: str) -> Word:
        """What a word form in small letters is found under."""
        word = self.known.get(form)
        if word is None:
            word = self.known[form] = read_word(form, self.lexicon)
        return word

    def text(self, text: str) -> Iterator[Analysed]:
        """The tokens of a text, in order, with what each is found under."""
        for token in tokens(text):
            yield Analysed(token, self.token(token))

    def token(self, token: Token) -> Word:
        """What a token is found under."""
        return self.word(token.word) if token.kind == "word" else read_number(token.word)


def left_out(analysed: Sequence[Analysed]) -> Iterator[str]:
    """The compounds whose last part is printed once for several of them.

    "beskæftigelses- og integrationsudvalget" is about a "beskæftigelsesudvalg" too.
    """
    head = ""
    for token, word in reversed(analysed):
        if token.ellipsis and head:
            yield token.word + head
        elif token.word not in _CONJUNCTIONS:
            head = _head(token.word, word.parts)


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
