"""Importing: what is read, what is passed over, and what is told of it."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import pickle
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import DataError, OperationalError

from sagsgang.archive import runs
from sagsgang.archive.importing import Options, Read, Step, run
from sagsgang.archive.models import Held, Item, Meeting, Publication, Run, Seen
from sagsgang.archive.prepared import prepare
from sagsgang.archive.search import index
from sagsgang.archive.search.entries import Entry
from sagsgang.archive.search.models import SearchEntry
from sagsgang.archive.survey import File, Piece, Survey, mark_of, survey
from sagsgang.minutes import Minutes, UnreadableDocument, read_bytes

from .documents import item, meeting

pytestmark = pytest.mark.django_db


class Desk:
    """A folder of documents that is imported again and again; `read` tells what was read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.source = runs.source_of(str(folder), folder.name, runs.IMPORT)
        self.read: list[str] = []
        self.settings = "as before"

    def write(self, name: str, *documents: Minutes) -> Path:
        """A file with a document, or with one on each line."""
        path = self.folder / name
        lines = [json.dumps(one.to_dict(), ensure_ascii=False) + "\n" for one in documents]
        path.write_text("".join(lines), "utf-8")
        return path

    def survey(self, *, whole: bool = True) -> Survey:
        files = [
            File(str(path), path.relative_to(self.folder).as_posix(), path.stat().st_size)
            for path in sorted(self.folder.rglob("*"))
        ]
        return survey(self.source, files, settings=self.settings, whole=whole)

    def imported(self, options: Options = Options(), **told: object) -> list[Step]:  # noqa: B008
        """What came of the documents that were read."""
        self.read.clear()
        return list(run(self.survey(), self.reader, options, **told))

    def results(self) -> list[tuple[str, str]]:
        return [(step.name, step.result) for step in self.imported()]

    def reader(self, pieces: Sequence[Piece]) -> Generator[Read, None, None]:
        for piece in pieces:
            self.read.append(piece.name)
            path = Path(piece.path)
            first, size = piece.part or (0, None)
            data = path.read_bytes()[first : size and first + size]
            try:
                prepared = prepare(read_bytes(data, path.name))
            except UnreadableDocument as error:
                yield Read(problem=str(error))
                continue
            stat = path.stat()
            whole = mark_of(stat.st_size, stat.st_mtime_ns, digest(path), self.settings)
            yield Read(
                pickle.loads(pickle.dumps(prepared)), "", self.settings if piece.part else whole
            )


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def months(count: int) -> list[Minutes]:
    return [meeting(date=f"2026-{month:02}-04") for month in range(1, count + 1)]


def last_run() -> Run:
    return Run.objects.latest("id")


def counts(of: Run) -> dict[str, int]:
    names = ("seen", "new", "changed", "unchanged", "held", "failed", "vanished")
    return {name: getattr(of, name) for name in names if getattr(of, name)}


def test_each_file_becomes_a_publication_and_is_not_read_again(desk: Desk) -> None:
    for number, one in enumerate(months(3)):
        desk.write(f"{number}.json", one)
    assert desk.results() == [("0.json", "new"), ("1.json", "new"), ("2.json", "new")]
    assert counts(last_run()) == {"seen": 3, "new": 3}
    assert last_run().complete
    assert desk.results() == []
    assert desk.read == []
    assert counts(last_run()) == {"seen": 3, "unchanged": 3}
    assert Publication.objects.count() == 3


def test_a_file_that_only_has_a_new_time_is_not_read_again(desk: Desk) -> None:
    path = desk.write("a.json", meeting())
    desk.imported()
    os.utime(path, ns=(1, 1))
    assert desk.imported() == []
    assert desk.survey().touched == {}


def test_a_file_that_has_changed_is_a_new_version(desk: Desk) -> None:
    path = desk.write("a.json", meeting())
    desk.imported()
    before = path.stat().st_mtime_ns
    desk.write("a.json", meeting(item(title="Indsats for langtidsledige!")))
    os.utime(path, ns=(before + 10**9, before + 10**9))
    assert desk.results() == [("a.json", "changed")]
    assert [one.version for one in Publication.objects.all()] == [1, 2]


def test_other_settings_read_everything_again_and_publish_nothing_twice(desk: Desk) -> None:
    desk.write("a.json", meeting())
    desk.write("b.jsonl", *months(2))
    desk.imported()
    desk.settings = "another version"
    assert [step.result for step in desk.imported()] == ["unchanged"] * 3
    assert desk.imported() == []


