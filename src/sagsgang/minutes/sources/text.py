"""Markdown and plain text, as PDF converters and web pages leave it.

Headings may stand at any level, in bold, or without any mark; tables are lines of
tab-separated cells or Markdown pipes; paragraphs may be broken over lines.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from typing import Final

from ..blocks import (
    HEADING,
    ITEM,
    PAGE,
    TABLE,
    TEXT,
    Block,
    BlockKind,
    BlockStream,
    UnreadableDocument,
)
from ..danish import hyphens
from .decoding import decoded, encoding_of
from .inline import nfc
from .text_furniture import without_furniture
from .text_lines import depth_of, goes_on, heading_of, is_rule, is_wrapped, list_mark, words_of
from .text_tables import Rows, has_leaders, is_pipe_rule, pipe_rows, tab_rows

MAX_BYTES: Final = 200_000_000
MAX_BLOCKS: Final = 650_000
"""After so many blocks lines are no longer told apart, so that memory stays bounded."""

_CELLS: Final = 4
"""So many cells of a table take the room of a block."""
_PIECE: Final = 2_000_000
"""Bytes of text that are read at a time: more than a set of minutes has."""
_AFTER_MARK: Final = frozenset((".", ")", " "))


def read_text(data: bytes) -> BlockStream:
    """The blocks of a text file in UTF-8, UTF-16 with a byte order mark, or Windows-1252.

    Offsets count characters of the text after normalisation (NFC, line ends, hyphens).

    Raises:
        UnreadableDocument: the file is too large.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableDocument(
            "Teksten er over 200 MB. Del den op i ét dokument pr. møde, og læs dem hver for sig."
        )
    reading = _Reading()
    marked = False
    for piece in _pieces(data):
        text = normalise(piece)
        marked = marked or "\n#" in text or text.startswith("#") or "**" in text
        reading.read(text)
    media_type = "text/markdown" if marked else "text/plain"
    return BlockStream(reading.blocks, media_type, reading.page, tuple(reading.notes))


def blocks_of_text(text: str) -> list[Block]:
    """The blocks of Markdown or plain text, in order."""
    reading = _Reading()
    reading.read(normalise(text))
    return reading.blocks


