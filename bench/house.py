"""The working house with many at work: writers side by side, none of which may fail or be lost."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench import sitting
from bench.measuring import Row, at

WRITERS, TRANSACTIONS = 16, 100

PREPARE = """
from sagsgang.web import ready
ready()
import datetime
from sagsgang.bodies.models import Body, Municipality
from sagsgang.cases import drafting, log
from sagsgang.cases.models import Position, Treatment, Unit, User
municipality = Municipality.objects.create(name="Lindvig", slug="lindvig")
with log.action(None, "house.furnish", "lindvig"):
    body = Body.objects.create(
        municipality=municipality, name="Jobudvalget", slug="jobudvalget", kind=Body.COMMITTEE
    )
    unit = Unit.objects.create(municipality=municipality, name="Jobcentret")
    officer = User.objects.create(username="ida@lindvig.dk", first_name="Ida")
    Position.objects.create(
        user=officer, role="officer", unit=unit, since=datetime.date(2020, 1, 1)
    )
for number in range(int(__import__("sys").argv[1])):
    drafting.create_case(
        officer, municipality, f"26/{number}", "Sag", unit=unit,
        way=[(body, Treatment.DECIDING)],
    )
"""
"""A house with a case for each writer."""

WRITE = """
import sys, time
from sagsgang.web import ready
ready()
from sagsgang.cases import drafting
from sagsgang.cases.models import Case, User
number, times = sys.argv[1:]
officer = User.objects.get(username="ida@lindvig.dk")
presentation = Case.objects.get(number=f"26/{number}").treatments.get().presentation
for turn in range(int(times)):
    began = time.perf_counter()
    presentation = drafting.save(
        officer, presentation, {"title": f"Sag {turn}"}, revision=presentation.revision
    )
    print(presentation.revision, time.perf_counter() - began, flush=True)
"""
"""One writer: each line that it prints is a revision that was acknowledged, and what it took."""


def prepare(folder: Path, writers: int) -> None:
    """Makes a house in a data folder, with a case for each writer.

    Raises:
        CalledProcessError: it could not be made.
    """
    _python(PREPARE, folder, writers).check_returncode()


def started(folder: Path, writer: int, times: int) -> subprocess.Popen[str]:
    """A writer at work in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITE, str(writer), str(times)],
        env=_environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def acknowledged(printed: str) -> list[tuple[int, float]]:
    """The revisions that a writer was told of, and what each took in seconds; no cut lines."""
    lines = (line.split() for line in printed.splitlines(keepends=True) if line.endswith("\n"))
    return [(int(revision), float(seconds)) for revision, seconds in lines]


def rows(quick: bool) -> Iterator[Row]:
    """Failures, and how long a transaction takes while all are at work; then a whole sitting."""
    writers, times = (WRITERS, TRANSACTIONS // 10) if quick else (WRITERS, TRANSACTIONS)
    where = "PostgreSQL" if os.environ.get("DATABASE_URL") else "SQLite"
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "archive"
        prepare(folder, writers)
        began = time.perf_counter()
        at_work = [started(folder, number, times) for number in range(writers)]
        done = [process.communicate()[0] for process in at_work]
        took = time.perf_counter() - began
        failed = sum(process.returncode != 0 for process in at_work)
        seconds = sorted(each for one in done for _revision, each in acknowledged(one))
        asked = f"{writers} writers × {times} transactions on {where}"
        lacking = writers * times - len(seconds)
        yield Row("transactions that were not done", lacking, "×", asked, at_most=0)
        yield Row("writers that failed", failed, "×", asked, at_most=0)
        yield Row("95th percentile of a transaction", at(seconds, 0.95), "ms", asked)
        yield Row("longest transaction", seconds[-1] * 1000, "ms", asked)
        yield Row("all of them", took, "s", asked)
        whole = _sagsgang(folder, "audit", "verify").returncode
        yield Row("faults of the log afterwards", whole, "×", asked, at_most=0)
    yield from sitting.rows(quick)


def _python(code: str, folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        env=_environment(folder),
        check=False,
        text=True,
    )


def _sagsgang(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sagsgang", *arguments],
        env=_environment(folder),
        check=False,
        text=True,
    )


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "SAGSGANG_DATA": str(folder)}
