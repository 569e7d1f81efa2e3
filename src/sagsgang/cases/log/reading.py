"""The log as an auditor reads it: what was done by whom, to what, when, as JSON Lines or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet

from .models import Change, Entry

Told = dict[str, Any]

COLUMNS: Final = (
    "number", "at", "actor", "action", "subject", "reason", "row", "operation", "column", "before",
    "after",
)  # fmt: skip
_AT_ONCE: Final = 500
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def asked(
    who: str = "",
    what: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[Entry]:
    """The actions that are asked for, as `told` is asked."""
    wanted = Q(actor__icontains=who) & (Q(action__icontains=what) | Q(subject__icontains=what))
    if since:
        wanted &= Q(at__gte=since)
    if until:
        wanted &= Q(at__lt=until)
    return Entry.objects.filter(wanted)


def told(
    who: str = "",
    what: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> Iterator[Told]:
    """The actions in order, each with what it changed.

    `who` is a part of an account or a name, `what` of an action or of what it was done to; `until`
    is the first moment that is not asked for.
    """
    entries = asked(who, what, since, until).order_by("pk").prefetch_related("changes")
    for entry in entries.iterator(_AT_ONCE):
        yield {
            "number": entry.pk,
            "at": entry.at.isoformat(),
            "actor": entry.actor,
            "action": entry.action,
            "subject": entry.subject,
            "reason": entry.reason,
            "hash": entry.hash,
            "changes": [change_told(change) for change in entry.changes.all()],
        }


def change_told(change: Change) -> Told:
    """A change as it is told: the row before and after, where it was there."""
    return {
        "row": f"{change.table}:{change.row}",
        "operation": change.operation,
        "before": json.loads(change.before) if change.before else None,
        "after": json.loads(change.after) if change.after else None,
    }


def json_lines(actions: Iterable[Told]) -> Iterator[bytes]:
    """Each action on a line, with the rows before and after."""
    for action in actions:
        yield json.dumps(action, ensure_ascii=False).encode("utf-8") + b"\n"


def comma_separated(actions: Iterable[Told]) -> Iterator[bytes]:
    """A heading, and a line for each column that was changed."""
    yield _line(COLUMNS)
    for action in actions:
        about = [action[name] for name in COLUMNS[:6]]
        for change in action["changes"]:
            for column, before, after in columns(change):
                yield _line([*about, change["row"], change["operation"], column, before, after])


def columns(change: Told) -> Iterator[tuple[str, Any, Any]]:
    """What a change did: each column that is another, with its value before and after."""
    before, after = change["before"] or {}, change["after"] or {}
    for column in {**before, **after}:
        if before.get(column) != after.get(column):
            yield column, before.get(column), after.get(column)


def _line(values: Iterable[Any]) -> bytes:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow([_cell(value) for value in values])
    return written.getvalue().encode("utf-8")


def _cell(value: Any) -> str:
    """A value as text that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
