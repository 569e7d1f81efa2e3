"""Proofreading a presentation: what is remarked, and what somebody has answered for."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Manager
from django.utils import timezone

from sagsgang.minutes.proof import Remark
from sagsgang.minutes.words import Words

from . import log
from .accounts import User
from .drafting import remarks
from .models import Answered, Presentation
from .refused import Refused
from .revisions import demand_editing


def standing(presentation: Presentation) -> list[Remark]:
    """The remarks that nobody has answered for."""
    accepted = set(presentation.acceptances.values_list("key", flat=True))
    return [one for one in remarks(presentation) if one.key not in accepted]


def accept(actor: User, presentation: Presentation, key: str, reason: str) -> None:
    """Lets a remark stand, with the reason; it comes back when its words are changed.

    Raises:
        Forbidden: the actor may not.
        Refused: there is no such remark any more, or no reason is given.
    """
    demand_editing(actor, presentation)
    with log.action(actor, "presentation.accept", presentation, reason):
        answer(actor, presentation.acceptances, standing(presentation), key, reason)


def answer(
    actor: User, known: Manager[Answered], remarks: Iterable[Remark], key: str, reason: str
) -> Answered:
    """Writes down among the answers that are known why the remark with the key may stand.

    Raises:
        Refused: there is no such remark, or no reason is given.
    """
    if not reason.strip():
        raise Refused(
            Words("Skriv, hvorfor det er rigtigt, som det står.", "Write why it is right as it is.")
        )
    remark = next((one for one in remarks if one.key == key), None)
    if remark is None:
        raise Refused(Words("Bemærkningen findes ikke længere.", "The remark is no longer there."))
    return known.create(
        key=key,
        told=remark.words.danish,
        reason=reason.strip(),
        accepted_by=actor,
        accepted_at=timezone.now(),
    )
