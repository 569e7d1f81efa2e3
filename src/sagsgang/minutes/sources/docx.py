"""Word documents (.docx): headings by style, lists as numbered in print, tables, emphasis.

The body is read from the XML paragraph by paragraph, each let go of once it is read, so that
a document of thousands of pages fits in memory. Page headers and footers, comments, hidden
text and deleted text are left out; inserted text is read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

from lxml import etree

from ..blocks import BlockStream, UnreadableDocument
from . import docx_contents
from .decoding import decoded
from .docx_package import Package, R, Relation, W, checked_xml
from .docx_runs import Line, RunReader
from .docx_styles import Numbering, Styles, has_leader, is_list_marker, value_of, whole
from .fragments import content_blocks
from .grid import GridBuilder
from .inline import fold, safe_address, written
from .list_marks import typed_marker
from .stream import BlockWriter

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOCUMENT: Final = "word/document.xml"

_P: Final = f"{W}p"
_TBL: Final = f"{W}tbl"
_TR: Final = f"{W}tr"
_TC: Final = f"{W}tc"
_BODY: Final = f"{W}body"
_ALT_CHUNK: Final = f"{W}altChunk"
_INSIDE: Final = frozenset((_P, _TBL, _TC, f"{W}txbxContent"))
# What only groups other elements, or marks them as inserted.
_WRAPPERS: Final = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")
)
_EMBEDDED: Final = (".html", ".htm", ".xhtml", ".txt")


def read_docx(data: bytes) -> BlockStream:
    """The blocks of a Word document.

    Raises:
        UnreadableDocument: the file is damaged, encrypted, too large, or has no text.
    """
    package = Package(data)
    name = document_part(package)
    body = package.read(name) if name else None
    if body is None or not name:
        raise UnreadableDocument(
            "Filen er ikke et Word-dokument: den mangler selve teksten (word/document.xml). "
            "Åbn den i Word, og gem den som .docx eller PDF."
        )
    reader = _Reader(package, name)
    try:
        reader.read(checked_xml(body))
    except etree.LxmlError as error:
        raise UnreadableDocument(
            "Word-filens tekst er beskadiget og kan ikke læses helt. Åbn filen i Word, og gem "
            "den igen, eller gem den som PDF."
        ) from error
    blocks = docx_contents.with_leaders(reader.out.blocks, reader.tabbed)
    if not blocks:
        raise UnreadableDocument(
            "Word-filen har ingen tekst. Er referatet sat ind som billeder, så gem det som PDF, "
            "og læs det med --ocr."
        )
    return BlockStream(blocks, MEDIA_TYPE, notes=tuple(reader.notes))


def document_part(package: Package) -> str | None:
    """The name of the part with the document's text, or `None` where there is none."""
    if DOCUMENT in package.names():
        return DOCUMENT
    for relation in package.relations("").values():
        if relation.kind == "officeDocument" and "word/" in relation.target:
            return relation.target
    return None


