"""The record of a run through a source: what was seen, what came of it, and whether all was seen.

A run that is killed leaves its record without an end; what it has published stays published, and
the next run goes on from there.
"""

from __future__ import annotations

import time
from contextlib import suppress
from types import TracebackType
from typing import Final, Self

from django.db import DatabaseError, OperationalError
from django.utils import timezone

from sagsgang.minutes.danish.cpr import without_cpr

from .models import Run, Source

IMPORT: Final = "import"
HARVEST: Final = "harvest"

MOST_PROBLEMS: Final = 200
_SECONDS_BETWEEN: Final = 2.0
_FEW: Final = 2
_SHARE: Final = 5


class Shrunk(Exception):
    """A source that has far fewer documents than it had; the message says how many."""


def source_of(key: str, name: str, kind: str) -> Source:
    """The source of that address or path, made if it is not there."""
    source, _ = Source.objects.get_or_create(
        key=key[:500], defaults={"name": name[:200], "kind": kind}
    )
    return source


def call(source: Source, name: str) -> None:
    """Lets the site's pages call the source by that name from now on."""
    source.name = name[:200]
    source.save(update_fields=["name"])


def is_known(key: str) -> bool:
    """Whether there is a source of that address or path."""
    return Source.objects.filter(key=key[:500]).exists()


def refuse_shrunk(source: Source, seen: int) -> None:
    """Nothing, where a source has about as many documents as when all of it was last seen.

    Raises:
        Shrunk: more than a fifth of them are gone, and more than two. The refusal is recorded.
    """
    before = source.runs.filter(complete=True).first()
    if before is None or before.seen - seen <= max(_FEW, before.seen // _SHARE):
        return
    word = "dokument" if seen == 1 else "dokumenter"
    message = (
        f"{source.name}: Der er {seen} {word} nu, og der var {before.seen}, sidst alt blev "
        "gennemgået. Intet er lagt i arkivet. Er det rigtigt, så kør igen med --accept-shrink."
    )
    with Record(source) as record:
        record.run.seen = seen
        record.problem("", message)
    raise Shrunk(message)


class Record:
    """A run's record while it goes on; saved now and then, and when it ends."""

    def __init__(self, source: Source) -> None:
        self.run = Run.objects.create(source=source, started_at=timezone.now())
        self._saved = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Ends the record; what stopped the run is not hidden by what that does to the record."""
        self.run.ended_at = timezone.now()
        try:
            self.run.save()
        except DatabaseError:
            if error is None:
                raise

    def count(self, result: str, documents: int = 1) -> None:
        """Counts documents that were seen: `new`, `changed`, `unchanged`, `held` or `failed`."""
        self.run.seen += documents
        setattr(self.run, result, getattr(self.run, result) + documents)
        if time.monotonic() - self._saved > _SECONDS_BETWEEN:
            # Another program may be in the way; it is saved again before long.
            with suppress(OperationalError):
                self.run.save()
            self._saved = time.monotonic()

    def problem(self, name: str, message: str) -> None:
        """Notes what is wrong with a document (or with the run, where there is no name).

        Everybody may read it on the sources page, where the source is a site: names and titles
        lose what looks like CPR numbers.
        """
        if len(self.run.problems) < MOST_PROBLEMS:
            told = f"{name}: {message}" if name else message
            self.run.problems.append(without_cpr(told))

    def completed(self, vanished: int = 0) -> None:
        """Notes that all of the source was seen, and how many documents it has no more."""
        self.run.complete = True
        self.run.vanished = vanished
