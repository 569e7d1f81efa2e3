"""The table of contents: with dots and page numbers, in columns, or as a plain list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from ..blocks import HEADING, ITEM, PAGE, TABLE, TEXT, Block
from ..danish import case_numbers
from .compose import plain
from .document import Document
from .numbering import NUMBERED
from .openness import without_mark
from .vocabulary import Vocabulary, key

_LEADERS: Final = re.compile(r"\.{3}|…{2}|\. \. \. ")
_LEADER_CHARACTERS: Final = " .…"
_DIGITS: Final = "0123456789"
_LEADER_ENDS: Final = (*_DIGITS, ".....")
_LONGEST_PAGE: Final = 5
_CUT_OFF: Final = re.compile(r"(?P<title>.{50,}\S) (?P<page>\d{1,3})$")
_ENDS_IN_PAGE: Final = re.compile(r"(?P<title>.*[^\d\s]) ?(?P<page>\d{1,3})$")
_FURTHEST_PAGE: Final = 40

_FEW_ENTRIES: Final = 3
_NEAR_TOP: Final = 400
_NEAR_HEADING: Final = 6
_FURTHEST_LEADER: Final = 12
_LONGEST_HEADING: Final = 40
_LONGEST_LINE: Final = 220
_LONGEST_TITLE: Final = 400
_FULL_LINE: Final = 40
_LONG_ENTRY: Final = 55
_BODY_KINDS: Final = frozenset({"summary", "recommendation", "decision", "presentation"})


class Entry(NamedTuple):
    """A line of the table of contents; `place` is the index of its block."""

    title: str | None
    page: int | None
    closed: bool
    number: str | None
    place: int


class Contents(NamedTuple):
    """The table of contents, and the index of the block after it (0: there is none)."""

    entries: Sequence[Entry]
    after: int


NO_CONTENTS: Final = Contents((), 0)


def find_contents(document: Document) -> Contents:
    """The document's table of contents."""
    heading = _heading(document)
    leaders = _leaders(document.blocks)
    if heading < 0 and len(leaders) < 2:
        return _unheaded_list(document)
    if leaders and (heading < 0 or leaders[0] - heading < _NEAR_HEADING):
        first = heading + 1 if heading >= 0 else leaders[0]
        return _with_leaders(document, first, leaders[-1])
    return _in_columns(document, heading + 1) or _plain_list(document, heading + 1)


def _heading(document: Document) -> int:
    """Where the contents' heading stands, or -1: near the top, and above all sections."""
    headings = document.vocabulary.document
    for place, block in enumerate(document.blocks[:_NEAR_TOP]):
        text = block.text
        if (
            len(text) < _LONGEST_HEADING
            and block.kind in (TEXT, HEADING)
            and headings.get(key(text)) == "contents"
        ):
            return place
        label = document.labels.get(place)
        if label is not None and label.fixed and label.kind in _BODY_KINDS:
            break
    return -1


# --- lines with dots -----------------------------------------------------------------------


def _leaders(blocks: Sequence[Block]) -> list[int]:
    """The lines near the top, and as far as they go on, that end in dots and a page number."""
    found: list[int] = []
    for place, block in enumerate(blocks):
        if place >= _NEAR_TOP and (not found or place - found[-1] > _FURTHEST_LEADER):
            break
        if "..." in block.text and block.text.endswith(_LEADER_ENDS) and _split_leader(block.text):
            found.append(place)
    return found


def _split_leader(text: str) -> tuple[str, int | None] | None:
    """The title and the page of a line with dots between them."""
    bare = text.rstrip().rstrip(_DIGITS)
    title = bare.rstrip(_LEADER_CHARACTERS)
    match = _LEADERS.search(bare, len(title))
    if match is None:
        return None
    digits = text.rstrip()[len(bare) :]
    return bare[: match.start()].rstrip(), _page(digits)


def _page(digits: str) -> int | None:
    return int(digits) if digits.isdecimal() and len(digits) <= _LONGEST_PAGE else None


