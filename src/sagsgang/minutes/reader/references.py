"""Earlier and coming treatments of a case, and the body that settles it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ..blocks import ITEM, PAGE, Block
from ..danish.bodies import find_bodies, first_body
from ..danish.dates import first_date
from ..model import Reference, Step
from .compose import plain
from .item_numbers import item_numbers
from .sections import Part
from .vocabulary import Vocabulary

_SETTLING: Final = frozenset(
    {"summary", "presentation", "procedure", "recommendation", "next_steps", "other", "law"}
)
_HEARING: Final = frozenset({"presentation", "hearing", "summary"})
_BODY: Final = re.compile(r"\s*:?\s*(?P<name>[A-ZÆØÅ][^.:;\n]{2,100})")
_ITS_DATE: Final = re.compile(r"\s(?:den|d\.)\s\d.*", re.DOTALL)
_LONGEST_LINE: Final = 140
_LONGEST_BODY: Final = 90
_LONGEST_POINT: Final = 120


def decided_by(parts: Sequence[Part], vocabulary: Vocabulary) -> tuple[str, str] | None:
    """The body that the item says settles the case, and the rule that found it."""
    for part in parts:
        body = _settling(part.text(), vocabulary) if part.kind in _SETTLING else None
        if body is not None:
            return body, "decided_by.sentence"
    for part in parts:
        if part.kind == "procedure" and vocabulary.phrases["decided_by.labels"].fit(part.label):
            text = plain(part.text()).strip(" .")
            if text and len(text) < _LONGEST_BODY and "\n" not in text:
                return _body(text), "decided_by.label"
    return None


def _settling(text: str, vocabulary: Vocabulary) -> str | None:
    phrases = vocabulary.phrases["decided_by.said"]
    if not phrases.may_be_in(text):
        return None
    text = plain(text)
    for place in phrases.find_all(text):
        match = _BODY.match(text, place.end)
        if match is not None and text[place.start].isupper():
            return _body(match["name"])
    return None


def _body(text: str) -> str:
    text = text.strip(" .")
    bodies = find_bodies(text)
    if bodies and bodies[0].start == 0:
        return bodies[0].name
    return _ITS_DATE.sub("", text)


def related_of(parts: Sequence[Part], vocabulary: Vocabulary) -> list[Reference]:
    """Earlier or parallel treatments, from sections made for them.

    `punkt 1 og 4` is two treatments.
    """
    lines = _lines(block for part in parts if part.kind == "related" for block in part.blocks)
    found = (reference for line in lines for reference in _references(line, vocabulary))
    return list(dict.fromkeys(found))


def _references(line: str, vocabulary: Vocabulary) -> list[Reference]:
    body = first_body(line)
    if body is None:
        return []
    date = first_date(line)
    if date is None and len(line) > _LONGEST_LINE:
        return []
    iso = date.isoformat() if date else None
    numbers: Sequence[str | None] = item_numbers(line, vocabulary) or [None]
    return [Reference(body, iso, number) for number in numbers]


def next_steps_of(parts: Sequence[Part], meeting: str | None) -> list[Step]:
    """Coming treatments, from sections made for them and from lists of hearings.

    A list counts where its every point names a body and a date after the meeting's own,
    `meeting` (ISO).
    """
    found: list[Step] = []
    for part in parts:
        if part.kind == "next_steps":
            for line in _lines(part.blocks):
                found.extend(_steps(line))
        elif part.kind in _HEARING:
            for run in _lists(part.blocks):
                found.extend(step for step in _hearings(run) if _is_coming(step, meeting))
    return list(dict.fromkeys(found))


def _is_coming(step: Step, meeting: str | None) -> bool:
    return meeting is None or step.date is None or step.date > meeting


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if block.rows:
            yield from (" ".join(filter(None, row)) for row in block.rows)
        else:
            yield from map(plain, block.text.split("\n"))


def _steps(line: str) -> list[Step]:
    """The bodies of a line, each with the date that stands after it and before the next."""
    bodies = find_bodies(line)
    if len(bodies) == 1:
        return [_step(bodies[0].name, line)]
    ends = [body.start for body in bodies[1:]] + [len(line)]
    return [_step(body.name, line[body.end : end]) for body, end in zip(bodies, ends, strict=False)]


def _step(body: str, text: str) -> Step:
    date = first_date(text)
    return Step(body, date.isoformat() if date else None)


def _lists(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The runs of consecutive list points that are lists: two points or more; a page may end."""
    run: list[Block] = []
    for block in (*blocks, None):
        if block is not None and block.kind in (ITEM, PAGE):
            run.extend([block] if block.kind == ITEM else [])
            continue
        if len(run) > 1:
            yield run
        run = []


def _hearings(run: Sequence[Block]) -> list[Step]:
    """The steps of a list whose every point names a body and a date; else none."""
    steps: list[Step] = []
    for block in run:
        step = _dated(plain(block.text))
        if step is None:
            return []
        steps.append(step)
    return steps


def _dated(text: str) -> Step | None:
    """A list point that is a body and a date, and little else."""
    if len(text) > _LONGEST_POINT or not text[-12:].strip(" .")[-1:].isdigit():
        return None
    body = first_body(text)
    if body is None or not text.startswith(body[:5]) or first_date(text) is None:
        return None
    return _step(body, text)
