"""Sends what is new to those who follow it: what `sagsgang notify` does.

A mail is sent, and then it is noted what it told. Whoever stops the program in between lets one
mail be sent a second time, and no other; nothing is left out. Two runs at once do not happen: the
second finds the first, and does nothing.
"""

from __future__ import annotations

import datetime
import fcntl
import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from django.core.mail import get_connection
from django.db import connection, transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from sagsgang.archive.models import Publication
from sagsgang.archive.subjects import NotFollowable, subject_at

from . import mails
from .models import Subscription, Told
from .news import SPARE, News, news_of, since
from .signing_up import forget_unconfirmed

DAILY_HOUR: Final = 7
"""When what was published during a day and a night is sent to those who want one mail a day."""
_MOST_REFUSALS: Final = 10
_LOCK: Final = 0x5A6573


class Busy(Exception):
    """Another run is sending."""


@dataclass(slots=True)
class Sent:
    """What came of a run: mails that were sent, and what failed, in words."""

    mails: int = 0
    problems: list[str] = field(default_factory=list)


def send_news(
    folder: Path,
    now: datetime.datetime | None = None,
    told: Callable[[Exception], str] = lambda error: type(error).__name__,
) -> Sent:
    """Sends what is new to those whose time it is, and tells what came of it.

    Nobody waits in vain because of another's mail: what goes wrong with one, `told` in words, is
    among the problems.

    Raises:
        Busy: another run is sending.
    """
    with _alone(folder):
        now = now or timezone.now()
        forget_unconfirmed(now)
        sent = Sent()
        post = get_connection()
        try:
            for subscription in _due(now):
                try:
                    _tell(subscription, now, post, sent)
                except Exception as error:
                    sent.problems.append(f"{subscription.pk}: {told(error)}")
        finally:
            post.close()
        _forget_what_is_past()
        return sent


def _due(now: datetime.datetime) -> list[Subscription]:
    """The subscriptions whose time it is, where anything was published since the last time."""
    confirmed = Subscription.objects.filter(confirmed_at__isnull=False)
    daily = Q(pace=Subscription.DAILY) & ~_had_today(now)
    due = list(confirmed.filter(Q(pace=Subscription.AT_ONCE) | daily).order_by("pk"))
    latest = Publication.objects.aggregate(time=Max("published_at"))["time"]
    idle = [one for one in due if latest is None or latest < since(one)]
    # The others of the day are done with for today; those at once are looked at again anyway.
    done = [one.pk for one in idle if one.pace == Subscription.DAILY]
    Subscription.objects.filter(pk__in=done).update(checked_at=now)
    resting = {one.pk for one in idle}
    return [one for one in due if one.pk not in resting]


def _had_today(now: datetime.datetime) -> Q:
    """Daily ones that were looked at since the last time that mails of the day went out."""
    local = timezone.localtime(now)
    hour = local.replace(hour=DAILY_HOUR, minute=0, second=0, microsecond=0)
    if hour > local:
        hour -= datetime.timedelta(days=1)
    return Q(checked_at__gte=hour) | Q(checked_at__isnull=True, confirmed_at__gte=hour)


def _tell(subscription: Subscription, now: datetime.datetime, post: object, sent: Sent) -> None:
    try:
        subject = subject_at(subscription.subject)
    except NotFollowable:
        return
    news = news_of(subscription, subject)
    if news is None:
        _check(subscription, now)
        return
    mail = mails.with_news(subscription, news, mails.address_in_mails())
    mail.connection = post
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused:
        _refused(subscription, sent)
    except (OSError, smtplib.SMTPException) as error:
        sent.problems.append(f"{subscription.pk}: {error}")
    else:
        _note(subscription, news, now)
        sent.mails += 1


def _note(subscription: Subscription, news: News, now: datetime.datetime) -> None:
    with transaction.atomic():
        Told.objects.bulk_create(
            [Told(subscription=subscription, publication_id=pk) for pk in news.publications],
            batch_size=500,
        )
        subscription.refusals = 0
        subscription.checked_at = now
        subscription.save(update_fields=["refusals", "checked_at"])


def _check(subscription: Subscription, now: datetime.datetime) -> None:
    subscription.checked_at = now
    subscription.save(update_fields=["checked_at"])


def _refused(subscription: Subscription, sent: Sent) -> None:
    """Counts a refusal; an address that is refused again and again is forgotten."""
    subscription.refusals += 1
    sent.problems.append(f"{subscription.pk}: {subscription.refusals}/{_MOST_REFUSALS}")
    if subscription.refusals >= _MOST_REFUSALS:
        subscription.delete()
    else:
        subscription.save(update_fields=["refusals"])


def _forget_what_is_past() -> None:
    """Deletes notes of what is too old to be looked at again."""
    past = F("subscription__checked_at") - 2 * SPARE
    Told.objects.filter(publication__published_at__lt=past).delete()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keeps other runs out, on this machine and on the database; a stopped run keeps nobody out."""
    with (folder / "notify.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy from None
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
            if not cursor.fetchone()[0]:
                raise Busy
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
