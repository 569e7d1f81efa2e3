"""A section's text as the editor has it (HTML) and as it is kept (light Markdown).

What the editor sends is cleaned before it is read: only the elements that a presentation can have
are let through, so that what is pasted from Word or a web page brings nothing along. A heading
within a section is a line in bold, as on paper.
"""

from __future__ import annotations

import re
from typing import Final

import nh3
from lxml import html

from sagsgang.minutes.blocks import HEADING, TEXT, Block
from sagsgang.minutes.reader.compose import compose
from sagsgang.minutes.sources.markup import blocks_of
from sagsgang.minutes.writers.prose_html import prose_html

_TAGS: Final = frozenset(
    "p br strong b em i a ul ol li table thead tbody tr th td h1 h2 h3 h4 h5 h6".split()
)
_ATTRIBUTES: Final = {
    "a": {"href"},
    "ol": {"start", "type"},
    "li": {"value"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_SCHEMES: Final = {"http", "https", "mailto"}
_BOLD: Final = re.compile(r"</?strong>")


def cleaned(markup: str) -> str:
    """The markup with nothing in it but what a presentation can have."""
    return nh3.clean(
        markup, tags=set(_TAGS), attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None
    )


def text_of(markup: str) -> str:
    """The light Markdown of what the editor sent."""
    safe = cleaned(markup).strip()
    if not safe:
        return ""
    root = html.fragment_fromstring(safe, create_parent="div")
    return compose(_set_apart(block) for block in blocks_of([root])).strip()


def _set_apart(block: Block) -> Block:
    if not block.text or (block.kind != HEADING and not block.strong):
        return block
    kind = TEXT if block.kind == HEADING else block.kind
    gap = block.gap or block.kind == HEADING
    return block._replace(kind=kind, text=f"**{block.text}**", gap=gap)


def html_of(text: str) -> str:
    """The text as HTML for the editor; a line that stands as a heading is one."""
    return prose_html(text, themes=True, heading=lambda shown: f"<h3>{_BOLD.sub('', shown)}</h3>")
