"""Items without numbers: by the heads and labels that return with each of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from ..blocks import HEADING, PAGE, TABLE
from .compose import plain
from .document import Document
from .head_lines import is_head_line, is_mark_line, is_other_fact, names_a_case
from .item_heads import Start, facts_below
from .openness import without_mark
from .titles import may_be_title, printed_title, reads_like_title

# The order in which an item's sections mostly stand.
_ORDER: Final = {
    "summary": 0, "procedure": 1, "routing": 1, "law": 2, "presentation": 3, "economy": 4,
    "hearing": 4, "other": 4, "participants": 4, "recommendation": 5, "decision": 6,
    "announcement": 6, "related": 7, "next_steps": 7, "attachments": 8, "absence": 8,
}  # fmt: skip
_DECIDED: Final = _ORDER["decision"]
_MAY_RETURN: Final = frozenset(
    {"absence", "attachments", "economy", "other", "related", "law", "hearing"}
)
_MAY_BEGIN: Final = frozenset({"summary", "procedure", "routing", "law"})
_CLOSING: Final = frozenset({"absence", "attachments"})
_FURTHEST_BACK: Final = 4
_LONGEST_HEAD: Final = 200
_ONE_HEAD: Final = 4
"""Head lines with no more than so many blocks between belong to one item."""
_MOST_STEPS: Final = 24
_LABEL_NEAR: Final = 5


def starts_of_cycles(document: Document, cycles: Sequence[int], first: int) -> list[Start]:
    """Items by their returning heads; the title is what stands alone just above or below."""
    alone = _title_of_page(cycles[0], first, document) if len(cycles) == 1 else None
    if alone is not None:
        return [_start_below(alone, printed_title(document.blocks[alone]), document)]
    floors = (first, *(cycle + 1 for cycle in cycles))
    above = [_title_above(*pair, document) for pair in zip(cycles, floors, strict=False)]
    titled = _prints_titles_above(above)
    return [
        _start_below(found.place, found.title, document)
        if titled and found.title is not None
        else _start_at(cycle, document)
        for cycle, found in zip(cycles, above, strict=True)
    ]


def _title_of_page(cycle: int, first: int, document: Document) -> int | None:
    """Where the title of a page with one item stands: above a button, before the first label."""
    for place in range(first, cycle - 1):
        if document.is_noise(place + 1) and reads_like_title(place, document):
            return None if document.is_noise(place) else place
    return None


def _start_below(place: int, title: str, document: Document) -> Start:
    """The item whose title stands at `place`, above its head."""
    words, closed = without_mark(title, document.vocabulary)
    facts = facts_below(place + 1, document, words)
    shut = facts.closed if closed is None else closed
    return Start(
        place, facts.body, None, words or None, bool(shut), facts.case_number, "item.title_before"
    )


def _start_at(place: int, document: Document) -> Start:
    """The item whose head begins at `place`; a title may stand below it."""
    facts = facts_below(place, document, "")
    title, closed, body = None, facts.closed, facts.body
    below = document.after_pages(body)
    if body > place and _is_title_below(below, document):
        title, mark = without_mark(printed_title(document.blocks[below]), document.vocabulary)
        closed = closed if mark is None else mark
        body = below + 1
    return Start(place, body, None, title or None, bool(closed), facts.case_number, "item.cycle")


def _is_title_below(place: int, document: Document) -> bool:
    """Whether a line stands alone between the case number and a label, fixed or loose."""
    if not may_be_title(place, document):
        return False
    text = printed_title(document.blocks[place])
    return (
        (text[:1].isupper() or text[:1].isdigit())
        and text[-1] not in ".:;,"
        and document.after_pages(place + 1) in document.labels
    )


# --- titles above heads --------------------------------------------------------------------


class _Above(NamedTuple):
    """The title above an item's head, where there is one."""

    title: str | None
    place: int
    certain: bool = False


def _prints_titles_above(found: Sequence[_Above]) -> bool:
    """Whether the document prints titles above the heads of its items.

    The first is left out where there are others: above it stands the head of the document.
    """
    titled = sum(one.title is not None for one in found)
    if len(found) > 1 and found[0].title is not None and titled * 4 >= len(found) * 3:
        return True
    later = found[1:] or found
    certain = sum(one.title is not None and one.certain for one in later)
    return certain * 2 > len(later)


