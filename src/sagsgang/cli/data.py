"""What every command that touches the archive is told: which data folder, and which language."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from .language import Language, say, speak, spoken
from .refusal import Refusal


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Data:
    """The options `--data` and `--language`.

    A command takes them as its last parameter, `data: Data | None = None`, and begins with
    `ready(data)`.
    """

    folder: Annotated[
        Path | None,
        Parameter(
            name="--data",
            metavar=say("MAPPE", "FOLDER"),
            help=say(
                "Arkivets datamappe. Uden den: SAGSGANG_DATA, ellers din egen datamappe.",
                "The archive's data folder. Without it: SAGSGANG_DATA, or your own data folder.",
            ),
        ),
    ] = None
    language: Annotated[
        Language | None,
        Parameter(
            name="--language",
            help=say(
                "Sproget i beskeder: dansk eller engelsk.",
                "The language of messages: Danish or English.",
            ),
        ),
    ] = None


def ready(data: Data | None) -> Path:
    """The data folder, with the database brought up to date and the language set.

    Raises:
        Refusal: the folder cannot be used, or the municipality's sign-in is set up wrongly.
    """
    if data and data.language:
        speak(data.language)
    from django.utils import translation

    from ..web import FolderUnusable
    from ..web import ready as set_up
    from ..web.municipal import SignInUnusable

    try:
        folder = set_up(data.folder if data else None)
    except (FolderUnusable, SignInUnusable) as error:
        raise Refusal(str(error)) from error
    translation.activate(spoken())
    return folder


def aware(moment: datetime.datetime | None) -> datetime.datetime | None:
    """A moment of the command line, in Danish time where it tells no zone of its own."""
    from django.utils import timezone

    return timezone.make_aware(moment) if moment and timezone.is_naive(moment) else moment
