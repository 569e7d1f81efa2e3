"""Headings, pictures and links that a screen reader or a phone would stumble over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from ..model import Minutes
from ..sources.levels import levels_in
from ..words import Words
from .remark import Passage, Remark, quoted, sections

_HEADING: Final = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$", re.MULTILINE)
_PICTURE: Final = re.compile(r"!\[([^\]]*)\]\([^)\s]*[^)]*\)")
_LINK: Final = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)[^)]*\)")
_SAYS_NOTHING: Final = frozenset(
    ["", "her", "klik her", "link", "læs mere", "læs mere her", "se her", "dette link"]
)


def check(minutes: Minutes) -> Iterator[Remark]:
    """Remarks on the markup of each section."""
    for item in minutes.items:
        for passage in sections(item):
            yield from _headings(passage)
            yield from _pictures(passage)
            yield from _links(passage)


def headings_in(data: bytes) -> list[Remark]:
    """Remarks on a file's own headings, where its format gives them levels: web pages and Word.

    They are on the document as a whole, as what was read of it keeps no levels.

    Raises:
        UnreadableDocument: the file cannot be read.
    """
    return list(_skipped(levels_in(data)))


def _headings(passage: Passage) -> Iterator[Remark]:
    found = ((len(match[1]), match[2]) for match in _HEADING.finditer(passage.text))
    for remark in _skipped(found):
        yield replace(remark, item=passage.item, place=passage.place)


def _skipped(headings: Iterable[tuple[int, str]]) -> Iterator[Remark]:
    level = 0
    for deeper, text in headings:
        if level and deeper > level + 1:
            words = Words(
                f"Overskriften springer fra niveau {level} til {deeper}. Brug niveau {level + 1}.",
                f"The heading jumps from level {level} to {deeper}. Use level {level + 1}.",
            )
            yield Remark("heading_skipped", "warning", words, quote=quoted(text))
        level = deeper


def _pictures(passage: Passage) -> Iterator[Remark]:
    for match in _PICTURE.finditer(passage.text):
        if not match[1].strip():
            words = Words(
                "Billedet har ingen tekst. Skriv, hvad det viser, så den, der ikke kan se det, "
                "også får det at vide.",
                "The picture has no text. Write what it shows for those who cannot see it.",
            )
            yield Remark("picture_without_text", "error", words, passage.item, passage.place)


def _links(passage: Passage) -> Iterator[Remark]:
    anchors = {_anchor(match[2]) for match in _HEADING.finditer(passage.text)}
    for match in _LINK.finditer(passage.text):
        text, target = match[1].strip(), match[2]
        if target.startswith("#") and target[1:].lower() not in anchors:
            words = Words(
                "Linket fører til et sted i teksten, som ikke findes.",
                "The link leads to a place in the text that is not there.",
            )
            yield Remark(
                "link_dead", "warning", words, passage.item, passage.place, quoted(match[0])
            )
        if text.lower().rstrip(".") in _SAYS_NOTHING:
            words = Words(
                "Linkets tekst siger ikke, hvor det fører hen. Skriv det.",
                "The link's text does not say where it leads. Say so.",
            )
            yield Remark(
                "link_says_nothing", "advice", words, passage.item, passage.place, quoted(match[0])
            )


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w]+", "-", heading.lower()).strip("-")
