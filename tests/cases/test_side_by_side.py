"""Many at work in the house at once, and some of them killed: nothing acknowledged is lost."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from tests.archive.processes import READY, command, program

from bench import house

WRITERS, TIMES = 4, 8
REVISIONS = (
    READY
    + """
from sagsgang.cases.models import Case
for case in Case.objects.order_by("number"):
    presentation = case.treatments.get().presentation
    print(presentation.revision, presentation.versions.count())
"""
)

pytestmark = pytest.mark.usefixtures("unmeasured")


def stored() -> list[list[int]]:
    """Revision and number of versions of each case."""
    done = program(REVISIONS)
    assert done.status == 0, done.err
    return [[int(word) for word in line.split()] for line in done.out.splitlines()]


def test_writers_side_by_side_all_get_their_work_done(own_archive: Path) -> None:
    house.prepare(own_archive, WRITERS)
    at_work = [house.started(own_archive, number, TIMES) for number in range(WRITERS)]
    for process in at_work:
        out, err = process.communicate(timeout=6000)
        assert process.returncode == 0, err
        assert [revision for revision, _ in house.acknowledged(out)] == list(range(2, TIMES + 2))
    assert stored() == [[TIMES + 1, TIMES + 1]] * WRITERS
    assert command("audit", "verify").status == 0


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_what_was_acknowledged_before_a_kill_is_there(own_archive: Path) -> None:
    house.prepare(own_archive, 1)
    told = 1
    for lines in (3, 1, 5):
        process = house.started(own_archive, 0, 10_000)
        assert process.stdout is not None
        printed = [process.stdout.readline() for _ in range(lines)]
        process.send_signal(signal.SIGKILL)
        # Not communicate(), which leaves out what the lines above have read ahead.
        rest = process.stdout.read()
        process.communicate(timeout=600)
        acknowledged = house.acknowledged("".join(printed) + rest)
        assert len(acknowledged) >= lines
        assert acknowledged[0][0] == told + 1
        [[revision, versions]] = stored()
        # The last one may have been done, and the writer killed before it could tell.
        assert revision in (acknowledged[-1][0], acknowledged[-1][0] + 1)
        assert versions == revision
        told = revision
    done = command("audit", "verify")
    assert done.status == 0, done.err
