"""A Word paragraph's runs as lines: text with its style, links, notes, breaks, text boxes."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Final

from lxml import etree

from .docx_package import R, W
from .docx_styles import Styles, is_on, value_of
from .inline import BOLD, ITALIC, Run, safe_address

_RUN: Final = f"{W}r"
_RUN_PROPERTIES: Final = f"{W}rPr"
_CHARACTER_STYLE: Final = f"{W}rStyle"
_HIDDEN: Final = 4
_TOGGLES: Final = {f"{W}b": BOLD, f"{W}i": ITALIC, f"{W}vanish": _HIDDEN}
_SKIPPED: Final = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "rPr", "pPr", "sdtPr"))
_LINK: Final = f"{W}hyperlink"
_FORMULA: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_BOX: Final = f"{W}txbxContent"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_FIELD_LINK = re.compile(r"HYPERLINK\s+\"([^\"]{1,2000})\"", re.IGNORECASE)
# Characters of the fonts Symbol and Wingdings that mark a choice in a table.
_MARKS: Final = frozenset(("F0FC", "F0FE", "F078", "F0FD", "F054", "F052"))


class Line:
    """A line of a paragraph, up to a line break."""

    __slots__ = ("has_tab", "page_break", "runs")

    def __init__(self, page_break: bool = False) -> None:
        self.runs: list[Run] = []
        self.has_tab = False
        self.page_break = page_break
        """A page break stands before the line."""


class RunReader:
    """Reads paragraphs, given the document's styles, addresses and notes."""

    def __init__(self, styles: Styles, addresses: dict[str, str], notes: dict[str, str]) -> None:
        self._styles = styles
        self._addresses = addresses
        self._notes = notes

    def lines(
        self, paragraph: etree._Element, style: str
    ) -> tuple[list[Line], list[etree._Element]]:
        """The paragraph's lines, and the contents of text boxes anchored in it."""
        base = 0
        if style:
            base |= BOLD if self._styles.is_bold(style) else 0
            base |= ITALIC if self._styles.is_italic(style) else 0
        reading = _Paragraph(self, base)
        reading.read(paragraph)
        if reading.notes:
            text = " ".join(f"(note: {note})" for note in reading.notes)
            reading.lines[-1].runs.append(Run(f" {text}"))
        return reading.lines, reading.boxes

    def style_of(self, run: etree._Element, base: int) -> int | None:
        """A run's style, or `None` where it is hidden."""
        properties = run[0] if len(run) else None
        if properties is None or properties.tag != _RUN_PROPERTIES:
            return base
        own = ""
        set_to: dict[int, bool | None] = {}
        for each in properties:
            tag = each.tag
            if tag in _TOGGLES:
                set_to[_TOGGLES[tag]] = is_on(each)
            elif tag == _CHARACTER_STYLE:
                own = value_of(each)
        if set_to.get(_HIDDEN):
            return None
        if own:
            set_to.setdefault(BOLD, self._styles.is_bold(own) or None)
            set_to.setdefault(ITALIC, self._styles.is_italic(own) or None)
        style = base
        for toggle in (BOLD, ITALIC):
            value = set_to.get(toggle)
            if value is not None:
                style = style | toggle if value else style & ~toggle
        return style

    def address(self, link: etree._Element) -> str:
        """The address of a hyperlink element, or `""`."""
        return self._addresses.get(link.get(f"{R}id") or "", "")

    def note(self, reference: etree._Element, kind: str) -> str:
        """The text of the note that a reference in the text leads to, or `""`."""
        return self._notes.get(f"{kind} {reference.get(f'{W}id')}", "")


class _Paragraph:
    """The reading of one paragraph; iterative, as markup may be nested deeply."""

    def __init__(self, reader: RunReader, base: int) -> None:
        self.lines = [Line()]
        self.boxes: list[etree._Element] = []
        self.notes: list[str] = []
        self._reader = reader
        self._base = base
        self._field_address = ""
        self._instruction = ""

    def read(self, paragraph: etree._Element) -> None:
        """Reads all runs, also those in links, fields and insertions."""
        stack = [(iter(paragraph), "")]
        while stack:
            children, address = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
            elif child.tag == _RUN:
                self._run(child, address)
            elif child.tag == _LINK:
                stack.append((iter(child), self._reader.address(child) or address))
            elif child.tag == _FORMULA:
                self._add(child.text or "", self._base, address)
            elif child.tag not in _SKIPPED:
                stack.append((iter(child), address))

    def _run(self, run: etree._Element, address: str) -> None:
        style = self._reader.style_of(run, self._base)
        for child in run.iterchildren("*"):
            name = child.tag.removeprefix(W)
            if name == "fldChar":
                self._field(child.get(f"{W}fldCharType") or "")
            elif name == "instrText":
                self._instruction = (self._instruction + (child.text or ""))[:4_000]
            elif style is not None:
                self._content(child, name, style, address or self._field_address)

    def _content(self, child: etree._Element, name: str, style: int, address: str) -> None:
        if name == "t":
            self._add(child.text or "", style, address)
        elif name == "tab" or name == "ptab":
            self.lines[-1].has_tab = True
            self._add("\t", style, address)
        elif name == "br" or name == "cr":
            self._break(child)
        elif name == "noBreakHyphen":
            self._add("-", style, address)
        elif name == "sym":
            if (child.get(f"{W}char") or "").upper() in _MARKS:
                self._add("x", style, address)
        elif name in ("footnoteReference", "endnoteReference"):
            note = self._reader.note(child, name.removesuffix("Reference"))
            if note:
                self.notes.append(note)
        elif name not in ("rPr", "lastRenderedPageBreak"):
            self._boxes(child)

    def _add(self, text: str, style: int, address: str) -> None:
        self.lines[-1].runs.append(Run(text, style, address))

    def _break(self, element: etree._Element) -> None:
        page = element.get(f"{W}type") == "page"
        line = self.lines[-1]
        if page and not line.runs:
            line.page_break = True
        else:
            self.lines.append(Line(page))

    def _field(self, kind: str) -> None:
        """Takes in the marks of a field: its instruction may be a link."""
        if kind == "begin":
            self._instruction = ""
        elif kind == "separate":
            match = _FIELD_LINK.search(self._instruction)
            if match:
                self._field_address = safe_address(match[1])
        elif kind == "end":
            self._field_address = ""

    def _boxes(self, element: etree._Element) -> None:
        """Finds text boxes in a drawing; a fallback repeats what the choice has."""
        for box in element.iter(_BOX):
            around = takewhile(lambda up: up is not element, box.iterancestors())
            if not any(up.tag in (_BOX, _FALLBACK) for up in around):
                self.boxes.append(box)
