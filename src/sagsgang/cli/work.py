"""One document: read, and made into what was asked for.

This is what runs in each process of a pool, so all that goes in and out is small and plain: what
was made comes back as bytes, and a problem as a sentence.
"""

from __future__ import annotations

import hashlib
import os
from abc import ABC, abstractmethod
from collections.abc import Generator, Iterable
from dataclasses import InitVar, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from . import mistake
from .gathering import Unavailable, file_name, is_address, said
from .language import Language, say, speak
from .manifest import Stamp

if TYPE_CHECKING:
    from ..minutes import Minutes, Vocabulary

LARGEST: Final = 256 * 2**20
"""Bytes of a file. Beyond it lies no set of minutes, and maybe a device that never ends."""


@dataclass(frozen=True, slots=True)
class Job(ABC):
    """How every document is read; each kind of job makes something else of it."""

    language: Language
    ocr: bool = False
    vocabulary: tuple[str, ...] = ()
    looks_at_files: ClassVar[bool] = False
    """Whether the file's own bytes are kept until something is made of it."""

    @abstractmethod
    def made(self, minutes: Minutes, data: bytes) -> Iterable[bytes]:
        """What is made of a document, in pieces; `data` is its file, where the job looks at it."""

    def done(self, made: Iterable[bytes], task: Task, got: Got) -> Done:
        """What comes back of a document that has been read: what was made of it."""
        return Done(made)


class Task(NamedTuple):
    """One document: a path or an address, and its file's name in the job's folder.

    `part` is the first byte and the number of bytes of a document that is a part of its file.
    """

    source: str
    target: str = ""
    part: tuple[int, int] | None = None
    size: int = 0
    """Bytes, where that is known without opening it."""


class Done(NamedTuple):
    """What came of a task: what was made or a problem, and what the file was when it was read."""

    made: Iterable[bytes] = ()
    """In pieces, some of them made as they are asked for: a long text need not be there whole."""
    problem: str = ""
    stamp: Stamp | None = None

    def whole(self) -> Done:
        """The same in one piece, as it goes from one process to another."""
        return self._replace(made=(b"".join(self.made),))


@dataclass(slots=True)
class Got:
    """A document's bytes and name; when the file last changed (ns), or the address it is from."""

    data: bytes
    name: str
    changed: InitVar[int] = 0
    address: str = ""
    stamp: Stamp = field(init=False)
    """What the file was when it was read."""

    def __post_init__(self, changed: int) -> None:
        self.stamp = Stamp(len(self.data), changed, hashlib.sha256(self.data).hexdigest())

    def handed_over(self) -> bytes:
        """The bytes, which are not kept: a large file takes memory enough while it is read."""
        data, self.data = self.data, b""
        return data


@dataclass(slots=True)
class Worker:
    """Does a job, one document after the other."""

    job: Job
    _vocabulary: Vocabulary | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        speak(self.job.language)

    def do(self, task: Task) -> Done:
        """Reads one document. Whatever is wrong with it becomes a problem, and no exception."""
        try:
            return self._do(task)
        except Unavailable as error:
            return Done(problem=str(error))
        except OSError as error:
            return Done(problem=said(error))
        except MemoryError:
            return Done(problem=_too_little_memory())
        except Exception as error:
            return Done(problem=mistake.told(error))

    def _do(self, task: Task) -> Done:
        got = _bytes_of(task.source) if task.part is None else _part_of(task.source, *task.part)
        minutes = self._read(got)
        return self.job.done(self.job.made(minutes, got.data), task, got)

    def _read(self, got: Got) -> Minutes:
        from ..minutes import UnreadableDocument, extended, read_bytes

        if self.job.vocabulary and self._vocabulary is None:
            self._vocabulary = extended(*map(Path, self.job.vocabulary))
        try:
            return read_bytes(
                got.data if self.job.looks_at_files else got.handed_over(),
                got.name,
                ocr=self.job.ocr,
                vocabulary=self._vocabulary,
                address=got.address,
            )
        except UnreadableDocument as error:
            raise Unavailable(str(error)) from error


def one_by_one(job: Job, tasks: Iterable[Task]) -> Generator[Done, None, None]:
    """What came of each task, done here and now."""
    worker = Worker(job)
    for task in tasks:
        yield worker.do(task)


def _bytes_of(source: str) -> Got:
    if is_address(source):
        from .fetching import fetch

        fetched = fetch(source, LARGEST)
        return Got(fetched.data, file_name(source), address=fetched.address)
    path = Path(source)
    with path.open("rb") as file:
        changed = os.fstat(file.fileno()).st_mtime_ns
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Unavailable(_too_large())
    return Got(data, path.name, changed)


def _part_of(source: str, first: int, size: int) -> Got:
    path = Path(source)
    if size > LARGEST:
        raise Unavailable(_too_large())
    with path.open("rb") as file:
        file.seek(first)
        return Got(file.read(size), path.name, os.fstat(file.fileno()).st_mtime_ns)


def _too_large() -> str:
    megabytes = LARGEST // 2**20
    return say(
        f"Filen er over {megabytes} MB, og den læses ikke. Del den op i ét dokument pr. møde.",
        f"The file is over {megabytes} MB, and is not read. Divide it, one document a meeting.",
    )


def _too_little_memory() -> str:
    return say(
        "Der er ikke hukommelse nok til at læse filen. Prøv igen med --jobs 1.",
        "There is not memory enough to read the file. Try again with --jobs 1.",
    )
