"""Light Markdown, the text of sections, divided so that nothing of it is lost.

`blocks_of` and `text_of` are inverse for every text, and so are `pieces_of` and `line_of`: what
is not exactly a list, a table, emphasis or a link is a paragraph's plain text, as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from .escapes import ODD

Rows = tuple[tuple[str, ...], ...]


class Paragraph(NamedTuple):
    """Lines that belong together; one without lines stands for line ends after the last block."""

    gap: int
    """Line ends before the block: two where a blank line parts it from the one before."""
    lines: tuple[str, ...]


class Entry(NamedTuple):
    """A list's entry, with its marker as printed."""

    indent: int
    marker: str
    text: str


class Listing(NamedTuple):
    """List entries on lines that follow on each other."""

    gap: int
    entries: tuple[Entry, ...]


class Grid(NamedTuple):
    """A table of Markdown pipes; the first row is its header."""

    gap: int
    rows: Rows


Block = Paragraph | Listing | Grid

Style = Literal["text", "strong", "em", "link", "address"]


class Piece(NamedTuple):
    """A stretch of a line: its text, or the pieces that emphasis or a link is put around."""

    style: Style
    text: str = ""
    """The text; a link's address."""
    inside: tuple[Piece, ...] = ()


_ENTRY: Final = re.compile(r"( *+)([-*+•–]|[0-9]{1,4}[.)]|\(?[A-Za-z][.)]) (.+)", re.DOTALL)
_MONTH: Final = re.compile(r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)", re.IGNORECASE)
_RULE: Final = re.compile(r"\|(?: --- \|)+")
_ADDRESS: Final = rf"((?:https?://|mailto:)[^\s()<>\"\\{ODD}]++)"
_MARK: Final = re.compile(
    rf"(?<!\*)(\*{{1,3}}+)(?!\*)|\[([^\[\]<>\n]+)\]\({_ADDRESS}\)|<{_ADDRESS}>", re.IGNORECASE
)
_LONGEST_HEADING: Final = 80
_SENTENCE_ENDS: Final = frozenset(".,;")
_STYLES: Final[tuple[tuple[Style, ...], ...]] = ((), ("em",), ("strong",), ("strong", "em"))
_SIGNS: Final[dict[Style, str]] = {"em": "*", "strong": "**"}


def blocks_of(text: str) -> list[Block]:
    """The paragraphs, lists and tables of a text, in order."""
    lines = text.split("\n")
    blocks: list[Block] = []
    place, gap = 0, 0
    while place < len(lines):
        if lines[place]:
            block, place = _block(lines, place, gap)
            blocks.append(block)
            gap = 1
        else:
            place, gap = place + 1, gap + 1
    if gap > 1:
        blocks.append(Paragraph(gap - 1, ()))
    return blocks


def text_of(blocks: Iterable[Block]) -> str:
    """The text that `blocks_of` divided into these blocks."""
    parts = []
    for block in blocks:
        parts.append("\n" * block.gap)
        if isinstance(block, Grid):
            parts.append(pipes(block.rows))
        elif isinstance(block, Listing):
            parts.append("\n".join(entry_line(*entry) for entry in block.entries))
        else:
            parts.append("\n".join(block.lines))
    return "".join(parts)


def tables_in(text: str) -> list[Rows]:
    """The rows of each table that stands in a text."""
    if "|" not in text:
        return []
    return [block.rows for block in blocks_of(text) if isinstance(block, Grid)]


def pipes(rows: Sequence[Sequence[str]]) -> str:
    """Rows, the header first, as a table of Markdown pipes."""
    lines = []
    for row in rows:
        cells = " | ".join(cell.replace("|", "\\|") for cell in row)
        lines.append(f"| {cells} |")
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines)


def entry_line(indent: int, marker: str, text: str) -> str:
    """A list's entry as a line."""
    return f"{' ' * indent}{marker} {text}"


def _block(lines: Sequence[str], place: int, gap: int) -> tuple[Block, int]:
    """The block that begins on the line at `place`, and the line after it."""
    if _begins_table(lines, place):
        return _table(lines, place, gap)
    entry = _entry(lines[place])
    if entry is not None:
        entries = []
        while entry is not None:
            entries.append(entry)
            place += 1
            entry = _entry(lines[place]) if place < len(lines) else None
        return Listing(gap, tuple(entries)), place
    first = place
    while place < len(lines) and lines[place] and not _entry(lines[place]):
        if _begins_table(lines, place):
            break
        place += 1
    return Paragraph(gap, tuple(lines[first:place])), place


def _entry(line: str) -> Entry | None:
    match = _ENTRY.fullmatch(line)
    if match is None or (match[2][-1] == "." and match[2][0].isdigit() and _MONTH.match(match[3])):
        # "15. september" is a date.
        return None
    return Entry(len(match[1]), match[2], match[3])


