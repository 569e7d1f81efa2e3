"""The terms on PostgreSQL: a column of the entries (`tsvector`) with a GIN index.

The column lies apart from the rows (TOAST), which stay narrow: counting reads the rows only. The
lexemes are our own; no dictionary of PostgreSQL's has a part in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any as AnyValue
from typing import Final

from django.db import connection, transaction

from .entries import Row
from .matching import All, Any, Condition, Phrase, Term, Without
from .terms import GAP, Written

SOURCE: Final = "archive_searchentry e"
CONDITION: Final = "e.terms @@ %s::tsquery"


def written(condition: Condition) -> str:
    """The condition as a `tsquery`."""
    match condition:
        case Term(text, beginning):
            return _quoted(text) + (":*" if beginning else "")
        case Phrase(words):
            return f"({' <-> '.join(map(_quoted, words))})"
        case All(of):
            return _joined(of, " & ")
        case Any(of):
            return _joined(of, " | ")
        case Without(wanted, unwanted):
            return f"({written(wanted)} & !{written(unwanted)})"


def _joined(conditions: tuple[Condition, ...], sign: str) -> str:
    return f"({sign.join(written(condition) for condition in conditions)})"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


@contextmanager
def looking_up() -> Iterator[None]:
    """Has the terms looked up in their index, whatever else the planner thinks is cheaper.

    It does not count what reading a `tsvector` from where it lies apart costs: for common words
    it would go through all rows, and for the latest hits through rows by date.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_settings("off", "32MB"))
        yield
        cursor.execute(_settings("on", None))


def _settings(switch: str, memory: str | None) -> str:
    """SQL for the rest of the transaction."""
    names = ("enable_seqscan", "enable_indexscan", "enable_indexonlyscan", "jit")
    switched = "; ".join(f"SET LOCAL {name} = {switch}" for name in names)
    kept = f"'{memory}'" if memory else "DEFAULT"
    return f"{switched}; SET LOCAL work_mem = {kept}"


def insert(cursor: AnyValue, rows: list[tuple[Row, Written]]) -> None:
    """Stores new entries and their terms."""
    cursor.executemany(
        "INSERT INTO archive_searchentry (id, item_id, date, facets, terms)"
        " VALUES (%s, %s, %s, %s, %s::tsvector)",
        [(*entry, _vector(terms)) for entry, terms in rows],
    )


def put(cursor: AnyValue, rows: Iterable[tuple[int, Written]]) -> None:
    """Stores the terms of entries that are there."""
    cursor.executemany(
        "UPDATE archive_searchentry SET terms = %s::tsvector WHERE id = %s",
        [(_vector(terms), key) for key, terms in rows],
    )


def termed(cursor: AnyValue, keys: Sequence[int]) -> set[int]:
    """The entries among these that have terms."""
    cursor.execute(
        "SELECT id FROM archive_searchentry WHERE id = ANY(%s) AND terms IS NOT NULL", [list(keys)]
    )
    return {key for (key,) in cursor.fetchall()}


def clear(cursor: AnyValue) -> None:
    """Nothing: `put` writes over what is there."""


def _vector(terms: Written) -> str:
    """Words with their places, and marks without."""
    places: dict[str, list[str]] = {mark: [] for mark in terms.marks.split(" ")}
    for place, word in enumerate(terms.words.split(" "), 1):
        if word != GAP:
            places.setdefault(word, []).append(str(place))
    return " ".join(
        f"{_quoted(word)}:{','.join(at)}" if at else _quoted(word) for word, at in places.items()
    )