def _title_above(cycle: int, floor: int, document: Document) -> _Above:
    """The title above the head at `cycle`, not further up than `floor`."""
    place = _above_head(cycle, max(floor, cycle - _MOST_STEPS), document)
    if place is None or not reads_like_title(place, document):
        return _Above(None, cycle)
    block = document.blocks[place]
    certain = (
        block.kind == HEADING
        or not document.blocks[place + 1].gap
        or _label_above(place, document) not in _CLOSING
    )
    return _Above(printed_title(block), place, certain)


def _above_head(cycle: int, floor: int, document: Document) -> int | None:
    """The line above an item's head, past its other head lines, page breaks and buttons."""
    for place in range(cycle - 1, floor - 1, -1):
        block = document.blocks[place]
        if block.kind == PAGE or document.is_noise(place):
            continue
        if block.kind == TABLE or document.has_fixed_label(place):
            return None
        if is_head_line(block, document.vocabulary):
            continue
        if is_other_fact(plain(block.text), document.vocabulary):
            continue
        return place
    return None


def _label_above(place: int, document: Document) -> str | None:
    for position in range(place - 1, max(place - 1 - _LABEL_NEAR, -1), -1):
        if position in document.labels:
            return document.labels[position].kind
    return None


# --- where a new cycle begins --------------------------------------------------------------


def find_cycles(document: Document, rounds: Sequence[int], first: int) -> Sequence[int]:
    """The indices of the blocks with which a new round of case number, mark and labels begins.

    Where most rounds begin with a case number or a mark of open or closed, those begin the
    items; elsewhere a label that returns does.
    """
    heads = _head_lines(document, first)
    return heads if heads and len(heads) * 5 >= len(rounds) * 3 else rounds


def _head_lines(document: Document, first: int) -> list[int]:
    """Case numbers and marks of open or closed; of those that stand together the first."""
    found: list[int] = []
    last, under = -_ONE_HEAD - 1, None
    for place in range(first, len(document.blocks)):
        if document.has_fixed_label(place):
            under = document.labels[place].kind
            last = -_ONE_HEAD - 1
            continue
        block = document.blocks[place]
        if block.kind in (PAGE, TABLE) or len(block.text) > _LONGEST_HEAD:
            continue
        if not is_head_line(block, document.vocabulary):
            continue
        if under == "attachments" and not (
            names_a_case(block, document.vocabulary) or is_mark_line(block, document.vocabulary)
        ):
            continue
        if place - last > _ONE_HEAD:
            found.append(place)
        last = place
    return found


class _Mark(NamedTuple):
    """A fixed label: its block, the form it is compared in, its kind."""

    place: int
    name: str
    kind: str


def label_rounds(document: Document, first: int) -> list[int]:
    """Where a new round of the fixed labels begins: with one that returns."""
    marks = _fixed_marks(document, first)
    ranks: dict[str, int] = {}
    rounds: list[int] = []
    seen: set[str] = set()
    last_rank = -1
    for position, mark in enumerate(marks):
        rank = ranks.setdefault(mark.name, len(ranks))
        if not rounds or _returns(mark, rank, last_rank, seen, len(rounds)):
            moved = rounds and marks[position - 1].place != rounds[-1]
            begin = _first_of_round(marks, position) if moved else position
            rounds.append(marks[begin].place)
            seen = {marks[other].name for other in range(begin, position)}
            last_rank = -1
        seen.add(mark.name)
        last_rank = max(last_rank, rank)
    return rounds


def _fixed_marks(document: Document, first: int) -> list[_Mark]:
    """The fixed labels in order, from the first that an item can begin with."""
    marks = [
        _Mark(place, label.key, label.kind)
        for place, label in document.labels.items()
        if place >= first
        and label.fixed
        and label.rule != "label.recommends"
        and not document.doubles(place)
    ]
    leading = next((at for at, mark in enumerate(marks) if mark.kind not in _CLOSING), len(marks))
    return marks[leading:]


def _returns(mark: _Mark, rank: int, last_rank: int, seen: set[str], rounds: int) -> bool:
    """Whether a label begins a new round: it was there, or others that follow it were."""
    if mark.kind in _MAY_RETURN:
        return False
    if mark.name in seen:
        return mark.kind != "presentation" or last_rank >= rank
    return rank < last_rank and rounds > 1


def _first_of_round(marks: Sequence[_Mark], position: int) -> int:
    """A label new to the document just before one that returns may already begin the item."""
    for other in range(position - 1, max(position - 1 - _FURTHEST_BACK, 0), -1):
        if marks[other].kind not in _MAY_BEGIN:
            break
        if _ORDER.get(marks[other - 1].kind, 0) >= _DECIDED:
            return other
    return position
