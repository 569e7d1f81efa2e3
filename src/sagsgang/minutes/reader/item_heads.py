"""The head of an item: its number and title, its case number, whether it is closed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from ..blocks import HEADING, ITEM, PAGE, TABLE, TEXT, Block
from ..danish import case_numbers
from ..danish.case_numbers import CaseNumber
from .compose import plain
from .document import Document
from .head_lines import case_of, is_head_line, is_other_fact, names_a_case
from .items import Candidate
from .openness import mark_among_facts, mark_of, without_mark
from .titles import may_be_title, printed_title, reads_like_title
from .vocabulary import Vocabulary, key

_BRACKETED: Final = re.compile(r"\s\(([^()\s]{6,40})\)$")
_MOST_LINES: Final = 7
_LONGEST_LINE: Final = 220
_LONGEST_MARK: Final = 60
_NO_REST: Final = re.compile(r"[.;]$|:|^[^a-zæøå]+$")
"""What the end of a title does not have: the end of a sentence, a label, figures alone."""
_FULL_LINE: Final = 65
_LONG_LINE: Final = 60
"""A heading over a full line may go on, in small letters, on the next line."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where an item begins: its head's blocks, from `first` up to the body at `body`."""

    first: int
    body: int
    number: str | None
    title: str | None
    closed: bool
    case_number: CaseNumber | None
    rule: str
    aside: tuple[int, ...] = ()
    """Lines between two printings of the title: names of attachments."""
    heading: str | None = None
    """The agenda's heading that stands over the item, as printed."""


def numbered_start(
    candidate: Candidate, document: Document, printed_before: int | None = None
) -> Start:
    """The head that begins with a line that has a number.

    Some print number and title twice: `printed_before` is where the first of them stands.
    """
    start = _numbered_start(candidate, document)
    if printed_before is None:
        above = _under_heading(start.first, document)
        text = plain(document.blocks[above].text) if 0 < above < start.first else None
        return replace(start, first=above, heading=text)
    between = range(printed_before + 1, start.first)
    aside = tuple(place for place in between if document.blocks[place].kind in (TEXT, ITEM))
    return replace(start, first=printed_before, aside=aside)


def _under_heading(first: int, document: Document) -> int:
    """Where the head begins with the agenda's heading over it, `LUKKEDE PUNKTER`, if there is one.

    It is a heading in capitals with nothing between it and the item, and is no label.
    """
    above = first - 1
    while above >= 0 and document.blocks[above].kind == PAGE:
        above -= 1
    if above < 0 or document.blocks[above].kind != HEADING or document.has_fixed_label(above):
        return first
    text = plain(document.blocks[above].text)
    return above if text.isupper() and len(text) <= _LONGEST_MARK else first


def _numbered_start(candidate: Candidate, document: Document) -> Start:
    first, body = candidate.place, candidate.place + 1
    title, closed = without_mark(candidate.title, document.vocabulary)
    if not title and closed is None:
        first, body, title, closed = _title_near(candidate.place, document)
    title, body = _continued(title, candidate.place, body, document)
    title, case = _case_in_title(title, document.vocabulary)
    facts = facts_below(body, document, title)
    return Start(
        first,
        facts.body,
        candidate.printed,
        title or None,
        bool(facts.closed if closed is None else closed),
        case or facts.case_number,
        candidate.rule,
    )


def _title_near(place: int, document: Document) -> tuple[int, int, str, bool | None]:
    """The title of a number that stands alone: on the next line, or on the one above.

    Returns where the head begins and where it goes on, the title, and what its mark says.
    """
    body = document.after_pages(place + 1)
    if may_be_title(body, document) or _is_title_like_a_label(body, document):
        title, closed = without_mark(printed_title(document.blocks[body]), document.vocabulary)
        return place, body + 1, title, closed
    above = place - 1
    label = document.labels.get(above)
    untitled = label is not None and label.fixed and not label.begins_titles
    if place and not untitled and _has_title(above, document):
        title, closed = without_mark(printed_title(document.blocks[above]), document.vocabulary)
        return above, place + 1, title, closed
    return place, place + 1, "", None


def _is_title_like_a_label(place: int, document: Document) -> bool:
    """Whether a title is worded as a label is: under a number, and above what follows a title.

    So is `Høring: Forslag til regulativ`.
    """
    label = document.labels.get(place)
    following = document.after_pages(place + 1)
    if label is None or following >= len(document.blocks):
        return False
    if document.has_fixed_label(following):
        return not label.rest or label.begins_titles
    return label.begins_titles and is_head_line(document.blocks[following], document.vocabulary)