def _begins_table(lines: Sequence[str], place: int) -> bool:
    return (
        lines[place].startswith("|")
        and place + 1 < len(lines)
        and _RULE.fullmatch(lines[place + 1]) is not None
    )


def _table(lines: Sequence[str], place: int, gap: int) -> tuple[Block, int]:
    """A table, or a paragraph where its lines are not written as `pipes` would write them."""
    end = place
    while end < len(lines) and lines[end].startswith("|"):
        end += 1
    rows = tuple(
        tuple(cell.replace("\\|", "|") for cell in line[2:-2].split(" | "))
        for line in (lines[place], *lines[place + 2 : end])
    )
    even = len({len(row) for row in rows}) == 1
    if even and pipes(rows) == "\n".join(lines[place:end]):
        return Grid(gap, rows), end
    return Paragraph(gap, tuple(lines[place:end])), end


def pieces_of(text: str) -> tuple[Piece, ...]:
    """The plain text, emphasis and links of a paragraph, an entry or a cell."""
    if "*" not in text and "](" not in text and "<" not in text:
        return (Piece("text", text),) if text else ()
    line = _Line()
    place = 0
    for match in _MARK.finditer(text):
        line.text(text[place : match.start()])
        place = match.end()
        if match[1]:
            line.stars(match[1], text[match.start() - 1 : match.start()], text[place : place + 1])
        elif match[2]:
            line.add(Piece("link", match[3], pieces_of(match[2])))
        else:
            line.add(Piece("address", match[4]))
    line.text(text[place:])
    return line.pieces()


def heading_of(block: Block, following: Sequence[Block]) -> str:
    """The words of a line that is a heading within its text, or `""`.

    That is a short line that stands in bold whole, with something under it; texts have no other
    headings.
    """
    if not isinstance(block, Paragraph) or len(block.lines) != 1 or not following:
        return ""
    pieces = pieces_of(block.lines[0])
    if len(pieces) != 1 or pieces[0].style != "strong":
        return ""
    words = line_of(pieces[0].inside)
    return "" if len(words) > _LONGEST_HEADING or words[-1] in _SENTENCE_ENDS else words


def plain_text(text: str) -> str:
    """The words of a text on one line, without emphasis, addresses and the rules of tables."""
    lines = (line for line in text.split("\n") if not _RULE.fullmatch(line))
    return " ".join(" ".join(_bare(pieces_of(line.strip("| "))) for line in lines).split())


def plain_lines(text: str) -> str:
    """The words of a text without emphasis and addresses, its lines and paragraphs kept."""
    lines = (line for line in text.split("\n") if not _RULE.fullmatch(line))
    return "\n".join(_bare(pieces_of(line)).rstrip() for line in lines)


def _bare(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text if not piece.inside else _bare(piece.inside) for piece in pieces)


def line_of(pieces: Iterable[Piece]) -> str:
    """The text that `pieces_of` divided into these pieces."""
    parts = []
    for style, text, inside in pieces:
        if style == "text":
            parts.append(text)
        elif style == "address":
            parts.append(f"<{text}>")
        elif style == "link":
            parts.append(f"[{line_of(inside)}]({text})")
        else:
            parts.append(f"{_SIGNS[style]}{line_of(inside)}{_SIGNS[style]}")
    return "".join(parts)


class _Line:
    """A line being divided: the pieces so far, and the emphasis that is open, outermost first."""

    def __init__(self) -> None:
        self._open: list[tuple[Style, list[Piece]]] = [("text", [])]

    def text(self, text: str) -> None:
        if text:
            self.add(Piece("text", text))

    def add(self, piece: Piece) -> None:
        self._open[-1][1].append(piece)

    def stars(self, stars: str, before: str, after: str) -> None:
        """Opens or closes emphasis; stars that do neither are text."""
        styles = _STYLES[len(stars)]
        opened = {style for style, _ in self._open[1:]}
        # A single star within a word, as in 2*3*4, is no emphasis.
        alone = len(stars) == 1
        if opened.issuperset(styles) and _ends(before) and not (alone and _in_word(after)):
            self._close(styles)
        elif opened.isdisjoint(styles) and _ends(after) and not (alone and _in_word(before)):
            self._open.extend((style, []) for style in styles)
        else:
            self.text(stars)

    def pieces(self) -> tuple[Piece, ...]:
        """All pieces, when the line is at its end."""
        while len(self._open) > 1:
            self._give_up()
        return tuple(self._open[0][1])

    def _close(self, styles: tuple[Style, ...]) -> None:
        left = set(styles)
        while left:
            style = self._open[-1][0]
            if style in left:
                left.remove(style)
                inside = tuple(self._open.pop()[1])
                self.add(Piece(style, "", inside))
            else:
                self._give_up()

    def _give_up(self) -> None:
        """The innermost emphasis has no end: its mark is text."""
        style, pieces = self._open.pop()
        self.text(_SIGNS[style])
        self._open[-1][1].extend(pieces)


def _ends(character: str) -> bool:
    return bool(character) and not character.isspace()


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"
