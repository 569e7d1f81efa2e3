"""What was taken out of a text and what was put in, in words, for a person to read.

Whole paragraphs that stayed are found first, and words only within those that changed: a word
that stayed by chance in a paragraph that was written anew is no help to a reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from rapidfuzz.distance import Indel

Kind = Literal["same", "deleted", "inserted"]


class Stretch(NamedTuple):
    """Text that is in both versions, only in the old, or only in the new."""

    kind: Kind
    text: str


_PARAGRAPHS: Final = re.compile(r"[^\n]*\n+|[^\n]+")
_WORDS: Final = re.compile(r"\d+(?:[.,]\d+)*|\w+|\s+|[^\w\s]")
_LEAST_ALIKE: Final = 0.4
"""Paragraphs that share less than this of their words were written anew."""
_MOST_WORDS: Final = 6000
_SHORT: Final = 4
"""Letters of what stayed between two changes that are read as one."""


def word_changes(old: str, new: str) -> tuple[Stretch, ...]:
    """The two texts as one: what stayed, what was deleted, what was inserted, in reading order.

    What stayed and what was deleted is `old`, letter for letter; what stayed and what was
    inserted is `new`.

    >>> [tuple(one) for one in word_changes("Sagen udsættes.", "Sagen godkendes.")]
    [('same', 'Sagen '), ('deleted', 'udsættes'), ('inserted', 'godkendes'), ('same', '.')]
    """
    paragraphs = _PARAGRAPHS.findall(old), _PARAGRAPHS.findall(new)
    found: list[Stretch] = []
    for before, after in _runs(*paragraphs):
        if before == after:
            found.append(Stretch("same", "".join(before)))
        else:
            found += _within("".join(before), "".join(after))
    return tuple(_joined(found))


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Parts that stayed, and parts that one became of the other, in turn."""
    changed: tuple[list[str], list[str]] = ([], [])
    for operation in Indel.opcodes(old, new):
        before = old[operation.src_start : operation.src_end]
        after = new[operation.dest_start : operation.dest_end]
        if operation.tag == "equal":
            if any(changed):
                yield changed
                changed = ([], [])
            yield before, after
        else:
            changed[0].extend(before)
            changed[1].extend(after)
    if any(changed):
        yield changed


def _within(old: str, new: str) -> Iterator[Stretch]:
    """The changes in paragraphs that are not the same."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if not _compares(before, after):
        yield from _replaced(old, new)
        return
    deleted, inserted = "", ""
    runs = [("".join(one), "".join(other)) for one, other in _runs(before, after)]
    for place, (one, other) in enumerate(runs):
        between = 0 < place < len(runs) - 1
        if one == other and not (between and len(one.strip()) < _SHORT):
            yield from _replaced(deleted, inserted)
            deleted, inserted = "", ""
            yield Stretch("same", one)
        else:
            deleted += one
            inserted += other
    yield from _replaced(deleted, inserted)


def _compares(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether two lists of words are so alike, and so short, that words are worth comparing."""
    if max(len(old), len(new)) > _MOST_WORDS:
        return False
    return Indel.normalized_similarity(_telling(old), _telling(new)) >= _LEAST_ALIKE


def _telling(words: Sequence[str]) -> list[str]:
    return [word for word in words if not word.isspace()]


def _replaced(old: str, new: str) -> Iterator[Stretch]:
    if old == new:
        yield Stretch("same", old)
    else:
        yield Stretch("deleted", old)
        yield Stretch("inserted", new)


def _joined(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """Without empty stretches, and with those of one kind that follow on each other as one."""
    kind: Kind = "same"
    text = ""
    for one in stretches:
        if not one.text:
            continue
        if one.kind != kind and text:
            yield Stretch(kind, text)
            text = ""
        kind = one.kind
        text += one.text
    if text:
        yield Stretch(kind, text)