def _has_title(place: int, document: Document) -> bool:
    block = document.blocks[place]
    return block.kind not in (PAGE, TABLE) and reads_like_title(place, document)


def _continued(title: str, place: int, body: int, document: Document) -> tuple[str, int]:
    """A title that was broken over two lines, put together."""
    start = document.blocks[place]
    if not title or body >= len(document.blocks):
        return title, body
    following = document.blocks[body]
    if start.kind != HEADING:
        goes_on = len(start.text) > _FULL_LINE and _is_rest_of_title(body, document)
        return (f"{title} {_printed(following)}", body + 1) if goes_on else (title, body)
    if body in document.labels or not following.text[:1].islower():
        return title, body
    if (following.kind == HEADING and following.level == start.level) or (
        following.kind == TEXT
        and not following.gap
        and len(start.text) > _LONG_LINE > len(following.text)
    ):
        return f"{title} {plain(following.text)}", body + 1
    return title, body


def _printed(block: Block) -> str:
    """A line as printed: what begins with a dash was read as a bullet."""
    return f"- {plain(block.text)}" if block.kind == ITEM else plain(block.text)


def _is_rest_of_title(place: int, document: Document) -> bool:
    """Whether a short line close under a long title is its end: what follows a title follows it."""
    block, below = document.blocks[place], place + 1
    if block.gap or len(block.text) > _LONG_LINE or place in document.labels:
        return False
    dashed = block.kind == ITEM and block.marker == "-" and block.text[0].islower()
    if not dashed and (block.kind != TEXT or not may_be_title(place, document)):
        return False
    if _NO_REST.search(block.text) or document.is_noise(place):
        return False
    if below >= len(document.blocks) or document.has_fixed_label(below):
        return True
    following = document.blocks[below]
    return (
        (following.gap and not block.text[0].isupper())
        or is_head_line(following, document.vocabulary)
        or is_other_fact(following.text, document.vocabulary)
    )


def _case_in_title(title: str, vocabulary: Vocabulary) -> tuple[str, CaseNumber | None]:
    """A title whose line also carries the case number, after its label or in brackets."""
    bracketed = _BRACKETED.search(title)
    if bracketed is not None:
        case = case_numbers.whole_line(bracketed[1])
        return (title, None) if case is None else (title[: bracketed.start()].rstrip(), case)
    match = vocabulary.forms.titles.case_label.search(title)
    case = case_numbers.whole_line(f"Sagsnr.: {title[match.end() :]}") if match else None
    if match is None or case is None:
        return title, None
    return title[: match.start()].strip(" -–"), case


# --- the lines below the title -------------------------------------------------------------


class Facts:
    """What the lines between a title and the first section say, and where they end."""

    __slots__ = ("body", "case_number", "closed")

    def __init__(self, body: int) -> None:
        self.body = body
        self.case_number: CaseNumber | None = None
        self.closed: bool | None = None

    def take(self, place: int, document: Document, title: str) -> bool:
        """Reads the line at `place`; false where the item's body begins with it."""
        block, vocabulary = document.blocks[place], document.vocabulary
        if block.kind == TABLE or len(block.text) > _LONGEST_LINE:
            return False
        if block.kind == ITEM and block.marker[:1].isdigit():
            return False
        label = document.labels.get(place)
        if label is not None and (label.fixed or label.kind == "routing"):
            return False
        text = plain(block.text)
        if title and key(text) == key(title):
            return True
        if vocabulary.forms.numbers.alone.fullmatch(text):
            return True
        case = case_of(block, vocabulary)
        if case is not None:
            self.case_number = self.case_number or case
            if self.closed is None:
                self.closed = mark_among_facts(text, vocabulary)
            return True
        return (
            names_a_case(block, vocabulary)
            or self._takes_mark(text, vocabulary)
            or document.is_noise(place)
            or is_other_fact(text, vocabulary)
        )

    def _takes_mark(self, text: str, vocabulary: Vocabulary) -> bool:
        mark = vocabulary.groups.get(key(text))
        if mark is None and len(text) < _LONGEST_MARK:
            mark = mark_of(text, vocabulary)
        if mark is None:
            return False
        self.closed = mark
        return True


def facts_below(place: int, document: Document, title: str) -> Facts:
    """The case number, the mark and the repeated title that stand from `place` on."""
    facts = Facts(place)
    for _ in range(_MOST_LINES):
        position = document.after_pages(facts.body)
        if position >= len(document.blocks) or not facts.take(position, document, title):
            break
        facts.body = position + 1
    return facts