def normalise(text: str) -> str:
    """NFC text with line feeds, ordinary spaces and line-break hyphenation undone."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\u00a0" in text:
        text = text.replace("\u00a0", " ")
    return hyphens.repair(nfc(text))


def _pieces(data: bytes) -> Iterator[str]:
    """The text of `data`; that of a very large file in pieces, each to the end of a line."""
    if len(data) <= _PIECE:
        yield decoded(data)
        return
    decoder = codecs.getincrementaldecoder(encoding_of(data))("replace")
    rest = ""
    for start in range(0, len(data), _PIECE):
        text = rest + decoder.decode(data[start : start + _PIECE])
        cut = text.rfind("\n") + 1 or text.rfind(" ") + 1 or len(text)
        rest = text[cut:]
        yield text[:cut]
    yield rest + decoder.decode(b"", final=True)


# What stands at a line: kind, text, level, marker, rows, whether it is set in bold, and how many
# lines it takes. It prints nothing where it has neither text nor rows.
_Found = tuple[BlockKind, str, int, str, Rows, bool, int]


class _Reading:
    """A text being read piece by piece: the blocks so far, and where the next piece begins."""

    __slots__ = ("blocks", "counted", "gap", "notes", "page", "room", "start")

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.room = MAX_BLOCKS
        self.counted = 0
        """Blocks that are taken off the room."""
        self.notes: list[tuple[str, str]] = []
        self.page: int | None = None
        self.start = 0
        self.gap = True

    def read(self, text: str) -> None:
        """Adds the blocks of the next piece of text, which is normalised."""
        end = self.start + len(text)
        lines = text.split("\n")
        if not lines[-1]:
            lines.pop()
        paged = "\f" in text
        if paged and self.page is None:
            self.page = 1
        room = self._room_left()
        rest = lines[room:]
        del lines[room:]
        self._add_lines(lines, paged=paged)
        if rest:
            self._add_undivided(rest)
        self.start = end

    def _add_lines(self, lines: list[str], *, paged: bool) -> None:
        lines, room = without_furniture(lines)
        wrapped = is_wrapped(lines)
        at, start, gap = 0, self.start, self.gap
        while at < len(lines):
            line = lines[at]
            body = line.strip()
            if paged and "\f" in line:
                self._break_page(start)
                gap = True
            if not body:
                gap = True
                at, start = at + 1, start + room[at]
                continue
            read = _paragraph if _is_plain(body, line) else _marked
            kind, text, level, marker, rows, strong, taken = read(lines, at, body, wrapped)
            end = start + sum(room[at : at + taken - 1]) + len(lines[at + taken - 1])
            if text or rows:
                block = Block(kind, text, level, marker, rows, self.page, start, end, strong, gap)
                self.blocks.append(block)
            gap = not (text or rows)
            at, start = at + taken, start + sum(room[at : at + taken])
        self.start, self.gap = start, gap

    def _room_left(self) -> int:
        """How many blocks there is room for after those of the pieces before."""
        for block in self.blocks[self.counted :]:
            self.room -= 1 + sum(map(len, block.rows)) // _CELLS
        self.counted = len(self.blocks)
        return max(self.room, 0)

    def _break_page(self, start: int) -> None:
        self.page = (self.page or 1) + 1
        self.blocks.append(Block(PAGE, page=self.page, start=start, end=start))

    def _add_undivided(self, lines: Sequence[str]) -> None:
        """Adds the rest of a text that has more lines than any set of minutes."""
        if not self.notes:
            message = (
                f"The text has more than {MAX_BLOCKS} lines and paragraphs. "
                f"From character {self.start} on they are not told apart."
            )
            self.notes.append(("text_undivided", message))
        text = " ".join("\n".join(lines).split())
        end = self.start + sum(len(line) + 1 for line in lines)
        if text:
            self.blocks.append(Block(TEXT, text, page=self.page, start=self.start, end=end - 1))
        self.start, self.gap = end, False


def _is_plain(body: str, line: str) -> bool:
    """Whether a line begins with no mark: a word of at least two letters, and no cells."""
    return (
        body[0].isalpha() and body[1:2] not in _AFTER_MARK and body[-1] != "|" and "\t" not in line
    )


def _paragraph(lines: Sequence[str], at: int, body: str, wrapped: bool) -> _Found:
    """A paragraph, with the lines that it goes on over."""
    taken = 1
    if at + 1 < len(lines) and lines[at + 1]:
        body, taken = _gathered(lines, at, body, wrapped)
    words, strong = words_of(body)
    return TEXT, words, 0, "", (), strong, taken


def _gathered(lines: Sequence[str], at: int, body: str, wrapped: bool) -> tuple[str, int]:
    """The text of the paragraph that begins with `body` on line `at`, and its number of lines."""
    parts = [body]
    following = at + 1
    while following < len(lines) and goes_on(lines[following - 1], lines[following], wrapped):
        parts.append(lines[following].strip())
        following += 1
    return " ".join(parts), following - at


def _marked(lines: Sequence[str], at: int, body: str, wrapped: bool) -> _Found:
    """What begins at a line that is not plainly a paragraph's."""
    first = body[0]
    if first == "#":
        level, title = heading_of(body)
        return HEADING, title, level, "", (), True, 1
    if first == "|" and body.count("|") > 1:
        taken, rows = pipe_rows(lines, at)
        return TABLE, "", 0, "", rows, False, taken
    if "\t" in lines[at] and not has_leaders(body):
        rows = tab_rows(lines, at)
        if rows:
            return TABLE, "", 0, "", rows, False, len(rows)
    if is_rule(body):
        return TEXT, "", 0, "", (), False, 1
    if body[-1] == "|" and first != "|":
        # A row of a table that lost its other cells.
        body = body.strip("| ")
        if is_pipe_rule(body):
            return TEXT, "", 0, "", (), False, 1
    marker, text = list_mark(body)
    if marker:
        text, taken = _gathered(lines, at, text, wrapped)
        words, strong = words_of(text)
        return ITEM, words, depth_of(lines[at]), marker, (), strong, taken
    return _paragraph(lines, at, body, wrapped)
