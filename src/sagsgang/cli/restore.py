"""`sagsgang restore`: the archive of a backup put back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from . import wording
from .console import note
from .data import Data, ready
from .language import say
from .refusal import Refusal


def restore(
    file: Annotated[
        Path,
        Parameter(
            name=say("FIL", "FILE"),
            help=say("Sikkerhedskopien.", "The backup."),
        ),
    ],
    /,
    *,
    replace: Annotated[
        bool,
        Parameter(
            help=say(
                "Erstat det, der er i arkivet. Uden den lægges kopien kun i et tomt arkiv.",
                "Replace what is in the archive. Without it, only an empty archive is filled.",
            ),
        ),
    ] = False,
    data: Data | None = None,
) -> int:
    """The exit status, after the archive has been put back.

    Raises:
        Refusal: the file is no backup for this archive, or the archive is not empty.
    """
    ready(data)
    from ..archive import backups
    from ..web.database import bring_up_to_date

    try:
        put = backups.restore(file, replace=replace)
    except backups.Unusable as error:
        raise Refusal(f"{file}: {say(error.danish, error.english)}") from error
    bring_up_to_date()
    documents = wording.number(
        put.publications, ("dokument", "dokumenter"), ("document", "documents")
    )
    then = datetime.fromisoformat(put.made_at).astimezone()
    made = wording.moment(then.date().isoformat(), f"{then:%H:%M}")
    note(
        say(
            f"{documents} gendannet, som de var {made}. Genstart sagsgang serve, hvis det kører.",
            f"{documents} put back as they were on {made}. Restart sagsgang serve if it is "
            "running.",
        )
    )
    return 0