class _Reader:
    """Reads the body of one document into blocks."""

    def __init__(self, package: Package, name: str) -> None:
        self.out = BlockWriter()
        self.notes: list[tuple[str, str]] = []
        self.tabbed: list[docx_contents.TabbedLine] = []
        """Lines that may be contents, where no style tells."""
        self._package = package
        self._relations = package.relations(name)
        self._styles = Styles(self._part("styles"))
        self._numbering = Numbering(self._part("numbering"))
        self._runs = RunReader(self._styles, self._addresses(), self._notes_of_pages())
        self._in_list = False

    def _part(self, kind: str) -> etree._Element | None:
        relation = self._relation(kind)
        return self._package.tree(relation.target) if relation else None

    def _relation(self, kind: str) -> Relation | None:
        inside = (each for each in self._relations.values() if not each.external)
        return next((each for each in inside if each.kind == kind), None)

    def _addresses(self) -> dict[str, str]:
        return {
            key: safe_address(relation.target)
            for key, relation in self._relations.items()
            if relation.external and relation.kind == "hyperlink"
        }

    def _notes_of_pages(self) -> dict[str, str]:
        """The text of each footnote and endnote, by the kind and id that refer to it."""
        texts: dict[str, str] = {}
        for kind in ("footnote", "endnote"):
            root = self._part(f"{kind}s")
            for note in root.iterchildren(f"{W}{kind}") if root is not None else ():
                key = f"{kind} {note.get(f'{W}id')}"
                texts[key] = fold(" ".join(each.text or "" for each in note.iter(f"{W}t")))
        return texts

    def read(self, body: bytes) -> None:
        """Reads paragraphs and tables as the parser comes to their ends."""
        events = etree.iterparse(
            io.BytesIO(body),
            events=("end",),
            tag=(_P, _TBL, _ALT_CHUNK),
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        for _, element in events:
            parent = element.getparent()
            if parent is None or not _is_outermost(parent):
                continue
            if element.tag == _ALT_CHUNK:
                self._embedded(element)
            elif element.tag == _TBL:
                self._table(element)
            else:
                self._paragraph(element)
            element.clear()
            while element.getprevious() is not None:
                del parent[0]

    def _embedded(self, element: etree._Element) -> None:
        """A whole HTML page or text inserted by a program; other formats are told of."""
        relation = self._relations.get(element.get(f"{R}id") or "")
        target = relation.target if relation and not relation.external else ""
        data = self._package.read(target) if target.endswith(_EMBEDDED) else None
        if data is None:
            self.notes.append(
                ("part_unread", "The Word file holds another document, which is not read.")
            )
            return
        for block in content_blocks(decoded(data)):
            self.out.add(block)

    def _paragraph(self, paragraph: etree._Element) -> None:
        properties = paragraph.find(f"{W}pPr")
        style = _style_of(properties)
        lines, boxes = self._runs.lines(paragraph, style)
        level = self._heading_level(properties, style)
        marker, depth = self._marker(properties, style)
        if level:
            self._heading(lines, level, marker)
        else:
            contents = has_leader(properties) or self._styles.is_contents_line(style)
            self._lines(lines, marker, depth, contents)
        for box in boxes:
            for child in _flat(box):
                if child.tag == _P:
                    self._paragraph(child)
                elif child.tag == _TBL:
                    self._table(child)

    def _heading_level(self, properties: etree._Element | None, style: str) -> int:
        outline = properties.find(f"{W}outlineLvl") if properties is not None else None
        if outline is not None:
            level = whole(outline, 9) + 1
            return level if level < 10 else 0
        return self._styles.heading_level(style) if style else 0

    def _marker(self, properties: etree._Element | None, style: str) -> tuple[str, int]:
        """The paragraph's marker, which is counted here, and its depth."""
        number, depth = self._styles.numbering(style) if style else ("", 0)
        own = properties.find(f"{W}numPr") if properties is not None else None
        if own is not None:
            number = value_of(own.find(f"{W}numId")) or number
            depth = whole(own.find(f"{W}ilvl"), depth)
        if not number or number == "0":
            return "", 0
        indent = self._styles.indent(style) if style and not depth else depth
        return self._numbering.marker(number, depth), indent

    def _heading(self, lines: list[Line], level: int, marker: str) -> None:
        self._in_list = False
        words = [fold("".join(run.text for run in line.runs)) for line in lines]
        text = " ".join(filter(None, words))
        if text and marker and marker != "-":
            text = f"{marker} {text}"
        for line in lines:
            if line.page_break:
                self.out.page_break()
        self.out.heading(text, level)

    def _lines(self, lines: list[Line], marker: str, depth: int, contents: bool) -> None:
        """Writes a paragraph's lines; the first has the marker."""
        gap = True
        if not any(line.runs for line in lines):
            self._in_list = False
        for line in lines:
            if line.page_break:
                self.out.page_break()
            text, strong = self._line_text(line, contents)
            if not text:
                gap = True
                continue
            if marker and is_list_marker(marker):
                self.out.item(text, marker, depth, strong=strong, gap=not self._in_list)
                self._in_list = True
            else:
                self._plain(f"{marker} {text}" if marker else text, strong, gap)
            marker, gap = "", False

    def _plain(self, text: str, strong: bool, gap: bool) -> None:
        marker, rest = ("", "") if strong else typed_marker(text)
        if marker:
            self.out.item(rest, marker, 0, gap=gap and not self._in_list)
            self._in_list = True
        else:
            self.out.text(text, strong=strong, gap=gap)
            self._in_list = False

    def _line_text(self, line: Line, contents: bool) -> tuple[str, bool]:
        """A line's text; in a line of contents leaders take the place of the tab."""
        if line.has_tab:
            entry = docx_contents.parted("".join(run.text for run in line.runs))
            if entry and contents:
                return docx_contents.line(*entry), False
            if entry:
                place = len(self.out.blocks)
                self.tabbed.append(docx_contents.TabbedLine(place, int(entry[1])))
        return written(line.runs)

    def _table(self, table: etree._Element) -> None:
        """Writes a table, or the text in it where it only lays out the page."""
        self._in_list = False
        grid = GridBuilder()
        cells: list[etree._Element] = []
        layout = False
        for row in _flat(table):
            if row.tag == _TR and not _is_deleted(row.find(f"{W}trPr")):
                grid.start_row()
                layout = self._row(row, grid, cells) or layout
        if not layout and not grid.is_page:
            self.out.table(grid.rows())
            return
        for cell in cells:
            for child in _flat(cell):
                if child.tag == _P:
                    self._paragraph(child)
                elif child.tag == _TBL:
                    self._table(child)

    def _row(self, row: etree._Element, grid: GridBuilder, cells: list[etree._Element]) -> bool:
        """Adds a row's cells; whether one has headings or a table, so that it is layout."""
        layout = False
        before = row.find(f"{W}trPr/{W}gridBefore")
        if before is not None and 0 < whole(before, 0) < 20:
            grid.cell("", whole(before, 0))
        for cell in _flat(row):
            if cell.tag != _TC:
                continue
            properties = cell.find(f"{W}tcPr")
            span = properties.find(f"{W}gridSpan") if properties is not None else None
            merged = properties.find(f"{W}vMerge") if properties is not None else None
            cells.append(cell)
            if merged is not None and value_of(merged) != "restart":
                grid.cell("", whole(span, 1))
                continue
            text, has_structure = self._cell(cell)
            layout = layout or has_structure
            grid.cell(text, whole(span, 1))
        return layout

    def _cell(self, cell: etree._Element) -> tuple[str, bool]:
        """A cell's text on one line, and whether it has headings or a table."""
        parts: list[str] = []
        for child in _flat(cell):
            if child.tag == _TBL:
                return "", True
            if child.tag != _P:
                continue
            properties = child.find(f"{W}pPr")
            style = _style_of(properties)
            if self._heading_level(properties, style):
                return "", True
            lines, boxes = self._runs.lines(child, style)
            if boxes:
                return "", True
            parts += [written(line.runs)[0] for line in lines]
        return " ".join(filter(None, parts)), False


def _is_outermost(parent: etree._Element) -> bool:
    """Whether what `parent` holds is the body's own, not part of a table or a text box."""
    if parent.tag == _BODY:
        return True
    if parent.tag in _INSIDE:
        return False
    return not any(up.tag in _INSIDE for up in parent.iterancestors())


def _style_of(properties: etree._Element | None) -> str:
    return value_of(properties.find(f"{W}pStyle")) if properties is not None else ""


def _is_deleted(properties: etree._Element | None) -> bool:
    return properties is not None and properties.find(f"{W}del") is not None


def _flat(element: etree._Element) -> Iterator[etree._Element]:
    """The children, with what only groups them left out of account."""
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag in _WRAPPERS:
            stack.append(iter(child))
        else:
            yield child
