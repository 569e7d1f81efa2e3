"""Being away: somebody else answers in the approval chain for some days."""

from __future__ import annotations

import datetime

from django.utils import timezone

from sagsgang.minutes.words import Words

from . import log
from .accounts import Absence, User
from .refused import Refused


def be_away(actor: User, deputy: User, since: datetime.date, until: datetime.date) -> Absence:
    """The actor's own days away, on which `deputy` approves and returns in their place.

    Who answered stands in the log and on the case by their own name.

    Raises:
        Refused: the deputy is the actor or has no open account, or the days are over or backwards.
    """
    if deputy == actor or not deputy.is_active:
        raise Refused(Words("Vælg en anden end dig selv.", "Choose somebody else than yourself."))
    if until < max(since, timezone.localdate()):
        raise Refused(
            Words(
                "Den sidste dag skal ligge efter den første, og den må ikke være forbi.",
                "The last day must come after the first, and must not be over.",
            )
        )
    with log.action(actor, "absence.begin", actor):
        return Absence.objects.create(user=actor, deputy=deputy, since=since, until=until)


def come_back(actor: User, absence: Absence) -> None:
    """Ends the actor's absence, also one that has not begun.

    Raises:
        Refused: it is somebody else's.
    """
    if absence.user_id != actor.pk:
        raise Refused(Words("Det er ikke dit fravær.", "It is not your absence."))
    with log.action(actor, "absence.end", actor):
        absence.delete()
