"""Rights that open closed items, which two administrators give: one asks, another agrees.

What an administrator gives is a grant until then, and counts for nothing. Where nobody else can
agree it counts at once, and those who ought to know are told (`given_alone`): a house must be able
to begin, and a small one to go on.
"""

from __future__ import annotations

import datetime
from functools import partial
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.dispatch import Signal
from django.utils import timezone

from sagsgang.minutes.words import Words

from . import log
from .accounts import Grant, Position, User
from .refused import Refused
from .rights import MAY, demand

ACTION: Final = "people.manage"
OPENING: Final = frozenset(
    role for action in ("case.read", "item.read_closed", "log.read", ACTION) for role in MAY[action]
)
"""The roles that read what is closed, or give such roles: all but the substitute's, who reads what
the secretary calls them in for."""
given_alone = Signal()
"""Sent with the `grant` that counts without a second administrator, when it is stored."""
_SHOWN: Final = datetime.timedelta(days=14)
"""For how long the desk tells of what was given alone."""
_MONTH: Final = datetime.timedelta(days=31)


def ask(actor: User, user: User, **what: Any) -> Grant:
    """What the actor gives the user, and whether it waits; within an action.

    Raises:
        Refused: it is the actor's own, or was asked for already.
    """
    demand_another(actor, user)
    User.objects.select_for_update().get(pk=user.pk)
    if open_ones().filter(user=user, **what).exists():
        raise Refused(
            Words(
                "Det er der allerede bedt om. En anden administrator skal godkende det på »Mit "
                "bord«; du kan trække det tilbage på kontoens side.",
                "That has been asked for already. Another administrator must agree on “My desk”; "
                "you can take it back on the account's page.",
            )
        )
    now, alone = timezone.now(), not _able(actor, user).exists()
    grant = Grant.objects.create(
        user=user,
        asked_by=actor,
        asked_at=now,
        agreed=alone,
        answered_at=now if alone else None,
        **what,
    )
    if alone:
        transaction.on_commit(partial(given_alone.send, Grant, grant=grant))
    return grant


def open_ones() -> QuerySet[Grant]:
    """Those that wait for an answer, the oldest first."""
    waiting = Grant.objects.filter(answered_at=None)
    told = waiting.select_related("user", "asked_by", "body", "unit", "person")
    return told.order_by("asked_at", "pk")


def waiting_for(user: User) -> QuerySet[Grant]:
    """Those that the user can answer, as an administrator who neither asked nor gets them."""
    return open_ones().exclude(Q(asked_by=user) | Q(user=user))


def alone_lately() -> QuerySet[Grant]:
    """What one administrator gave alone in the last days, the newest first."""
    since = timezone.now() - _SHOWN
    alone = Grant.objects.filter(agreed=True, answered_by=None, asked_at__gt=since)
    return alone.select_related("user", "asked_by", "body", "unit", "person").order_by(
        "-asked_at", "-pk"
    )


def answer(actor: User, grant: Grant, *, agreed: bool) -> Grant:
    """The grant with the actor's answer, within an action.

    Whoever asked can take it back, and agree to nothing of it; nor can whoever gets it.

    Raises:
        Forbidden: the actor may not.
        Refused: the actor asked for it or gets it, or it was answered.
    """
    demand(actor, ACTION)
    if agreed and actor.pk == grant.asked_by_id:
        raise Refused(
            Words(
                "En anden administrator end den, der bad om det, skal godkende det.",
                "Another administrator than the one who asked must agree.",
            )
        )
    demand_another(actor, grant.user)
    stored = open_ones().select_for_update(of=("self",)).filter(pk=grant.pk).first()
    if stored is None:
        raise Refused(Words("Der er allerede svaret.", "It was answered already."))
    stored.agreed, stored.answered_by, stored.answered_at = agreed, actor, timezone.now()
    stored.save(update_fields=["agreed", "answered_by", "answered_at"])
    return stored


def refuse(actor: User, grant: Grant) -> None:
    """Ends a grant that waits: it never counts.

    Raises:
        Forbidden: the actor may not.
        Refused: the actor gets it, or it was answered.
    """
    with log.action(actor, "grant.refuse", grant.user):
        answer(actor, grant, agreed=False)


def demand_another(actor: User, user: User) -> None:
    """Nothing, where the account is not the actor's own.

    Raises:
        Refused: it is.
    """
    if actor == user:
        raise Refused(
            Words(
                "Du kan ikke selv give dig rettigheder. En anden administrator skal gøre det.",
                "You cannot give yourself rights. Another administrator must do it.",
            )
        )


def _able(actor: User, user: User) -> QuerySet[User]:
    """The administrators who can sign in and agree: not who asks, and not who gets it."""
    today = timezone.localdate()
    held = Position.objects.filter(
        Q(until=None) | Q(until__gte=today), role=Position.ADMINISTRATOR, since__lte=today
    )
    signs_in = ~Q(password__startswith="!") | Q(socialaccount__isnull=False)
    able = User.objects.filter(signs_in, is_active=True, pk__in=held.values("user"))
    return able.exclude(pk__in=(actor.pk, user.pk))


def overseers() -> QuerySet[User]:
    """Those who ought to know of what one gives alone: administrators, auditors and leaders.

    Also who was an administrator until lately: whoever wants to be alone may have ended the other.
    """
    today = timezone.localdate()
    lasting = Q(until=None) | Q(until__gte=today)
    lately = Q(role=Position.ADMINISTRATOR, until__gte=today - _MONTH)
    held = Position.objects.filter(
        lasting | lately,
        role__in=(Position.ADMINISTRATOR, Position.AUDITOR, Position.LEADER),
        since__lte=today,
    )
    return User.objects.filter(pk__in=held.values("user")).order_by("pk")


def oversees(user: User) -> bool:
    """Whether the user is one of those."""
    return overseers().filter(pk=user.pk).exists()
