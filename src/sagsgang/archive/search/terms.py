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
from collections.abc import Iterable
from itertools import chain
from typing import Final, NamedTuple

from .analyser import Analyser, left_out
from .entries import Content
from .lexicon import function_words
from .tokens import forms
from .words import Word

__all__ = ["ABOUT", "DECISION", "EVERY", "GAP", "INSIDE", "LONGEST_KEY", "TITLE", "Terms", "Writer"]

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
    forms: set[str]


class _Listed(NamedTuple):
    """A form as it is written to the index, worked out once."""

    first: str
    keys: tuple[str, ...]
    marks: frozenset[str]
    word: Word


class Writer:
    """Makes terms of contents; remembers the forms that it has met lately."""

    def __init__(self, analyser: Analyser) -> None:
        self.analyser = analyser
        self._listed: dict[str, _Listed] = {}

    def terms(self, content: Content) -> Terms:
        """The terms of an item's content."""
        title, decision = forms(content.title), forms(content.decision)
        text = [forms(passage.text) for passage in content.passages]
        names = [form for name in content.names for form in forms(name)]
        every = list(chain(title, decision, *text))
        listed = self._look_up(every, names)
        words = _ordered([title, decision, *text], listed)
        marks = {EVERY}.union(
            *[one.marks for one in listed.values()],
            _signed(TITLE, title, listed),
            _signed(DECISION, decision, listed),
            _signed(ABOUT, title, listed),
            (ABOUT + key for key in _often(every, listed)),
            (name for form in names for name in listed[form].keys),
            _left_out([*every, *names], listed),
        )
        return Terms(_places_kept(words, marks), marks, set(listed))

    def _look_up(self, *several: list[str]) -> dict[str, _Listed]:
        """Each form as it is listed; a dictionary of its own, as threads may share the writer."""
        known = self._listed
        if len(known) > _KEPT:
            known = self._listed = {}
        listed = {}
        for form in set(chain(*several)):
            found = known.get(form)
            if found is None:
                found = known[form] = self._list(form)
            listed[form] = found
        return listed

    def _list(self, form: str) -> _Listed:
        word = self.analyser.read(form)
        first, *others = (key[:LONGEST_KEY] for key in word.keys)
        if form in function_words():
            return _Listed(first, (), frozenset(), word)
        inside = [part.lemma[:LONGEST_KEY] for part in word.parts]
        keys = tuple(dict.fromkeys((first, *others, *inside)))
        marks = frozenset(others).union(INSIDE + key for key in inside)
        return _Listed(first, keys, marks, word)


def _ordered(texts: Iterable[list[str]], listed: dict[str, _Listed]) -> list[str]:
    words: list[str] = []
    for text in texts:
        words += [listed[form].first for form in text]
        words.append(GAP)
    return words


def _signed(sign: str, text: list[str], listed: dict[str, _Listed]) -> set[str]:
    return {sign + key for form in text for key in listed[form].keys}


def _often(every: list[str], listed: dict[str, _Listed]) -> list[str]:
    times = Counter(chain.from_iterable([listed[form].keys for form in every]))
    return [key for key, number in times.items() if number >= _OFTEN]


def _left_out(every: list[str], listed: dict[str, _Listed]) -> list[str]:
    if not any(form[-1] == "-" for form in listed):
        return []
    return list(left_out(every, lambda form: listed[form].word))


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
