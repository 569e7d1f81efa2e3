"""Undoing the hyphens that line breaks left in the middle of words.

A document is its own dictionary: `Borgerrådgi-veren` is one word because the document also
prints `Borgerrådgivernes`, while `udsatte-område` keeps its hyphen because `udsatte` and
`område` are words that stand alone in it. Offsets always refer to the text as given to the
function; text positions that are kept for later must be taken from the repaired text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Final, NamedTuple

from .first_look import lowered

_LOWER: Final = "a-zæøåéüöä"
_UPPER: Final = "A-ZÆØÅÉÜÖÄ"

_SOFT_HYPHEN_BREAK: Final = re.compile(rf"\xad[ \t]{{0,3}}\r?\n[ \t]{{0,3}}(?=[{_LOWER}])")
_SOFT_HYPHENS: Final = re.compile("\xad+")

# The pattern begins with the hyphen itself, which the engine finds without trying every letter.
_CANDIDATE: Final = re.compile(
    rf"-(?<=[{_LOWER}{_UPPER}]-)"
    rf"(?:(?=[{_LOWER}])(?<=[{_LOWER}]-)"
    rf"|(?:[ \t]{{0,3}}\r?\n[ \t]{{0,3}}| )(?=[{_LOWER}{_UPPER}]))"
)
_FIRST_LETTERS: Final = re.compile(rf"[{_LOWER}{_UPPER}]+")
_TOKEN: Final = re.compile(rf"[{_LOWER}]++(?:-(?:[ \t]{{0,3}}\r?\n[ \t]{{0,3}})?[{_LOWER}]*+)*+")

# What makes the letters after it part of a word that began before.
_JOINED_BEFORE: Final = re.compile(rf"[{_LOWER}](?:-(?:[ \t]{{0,3}}\r?\n[ \t]{{0,3}})?)*\Z")
_LONGEST_BREAK: Final = 16

_LONGEST_WORD: Final = 80
_STEM: Final = 8
"""Letters that two words must share from their beginning to count as forms of one word."""
_FEW: Final = 64
"""Up to so many different candidates are looked up by searching the text for each."""
_ORDINARY: Final = 400_000
"""Characters of a text that is searched rather than counted."""

# After a suspended hyphen ("Beskæftigelses- og …", also with the space lost: "Social-og").
_JOINING_WORDS: Final = frozenset(
    """og eller samt til men i på hhv henholdsvis resp respektive såvel både m mv med kontra
    versus""".split()
)
# First parts that Danish sets off with a hyphen.
_PREFIXES: Final = frozenset(
    """ikke to tre fire fem seks syv otte ni ti elleve tolv ex eks non anti pro post præ mini
    semi quasi corona covid pre vice super tv pc cpr cvr sms gps app bi multi mega""".split()
)
# Last parts of broken words that are no words by themselves: enough to join without a witness.
_TAILS: Final = frozenset(
    """ver veren verens vere verne vernes ning ningen ningens ninger ningers ningerne ningernes
    nings lingen lingens linger lingers lingerne lingernes lings tion tionen tionens tioner
    tionerne tions sion sionen sionens sioner sionerne sions tet teten tetens teter teterne
    tets gelse gelsen gelsens gelser gelserne gelses delse delsen delsens delser delserne
    delses relse relsen relsens relser relserne relses telse telsen telsens telser telserne
    telses nelse nelsen nelsens nelser nelserne nelses velse velsen velsens velser velserne
    velses melse melsen melsens melser melserne melses elsen elsens elser elserne elses lighed
    ligheden lighedens ligheder lighedernes dighed digheden digheder ternes nerne nernes serne
    sernes lerne lernes rerne rernes derne dernes tionel tionelle tionelt""".split()
)
# Short last parts that are also words: they count as the end of a word only with a witness.
_ENDINGS: Final = frozenset(
    """se ser sen ses der den det dens dets de gen ger ge get gets ret rets ten ter tes te le len
    ler les ne nes ner nen re ren rer res ve ven ves ke ken ker kes me men mer ling ring
    ringen ringer gerne ting tinge lig lige ligt hed heden heder ske sket skes ende ene er en
    et e s""".split()
)


_LINKED: Final = 8
"""A first part so long that ends in s is seldom written with a hyphen."""


class Join(NamedTuple):
    """A place where `text[start:end]` (hyphen, line break) is to become `replacement`."""

    start: int
    end: int
    replacement: str
    """Empty, or `-` where only the line break goes."""
    word: str
    """The word as it reads afterwards."""


def repair(text: str) -> str:
    """`text` with words that line breaks have split put together again.

    Only hyphens and the white space after them change: soft hyphens go, the hyphens U+2010 and
    U+2011 become `-`, and the places found by `find_joins` are joined.
    """
    if "\xad" in text:
        text = _SOFT_HYPHENS.sub("", _SOFT_HYPHEN_BREAK.sub("", text))
    if "\u2010" in text:
        text = text.replace("\u2010", "-")
    if "\u2011" in text:
        text = text.replace("\u2011", "-")
    joins = find_joins(text)
    if not joins:
        return text
    pieces: list[str] = []
    position = 0
    for join in joins:
        pieces += (text[position : join.start], join.replacement)
        position = join.end
    pieces.append(text[position:])
    return "".join(pieces)


def find_joins(text: str) -> list[Join]:
    """The places in `text` where a word is split, in order; see the module for the rule."""
    if "-" not in text:
        return []
    candidates = [
        (match.start(), match.end(), left, right)
        for match in _CANDIDATE.finditer(text)
        if (left := _letters_before(text, match.start()))
        and (right := _letters_after(text, match.end()))
    ]
    if not candidates:
        return []
    questions = {(left, right) for _, _, left, right in candidates}
    document = _Document(text, few=len(questions) <= _FEW and len(text) <= _ORDINARY)
    decided: dict[tuple[str, str, str], str | None] = {}
    joins = []
    for start, end, left, right in candidates:
        kind = _gap(text, start, end)
        key = (kind, left, right)
        if key not in decided:
            decided[key] = _DECIDE[kind](document, left, right)
        replacement = decided[key]
        if replacement is not None:
            joins.append(Join(start, end, replacement, left + replacement + right))
    return joins


def _letters_before(text: str, end: int) -> str:
    start = max(0, end - _LONGEST_WORD)
    token = text[start:end].rsplit(None, 1)[-1]
    if token.isalpha():
        return token
    # Walking back is cheaper than a search anchored at the end, which tries every start.
    position = end
    while position > start and text[position - 1].isalpha():
        position -= 1
    return text[position:end]


def _letters_after(text: str, start: int) -> str:
    match = _FIRST_LETTERS.match(text, start, start + _LONGEST_WORD)
    return match.group() if match else ""


def _gap(text: str, start: int, end: int) -> str:
    if end - start == 1:
        return "none"
    return "line" if "\n" in text[start:end] else "space"


class _Document:
    """What a document says about its own words, computed when first asked for.

    While there are few questions about a text of ordinary size, it is searched for each;
    otherwise its words are counted once.
    """

    def __init__(self, text: str, *, few: bool) -> None:
        self._text = text
        self._few = few

    @cached_property
    def _lower(self) -> str:
        return lowered(self._text)

    @cached_property
    def _words(self) -> Counter[str]:
        return Counter(_TOKEN.findall(self._lower))

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(word for word in self._words if "-" not in word)

    def may_have(self, beginning: str) -> bool:
        """False if no word begins with `beginning`; a cheap test while there are few questions."""
        return not self._few or beginning in self._lower

    def count(self, word: str) -> int:
        """How often `word` stands alone (a hyphenated word is one word)."""
        if self._few:
            return sum(end == start + len(word) for start, end in self._beginnings(word))
        return self._words[word]

    def has_stem(self, stem: str) -> bool:
        """Some unhyphenated word begins with `stem`."""
        if self._few:
            return any("-" not in self._lower[start:end] for start, end in self._beginnings(stem))
        place = bisect_left(self._sorted, stem)
        return place < len(self._sorted) and self._sorted[place].startswith(stem)

    def _beginnings(self, stem: str) -> Iterator[tuple[int, int]]:
        """Start and end of the words that begin with `stem`; a hyphen after one belongs to it."""
        text = self._lower
        start = text.find(stem)
        while start >= 0:
            if not _JOINED_BEFORE.search(text[max(0, start - _LONGEST_BREAK) : start]):
                match = _TOKEN.match(text, start)
                if match:
                    yield match.span()
            start = text.find(stem, start + 1)


def _inside_line(document: _Document, left: str, right: str) -> str | None:
    """`Borgerrådgi-veren`: joined if the document prints the word whole, or the end is no word."""
    left, right = left.lower(), right.lower()
    if len(left) <= 2 or left in _PREFIXES or right in _JOINING_WORDS:
        return None
    stem = _stem(left, right)
    if right not in _TAILS and not document.may_have(stem):
        return None
    whole = document.count(left + right)
    if whole > document.count(f"{left}-{right}"):
        return ""
    if whole and left.endswith("s") and len(left) >= _LINKED:
        return ""  # "fastholdelses-projektet": compounds with a linking s are written as one word
    if _is_first_part(document, left):
        return None
    if right in _TAILS:
        return None if _is_last_part(document, right) else ""
    if right in _ENDINGS:
        return "" if whole or _has_relative(document, stem) else None
    # Where the last part is a word, the hyphen may well be the writer's own.
    return "" if _has_relative(document, stem) and not _is_last_part(document, right) else None


def _has_relative(document: _Document, stem: str) -> bool:
    """The document prints a form of the joined word whole."""
    return len(stem) >= _STEM and document.has_stem(stem)


def _is_first_part(document: _Document, left: str) -> bool:
    """The document uses `left` as a word, or as the first part of one ("job- og …")."""
    return document.count(left) > 0 or document.count(left + "-") > 0


def _is_last_part(document: _Document, right: str) -> bool:
    """The document uses `right` as a word, or as the beginning of one."""
    return document.count(right) > 0 or (len(right) >= 4 and document.has_stem(right))


def _over_lines(document: _Document, left: str, right: str) -> str | None:
    """A hyphen at the end of a line: mostly a broken word, sometimes a compound's own hyphen."""
    if len(right) == 1 or right.lower() in _JOINING_WORDS:
        return None  # "a) …" on the next line begins a list item
    if left[-1:].isupper():
        return _capitals_over_lines(document, left, right)
    if right[:1].isupper():
        return None
    left, right = left.lower(), right.lower()
    hyphenated = document.count(f"{left}-{right}")
    if document.count(left + right) > hyphenated:
        return ""
    if hyphenated or len(left) <= 2 or left in _PREFIXES:
        return "-"
    return ""


def _capitals_over_lines(document: _Document, left: str, right: str) -> str | None:
    """`IPS-⏎indsats` keeps its hyphen; `BE-⏎SKÆFTIGELSEN` is one word if the document has it."""
    if right.isupper() and document.count((left + right).lower()):
        return ""
    return "-" if right.islower() and left.isupper() else None


def _before_space(document: _Document, left: str, right: str) -> str | None:
    """`Borgerrådgi- veren`: joined only if the document prints just this word whole."""
    if right[:1].isupper() and not left.isupper():
        return None
    left, right = left.lower(), right.lower()
    if right in _JOINING_WORDS or not document.may_have(left + right):
        return None
    return "" if document.count(left + right) and not document.count(left) else None


def _stem(left: str, right: str) -> str:
    """The beginning of the joined word that must be shared: past the joint by some letters."""
    past = 2 if right in _ENDINGS else 3
    return (left + right)[: max(_STEM, len(left) + past)]


_DECIDE: Final = {"none": _inside_line, "line": _over_lines, "space": _before_space}
