"""`sagsgang backup`: the whole archive in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from . import wording
from .console import complain, note
from .data import Data, ready
from .language import say
from .refusal import Refusal


def backup(
    file: Annotated[
        Path,
        Parameter(
            name=say("FIL", "FILE"),
            help=say(
                "Den fil, der laves. Er den der i forvejen, erstattes den, når den nye er færdig.",
                "The file to make. If it is there, it is replaced when the new one is whole.",
            ),
        ),
    ],
    /,
    *,
    portable: Annotated[
        bool,
        Parameter(
            help=say(
                "Lav en, der også kan lægges i PostgreSQL. Det tager længere tid.",
                "Make one that goes into PostgreSQL too. It takes longer.",
            ),
        ),
    ] = False,
    data: Data | None = None,
) -> int:
    """The exit status: 0 if everything is in the backup, 1 if files of attachments were lost.

    Raises:
        Refusal: there is no folder to put it in.
    """
    ready(data)
    from ..archive import backups

    if file.is_dir() or not file.parent.is_dir():
        raise Refusal(
            say(
                f"{file} kan ikke være en fil. Nævn en fil i en mappe, der er der.",
                f"{file} cannot be a file. Name a file in a folder that is there.",
            )
        )
    made = backups.backup(file, portable=portable)
    documents = wording.number(
        made.publications, ("dokument", "dokumenter"), ("document", "documents")
    )
    note(
        say(
            f"{documents} gemt i {file}. Pas lige så godt på filen som på datamappen.",
            f"{documents} saved in {file}. Take as good care of it as of the data folder.",
        )
    )
    if made.lost:
        lost = len(made.lost)
        complain(
            "",
            say(
                f"{lost} bilagsfiler mangler i arkivet og er ikke med. sagsgang check-archive "
                "viser hvilke.",
                f"{lost} files of attachments are missing in the archive, and are not in it. "
                "sagsgang check-archive shows which.",
            ),
        )
    return 1 if made.lost else 0
