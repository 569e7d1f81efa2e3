"""The vocabulary's phrases: a notation that anyone can write, and how phrases are found.

A phrase is words as they are printed. They are found without regard to case, whole words only,
with or without a comma, colon or full stop after each.

| in a phrase | stands for |
| --- | --- |
| `sagen/punktet` | one of the words |
| `indstilling(en/erne)` | the word, with or without one of the endings |
| `(blev/er)` | a word that may be left out |
| `*udvalget`, `anbefal*` | a word that ends or begins so |
| `…` | up to twelve words; at the end of a phrase, all the rest |
| `#` | a number, or a row of them: `7`, `12-15`, `1, 2 og 4` |

Whoever writes it, a phrase takes time linear in the text: words are taken whole, and what lies
between two of them is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import takewhile
from typing import Final, NamedTuple

from ..danish.first_look import has_one, lowered

_GAP: Final = "…"
_SOME_WORDS: Final = r"[.,:;]?(?:\s++\S++){0,12}?"
_BETWEEN: Final = r"[.,:;]?\s++"
_NUMBERS: Final = r"\d++[a-z]?(?:\s?(?:,|-|–|\+|og|til)\s?\d++[a-z]?){0,20}"
_SHORT: Final = 500
_LONG: Final = 100_000
"""Longer texts are not kept in memory in lower case."""
_FEW: Final = 10
"""So few hints are looked for sooner than a text is divided into its words."""
_WORD: Final = re.compile(r"\w+")
_SPECIAL: Final = re.compile(r"(\([^()]*\)|\*|#)")
_SLASH: Final = re.compile(r"/(?![^()]*\))")
_FIRST_ENDING: Final = re.compile(r"\*|\(([^()/]*)[^()]*\)")
_STAR_INSIDE: Final = re.compile(r"[^\s/(]\*[^\s/)]")
_PAIRED: Final = re.compile(r"[^()]*(?:\([^()\s]+\)[^()]*)*")


class PhraseError(ValueError):
    """A phrase is not in the notation; the message is a Danish sentence."""


class Found(NamedTuple):
    """Where a phrase stands in a text."""

    start: int
    end: int


class _Phrase:
    """A phrase made ready: compiled when one of its words is first seen in a text."""

    __slots__ = ("anchors", "begins", "hints", "others", "reach", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        words = text.split()
        needed = [_literals(word) for word in words if not _may_be_absent(word)]
        # Of the words that cannot be missing the one of which there is least in any text.
        self.hints = max(needed, key=_rarity)
        # The rarest word of which all forms are known, in each of them; empty if there is none.
        known = [_known_forms(word) for word in words if not _may_be_absent(word)]
        self.words = max(filter(None, known), key=_rarity, default=())
        # What the first word begins with, in each of its forms; empty if that is not known.
        self.begins = needed[0] if _begins_plainly(words[0]) else ()
        # Where to look: at a rare word of which the phrase cannot begin far before.
        near = list(takewhile(_is_plain, words))
        anchor = max(range(len(near)), key=lambda n: _rarity(_literals(near[n])), default=0)
        self.anchors = _literals(words[anchor])
        self.reach = sum(len(word) + 2 for word in near[:anchor])
        # What else cannot be missing, the rarest first.
        others = [forms for forms in needed if forms != self.anchors]
        self.others = sorted(others, key=_rarity, reverse=True)

    def may_be_in(self, lowered: str) -> bool:
        return has_one(lowered, self.hints)

    def places(self, sentence: str, lowered: str) -> Iterator[Found]:
        for forms in self.others:
            if not has_one(lowered, forms):
                return
        if not self.begins or len(lowered) != len(sentence):
            for match in _pattern(self.text).finditer(sentence):
                yield Found(*match.span())
            return
        for anchor in self.anchors:
            at = lowered.find(anchor)
            while at >= 0:
                yield from self._around(at, sentence, lowered)
                at = lowered.find(anchor, at + 1)

    def _around(self, at: int, sentence: str, lowered: str) -> Iterator[Found]:
        """Where the phrase begins so that its rare word stands at `at`."""
        for begin in self.begins:
            start = lowered.find(begin, max(0, at - self.reach), at + len(begin))
            while start >= 0:
                match = _pattern(self.text).match(sentence, start)
                if match:
                    yield Found(*match.span())
                start = lowered.find(begin, start + 1, at + len(begin))


class Phrases:
    """A list of phrases, to be looked for in a sentence."""

    __slots__ = (
        "_hints", "_known", "_loose", "_openings", "_phrases", "_with_hint", "_with_word", "texts",
    )  # fmt: skip

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self.texts = tuple(dict.fromkeys(texts))
        variants = dict.fromkeys(variant for text in self.texts for variant in _variants(text))
        self._phrases = tuple(map(_Phrase, variants))
        self._with_hint: dict[str, list[_Phrase]] = {}
        for phrase in self._phrases:
            for hint in phrase.hints:
                self._with_hint.setdefault(hint, []).append(phrase)
        self._hints = tuple(self._with_hint)
        self._loose = tuple(phrase for phrase in self._phrases if not phrase.words)
        self._with_word: dict[str, list[_Phrase]] = {}
        for phrase in self._phrases:
            for word in phrase.words:
                self._with_word.setdefault(word, []).append(phrase)
        self._known = frozenset(self._with_word)
        self._openings: dict[str, list[_Phrase]] = {}
        for phrase in self._phrases:
            for begin in phrase.begins:
                self._openings.setdefault(begin.capitalize(), []).append(phrase)

    @property
    def words(self) -> Sequence[str]:
        """Words of which a sentence has at least one if a phrase stands in it.

        An empty word among them says that a phrase may stand in any sentence.
        """
        return (*self._with_word, *([""] if self._loose else []))

    def find(self, sentence: str) -> Found | None:
        """The first place where a phrase stands, the longest if there are several."""
        places = self._places(sentence)
        return min(places, key=_first_and_longest) if places else None

    def find_all(self, sentence: str) -> list[Found]:
        """All places where a phrase stands, in order; of those that overlap the first."""
        found: list[Found] = []
        for place in sorted(self._places(sentence), key=_first_and_longest):
            if not found or place.start >= found[-1].end:
                found.append(place)
        return found

    def opening(self, sentence: str) -> Found | None:
        """The longest phrase that the sentence begins with."""
        hinted = self._hinted(sentence)
        matches = [_pattern(phrase.text).match(sentence) for phrase in hinted]
        places = [Found(*match.span()) for match in matches if match]
        return min(places, key=_first_and_longest) if places else None

    def fit(self, sentence: str) -> bool:
        """Whether the whole sentence is one of the phrases."""
        hinted = self._hinted(sentence)
        return any(_whole(phrase.text).fullmatch(sentence) for phrase in hinted)

    def may_be_in(self, text: str) -> bool:
        """A cheap look, before a text is divided into sentences: `False` is certain."""
        return has_one(lowered(text) if len(text) > _LONG else _lowered(text), self._hints)

    def openings(self, text: str) -> list[Found]:
        """All places where a phrase begins with a capital, as at the beginning of a sentence."""
        found: list[Found] = []
        for opening, phrases in self._openings.items():
            at = text.find(opening)
            while at >= 0:
                matches = [_pattern(phrase.text).match(text, at) for phrase in phrases]
                found.extend(Found(*match.span()) for match in matches if match)
                at = text.find(opening, at + 1)
        return found

    def _places(self, sentence: str) -> list[Found]:
        phrases = self._hinted(sentence) if len(sentence) < _SHORT else self._phrases
        if not phrases:
            return []
        lowered = _lowered(sentence)
        return [place for phrase in phrases for place in phrase.places(sentence, lowered)]

    def _hinted(self, sentence: str) -> list[_Phrase]:
        """The phrases of which a word is in the text: the others need no closer look."""
        if len(self._hints) <= _FEW or len(sentence) >= _SHORT:
            lowered = _lowered(sentence)
            with_hint = self._with_hint
            return [p for hint in self._hints if hint in lowered for p in with_hint[hint]]
        known = self._known & words_of(sentence)
        hinted = [phrase for word in known for phrase in self._with_word[word]]
        if self._loose:
            lowered = _lowered(sentence)
            hinted += [phrase for phrase in self._loose if phrase.may_be_in(lowered)]
        return hinted


@lru_cache(maxsize=16)
def _lowered(text: str) -> str:
    """Text in lower case; the lists are looked for in the same text one after another."""
    return lowered(text)


@lru_cache(maxsize=16)
def words_of(sentence: str) -> frozenset[str]:
    """The words of a sentence in lower case."""
    return frozenset(_WORD.findall(_lowered(sentence)))


def as_printed(phrase: str) -> str:
    """A phrase in the first of its forms, without the words that may be left out."""
    needed = (word for word in phrase.split() if not _may_be_absent(word))
    firsts = (_SLASH.split(word)[0] for word in needed)
    return " ".join(_FIRST_ENDING.sub(r"\1", first).replace("#", "1") for first in firsts)


def _first_and_longest(place: Found) -> tuple[int, int]:
    return place.start, -place.end


def _variants(phrase: str) -> Iterator[str]:
    """A phrase with and without the words that may be left out before its first other one."""
    _check(phrase)
    first, _, rest = phrase.partition(" ")
    if not _is_optional(first):
        yield phrase
        return
    yield f"{first[1:-1]} {rest}"
    yield from _variants(rest)


def _check(phrase: str) -> None:
    wrong = ""
    if not phrase.strip() or phrase.startswith(_GAP):
        wrong = "det skal begynde med et ord"
    elif not _PAIRED.fullmatch(phrase):
        wrong = "parenteserne passer ikke sammen"
    elif _STAR_INSIDE.search(phrase):
        wrong = "* kan kun stå først eller sidst i et ord"
    elif all(map(_may_be_absent, phrase.split())):
        wrong = "alle dets ord kan udelades"
    if wrong:
        raise PhraseError(f"Udtrykket »{phrase}« kan ikke bruges: {wrong}.")


def _rarity(forms: Sequence[str]) -> tuple[int, float]:
    """How seldom a word is in a text, in any of its forms: long words are rarer."""
    lengths = [len(form) for form in forms]
    return min(lengths), sum(lengths) / len(lengths)


def _is_plain(word: str) -> bool:
    """A word that is there, and of which the length is known."""
    return not _may_be_absent(word) and "*" not in word and _begins_plainly(word)


def _begins_plainly(word: str) -> bool:
    return all(form and form[0] not in "(*#" for form in _SLASH.split(word))


def _literals(word: str) -> tuple[str, ...]:
    """Of each form of a word the part that is always there."""
    return tuple(_literal(form) for form in _SLASH.split(word))


def _literal(form: str) -> str:
    return next((p.lower() for p in _SPECIAL.split(form) if p and p[0] not in "(*#"), "")


def _known_forms(word: str) -> tuple[str, ...]:
    """A word in each of its forms, if they can be told one by one."""
    forms: list[str] = []
    for form in _SLASH.split(word):
        stem, _, endings = form.rstrip(")").partition("(")
        forms += [stem + ending for ending in ("", *filter(None, endings.split("/")))]
    return tuple(form.lower() for form in forms) if all(map(_WORD.fullmatch, forms)) else ()


def _is_optional(word: str) -> bool:
    return word.startswith("(") and word.endswith(")") and word.count("(") == 1


def _may_be_absent(word: str) -> bool:
    return word == _GAP or _is_optional(word)


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)" + _body(phrase), re.IGNORECASE)


@cache
def _whole(phrase: str) -> re.Pattern[str]:
    rest = r"(?!\w).*" if phrase.endswith(_GAP) else ""
    return re.compile(_body(phrase) + rest, re.IGNORECASE | re.DOTALL)


def _body(phrase: str) -> str:
    parts: list[str] = []
    begun = False
    for word in phrase.removesuffix(_GAP).split():
        if word == _GAP:
            parts.append(_SOME_WORDS)
        elif _is_optional(word):
            forms = _forms(word[1:-1])
            parts.append(f"(?:{_BETWEEN}{forms})?")
        else:
            parts.append(_BETWEEN + _forms(word) if begun else _forms(word))
            begun = True
    return "".join(parts)


def _forms(word: str) -> str:
    """A word in one of its forms, whole; once found, it is not looked for again."""
    return rf"(?>(?:{'|'.join(_form(form) for form in _SLASH.split(word))})(?!\w))"


def _form(form: str) -> str:
    return "".join(_piece(piece) for piece in _SPECIAL.split(form))


def _piece(piece: str) -> str:
    if piece == "*":
        return r"\w*?"
    if piece == "#":
        return _NUMBERS
    if piece.startswith("("):
        return f"(?:{'|'.join(re.escape(ending) for ending in piece[1:-1].split('/'))})?"
    return re.escape(piece)
