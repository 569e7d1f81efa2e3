"""The record of a run, and the refusal of a source that has shrunk."""

from __future__ import annotations

import pytest

from sagsgang.archive import runs
from sagsgang.archive.models import Run, Source
from sagsgang.archive.runs import Record, Shrunk, refuse_shrunk, source_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    return source_of("/srv/referater", "referater", runs.IMPORT)


def test_a_source_is_known_again_by_its_key(source: Source) -> None:
    assert source_of("/srv/referater", "et andet navn", runs.IMPORT) == source
    assert source.name == "referater"


def test_a_record_counts_and_ends(source: Source) -> None:
    with Record(source) as record:
        record.count("new")
        record.count("unchanged", 5)
        record.count("failed")
        record.problem("a.pdf", "Den er tom.")
        assert Run.objects.get().ended_at is None
        record.completed(vanished=3)
    run = Run.objects.get()
    assert (run.seen, run.new, run.unchanged, run.failed, run.vanished) == (7, 1, 5, 1, 3)
    assert run.problems == ["a.pdf: Den er tom."]
    assert run.complete
    assert run.ended_at


def test_a_run_that_is_broken_off_ends_without_being_complete(source: Source) -> None:
    def interrupted() -> None:
        with Record(source) as record:
            record.count("new")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    run = Run.objects.get()
    assert (run.new, run.complete, run.ended_at is not None) == (1, False, True)


def test_only_the_first_problems_are_kept(source: Source) -> None:
    with Record(source) as record:
        for number in range(runs.MOST_PROBLEMS + 10):
            record.problem(f"{number}.pdf", "Den er tom.")
    assert len(Run.objects.get().problems) == runs.MOST_PROBLEMS


def test_the_public_record_has_no_cpr_numbers_of_names(source: Source) -> None:
    with Record(source) as record:
        record.problem("Klage 070761-4285.pdf", "Den er tom.")
    assert Run.objects.get().problems == ["Klage ….pdf: Den er tom."]


def went_through(source: Source, seen: int, *, complete: bool = True) -> None:
    with Record(source) as record:
        record.count("unchanged", seen)
        if complete:
            record.completed()


@pytest.mark.parametrize(
    ("before", "now", "refused"),
    [
        (100, 79, True),
        (100, 80, False),
        (100, 0, True),
        (3, 1, False),
        (3, 0, True),
        (10, 500, False),
    ],
)
def test_a_source_with_far_fewer_documents_is_refused(
    source: Source, before: int, now: int, *, refused: bool
) -> None:
    went_through(source, before)
    if not refused:
        refuse_shrunk(source, now)
        return
    with pytest.raises(Shrunk, match=f"{now} dokumenter nu, og der var {before}.*--accept-shrink"):
        refuse_shrunk(source, now)
    latest = source.runs.first()
    assert (latest.seen, latest.complete) == (now, False)
    assert "--accept-shrink" in latest.problems[0]


def test_only_a_run_that_saw_everything_tells_how_many_there_should_be(source: Source) -> None:
    refuse_shrunk(source, 0)
    went_through(source, 100, complete=False)
    refuse_shrunk(source, 0)
    went_through(source, 100)
    went_through(source, 2, complete=False)
    with pytest.raises(Shrunk):
        refuse_shrunk(source, 2)
