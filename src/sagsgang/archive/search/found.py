"""What is shown of hits: the item, its title marked, and the passage that answers the query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps

from . import state
from .analyser import Analyser
from .entries import Content, Passage
from .marking import Piece, answered, excerpt, mark
from .query import Query

if TYPE_CHECKING:
    from sagsgang.archive.models import Item

__all__ = ["Found", "shown"]


@dataclass(frozen=True, slots=True)
class Found:
    """A hit to be shown: `label` is the heading that the passage stands under.

    `decision` says that the passage is the meeting's own decision.
    """

    item: Item
    title: tuple[Piece, ...]
    label: str
    passage: tuple[Piece, ...]
    decision: bool


def shown(items: Sequence[int], query: Query, length: int = 240) -> list[Found]:
    """The items of these keys in their order, each with what answers `query`, in two queries.

    Of items that are gone in the meantime there is nothing.
    """
    rows = (
        apps.get_model("archive", "Item")
        .objects.filter(pk__in=items)
        .select_related("meeting__body__municipality", "search_entry__indexed")
    )
    by_key = {row.pk: row for row in rows}
    analyser = state.analyser()
    return [_shown(by_key[key], query, analyser, length) for key in items if key in by_key]


def _shown(item: Item, query: Query, analyser: Analyser, length: int) -> Found:
    content = Content.unpacked(bytes(item.search_entry.indexed.packed))
    passages = [Passage("", content.decision), *content.passages]
    best = _best(passages, query, analyser)
    return Found(
        item=item,
        title=tuple(mark(content.title, query, analyser)),
        label=passages[best].label,
        passage=tuple(excerpt(passages[best].text, query, analyser, length)),
        decision=best == 0 and bool(content.decision),
    )


def _best(passages: Iterable[Passage], query: Query, analyser: Analyser) -> int:
    """Which passage answers most of the query; the first of them, and the decision first."""
    best, most = 0, 0
    for place, passage in enumerate(passages):
        answers = answered(passage.text, query, analyser)
        if answers > most:
            best, most = place, answers
        if most == len(query.wanted):
            break
    return best
