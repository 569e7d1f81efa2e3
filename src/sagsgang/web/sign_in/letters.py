"""The mails about somebody's own account: an invitation, and what others do to it."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from sagsgang.archive.subscriptions.mails import address_in_mails, reach_their_owners
from sagsgang.cases import grants
from sagsgang.cases.models import Grant, Recovery, User

_LOG = logging.getLogger(__name__)


def invite(user: User, link: str) -> bool:
    """Whether the invitation was sent to its owner; where it was, nobody else need see the link."""
    return _sent(user, lambda: _("Din konto i %(site)s"), "invitation", link=link)


def tell_asked(recovery: Recovery) -> None:
    """Tells the owner that somebody asks for the account to begin anew, and how to stop it."""
    _sent(
        recovery.user,
        lambda: _("Nogen vil lade din konto i %(site)s begynde forfra"),
        "recovery_asked",
        recovery=recovery,
    )


def tell_begun_anew(user: User) -> None:
    """Tells the owner that the account has begun anew."""
    _sent(user, lambda: _("Din konto i %(site)s begynder forfra"), "recovery_done")


def tell_given_alone(grant: Grant, **_signal: Any) -> None:
    """Tells those who ought to know that one administrator gave a right alone."""
    for user in grants.overseers().exclude(pk__in=(grant.asked_by_id, grant.user_id)):
        _sent(
            user,
            lambda: _("En rettighed i %(site)s er givet af én alene"),
            "given_alone",
            grant=grant,
        )


grants.given_alone.connect(tell_given_alone)


def _sent(user: User, title: Any, template: str, **told: Any) -> bool:
    """Whether the mail has left; a mail that could not is told to those who run the site."""
    if not user.email or not reach_their_owners():
        return False
    with translation.override(settings.LANGUAGE_CODE):
        told |= {"user": user, "site": address_in_mails(), "site_name": settings.SITE_NAME}
        mail = EmailMessage(
            subject=title() % {"site": settings.SITE_NAME},
            body=render_to_string(f"account/email/{template}.txt", told).strip() + "\n",
            to=[user.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
    try:
        return bool(mail.send())
    except OSError as error:  # SMTP's exceptions are of this kind
        _LOG.error("A mail about an account could not be sent: %s", error)
        return False
