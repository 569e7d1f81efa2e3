"""`sagsgang audit`: the proof that the log of the working house is whole, and the log as data."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from . import wording
from .console import complain, note
from .data import Data, aware, ready
from .language import say

Form = Literal["jsonl", "csv"]


def verify(*, data: Data | None = None) -> int:
    """The exit status: 0 if the log is whole, 1 if something is wrong with it."""
    ready(data)
    from ..cases import log
    from ..cases.log.models import Entry

    faults = 0
    for place, words in (*log.verify(), *_lost_files()):
        faults += 1
        complain(place, say(*words))
    actions = wording.number(
        Entry.objects.count(), ("handling", "handlinger"), ("action", "actions")
    )
    if faults:
        found = wording.number(faults, ("fejl", "fejl"), ("fault", "faults"))
        note(say(f"{actions} kontrolleret: {found}.", f"{actions} checked: {found}."))
        return 1
    note(
        say(
            f"{actions} kontrolleret: Loggen er intakt, og alt er, som den siger.",
            f"{actions} checked: the log is whole, and all is as it says.",
        )
    )
    return 0


def _lost_files() -> Iterator[tuple[str, tuple[str, str]]]:
    from ..cases import attachments

    for name in attachments.lost():
        yield (
            name,
            (
                "Bilagets fil mangler eller er en anden end den, der blev afleveret.",
                "The attachment's file is missing, or another than the one handed in.",
            ),
        )


def export(
    *,
    form: Annotated[
        Form,
        Parameter(
            name=["--format", "-f"],
            help=say(
                "JSON med en handling på hver linje, eller en tabel med en linje for hvert felt, "
                "der blev ændret.",
                "JSON with an action on each line, or a table with a line for each field that "
                "was changed.",
            ),
        ),
    ] = "jsonl",
    who: Annotated[
        str,
        Parameter(
            metavar=say("NAVN", "NAME"),
            help=say("Kun det, som denne person har gjort.", "Only what this one has done."),
        ),
    ] = "",
    what: Annotated[
        str,
        Parameter(
            metavar=say("HANDLING", "ACTION"),
            help=say(
                "Kun denne handling, som agenda.publish, eller det, den er gjort ved, som "
                "cases.case:12.",
                "Only this action, such as agenda.publish, or what it was done to, such as "
                "cases.case:12.",
            ),
        ),
    ] = "",
    since: Annotated[
        datetime.datetime | None,
        Parameter(
            metavar=say("TID", "TIME"),
            help=say("Fra denne dag eller dette tidspunkt.", "From this day or time on."),
        ),
    ] = None,
    until: Annotated[
        datetime.datetime | None,
        Parameter(
            metavar=say("TID", "TIME"),
            help=say("Før denne dag eller dette tidspunkt.", "Before this day or time."),
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
    """The exit status: 0 when all was written."""
    ready(data)
    from ..cases.log import reading

    actions = reading.told(who, what, aware(since), aware(until))
    written = reading.json_lines if form == "jsonl" else reading.comma_separated
    if out is None:
        sys.stdout.buffer.writelines(written(actions))
        sys.stdout.flush()
        return 0
    from .folder import write

    write(out, written(actions))
    note(say(f"Loggen er skrevet i {out}.", f"The log is written in {out}."))
    return 0
