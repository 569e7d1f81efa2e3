"""`sagsgang read`: minutes from files, folders and addresses, in the form that is asked for."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from .. import __version__
from . import wording
from .console import Desk, complain, note, terminal
from .gathering import gather
from .language import Language, say, speak, spoken
from .reading import check, results_of, words_of
from .refusal import Refusal
from .work import Task
from .writing import BINARY, ENDINGS, PAPER, Form, Writing, chosen

if TYPE_CHECKING:
    from .folder import Folder
    from .gathering import Document


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
    style: Annotated[
        str,
        Parameter(
            metavar=say("STIL", "STYLE"),
            show_default=False,
            help=say(
                "Hvis måde at skrive ud på: standard, gladsaxe, haderslev, herning, horsens "
                "eller en kommunes egen fil (.toml).",
                "Whose manner it is written in: standard, gladsaxe, haderslev, herning, horsens, "
                "or a municipality's own file (.toml).",
            ),
        ),
    ] = "",
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
                "En kommunes egne ord (TOML), i tillæg til de fælles. Kan nævnes flere gange.",
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
    _check_paper(form, style, out)
    job = Writing(
        form=form,
        language=spoken(),
        terminal=terminal(sys.stdout) if results else PAPER,
        explain=explain,
        style=style,
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
    check(jobs, vocabulary)


def _check_paper(form: Form, style: str, out: Path | None) -> None:
    """Raises Refusal where the style is wrong, or bytes would be written on a screen."""
    from ..minutes.writers.style import StyleError

    try:
        chosen(style)
    except StyleError as error:
        raise Refusal(f"--style: {error}") from error
    if form in BINARY and out is None and sys.stdout.isatty():
        raise Refusal(
            say(
                f"{form} er ikke tekst og kan ikke vises på skærmen. Nævn en mappe med --out, "
                f"eller send det til en fil: sagsgang read FIL --format {form} > referat.{form}",
                f"{form} is no text and cannot be shown on a screen. Name a folder with --out, "
                f"or send it to a file: sagsgang read FILE --format {form} > minutes.{form}",
            )
        )


def _to_output(job: Writing, sources: Sequence[str], jobs: int | None) -> int:
    """Reads everything to standard output."""
    documents, problems = gather(sources)
    if job.form in BINARY and len(documents) > 1:
        raise Refusal(
            say(
                f"{len(documents)} referater kan ikke stå i én {job.form}-fil. Nævn en mappe med "
                "--out, så får hvert sin fil.",
                f"{len(documents)} sets of minutes cannot be in one {job.form} file. Name a "
                "folder with --out, and each gets its own.",
            )
        )
    tasks = _tasks(documents, [""] * len(documents))
    between = _between(job)
    printed = False
    with Desk(len(documents), results=True) as desk:
        for problem in problems:
            desk.problem(*problem)
        failed = len(problems)
        with closing(results_of(job, tasks, jobs)) as results:
            for document, done in zip(documents, results, strict=True):
                if done.problem:
                    desk.problem(document.name, done.problem)
                    failed += 1
                else:
                    desk.result(chain([between], done.made) if printed else done.made)
                    printed = True
                desk.advance()
    sys.stdout.flush()
    return _status(failed, len(documents) + len(problems))


def _to_folder(job: Writing, sources: Sequence[str], jobs: int | None, out: Path) -> int:
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
    folder: Folder,
    job: Writing,
    to_read: Sequence[tuple[Document, str]],
    jobs: int | None,
    desk: Desk,
) -> int:
    """How many of the documents could not be read; the others have their files in the folder."""
    failed = 0
    documents, names = [one for one, _ in to_read], [name for _, name in to_read]
    try:
        with closing(results_of(job, _tasks(documents, names), jobs)) as results:
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


def _tasks(documents: Sequence[Document], names: Sequence[str]) -> list[Task]:
    return [
        Task(document.source, name, size=document.size)
        for document, name in zip(documents, names, strict=True)
    ]


def _settings(job: Writing) -> str:
    """A fingerprint of all that the texts depend on beside the documents."""
    language = job.language if job.form == "summary" else ""
    own_style = words_of([job.style]) if job.style.endswith(".toml") else job.style
    parts = [__version__, job.form, job.explain, job.ocr, words_of(job.vocabulary), language]
    parts.append(own_style)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _between(job: Writing) -> bytes:
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
