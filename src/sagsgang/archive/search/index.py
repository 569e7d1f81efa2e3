"""The index of the archive: what comes in, what is found, and how it is counted.

`publish` calls `add` in its own transaction, so that an item is found as soon as it is there.
What is deleted from the items is deleted here with them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple

from django.db import connection, transaction

from sagsgang.bodies.insertion import insert
from sagsgang.bodies.models import Body

from .. import editions
from ..models import Item
from ..writing import alone
from . import database, matching, state
from .beforehand import Learnt, Ready
from .database import Selection
from .entries import Content, Entry
from .facets import FACETS, NO_FILTERS, Filters, count
from .models import SearchText, SearchWord
from .query import Query
from .terms import LONGEST_KEY, Written
from .words import learnt

__all__ = ["Order", "Results", "Value", "add", "add_those_left", "find", "rebuild", "termed"]

Order = Literal["relevance", "date"]

PAGE: Final = 20
_LAST: Final = 2000
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet, how many hits have it, and whether it is asked for."""

    value: Any
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Results:
    """A page of what was found: keys of items, how many there are in all, and the facets.

    The values of a facet are those that hits have under the other facets' filters, the commonest
    first, and those asked for, which may have none.
    """

    items: tuple[int, ...]
    total: int
    page: int
    size: int
    facets: dict[str, tuple[Value, ...]] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """How many pages can be shown: at least one."""
        return max(1, -(-min(self.total, _LAST) // self.size))


def add(entries: Iterable[Entry]) -> None:
    """Puts items into the index, which must not be there yet."""
    entries = list(entries)
    if not entries:
        return
    learnt = state.learnt()
    ready = [_ready(entry, learnt) for entry in entries]
    rows = [entry.row for entry in entries]
    terms = [one.terms for one in ready]
    texts = [_Text(row.id, one.packed) for row, one in zip(rows, ready, strict=True)]
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        database.keeper().insert(cursor, list(zip(rows, terms, strict=True)))
        insert(SearchText, texts)
        _note_words(terms)


class _Text(NamedTuple):
    """A `SearchText` as it is stored."""

    entry_id: int
    packed: bytes


def add_those_left(entries: Sequence[Entry]) -> None:
    """Puts those items into the index that no other document has replaced since.

    SQLite writes its full-text table out at each savepoint, so many documents' items take much
    less time together.
    """
    keys = [entry.item for entry in entries]
    left = set(Item.objects.filter(pk__in=keys).values_list("pk", flat=True))
    add(entry for entry in entries if entry.item in left)


def _ready(entry: Entry, learnt: Learnt) -> Ready:
    """What was worked out beforehand, if it was with the words that the index is built with."""
    if entry.ready and entry.ready.built == learnt.built:
        return entry.ready
    return learnt.ready(entry.content)


def termed(keys: Sequence[int]) -> set[int]:
    """The items among these that are in the index with their terms."""
    with connection.cursor() as cursor:
        return set(database.keeper().termed(cursor, keys)) if keys else set()


def find(
    query: Query,
    filters: Filters = NO_FILTERS,
    *,
    order: Order = "relevance",
    page: int = 1,
    size: int = PAGE,
) -> Results:
    """What `query` finds under `filters`; the same on both databases, in four queries at most.

    By relevance the ranks of `matching.tiers` come one after the other, and in each the latest
    first; by date the latest come first. Pages end with hit number 2,000.
    """
    municipalities = dict(Body.objects.values_list("pk", "municipality_id"))
    selection = Selection.of(matching.hits(query), filters)
    page = min(max(1, page), max(1, _LAST // size))
    with database.looking_up(selection):
        counted = count(database.facet_rows(selection), filters, municipalities)
        tiers = _tiers(query, filters, order, filters.conditions(municipalities))
        first = (page - 1) * size
        items = database.first_items(tiers, first, size) if counted.total > first else []
    facets = {facet: _values(counted.values[facet], getattr(filters, facet)) for facet in FACETS}
    return Results(tuple(items), counted.total, page, size, facets)


def _tiers(
    query: Query, filters: Filters, order: Order, conditions: list[str]
) -> list[tuple[Selection, Selection | None]]:
    """The ranks of hits as selections: one rank only where the order is by date."""
    by_date = matching.Tier(matching.hits(query), None)
    ranks = matching.tiers(query) if order == "relevance" else [by_date]
    return [
        (
            Selection.of(rank.condition, filters, conditions),
            Selection.of(rank.before, filters, conditions) if rank.before else None,
        )
        for rank in ranks
    ]


def _values(counted: Counter[Any], chosen: frozenset[Any]) -> tuple[Value, ...]:
    every = {**dict.fromkeys(chosen, 0), **counted}
    return tuple(
        Value(value, times, value in chosen)
        for value, times in sorted(every.items(), key=lambda one: (-one[1], str(one[0])))
    )


def _note_words(made: Iterable[Written]) -> None:
    """Remembers the words that were printed, for suggestions."""
    new = set().union(*(terms.forms.split(" ") for terms in made)) - _noted
    words = sorted(filter(_is_plain, new))
    if words:
        with connection.cursor() as cursor:
            cursor.executemany(_NOTE, [(word, len(word)) for word in words])
    if len(_noted) > _MOST_NOTED:
        _noted.clear()
    transaction.on_commit(lambda: _noted.update(new))


def _is_plain(form: str) -> bool:
    return form.isalpha() and len(form) <= LONGEST_KEY


_NOTE: Final = (
    "INSERT INTO archive_searchword (word, length, items) VALUES (%s, %s, 0) ON CONFLICT DO NOTHING"
)
_noted: set[str] = set()
"""Words that this process has stored, so that they need not be stored again."""
_MOST_NOTED: Final = 200_000


@alone()
def rebuild(progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Builds the index again from what was indexed; the number of its items.

    Compounds are split anew by what the archive's own words teach, and `progress` is told how
    many of how many steps are done.
    """
    total = SearchText.objects.count()
    times: Counter[str] = Counter()
    write = state.writer().terms
    for done, (_, content) in enumerate(_contents(), 1):
        times.update(filter(_is_plain, write(content).forms))
        progress(done, 2 * total)
    SearchWord.objects.all().delete()
    SearchWord.objects.bulk_create(
        (SearchWord(word=w, length=len(w), items=n) for w, n in times.items()), batch_size=5000
    )
    state.put(learnt(times))
    write = state.writer().terms
    keeper = database.keeper()
    with connection.cursor() as cursor:
        keeper.clear(cursor)
        for done, some in enumerate(_batches(_contents()), 1):
            keeper.put(cursor, [(key, write(content).written) for key, content in some])
            progress(total + min(done * _AT_ONCE, total), 2 * total)
    editions.move_all()
    return total


def _contents() -> Iterator[tuple[int, Content]]:
    texts = SearchText.objects.order_by("pk").values_list("pk", "packed")
    for key, packed in texts.iterator(chunk_size=_AT_ONCE):
        yield key, Content.unpacked(bytes(packed))


def _batches(contents: Iterator[tuple[int, Content]]) -> Iterator[list[tuple[int, Content]]]:
    batch: list[tuple[int, Content]] = []
    for one in contents:
        batch.append(one)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