def _with_leaders(document: Document, first: int, last: int) -> Contents:
    """Contents whose lines end in dots; what stands between is the beginning of the next title."""
    entries: list[Entry] = []
    pending = ""
    for place in range(first, last + 1):
        block = document.blocks[place]
        if block.kind in (PAGE, TABLE):
            continue
        text = _printed(block)
        found = _split_leader(text) if "..." in text else None
        if found is None and entries and block.kind == TEXT:
            found = _cut_off(text, entries[-1].page)
        if found is None:
            pending = f"{pending} {text}".strip() if len(text) < _LONGEST_LINE else ""
            pending = pending if len(pending) <= _LONGEST_TITLE else ""
            continue
        title, page = found
        entries.append(_entry(f"{pending} {title}".strip(), page, place, document.vocabulary))
        pending = ""
    return Contents(entries, last + 1)


def _cut_off(text: str, page: int | None) -> tuple[str, int] | None:
    """An entry too long for dots: `… der er fordrevet fi 13`."""
    match = _CUT_OFF.match(text)
    if match is None or page is None or not page <= int(match["page"]) <= page + _FURTHEST_PAGE:
        return None
    return match["title"], int(match["page"])


def _printed(block: Block) -> str:
    """A line as printed, with the number that made it a list item."""
    return (
        f"{block.marker} {block.text}" if block.kind == ITEM and block.marker != "-" else block.text
    )


def _entry(text: str, page: int | None, place: int, vocabulary: Vocabulary) -> Entry:
    text = plain(text).strip()
    openness = vocabulary.forms.openness
    word, _, rest = text.partition(" ")
    shut = False
    if rest[:1].isdigit() and word.lower() in (*openness.open_words, *openness.closed_words):
        text, shut = rest, word.lower() in openness.closed_words
    number, text = _numbered(text, vocabulary)
    title, closed = without_mark(text, vocabulary)
    return Entry(title or None, page, bool(closed) or shut, number, place)


def _numbered(text: str, vocabulary: Vocabulary) -> tuple[str | None, str]:
    """A line's number and title."""
    match = vocabulary.forms.numbers.prefixed.match(text)
    if match and (match["sep"].strip() or match["title"]):
        return match["number"], match["title"].strip()
    match = NUMBERED.match(text)
    if match and match["title"] and (match["sep"].strip() or len(match["number"]) < 4):
        return match["number"], match["title"].strip()
    return None, text


# --- columns -------------------------------------------------------------------------------


def _in_columns(document: Document, first: int) -> Contents | None:
    """Contents that the source gives as a table: number or title first, the page last."""
    entries: list[Entry] = []
    after = first
    for place in range(first, len(document.blocks)):
        block = document.blocks[place]
        if block.kind == TABLE:
            rows = [_row(row) for row in block.rows]
            found = [row for row in rows if row is not None]
            if len(found) * 2 <= len(rows):
                break
            entries += [_entry(*row, place, document.vocabulary) for row in found]
            after = place + 1
        elif block.kind != PAGE and not document.is_noise(place):
            break
    return Contents(entries, after) if len(entries) > 1 else None


def _row(row: Sequence[str]) -> tuple[str, int | None] | None:
    """A row's text and page number, or `None` where it has neither page nor item number."""
    cells = [cell for cell in row if cell]
    if len(cells) > 1 and (page := _page(cells[-1])) is not None:
        return " ".join(cells[:-1]), page
    if len(cells) > 1 and cells[0].rstrip(".:").isdecimal():
        return " ".join(cells), None
    return None


# --- lists without a heading ---------------------------------------------------------------


def _unheaded_list(document: Document) -> Contents:
    """A list numbered from 1 near the top, of titles that most stand alone again below it."""
    entries: list[Entry] = []
    for place, block in enumerate(document.blocks[:_NEAR_TOP]):
        label = document.labels.get(place)
        if label is not None and label.fixed and label.kind in _BODY_KINDS:
            break
        number = block.marker.rstrip(".)") if block.kind == ITEM else ""
        if number == str(len(entries) + 1):
            entries.append(_entry(_printed(block), None, place, document.vocabulary))
        elif entries:
            break
    if len(entries) < _FEW_ENTRIES:
        return NO_CONTENTS
    after = entries[-1].place + 1
    alone = {
        key(block.text)
        for block in document.blocks[after:]
        if block.kind in (TEXT, HEADING) and len(block.text) <= _LONGEST_LINE
    }
    again = sum(key(entry.title or "") in alone for entry in entries)
    return Contents(entries, after) if again * 4 >= len(entries) * 3 else NO_CONTENTS


