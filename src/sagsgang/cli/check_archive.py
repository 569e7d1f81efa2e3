"""`sagsgang check-archive`: whether everything in the archive is as it was published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from . import wording
from .console import Desk, note
from .data import Data, ready
from .language import say

if TYPE_CHECKING:
    from ..archive.checking import Fault


def check_archive(
    *,
    repair: Annotated[
        bool,
        Parameter(
            help=say(
                "Dan de rækker på ny, der ikke passer med dokumenterne. Dokumenterne røres ikke.",
                "Make rows anew that do not fit the documents. The documents are not touched.",
            ),
        ),
    ] = False,
    data: Data | None = None,
) -> int:
    """The exit status: 0 if all is as it was published, 1 if something is not."""
    ready(data)
    from ..archive import checking

    meetings, left, mended = checking.count(), 0, 0
    with Desk(meetings, results=False, doing=say("Kontrollerer", "Checking")) as desk:
        for fault in checking.faults_of_storage():
            left += 1
            desk.problem(fault.place, say(fault.danish, fault.english))
        for found in checking.faults_of_meetings():
            faults = _mended(found) if repair else found
            mended += len(found) - len(faults)
            left += len(faults)
            for fault in faults:
                desk.problem(fault.place, say(fault.danish, fault.english))
            desk.advance()
    note(_told(meetings, left, mended))
    return 1 if left else 0


def _mended(faults: list[Fault]) -> list[Fault]:
    """What is still wrong with a meeting after its rows have been made anew."""
    from ..archive import checking
    from ..archive.publishing import Registry

    meeting = next((fault.mends for fault in faults if fault.mends), None)
    if meeting is None:
        return faults
    checking.mend(meeting, Registry())
    return checking.faults_of(meeting)


def _told(meetings: int, left: int, mended: int) -> str:
    """What the check came to, in a sentence or two."""
    checked = wording.number(meetings, ("møde", "møder"), ("meeting", "meetings"))
    told = say(f"{checked} kontrolleret: ", f"{checked} checked: ")
    told += (
        wording.number(left, ("fejl", "fejl"), ("fault", "faults"))
        if left
        else say("alt er, som det blev offentliggjort", "all is as it was published")
    )
    if mended:
        told += say(f", {mended} fejl rettet", f", {mended} faults mended")
    return f"{told}."
