"""Attachments that a text speaks of and that are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..model import Item, Minutes
from ..words import Words
from .remark import Remark, quoted, sections

_SPOKEN_OF: Final = re.compile(
    r"\b(?:(?:se|jf\.?|jævnfør|fremgår af|vedlagt(?:e)?|vedhæft(?:et|ede)|medsendt(?:e)?)\s+"
    r"(?:også\s+)?(?:som\s+)?bilag(?:et|ene)?|bilag(?:et|ene)?\s+er\s+(?:vedlagt|vedhæftet))\b",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(
    r"\bbilag\s+(?:nr\.?\s*)?(\d{1,2})\b(?!\s*(?:stk|sider|\.\d))", re.IGNORECASE
)


def check(minutes: Minutes) -> Iterator[Remark]:
    """At most one remark for each item that has no attachments, or fewer than it counts."""
    for item in minutes.items:
        if not item.closed:
            yield from _of_item(item)


def _of_item(item: Item) -> Iterator[Remark]:
    for passage in sections(item):
        if any(
            section.kind == "attachments" and section.label == passage.place
            for section in item.sections
        ):
            continue
        if remark := _none(item, passage.place, passage.text) or _too_few(
            item, passage.place, passage.text
        ):
            yield remark
            return


def _none(item: Item, place: str, text: str) -> Remark | None:
    match = _SPOKEN_OF.search(text)
    if item.attachments or not match:
        return None
    words = Words(
        "Teksten taler om et bilag, men punktet har ingen bilag. Vedhæft det, eller ret teksten.",
        "The text speaks of an attachment, but the item has none. Attach it, or mend the text.",
    )
    return Remark("attachment_missing", "warning", words, item, place, quoted(text, *match.span()))


def _too_few(item: Item, place: str, text: str) -> Remark | None:
    for match in _NUMBERED.finditer(text):
        number, count = int(match[1]), len(item.attachments)
        if number > max(count, 1) or (count == 0):
            words = Words(
                f"Teksten henviser til bilag {number}, men punktet har {count}.",
                f"The text refers to attachment {number}, but the item has {count}.",
            )
            return Remark(
                "attachment_missing", "warning", words, item, place, quoted(text, *match.span())
            )
    return None
