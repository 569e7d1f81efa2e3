"""A section's text as the editor has it (HTML) and as it is kept (light Markdown).

What the editor sends is cleaned before it is read: only the elements that a presentation can have
are let through, so that what is pasted from Word or a web page brings nothing along. A heading
within a section is a line in bold, as on paper.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final

import nh3
from lxml import html

from sagsgang.minutes.blocks import HEADING, TEXT, Block
from sagsgang.minutes.reader.compose import compose
from sagsgang.minutes.sources.markup import blocks_of
from sagsgang.minutes.writers.prose_html import prose_html

from .figures import LINE, alternative

_TAGS: Final = frozenset(
    "p br strong b em i a img ul ol li table thead tbody tr th td h1 h2 h3 h4 h5 h6".split()
)
_ATTRIBUTES: Final = {
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start", "type"},
    "li": {"value"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_SCHEMES: Final = {"http", "https", "mailto"}
_PICTURE: Final = re.compile(r"/billede/([0-9a-f]{64})/\Z")
_PLACE: Final = re.compile("\ue000([0-9]+)\ue001")
_BOLD: Final = re.compile(r"</?strong>")


def cleaned(markup: str) -> str:
    """The markup with nothing in it but what a presentation can have."""
    return nh3.clean(
        markup, tags=set(_TAGS), attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None
    )


def text_of(markup: str) -> str:
    """The light Markdown of what the editor sent."""
    safe = _PLACE.sub("", cleaned(markup)).strip()
    if not safe:
        return ""
    root = html.fragment_fromstring(safe, create_parent="div")
    pictures = _taken_out(root)
    text = compose(_set_apart(block) for block in blocks_of([root])).strip()
    return _PLACE.sub(lambda match: pictures[int(match[1])], text)


def _taken_out(root: html.HtmlElement) -> list[str]:
    """The pictures' lines; in the tree each becomes a paragraph that says which it was."""
    lines: list[str] = []
    for image in list(root.iter("img")):
        address = _PICTURE.search(image.get("src") or "")
        if address is None:
            image.drop_tree()
            continue
        lines.append(f"![{alternative(image.get('alt') or '')}](billede:{address[1]})")
        image.tag = "p"
        image.attrib.clear()
        image.text = f"\ue000{len(lines) - 1}\ue001"
    return lines


def _set_apart(block: Block) -> Block:
    if not block.text or (block.kind != HEADING and not block.strong):
        return block
    kind = TEXT if block.kind == HEADING else block.kind
    gap = block.gap or block.kind == HEADING
    return block._replace(kind=kind, text=f"**{block.text}**", gap=gap)


def html_of(text: str, presentation: str = "") -> str:
    """The text as HTML for the editor or a page; a line that stands as a heading is one.

    `presentation` is the address that its pictures lie under.
    """
    parts = LINE.split(text)
    shown = [_prose(parts[0])]
    for alt, sha256, after in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        shown.append(f'<img src="{presentation}billede/{sha256}/" alt="{escape(alt)}">')
        shown.append(_prose(after))
    return "\n".join(filter(None, shown))


def _prose(text: str) -> str:
    shown = text.strip("\n")
    if not shown:
        return ""
    return prose_html(shown, themes=True, heading=lambda one: f"<h3>{_BOLD.sub('', one)}</h3>")
