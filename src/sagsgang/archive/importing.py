"""Importing: a folder's documents into the archive, and what has not changed passed over.

A source is a folder, or a file that holds many documents (JSON Lines, a meeting on each line).
`survey` finds what is to be read, and `run` publishes what a reader gives of it: each document
whole or not at all, a few of them in each transaction, with the note that they were seen. A run
that is killed leaves whole documents behind, and the next run goes on with the rest.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

from django.db import DataError, IntegrityError, OperationalError, connection

from . import publishing
from .archived import HEAD, Archived, archived_in
from .models import Publication, Run, Seen
from .runs import Record
from .search import index
from .search.entries import Entry
from .strands import is_late
from .survey import Piece, Survey
from .writing import alone, is_in_the_way

_AT_ONCE: Final = 32
_SECONDS: Final = 0.2
"""How many documents are published in one transaction, and for how long it waits for them."""
_GONE_AT_ONCE: Final = 100
_OF_A_DOCUMENT: Final = (DataError, IntegrityError, ValueError, TypeError, LookupError)
"""What is wrong with a document, and stops no other."""


class Options(NamedTuple):
    """What is told of documents that do not tell it themselves."""

    municipality: str = ""
    committee: str = ""


class Read(NamedTuple):
    """What a reader gives of a document: ready for the door, or what is wrong with it.

    `mark` is what the file was when it was read (`survey.mark_of`).
    """

    prepared: publishing.Prepared | None = None
    problem: str = ""
    mark: str = ""


class Step(NamedTuple):
    """A document that was dealt with: `result` is that of publishing, or `failed`."""

    name: str
    result: str
    message: str = ""


Reader = Callable[[Sequence[Piece]], Generator[Read, None, None]]
"""Reads documents, and gives what came of each in their order."""


def run(
    survey: Survey,
    reader: Reader,
    options: Options,
    *,
    unreachable: Iterable[tuple[str, str]] = (),
    told: Callable[[Exception], str] = str,
) -> Generator[Step, None, None]:
    """What comes of each document that is to be read, as it is published; the run is recorded.

    `unreachable` are parts of the source that could not be looked into, and why; `told` puts an
    error that nobody foresaw into words.

    Raises:
        DatabaseError: the database cannot be written to. What was published before is there.
    """
    _keep_out_of_memory()
    with Record(survey.source) as record:
        notes = _Notes(survey, record.run)
        record.count("unchanged", survey.unchanged)
        whole = survey.whole
        for name, message in unreachable:
            record.problem(name, message)
            whole = False
        door = _Door(survey, options, told)
        with closing(reader(survey.to_read)) as results:
            for some in _together(zip(survey.to_read, results, strict=True)):
                steps = _published(some, door, notes, survey)
                for step in steps:
                    record.count(step.result)
                    # Of what is held back the public record has the number and no more.
                    if step.result == "failed":
                        record.problem(step.name, step.message)
                yield from steps
        notes.files()
        if whole:
            record.completed(notes.forget(survey.missing))
        door.name_municipality()


def _keep_out_of_memory() -> None:
    """Has SQLite read its file piece by piece: mapped, it is as much memory as it has grown."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA mmap_size = 0")


def _together(results: Iterable[tuple[Piece, Read]]) -> Iterator[list[tuple[Piece, Read]]]:
    """What has been read, a few documents at a time: nobody is kept waiting for slow ones."""
    some: list[tuple[Piece, Read]] = []
    began = time.monotonic()
    for result in results:
        some.append(result)
        if len(some) == _AT_ONCE or time.monotonic() - began > _SECONDS:
            yield some
            some, began = [], time.monotonic()
    if some:
        yield some


def _published(
    some: list[tuple[Piece, Read]], door: _Door, notes: _Notes, survey: Survey
) -> list[Step]:
    """What came of publishing a few documents, each of them whole or not at all.

    Where the database fails, each is tried once more by itself.
    """
    try:
        return _together_or_not_at_all(some, door, notes, survey)
    except (OperationalError, *_OF_A_DOCUMENT):
        return [_once_more(piece, read, door, notes, survey) for piece, read in some]


def _once_more(piece: Piece, read: Read, door: _Door, notes: _Notes, survey: Survey) -> Step:
    try:
        (step,) = _together_or_not_at_all([(piece, read)], door, notes, survey)
    except (OperationalError, *_OF_A_DOCUMENT) as error:
        if isinstance(error, OperationalError) and not is_in_the_way(error):
            raise
        survey.lined.pop(piece.file, None)
        return door.failed(piece, error)
    return step


def _together_or_not_at_all(
    some: list[tuple[Piece, Read]], door: _Door, notes: _Notes, survey: Survey
) -> list[Step]:
    """What came of publishing some documents in one transaction."""
    try:
        with alone():
            return _in_turn(some, door, notes, survey)
    except BaseException:
        door.forget()
        notes.drop()
        raise


