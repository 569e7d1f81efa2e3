"""Who was absent under an item."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from ..blocks import Block
from ..danish import names
from .compose import plain
from .item_numbers import item_numbers
from .sections import Part
from .sentences import sentences
from .vocabulary import Vocabulary
from .votes import add_persons, subject

_SEPARATED: Final = re.compile(r"\s*+[,;]\s*+|\s++(?:og|samt)\s++|\s++[-–]\s++(?=[A-ZÆØÅ])")
_LONGEST_SUBJECT: Final = 600
_MOST_WORDS_BEFORE: Final = 2
"""Before a name in a list: `Borgmester Ida Holm`, not `drøftet på mødet med Ida Holm`."""


def absent_of(
    parts: Sequence[Part], roster: Sequence[str], vocabulary: Vocabulary, number: str | None = None
) -> list[str]:
    """Persons recorded as absent in the item, each once, in order of first mention.

    Absence is stated in sections of its own and in sentences of the decision. Who stood in for
    somebody is not absent, and who was away under other items by number is not absent in this
    one (`number`). Persons in `roster` come in its spelling.
    """
    found: list[str] = []
    for part in parts:
        if part.kind == "absence" or (part.kind == "decision" and _told(part, vocabulary)):
            new = _absent(part, number, vocabulary)
            add_persons(found, [names.in_roster(name, roster) for name in new])
    return found


def _told(part: Part, vocabulary: Vocabulary) -> bool:
    return any(
        vocabulary.phrases[name].may_be_in(part.text())
        for name in ("absence.said", "absence.labels", "substitutes.instead_of")
    )


def _sentences(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        for text in (block.text, *(cell for row in block.rows for cell in row)):
            for sentence in sentences(plain(text)):
                yield sentence.strip(" .*-–")


def _absent(part: Part, number: str | None, vocabulary: Vocabulary) -> Iterator[str]:
    """The absent whom a section names; in one made for absence a name is enough."""
    section = part.kind == "absence"
    listing = False
    for sentence in _sentences(part.blocks):
        label = vocabulary.phrases["absence.labels"].opening(sentence)
        rest = sentence[label.end :].strip(" -–") if label else sentence
        if label and not rest.strip(":"):
            listing = True
            continue
        loose = section or rest.startswith(":")
        listed = loose or listing or label is not None
        new = _in_sentence(rest.strip(" :"), listed, loose, vocabulary)
        listing = listing and bool(new)
        if new and not _is_elsewhere(sentence, number, vocabulary):
            yield from new


def _is_elsewhere(sentence: str, number: str | None, vocabulary: Vocabulary) -> bool:
    """Whether a sentence speaks of other items than this one."""
    numbers = item_numbers(sentence, vocabulary)
    return bool(numbers) and number not in numbers


@lru_cache(maxsize=2048)
def _in_sentence(
    sentence: str, listed: bool, loose: bool, vocabulary: Vocabulary
) -> tuple[str, ...]:
    """The absent of a sentence, or of a list: of a `loose` one also after an office."""
    phrases = vocabulary.phrases
    if phrases["absence.other"].find(sentence):
        return ()
    said = phrases["absence.said"].find_all(sentence)
    if said:
        begins = [0, *(place.end for place in said)]
        subjects = [sentence[a : b.start] for a, b in zip(begins, said, strict=False)]
        return tuple(name for words in subjects for name in _subject(words, vocabulary))
    if listed:
        return tuple(_listed(sentence, loose, vocabulary))
    pieces = _SEPARATED.split(sentence)
    return tuple(name for piece in pieces for name in _replaced(piece, vocabulary))


def _subject(words: str, vocabulary: Vocabulary) -> list[str]:
    """The persons named before `var fraværende`; other words may stand before them."""
    words = subject(words)[-_LONGEST_SUBJECT:]
    persons = names.split_persons(words)
    if not persons:
        tails = (names.split_persons(words[start:]) for _, start, _ in names.find_persons(words))
        persons = next(filter(None, tails), [])
    if vocabulary.phrases["substitutes.stood_in"].opening(words):
        persons = persons[-1:]
    return [person.name for person in persons]


def _listed(text: str, loose: bool, vocabulary: Vocabulary) -> list[str]:
    """The absent of a list, which may also name those who stood in for them."""
    phrases = vocabulary.phrases
    stood_in = phrases["substitutes.stood_in"]
    if phrases["absence.nobody"].fit(text) or stood_in.opening(text):
        return []
    if not stood_in.find(text):
        if phrases["attendance.said"].find(text):
            return []
        persons = names.split_persons(text)
        if persons:
            return [person.name for person in persons]
    found: list[str] = []
    for piece in _SEPARATED.split(text):
        new = _replaced(piece, vocabulary) or _own(piece, loose, vocabulary)
        if not new and not loose and piece[:1].isupper() and not stood_in.find(piece):
            return []
        found.extend(new)
    return found


def _replaced(piece: str, vocabulary: Vocabulary) -> list[str]:
    """The person whose place another one took: `Bo Lind deltog i stedet for Ida Holm`."""
    place = vocabulary.phrases["substitutes.instead_of"].find(piece)
    return [name for name, _, _ in names.find_persons(piece[place.end :])[:1]] if place else []


def _own(piece: str, loose: bool, vocabulary: Vocabulary) -> list[str]:
    """The person of a list's piece: `Ida Holm`, `Ida Holm (stedfortræder: Bo Lind)`."""
    stood_in = vocabulary.phrases["substitutes.stood_in"].find(piece)
    if stood_in:
        if not names.find_persons(piece[stood_in.end :]):
            return []
        piece = piece[: stood_in.start].rstrip(" (:")
    persons = names.split_persons(piece)
    if persons or not loose:
        return [person.name for person in persons]
    found = names.find_persons(piece)
    near = found and piece[: found[0][1]].count(" ") <= _MOST_WORDS_BEFORE
    return [found[0][0]] if near else []
