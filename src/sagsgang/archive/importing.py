"""Importing: a folder's documents into the archive, and what has not changed passed over.

A source is a folder, or a file that holds many documents (JSON Lines, a meeting on each line).
`survey` finds what is to be read, and `run` publishes what a reader gives of it, each document in
a transaction of its own. That a document was seen is noted soon after. A run that is killed leaves
whole documents behind; the next run passes over those that were noted, finds the last few of the
others unchanged, and goes on with the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing, suppress
from typing import Final, NamedTuple

from django.db import DatabaseError, DataError, IntegrityError

from . import publishing
from .models import Publication, Seen
from .runs import Record
from .survey import Piece, Survey

_NOTES: Final = 100
"""How many documents are noted as seen at a time."""


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
    with Record(survey.source) as record, _Notes(survey, record) as notes:
        record.count("unchanged", survey.unchanged)
        whole = survey.whole
        for name, message in unreachable:
            record.problem(name, message)
            whole = False
        door = _Door(survey, options, told)
        with closing(reader(survey.to_read)) as results:
            for piece, read in zip(survey.to_read, results, strict=True):
                step, publication = door.publish(piece, read)
                record.count(step.result)
                if publication:
                    notes.add(piece.key, read.mark, publication)
                else:
                    # Of what is held back the public record has the number and no more.
                    if step.result != "held":
                        record.problem(step.name, step.message)
                    survey.lined.pop(piece.file, None)
                yield step
        if whole:
            record.completed(notes.forget(survey.missing))
        door.name_municipality()


class _Door:
    """Publishes one document after the other, and lets none stop the rest."""

    def __init__(self, survey: Survey, options: Options, told: Callable[[Exception], str]) -> None:
        self._source = survey.source
        self._options = options
        self._told = told
        self._registry = publishing.Registry()
        self._municipalities: set[int] = set()

    def publish(self, piece: Piece, read: Read) -> tuple[Step, Publication | None]:
        """What came of a document, and its publication where it is in the archive."""
        if read.prepared is None:
            return Step(piece.name, "failed", read.problem), None
        try:
            outcome = publishing.publish(
                read.prepared,
                source_id=self._source_id(piece, read.prepared),
                municipality=self._options.municipality,
                committee=self._options.committee,
                registry=self._registry,
            )
        except publishing.NotPublishable as error:
            return Step(piece.name, "failed", str(error)), None
        except (DataError, IntegrityError, ValueError, TypeError, LookupError) as error:
            return Step(piece.name, "failed", self._told(error)), None
        if outcome.result in ("new", "changed"):
            self._municipalities.add(outcome.publication.meeting.body.municipality_id)
        return Step(piece.name, outcome.result, outcome.message), outcome.publication

    def _source_id(self, piece: Piece, prepared: publishing.Prepared) -> str:
        """What the document's source is known again by; never a path from the disk's root.

        That of a line is what its document was read from: the line's number and text may change.
        """
        file = f"{self._source.name}/{piece.file}"
        if piece.part is None:
            return file
        minutes = prepared.minutes
        return f"{file}//{minutes.kind}/{minutes.source.name if minutes.source else ''}"

    def name_municipality(self) -> None:
        """Lets a source whose documents come from one municipality be that municipality's."""
        if len(self._municipalities) == 1 and self._source.municipality_id is None:
            self._source.municipality_id = next(iter(self._municipalities))
            self._source.save(update_fields=["municipality"])


class _Notes:
    """Notes which documents were seen: many at a time, and the last ones when the run ends."""

    def __init__(self, survey: Survey, record: Record) -> None:
        self._survey = survey
        self._run = record.run
        self._waiting: list[Seen] = []

    def __enter__(self) -> _Notes:
        for key, mark in self._survey.touched.items():
            Seen.objects.filter(source=self._survey.source, key=key).update(mark=mark)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Notes the last ones; where the run was stopped, what stopped it is what is told."""
        if kind is None:
            for key, mark in self._survey.lined.items():
                self._waiting.append(self._seen(key, mark, None))
            self._write()
            return
        with suppress(DatabaseError):
            self._write()

    def add(self, key: str, mark: str, publication: Publication) -> None:
        """Notes a document that is in the archive."""
        self._waiting.append(self._seen(key, mark, publication))
        if len(self._waiting) >= _NOTES:
            self._write()

    def forget(self, keys: Iterable[str]) -> int:
        """How many documents the source has no more; what they were is forgotten.

        They stay in the archive: what was published stays published.
        """
        gone, vanished = sorted(keys), 0
        for first in range(0, len(gone), _NOTES):
            rows = Seen.objects.filter(
                source=self._survey.source, key__in=gone[first : first + _NOTES]
            )
            vanished += rows.filter(publication__isnull=False).count()
            rows.delete()
        return vanished

    def _seen(self, key: str, mark: str, publication: Publication | None) -> Seen:
        return Seen(
            source=self._survey.source,
            key=key,
            mark=mark,
            publication=publication,
            run=self._run,
        )

    def _write(self) -> None:
        waiting, self._waiting = self._waiting, []
        Seen.objects.bulk_create(
            waiting,
            update_conflicts=True,
            unique_fields=["source", "key"],
            update_fields=["mark", "publication", "run"],
        )
