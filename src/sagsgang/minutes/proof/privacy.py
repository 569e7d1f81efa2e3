"""CPR-like numbers, which may not be published (databeskyttelsesloven § 11)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..danish.cpr import find_cpr
from ..model import Minutes
from ..words import Words
from .remark import Remark, passages

_WORDS: Final = Words(
    "Her står noget, der ligner et CPR-nummer. Fjern det, før dokumentet sendes videre.",
    "Something here looks like a CPR number. Take it out before the document goes on.",
)


def check(minutes: Minutes) -> Iterator[Remark]:
    """One remark for each passage with something that looks so; the number is never repeated."""
    for item, place, text in passages(minutes):
        if find_cpr(text):
            yield Remark("cpr_number", "error", _WORDS, item, place)
    for item in minutes.items:
        if any(find_cpr(attachment.title) for attachment in item.attachments):
            yield Remark("cpr_number", "error", _WORDS, item, "Bilag")
