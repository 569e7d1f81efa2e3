"""The revisions of a presentation: each keeps all that was in it, attachments included.

What is put before a body is a revision, and stays as it was whatever is written afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from django.utils import timezone

from sagsgang.minutes.words import Words

from . import figures, log
from .accounts import User
from .heard import answers_attached, hearings_of
from .models import Attachment, File, Picture, Presentation, Treatment, Version
from .refused import Refused
from .rights import demand
from .way import way_of

CONTENT: Final = (
    "title", "closed", "ground", "public_title", "recommendation_by", "recommendation_points",
    "sections",
)  # fmt: skip


class EditedMeanwhile(Refused):
    """Somebody else has saved the presentation since it was opened; nothing is lost."""

    def __init__(self, presentation: Presentation) -> None:
        self.presentation = presentation
        super().__init__(
            Words(
                f"{presentation.edited_by} har gemt en nyere udgave, mens du skrev. Din tekst er "
                "her endnu: Sammenlign de to, og gem igen.",
                f"{presentation.edited_by} has saved a newer version while you wrote. Your text is "
                "still here: compare the two, and save again.",
            )
        )


class Attached(NamedTuple):
    """An attachment as it is in a revision: its file is known by the hash of its bytes."""

    title: str
    closed: bool
    name: str
    sha256: str


def demand_editing(actor: User, presentation: Presentation) -> None:
    """Nothing, where the actor may change the presentation while it is a draft.

    Raises:
        Forbidden: the actor may not.
    """
    treatment = presentation.treatment
    demand(actor, "presentation.edit", treatment.case.unit, treatment.body)


@contextmanager
def revising(
    actor: User, presentation: Presentation, revision: int, name: str
) -> Iterator[Presentation]:
    """An action that changes a draft: what it leaves is a new revision.

    `revision` is that which the actor had before them.

    Raises:
        Forbidden: the actor may not.
        EditedMeanwhile: somebody else has saved since; the stored text stands.
        Refused: the presentation is no draft any more.
    """
    demand_editing(actor, presentation)
    with log.action(actor, name, presentation):
        stored = Presentation.objects.select_for_update().get(pk=presentation.pk)
        if stored.treatment.state != Treatment.DRAFT:
            raise Refused(
                Words(
                    "Sagen er sendt videre og kan ikke rettes. Bed om at få den retur.",
                    "The case has been sent on. Ask to have it returned.",
                )
            )
        if stored.revision != revision:
            raise EditedMeanwhile(stored)
        yield stored
        stored.revision += 1
        stored.edited_by, stored.edited_at = actor, timezone.now()
        stored.save()
        keep(stored)


def keep(presentation: Presentation) -> None:
    """Keeps the presentation as it stands, as its revision."""
    Version.objects.create(
        presentation=presentation,
        revision=presentation.revision,
        content=whole_of(presentation),
        saved_by=presentation.edited_by,
        saved_at=presentation.edited_at,
    )


def content_of(presentation: Presentation) -> dict[str, Any]:
    """What is written in a presentation as it stands."""
    return {name: getattr(presentation, name) for name in CONTENT}


def whole_of(presentation: Presentation, revision: int | None = None) -> dict[str, Any]:
    """All that is in a revision, its `attachments` too, in one query; without one, as it stands."""
    if revision is not None:
        content: dict[str, Any] = presentation.versions.get(revision=revision).content
        return content
    return {
        **content_of(presentation),
        "attachments": [one._asdict() for one in _own_attachments(presentation)],
        "hearings": hearings_of(presentation.treatment.case_id),
        "way": way_of(presentation.treatment),
    }


def refreshed(presentation: Presentation) -> None:
    """Keeps the presentation anew where hearings or the case's way have changed since."""
    last = presentation.versions.get(revision=presentation.revision)
    if last.content != whole_of(presentation):
        presentation.revision += 1
        presentation.save(update_fields=["revision"])
        keep(presentation)


def attached_in(content: Mapping[str, Any]) -> list[Attached]:
    """The attachments in a revision's content: pictures, its own, and answers to hearings."""
    return [
        *(Attached(*one) for one in figures.attached(content)),
        *(Attached(**one) for one in content.get("attachments", ())),
        *(Attached(*one) for one in answers_attached(content.get("hearings", ()))),
    ]


def _own_attachments(presentation: Presentation) -> list[Attached]:
    rows = presentation.attachments.order_by("position").select_related("file")
    return [Attached(one.title, one.closed, one.name, one.file.sha256) for one in rows]


def attached(presentation: Presentation, revision: int | None = None) -> list[Attached]:
    """The attachments of a revision, in order; without one, as they stand."""
    return attached_in(whole_of(presentation, revision))


def carry_on(before: Presentation, presentation: Presentation) -> None:
    """Gives a presentation the attachments and pictures of the one before it."""
    for picture in before.pictures.order_by("pk"):
        Picture.objects.create(presentation=presentation, file_id=picture.file_id)
    for position, one in enumerate(_own_attachments(before), 1):
        Attachment.objects.create(
            presentation=presentation,
            position=position,
            title=one.title,
            closed=one.closed,
            name=one.name,
            file=File.objects.get(sha256=one.sha256),
        )
