"""What is recommended, and by whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ..blocks import ITEM, PAGE, TABLE, Block
from ..model import Recommendation
from .compose import plain
from .phrases import Found
from .sections import Part
from .vocabulary import Vocabulary

_AT: Final = re.compile(r"\s*[,:]?\s*(?:at\b)?\s*[:,]?")
_ADDRESSEE: Final = re.compile(
    r"\s+(?:[^.:]{2,160}?(?=,?\s+at\b)|[^,:]{2,120}?(?=\s*[,:])|[A-ZÆØÅ][^,:]{2,120}$)", re.DOTALL
)
_AT_FIRST: Final = re.compile(r"\s*[,:]?\s*at\b")
_IN_BRACKETS: Final = re.compile(r"\s*\([^)]*+\)\s*$")
_INLINE: Final = re.compile(r"(?:^|\s)(?:\d{1,2}[.)]|[a-z]\)|At \d\))\s+")
_LEADING: Final = re.compile(
    r"(?:[-•–]\s*)?(?:(?:At\s+)?\d{1,2}\s*[.)]|[a-z]\))?\s*(?:at|At)?\s*(?=\S)"
)
_LABEL_BEFORE: Final = re.compile(r"(?:Indstilling|Forslag)\s*[:.]\s*")
_LAST_SENTENCE: Final = re.compile(r".*[a-zæøå]\.\s+", re.DOTALL)
_REMARKS: Final = ("Sagen ", "Bilag", "(")
_NEAR: Final = 60
_FAR: Final = 220
_LONGEST_SUBJECT: Final = 200
_LONGEST_REMARK: Final = 1200
_LONGEST_LEAD: Final = 600


def recommendation_of(parts: Sequence[Part], vocabulary: Vocabulary) -> Recommendation | None:
    """The item's recommendation, from its first section of that kind with text.

    `by` is the subject before the verb as printed; points come without numbering and without
    a leading `at`.
    """
    for part in parts:
        if part.kind == "recommendation":
            reading = _Reading(part, vocabulary)
            if reading.by or reading.points:
                return Recommendation(reading.by, tuple(reading.points))
    return None


class _Reading:
    """A section being read, block by block: who recommends, and what."""

    def __init__(self, part: Part, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.points: list[str] = []
        self.by: str | None = None
        self.stated = part.rule == "label.recommends"
        """Whether it is known who recommends, though it may be nobody by name."""
        verb = _verb(part.label, vocabulary)
        if self.stated or (verb and verb.end == len(part.label)):
            self.by = _subject(part.label[: verb.start] if verb else part.label, vocabulary)
        blocks = [b for b in part.blocks if b.kind not in (PAGE, TABLE) and b.text.strip()]
        levels = [block.level for block in blocks if block.kind == ITEM]
        self.outer = min(levels, default=0)
        self.listed = bool(levels)
        for place, block in enumerate(blocks):
            self._read(block, first=place == 0)
        self.points = [point for point in self.points if point]

    def _read(self, block: Block, *, first: bool) -> None:
        text = plain(block.text)
        if block.kind == ITEM:
            self._point(text, inner=block.level > self.outer)
        elif not self.stated and self._states(text):
            self.stated = True
        elif text.startswith(("at ", "At ")):
            self.points.append(_clean(text))
        elif self.listed:
            return
        elif (not self.points or not self.stated) and not _is_remark(text):
            self.points.extend(_inline_points(text))
        elif self.points and not first and text[:1].islower():
            self.points.append(_clean(text))

    def _point(self, text: str, *, inner: bool) -> None:
        if inner and self.points:
            self.points[-1] = f"{self.points[-1]} {_clean(text)}"
        else:
            self.points.append(_clean(text))

    def _states(self, text: str) -> bool:
        """Whether a paragraph says who recommends; what it goes on with are points."""
        phrases = self.vocabulary.phrases
        lead = text[:_LONGEST_LEAD]
        majority = phrases["recommendation.majority"].opening(lead)
        voted = phrases["votes.for"].find(lead) if majority else None
        if voted:
            self.by = _IN_BRACKETS.sub("", lead[: voted.start]).strip()
            return True
        verb = _verb(text, self.vocabulary)
        submits = phrases["recommendation.submits"].find(lead)
        named = submits and text[0].isupper() and _is_subject(text[: submits.start])
        if submits and named and (verb is None or verb.start > submits.end):
            self.by = text[: submits.start].strip()
            self.points.append(_clean(text))
            return True
        if verb is not None and _introduces(text, verb) and not _is_bare(text, verb):
            self.by = _subject(text[: verb.start], self.vocabulary)
            points = _inline_points(_after(text, verb, self.vocabulary))
            if self.listed and text.rstrip().endswith((",", ":", " at")):
                points = []  # these words only lead in to the list
            self.points.extend(points)
            return True
        return False


def _verb(text: str, vocabulary: Vocabulary) -> Found | None:
    return vocabulary.phrases["recommendation.said"].find(text[:_LONGEST_LEAD])


def _after(text: str, verb: Found, vocabulary: Vocabulary) -> str:
    """What is recommended: after the verb, to whom, and `at`."""
    rest = text[verb.end :].lstrip()
    to = vocabulary.phrases["recommendation.to"].opening(rest)
    addressee = _ADDRESSEE.match(rest, to.end) if to else None
    at = _AT.match(rest, addressee.end() if addressee else 0)
    return rest[at.end() :] if at else rest


def _is_subject(words: str) -> bool:
    return 2 < len(words) < 142 and not any(mark in words for mark in ".,:")


def _introduces(text: str, verb: Found) -> bool:
    """Whether the verb is the recommendation's own: near the beginning of its paragraph."""
    lead = text[: verb.start].rstrip(".")
    return verb.start < _NEAR or (verb.start < _FAR and "." not in lead[3:])


def _is_bare(text: str, verb: Found) -> bool:
    """`Indstilles til godkendelse.`: nobody recommends, and the verb belongs to the point."""
    return verb.start == 0 and not _AT_FIRST.match(text, verb.end)


def _subject(words: str, vocabulary: Vocabulary) -> str | None:
    """Who recommends: the words before the verb, as printed; `None` where that is nobody."""
    subject = plain(words).strip(" ,:.*")
    for before in (_LABEL_BEFORE, _LAST_SENTENCE):
        match = before.match(subject)
        subject = subject[match.end() :].strip() if match else subject
    if not subject or len(subject) > _LONGEST_SUBJECT:
        return None
    return None if vocabulary.phrases["recommendation.nobody"].fit(subject) else subject


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
    text = plain(text).strip()
    match = _LEADING.match(text)
    return text[match.end() :].strip() if match else text


def _is_remark(text: str) -> bool:
    return text.startswith(_REMARKS) or len(text) > _LONGEST_REMARK
