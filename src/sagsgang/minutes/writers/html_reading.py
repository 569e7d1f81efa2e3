"""The HTML pages that `html` writes, read back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree

from ..model import Attendance, ContentsEntry, Finding, Item, Minutes, Section
from . import wording
from .prose import entry_line, pipes
from .remainder import whole

_MEMBERS: Final = "body/header/section[@class='members']/ul/li"
_ENTRIES: Final = "body/nav/ol/li[@class='entry']"
_ITEMS: Final = "body/main/article"
_FINDINGS: Final = "body/main/section[@class='findings']/ul/li"
_DATA: Final = "body/footer/details[@class='data']/pre"
_BESIDE: Final = frozenset({"head", "nav", "footer"})
_MARKS: Final = {"strong": "**", "em": "*"}


# What a page that was changed by hand can hold instead of what was written.
_FAULTS: Final = (
    etree.LxmlError,
    LookupError,
    TypeError,
    ValueError,
    OverflowError,
    RecursionError,
)


def from_html(text: str) -> Minutes | None:
    """The minutes that `to_html` made a page of.

    `None` where the page was changed since, so that what was read out of it no longer holds.
    """
    try:
        root = _tree(text)
        return whole(_stated(root), json.loads(root.findtext(_DATA) or ""))
    except _FAULTS:
        return None


def plain_page(text: str) -> str | None:
    """Such a page without its mark, data, findings and what is shown beside the text: any page.

    `None` where it is nested too deeply to be taken in whole.
    """
    try:
        root = _tree(text)
    except _FAULTS:
        return None
    for element in list(root.iter()):
        parent = element.getparent()
        if parent is not None and _stands_beside(element):
            parent.remove(element)
    for header in root.iterfind(f"{_ITEMS}/header"):
        # What stands at the head of pages is seldom read; this is the head of an item.
        header.tag = "div"
    return str(etree.tostring(root, encoding="unicode", method="html"))


def _stands_beside(element: etree._Element) -> bool:
    names = (element.get("class") or "").split()
    return element.tag in _BESIDE or "shown" in names or "findings" in names


def _tree(text: str) -> etree._Element:
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True
    )
    root = etree.fromstring(text.encode("utf-8"), parser)
    if any(error.level_name == "FATAL" for error in parser.error_log):
        raise ValueError("nested too deeply")
    return root


def _stated(root: etree._Element) -> Minutes:
    """What the page's text states."""
    head = _marked(root.find("body/header"))
    return Minutes(
        municipality=_text(head, "municipality"),
        committee=_text(head, "committee"),
        term=_text(head, "term"),
        kind=wording.KINDS_BY_WORD[_text(head, "kind") or ""],
        date=_date_of(head.get("date")),
        start_time=_text(head, "start_time"),
        place=_text(head, "place"),
        members=tuple(map(_member_of, root.iterfind(_MEMBERS))),
        contents=tuple(map(_entry_of, root.iterfind(_ENTRIES))),
        items=tuple(_items(root)),
        findings=tuple(map(_finding_of, root.iterfind(_FINDINGS))),
    )


def _marked(element: etree._Element | None) -> dict[str, etree._Element]:
    """The elements inside that have a class, by it; the first of each class."""
    found: dict[str, etree._Element] = {}
    for child in element.iter() if element is not None else ():
        found.setdefault(child.get("class") or "", child)
    return found


def _text(marked: dict[str, etree._Element], name: str) -> str | None:
    return line_text(marked[name]) if name in marked else None


def _date_of(element: etree._Element | None) -> str | None:
    if element is None:
        return None
    said = line_text(element)
    return wording.date_meant(said) if element.find("time") is not None else said


def _member_of(line: etree._Element) -> Attendance:
    marked = _marked(line)
    party = "independent" if "independent" in marked else _text(marked, "party")
    present = _text(marked, "present") or _text(marked, "away")
    return Attendance(_text(marked, "name") or "", party, wording.PRESENCE_BY_WORD[present])


def _entry_of(line: etree._Element) -> ContentsEntry:
    marked = _marked(line)
    page = _text(marked, "page")
    return ContentsEntry(
        _text(marked, "title"), None if page is None else int(page), "closed" in marked
    )


def _items(root: etree._Element) -> Iterator[Item]:
    """The items, each under the heading that stands before it; a rule ends those under one."""
    heading: str | None = None
    for element in root.iterfind("body/main/*"):
        if element.tag == "article":
            yield _item_of(element, heading)
        elif element.tag in ("h2", "hr"):
            heading = line_text(element) or None


def _item_of(article: etree._Element, heading: str | None) -> Item:
    marked = _marked(article.find("header"))
    return Item(
        number=_text(marked, "number"),
        title=_text(marked, "title"),
        case_number=_text(marked, "case_number"),
        closed="closed" in marked,
        sections=tuple(map(_section_of, article.findall("section"))),
        heading=heading,
    )


def _section_of(section: etree._Element) -> Section:
    label = section.find("h3")
    text = section.find("div[@class='text']")
    return Section(
        "" if label is None else line_text(label),
        "other",
        "" if text is None else prose_text(text),
    )


def _finding_of(line: etree._Element) -> Finding:
    marked = _marked(line.find("p"))
    text = line.find("div")
    return Finding(
        _text(marked, "code") or "",
        "" if text is None else prose_text(text),
        _text(marked, "number"),
    )


def line_text(element: etree._Element) -> str:
    """The light Markdown (or plain text) that an element's line was written from."""
    return "".join(_texts(element))


def prose_text(element: etree._Element) -> str:
    """The light Markdown that an element's paragraphs, lists and tables were written from."""
    parts = []
    # Pictures are shown beside the text that names them.
    blocks = [block for block in element if block.tag != "figure"]
    for place, block in enumerate(blocks):
        parts.append("\n" * _counted(block, "data-gap", 2 if place else 0))
        if block.tag == "div":
            rows = [[line_text(cell) for cell in row] for row in block.iter("tr")]
            parts.append(pipes(rows) if rows else "")
        elif block.tag in ("ul", "ol"):
            parts.append("\n".join(_entry_lines(block, 0)))
        else:
            parts.append(line_text(block))
    return "".join(parts)


def _texts(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield from _child_texts(child)
        yield child.tail or ""


def _child_texts(child: etree._Element) -> Iterable[str]:
    tag = str(child.tag)
    code = child.get("data-code")
    if tag == "br":
        return ("\n",)
    if code is not None:
        return (chr(int(code)),)
    text = line_text(child)
    if tag == "a":
        address = child.get("href") or ""
        return (f"<{address}>" if child.get("class") == "address" else f"[{text}]({address})",)
    mark = _MARKS.get(tag, "")
    return (mark, text, mark)


def _entry_lines(element: etree._Element, usual: int) -> Iterator[str]:
    printed = element.get("class") == "printed"
    number = _number(element, "start", 1) - 1
    for entry in element:
        number = _number(entry, "value", number + 1)
        indent = _counted(entry, "data-indent", usual)
        nested = [child for child in entry if child.tag in ("ul", "ol")]
        for child in nested:
            entry.remove(child)
        text = line_text(entry)
        marker = "-" if element.tag == "ul" else f"{number}."
        if printed:
            marker, _, text = text.partition(" ")
        yield entry_line(indent, marker, text)
        for child in nested:
            yield from _entry_lines(child, indent + 2)


def _counted(element: etree._Element, name: str, usual: int) -> int:
    dots = element.get(name)
    return usual if dots is None else len(dots)


def _number(element: etree._Element, name: str, usual: int) -> int:
    value = element.get(name)
    return usual if value is None else int(value)
