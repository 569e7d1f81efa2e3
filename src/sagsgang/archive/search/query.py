"""What somebody looks for: words, "phrases", -excluded words, beginnings of words*."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from .analyser import Analyser
from .lexicon import function_words
from .tokens import BREAK, tokens

__all__ = ["Clause", "Query"]

_LONGEST: Final = 300
_MOST_CLAUSES: Final = 16
_SHORTEST_PREFIX: Final = 2
_SECTION_SPACE: Final = re.compile(r"(§)\s+(?=[0-9])")
_SEPARATORS: Final = {0: " ", ord(BREAK): " "}
_PIECE: Final = re.compile(
    r'(?P<minus>(?<!\S)[-–](?=[^\s-]))?(?:["”“](?P<phrase>[^"”“]*)["”“]?|(?P<word>[^\s"”“]+))'
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A word, phrase or beginning that a hit must have, or must not have.

    `words` holds for each word of the clause (a phrase has several) the keys that it is found
    under, the likeliest first; for a beginning, the beginning itself is the first. `text` is
    what was typed.
    """

    kind: Literal["word", "phrase", "prefix"]
    words: tuple[tuple[str, ...], ...]
    text: str
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody looks for: every clause must hold. Without clauses, everything is found."""

    text: str = ""
    clauses: tuple[Clause, ...] = ()

    @property
    def wanted(self) -> tuple[Clause, ...]:
        """The clauses that a hit must have."""
        return tuple(clause for clause in self.clauses if not clause.excluded)

    @property
    def excluded(self) -> tuple[Clause, ...]:
        """The clauses that a hit must not have."""
        return tuple(clause for clause in self.clauses if clause.excluded)

    @classmethod
    def parse(cls, text: str, analyser: Analyser) -> Query:
        """The query that `text` asks for. Any text is a query; what is too much is left out.

        Words without a content of their own ("og", "til") count in phrases, and where there is
        nothing else.
        """
        text = _SECTION_SPACE.sub(r"\1", text)
        text = " ".join(text.translate(_SEPARATORS).split())[:_LONGEST]
        clauses = list(dict.fromkeys(_clauses(text, analyser)))
        telling = [clause for clause in clauses if not _is_function_word(clause)]
        if not any(not clause.excluded for clause in telling):
            telling = clauses
        return cls(text, tuple(telling[:_MOST_CLAUSES]))


def _clauses(text: str, analyser: Analyser) -> Iterator[Clause]:
    for piece in _PIECE.finditer(text):
        excluded = bool(piece["minus"])
        if piece["phrase"] is not None:
            yield from _phrase(piece["phrase"], excluded, analyser)
        elif piece["word"].endswith("*"):
            yield from _prefix(piece["word"].rstrip("*"), excluded, analyser)
        else:
            yield from _words(piece["word"], excluded, analyser)


def _phrase(text: str, excluded: bool, analyser: Analyser) -> Iterator[Clause]:
    words = tuple(word.keys for _, word in analyser.text(text))
    if words:
        yield Clause("phrase" if len(words) > 1 else "word", words, text, excluded)


def _prefix(text: str, excluded: bool, analyser: Analyser) -> Iterator[Clause]:
    *before, last = [token.form for token in tokens(text)] or [""]
    if before or len(last) < _SHORTEST_PREFIX:
        yield from _words(text, excluded, analyser)
        return
    yield Clause("prefix", ((last, *analyser.word(last).keys),), text, excluded)


def _words(text: str, excluded: bool, analyser: Analyser) -> Iterator[Clause]:
    """One clause for each word; what is typed together ("og/eller") is excluded together."""
    found = [Clause("word", (word.keys,), t.form, excluded) for t, word in analyser.text(text)]
    if excluded and len(found) > 1:
        yield from _phrase(text, excluded, analyser)
        return
    yield from found


def _is_function_word(clause: Clause) -> bool:
    return clause.kind == "word" and clause.text in function_words()
