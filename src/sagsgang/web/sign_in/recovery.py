"""An account that begins anew: password, second factor and the municipality's sign-in are gone.

So are its open sessions, and the secret address of its calendar.

It is for whoever has lost both password and telephone. No administrator does it alone: one asks,
another confirms, and the owner is told by mail both times and can say no meanwhile. Afterwards the
account is as if just invited. Only the one who runs the server does it alone, by a command.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet
from django.utils import timezone

from sagsgang.cases import log
from sagsgang.cases.models import Recovery, User
from sagsgang.cases.refused import Refused
from sagsgang.cases.rights import demand
from sagsgang.meetings.models import CalendarLink
from sagsgang.minutes.words import Words

from . import letters
from .invitations import in_use

_ACTION = "people.manage"


def open_ones() -> QuerySet[Recovery]:
    """The requests that wait for an answer, newest first; one lapses when a link would."""
    oldest = timezone.now() - dt.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    waiting = Recovery.objects.filter(answered_at=None, asked_at__gt=oldest)
    return waiting.select_related("user", "asked_by")


def open_for(user: User) -> Recovery | None:
    """The request that waits for the user's account, if there is one."""
    return open_ones().filter(user=user).first()


def ask(actor: User, user: User, reason: str) -> Recovery:
    """Asks that the user's account begins anew; the owner is told.

    Raises:
        Forbidden: the actor may not.
        Refused: it is the actor's own, not in use, or asked for already, or no reason is given.
    """
    demand(actor, _ACTION)
    if actor == user:
        raise Refused(
            Words(
                "En anden administrator skal bede om det for dig.",
                "Another administrator must ask for you.",
            )
        )
    if not in_use(user):
        raise Refused(
            Words(
                "Kontoen er ikke taget i brug. Lav en invitation i stedet.",
                "The account is not in use. Make an invitation instead.",
            )
        )
    if not reason.strip():
        raise Refused(
            Words(
                "Skriv hvorfor, så den, der skal bekræfte det, ved det.",
                "Write why, so that whoever is to confirm it knows.",
            )
        )
    with log.action(actor, "recovery.ask", user, reason):
        User.objects.select_for_update().get(pk=user.pk)
        if open_for(user):
            raise Refused(Words("Det er der allerede bedt om.", "That has been asked for already."))
        made = Recovery.objects.create(
            user=user, reason=reason.strip(), asked_by=actor, asked_at=timezone.now()
        )
    letters.tell_asked(made)
    return made


def confirm(actor: User, recovery: Recovery) -> None:
    """Lets the account begin anew; the owner is told.

    Raises:
        Forbidden: the actor may not.
        Refused: the actor asked for it or owns the account, or it was answered or has lapsed.
    """
    demand(actor, _ACTION)
    if actor.pk in (recovery.asked_by_id, recovery.user_id):
        raise Refused(
            Words(
                "En anden administrator end den, der bad om det, skal bekræfte det.",
                "Another administrator than the one who asked must confirm it.",
            )
        )
    with log.action(actor, "recovery.confirm", recovery.user, recovery.reason):
        stored = _waiting(recovery)
        _answer(stored, actor, confirmed=True)
        _begin_anew(stored.user)
    letters.tell_begun_anew(stored.user)


def refuse(actor: User, recovery: Recovery) -> None:
    """Ends the request; the account stays as it is.

    Raises:
        Forbidden: the actor neither owns the account nor administers the house.
        Refused: it was answered, or has lapsed.
    """
    if actor.pk != recovery.user_id:
        demand(actor, _ACTION)
    with log.action(actor, "recovery.refuse", recovery.user):
        _answer(_waiting(recovery), actor, confirmed=False)


def begin_anew(user: User) -> None:
    """Lets the account begin anew, for the one who runs the server; the owner is told."""
    with log.action(None, "recovery.confirm", user):
        _begin_anew(user)
    letters.tell_begun_anew(user)


def _begin_anew(user: User) -> None:
    """Each password that cannot be used is another, and ends the sessions of the one before."""
    CalendarLink.objects.filter(user=user).delete()
    user.authenticator_set.all().delete()
    user.socialaccount_set.all().delete()
    user.password = make_password(None)
    user.save(update_fields=["password"])


def _waiting(recovery: Recovery) -> Recovery:
    stored = open_ones().select_for_update(of=("self",)).filter(pk=recovery.pk).first()
    if stored is None:
        raise Refused(
            Words(
                "Der er allerede svaret, eller det er for længe siden. Bed om det igen.",
                "It was answered already, or is too long ago. Ask for it again.",
            )
        )
    return stored


def _answer(recovery: Recovery, actor: User, *, confirmed: bool) -> None:
    recovery.confirmed = confirmed
    recovery.answered_by, recovery.answered_at = actor, timezone.now()
    recovery.save(update_fields=["confirmed", "answered_by", "answered_at"])
