"""Reminders to those who have not answered whether they approve the minutes, by e-mail.

The mail says which meeting it is of and nothing of what was treated there.
"""

from __future__ import annotations

from datetime import date
from smtplib import SMTPException
from typing import Final

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone

from sagsgang.cases import log
from sagsgang.cases.models import User

from . import signing
from .models import Meeting, Reminder
from .rules.days import working_days_after

BETWEEN: Final = 2
"""Working days from the end of the meeting to the first reminder, and from one to the next."""


def remind(today: date | None = None) -> tuple[list[Reminder], list[str]]:
    """The reminders that were sent, and the accounts whose mail could not be."""
    day = today or timezone.localdate()
    sent, failed = [], []
    for meeting in Meeting.objects.filter(state=Meeting.CLOSED).select_related(
        "body__municipality"
    ):
        waiting = [person.pk for person in signing.missing(meeting)]
        for user in User.objects.filter(person__in=waiting, is_active=True).exclude(email=""):
            if working_days_after(_last(meeting, user), BETWEEN) > day:
                continue
            try:
                sent.append(_sent(meeting, user))
            except (OSError, SMTPException):
                failed.append(user.get_username())
    return sent, failed


def _last(meeting: Meeting, user: User) -> date:
    """The day of the last reminder, or else when the user was asked."""
    last = Reminder.objects.filter(meeting=meeting, user=user).order_by("-at").first()
    asked = signing.asked_at(meeting)
    return timezone.localdate(max(last.at, asked) if last else asked)


def _sent(meeting: Meeting, user: User) -> Reminder:
    with log.action(None, "minutes.remind", meeting):
        reminder = Reminder.objects.create(meeting=meeting, user=user, at=timezone.now())
        send_mail(
            f"Referat venter på din godkendelse: {meeting.body}, {meeting.date:%d.%m.%Y}",
            _text(meeting, user),
            settings.DEFAULT_FROM_EMAIL,
            [user.email],
        )
    return reminder


def _text(meeting: Meeting, user: User) -> str:
    last = signing.deadline(meeting)
    until = f" Sidste dag er {last:%d.%m.%Y}." if last else ""
    address = f"\n\n{settings.SITE_ADDRESS}{meeting.get_absolute_url()}godkend/"
    answered = meeting.signatures.filter(person=user.person_id).exists()
    how = "er rettet, siden du svarede" if answered else "er klar"
    return (
        f"Hej {user}\n\nReferatet af mødet i {meeting.body} den {meeting.date:%d.%m.%Y} {how}. "
        f"Læs det, og svar, om du godkender det.{until}{address if settings.SITE_ADDRESS else ''}"
        f"\n\nVenlig hilsen\n{meeting.body.municipality} Kommune\n"
    )
