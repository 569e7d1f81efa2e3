"""Items about the same matter, in all municipalities: those that share its most telling words."""

from __future__ import annotations

from math import log2
from typing import Final

from . import database, state
from .database import Selection
from .entries import Content
from .lexicon import function_words
from .matching import Term
from .models import SearchEntry, SearchText
from .terms import ABOUT

__all__ = ["similar"]

_CANDIDATES: Final = 16
_TELLING: Final = 8
_MOST_ROWS: Final = 3000
"""Of items that share a word, taken together: what a page has time for."""
_SHORTEST: Final = 4


def similar(item: int, limit: int = 6) -> list[int]:
    """The keys of up to `limit` items that are most like one, in four queries.

    Likeness is in words that few items are about, which stand in the title or often: the rarer
    the word, the more it tells. Items of the same case are for `case` to show, so the caller asks
    for some more and leaves them out.
    """
    packed = SearchText.objects.filter(entry__item=item).values_list("packed", flat=True).first()
    if packed is None:
        return []
    words = _words_about(Content.unpacked(bytes(packed)))
    # The highest key is as good as a count, which reads every row on PostgreSQL.
    total = SearchEntry.objects.order_by("-pk").values_list("pk", flat=True)[0]
    with database.keeper().looking_up():
        chosen = _telling(words, total)
        return _sharing(chosen, item, limit) if chosen else []


def _sharing(chosen: list[tuple[str, int]], item: int, limit: int) -> list[int]:
    """The items that share most of the chosen words with one, by their weights."""
    parts, parameters = [], []
    for word, weight in chosen:
        selection = Selection.of(Term(ABOUT + word))
        parts.append(f"SELECT e.item_id AS item, {weight} AS weight, e.date AS day {selection.sql}")
        parameters += selection.parameters
    sql = (
        f"SELECT item FROM ({' UNION ALL '.join(parts)}) shared WHERE item <> %s"
        f" GROUP BY item ORDER BY sum(weight) DESC, max(day) DESC, item LIMIT {int(limit)}"
    )
    return [key for (key,) in database.rows(sql, [*parameters, item])]


def _words_about(content: Content) -> list[str]:
    """The words that an item is about, those of its title first, then in the alphabet's order."""
    written = state.writer().terms(content)
    about = {mark.removeprefix(ABOUT) for mark in written.marks if mark.startswith(ABOUT)}
    titled = state.writer().terms(Content(content.title, "")).marks
    words = [
        word
        for word in about
        if len(word) >= _SHORTEST and word.isalpha() and word not in function_words()
    ]
    words.sort(key=lambda word: (ABOUT + word not in titled, -len(word), word))
    return words[:_CANDIDATES]


def _telling(words: list[str], total: int) -> list[tuple[str, int]]:
    """The rarest of the words that other items are about too, each with its weight.

    `total` is about how many items there are.
    """
    selections = [Selection.of(Term(ABOUT + word)) for word in words]
    numbers = database.counts(selections, at_most=_MOST_ROWS + 1)
    chosen: list[tuple[str, int]] = []
    rows = 0
    for items, word in sorted(zip(numbers, words, strict=True)):
        if items < 2:
            continue
        rows += items
        if chosen and (rows > _MOST_ROWS or len(chosen) == _TELLING):
            break
        chosen.append((word, round(100 * log2(1 + total / items))))
    return chosen