def _in_turn(
    some: list[tuple[Piece, Read]], door: _Door, notes: _Notes, survey: Survey
) -> list[Step]:
    steps = []
    entries: list[Entry] = []
    for piece, read in some:
        step, publication = door.publish(piece, read, entries)
        if publication:
            notes.add(piece.key, read.mark, publication)
        else:
            survey.lined.pop(piece.file, None)
        steps.append(step)
    notes.write()
    index.add_those_left(entries)
    return steps


class _Door:
    """Publishes one document after the other, and lets none stop the rest."""

    def __init__(self, survey: Survey, options: Options, told: Callable[[Exception], str]) -> None:
        self._source = survey.source
        self._options = options
        self._told = told
        self._registry = publishing.Registry()
        self._municipalities: set[int] = set()

    def publish(
        self, piece: Piece, read: Read, unindexed: list[Entry]
    ) -> tuple[Step, Publication | None]:
        """What came of a document, and its publication where it is in the archive."""
        if read.prepared is None:
            return Step(piece.name, "failed", read.problem), None
        archived = _archived(piece)
        try:
            outcome = publishing.publish(
                read.prepared,
                source_id=self._source_id(piece, read.prepared, archived),
                municipality=self._options.municipality,
                committee=self._options.committee,
                archived=archived,
                registry=self._registry,
                unindexed=unindexed,
            )
        except publishing.NotPublishable as error:
            return Step(piece.name, "failed", str(error)), None
        except _OF_A_DOCUMENT as error:
            return self.failed(piece, error), None
        if outcome.result in ("new", "changed"):
            self._municipalities.add(outcome.publication.meeting.body.municipality_id)
        return Step(piece.name, outcome.result, outcome.message), outcome.publication

    def failed(self, piece: Piece, error: Exception) -> Step:
        """That a document could not be published because of an error."""
        return Step(piece.name, "failed", self._told(error))

    def forget(self) -> None:
        """Forgets what was known: a transaction was rolled back."""
        self._registry.forget()

    def _source_id(
        self, piece: Piece, prepared: publishing.Prepared, archived: Archived | None
    ) -> str:
        """What the document's source is known again by; never a path from the disk's root.

        That of a line is its document in the archive that it was exported from, or what it was read
        from: the line's number and text may change.
        """
        file = f"{self._source.name}/{piece.file}"
        if piece.part is None:
            return file
        if archived:
            return f"{file}//{archived.body}/{archived.meeting}/{archived.strand}"
        minutes = prepared.minutes
        name = f"{file}//{minutes.kind}/{minutes.source.name if minutes.source else ''}"
        # There may be several of these for a meeting, and what they are read from is one file.
        if is_late(minutes) and minutes.items:
            first = minutes.items[0]
            return f"{name}/{first.case_number or first.title or ''}"
        return name

    def name_municipality(self) -> None:
        """Lets a source whose documents come from one municipality be that municipality's."""
        if len(self._municipalities) == 1 and self._source.municipality_id is None:
            self._source.municipality_id = next(iter(self._municipalities))
            self._source.save(update_fields=["municipality"])


def _archived(piece: Piece) -> Archived | None:
    """Where the document of a line stood in the archive that it was exported from."""
    if piece.part is None:
        return None
    first, size = piece.part
    with Path(piece.path).open("rb") as file:
        file.seek(first)
        return archived_in(file.read(min(size, HEAD)))


class _Notes:
    """Notes which documents were seen, with what they were then."""

    def __init__(self, survey: Survey, run: Run) -> None:
        self._survey = survey
        self._run = run
        self._waiting: list[Seen] = []

    def add(self, key: str, mark: str, publication: Publication | None) -> None:
        """Remembers a document, or a file of them, until it is written that it was seen."""
        self._waiting.append(
            Seen(
                source=self._survey.source,
                key=key,
                mark=mark,
                publication=publication,
                run=self._run,
            )
        )

    def drop(self) -> None:
        """Forgets what is remembered: a transaction was rolled back."""
        self._waiting.clear()

    def write(self) -> None:
        """Writes what is remembered."""
        waiting, self._waiting = self._waiting, []
        Seen.objects.bulk_create(
            waiting,
            update_conflicts=True,
            unique_fields=["source", "key"],
            update_fields=["mark", "publication", "run"],
        )

    def files(self) -> None:
        """Notes files of which only the time is new, and files whose every line was published."""
        for key, mark in self._survey.touched.items():
            Seen.objects.filter(source=self._survey.source, key=key).update(mark=mark)
        for key, mark in self._survey.lined.items():
            self.add(key, mark, None)
        self.write()

    def forget(self, keys: Iterable[str]) -> int:
        """How many documents the source has no more; what they were is forgotten.

        They stay in the archive: what was published stays published.
        """
        gone, vanished = sorted(keys), 0
        for first in range(0, len(gone), _GONE_AT_ONCE):
            rows = Seen.objects.filter(
                source=self._survey.source, key__in=gone[first : first + _GONE_AT_ONCE]
            )
            vanished += rows.filter(publication__isnull=False).count()
            rows.delete()
        return vanished
