"""An item's blocks divided into the sections that the publisher's fixed headings open."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ..blocks import HEADING, ITEM, PAGE, TABLE, TEXT, Block
from ..danish import names
from ..danish.bodies import find_bodies, is_body
from ..model import Place, Section, SectionKind
from .compose import compose, plain
from .document import Document
from .forms import has_any
from .labels import Label, body_and_date, decision_in_line
from .vocabulary import Vocabulary

_CODE: Final = re.compile(r"[A-ZÆØÅ]{2,5}")
_FEW_CODES: Final = 3
_NO_BODY_DATE: Final = frozenset({"related", "next_steps", "hearing", "procedure", "participants"})
_SIGNED: Final = re.compile(r"/ ?([A-ZÆØÅ]{2,6})$")
_LONGEST_SIGNATURE: Final = 8
_NO_AUTHOR: Final = frozenset({"attachments", "absence"})

_LONG_DECISION: Final = 200
_LONGEST_RETURNING: Final = 40
_FEW_RETURNS: Final = 3
_FEW_PAGES: Final = 3
_NEAR_PAGE: Final = 2
_MUNICIPALITY: Final = "Kommune"
_LONGEST_ABSENCE: Final = 400
_LONGEST_STRONG: Final = 120
_LONGEST_THEME: Final = 140
_NOT_THEME_END: Final = frozenset('.:;,!…"”»')
_MOST_ABSENCES: Final = 4
_MOST_PARTS: Final = 5_000
"""More sections than any item has. What follows belongs to the last: so memory stays bounded."""


@dataclass(slots=True, eq=False)
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
            self._text = _lines(self.blocks) if self.kind == "routing" else compose(self.blocks)
        return self._text

    def has_text(self) -> bool:
        """Whether there is more than page breaks under the label."""
        return any(block.kind != PAGE for block in self.blocks)

    def cut(self, count: int) -> list[Block]:
        """Takes the blocks after the first `count` out of the part, and returns them."""
        lost = self.blocks[count:]
        del self.blocks[count:]
        self._text = None
        return lost

    def section(self) -> Section:
        """The finished section, with the place where its text stands, if it has any."""
        blocks = self.blocks
        place = Place(blocks[0].page, blocks[0].start, blocks[-1].end) if blocks else None
        return Section(self.label, self.kind, self.text(), place)


def _lines(blocks: Sequence[Block]) -> str:
    texts = (b.text or "\n".join(" ".join(filter(None, row)) for row in b.rows) for b in blocks)
    return "\n".join(filter(None, texts))


@dataclass(frozen=True, slots=True)
class Style:
    """What holds for a whole document's sections."""

    loose: frozenset[str]
    """Loose labels that the document prints in several items, so that they open sections."""
    date: str | None
    bare_decisions: bool
    """Decisions stand under a line of body and date, with no word for decision."""
    headings: frozenset[str] = frozenset()
    """Short lines that return in most items: headings that no table knows. They end decisions."""
    headed_alone: bool = False
    """Decisions have a heading on a line of its own."""
    bare_body: str | None = None
    """The body whose name alone heads the decisions, where nothing else does."""
    running_heads: frozenset[str] = frozenset()
    """Lines of body and date that stand on most pages."""


