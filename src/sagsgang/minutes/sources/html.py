"""HTML pages: FirstAgenda's own page markup, and generic pages with headings.

Script, style, forms, navigation, page headers and footers and cookie banners are put aside
before reading; where the page marks its main content, that is read. How text gets out of
the markup, and why nothing active can, is told in `markup`.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final, cast

from lxml import etree

from ..blocks import Block, BlockStream, UnreadableDocument
from . import firstagenda_page
from .decoding import decoded
from .fragments import parsed
from .inline import fold
from .markup import write_element
from .stream import BlockWriter
from .tree import empty, selected, texts

MEDIA_TYPE: Final = "text/html"

_DATE = re.compile(
    r"\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}|\d{1,2}\.? [a-zæ]{3,9}\.? \d{4}", re.IGNORECASE
)
# What XPath looks for among all elements, where the page's text has the words at all.
_MARKED: Final = (
    (("role=",), etree.XPath(
        "//*[@role='navigation' or @role='search' or @role='banner' or @role='contentinfo'"
        " or @role='alertdialog']"
    )),
    (("aria-hidden",), etree.XPath("//*[@aria-hidden='true']")),
    (("ookie", "onsent"), etree.XPath(
        "//*[self::div or self::section or self::aside or self::p or self::form]"
        "[contains(@id,'ookie') or contains(@class,'ookie') or contains(@id,'onsent')"
        " or contains(@class,'onsent')]"
    )),
)  # fmt: skip
_NAVIGATION: Final = ("navigation", "search")
_MAINS: Final = etree.XPath("//*[@role='main']")
_LENGTH: Final = etree.XPath("string-length(.)")
_WHOLE: Final = ("html", "body", "main", "article")
_LOOK: Final = 300
_HOLDS_TEXT: Final = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "table", "ul", "ol", "dl")


def read_html(data: bytes, *, address: str = "") -> BlockStream:
    """The blocks of an HTML page; `address` is where it came from, for links within the site.

    Raises:
        UnreadableDocument: the page is too large, nested too deeply, or has no text.
    """
    notes: list[tuple[str, str]] = []
    markup = decoded(data)
    root = parsed(markup, notes)
    blocks = _blocks(root, markup, _base(root, address)) if root is not None else []
    if not blocks:
        raise UnreadableDocument(
            "HTML-siden har ingen tekst at læse. Måske henter den først teksten, når den vises: "
            "Gem den færdige side fra browseren, eller hent referatet som PDF eller JSON."
        )
    return BlockStream(blocks, MEDIA_TYPE, notes=tuple(notes))


def _base(root: etree._Element, address: str) -> str:
    base = root.find(".//base[@href]")
    declared = base.get("href") if base is not None else None
    return declared or address


def _blocks(root: etree._Element, markup: str, base: str) -> list[Block]:
    out = BlockWriter()
    if "punktrow" in markup and firstagenda_page.is_firstagenda(root):
        firstagenda_page.write_page(root, out, base)
        return out.blocks
    title = root.find(".//title")
    _put_aside(root, markup)
    content = _main(root, markup)
    if title is not None and title.text and root.find(".//h1") is None:
        out.heading(fold(title.text), 1)
    before = len(out.blocks)
    write_element(content, out, base)
    return out.blocks if len(out.blocks) > before else []


def _put_aside(root: etree._Element, markup: str) -> None:
    """Empties what surrounds the content: it becomes an element that is never read."""
    aside = list(root.iter("nav", "script", "style", "header", "footer", "dialog"))
    for words, path in _MARKED:
        if any(word in markup for word in words):
            aside += selected(path, root)
    gone: set[etree._Element] = set()
    wanted = set(aside)
    # Navigation first: a header's own text is what is left of it then.
    for element in sorted(aside, key=_is_content_by_name):
        if element not in gone and not _is_content(element):
            gone.update(each for each in element.iterdescendants() if each in wanted)
            empty(element)


def _is_content_by_name(element: etree._Element) -> bool:
    names = ("nav", "script", "style")
    return element.tag not in names and element.get("role") not in _NAVIGATION


def _is_content(element: etree._Element) -> bool:
    """Whether an element that looks like a surrounding holds the document itself."""
    if element.tag in _WHOLE:
        return True
    if not _is_content_by_name(element):
        return False
    if element.get("aria-hidden") == "true" and element.tag not in ("header", "footer"):
        # Folded panels are hidden too; only icons and the like are put aside.
        return _has(element, _HOLDS_TEXT)
    if element.tag == "header" or element.get("role") == "banner":
        return _has(element, ("h1", "time", "main")) or _has_date(element)
    if element.tag == "div" and sum(1 for _ in islice(element.iter(), _LOOK)) == _LOOK:
        # No banner is that large: it is the page, marked as one that asks for consent.
        return True
    return _has(element, ("h1", "main", "article"))


def _has(element: etree._Element, tags: tuple[str, ...]) -> bool:
    """Whether one of the first elements inside has one of `tags`."""
    inside = islice(element.iter(), 1, _LOOK)
    return any(each.tag in tags for each in inside)


def _has_date(element: etree._Element) -> bool:
    return any(_DATE.search(text[:_LOOK]) for text in islice(texts(element), _LOOK))


def _main(root: etree._Element, markup: str) -> etree._Element:
    """The part that holds most of the text and the page's first heading, or the page."""
    found = list(root.iter("main", "article"))
    if "role=" in markup:
        found = selected(_MAINS, root) + found
    if not found:
        return root
    heading = next(root.iter("h1"), None)
    whole = _letters(root)
    for part in found[:20]:
        if heading is not None and not any(up is part for up in heading.iterancestors()):
            continue
        if 2 * _letters(part) >= whole:
            return part
    return root


def _letters(element: etree._Element) -> float:
    return cast("float", _LENGTH(element))
