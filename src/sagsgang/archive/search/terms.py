"""The terms that an item is indexed under: the same on both databases.

Its words in order, each under its likeliest key, so that phrases are found; and marks without an
order, a sign before a key each:

    key     a word of the item, read in another way        ~key    a word inside a compound
    ^key    in the title                                   +key    in the title, or often
    !key    in the decision                                =       every item

Function words are only words in order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Set
from itertools import chain
from typing import Final, NamedTuple

from .analyser import Analyser, left_out
from .entries import Content
from .lexicon import function_words
from .tokens import BREAK, forms

__all__ = [
    "ABOUT",
    "DECISION",
    "EVERY",
    "GAP",
    "INSIDE",
    "LONGEST_KEY",
    "TITLE",
    "Terms",
    "Writer",
    "Written",
]

INSIDE: Final = "~"
TITLE: Final = "^"
ABOUT: Final = "+"
DECISION: Final = "!"
EVERY: Final = "="
GAP: Final = "_"
"""Stands between texts, and for words that are only counted so far."""
LONGEST_KEY: Final = 80

_OFTEN: Final = 3
_MOST_PLACES: Final = 16_000
_MOST_OF_ONE: Final = 250
_KEPT: Final = 60_000


class Terms(NamedTuple):
    """The terms of an item: words in order, marks, and the forms that were printed."""

    words: list[str]
    marks: set[str]
    forms: Set[str]

    @property
    def written(self) -> Written:
        """The terms as they are stored."""
        return Written(" ".join(self.words), " ".join(self.marks), " ".join(self.forms))


class Written(NamedTuple):
    """Terms as texts, with a space between any two: quickly stored, and sent to other processes."""

    words: str
    marks: str
    forms: str


class _Listed(NamedTuple):
    """A form as it is written to the index, worked out once.

    `keys` are all that it is found under, for counting; those of function words do not count.
    """

    first: str
    keys: tuple[str, ...]
    marks: frozenset[str]


class _Met(dict[str, _Listed]):
    """The forms that were met; a new one is read when it is asked for."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self[BREAK] = _Listed(GAP, (), frozenset())

    def __missing__(self, form: str) -> _Listed:
        word = self._analyser.read(form)
        first, *others = (key[:LONGEST_KEY] for key in word.keys)
        if form in function_words():
            return self.setdefault(form, _Listed(first, (), frozenset()))
        inside = [part.lemma[:LONGEST_KEY] for part in word.parts]
        keys = tuple(dict.fromkeys((first, *others, *inside)))
        marks = frozenset(others).union(INSIDE + key for key in inside)
        return self.setdefault(form, _Listed(first, keys, marks))


class Writer:
    """Makes terms of contents; remembers the forms that it has met lately."""

    def __init__(self, analyser: Analyser) -> None:
        self.analyser = analyser
        self._met = _Met(analyser)

    def terms(self, content: Content) -> Terms:
        """The terms of an item's content."""
        if len(self._met) > _KEPT:
            self._met = _Met(self.analyser)
        met = self._met
        texts = [content.title, content.decision, *(one.text for one in content.passages), ""]
        every = forms(BREAK.join(texts))
        names = forms(BREAK.join(content.names))
        listed = [met[form] for form in every]
        distinct = dict(zip(every, listed, strict=True))
        distinct.update((name, met[name]) for name in names)
        marks = {EVERY}.union(*[one.marks for one in distinct.values()])
        decision = every.index(BREAK)
        text = every.index(BREAK, decision + 1)
        marks.update(
            _signed(TITLE, listed[:decision]),
            _signed(ABOUT, listed[:decision]),
            _signed(DECISION, listed[decision:text]),
            [ABOUT + key for key in _often(listed)],
            [key for name in names for key in met[name].keys],
        )
        if any(form[-1] == "-" for form in distinct):
            marks.update(left_out([*every, *names], self.analyser.word))
        words = _places_kept([one.first for one in listed], marks)
        return Terms(words, marks, distinct.keys())


def _signed(sign: str, listed: list[_Listed]) -> set[str]:
    return {sign + key for one in listed for key in one.keys}


def _often(listed: list[_Listed]) -> list[str]:
    times = Counter(chain.from_iterable([one.keys for one in listed]))
    return [key for key, number in times.items() if number >= _OFTEN]


def _places_kept(words: list[str], marks: set[str]) -> list[str]:
    """The words that keep their places; the others become marks, found but in no phrase.

    PostgreSQL keeps 16,383 places, and 255 of one word; what SQLite could do beyond it does not.
    """
    marks.update(words[_MOST_PLACES:])
    words = words[:_MOST_PLACES]
    if len(words) <= _MOST_OF_ONE:
        return words
    times: Counter[str] = Counter()
    for place, word in enumerate(words):
        times[word] += 1
        if times[word] > _MOST_OF_ONE:
            words[place] = GAP
    return words