def document_style(document: Document, spans: Sequence[tuple[int, int]], date: str | None) -> Style:
    """Which loose labels are fixed headings here, and how decisions are headed."""
    counts: Counter[str] = Counter()
    decisions: Counter[str] = Counter()
    returning: Counter[str] = Counter()
    alone = 0
    for first, end in spans:
        inside: set[str] = set()
        lines: set[str] = set()
        heads: set[str] = set()
        decided = False
        for place in range(first, end):
            label = document.labels.get(place)
            if label is None:
                if decided and len(document.blocks[place].text) <= _LONGEST_RETURNING:
                    lines.add(document.blocks[place].text)
                continue
            decided = label.kind == "decision"
            if label.kind == "decision" and (label.fixed or not label.rest):
                heads.add("" if label.fixed else label.key)
                alone += not label.rest and label.fixed
            if not label.fixed and not label.rest:
                inside.add(label.key)
        counts.update(inside)
        decisions.update(heads)
        returning.update(lines)
    need = max(2, (len(spans) + 1) // 2)
    loose = frozenset(name for name, count in counts.items() if count >= need)
    headed = sum(count for name, count in decisions.items() if not name or name in loose)
    often = max(need, _FEW_RETURNS)
    headings = frozenset(
        line
        for line, count in returning.items()
        if count >= often and _heads(line, document.vocabulary)
    )
    if headed * 4 >= (len(spans) if alone else 3 * len(spans)):
        return Style(loose, date, False, headings, headed_alone=alone * 2 >= len(spans))
    running = _running_heads(document.blocks)
    body = _bare_body(document.blocks, spans, need)
    bare = None if body in running else body
    return Style(loose, date, True, headings, bare_body=bare, running_heads=running)


def _bare_body(blocks: Sequence[Block], spans: Sequence[tuple[int, int]], need: int) -> str | None:
    """The body whose name stands alone in most items."""
    alone = Counter(
        name
        for first, end in spans
        for name in {block.text for block in blocks[first:end] if block.kind in (TEXT, HEADING)}
        if is_body(name)
    )
    name, count = max(alone.items(), key=lambda pair: pair[1], default=("", 0))
    return name if count >= need else None


def _is_at_page_break(place: int, blocks: Sequence[Block]) -> bool:
    """Whether a page break stands within two blocks."""
    near = blocks[max(place - _NEAR_PAGE, 0) : place + _NEAR_PAGE + 1]
    return any(block.kind == PAGE for block in near)


def _running_heads(blocks: Sequence[Block]) -> frozenset[str]:
    """The lines at page breaks that return at the others."""
    pages = sum(block.kind == PAGE for block in blocks)
    if pages < _FEW_PAGES:
        return frozenset()
    near = Counter(
        block.text
        for place, block in enumerate(blocks)
        if block.kind in (TEXT, HEADING) and block.text and _is_at_page_break(place, blocks)
    )
    everywhere = Counter(block.text for block in blocks if block.text in near)
    return frozenset(
        text for text, count in near.items() if count * 2 >= pages and count * 2 > everywhere[text]
    )


def _heads(line: str, vocabulary: Vocabulary) -> bool:
    """Whether a line that returns can be a heading: no person, body or decision."""
    if not line[:1].isupper() or not line[-1].isalpha() or any(map(str.isdigit, line)):
        return False
    if find_bodies(line) or names.split_persons(line) or _MUNICIPALITY in line:
        return False
    if vocabulary.phrases["asides"].find(line) is not None:
        return False
    return vocabulary.outcome_rule(line) is None


def divide_sections(document: Document, first: int, end: int, style: Style) -> list[Part]:
    """The parts of the item whose body is blocks `first` to `end`, in order.

    Text before the first heading is a part without a label.
    """
    dividing = _Dividing(document, style)
    for place in range(first, end):
        dividing.add(place)
    return dividing.finished()


class _Dividing:
    """The parts so far, and the one that the next block goes into."""

    __slots__ = ("current", "document", "parts", "reopened", "resumed", "style")

    def __init__(self, document: Document, style: Style) -> None:
        self.document = document
        self.style = style
        self.parts: list[Part] = []
        self.current = Part("presentation", "")
        self.resumed: Part | None = None
        """The presentation that a summary interrupts, to go on after it."""
        self.reopened: Part | None = None
        """The decision that goes on after a label for absence; it is among the parts already."""

    def finished(self) -> list[Part]:
        """All parts; the last is left out if it has neither label nor text."""
        self._close()
        return self.parts

    def add(self, place: int) -> None:
        """Puts the block at `place` where it belongs."""
        block, current = self.document.blocks[place], self.current
        label = self._opening(place, block) if len(self.parts) < _MOST_PARTS else None
        if label is not None:
            self._open(label, block)
            return
        if block.kind in (TEXT, HEADING):
            if self.document.is_noise(place):
                return
            if current.kind == "decision" and self._completes_heading(block):
                return
        if self.resumed is not None and current.has_text() and _is_theme(block):
            # Thematic headings after a summary inside the presentation are presentation again.
            self.parts.append(current)
            self.current = Part(
                self.resumed.kind, self.resumed.label, rule="section.resumed_presentation"
            )
            self.resumed = None
        elif current.kind == "absence" and not self._is_of_absence(block):
            self._resume_decision()
        self.current.blocks.append(block)

    def _close(self) -> None:
        if self.current is self.reopened:
            return
        if self.current.label or self.current.has_text():
            self.parts.append(self.current)

    def _open(self, label: Label, block: Block) -> None:
        before = self.current
        self._close()
        nested = label.kind == "summary" and before.kind == "presentation" and before.label
        self.resumed = before if nested and not before.has_text() else None
        self.current = Part(label.kind, label.text, [], label.committee, label.date, label.rule)
        if label.rest:
            self.current.blocks.append(block._replace(kind=TEXT, text=label.rest, strong=False))

    def _completes_heading(self, block: Block) -> bool:
        """A decision's heading that goes on on the next line: with the body and the date."""
        current = self.current
        if current.has_text():
            return False
        if current.committee is not None:
            return bool(current.date) and current.label.endswith(block.text.rstrip(":"))
        found = body_and_date(block.text)
        if found is None:
            return False
        current.committee, current.date = found.committee, found.date
        current.label = f"{current.label} {found.text}".strip()
        return True

    def _is_of_absence(self, block: Block) -> bool:
        """Whether a line under a label for absence tells of absence, or of nobody."""
        if block.kind == PAGE:
            return True
        if block.kind not in (TEXT, ITEM) or len(block.text) > _LONGEST_ABSENCE:
            return False
        text = plain(block.text)
        forms = self.document.vocabulary.forms.absence
        bare = text.lower().rstrip(".")
        if self.current.has_text() and not names.find_persons(text):
            return False
        return (
            not bare
            or bare in forms.nobody
            or bool(has_any(text, forms.said) or names.split_persons(text))
        )

    def _resume_decision(self) -> None:
        """Goes on with the decision that a label for absence interrupted, if there is one."""
        for back in range(len(self.parts) - 1, max(len(self.parts) - _MOST_ABSENCES, 0) - 1, -1):
            if self.parts[back].kind == "decision":
                self.parts.append(self.current)
                self.current = self.reopened = self.parts[back]
                return
            if self.parts[back].kind != "absence":
                return

    def _opening(self, place: int, block: Block) -> Label | None:
        """The label at `place`, if it opens a section here."""
        label, current = self.document.labels.get(place), self.current
        if label is None:
            if current.kind == "decision" and current.committee and current.date:
                label = decision_in_line(block.text) if block.kind == TEXT else None
            if label is None and self.style.bare_decisions:
                label = self._bare_decision(block) or self._bare_body(place)
            if label is None and current.kind == "decision" and current.has_text():
                label = self._returning(block)
            return label
        if label.key in self.document.vocabulary.matrix and self._is_matrix(place + 1):
            return label._replace(kind="routing", fixed=True)
        if not label.fixed and label.key not in self.style.loose:
            return None
        if label.rule == "label.recommends":
            # "Udvalget indstiller" is text of a recommendation, and of an empty decision.
            inside = current.kind == "recommendation" or (
                current.kind == "decision" and not current.has_text()
            )
            return None if inside else label
        quoted = label.kind == "decision" and current.kind == "presentation"
        if quoted and not label.committee and label.rest:
            return None if self.style.headed_alone or len(label.rest) > _LONG_DECISION else label
        return label

    def _returning(self, block: Block) -> Label | None:
        """A heading that no table knows, but that returns in most items."""
        if block.kind not in (TEXT, HEADING) or block.text not in self.style.headings:
            return None
        return Label("other", block.text, "", False, "label.returning")

    def _bare_decision(self, block: Block) -> Label | None:
        """A line of body and date as a decision's heading: of this meeting, or before a colon."""
        if block.kind not in (TEXT, HEADING) or self.current.kind in _NO_BODY_DATE:
            return None
        found = body_and_date(block.text)
        if found is not None and found.text in self.style.running_heads:
            return None
        if self.current.kind == "attachments" and found is not None:
            return found if found.date == self.style.date else None
        if found is None or self.style.date in (None, found.date):
            return found
        return found if block.text.rstrip().endswith(":") else None

    def _bare_body(self, place: int) -> Label | None:
        """A line of nothing but a body, over a date or where it is what heads the decisions."""
        blocks, text = self.document.blocks, self.document.blocks[place].text
        if place + 1 >= len(blocks) or not is_body(text):
            return None
        both = blocks[place]._replace(text=f"{text} {blocks[place + 1].text}")
        found = self._bare_decision(both)
        if found is not None or text != self.style.bare_body:
            return found
        return Label("decision", text, "", True, "label.body", text, self.style.date)

    def _is_matrix(self, place: int) -> bool:
        """Whether a line or table of codes stands at `place`, or after a page break there."""
        place = self.document.after_pages(place)
        if place >= len(self.document.blocks):
            return False
        block = self.document.blocks[place]
        words = block.rows[0] if block.kind == TABLE and block.rows else block.text.split()
        return is_codes([word for word in words if word])


def is_codes(words: Sequence[str]) -> bool:
    """Whether the words are the codes of bodies: `DIR BFU SOS BSK`."""
    return len(words) >= _FEW_CODES and all(_CODE.fullmatch(word) for word in words)


def _is_theme(block: Block) -> bool:
    """Whether a block is a thematic heading, in type or by its wording."""
    text = block.text
    if block.kind != TEXT:
        return block.kind == HEADING
    if block.strong and len(text) < _LONGEST_STRONG:
        return True
    return (
        block.gap
        and 3 < len(text) < _LONGEST_THEME
        and text[0].isupper()
        and text[-1] not in _NOT_THEME_END
        and not text.startswith(("http", "www"))
    )


def author(parts: Sequence[Part]) -> str | None:
    """The initials that sign the presentation (`/KARB`), or `None`."""
    for part in parts:
        if part.kind in _NO_AUTHOR:
            continue
        for block in part.blocks[-3:]:
            match = _SIGNED.match(block.text) if len(block.text) <= _LONGEST_SIGNATURE else None
            if match:
                return match[1]
    return None
