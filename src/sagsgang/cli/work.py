"""One document: read, and written in the form that was asked for.

This is what runs in each process of a pool, so all that goes in and out is small and plain: the
finished text comes back as bytes, and a problem as a sentence.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from . import mistake
from .console import Terminal
from .folder import Stamp, write
from .gathering import Unavailable, file_name, is_address, said
from .language import Language, say, speak

if TYPE_CHECKING:
    from ..minutes import Minutes, Vocabulary

Form = Literal["json", "summary", "markdown", "html"]

ENDINGS: Final[dict[Form, str]] = {
    "json": ".json",
    "summary": ".txt",
    "markdown": ".md",
    "html": ".html",
}

LARGEST: Final = 256 * 2**20
"""Bytes of a file. Beyond it lies no set of minutes, and maybe a device that never ends."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done with every document."""

    form: Form
    language: Language
    terminal: Terminal
    explain: bool = False
    ocr: bool = False
    vocabulary: tuple[str, ...] = ()
    folder: str | None = None
    """Where the texts are written; `None` gives them back."""


class Task(NamedTuple):
    """One document: a path or an address, and its file's name in the job's folder."""

    source: str
    target: str = ""


class Done(NamedTuple):
    """What came of a task: a text or a problem, and what the file was when it was read."""

    text: bytes = b""
    problem: str = ""
    stamp: Stamp | None = None


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
        got = _bytes_of(task.source)
        text = self._written(self._read(got))
        if self.job.folder is None:
            return Done(text)
        write(Path(self.job.folder, task.target), [text])
        return Done(stamp=Stamp(len(got.data), got.changed, hashlib.sha256(got.data).hexdigest()))

    def _read(self, got: _Got) -> Minutes:
        from ..minutes import UnreadableDocument, extended, read_bytes

        if self.job.vocabulary and self._vocabulary is None:
            self._vocabulary = extended(*map(Path, self.job.vocabulary))
        try:
            return read_bytes(
                got.data,
                got.name,
                ocr=self.job.ocr,
                vocabulary=self._vocabulary,
                address=got.address,
            )
        except UnreadableDocument as error:
            raise Unavailable(str(error)) from error

    def _written(self, minutes: Minutes) -> bytes:
        if self.job.form == "json":
            data = minutes.to_dict(explain=self.job.explain)
            line = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
            # A lone surrogate (from a file's name, say) becomes an escape, which is good JSON.
            return line.encode("utf-8", "backslashreplace") + b"\n"
        if self.job.form == "summary":
            from .summary import picture

            text = picture(minutes, self.job.terminal, explain=self.job.explain)
        elif self.job.form == "markdown":
            from ..minutes.writers import to_markdown

            text = to_markdown(minutes)
        else:
            from ..minutes.writers import to_html

            text = to_html(minutes)
        return (text.rstrip("\n") + "\n").encode("utf-8", "replace")


def one_by_one(job: Job, tasks: Iterable[Task]) -> Generator[Done, None, None]:
    """What came of each task, done here and now."""
    worker = Worker(job)
    for task in tasks:
        yield worker.do(task)


class _Got(NamedTuple):
    """A document's bytes and name; when the file last changed (ns), or the address it is from."""

    data: bytes
    name: str
    changed: int = 0
    address: str = ""


def _bytes_of(source: str) -> _Got:
    if is_address(source):
        from .fetching import fetch

        fetched = fetch(source, LARGEST)
        return _Got(fetched.data, file_name(source), address=fetched.address)
    path = Path(source)
    with path.open("rb") as file:
        changed = os.fstat(file.fileno()).st_mtime_ns
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Unavailable(_too_large())
    return _Got(data, path.name, changed)


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
