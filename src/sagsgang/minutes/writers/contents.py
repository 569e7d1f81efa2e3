"""The contents of a written document: the printed ones, led to the items they speak of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from ..model import ContentsEntry, Item, Minutes

_LOOK: Final = 20
_SURELY: Final = 12
_NO_SIGN: Final = re.compile(r"[^a-z0-9]+")


class Link(NamedTuple):
    """A line of the contents: a printed entry, the item it leads to, or both."""

    entry: ContentsEntry | None
    item: int | None
    """The item's place among the items, from 0."""


def links_of(minutes: Minutes) -> list[Link]:
    """Every printed entry and every item once, both in their order.

    Which entry speaks of which item is told from their titles, for navigation only.
    """
    links: list[Link] = []
    items = minutes.items
    after = 0
    for entry in minutes.contents:
        found = _item_of(entry, items, after)
        if found is None:
            links.append(Link(entry, None))
        else:
            links += [Link(None, place) for place in range(after, found)]
            links.append(Link(entry, found))
            after = found + 1
    return links + [Link(None, place) for place in range(after, len(items))]


def anchors_of(items: Sequence[Item]) -> list[str]:
    """A name for each item that a link can lead to: `punkt-45`; no two are the same."""
    anchors: list[str] = []
    taken: set[str] = set()
    counts: dict[str, int] = {}
    for item in items:
        number = _NO_SIGN.sub("-", (item.number or "").lower()).strip("-")
        first = anchor = f"punkt-{number or 'uden-nummer'}"
        while anchor in taken:
            counts[first] = counts.get(first, 1) + 1
            anchor = f"{first}-{counts[first]}"
        taken.add(anchor)
        anchors.append(anchor)
    return anchors


def _item_of(entry: ContentsEntry, items: Sequence[Item], after: int) -> int | None:
    """The next item that an entry can speak of; those further off are not looked at."""
    for place in range(after, min(after + _LOOK, len(items))):
        if _is_same(entry, items[place]):
            return place
    return None


def _is_same(entry: ContentsEntry, item: Item) -> bool:
    if entry.title is None or item.title is None:
        return entry.title == item.title and entry.closed == item.closed
    printed, title = _folded(entry.title), _folded(item.title)
    if printed == title:
        return True
    # Contents are often cut off in the middle of a title.
    return min(len(printed), len(title)) >= _SURELY and (
        title.startswith(printed) or printed.startswith(title)
    )


def _folded(title: str) -> str:
    return " ".join(title.casefold().split()).rstrip(" .…")
