"""The terms on SQLite: a full-text table (FTS5) beside the entries, with the entry's id as row id.

The table keeps no text of its own. What is deleted from the entries stays in it, unreachable, as
everything is read through the entries and an id is never used again; building the index again
clears it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any as AnyValue
from typing import Final

from sagsgang.bodies.insertion import insert as store

from .entries import Row
from .matching import All, Any, Condition, Phrase, Term, Without
from .models import SearchEntry
from .terms import Written

SOURCE: Final = (
    "archive_searchterms CROSS JOIN archive_searchentry e ON e.id = archive_searchterms.rowid"
)
CONDITION: Final = "archive_searchterms MATCH %s"


def written(condition: Condition) -> str:
    """The condition in the language of FTS5."""
    match condition:
        case Term(text, beginning):
            return _quoted(text) + (" *" if beginning else "")
        case Phrase(words):
            return f"words : {_quoted(' '.join(words))}"
        case All(of):
            return _joined(of, " AND ")
        case Any(of):
            return _joined(of, " OR ")
        case Without(wanted, unwanted):
            return f"({written(wanted)} NOT {written(unwanted)})"


def _joined(conditions: tuple[Condition, ...], word: str) -> str:
    return f"({word.join(written(condition) for condition in conditions)})"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def looking_up() -> AbstractContextManager[None]:
    """Nothing: SQLite has one way to look terms up."""
    return nullcontext()


def insert(cursor: AnyValue, rows: list[tuple[Row, Written]]) -> None:
    """Stores new entries and their terms."""
    store(SearchEntry, [entry for entry, _ in rows])
    put(cursor, ((entry.id, terms) for entry, terms in rows))


def put(cursor: AnyValue, rows: Iterable[tuple[int, Written]]) -> None:
    """Stores the terms of entries that have none."""
    cursor.executemany(
        "INSERT INTO archive_searchterms (rowid, words, marks) VALUES (%s, %s, %s)",
        [(key, terms.words, terms.marks) for key, terms in rows],
    )


def termed(cursor: AnyValue, keys: Sequence[int]) -> set[int]:
    """The entries among these that have terms."""
    places = ", ".join(["%s"] * len(keys))
    cursor.execute(f"SELECT rowid FROM archive_searchterms WHERE rowid IN ({places})", keys)
    return {key for (key,) in cursor.fetchall()}


def clear(cursor: AnyValue) -> None:
    """Takes away all terms."""
    cursor.execute("INSERT INTO archive_searchterms (archive_searchterms) VALUES ('delete-all')")
