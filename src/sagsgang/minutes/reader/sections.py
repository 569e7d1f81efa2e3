"""An item's blocks divided into the sections that the publisher's fixed headings open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ..blocks import HEADING, ITEM, PAGE, TABLE, TEXT, Block
from ..danish import names
from ..model import Place, Section, SectionKind
from .compose import compose, plain
from .labels import Label, body_and_date
from .vocabulary import Vocabulary, key

_CODE: Final = re.compile(r"[A-ZÆØÅ]{2,5}")
_NO_BODY_DATE: Final = frozenset(
    {"related", "next_steps", "hearing", "procedure", "attachments", "participants"}
)
_LIMITED: Final = frozenset({"absence"})


@dataclass(slots=True)
class Part:
    """A section in the making: its label and its blocks."""

    kind: SectionKind
    label: str
    blocks: list[Block] = field(default_factory=list)
    committee: str | None = None
    date: str | None = None
    rule: str = ""
    _text: str | None = None

    def text(self) -> str:
        """The section's text; a routing matrix as its codes and marks, not as a table."""
        if self._text is None:
            self._text = self._composed()
        return self._text

    def cut(self, count: int) -> list[Block]:
        """Takes the blocks after the first `count` out of the part, and returns them."""
        lost = self.blocks[count:]
        del self.blocks[count:]
        self._text = None
        return lost

    def _composed(self) -> str:
        if self.kind == "routing":
            lines = (
                b.text or "\n".join(" ".join(filter(None, row)) for row in b.rows)
                for b in self.blocks
            )
            return "\n".join(filter(None, lines))
        return compose(self.blocks)

    def section(self) -> Section:
        """The finished section."""
        place = (
            Place(self.blocks[0].page, self.blocks[0].start, self.blocks[-1].end)
            if self.blocks
            else None
        )
        return Section(self.label, self.kind, self.text(), place)


@dataclass(frozen=True, slots=True)
class Style:
    """What holds for a whole document's sections."""

    loose: frozenset[str]
    """Loose labels that the document prints in several items, so that they open sections."""
    date: str | None
    bare_decisions: bool
    """Decisions stand under a line of body and date, with no word for decision."""


