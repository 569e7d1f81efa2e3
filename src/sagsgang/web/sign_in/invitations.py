"""Invitations: links that let somebody choose name and password, once and for a day.

Each link is stored and logged: who made it, for whom, when, and when it was used. Its key is
stored as a digest only. No link lets anybody into an account that is in use, or past a second
factor; such an account begins anew by `recovery`. No account is born with a password.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Final

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from sagsgang.cases import log
from sagsgang.cases.models import Link, Position, User
from sagsgang.cases.refused import Refused
from sagsgang.minutes.words import Words

FIRST: Final = "administrator"


def in_use(user: User) -> bool:
    """Whether its owner can sign in: by a password, or by the municipality's own sign-in."""
    return user.has_usable_password() or by_municipality(user)


def by_municipality(user: User) -> bool:
    """Whether its owner comes in by the municipality's own sign-in."""
    return user.socialaccount_set.exists()


def invitation(user: User, site: str, actor: User | None = None) -> str:
    """The address where the user chooses a name and a password.

    Raises:
        Refused: the account is in use.
    """
    if by_municipality(user):
        raise Refused(
            Words(
                f"{user} logger ind med kommunens login og skal ikke bruge et link.",
                f"{user} signs in by the municipality's sign-in, and needs no link.",
            )
        )
    if in_use(user):
        raise Refused(
            Words(
                f"{user} bruger kontoen. Er adgangskoden glemt, vælger {user} selv en ny under "
                "»Glemt adgangskode«.",
                f"{user} uses the account. If the password is forgotten, {user} chooses a new one "
                "under »Glemt adgangskode«.",
            )
        )
    return site.rstrip("/") + reverse("invitation", args=[_new(user, Link.INVITATION, actor)])


def entry(user: User, site: str) -> str:
    """An address that lets the user in, once: for the demonstration's invented users."""
    return site.rstrip("/") + reverse("entry", args=[_new(user, Link.ENTRY, None)])


def invited(key: str) -> Link | None:
    """The link of an invitation, held until the transaction ends; `None` where it is spent."""
    link = _of(key, Link.INVITATION)
    return None if link is None or in_use(link.user) else link


def entering(key: str) -> Link | None:
    """The link of an entry, held until the transaction ends; `None` where it is spent."""
    link = _of(key, Link.ENTRY)
    return None if link is None or link.user.authenticator_set.exists() else link


def use(link: Link) -> None:
    """Writes down that the link was used: it is spent."""
    link.used_at = timezone.now()
    with log.action(link.user, "link.use", link.user):
        link.save(update_fields=["used_at"])


def invite(mail: str, name: str = "", *, administrator: bool = False) -> User:
    """The account of that address, made without a password where there is none."""
    mail = mail.strip().lower()
    with log.action(None, "account.invite", f"cases.user:{mail}"):
        user, _new = User.objects.get_or_create(
            username=mail,
            defaults={"email": mail, "first_name": name, "password": make_password(None)},
        )
        if administrator:
            _make_administrator(user)
    return user


def first_administrator() -> User | None:
    """The account that the first administrator takes over; `None` where somebody can sign in."""
    can_sign_in = ~Q(password__startswith="!") | Q(socialaccount__isnull=False)
    if User.objects.filter(can_sign_in).exists():
        return None
    with log.action(None, "account.invite", f"cases.user:{FIRST}"):
        user, _new = User.objects.get_or_create(
            username=FIRST, defaults={"password": make_password(None)}
        )
        _make_administrator(user)
    return user


def _make_administrator(user: User) -> None:
    if user.positions.filter(role=Position.ADMINISTRATOR, until=None).exists():
        return
    today: dt.date = timezone.localdate()
    Position.objects.create(user=user, role=Position.ADMINISTRATOR, since=today)


def _new(user: User, purpose: str, actor: User | None) -> str:
    """The key of a new link, which nothing else remembers."""
    key = secrets.token_hex(20)
    with log.action(actor, "link.make", user):
        Link.objects.create(
            user=user,
            purpose=purpose,
            digest=_digest(key),
            made_by=actor,
            made_at=timezone.now(),
        )
    return key


def _of(key: str, purpose: str) -> Link | None:
    oldest = timezone.now() - dt.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    return (
        Link.objects.select_for_update()
        .select_related("user")
        .filter(
            digest=_digest(key),
            purpose=purpose,
            used_at=None,
            made_at__gt=oldest,
            user__is_active=True,
        )
        .first()
    )


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
