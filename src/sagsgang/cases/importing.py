"""A draft written in Word, as the parts of a presentation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from sagsgang.minutes.blocks import HEADING, ITEM, Block, UnreadableDocument
from sagsgang.minutes.reader.compose import compose
from sagsgang.minutes.sources.docx import read_docx
from sagsgang.minutes.words import Words

from .outline import Outline, Part, kept_sections
from .refused import Refused

RECOMMENDATION: Final = "indstilling"
_FIRST: Final = "presentation"
_BY: Final = re.compile(r"(.{2,80}?) (?:indstiller|anbefaler)\b", re.IGNORECASE)


def from_word(data: bytes, outline: Outline) -> dict[str, Any]:
    """The content of a Word file: title, recommendation, and sections by the outline's labels.

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
    labels = {row.label.lower(): row.label for row in outline.written}
    label = next((row.label for row in outline.written if row.kind == _FIRST), "")
    for block in blocks:
        begun = _label(block, labels)
        if begun is not None:
            label = begun
            if _BY.match(block.text):
                parts.setdefault(RECOMMENDATION, []).append(block)
        elif block.kind == HEADING and block.level == 1 and "title" not in content and not parts:
            content["title"] = block.text[:500]
        else:
            parts.setdefault(label, []).append(_set_apart(block))
    points = parts.pop(RECOMMENDATION, [])
    sections = [
        Part(row.label, row.kind, compose(parts.get(row.label, ()))) for row in outline.written
    ]
    return content | _recommendation(points) | {"sections": kept_sections(sections)}


def _label(block: Block, labels: Mapping[str, str]) -> str | None:
    """The section that the block begins, if it is a label."""
    if block.kind != HEADING and not block.strong:
        return None
    said = block.text.strip("* :").lower()
    if said == RECOMMENDATION or _BY.fullmatch(said):
        return RECOMMENDATION
    return labels.get(said)


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
