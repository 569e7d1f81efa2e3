"""Parts that a document or an item should have and has not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..model import Item, Minutes
from ..words import Words
from .remark import Remark

_DOCUMENT: Final = {
    "municipality": Words(
        "Det fremgår ikke, hvilken kommune dokumentet kommer fra. Skriv det i hovedet.",
        "The document does not say which municipality it is from. Say so in its head.",
    ),
    "committee": Words(
        "Det fremgår ikke, hvilket udvalg mødet er i. Skriv det i hovedet.",
        "The document does not say which committee meets. Say so in its head.",
    ),
    "date": Words(
        "Mødets dato mangler eller kan ikke læses. Skriv den i hovedet.",
        "The meeting's date is missing or cannot be read. Put it in the head.",
    ),
}
_SIGNATURES: Final = re.compile(r"underskrift", re.IGNORECASE)
_AS_RECOMMENDED: Final = re.compile(r"\bindstilling(?:en|erne)\b", re.IGNORECASE)


def check(minutes: Minutes) -> Iterator[Remark]:
    """Missing facts of the head, and items without title, decision or recommendation."""
    for field, words in _DOCUMENT.items():
        if not getattr(minutes, field):
            yield Remark(f"{field}_missing", "error", words)
    for item in minutes.items:
        yield from _of_item(item, minutes)


def _of_item(item: Item, minutes: Minutes) -> Iterator[Remark]:
    if item.closed:
        return
    if not item.title:
        words = Words("Punktet har ingen titel. Giv det en.", "The item has no title. Give it one.")
        yield Remark("title_missing", "error", words, item)
    signed = _SIGNATURES.match(item.title or "")
    if minutes.kind == "minutes" and not item.decisions and not signed:
        words = Words(
            "Punktet har ingen beslutning. Skriv, hvad udvalget besluttede, eller at det udgik.",
            "The item has no decision. Write what was decided, or that the item was withdrawn.",
        )
        yield Remark("decision_missing", "warning", words, item)
    if item.recommendation is None and any(
        _AS_RECOMMENDED.search(decision.text) for decision in item.decisions
    ):
        words = Words(
            "Beslutningen henviser til en indstilling, men punktet har ingen.",
            "The decision refers to a recommendation, but the item has none.",
        )
        yield Remark("recommendation_missing", "warning", words, item, "Beslutning")
