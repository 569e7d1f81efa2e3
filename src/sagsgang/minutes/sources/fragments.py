"""HTML text made into a tree; pieces of it, as JSON and XML hold them, made into blocks."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from ..blocks import ITEM, TEXT, Block, UnreadableDocument
from .inline import fold
from .list_marks import typed_marker
from .markup import blocks_of

LARGEST: Final = 100_000_000
MOST_TAGS: Final = 600_000
MOST_ATTRIBUTES: Final = 2_000

_TAG = re.compile(r"<[a-zA-Z!/]|&(?:[a-zA-Z]{2,8}|#\d{1,7});")
_DEEP: Final = re.compile(
    rb"<(/?)(?:div|section|article|main|header|footer|center|blockquote)\b[^<>]*>", re.IGNORECASE
)
_STYLING: Final = re.compile(
    rb"</?(?:span|font|b|i|u|a|em|strong|small|big|o:p)\b[^<>]*>", re.IGNORECASE
)

# A tag as browsers tell it from text, with the attribute after the last that is let through.
_ATTRIBUTE: Final = (
    r"""[\s/]*+=?+[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+"""
)
_TAG_OR_CODE: Final = re.compile(
    r"<!--(?:[^-]++|-(?!->))*+"
    r"|<(?:script|style)\b(?:[^<]++|<(?!/))*+"
    rf"|<[a-z][^\s/>]*+(?:{_ATTRIBUTE}){{0,{MOST_ATTRIBUTES}}}+({_ATTRIBUTE})?",
    re.IGNORECASE,
)


def content_blocks(value: object, address: str = "") -> list[Block]:
    """The blocks of a text that may be HTML; other values have none.

    Raises:
        UnreadableDocument: the HTML is too large or nested too deeply.
    """
    if not isinstance(value, str) or not value.strip():
        return []
    if not _TAG.search(value):
        return _lines(value)
    root = parsed(value, [])
    return blocks_of((root,), address) if root is not None else []


def _lines(text: str) -> list[Block]:
    """The lines of a plain text; an empty line makes a gap."""
    gap = True
    blocks: list[Block] = []
    for line in text.splitlines():
        words = fold(line)
        marker, rest = typed_marker(words)
        if marker:
            blocks.append(Block(ITEM, rest, 0, marker, gap=gap))
        elif words:
            blocks.append(Block(TEXT, words, gap=gap))
        gap = not words
    return blocks


def parsed(markup: str, notes: list[tuple[str, str]]) -> etree._Element | None:
    """The root of the tree that `markup` gives, or `None` where it holds nothing.

    Markup that is nested too deeply for the parser is read without its divisions and styles,
    which is told in `notes`.

    Raises:
        UnreadableDocument: the markup is too large, or nested too deeply even so.
    """
    if len(markup) > LARGEST or markup.count("<") > MOST_TAGS:
        raise UnreadableDocument(
            "HTML-siden er for stor: højst 100 MB og 600.000 mærker kan læses. "
            "Del den op i én side pr. møde."
        )
    if any(tag[1] for tag in _TAG_OR_CODE.finditer(markup)):
        # The parser compares each attribute with all others of its tag.
        raise UnreadableDocument(
            "HTML-siden har et mærke med over 2.000 attributter og kan ikke være et referat. "
            "Gem siden igen fra browseren, eller brug referatet som PDF."
        )
    data = markup.replace("\0", "").encode("utf-8", "replace")
    root, whole = _tree(data)
    if not whole:
        notes.append(
            ("markup_too_deep", "The markup is nested too deep; bold and italic are not read.")
        )
        root, whole = _tree(_STYLING.sub(b"", _DEEP.sub(rb"<\1p>", data)))
    if not whole:
        raise UnreadableDocument(
            "HTML-sidens opmærkning er indlejret for dybt til at kunne læses. "
            "Gem siden igen fra browseren, eller brug referatet som PDF."
        )
    return root


def _tree(data: bytes) -> tuple[etree._Element | None, bool]:
    """The tree, and whether the parser took in all of it."""
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.LxmlError:
        return None, not data.strip()
    whole = not any(error.level_name == "FATAL" for error in parser.error_log)
    return root, whole
