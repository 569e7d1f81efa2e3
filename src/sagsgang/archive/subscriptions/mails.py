"""The mails: to confirm a subscription, and with news. Plain text, and the same as simple HTML."""

from __future__ import annotations

import hashlib
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sagsgang.archive.opening import site_address
from sagsgang.archive.telling import heading

from .models import Subscription
from .news import News, Piece

_HERE: Final = "http://127.0.0.1:8000"
_LONGEST_SUBJECT: Final = 150


def can_be_sent() -> bool:
    """Whether mails may leave: real ones need the site's own address for their links.

    A request's address will not do, as whoever asks can write anything in it.
    """
    real = settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")
    return bool(settings.SITE_ADDRESS) or not real


def reach_their_owners() -> bool:
    """Whether mails leave the machine; without a mail server they are written on the screen."""
    return can_be_sent() and not settings.EMAIL_BACKEND.endswith("console.EmailBackend")


def address_in_mails(request: HttpRequest | None = None) -> str:
    """The address that the links of mails begin with."""
    return site_address(request) or _HERE


def to_confirm(subscription: Subscription, site: str) -> EmailMultiAlternatives:
    """The mail with the link that lets a subscription begin, or tells that there is one."""
    with translation.override(subscription.language):
        if subscription.confirmed_at:
            title = _("Du følger allerede %(name)s")
        else:
            title = _("Bekræft, at du vil følge %(name)s")
        return _mail(
            subscription, site, title % {"name": subscription.name}, "subscriptions/confirm", {}
        )


def with_news(subscription: Subscription, news: News, site: str) -> EmailMultiAlternatives:
    """The mail that tells what is new."""
    with translation.override(subscription.language):
        mail = _mail(
            subscription,
            site,
            _title(subscription, news),
            "subscriptions/news",
            {"pieces": news.pieces, "more": news.more},
        )
    told = f"{subscription.pk} {sorted(news.publications)}"
    # The same news twice has the same name, so that a receiver can see that it is the same.
    name = hashlib.sha256(told.encode()).hexdigest()[:32]
    mail.extra_headers["Message-ID"] = f"<{name}@{_host(site)}>"
    return mail


def _title(subscription: Subscription, news: News) -> str:
    if len(news.pieces) == 1 and not news.more:
        piece = news.pieces[0]
        return _changed(piece) if piece.changed else heading(piece.meeting)
    number = len(news.pieces) + news.more
    return ngettext("%(name)s: nyt fra ét møde", "%(name)s: nyt fra %(number)s møder", number) % {
        "name": subscription.name,
        "number": number,
    }


def _changed(piece: Piece) -> str:
    return _("Ændret: %(heading)s") % {"heading": heading(piece.meeting)}


def _mail(
    subscription: Subscription, site: str, title: str, template: str, told: dict[str, Any]
) -> EmailMultiAlternatives:
    subscription.know_key()
    page = f"{site}/foelg/{subscription.key}/"
    content = {
        "subscription": subscription,
        "followed": site + subscription.subject,
        "key_page": page,
        "site": site,
        "site_name": settings.SITE_NAME,
        "language": subscription.language,
        **told,
    }
    mail = EmailMultiAlternatives(
        subject=" ".join(title.split())[:_LONGEST_SUBJECT],
        body=render_to_string(f"{template}.txt", content).strip() + "\n",
        to=[subscription.email],
        headers={
            "List-Unsubscribe": f"<{page}afmeld/>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "List-Id": f"<{subscription.pk}.foelg.{_host(site)}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    mail.attach_alternative(render_to_string(f"{template}.html", content), "text/html")
    return mail


def _host(site: str) -> str:
    return urlsplit(site).hostname or "localhost"
