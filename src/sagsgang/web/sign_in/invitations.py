"""Invitations: links that let somebody choose name and password, once and for a day.

A link is signed together with the account's password and last sign-in, so that it is spent when
a password is chosen. Nothing is stored, and no account is born with a password.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.contrib.auth.hashers import make_password
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils import timezone
from django.utils.http import base36_to_int, int_to_base36

from sagsgang.cases import log
from sagsgang.cases.models import Position, User

FIRST: Final = "administrator"


class _Tokens(PasswordResetTokenGenerator):
    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.key_salt = f"sagsgang.web.sign_in.{purpose}"


_INVITING: Final = _Tokens("invitation")
_ENTERING: Final = _Tokens("entry")


def invitation(user: User, site: str) -> str:
    """The address where the user chooses a name and a password."""
    return site.rstrip("/") + reverse("invitation", args=[_key(user, _INVITING)])


def entry(user: User, site: str) -> str:
    """An address that lets the user in, once: for the demonstration's users without password."""
    return site.rstrip("/") + reverse("entry", args=[_key(user, _ENTERING)])


def invited(key: str) -> User | None:
    """The user of an invitation, held until the transaction ends; `None` where it is spent."""
    return _of(key, _INVITING)


def entering(key: str) -> User | None:
    """The user of an entry, held until the transaction ends; `None` where it is spent."""
    return _of(key, _ENTERING)


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
    if User.objects.exclude(password__startswith="!").exists():
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


def _key(user: User, tokens: _Tokens) -> str:
    return f"{int_to_base36(user.pk)}-{tokens.make_token(user)}"


def _of(key: str, tokens: _Tokens) -> User | None:
    number, _, token = key.partition("-")
    try:
        user = User.objects.select_for_update().get(pk=base36_to_int(number), is_active=True)
    except (User.DoesNotExist, ValueError):
        return None
    return user if tokens.check_token(user, token) else None
