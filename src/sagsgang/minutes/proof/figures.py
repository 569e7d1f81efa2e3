"""Tables whose sums, differences or percentages do not add up."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Minutes
from ..reader.sums import wrong_totals
from ..reader.vocabulary import builtin
from ..words import Words
from .remark import Remark


def check(minutes: Minutes) -> Iterator[Remark]:
    """One remark for each number that is off by more than rounding explains."""
    vocabulary = builtin()
    for item in minutes.items:
        for index, table in enumerate(item.tables, 1):
            for message in wrong_totals(table, vocabulary):
                words = Words(
                    "Tallet stemmer ikke med dem, det er regnet ud af, og afrunding forklarer det "
                    "ikke.",
                    "The number does not agree with those it is made of, beyond rounding.",
                )
                place = table.caption or f"Tabel {index}"
                yield Remark("total_differs", "warning", words, item, place, message)
