"""Which lines can be the title of an item, where nothing on the line itself says so."""

from __future__ import annotations

import re
from typing import Final

from ..blocks import HEADING, ITEM, TEXT, Block
from ..danish import names
from ..danish.bodies import find_bodies, is_body
from ..danish.dates import find_dates, weekday_of
from .compose import plain
from .document import Document
from .forms import has_any
from .head_lines import is_head_line
from .openness import mark_of
from .vocabulary import Vocabulary, key

LONGEST_TITLE: Final = 260
_OPENING: Final = "\"'”(»§"
_SENTENCE_END: Final = ".:;,!"
_TOPIC: Final = re.compile(r"[^\W\d_]{4}")
_MEETINGS: Final = ("Møde ", "Mødet ", "Udvalgsmøde ")


def printed_title(block: Block) -> str:
    """A line as a title: `2. behandling af budget` is no point of a list."""
    if block.kind == ITEM and block.marker[:1].isdigit() and block.text[:1].islower():
        return plain(f"{block.marker} {block.text}")
    return plain(block.text)


def may_be_title(place: int, document: Document) -> bool:
    """Whether a line where a title is expected can be one: neither a label nor a fact."""
    if place >= len(document.blocks) or document.has_fixed_label(place):
        return False
    block = document.blocks[place]
    text = block.text
    return (
        (block.kind in (TEXT, HEADING) or printed_title(block) != plain(text))
        and 0 < len(text) <= LONGEST_TITLE
        and not is_head_line(block, document.vocabulary)
        and mark_of(text, document.vocabulary) is None
    )


def reads_like_title(place: int, document: Document) -> bool:
    """Whether a line above the head of an item reads like a title: no sentence, date or name."""
    block = document.blocks[place]
    text = printed_title(block)
    if not text or len(text) > LONGEST_TITLE or text[-1] in _SENTENCE_END:
        return False
    if not (text[0].isupper() or text[0].isdigit() or text[0] in _OPENING):
        return False
    if block.kind == ITEM and not block.marker[0].isdigit():
        return False
    if _tells_of_the_document(text, document.vocabulary) or _is_dated(text, document.vocabulary):
        return False
    forms = document.vocabulary.forms.titles
    if forms.never.search(text) or _begins_with_button(text, document.vocabulary):
        return False
    return not is_body(text) and not names.split_persons(text)


def _tells_of_the_document(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line is, or begins with, a heading of the document's own parts."""
    label, colon, _ = text.partition(":")
    wholes = (text, *((label,) if colon else ()))
    if any(key(whole) in vocabulary.document for whole in wholes):
        return True
    return text.split(" ", 1)[0] in vocabulary.forms.head.spaced


def _is_dated(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line dates a meeting: `Byrådets møde den 5. maj 2021`, not `Regnskab pr. …`."""
    dates = find_dates(text)
    if not dates:
        return False
    forms, before = vocabulary.forms.head, text[: dates[0].start]
    if not _TOPIC.search(before) or weekday_of(before.split(" ", 1)[0]) is not None:
        return True
    if forms.kind.match(text) or has_any(before, forms.other_dates):
        return True
    return before.startswith(_MEETINGS) or any(not body.start for body in find_bodies(before))


def _begins_with_button(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a button's word is glued to the line: `UdskrivSagsid.: …`."""
    end = next((at for at, letter in enumerate(text) if at and letter.isupper()), 0)
    return text[:end].isalpha() and key(text[:end]) in vocabulary.noise
