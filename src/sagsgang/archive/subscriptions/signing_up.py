"""How a subscription begins and ends.

The site answers in the same way whether an address is known or not, and sends nobody more than a
few mails to confirm.
"""

from __future__ import annotations

import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from sagsgang.archive.subjects import Subject

from . import mails
from .models import Subscription, hash_of

VALID_FOR: Final = datetime.timedelta(days=2)
"""How long a subscription waits to be confirmed."""
_BETWEEN: Final = datetime.timedelta(minutes=10)
_A_DAY: Final = datetime.timedelta(days=1)
_MOST_A_DAY: Final = 10


def ask(email: str, subject: Subject, pace: str, language: str, site: str) -> None:
    """Sends a mail in which a subscription can be confirmed; or ended, where there is one.

    Raises:
        OSError: the mail could not be sent (also what `smtplib` raises).
    """
    now = timezone.now()
    email = email.lower()
    if _asked_too_often(email, now):
        return
    subscription = _subscription(email, subject, pace, language, now)
    if subscription.asked_at != now:
        if now - subscription.asked_at < _BETWEEN:
            return
        subscription.asked_at = now
        if not subscription.confirmed_at:
            subscription.pace, subscription.language = pace, language
        subscription.save()
    mails.to_confirm(subscription, site).send()


def _asked_too_often(email: str, now: datetime.datetime) -> bool:
    asked = Subscription.objects.filter(email=email, asked_at__gt=now - _A_DAY).count()
    return asked >= _MOST_A_DAY


def _subscription(
    email: str, subject: Subject, pace: str, language: str, now: datetime.datetime
) -> Subscription:
    """The subscription to the subject, made where there is none."""
    known = Subscription.objects.filter(email=email, subject=subject.address)
    found = known.first()
    if found:
        return found
    made = Subscription(
        email=email,
        subject=subject.address,
        name=subject.name[:300],
        pace=pace,
        language=language,
        asked_at=now,
    )
    made.take_key()
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        # Somebody pressed twice.
        return known.get()
    return made


def with_key(key: str) -> Subscription | None:
    """The subscription that a key from a mail belongs to."""
    return Subscription.objects.filter(key_hash=hash_of(key)).first()


def confirm(subscription: Subscription) -> None:
    """Lets the mails begin; what is published from now on is news."""
    if not subscription.confirmed_at:
        subscription.confirmed_at = timezone.now()
        subscription.save(update_fields=["confirmed_at"])


def forget_unconfirmed(now: datetime.datetime) -> None:
    """Deletes what nobody confirmed in time, with the addresses."""
    waiting = Subscription.objects.filter(confirmed_at__isnull=True)
    waiting.filter(asked_at__lt=now - VALID_FOR).delete()
