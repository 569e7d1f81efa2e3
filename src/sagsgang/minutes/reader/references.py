"""Earlier and coming treatments of a case, and the body that settles it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ..blocks import ITEM, Block
from ..danish.bodies import find_bodies, first_body
from ..danish.dates import first_date
from ..model import Reference, RoutingMark, Step
from .compose import plain
from .sections import Part, is_codes

_ITEM_NUMBERS: Final = re.compile(
    r"(?:punkt(?:erne)?|pkt\.?|sag(?:erne)?(?:\s*nr\.?)?)\s*(?P<numbers>\d{1,4}(?:\s*(?:,|og|-|–|samt)\s*\d{1,4})*)",
    re.IGNORECASE,
)
_SETTLED: Final = re.compile(
    r"(?:Sagen|Punktet|Denne sag)\s+(?:afgøres|afsluttes|besluttes|behandles endeligt|endeligt afgøres)\s+(?:endeligt\s+)?(?:af|i|ved)\s*:?\s*(?P<body>[A-ZÆØÅ][^.:;\n]{2,100})"
)
_COMPETENCE: Final = re.compile(
    r"[Bb]eslutningskompetencen\s+(?:ligger hos|ligger i|er hos|tilkommer|er)\s+(?P<body>[A-ZÆØÅ][^.:;\n]{2,100})"
)
_SETTLING_LABELS: Final = frozenset(
    {
        "sagen afgøres af",
        "sagen afgøres i",
        "sagen afsluttes i",
        "beslutningskompetence",
        "kompetence",
        "hvem beslutter",
        "afgørelseskompetence",
        "beslutningskompetencen",
        "sagens afgørelse",
    }
)


def decided_by(parts: Sequence[Part]) -> tuple[str, str] | None:
    """The body that the item says settles the case, and the rule that found it."""
    for part in parts:
        if part.kind not in (
            "summary",
            "presentation",
            "procedure",
            "recommendation",
            "next_steps",
            "other",
            "law",
        ):
            continue
        for block in part.blocks:
            text = block.text
            if "Sagen" in text or "Punktet" in text or "Denne sag" in text:
                match = _SETTLED.search(plain(text))
                if match is not None:
                    return _body(match["body"]), "decided_by.sentence"
            if "eslutningskompetencen" in text:
                match = _COMPETENCE.search(plain(text))
                if match is not None:
                    return _body(match["body"]), "decided_by.competence"
    for part in parts:
        if part.kind == "procedure" and part.label.lower() in _SETTLING_LABELS:
            text = plain(part.text()).strip(" .")
            if text and len(text) < 90 and "\n" not in text:
                return _body(text), "decided_by.label"
    return None


def _body(text: str) -> str:
    text = text.strip(" .")
    bodies = find_bodies(text)
    if bodies and bodies[0].start == 0:
        return bodies[0].name
    return re.sub(r"\s+(?:den|d\.)\s+\d.*$", "", text)


def related_of(parts: Sequence[Part]) -> list[Reference]:
    """Earlier or parallel treatments, from sections made for them.

    `punkt 1 og 4` is two treatments.
    """
    found: list[Reference] = []
    for part in parts:
        if part.kind != "related":
            continue
        for block in part.blocks:
            for line in _lines(block):
                for reference in _references(line):
                    if reference not in found:
                        found.append(reference)
    return found


def _references(line: str) -> list[Reference]:
    bodies = find_bodies(line)
    date = first_date(line)
    if not bodies or (date is None and len(line) > 140):
        return []
    match = _ITEM_NUMBERS.search(line)
    numbers = re.findall(r"\d+", match["numbers"]) if match else [None]
    iso = date.isoformat() if date else None
    return [Reference(bodies[0].name, iso, number) for number in numbers]


def next_steps_of(parts: Sequence[Part], own: str | None, meeting: str | None) -> list[Step]:
    """Coming treatments: from sections made for them, and from lists whose every point names
    a body and a date (hearings)."""
    found: list[Step] = []
    for part in parts:
        if part.kind == "next_steps":
            for block in part.blocks:
                for line in _lines(block):
                    _add(found, _steps(line))
        elif part.kind in ("presentation", "hearing", "summary"):
            for run in _lists(part.blocks):
                _add(found, [step for step in _hearings(run) if _is_coming(step, meeting)])
    return found


def _is_coming(step: Step, meeting: str | None) -> bool:
    return meeting is None or step.date is None or step.date > meeting


def _add(found: list[Step], steps: Sequence[Step]) -> None:
    found.extend(step for step in steps if step not in found)


def _lines(block: Block) -> list[str]:
    if block.rows:
        return [" ".join(cell for cell in row if cell) for row in block.rows]
    return [plain(line) for line in block.text.split("\n")]


def _steps(line: str) -> list[Step]:
    bodies = find_bodies(line)
    if not bodies:
        return []
    if len(bodies) == 1:
        date = first_date(line)
        return [Step(bodies[0].name, date.isoformat() if date else None)]
    steps = []
    for place, body in enumerate(bodies):
        end = bodies[place + 1].start if place + 1 < len(bodies) else len(line)
        date = first_date(line[body.end : end])
        steps.append(Step(body.name, date.isoformat() if date else None))
    return steps


def _lists(blocks: Sequence[Block]) -> list[list[Block]]:
    runs: list[list[Block]] = []
    run: list[Block] = []
    for block in blocks:
        if block.kind == ITEM:
            run.append(block)
        elif run:
            runs.append(run)
            run = []
    if run:
        runs.append(run)
    return runs


def _hearings(run: Sequence[Block]) -> list[Step]:
    """The steps of a list whose every point names a body and a date; else none."""
    steps: list[Step] = []
    for block in run if len(run) >= 2 else ():
        step = _dated(plain(block.text))
        if step is None:
            return []
        steps.append(step)
    return steps


def _dated(text: str) -> Step | None:
    """A list point that is a body and a date, and little else."""
    if len(text) > 120 or not text[-12:].strip(" .")[-1:].isdigit():
        return None
    body, date = first_body(text), first_date(text)
    if body is None or date is None or not text.startswith(body[:5]):
        return None
    return Step(body, date.isoformat())


def routing_of(parts: Sequence[Part]) -> tuple[list[RoutingMark], str | None]:
    """The routing matrix, and a message where its marks' columns cannot be told.

    A table gives each mark's column. Codes and marks on plain lines lost their columns, unless
    there is a mark for every code.
    """
    for part in parts:
        if part.kind == "routing":
            return _matrix(part)
    return [], None


def _matrix(part: Part) -> tuple[list[RoutingMark], str | None]:
    rows: list[tuple[str, ...]] = []
    tabular = False
    for block in part.blocks:
        if block.rows:
            rows.extend(block.rows)
            tabular = True
        elif block.text:
            rows.append(tuple(plain(block.text).split()))
    if not rows:
        return [], None
    codes = [cell for cell in rows[0] if cell]
    if not is_codes(codes):
        return [], None
    marks = [row for row in rows[1:] if any(row)]
    if tabular and marks and all(len(row) <= len(rows[0]) for row in marks):
        marked = [
            any(index < len(row) and row[index].strip() for row in marks)
            for index in range(len(rows[0]))
        ]
        return [RoutingMark(code, marked[i]) for i, code in enumerate(rows[0]) if code], None
    flat = [cell for row in marks for cell in row]
    if not flat:
        return [RoutingMark(code, False) for code in codes], None
    if len(flat) == len(codes):
        return [RoutingMark(code, True) for code in codes], None
    count = "one mark" if len(flat) == 1 else f"{len(flat)} marks"
    printed = ", ".join(flat)
    message = (
        f"The routing matrix has {count} ({printed}) on a line of its own; its column cannot be told."
        if len(flat) == 1
        else f"The routing matrix has {count} ({printed}) on a line of their own; their columns cannot be told."
    )
    return [RoutingMark(code, None) for code in codes], message
