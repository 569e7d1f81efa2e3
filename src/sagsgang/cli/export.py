"""`sagsgang export`: the archive's current documents, as JSON Lines or Parquet."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from . import wording
from .console import note
from .data import Data, aware, ready
from .language import say
from .refusal import Refusal

Form = Literal["jsonl", "parquet"]


def export(
    *,
    form: Annotated[
        Form,
        Parameter(
            name=["--format", "-f"],
            help=say(
                "JSON med et dokument på hver linje, eller Parquet.",
                "JSON with a document on each line, or Parquet.",
            ),
        ),
    ] = "jsonl",
    since: Annotated[
        datetime.datetime | None,
        Parameter(
            metavar=say("TID", "TIME"),
            help=say(
                "Kun det, der er udgivet fra denne dag eller dette tidspunkt: 2026-03-04 eller "
                "2026-03-04T15:30.",
                "Only what was published from this day or time on: 2026-03-04 or 2026-03-04T15:30.",
            ),
        ),
    ] = None,
    out: Annotated[
        Path | None,
        Parameter(
            name=["--out", "-o"],
            metavar=say("FIL", "FILE"),
            help=say(
                "Skriv til en fil. Uden den skrives til standard output.",
                "Write to a file. Without it, to standard output.",
            ),
        ),
    ] = None,
    data: Data | None = None,
) -> int:
    """The exit status: 0 when all was written.

    Raises:
        Refusal: the folder cannot be used, or Parquet would be written to a terminal.
    """
    ready(data)
    if out is None and form == "parquet" and sys.stdout.isatty():
        raise Refusal(
            say(
                "Parquet kan ikke vises på en skærm. Nævn en fil med --out.",
                "Parquet cannot be shown on a terminal. Name a file with --out.",
            )
        )
    told = _Told(_documents(since))
    if out is None:
        for piece in _written(told, form):
            sys.stdout.buffer.write(piece)
        sys.stdout.flush()
        return 0
    from .folder import write

    write(out, _written(told, form))
    documents = wording.number(told.number, ("dokument", "dokumenter"), ("document", "documents"))
    note(documents + say(f" lagt i {out}.", f" put in {out}."))
    return 0


class _Told:
    """The documents, counted as they pass."""

    def __init__(self, documents: Iterable[dict[str, Any]]) -> None:
        self.documents = documents
        self.number = 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for document in self.documents:
            self.number += 1
            yield document


def _documents(since: datetime.datetime | None) -> Iterable[dict[str, Any]]:
    from ..archive.export.documents import documents
    from ..archive.opening import site_address

    return documents(aware(since), site_address())


def _written(documents: Iterable[dict[str, Any]], form: Form) -> Iterator[bytes]:
    if form == "parquet":
        from ..archive.export.parquet import parquet

        return parquet(documents)
    from ..archive.export.jsonl import lines

    return lines(documents)
