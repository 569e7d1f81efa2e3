"""The reader: a stream of blocks becomes `Minutes`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ..blocks import HEADING, PAGE, TEXT, Block, BlockStream
from ..model import ContentsEntry, Item, Kind, Minutes, Source
from .comparison import (
    compare_contents,
    compare_head_dates,
    compare_item_dates,
    compare_items,
)
from .contents import find_contents
from .division import divide
from .document import Document
from .head import Head, read_head
from .item_heads import Start
from .item_reading import Meeting, read_item
from .labels import find_labels
from .members import members_of
from .municipality import municipality_of
from .pages import paged
from .reflow import reflow
from .report import Report
from .sections import Part, divide_sections, document_style
from .unplaced import (
    report_before_items,
    report_other_meetings,
    report_undivided,
    take_lost_pages,
)
from .vocabulary import Vocabulary, builtin, key

_LONGEST_GROUP: Final = 60


def read_blocks(
    stream: BlockStream, source: Source | None = None, vocabulary: Vocabulary | None = None
) -> Minutes:
    """`Minutes` from a source's blocks. Never fails: what cannot be placed is a finding.

    The stream is used up: blocks are let go as they are read, for a very long text has many.
    """
    vocabulary = vocabulary or builtin()
    blocks, lost = paged(stream.taken())
    report = Report((*stream.notes, *lost))
    blocks = reflow(blocks, vocabulary)
    document = Document(blocks, find_labels(blocks, vocabulary), vocabulary)

    contents = find_contents(document)
    starts = divide(document, contents)
    first = starts[0].first if starts else len(blocks)
    head = read_head(document, first, {entry.place for entry in contents.entries})
    municipality, rule = municipality_of(blocks, vocabulary)
    report.explain("/municipality", rule)
    report.explain("/date", head.date_rule)

    spans = _spans(starts, document)
    style = document_style(document, spans, head.date)
    divided = [divide_sections(document, *span, style) for span in spans]
    _complete_head(head, divided, report)
    kind = _kind(head, divided, report)
    members = members_of(head.facts, held=kind == "minutes")
    meeting = Meeting(vocabulary, head, kind, [member.name for member in members])

    take_lost_pages(starts, divided, report)
    compare_head_dates(head, report)
    starts = _grouped(document, starts)
    above = [_above_body(start, document) for start in starts]
    front = list(blocks[:first])
    del blocks, document
    items: list[Item] = []
    heading: str | None = None
    for start, lines, parts in zip(starts, above, divided, strict=True):
        heading = start.heading or heading
        item = replace(read_item(len(items), start, lines, parts, meeting, report), heading=heading)
        compare_item_dates(item, parts, head, report)
        report_other_meetings(item, parts, head, vocabulary, report)
        items.append(item)
        lines.clear()
        parts.clear()
    compare_contents(contents.entries, items, report)
    compare_items(items, vocabulary, report)
    if starts:
        report_before_items(Document(front, {}, vocabulary), contents, report)
    else:
        report_undivided(front, contents, report)
    return Minutes(
        municipality=municipality,
        committee=head.committee,
        term=head.term,
        kind=kind,
        date=head.date,
        start_time=head.start_time,
        place=head.place,
        members=members,
        contents=tuple(ContentsEntry(e.title, e.page, e.closed) for e in contents.entries),
        items=tuple(items),
        findings=report.findings(items),
        source=source,
        explanations=report.explanations(),
    )


def _spans(starts: Sequence[Start], document: Document) -> list[tuple[int, int]]:
    """The blocks of each item's body: up to where the next begins, or a heading above it."""
    ends = [start.first for start in starts[1:]] + [len(document.blocks)]
    return [
        (start.body, _without_group(start.body, stop, document))
        for start, stop in zip(starts, ends, strict=False)
    ]


def _without_group(body: int, stop: int, document: Document) -> int:
    """Where a body ends if the headings of the next group of items are left out."""
    while stop > body:
        block = document.blocks[stop - 1]
        heads_group = block.kind != PAGE and key(block.text) in document.vocabulary.groups
        if block.kind != PAGE and not (heads_group and len(block.text) < _LONGEST_GROUP):
            break
        stop -= 1
    return stop


def _above_body(start: Start, document: Document) -> list[Block]:
    """The lines of an item's head; where it has none, the first of its body."""
    return list(document.blocks[start.first : max(start.body, start.first + 1)])


def _grouped(document: Document, starts: Sequence[Start]) -> list[Start]:
    """The starts; closed are also those that stand under a heading such as »Lukkede punkter«."""
    grouped: list[Start] = []
    closed, floor = False, 0
    marked_above = bool(starts) and _mark_above(document, starts[0]) is not None
    for start in starts:
        for block in document.blocks[max(start.first - 2, floor) : start.first]:
            mark = _group_mark(document, block)
            closed = closed if mark is None else mark
        own = _mark_above(document, start) if marked_above else None
        if own is not None:
            closed = own
        grouped.append(replace(start, closed=closed) if closed or own is not None else start)
        floor = start.body
    return grouped


def _mark_above(document: Document, start: Start) -> bool | None:
    """What the line above an item's head says of its openness, where it is a mark."""
    return _group_mark(document, document.blocks[start.first - 1]) if start.first else None


def _group_mark(document: Document, block: Block) -> bool | None:
    if block.kind not in (TEXT, HEADING) or len(block.text) >= _LONGEST_GROUP:
        return None
    return document.vocabulary.groups.get(key(block.text))


# --- what the items say of the whole -------------------------------------------------------------


def _complete_head(head: Head, divided: Sequence[Sequence[Part]], report: Report) -> None:
    """Body and date of the meeting where only the decisions' headings say them."""
    headings = [
        part for parts in divided for part in parts if part.kind == "decision" and part.committee
    ]
    dates = [part.date for part in headings if part.date]
    if head.date is None and dates:
        head.date = max(dates)
        report.explain("/date", "date.decision_heading")
    if head.committee is None and headings:
        own = [part.committee for part in headings if part.date == head.date]
        bodies = Counter(own or [part.committee for part in headings])
        head.committee = bodies.most_common(1)[0][0]
        report.explain("/committee", "committee.decision_heading")


def _kind(head: Head, divided: Sequence[Sequence[Part]], report: Report) -> Kind:
    """Minutes or agenda: what the head says, else whether the meeting itself decided."""
    if head.kind is not None and head.kind != "agenda":
        report.explain("/kind", "kind.head")
        return head.kind
    decided = sum(any(_is_own_decision(part, head) for part in parts) for parts in divided)
    if head.kind == "agenda" and decided * 3 < max(len(divided), 1):
        report.explain("/kind", "kind.head")
        return "agenda"
    report.explain("/kind", "kind.decisions")
    return "minutes" if decided or not divided else "agenda"


def _is_own_decision(part: Part, head: Head) -> bool:
    if part.kind != "decision" or not head.decides(part.committee, part.date):
        return False
    return bool(part.text().strip())
