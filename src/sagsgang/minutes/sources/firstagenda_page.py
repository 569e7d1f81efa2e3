"""FirstAgenda Publication's page of one meeting, as a browser shows and saves it.

The facts stand in elements with classes of their own (`h1.dato`, `span.udvalg`,
`span.sted`; per item `tr.punktrow` with `h2.overskrift`, `span.sagsnummer` and `.details`).
The page is given in the print form that FirstAgenda's PDFs have, see `printed`.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from .inline import fold
from .markup import blocks_of
from .printed import PrintedHead, PrintedItem, document_word, write_head, write_item
from .stream import BlockWriter
from .tree import empty, selected, texts


def _has_class(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


_ROWS: Final = etree.XPath(f"//tr[{_has_class('punktrow')}]")
_KIND: Final = etree.XPath(f"(//h1[{_has_class('dato')}])[1]")
_COMMITTEE: Final = etree.XPath(f"(//*[{_has_class('udvalg')}])[1]")
_PLACE: Final = etree.XPath(f"(//*[{_has_class('sted')}])[1]")
_DATE: Final = etree.XPath(f"(//*[not(self::h1)][{_has_class('dato')}])[1]")
_NUMBER: Final = etree.XPath(f"(.//*[{_has_class('label')}])[1]")
_TITLE: Final = etree.XPath(f"(.//*[{_has_class('overskrift')}])[1]")
_CASE: Final = etree.XPath(f"(.//*[{_has_class('sagsnummer')}])[1]")
_DETAILS: Final = etree.XPath(f".//*[{_has_class('details')}]")
_NAMES_OF_FURNITURE: Final = (
    "sagsnummer", "overskrift", "dropdown", "dropdown-menu", "expand", "label", "badge",
    "pdf-label", "lydfilnavn",
)  # fmt: skip
_FURNITURE: Final = etree.XPath(
    f".//*[{' or '.join(_has_class(name) for name in _NAMES_OF_FURNITURE)}]"
)


def is_firstagenda(root: etree._Element) -> bool:
    """Whether the page has FirstAgenda's rows of items."""
    return bool(selected(_ROWS, root))


def write_page(root: etree._Element, out: BlockWriter, base: str = "") -> None:
    """Writes the page's meeting and items in print form."""
    kind, date = _text(_KIND, root), _text(_DATE, root)
    head = PrintedHead(
        document_word(kind),
        _text(_COMMITTEE, root),
        date or kind,
        _text(_PLACE, root),
    )
    write_head(head, out)
    for row in _outermost(selected(_ROWS, root)):
        write_item(_item(row, base), out)


def _outermost(elements: list[etree._Element]) -> list[etree._Element]:
    """Those of `elements`, given in document order, that stand in no other of them."""
    wanted = set(elements)
    inside: set[etree._Element] = set()
    found: list[etree._Element] = []
    for element in elements:
        if element not in inside:
            found.append(element)
            inside.update(each for each in element.iterdescendants() if each in wanted)
    return found


def _item(row: etree._Element, base: str) -> PrintedItem:
    number, title, case_number = _text(_NUMBER, row), _text(_TITLE, row), _text(_CASE, row)
    content = _outermost(selected(_DETAILS, row))
    for part in content:
        for element in selected(_FURNITURE, part):
            empty(element)
    if not number[:1].isdigit():
        # The class is Bootstrap's, and other marks of a row have it too.
        number = ""
    closed = "lukket" in (row.get("class") or "").lower()
    return PrintedItem(number, title, case_number, closed, blocks_of(content, base))


def _text(path: etree.XPath, element: etree._Element) -> str:
    found = selected(path, element)
    return fold(" ".join(texts(found[0]))) if found else ""