def test_every_line_of_a_file_of_lines_is_a_document(desk: Desk) -> None:
    desk.write("alt.jsonl", *months(3))
    assert [step.name for step in desk.imported()] == [f"alt.jsonl, linje {n}" for n in (1, 2, 3)]
    assert Meeting.objects.count() == 3
    assert desk.imported() == []
    assert counts(last_run()) == {"seen": 3, "unchanged": 3}


def test_a_line_more_is_one_document_more(desk: Desk) -> None:
    desk.write("alt.json", *months(3))
    desk.imported()
    first, *rest = months(5)
    desk.write("alt.json", *rest)
    assert desk.results() == [("alt.json, linje 3", "new"), ("alt.json, linje 4", "new")]
    assert counts(last_run()) == {"seen": 4, "new": 2, "unchanged": 2, "vanished": 1}
    assert Meeting.objects.filter(date=first.date).exists()


def test_empty_lines_and_lines_that_stand_twice_are_passed_over(desk: Desk) -> None:
    path = desk.write("alt.jsonl", *months(2), *months(2))
    path.write_bytes(path.read_bytes().replace(b"\n", b"\n\n"))
    assert [step.result for step in desk.imported()] == ["new", "new"]


def test_two_documents_of_a_meeting_on_lines_are_two_versions_once(desk: Desk) -> None:
    agenda = meeting(item(decisions=()), kind="agenda", source=None)
    desk.write("alt.jsonl", agenda, replace(meeting(), source=None))
    for settings in ("a", "b", "c"):
        desk.settings = settings
        desk.imported()
    assert [one.kind for one in Publication.objects.order_by("version")] == ["agenda", "minutes"]


def test_the_public_record_does_not_say_what_is_held_back(desk: Desk) -> None:
    desk.write("a.json", meeting(item("1", "Borger 070761-4285")))
    [step] = desk.imported()
    assert (step.result, "CPR-nummer" in step.message) == ("held", True)
    assert (last_run().held, last_run().problems) == (1, [])


def test_what_cannot_be_read_or_placed_is_told_and_the_rest_go_on(desk: Desk) -> None:
    (desk.folder / "a.json").write_text('{"format_version": "99"}')
    desk.write("b.json", meeting(municipality=None, date="2026-05-06"))
    desk.write("c.json", meeting())
    steps = desk.imported()
    assert [(step.name, step.result) for step in steps] == [
        ("a.json", "failed"), ("b.json", "failed"), ("c.json", "new"),
    ]  # fmt: skip
    assert "--municipality" in steps[1].message
    assert last_run().problems == [f"{step.name}: {step.message}" for step in steps[:2]]
    assert last_run().complete
    assert desk.imported(Options("Lindvig"))[1].result == "new"


def test_what_is_held_back_is_tried_again_until_it_is_released(desk: Desk) -> None:
    desk.write("a.json", meeting(item(title="Sagen om cpr 010190-1234")))
    assert desk.results() == [("a.json", "held")]
    assert desk.results() == [("a.json", "held")]
    assert Held.objects.count() == 1


def test_a_line_that_fails_is_tried_again_and_the_others_are_not(desk: Desk) -> None:
    desk.write("alt.jsonl", *months(2), meeting(municipality=None))
    assert [step.result for step in desk.imported()] == ["new", "new", "failed"]
    assert desk.results() == [("alt.jsonl, linje 3", "failed")]


