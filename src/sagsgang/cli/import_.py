"""`sagsgang import`: documents from files and folders into the archive."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
from collections import Counter
from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from .. import __version__
from . import trouble, wording
from .console import Desk, note
from .data import Data, ready
from .gathering import Document, Problem, gather, is_address, said
from .language import say, spoken
from .reading import check, results_of, words_of
from .refusal import Refusal
from .work import Done, Got, Job, Task

if TYPE_CHECKING:
    from ..archive.importing import Options, Read
    from ..archive.search.beforehand import Learnt
    from ..archive.survey import Piece, Survey
    from ..minutes import Minutes


def import_(
    *sources: Annotated[
        str,
        Parameter(
            name=say("FIL", "FILE"),
            help=say(
                "Filer og mapper (med alt, hvad der er i dem). En fil kan også være JSON Lines med "
                "et møde på hver linje, som export skriver den.",
                "Files and folders (with all that is in them). A file may also be JSON Lines with "
                "a meeting on each line, as export writes it.",
            ),
        ),
    ],
    municipality: Annotated[
        str,
        Parameter(
            metavar=say("KOMMUNE", "MUNICIPALITY"),
            help=say(
                "Kommunens navn eller kode, til dokumenter, hvor den ikke står.",
                "The municipality's name or code, for documents that do not tell it.",
            ),
        ),
    ] = "",
    committee: Annotated[
        str,
        Parameter(
            metavar=say("UDVALG", "COMMITTEE"),
            help=say(
                "Udvalgets navn, til dokumenter, hvor det ikke står.",
                "The committee's name, for documents that do not tell it.",
            ),
        ),
    ] = "",
    name: Annotated[
        str,
        Parameter(
            metavar=say("NAVN", "NAME"),
            help=say(
                "Hvad kilden hedder på webstedet. Uden det: mappens navn.",
                "What the source is called on the site. Without it: the folder's name.",
            ),
        ),
    ] = "",
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
    accept_shrink: Annotated[
        bool,
        Parameter(
            help=say(
                "Gå videre, selv om en mappe har langt færre dokumenter end sidst.",
                "Go on although a folder has far fewer documents than last time.",
            ),
        ),
    ] = False,
    ocr: Annotated[
        bool,
        Parameter(
            help=say(
                "Læs indskannede sider med Tesseract. Det tager nogle sekunder for hver side.",
                "Read scanned pages with Tesseract. It takes some seconds for each page.",
            ),
        ),
    ] = False,
    vocabulary: Annotated[
        list[Path] | None,
        Parameter(
            metavar=say("FIL", "FILE"),
            help=say(
                "En kommunes egne ord (TOML), i tillæg til de fælles. Kan nævnes flere gange.",
                "A municipality's own words (TOML), added to the common ones. May be repeated.",
            ),
        ),
    ] = None,
    data: Data | None = None,
) -> int:
    """The exit status: 0 if every document is in the archive, 1 if some are not.

    Raises:
        Refusal: what was asked for cannot be done at all.
    """
    archive = ready(data)
    _check(sources)
    check(jobs, vocabulary or ())
    from ..archive import runs
    from ..archive.importing import Options
    from ..archive.search import state

    job = Preparing(spoken(), ocr, tuple(map(str, vocabulary or ())), state.learnt())
    options = Options(municipality, committee)
    settings = _settings(job, options)
    places, problems = _places(sources, archive)
    for place in [one for one in places if not one.documents and not runs.is_known(one.key)]:
        # A folder with nothing in it, such as a misspelt one, is no source.
        places.remove(place)
        problems += place.problems
    for place in places:
        if name:
            runs.call(runs.source_of(place.key, place.name, runs.IMPORT), name)
    surveys = [(_survey(place, settings, accept_shrink=accept_shrink), place) for place in places]
    counts: Counter[str] = Counter(failed=len(problems))
    with Desk(sum(len(found.to_read) for found, _ in surveys), results=False) as desk:
        for problem in problems:
            desk.problem(*problem)
        for found, place in surveys:
            counts.update(_run(job, found, place, options, jobs, desk))
    note(_told(counts))
    return 1 if counts["failed"] or counts["held"] else 0


@dataclass(frozen=True, slots=True)
class Preparing(Job):
    """Each document is made ready for the archive, and for the index of its search."""

    learnt: Learnt | None = None

    def made(self, minutes: Minutes, data: bytes) -> Iterable[bytes]:
        """The document ready to be published, pickled."""
        from ..archive.prepared import prepare

        return (pickle.dumps(prepare(minutes, self.learnt), pickle.HIGHEST_PROTOCOL),)

    def done(self, made: Iterable[bytes], task: Task, got: Got) -> Done:
        """The document, and what its file was when it was read."""
        return Done(made, stamp=got.stamp if task.part is None else None)


@dataclass(slots=True)
class _Place:
    """A source: a folder, a file of many documents, or (not `whole`) some files in a folder."""

    key: str
    name: str
    whole: bool
    documents: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def _check(sources: Sequence[str]) -> None:
    if not sources:
        raise Refusal(
            say(
                "Nævn mindst én fil eller mappe. Se sagsgang import --help.",
                "Name at least one file or folder. See sagsgang import --help.",
            )
        )
    for source in sources:
        if is_address(source):
            raise Refusal(
                say(
                    f"{source} er en webadresse. Et websted hentes med sagsgang harvest.",
                    f"{source} is a web address. A site is fetched with sagsgang harvest.",
                )
            )


def _places(sources: Iterable[str], archive: Path) -> tuple[list[_Place], list[Problem]]:
    """The sources that the arguments name, each once, and what is wrong with the others.

    The archive's own folder is passed over where it lies in one of them.
    """
    from ..archive.survey import has_lines

    places: dict[tuple[str, bool], _Place] = {}
    problems = []
    for named in sources:
        path = Path(os.path.abspath(named))  # noqa: PTH100 (links are left as they are)
        try:
            alone = path.is_dir() or has_lines(path)
            path.stat()
        except OSError as error:
            problems.append(Problem(named, said(error)))
            continue
        folder = path if alone else path.parent
        place = places.setdefault(
            (str(folder), alone), _Place(str(folder), folder.name or str(folder), alone)
        )
        found = gather([str(path)], but_not={str(archive)})
        place.documents += found.documents
        place.problems += found.problems
    return list(places.values()), problems


def _survey(place: _Place, settings: str, *, accept_shrink: bool) -> Survey:
    """What is to be read of a source.

    Raises:
        Refusal: it has far fewer documents than it had, and that is not accepted.
    """
    from ..archive import runs
    from ..archive.survey import File, survey

    source = runs.source_of(place.key, place.name, runs.IMPORT)
    files = [File(one.source, one.relative, one.size) for one in place.documents]
    found = survey(source, files, settings=settings, whole=place.whole)
    if place.whole and not accept_shrink:
        try:
            runs.refuse_shrunk(source, found.total)
        except runs.Shrunk as error:
            raise Refusal(str(error)) from error
    return found


def _run(
    job: Preparing,
    found: Survey,
    place: _Place,
    options: Options,
    jobs: int | None,
    desk: Desk,
) -> Counter[str]:
    """How many documents of a source came to what; what is wrong is said as it is found."""
    from ..archive.importing import run

    def reader(pieces: Sequence[Piece]) -> Generator[Read, None, None]:
        return _read(job, pieces, jobs, found.settings)

    counts = Counter(unchanged=found.unchanged, failed=len(place.problems))
    for problem in place.problems:
        desk.problem(*problem)
    with closing(
        run(found, reader, options, unreachable=place.problems, told=trouble.said)
    ) as steps:
        for step in steps:
            counts[step.result] += 1
            if step.message:
                desk.problem(step.name, step.message)
            desk.advance()
    return counts


def _read(
    job: Preparing, pieces: Sequence[Piece], jobs: int | None, settings: str
) -> Generator[Read, None, None]:
    """What came of reading each document."""
    from ..archive.importing import Read
    from ..archive.survey import mark_of

    tasks = [Task(piece.path, part=piece.part, size=piece.size) for piece in pieces]
    with closing(results_of(job, tasks, jobs)) as results:
        for done in results:
            mark = mark_of(*done.stamp, settings) if done.stamp else settings
            prepared = None if done.problem else pickle.loads(b"".join(done.made))
            yield Read(prepared, done.problem, mark)


def _settings(job: Preparing, options: Iterable[str]) -> str:
    """A fingerprint of all that a publication depends on beside its document."""
    parts = [__version__, job.ocr, words_of(job.vocabulary), *options]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _told(counts: Counter[str]) -> str:
    """What came of it all, in a sentence."""
    parts = [
        say(f"{counts['new']} nye", f"{counts['new']} new"),
        say(f"{counts['changed']} ændrede", f"{counts['changed']} changed"),
        say(f"{counts['unchanged']} uændrede", f"{counts['unchanged']} unchanged"),
    ]
    if counts["held"]:
        parts.append(say(f"{counts['held']} holdt tilbage", f"{counts['held']} held back"))
    if counts["failed"]:
        parts.append(
            say(f"{counts['failed']} ikke lagt i arkivet", f"{counts['failed']} not in the archive")
        )
    told = wording.number(
        sum(counts.values()), ("dokument", "dokumenter"), ("document", "documents")
    )
    return f"{told}: {', '.join(parts)}."
