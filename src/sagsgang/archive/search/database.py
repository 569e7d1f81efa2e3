"""Which of the two databases keeps the terms, and the little SQL that both understand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final

from django.db import connection

from . import postgresql, sqlite
from .facets import Filters
from .matching import Condition

__all__ = [
    "Selection",
    "counts",
    "facet_rows",
    "first_items",
    "keeper",
    "latest_items",
    "looking_up",
]

_KEEPERS: Final = {"sqlite": sqlite, "postgresql": postgresql}
_EVERYTHING: Final = "archive_searchentry e"


def keeper() -> ModuleType:
    """The module that keeps the terms in the database in use."""
    return _KEEPERS[connection.vendor]


@dataclass(frozen=True, slots=True)
class Selection:
    """Entries that fulfil a condition on terms and filters: FROM and WHERE, with parameters."""

    sql: str
    parameters: tuple[Any, ...]
    by_terms: bool

    @classmethod
    def of(
        cls,
        condition: Condition | None,
        filters: Filters | None = None,
        facets: Iterable[str] = (),
    ) -> Selection:
        """The entries with these terms (all where there is no condition), in the filters' time.

        `facets` are further conditions, of `Filters.conditions`.
        """
        source, tests, parameters = _EVERYTHING, list(facets), []
        if condition is not None:
            at = keeper()
            source = at.SOURCE
            tests.append(at.CONDITION)
            parameters.append(at.written(condition))
        for test, day in filters.days if filters else ():
            tests.append(test)
            parameters.append(day)
        where = f" WHERE {' AND '.join(tests)}" if tests else ""
        return cls(f"FROM {source}{where}", tuple(parameters), condition is not None)


def facet_rows(selection: Selection) -> list[tuple[int, int]]:
    """The packed facets of the entries, each with how many have them."""
    if selection.by_terms and connection.vendor == "sqlite":
        return _counted_here(selection)
    return rows(f"SELECT facets, count(*) {selection.sql} GROUP BY facets", selection.parameters)


def _counted_here(selection: Selection) -> list[tuple[int, int]]:
    """The same, all in one text: SQLite sorts to count, which takes longer than counting here."""
    [(listed,)] = rows(f"SELECT group_concat(facets) {selection.sql}", selection.parameters)
    times = Counter(listed.split(",")) if listed else {}
    return [(int(facets), number) for facets, number in times.items()]


def first_items(
    tiers: Sequence[tuple[Selection, Selection | None]], offset: int, size: int
) -> list[int]:
    """The keys of items: tier after tier, in each the latest first.

    With a tier comes what those before it have in common: it is only gone through where they are
    not enough.
    """
    enough = offset + size
    parts, parameters = [], []
    for rank, (tier, before) in enumerate(tiers):
        part = f"SELECT {rank} AS tier, e.date AS day, e.item_id AS item {tier.sql}"
        parameters += tier.parameters
        if before is not None:
            part += (
                f" AND (SELECT count(*) FROM (SELECT 1 {before.sql} LIMIT {enough}) b) < {enough}"
            )
            parameters += before.parameters
        parts.append(
            f"SELECT * FROM ({part} ORDER BY e.date DESC, e.item_id LIMIT {enough}) t{rank}"
        )
    sql = (
        f"SELECT item FROM ({' UNION ALL '.join(parts)}) every"
        f" ORDER BY tier, day DESC, item LIMIT {int(size)} OFFSET {int(offset)}"
    )
    return [item for (item,) in rows(sql, parameters)]


def latest_items(selection: Selection, size: int) -> list[int]:
    """The keys of the items that came into the index last."""
    sql = f"SELECT e.item_id {selection.sql} ORDER BY e.id DESC LIMIT {int(size)}"
    with looking_up(selection):
        return [item for (item,) in rows(sql, selection.parameters)]


def looking_up(selection: Selection) -> AbstractContextManager[None]:
    """In which selections by terms are quick; nothing where there are no terms."""
    return keeper().looking_up() if selection.by_terms else nullcontext()


def counts(selections: Sequence[Selection], at_most: int) -> list[int]:
    """How many entries each selection has, counted no further than `at_most`."""
    if not selections:
        return []
    sql = " UNION ALL ".join(
        f"SELECT {place} AS place, count(*) FROM (SELECT 1 {one.sql} LIMIT {at_most}) c{place}"
        for place, one in enumerate(selections)
    )
    parameters = [value for one in selections for value in one.parameters]
    return [number for _, number in sorted(rows(sql, parameters))]


def rows(sql: str, parameters: Sequence[Any]) -> list[Any]:
    """What the database answers."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found: list[Any] = cursor.fetchall()
        return found
