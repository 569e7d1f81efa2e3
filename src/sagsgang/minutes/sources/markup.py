"""Blocks of HTML elements: paragraphs, headings, lists, tables, labels with values.

Only text, emphasis, tables, lists and addresses that `inline.safe_address` lets through are
read from the tree; attributes, scripts and everything else never reach a block, so there is
nothing to sanitise afterwards. The tree is walked without recursion: markup may be nested
as deeply as the parser allows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from lxml import etree

from ..blocks import Block
from .grid import GridBuilder, is_layout
from .inline import BOLD, ITALIC, Run, fold, safe_address, written
from .list_marks import ordinal, typed_marker
from .stream import BlockWriter

SKIPPED: Final = frozenset(
    "script style noscript template svg math button input select textarea option optgroup "
    "datalist progress meter iframe object embed applet audio video canvas map head title "
    "link meta base del frameset nav".split()
)
# Elements that only begin a new line.
_PLAIN: Final = frozenset(
    "p div section article header footer main aside blockquote address figure figcaption "
    "fieldset legend center form body html details hgroup search dialog "
    "tr td th thead tbody tfoot caption hr dd".split()
)
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_BLOCKS: Final = _PLAIN.union(_HEADINGS, "table ul ol menu dir li dl dt summary pre".split())
_LISTS: Final = frozenset(("ul", "ol", "menu", "dir"))
_ENDS_HEADING: Final = frozenset(("p", "ul", "ol", "dl", "table", "pre", "blockquote"))
_STYLES: Final = {"b": BOLD, "strong": BOLD, "i": ITALIC, "em": ITALIC}
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|[6-9]00|normal|[1-5]00)", re.IGNORECASE)
_SLANT = re.compile(r"font-style\s*:\s*(italic|oblique|normal)", re.IGNORECASE)
_LIST_TYPES: Final = {"a": "a", "A": "A", "i": "i", "I": "I"}
_LIST_STYLES: Final = (
    ("lower-alpha", "a"), ("lower-latin", "a"), ("upper-alpha", "A"), ("upper-latin", "A"),
    ("lower-roman", "i"), ("upper-roman", "I"),
)  # fmt: skip
_LONGEST_NAME: Final = 80
_LONGEST_LIST_OF_NAMES: Final = 4_000


def write_element(element: etree._Element, out: BlockWriter, base: str = "") -> None:
    """Writes the blocks of `element` and all in it, without its tail.

    `base` is the document's own address, for links that begin with `/`.
    """
    _Walk(out, base).walk(element)


def blocks_of(elements: Iterable[etree._Element], base: str = "") -> list[Block]:
    """The blocks of `elements`, one after another."""
    out = BlockWriter()
    for element in elements:
        write_element(element, out, base)
    return out.blocks


def line_of(element: etree._Element, base: str = "") -> str:
    """All text of `element` as one line, without emphasis that spans it whole."""
    if not len(element):
        return fold(element.text or "")
    parts: list[str] = []
    for block in blocks_of((element,), base):
        if block.marker:
            parts.append(block.marker)
        parts.append(block.text)
    return " ".join(parts)


class _List:
    """An open list: its form, the number of its next point, whether a point has been seen."""

    __slots__ = ("form", "number", "started")

    def __init__(self, element: etree._Element) -> None:
        self.form = _list_form(element) if element.tag == "ol" else "-"
        self.number = _whole_number(element.get("start"), 1)
        self.started = False

    def marker(self, point: etree._Element) -> str:
        if self.form == "-":
            return "-"
        self.number = _whole_number(point.get("value"), self.number)
        marker = f"{ordinal(self.number, self.form)}."
        self.number += 1
        return marker


def _list_form(element: etree._Element) -> str:
    form = _LIST_TYPES.get(element.get("type") or "", "")
    style = element.get("style")
    if not form and style:
        form = next((form for name, form in _LIST_STYLES if name in style), "")
    return form or "1"


def _whole_number(text: str | None, default: int) -> int:
    if text and len(text) < 7 and text.strip().isdecimal():
        return int(text)
    return default


class _Walk:
    """One walk over a tree: the line being gathered and where in the document it stands."""

    __slots__ = (
        "address", "base", "before", "gap", "heading", "in_dt", "in_summary", "label", "lists",
        "named", "out", "point", "pre", "runs", "style",
    )  # fmt: skip

    def __init__(self, out: BlockWriter, base: str) -> None:
        self.out = out
        self.base = base
        self.runs: list[Run] = []
        self.style = 0
        self.address = ""
        self.before: list[tuple[int, str]] = []
        """Style and address outside each element that is open."""
        self.gap = True
        self.heading = 0
        self.lists: list[_List] = []
        self.point: tuple[str, int] | None = None
        self.pre = 0
        self.in_dt = self.in_summary = False
        self.label = ""
        """The text of a `dt` whose value has not been met."""
        self.named = -1
        """Index of the block that holds a label and its first value."""

    def walk(self, root: etree._Element) -> None:
        """Visits every element in document order, and writes what is in it."""
        element: etree._Element | None = root
        while element is not None:
            self.before.append((self.style, self.address))
            if self._start(element, element.tag):
                text = element.text
                if text:
                    self._text(text)
                if len(element):
                    element = element[0]
                    continue
            element = self._leave(element, root)
        self._flush()

    def _leave(self, element: etree._Element, root: etree._Element) -> etree._Element | None:
        """The element after `element`; the ends of those that are left are taken in."""
        while True:
            tag = element.tag
            if tag in _BLOCKS:
                self._end_block(tag)
            self.style, self.address = self.before.pop()
            if element is root:
                return None
            text = element.tail
            if text:
                self._text(text)
            following = element.getnext()
            if following is not None:
                return following
            parent = element.getparent()
            if parent is None:
                return None
            element = parent

    def _text(self, text: str) -> None:
        if self.pre:
            self._preformatted(text)
        elif self.runs or not text.isspace():
            self.runs.append(Run(text, self.style, self.address))

    def _preformatted(self, text: str) -> None:
        first, *rest = text.split("\n")
        self.runs.append(Run(first, self.style, self.address))
        for line in rest:
            self._break()
            self.runs.append(Run(line, self.style, self.address))

    def _start(self, element: etree._Element, tag: str) -> bool:
        """Takes in the beginning of an element; whether to go into it."""
        if tag in _BLOCKS:
            if not self._start_block(element, tag):
                return False
        elif tag == "br":
            self._break()
        elif tag in _STYLES:
            self.style |= _STYLES[tag]
        elif tag == "a":
            self.address = safe_address(element.get("href") or "", self.base) or self.address
        elif tag in SKIPPED or not isinstance(tag, str):
            return False
        style = element.get("style")
        if style:
            self._restyle(style)
        return True

    def _start_block(self, element: etree._Element, tag: str) -> bool:
        if self.heading and tag in _ENDS_HEADING:
            self._flush()
            self.heading = 0
        self._boundary()
        if tag in _PLAIN:
            return True
        if tag in _HEADINGS:
            self.heading = _HEADINGS[tag]
        elif tag in _LISTS:
            self.lists.append(_List(element))
        elif tag == "li":
            self._start_point(element)
        elif tag == "table":
            return not self._table(element)
        elif tag == "dt":
            self._bare_label()
            self.in_dt = True
        elif tag == "summary":
            self.in_summary = True
        elif tag == "pre":
            self.pre += 1
        return True

    def _start_point(self, element: etree._Element) -> None:
        if not self.lists:
            self.point = ("-", 0)
            return
        current = self.lists[-1]
        self.point = (current.marker(element), len(self.lists) - 1)
        self.gap = not current.started and len(self.lists) == 1
        current.started = True

    def _end_block(self, tag: str) -> None:
        if tag == "dt":
            self.label = written(self.runs)[0]
            self.runs = []
            self.in_dt = False
            self.named = -1
            return
        if tag in _HEADINGS:
            self._flush()
            self.heading = 0
            self.gap = True
            return
        self._boundary()
        if tag in _PLAIN:
            return
        if tag == "li":
            self.point = None
        elif tag in _LISTS and self.lists:
            self.lists.pop()
        elif tag == "dl":
            self._bare_label()
            self.named = -1
        elif tag == "summary":
            self.in_summary = False
        elif tag == "pre" and self.pre:
            self.pre -= 1

    def _restyle(self, style: str) -> None:
        weight = _WEIGHT.search(style)
        if weight:
            self.style &= ~BOLD
            if weight[1][0] in "bB6789":
                self.style |= BOLD
        slant = _SLANT.search(style)
        if slant:
            self.style &= ~ITALIC
            if slant[1][0] not in "nN":
                self.style |= ITALIC

    def _break(self) -> None:
        """A `br`: a new line, or an empty one."""
        if self.heading or self.in_dt:
            self.runs.append(Run(" "))
            return
        self.gap = not self._flush()

    def _boundary(self) -> None:
        """The edge of a block element: a new line with space before it."""
        if not self.runs:
            self.gap = self.gap or self.point is None
        elif self.heading or self.in_dt:
            self.runs.append(Run(" "))
        elif self._flush() or self.point is None:
            self.gap = True

    def _flush(self) -> bool:
        """Writes the gathered line, if there is one; whether there was."""
        if not self.runs:
            return False
        runs, self.runs = self.runs, []
        if self.heading:
            return self._write_heading(fold("".join(run.text for run in runs)))
        text, strong = written(runs)
        if not text:
            return False
        if self.label or self.named >= 0:
            self._write_value(text, strong)
        else:
            self._write_line(text, strong or self.in_summary)
        return True

    def _write_heading(self, text: str) -> bool:
        if not text:
            return False
        self._bare_label()
        self.named = -1
        if self.point is not None:
            if self.point[0] != "-":
                text = f"{self.point[0]} {text}"
            self.point = None
        self.out.heading(text, self.heading)
        return True

    def _write_line(self, text: str, strong: bool) -> None:
        if self.point is not None:
            marker, depth = self.point
            self.point = None
            self.out.item(text, marker, depth, strong=strong, gap=self.gap)
            return
        if not strong:
            marker, rest = typed_marker(text)
            if marker:
                self.out.item(rest, marker, 0, gap=self.gap)
                return
        self.out.text(text, strong=strong, gap=self.gap)

    def _write_value(self, text: str, strong: bool) -> None:
        """A value of a `dl`: on one line with its label, short ones after one another."""
        out = self.out
        if self.label and self.point is None:
            out.text(f"**{self.label}** {text}", gap=self.gap)
            self.label = ""
            self.named = len(out.blocks) - 1
            return
        if self.label:
            self._bare_label()
        elif self.named == len(out.blocks) - 1 and self.point is None:
            last = out.blocks[-1].text
            short = len(text) <= _LONGEST_NAME and len(last) <= _LONGEST_LIST_OF_NAMES
            if short and last[-1] not in ".:;!?":
                out.replace_last(f"{last}, {text}")
                return
        self.named = -1
        self._write_line(text, strong)

    def _bare_label(self) -> None:
        """Writes a `dt` that has no value on its line."""
        if self.label:
            label, self.label = self.label, ""
            self.out.text(label, strong=True, gap=self.gap)
            self.gap = True

    def _table(self, table: etree._Element) -> bool:
        """Writes a table of figures or facts; not one that only lays out the page."""
        if is_layout(table):
            return False
        grid = GridBuilder()
        captions: list[etree._Element] = []
        for row in rows_of(table, captions):
            grid.start_row()
            for cell in row:
                if cell.tag in ("td", "th"):
                    span = _whole_number(cell.get("colspan"), 1)
                    down = _whole_number(cell.get("rowspan"), 1)
                    grid.cell(line_of(cell, self.base), span, down)
        if grid.is_page:
            return False
        self._bare_label()
        self.named = -1
        for caption in captions:
            self.out.text(line_of(caption, self.base), gap=self.gap)
        self.out.table(grid.rows())
        self.point = None
        self.gap = True
        return True


def rows_of(table: etree._Element, captions: list[etree._Element]) -> list[etree._Element]:
    """A table's rows, the foot last; its captions are added to `captions`."""
    rows: list[etree._Element] = []
    foot: list[etree._Element] = []
    for part in table:
        if part.tag == "tr":
            rows.append(part)
        elif part.tag == "caption":
            captions.append(part)
        elif part.tag == "tfoot":
            foot.extend(part.iterchildren("tr"))
        elif part.tag in ("thead", "tbody"):
            rows.extend(part.iterchildren("tr"))
    return rows + foot
