"""Running heads and feet in plain text: lines that count the pages, and what stands by them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

_SIDE: Final = re.compile(r"\b[Ss]ide:?\s{1,9}(\d{1,4})(?:\s?(?:af|/)\s?\d{1,4})?\b")
_COLUMN: Final = re.compile(r"\S\s{2,60}(\d{1,4})$")
_SHORT_SIDE: Final = re.compile(r"\bs\. ?(\d{1,4})$")
_OF_ALL: Final = re.compile(r"(\d{1,4})\s?(?:/|af)\s?\d{1,4}$")
_BARE: Final = re.compile(r"[Ss]ide \d{1,4}(?: (?:af|/) \d{1,4})?")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_LONGEST: Final = 140
_LONGEST_BARE: Final = 20
_LONGEST_NUMBER: Final = 3
_FEWEST: Final = 3
_LETTERS: Final = 12
"""A number that ends a line after a gap counts pages only after so many letters before it."""
_DEEPEST: Final = 3
"""Lines that are looked at on either side of a page break."""
_FIRST_LINES: Final = 24
_SENTENCE_END: Final = frozenset(".:;!?,")


def without_furniture(lines: Sequence[str]) -> tuple[list[str], list[int]]:
    """The lines without running heads and feet, and the room that each takes of the text.

    What is taken out counts to the line before it. `Side 2 af 6` alone stays, as the page break
    that it marks, and so does the form feed of a line that begins with one.
    """
    widths = [len(line) + 1 for line in lines]
    if not any("ide" in line or "\f" in line for line in lines):
        return list(lines), widths
    dropped = _furniture(lines)
    kept: list[str] = []
    room: list[int] = []
    for at, line in enumerate(lines):
        if at not in dropped or not kept:
            kept.append("" if at in dropped else line)
            room.append(widths[at])
        elif "\f" in line:
            kept.append("\f")
            room.append(widths[at])
        else:
            room[-1] += widths[at]
    return kept, room


def _furniture(lines: Sequence[str]) -> set[int]:
    found: set[int] = set()
    edges = {at for at, line in enumerate(lines) if "\f" in line}
    for places in _counting(lines):
        edges.update(places)
        found.update(at for at in places if not _is_bare(lines[at]))
    return found | _heads(lines, edges, found)


def _is_bare(line: str) -> bool:
    text = line.strip()
    return len(text) <= _LONGEST_BARE and _BARE.fullmatch(text) is not None


def _counting(lines: Sequence[str]) -> Iterator[list[int]]:
    """The places of lines that are the same but for a number that rises from page to page."""
    groups: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, line in enumerate(lines):
        text = line.strip()
        if text.isdecimal() and len(text) <= _LONGEST_NUMBER:
            if any("\f" in below for below in lines[at + 1 : at + 3]):
                groups["#"].append((at, int(text)))
        elif 0 < len(text) <= _LONGEST and (counted := _counted(text)):
            groups[counted[0]].append((at, counted[1]))
    for group in groups.values():
        numbers = [number for _, number in group]
        steps = [after - before for before, after in pairwise(numbers)]
        if len(group) >= _FEWEST and min(steps) >= 0 and steps.count(1) * 2 >= len(steps):
            yield [at for at, _ in group]


def _counted(text: str) -> tuple[str, int] | None:
    """A line without the number of the page, and that number; `21/645` has another last number."""
    match = _SIDE.search(text) if "ide" in text else None
    if match is None and text[-1].isdigit():
        match = _OF_ALL.match(text) or _SHORT_SIDE.search(text) or _COLUMN.search(text)
        if match and match.re is _COLUMN and sum(map(str.isalpha, text)) < _LETTERS:
            return None
    if match is None:
        return None
    after = match.end(1) if match.re is _OF_ALL else match.end()
    rest = f"{text[: match.start(1)]}#{text[after:]}"
    return " ".join(rest.split()), int(match[1])


def _heads(lines: Sequence[str], edges: set[int], found: set[int]) -> set[int]:
    """What stands next to most page breaks, on the same side, in words of the document's head."""
    if len(edges) < _FEWEST:
        return set()
    known = _words(line for line in lines[:_FIRST_LINES])
    printed = Counter(" ".join(line.split()) for line in lines if len(line) <= _LONGEST)
    heads: set[int] = set()
    for step in (-1, 1):
        for _ in range(_DEEPEST):
            near: defaultdict[str, set[int]] = defaultdict(set)
            spots = {_beside(lines, edge, step, found | heads) for edge in edges}
            for at in spots:
                text = " ".join(lines[at].split()) if 0 <= at < len(lines) else ""
                if 0 < len(text) <= _LONGEST and text[-1] not in _SENTENCE_END:
                    near[text].add(at)
            peeled = {
                at
                for text, places in near.items()
                if len(places) * 2 >= max(len(spots), printed[text], 2 * _FEWEST)
                and (words := _words([text]))
                and words <= known
                for at in places
            }
            if not peeled:
                break
            heads |= peeled
    return heads


def _beside(lines: Sequence[str], edge: int, step: int, found: set[int]) -> int:
    """The nearest line with text on one side of a page break: its own, where a head begins it."""
    at = edge if step > 0 and "\f" in lines[edge] else edge + step
    while 0 <= at < len(lines) and (at in found or not lines[at].strip()):
        at += step
    return at


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in _WORD.findall(text.lower())}