def test_a_run_that_is_left_goes_on_where_it_was(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sagsgang.archive.importing._AT_ONCE", 2)
    for number, one in enumerate(months(9)):
        desk.write(f"{number}.json", one)
    left = run(desk.survey(), desk.reader, Options())
    assert [next(left).result for _ in range(3)] == ["new"] * 3
    left.close()
    assert (last_run().complete, last_run().new) == (False, 4)
    assert [name for name, _ in desk.results()] == [f"{number}.json" for number in range(4, 9)]


def test_what_a_transaction_does_not_finish_is_not_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, one in enumerate(months(3)):
        desk.write(f"{number}.json", one)

    def full(*_: object) -> None:
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr("sagsgang.archive.importing._Notes.write", full)
        with pytest.raises(OperationalError):
            desk.imported()
    assert (Publication.objects.count(), Seen.objects.count()) == (0, 0)
    assert (last_run().new, last_run().complete) == (0, False)
    assert [result for _, result in desk.results()] == ["new"] * 3


def test_a_document_that_was_published_but_not_noted_is_found_unchanged(desk: Desk) -> None:
    desk.write("a.json", meeting())
    desk.imported()
    Seen.objects.all().delete()
    assert desk.results() == [("a.json", "unchanged")]


def test_files_that_are_gone_are_counted_once_and_stay_published(desk: Desk) -> None:
    desk.write("a.json", meeting())
    path = desk.write("b.json", *months(1))
    desk.imported()
    path.unlink()
    desk.imported()
    assert counts(last_run()) == {"seen": 1, "unchanged": 1, "vanished": 1}
    desk.imported()
    assert counts(last_run()) == {"seen": 1, "unchanged": 1}
    assert Publication.objects.count() == 2


def test_a_source_that_could_not_be_gone_through_is_not_complete(desk: Desk) -> None:
    path = desk.write("a.json", meeting())
    desk.imported()
    path.unlink()
    desk.imported(unreachable=[("mappe", "Du har ikke lov til at åbne den.")])
    assert not last_run().complete
    assert last_run().problems == ["mappe: Du har ikke lov til at åbne den."]
    assert last_run().vanished == 0


def test_some_files_of_a_folder_are_no_complete_run(desk: Desk) -> None:
    desk.write("a.json", meeting())
    list(run(desk.survey(whole=False), desk.reader, Options()))
    assert not last_run().complete
    assert desk.survey().to_read == []


def test_an_unforeseen_error_is_told_in_words_and_stops_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.write("a.json", meeting())
    desk.write("b.json", *months(1))
    whole: Callable[..., object] = run.__globals__["publishing"].publish

    def publish(prepared: object, **given: object) -> object:
        if given["source_id"].endswith("a.json"):
            raise ValueError("?")
        return whole(prepared, **given)

    monkeypatch.setattr("sagsgang.archive.publishing.publish", publish)
    steps = desk.imported(told=lambda error: f"Fejl: {type(error).__name__}")
    assert [(step.result, step.message) for step in steps] == [
        ("failed", "Fejl: ValueError"), ("new", ""),
    ]  # fmt: skip


def test_a_document_that_the_index_does_not_take_stops_no_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, one in enumerate(months(3)):
        desk.write(f"{number}.json", one)
    refused, insert = datetime.date(2026, 2, 4), index.add

    def add(entries: Iterable[Entry]) -> None:
        entries = list(entries)
        if any(entry.date == refused for entry in entries):
            raise DataError("too long")
        insert(entries)

    monkeypatch.setattr(index, "add", add)
    steps = desk.imported()
    assert [step.result for step in steps] == ["new", "failed", "new"]
    assert steps[1].message == "too long"
    assert Meeting.objects.filter(date=refused).count() == 0
    assert SearchEntry.objects.count() == Item.objects.count() == 2


def test_of_two_documents_of_a_meeting_the_index_has_the_last(desk: Desk) -> None:
    desk.write("a.json", meeting(item(title="Ventelister til plejehjem")))
    desk.write("b.json", meeting(item(title="Ventetid på plejehjem"), item(number="2")))
    assert [step.result for step in desk.imported()] == ["new", "changed"]
    indexed = SearchEntry.objects.values_list("item__title", flat=True).order_by("item")
    titles = Item.objects.values_list("title", flat=True).order_by("pk")
    assert list(indexed) == list(titles)
    assert titles[0] == "Ventetid på plejehjem"


def test_a_source_of_one_municipality_is_that_municipality_s(desk: Desk) -> None:
    desk.write("a.json", meeting())
    desk.imported()
    assert desk.source.municipality.name == "Lindvig"


def test_a_long_path_is_known_again(desk: Desk) -> None:
    folder = desk.folder
    for letter in "abcd":
        folder /= letter * 200
    folder.mkdir(parents=True)
    desk.write(str(folder.relative_to(desk.folder) / "møde.json"), meeting())
    files = [File(str(path), path.relative_to(desk.folder).as_posix()) for path in folder.iterdir()]

    def found() -> Survey:
        return survey(desk.source, files, settings=desk.settings, whole=True)

    assert [step.result for step in run(found(), desk.reader, Options())] == ["new"]
    assert found().to_read == []
