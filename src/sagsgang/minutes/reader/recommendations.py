"""What is recommended, and by whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ..blocks import ITEM, PAGE, TABLE, Block
from ..model import Recommendation
from .compose import plain
from .sections import Part

_VERB: Final = re.compile(
    r"\b(?:indstiller|indstilles|foreslår|anbefaler|foreslås|anbefales)\b(?P<tail>(?:\s+(?:det\s+)?(?:til|over ?for)\s+[^,:]{2,120}?)?)\s*[,:]?\s*(?P<at>at\b)?\s*[:,]?"
)
_MAJORITY: Final = re.compile(
    r"^(?P<who>(?:Et )?(?:[Ff]lertal|[Mm]indretal)[^(]*?)\s*(?:\([^)]*\))?\s+(?:stemte|stemmer) for\s*,?"
)
_SUBMITS: Final = re.compile(r"^(?P<who>[A-ZÆØÅ][^.,:]{2,140}?)\s+forelægger\b")
_INLINE: Final = re.compile(r"(?:^|\s)(?:\d{1,2}[.)]|[a-z]\)|At \d\))\s+")
_LEADING: Final = re.compile(
    r"^(?:[-•–]\s*)?(?:(?:At\s+)?\d{1,2}\s*[.)]|[a-z]\))?\s*(?:at|At)?\s*(?=\S)"
)
_NOBODY: Final = frozenset({"det", "der", "herefter", "derfor", "og"})


def recommendation_of(parts: Sequence[Part]) -> Recommendation | None:
    """The item's recommendation, from its first section of that kind with text.

    `by` is the subject before the verb as printed; points come without numbering and without
    a leading `at`.
    """
    for part in parts:
        if part.kind != "recommendation":
            continue
        found = _read(part)
        if found is not None:
            return found
    return None


def _read(part: Part) -> Recommendation | None:
    blocks = [b for b in part.blocks if b.kind not in (PAGE, TABLE) and b.text.strip()]
    by: str | None = None
    points: list[str] = []
    if part.rule == "label.recommends" or part.label.endswith(
        ("indstiller", "foreslår", "anbefaler")
    ):
        by = _subject(part.label)
    stated = part.rule == "label.recommends"
    listed = any(block.kind == ITEM for block in blocks)
    for place, block in enumerate(blocks):
        text = plain(block.text)
        if block.kind == ITEM:
            if block.level > _outer(blocks) and points:
                points[-1] = f"{points[-1]} {_clean(text)}"
            else:
                points.append(_clean(text))
            continue
        if not stated or by is None:
            submitted = _SUBMITS.match(text)
            majority = _MAJORITY.match(text)
            verb = _VERB.search(text)
            if majority is not None and not stated:
                by, stated = majority["who"].strip(), True
                continue
            if (
                submitted is not None
                and not stated
                and (verb is None or verb.start() > submitted.end())
            ):
                by, stated = submitted["who"].strip(), True
                points.append(_clean(text))
                continue
            if verb is not None and not stated and _introduces(text, verb):
                by, stated = _subject(text[: verb.start()]), True
                points.extend(_inline_points(text[verb.end() :]))
                continue
        if text.startswith(("at ", "At ")):
            points.append(_clean(text))
        elif not listed and (not points or not stated) and not _is_remark(text):
            points.extend(_inline_points(text))
        elif not listed and points and place > 0 and text[:1].islower():
            points.append(_clean(text))
    points = [point for point in points if point]
    if by is None and not points:
        return None
    return Recommendation(by, tuple(points))


def _outer(blocks: Sequence[Block]) -> int:
    return min((block.level for block in blocks if block.kind == ITEM), default=0)


def _introduces(text: str, verb: re.Match[str]) -> bool:
    """Whether the verb is the recommendation's own: near the beginning of its paragraph."""
    return (
        verb.start() < 220 and "." not in text[: verb.start()].rstrip(".")[3:] or verb.start() < 60
    )


def _subject(text: str) -> str | None:
    text = plain(text)
    verb = _VERB.search(text)
    subject = (text[: verb.start()] if verb else text).strip(" ,:.*")
    subject = re.sub(r"^(?:Indstilling|Forslag)\s*[:.]\s*", "", subject)
    sentence = re.split(r"(?<=[a-zæøå])\.\s+", subject)[-1].strip()
    if not sentence or sentence.lower() in _NOBODY or len(sentence) > 200:
        return None
    return sentence


def _inline_points(text: str) -> list[str]:
    """The points of running text: `1. … 2. …`, or the text as one point."""
    text = text.strip()
    if not text:
        return []
    marks = list(_INLINE.finditer(text))
    if len(marks) >= 2 and marks[0].start() == 0:
        ends = [mark.start() for mark in marks[1:]] + [len(text)]
        return [_clean(text[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]
    return [_clean(text)]


def _clean(text: str) -> str:
    """A point without its number and without a leading `at`."""
    return _LEADING.sub("", plain(text).strip(), count=1).strip()


def _is_remark(text: str) -> bool:
    return text.startswith(("Sagen ", "Bilag", "(")) or len(text) > 1200
