"""Several programs that write in one archive: none is stopped by another."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from sagsgang.archive import checking
from sagsgang.archive.models import Publication, Run, Seen
from sagsgang.archive.publishing import Registry, publish
from sagsgang.archive.writing import is_in_the_way

from .documents import item, meeting
from .processes import READY, program
from .test_importing import Desk, counts, desk, last_run, months

pytestmark = pytest.mark.usefixtures("unmeasured")

__all__ = ["desk"]

PAIR = (
    READY
    + """
import time
from django.db import transaction
from sagsgang.archive.publishing import publish
from sagsgang.minutes import Minutes
mine, theirs, *documents = sys.argv[1:]
with transaction.atomic():
    for document in documents:
        publish(Minutes.from_dict(json.loads(document)))
        Path(mine).touch()
        end = time.monotonic() + 2
        while not Path(theirs).exists() and time.monotonic() < end:
            time.sleep(0.01)
"""
)


def test_two_that_publish_the_same_words_in_opposite_order_both_finish(
    own_archive: Path, tmp_path: Path
) -> None:
    first, *documents = [
        json.dumps(meeting(item(title=f"Sagen om {word}", case_number=None), date=date).to_dict())
        for word, date in (
            ("", "2025-01-08"),
            ("skoler", "2026-01-07"),
            ("oprensning", "2026-02-04"),
        )
    ]
    signs = [tmp_path / "one", tmp_path / "other"]
    # Municipality, committee and people are there, and only words are new.
    assert program(PAIR, signs[0], signs[0], first).status == 0
    signs[0].unlink()
    run = [
        subprocess.Popen(
            [sys.executable, "-c", PAIR, *map(str, own), *in_order],
            stderr=subprocess.PIPE,
            env=os.environ,
            text=True,
        )
        for own, in_order in ((signs, documents), (signs[::-1], documents[::-1]))
    ]
    ends = [one.communicate(timeout=600)[1] for one in run]
    assert [one.returncode for one in run] == [0, 0], ends


@pytest.mark.django_db
def test_a_writer_asks_to_be_alone_before_anything_else() -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        publish(meeting())
    if connection.vendor == "postgresql":
        first = next(one["sql"] for one in asked if not one["sql"].startswith("SAVEPOINT"))
        assert "pg_advisory_xact_lock" in first


def locked(*_: object) -> None:
    raise OperationalError("database is locked") from busy()


def busy() -> Exception:
    """What the database says when another program is in the way."""
    if connection.vendor == "postgresql":
        import psycopg

        return psycopg.errors.DeadlockDetected("deadlock detected")
    import sqlite3

    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return error


@pytest.mark.django_db
def test_what_is_in_the_way_is_told_from_what_is_wrong() -> None:
    with pytest.raises(OperationalError) as caught:
        locked()
    assert is_in_the_way(caught.value)
    assert not is_in_the_way(OperationalError("database or disk is full"))


class Stumbling:
    """Publishing that is locked out: the given number of times, of the documents of a date."""

    def __init__(self, times: int, date: str = "") -> None:
        self.times = times
        self.date = date

    def __call__(self, prepared: object, **given: object) -> object:
        if self.times and prepared.minutes.date.startswith(self.date):
            self.times -= 1
            locked()
        return publish(prepared, **given)


@pytest.mark.django_db
def test_a_document_that_is_locked_out_is_tried_once_more(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, one in enumerate(months(3)):
        desk.write(f"{number}.json", one)
    monkeypatch.setattr("sagsgang.archive.publishing.publish", Stumbling(1, "2026-02"))
    assert [result for _, result in desk.results()] == ["new"] * 3
    assert counts(last_run()) == {"seen": 3, "new": 3}
    assert [fault for found in checking.faults_of_meetings() for fault in found] == []


@pytest.mark.django_db
def test_one_that_is_locked_out_again_is_a_failure_of_that_one_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, one in enumerate(months(3)):
        desk.write(f"{number}.json", one)
    with monkeypatch.context() as patched:
        patched.setattr("sagsgang.archive.publishing.publish", Stumbling(2, "2026-02"))
        steps = desk.imported(told=lambda _: "Optaget.")
    assert [step[1:] for step in steps] == [("new", ""), ("failed", "Optaget."), ("new", "")]
    assert last_run().problems == ["1.json: Optaget."]
    assert Seen.objects.filter(publication__isnull=False).count() == 2
    assert desk.results() == [("1.json", "new")]


@pytest.mark.django_db
def test_the_record_of_a_run_waits_for_nobody(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write("a.json", meeting())
    monkeypatch.setattr("sagsgang.archive.runs._SECONDS_BETWEEN", -1.0)
    save = Run.save

    def stumbling(self: Run, **given: object) -> None:
        if self.ended_at is None and self.pk:
            locked()
        save(self, **given)

    monkeypatch.setattr(Run, "save", stumbling)
    assert desk.results() == [("a.json", "new")]
    assert last_run().new == 1


@pytest.mark.django_db
def test_what_was_rolled_back_is_not_remembered(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.write("a.json", meeting())
    write = "sagsgang.archive.importing._Notes.write"
    times = [1]

    def stumbling(notes: object) -> None:
        if times:
            times.pop()
            locked()
        original(notes)

    from sagsgang.archive.importing import _Notes

    original = _Notes.write
    monkeypatch.setattr(write, stumbling)
    assert desk.results() == [("a.json", "new")]
    assert Publication.objects.count() == 1
    publish(meeting(date="2026-04-04"), registry=Registry())
    assert [fault for found in checking.faults_of_meetings() for fault in found] == []