# --- plain lists ---------------------------------------------------------------------------


def _plain_list(document: Document, first: int) -> Contents:
    """Contents without dots: short lines up to where the first of them comes again."""
    reading = _PlainList(document)
    place = first
    while place < len(document.blocks) and reading.takes(place):
        place += 1
    entries = reading.entries
    if reading.last_are_items:
        # What stands just before a label or a case number is the first item, not an entry.
        near = place - 2
        while entries and entries[-1].place >= near:
            place = entries.pop().place
    if entries and (entries[-1].title or "").rstrip(".:)").isdecimal():
        place = entries.pop().place  # a number alone, above the first item's title
    if len(entries) < 2:
        return NO_CONTENTS
    numbered = [entry for entry in entries if entry.number]
    if numbered and len(numbered) * 2 >= len(entries):
        # What stands unnumbered among numbered entries is none (menus, dates, places).
        return Contents(_with_pages(numbered), numbered[-1].place + 1)
    return Contents(_with_pages(entries), place)


def _with_pages(entries: Sequence[Entry]) -> Sequence[Entry]:
    """The entries, with the page numbers that end all of them and rise from one to the next."""
    matches = [_ENDS_IN_PAGE.match(entry.title or "") for entry in entries]
    pages = [int(match["page"]) for match in matches if match]
    if len(pages) < len(entries) or pages != sorted(pages):
        return entries
    return [
        entry._replace(title=match["title"].rstrip(" ."), page=int(match["page"]))
        for entry, match in zip(entries, matches, strict=True)
        if match
    ]


class _PlainList:
    """Entries being gathered line by line."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.entries: list[Entry] = []
        self.last_are_items = False
        self._seen: set[str] = set()
        self._closed_group = False

    def takes(self, place: int) -> bool:
        """Reads the line at `place`; false where the contents end before it."""
        document = self.document
        block = document.blocks[place]
        if block.kind == PAGE or document.is_noise(place):
            return True
        if block.kind == TABLE or len(block.text) > _LONGEST_LINE:
            return False
        name = key(block.text)
        groups = document.vocabulary.groups
        if name in groups:
            self._closed_group = groups[name] is True
            return True
        if document.vocabulary.document.get(name) not in (None, "contents"):
            return False
        if self._begins_item(place):
            return False
        return self._adds(place)

    def _begins_item(self, place: int) -> bool:
        """Whether a section or the head of an item begins: the contents are over."""
        block = self.document.blocks[place]
        label = self.document.labels.get(place)
        opens = label is not None and label.fixed and (not self.entries or block.kind != ITEM)
        if not opens and not (self.entries and case_numbers.whole_line(block.text)):
            return False
        self.last_are_items = label is None or label.kind != "absence"
        return True

    def _adds(self, place: int) -> bool:
        """Adds the line as an entry, or to the entry before it; false if it was listed before."""
        block = self.document.blocks[place]
        entry = _entry(_printed(block), None, place, self.document.vocabulary)
        name = key(entry.title or "")
        if name and name in self._seen:
            return False
        if self.entries and entry.number and entry.number == self.entries[0].number:
            return False  # the numbers begin again: this is the first item
        self._seen.update((name, name.rstrip(_DIGITS).rstrip()))
        if self.entries and entry.number is None and self._goes_on(block.text, gap=block.gap):
            previous = self.entries.pop()
            entry = previous._replace(title=f"{previous.title or ''} {block.text}")
        closed = entry.closed or self._closed_group
        self.entries.append(entry._replace(closed=closed))
        return True

    def _goes_on(self, text: str, *, gap: bool) -> bool:
        """Whether a line in lower case, or close under a long one, goes on the entry before it."""
        before = self.entries[-1]
        size = len(before.title or "")
        if size > _LONGEST_TITLE:
            return False
        numbered = before.number is not None
        return (
            (text.islower() and size > _FULL_LINE)
            or (numbered and text[:1].islower())
            or (numbered and size > _LONG_ENTRY and not gap)
        )
