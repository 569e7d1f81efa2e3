"""Which lines can be the title of an item, where nothing on the line itself says so."""

from __future__ import annotations

from typing import Final

from ..blocks import HEADING, ITEM, TEXT
from ..danish import names
from ..danish.bodies import find_bodies
from ..danish.dates import find_dates
from .compose import plain
from .document import Document
from .head_lines import is_head_line
from .openness import mark_of
from .vocabulary import Vocabulary, key

LONGEST_TITLE: Final = 260
_OPENING: Final = "\"'”(»"
_SENTENCE_END: Final = ".:;,!"


def may_be_title(place: int, document: Document) -> bool:
    """Whether a line where a title is expected can be one: neither a label nor a fact."""
    if place >= len(document.blocks) or document.has_fixed_label(place):
        return False
    block = document.blocks[place]
    text = block.text
    return (
        block.kind in (TEXT, HEADING)
        and 0 < len(text) <= LONGEST_TITLE
        and not is_head_line(block, document.vocabulary)
        and mark_of(text, document.vocabulary) is None
    )


def reads_like_title(place: int, document: Document) -> bool:
    """Whether a line above the head of an item reads like a title: no sentence, date or name."""
    block = document.blocks[place]
    text = plain(block.text)
    if not text or len(text) > LONGEST_TITLE or text[-1] in _SENTENCE_END:
        return False
    if not (text[0].isupper() or text[0].isdigit() or text[0] in _OPENING):
        return False
    if block.kind == ITEM and not block.marker[0].isdigit():
        return False
    if _tells_of_the_document(text, document.vocabulary) or find_dates(text):
        return False
    forms = document.vocabulary.forms.titles
    if forms.never.search(text) or _begins_with_button(text, document.vocabulary):
        return False
    return not _is_body(text) and not names.split_persons(text)


def _tells_of_the_document(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line is, or begins with, a heading of the document's own parts."""
    label, colon, _ = text.partition(":")
    beginnings = (text, text.split(" ", 1)[0], *((label,) if colon else ()))
    return any(key(beginning) in vocabulary.document for beginning in beginnings)


def _begins_with_button(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a button's word is glued to the line: `UdskrivSagsid.: …`."""
    end = next((at for at, letter in enumerate(text) if at and letter.isupper()), 0)
    return text[:end].isalpha() and key(text[:end]) in vocabulary.noise


def _is_body(text: str) -> bool:
    """Whether a line is nothing but the name of a committee."""
    return any(body.end - body.start == len(text) for body in find_bodies(text))
