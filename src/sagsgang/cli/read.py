"""`sagsgang read`: minutes from files, folders and addresses, in the form that is asked for."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Generator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from cyclopts import Parameter

from .. import __version__
from . import wording
from .console import Desk, Terminal, complain, note, terminal
from .gathering import gather, is_address
from .language import Language, say, speak, spoken
from .refusal import Refusal
from .work import ENDINGS, Done, Form, Job, Task, one_by_one

if TYPE_CHECKING:
    from .folder import Folder
    from .gathering import Document

PAPER: Final = Terminal(80, styled=False, coloured=False)
"""What a summary in a file is made for."""

_WORTH_PROCESSES: Final = 2**20
"""Bytes of documents below which one process has read them before others have started."""


def read(
    *sources: Annotated[
        str,
        Parameter(
            name=say("FIL", "FILE"),
            help=say(
                "Filer, mapper (med alt, hvad der er i dem) og webadresser.",
                "Files, folders (with all that is in them) and web addresses.",
            ),
        ),
    ],
    form: Annotated[
        Form | None,
        Parameter(
            name=["--format", "-f"],
            help=say(
                "Hvad du vil have ud: data, et overblik eller referatet skrevet ud på ny. På en "
                "skærm er det summary, ellers json med én linje for hvert referat.",
                "What you want: data, an overview, or the minutes written anew. On a terminal it "
                "is summary, otherwise json with one line for each set of minutes.",
            ),
        ),
    ] = None,
    explain: Annotated[
        bool,
        Parameter(
            negative="",
            show_default=False,
            help=say(
                "Vis, hvilken regel der har givet hver udledt værdi (i json og summary).",
                "Show which rule gave each derived value (in json and summary).",
            ),
        ),
    ] = False,
    jobs: Annotated[
        int | None,
        Parameter(
            name=["--jobs", "-j"],
            metavar=say("ANTAL", "NUMBER"),
            help=say(
                "Hvor mange filer der læses på én gang. Uden den: én for hver kerne, når der er "
                "nok at læse.",
                "How many files are read at once. Without it: one for each core, when there is "
                "enough to read.",
            ),
        ),
    ] = None,
    out: Annotated[
        Path | None,
        Parameter(
            name=["--out", "-o"],
            metavar=say("MAPPE", "FOLDER"),
            help=say(
                "Læg resultatet i en mappe, én fil for hvert referat. Det, der er læst før og ikke "
                "har ændret sig, springes over.",
                "Put the results in a folder, one file for each set of minutes. What has been "
                "read before and has not changed is skipped.",
            ),
        ),
    ] = None,
    ocr: Annotated[
        bool,
        Parameter(
            negative="",
            show_default=False,
            help=say(
                "Læs indskannede sider med Tesseract. Det tager nogle sekunder for hver side.",
                "Read scanned pages with Tesseract. It takes some seconds for each page.",
            ),
        ),
    ] = False,
    vocabulary: Annotated[
        list[Path] | None,
        Parameter(
            negative="",
            metavar=say("FIL", "FILE"),
            help=say(
                "En kommunes egne ord (TOML), i tillæg til de fælles. Kan gives flere gange.",
                "A municipality's own words (TOML), added to the common ones. May be repeated.",
            ),
        ),
    ] = None,
    language: Annotated[
        Language | None,
        Parameter(
            help=say(
                "Sproget i overblik og beskeder: dansk eller engelsk.",
                "The language of summaries and messages: Danish or English.",
            ),
        ),
    ] = None,
) -> int:
    """The exit status: 0 if all was read, 1 if something could not be.

    Raises:
        Refusal: what was asked for cannot be done at all.
    """
    if language:
        speak(language)
    _check(sources, jobs, vocabulary or ())
    results = out is None
    if form is None:
        form = "summary" if results and sys.stdout.isatty() else "json"
    job = Job(
        form=form,
        language=spoken(),
        terminal=terminal(sys.stdout) if results else PAPER,
        explain=explain,
        ocr=ocr,
        vocabulary=tuple(map(str, vocabulary or ())),
        folder=None if out is None else str(out),
    )
    return _to_output(job, sources, jobs) if out is None else _to_folder(job, sources, jobs, out)


def _check(sources: Sequence[str], jobs: int | None, vocabulary: Sequence[Path]) -> None:
    if not sources:
        raise Refusal(
            say(
                "Nævn mindst én fil, mappe eller webadresse. Se sagsgang read --help.",
                "Name at least one file, folder or web address. See sagsgang read --help.",
            )
        )
    if jobs is not None and jobs < 1:
        raise Refusal(say("--jobs skal være mindst 1.", "--jobs must be at least 1."))
    if vocabulary:
        from ..minutes import VocabularyError, extended

        try:
            extended(*vocabulary)
        except VocabularyError as error:
            raise Refusal(f"--vocabulary: {error}") from error


def _to_output(job: Job, sources: Sequence[str], jobs: int | None) -> int:
    """Reads everything to standard output."""
    documents, problems = gather(sources)
    between = _between(job)
    printed = False
    with Desk(len(documents), results=True) as desk:
        for problem in problems:
            desk.problem(*problem)
        failed = len(problems)
        with closing(_run(job, documents, [""] * len(documents), jobs)) as results:
            for document, done in zip(documents, results, strict=True):
                if done.problem:
                    desk.problem(document.name, done.problem)
                    failed += 1
                else:
                    desk.result(between + done.text if printed else done.text)
                    printed = True
                desk.advance()
    sys.stdout.flush()
    return _status(failed, len(documents) + len(problems))


def _to_folder(job: Job, sources: Sequence[str], jobs: int | None, out: Path) -> int:
    """Reads what is not there yet to files in a folder."""
    from .folder import Folder

    folder = Folder.open(out, _settings(job))
    documents, problems = gather(sources, but_not=folder.written())
    names = folder.names(documents, ENDINGS[job.form])
    to_read = [
        (document, name)
        for document, name in zip(documents, names, strict=True)
        if not folder.is_done(name, document)
    ]
    with Desk(len(to_read), results=False) as desk:
        for problem in problems:
            desk.problem(*problem)
        failed = len(problems) + _fill(folder, job, to_read, jobs, desk)
    skipped = len(documents) - len(to_read)
    _tell(out, len(to_read) + len(problems) - failed, skipped)
    return _status(failed, len(documents) + len(problems))


def _fill(
    folder: Folder, job: Job, to_read: Sequence[tuple[Document, str]], jobs: int | None, desk: Desk
) -> int:
    """How many of the documents could not be read; the others have their files in the folder."""
    failed = 0
    documents, names = [one for one, _ in to_read], [name for _, name in to_read]
    try:
        with closing(_run(job, documents, names, jobs)) as results:
            for (document, name), done in zip(to_read, results, strict=True):
                if done.stamp is not None:
                    folder.record(name, document, done.stamp)
                else:
                    desk.problem(document.name, done.problem)
                    failed += 1
                desk.advance()
    finally:
        folder.save()
    return failed


def _run(
    job: Job, documents: Sequence[Document], names: Sequence[str], jobs: int | None
) -> Generator[Done, None, None]:
    tasks = [Task(document.source, name) for document, name in zip(documents, names, strict=True)]
    processes = min(jobs or _processes(job, documents), len(tasks))
    if processes <= 1:
        return one_by_one(job, tasks)
    from .running import run

    return run(job, tasks, processes, [document.size for document in documents])


def _processes(job: Job, documents: Sequence[Document]) -> int:
    """How many processes are worth their start: one for each core, if there is work for them."""
    small = sum(document.size for document in documents) < _WORTH_PROCESSES
    if small and not job.ocr and not any(is_address(document.source) for document in documents):
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _settings(job: Job) -> str:
    """A fingerprint of all that the texts depend on beside the documents."""
    words = [hashlib.sha256(Path(file).read_bytes()).hexdigest() for file in job.vocabulary]
    language = job.language if job.form == "summary" else ""
    parts = [__version__, job.form, job.explain, job.ocr, words, language]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _between(job: Job) -> bytes:
    """What parts the texts of two documents on standard output."""
    if job.form == "summary":
        return ("\n" + "─" * job.terminal.width + "\n\n").encode()
    return b"\n" if job.form == "markdown" else b""


def _tell(out: Path, written: int, skipped: int) -> None:
    documents = (("referat", "referater"), ("document", "documents"))
    told = wording.number(written, *documents) + say(f" lagt i {out}", f" put in {out}")
    if skipped:
        told += say(
            f"; {skipped} sprunget over, fordi intet er ændret",
            f"; {skipped} skipped, as nothing has changed",
        )
    note(f"{told}.")


def _status(failed: int, total: int) -> int:
    """The exit status; where there were several documents, the failed ones are counted."""
    if failed and total > 1:
        complain(
            "",
            say(
                f"{failed} af {total} kunne ikke læses.", f"{failed} of {total} could not be read."
            ),
        )
    return 1 if failed else 0
