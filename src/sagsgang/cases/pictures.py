"""Pictures for a presentation's text: taken in, told by their content, and tried."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from sagsgang.minutes.words import Words
from sagsgang.minutes.writers.pdf import can_draw

from . import attachments, log
from .accounts import User
from .figures import figures_in
from .models import File, Picture, Presentation, Treatment
from .refused import Refused
from .revisions import demand_editing

KINDS: Final = ("image/png", "image/jpeg", "image/gif")
_MOST_MB: Final = 5
_MEGABYTE: Final = 2**20


def add(actor: User, presentation: Presentation, name: str, data: bytes) -> Picture:
    """A picture that may stand in the presentation's text from now on.

    Raises:
        Forbidden: the actor may not.
        Refused: the presentation is no draft, or the file is no picture, too large, or has a virus.
        OSError: the file cannot be written.
    """
    demand_editing(actor, presentation)
    if len(data) > _MOST_MB * _MEGABYTE:
        raise Refused(
            Words(
                f"Billedet fylder mere end {_MOST_MB} MB. Gør det mindre, og prøv igen.",
                f"The picture is larger than {_MOST_MB} MB. Make it smaller, and try again.",
            )
        )
    handed_in = attachments.handed_in(name, data)
    if handed_in.media_type not in KINDS or not can_draw(data):
        raise Refused(
            Words(
                f"»{name}« er ikke et billede, der kan vises. Brug PNG, JPEG eller GIF.",
                f"“{name}” is no picture that can be shown. Use PNG, JPEG or GIF.",
            )
        )
    with log.action(actor, "picture.add", presentation):
        if presentation.treatment.state != Treatment.DRAFT:
            raise Refused(Words("Sagen er sendt videre.", "The case has been sent on."))
        file = attachments.kept(handed_in, data)
        return Picture.objects.get_or_create(presentation=presentation, file=file)[0]


def demand_own(presentation: Presentation, sections: Iterable[Mapping[str, str]]) -> None:
    """Nothing, where every picture in the sections was taken in for the presentation.

    Raises:
        Refused: one was not.
    """
    wanted = {one.sha256 for one in figures_in(sections)}
    there = Picture.objects.filter(presentation=presentation, file__sha256__in=wanted)
    if wanted - set(there.values_list("file__sha256", flat=True)):
        raise Refused(
            Words(
                "Et billede i teksten er ikke lagt ind i denne sag. Sæt det ind igen.",
                "A picture in the text was not taken into this case. Insert it again.",
            )
        )


def file_of(presentation: Presentation, sha256: str) -> File | None:
    """The picture's file, if it was taken in for the presentation."""
    found = presentation.pictures.filter(file__sha256=sha256).select_related("file").first()
    return found.file if found else None
