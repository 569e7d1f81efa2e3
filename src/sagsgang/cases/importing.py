"""A draft written in Word, as the parts of a presentation."""

from __future__ import annotations

import re
from typing import Any, Final

from sagsgang.minutes.blocks import HEADING, ITEM, Block, UnreadableDocument
from sagsgang.minutes.reader.compose import compose
from sagsgang.minutes.sources.docx import read_docx
from sagsgang.minutes.words import Words

from .outline import Part, offered, written
from .refused import Refused

RECOMMENDATION: Final = "indstilling"
_FIRST: Final = "Sagsfremstilling"
_BY: Final = re.compile(r"(.{2,80}?) (?:indstiller|anbefaler)\b", re.IGNORECASE)


def from_word(data: bytes) -> dict[str, Any]:
    """The content of a Word file: title, recommendation, and sections by their labels.

    A heading that is one of the labels begins its section; another stays in the text as a line in
    bold. What stands before the first label is the presentation itself.

    Raises:
        Refused: the file cannot be read as a Word document.
    """
    try:
        blocks = read_docx(data).blocks
    except UnreadableDocument as error:
        raise Refused(Words(str(error), "The file cannot be read as a Word document.")) from None
    content: dict[str, Any] = {}
    parts: dict[str, list[Block]] = {}
    label = _FIRST
    for block in blocks:
        begun = _label(block)
        if begun is not None:
            label = begun
        elif block.kind == HEADING and block.level == 1 and "title" not in content and not parts:
            content["title"] = block.text[:500]
        else:
            parts.setdefault(label, []).append(_set_apart(block))
    points = parts.pop(RECOMMENDATION, [])
    return content | _recommendation(points) | {"sections": _sections(parts)}


def _label(block: Block) -> str | None:
    """The section that the block begins, if it is a label."""
    if block.kind != HEADING and not block.strong:
        return None
    said = block.text.strip("* :").lower()
    if said == RECOMMENDATION:
        return RECOMMENDATION
    return next((one.label for one in offered() if one.label.lower() == said), None)


def _set_apart(block: Block) -> Block:
    if block.kind != HEADING:
        return block
    return block._replace(kind="text", text=f"**{block.text}**", gap=True)


def _recommendation(blocks: list[Block]) -> dict[str, Any]:
    points = [block.text for block in blocks if block.kind == ITEM]
    rest = [block.text for block in blocks if block.kind != ITEM]
    by = next((found[1] for text in rest if (found := _BY.match(text))), "")
    if not points:
        points = [text for text in rest if not _BY.match(text)]
    return {"recommendation_by": by, "recommendation_points": points} if points else {}


def _sections(parts: dict[str, list[Block]]) -> list[dict[str, str]]:
    return written(
        [Part(one.label, one.kind, compose(parts.get(one.label, ()))) for one in offered()]
    )
