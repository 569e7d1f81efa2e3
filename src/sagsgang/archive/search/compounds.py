"""Danish compounds in their parts: kontanthjælp|s|modtagere, arbejdsmarked|s|politik.

After Koehn and Knight, "Empirical Methods for Compound Splitting" (EACL 2003): every part must
be a known word, a linking s or e may stand between, and of several ways to part a word the one
whose parts are commonest together (geometric mean of their counts) is taken. Two rules of Danish
are added: the fewest parts win, as parts are parted again by themselves; and a part in -hed,
-ing, -ion … is followed by s, so that "uddannelsesaften" does not become "uddannelse" and
"saften".
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from math import prod
from typing import Final, NamedTuple

from .lexicon import Lexicon, corrections

__all__ = ["Part", "compound_parts"]

_SHORTEST: Final = 4
_SHORTEST_LISTED: Final = 2
_MOST_PARTS: Final = 4
_LONGEST_WORD: Final = 60
_LINKS: Final = "se"
_TAKES_S: Final = ("hed", "ing", "ion", "skab", "tet", "else", "dom")


class Part(NamedTuple):
    """A word inside another, and the characters of the other that it stands for."""

    lemma: str
    start: int
    end: int


def compound_parts(form: str, lexicon: Lexicon) -> tuple[Part, ...]:
    """The parts of `form` in order, without the parts of the parts; empty where it has none."""
    if len(form) > _LONGEST_WORD:
        return ()
    begun: list[tuple[tuple[Part, ...], int]] = [((), 0)]
    for _ in range(_MOST_PARTS - 1):
        begun = [
            ((*way, part), after)
            for way, start in begun
            for part, after in _firsts(form, start, lexicon)
        ]
        ways = [
            (*way, Part(last, start, len(form)))
            for way, start in begun
            if (last := _last(form[start:], lexicon))
        ]
        if ways:
            return min(ways, key=lambda way: _rank(way, lexicon))
    return ()


def _firsts(form: str, start: int, lexicon: Lexicon) -> Iterator[tuple[Part, int]]:
    """The words that may begin at `start` with another after them, and where that begins."""
    for end in range(start + _SHORTEST_LISTED, len(form) - _SHORTEST_LISTED + 1):
        text = form[start:end]
        joined = _joined().get(text)
        if joined:
            yield Part(joined, start, end), end
        elif _may_be_first(text) and lexicon.is_word(text):
            yield Part(text, start, end), end
            if form[end] in _LINKS:
                yield Part(text, start, end), end + 1


def _may_be_first(text: str) -> bool:
    if text in _listed("never_first"):
        return False
    return len(text) >= _SHORTEST or text in _listed("short")


def _last(text: str, lexicon: Lexicon) -> str | None:
    """The word that `text` is a form of, where it may end a compound."""
    if text in _listed("never_last"):
        return None
    if text in _listed("endings"):
        return text
    lemmas = lexicon.lemmas(text) or ((text,) if lexicon.is_word(text) else ())
    if not lemmas or lemmas[0] in _listed("never_last"):
        return None
    if lemmas[0] in _listed("short"):
        return None if lemmas[0] in _listed("first_only") else lemmas[0]
    return lemmas[0] if len(lemmas[0]) >= _SHORTEST <= len(text) else None


def _rank(way: tuple[Part, ...], lexicon: Lexicon) -> tuple[int, float, tuple[int, ...]]:
    """A sort key: the best way comes first; the same for the same words and counts."""
    missing_s = sum(
        part.lemma.endswith(_TAKES_S) and following.start == part.end
        for part, following in pairwise(way)
    )
    mean = prod(lexicon.count(part.lemma) + 1 for part in way) ** (1 / len(way))
    return missing_s, -mean, tuple(-part.start for part in way)


@cache
def _joined() -> dict[str, str]:
    forms: dict[str, str] = corrections()["compounds"]["joined"]
    return forms


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(corrections()["compounds"][name])