def document_style(
    blocks: Sequence[Block],
    labels: dict[int, Label],
    spans: Sequence[tuple[int, int]],
    date: str | None,
) -> Style:
    """Which loose labels are fixed headings here, and how decisions are headed."""
    counts: dict[str, int] = {}
    decisions = 0
    for first, end in spans:
        inside: set[str] = set()
        for index in range(first, end):
            label = labels.get(index)
            if label is None:
                continue
            if label.kind == "decision" and label.fixed:
                decisions += 1
            if not label.fixed and not label.rest:
                inside.add(label.key)
        for name in inside:
            counts[name] = counts.get(name, 0) + 1
    need = max(2, (len(spans) + 1) // 2)
    loose = frozenset(name for name, count in counts.items() if count >= need)
    return Style(loose, date, decisions * 4 < len(spans))


def divide_sections(
    blocks: Sequence[Block],
    first: int,
    end: int,
    labels: dict[int, Label],
    style: Style,
    vocabulary: Vocabulary,
) -> list[Part]:
    """The parts of the item whose body is `blocks[first:end]`, in order.

    Text before the first heading is a part without a label.
    """
    parts: list[Part] = []
    current = Part("presentation", "")
    resumed: Part | None = None
    for index in range(first, end):
        block = blocks[index]
        if block.kind == PAGE:
            current.blocks.append(block)
            continue
        label = _opening(index, blocks, labels, style, current, vocabulary)
        if label is not None:
            if current.label or any(b.kind != PAGE for b in current.blocks):
                parts.append(current)
            nested = (
                label.kind == "summary"
                and current.kind == "presentation"
                and current.label
                and not _has_text(current)
            )
            resumed = current if nested else None
            current = Part(label.kind, label.text, [], label.committee, label.date, label.rule)
            if label.rest:
                current.blocks.append(block._replace(kind=TEXT, text=label.rest, strong=False))
            continue
        if block.kind in (TEXT, HEADING) and key(block.text) in vocabulary.noise:
            continue
        if current.kind == "decision" and current.committee is None and not _has_text(current):
            # The heading goes on on a line of its own: the body and the date of the decision.
            found = body_and_date(block.text) if block.kind in (TEXT, HEADING) else None
            if found is not None:
                current.committee, current.date = found.committee, found.date
                current.label = f"{current.label} {found.text}".strip()
                continue
        if resumed is not None and _is_thematic(block, current):
            # Thematic headings after a summary inside the presentation are presentation again.
            parts.append(current)
            current = Part(resumed.kind, resumed.label, rule="section.resumed_presentation")
            resumed = None
        elif current.kind == "absence" and not _is_absence_text(block):
            back = _interrupted(parts)
            if back is not None:
                parts.append(current)
                parts.remove(back)
                current = back
        current.blocks.append(block)
    if current.label or any(b.kind != PAGE for b in current.blocks):
        parts.append(current)
    return parts


def _has_text(part: Part) -> bool:
    return any(block.kind != PAGE for block in part.blocks)


def _opening(
    index: int,
    blocks: Sequence[Block],
    labels: dict[int, Label],
    style: Style,
    current: Part,
    vocabulary: Vocabulary,
) -> Label | None:
    """The label at `index`, if it opens a section here."""
    label = labels.get(index)
    if label is None:
        block = blocks[index]
        if (
            style.bare_decisions
            and block.kind in (TEXT, HEADING)
            and current.kind not in _NO_BODY_DATE
        ):
            found = body_and_date(block.text)
            if found is not None and (
                style.date is None or found.date == style.date or block.text.rstrip().endswith(":")
            ):
                return found
        return None
    if label.key in vocabulary.matrix and _is_matrix(index + 1, blocks):
        return label._replace(kind="routing", fixed=True)
    if not label.fixed and label.key not in style.loose:
        return None
    if (
        label.kind == "recommendation"
        and current.kind == "recommendation"
        and label.rule == "label.recommends"
    ):
        return None
    if (
        label.rule == "label.recommends"
        and current.kind in ("decision", "attachments")
        and not _ends_item(current)
    ):
        return None if current.kind == "decision" else label
    if (
        label.rest
        and label.kind == "decision"
        and current.kind == "presentation"
        and not label.committee
        and len(label.rest) > 200
    ):
        return None
    return label


def _ends_item(part: Part) -> bool:
    return _has_text(part)


def _is_matrix(index: int, blocks: Sequence[Block]) -> bool:
    if index >= len(blocks):
        return False
    block = blocks[index]
    words = list(block.rows[0]) if block.kind == TABLE and block.rows else block.text.split()
    return is_codes([word for word in words if word])


def is_codes(words: Sequence[str]) -> bool:
    """Whether the words are the codes of bodies: `DIR BFU SOS BSK`."""
    return len(words) >= 3 and all(_CODE.fullmatch(word) for word in words)


def _is_thematic(block: Block, current: Part) -> bool:
    if not _has_text(current):
        return False
    if block.kind == HEADING or (block.kind == TEXT and block.strong and len(block.text) < 120):
        return True
    text = block.text
    return (
        block.kind == TEXT
        and block.gap
        and 3 < len(text) < 140
        and text[0].isupper()
        and text[-1] not in '.:;,!?…"”»'
        and not text.startswith(("http", "www"))
    )


def _is_absence_text(block: Block) -> bool:
    if block.kind not in (TEXT, ITEM):
        return False
    text = plain(block.text)
    lowered = text.lower().rstrip(".")
    if lowered in ("ingen", "-", "intet", "ingen afbud", "ingen fraværende") or not text:
        return True
    if len(text) > 400:
        return False
    if names.split_persons(text):
        return True
    return (
        "stedfortræder" in lowered
        or "suppleant" in lowered
        or "i stedet for" in lowered
        or "afbud" in lowered
        or "deltog ikke" in lowered
        or "fraværende" in lowered
    )


def _interrupted(parts: list[Part]) -> Part | None:
    """The decision that an absence label interrupted, if the last part is one."""
    for part in reversed(parts):
        if part.kind == "absence":
            continue
        return part if part.kind == "decision" else None
    return None


_SIGNED: Final = re.compile(r"(?:^|\n)\s*/\s?([A-ZÆØÅ]{2,6})\s*$")


def author(parts: Sequence[Part]) -> str | None:
    """The initials that sign the presentation (`/KARB`), or `None`."""
    for part in parts:
        if part.kind in ("attachments", "absence") or not part.blocks:
            continue
        for block in part.blocks[-3:]:
            text = block.text
            if text[:1] == "/" and len(text) < 9:
                match = _SIGNED.match(text)
                if match:
                    return match[1]
    return None
