"""Actions: what somebody does, in one transaction, sealed with what it changed."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, models, transaction
from django.utils import timezone

from . import heads
from .models import Change, Entry
from .triggers import token

if TYPE_CHECKING:
    from ..accounts import User

FIRST: Final = "0" * 64
LOCK: Final = 0x5A65
"""Held on PostgreSQL, from the moment that an action is written down until it is stored."""


@contextmanager
def action(
    actor: User | None, name: str, subject: models.Model | str, reason: str = ""
) -> Iterator[None]:
    """All that is changed within is one action: it happens whole and is sealed, or not at all.

    An action within another is a part of it. `actor` is `None` for what the program does by
    itself, such as at a deadline.
    """
    if token.get() is not None:
        yield
        return
    with transaction.atomic():
        held = token.set(uuid.uuid4().hex)
        try:
            _tell(token.get() or "")
            yield
            _seal(actor, name, subject, reason)
            _tell("")  # what fails is rolled back, and this with it
        finally:
            token.reset(held)


def _tell(word: str) -> None:
    """Lets PostgreSQL's triggers know the action; SQLite's ask the connection."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('sagsgang.token', %s, true)", [word])


def _seal(actor: User | None, name: str, subject: models.Model | str, reason: str) -> None:
    changes = list(Change.objects.filter(token=token.get(), entry=None))
    if not changes:
        return
    previous = _last()
    entry = Entry(
        at=timezone.now(),
        actor=f"{actor.get_username()} ({actor})" if actor else "Sagsgang",
        action=name,
        subject=subject if isinstance(subject, str) else name_of(subject),
        reason=reason,
        previous=previous.hash if previous else FIRST,
    )
    entry.hash = hash_of(entry, changes)
    entry.save()
    Change.objects.filter(pk__in=[change.pk for change in changes]).update(entry=entry)
    transaction.on_commit(partial(heads.keep, entry.pk, entry.hash))


def _last() -> Entry | None:
    """The last entry, which no other action can follow meanwhile."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    return Entry.objects.order_by("-pk").first()


def name_of(subject: models.Model) -> str:
    """What a row is called in the log."""
    return f"{subject._meta.label_lower}:{subject.pk}"


def hash_of(entry: Entry, changes: list[Change]) -> str:
    """The seal: SHA-256 of the entry, its changes and the entry before, as canonical JSON."""
    sealed: list[Any] = [
        entry.previous,
        entry.at.isoformat(),
        entry.actor,
        entry.action,
        entry.subject,
        entry.reason,
        [[one.pk, one.table, one.row, one.operation, one.before, one.after] for one in changes],
    ]
    text = json.dumps(sealed, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
