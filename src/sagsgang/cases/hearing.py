"""Hearings: others are asked, and their answers are written down as they come."""

from __future__ import annotations

import datetime
import logging
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db.models import Count, EmailField, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from sagsgang.archive.subscriptions.mails import reach_their_owners
from sagsgang.minutes.words import Words

from . import attachments, log
from .accounts import User
from .models import Case, File, Hearing, Reply
from .refused import Refused
from .rights import demand, serves

_LOG: Final = logging.getLogger(__name__)
_MAIL: Final = re.compile(r"(?P<name>[^<>]*[^<>\s])\s*<(?P<mail>[^<>@\s]+@[^<>@\s]+)>")


def send_out(
    actor: User,
    case: Case,
    subject: str,
    recipients: Iterable[str],
    *,
    sent_on: datetime.date,
    deadline: datetime.date,
) -> Hearing:
    """A round that is sent to each of the recipients, `Name` or `Name <mail address>`.

    Raises:
        Forbidden: the actor may not.
        Refused: nothing is asked, nobody is named, a mail address is none, or the deadline lies
            before the day it is sent.
    """
    demand_hearing(actor, case)
    names = dict(map(_recipient, filter(None, map(str.strip, recipients))))
    if not subject.strip():
        raise Refused(Words("Skriv, hvad der høres om.", "Write what they are asked about."))
    if not names:
        raise Refused(Words("Skriv, hvem der høres.", "Write who is asked."))
    if deadline < sent_on:
        raise Refused(
            Words("Fristen ligger før afsendelsen.", "The deadline is before it is sent.")
        )
    with log.action(actor, "hearing.send", case):
        made = Hearing.objects.create(
            case=case, subject=" ".join(subject.split())[:300], sent_on=sent_on, deadline=deadline
        )
        for name, mail in names.items():
            Reply.objects.create(hearing=made, recipient=name, mail=mail)
    return made


def _recipient(line: str) -> tuple[str, str]:
    """Name and mail address, which stands in angle brackets.

    Raises:
        Refused: what stands there is no mail address.

    >>> _recipient("Ældrerådet <raadet@lindvig.dk>")
    ('Ældrerådet', 'raadet@lindvig.dk')
    >>> _recipient("Ældrerådet")
    ('Ældrerådet', '')
    """
    told = _MAIL.fullmatch(line)
    if not told:
        return line[:200], ""
    try:
        EmailField().run_validators(told["mail"])
    except ValidationError:
        raise Refused(
            Words(
                f"»{told['mail']}« er ikke en mailadresse. Ret den, eller lad den være ude.",
                f"“{told['mail']}” is no mail address. Mend it, or leave it out.",
            )
        ) from None
    return told["name"][:200], told["mail"]


def answer(
    actor: User,
    reply: Reply,
    text: str,
    *,
    answered_on: datetime.date,
    closed: bool = False,
    file: tuple[str, bytes] | None = None,
    before: str | None = None,
) -> Reply:
    """What a recipient answered; a file that was there stays where no other is given.

    `before` is the answer that the actor had before them.

    Raises:
        Forbidden: the actor may not.
        Refused: there is neither text nor file, it was answered before it was sent, the file may
            not be kept, or somebody has written another answer meanwhile.
        OSError: the file cannot be written.
    """
    demand_hearing(actor, reply.hearing.case)
    handed_in = attachments.handed_in(*file) if file else None
    with log.action(actor, "hearing.answer", reply.hearing.case):
        stored = Reply.objects.select_for_update().select_related("hearing").get(pk=reply.pk)
        if before not in (None, stored.text):
            raise Refused(
                Words(
                    f"Nogen har skrevet et svar fra {stored.recipient} ind imens. Læs det, og gem "
                    "igen, hvis dit skal stå i stedet.",
                    f"Somebody has written an answer from {stored.recipient} meanwhile. Read it, "
                    "and save again if yours is to stand instead.",
                )
            )
        if not text.strip() and handed_in is None and stored.file_id is None:
            raise Refused(
                Words("Skriv svaret, eller vælg en fil.", "Write the answer, or choose a file.")
            )
        if answered_on < stored.hearing.sent_on:
            raise Refused(
                Words("Svaret kan ikke komme før høringen.", "No answer comes before the hearing.")
            )
        over = stored.hearing.taken_back_on
        if over and answered_on > over:
            raise Refused(
                Words(
                    "Høringen var trukket tilbage, da svaret kom.",
                    "The hearing had been taken back when the answer came.",
                )
            )
        if handed_in and file:
            stored.file, stored.name = _kept(handed_in, file)
        stored.text, stored.answered_on, stored.closed = text.strip(), answered_on, closed
        stored.save()
    return stored


def _kept(handed_in: File, file: tuple[str, bytes]) -> tuple[File, str]:
    name, data = file
    return attachments.kept(handed_in, data), Path(name).name[-200:]


def end(actor: User, hearing: Hearing) -> None:
    """Waits no more for the answers that lack.

    Raises:
        Forbidden: the actor may not.
        Refused: it was ended before.
    """
    demand_hearing(actor, hearing.case)
    with log.action(actor, "hearing.end", hearing.case):
        stored = Hearing.objects.select_for_update().get(pk=hearing.pk)
        _demand_going_on(stored)
        stored.ended_on = timezone.localdate()
        stored.save(update_fields=["ended_on"])


def take_back(actor: User, hearing: Hearing, reason: str) -> list[Reply]:
    """Asks no more, and tells those who were asked by mail; gives those whom no mail reached.

    What has been answered stays with the case. The reason is told to those who were asked, and
    stands in the log and on the page of the case; it is printed in no document.

    Raises:
        Forbidden: the actor may not.
        Refused: no reason is given, or it was ended or taken back before.
    """
    demand_hearing(actor, hearing.case)
    if not reason.strip():
        raise Refused(
            Words(
                "Skriv, hvorfor høringen trækkes tilbage. De hørte får det at vide.",
                "Write why the hearing is taken back. Those who were asked are told.",
            )
        )
    with log.action(actor, "hearing.take_back", hearing.case, reason.strip()):
        stored = Hearing.objects.select_for_update().get(pk=hearing.pk)
        _demand_going_on(stored)
        stored.taken_back_on, stored.taken_back_why = timezone.localdate(), reason.strip()
        stored.save(update_fields=["taken_back_on", "taken_back_why"])
    replies = list(stored.replies.order_by("pk"))
    told = [one.pk for one in replies if _told(stored, one)]
    with log.action(actor, "hearing.tell", hearing.case):
        stored.replies.filter(pk__in=told).update(told_at=timezone.now())
    return [one for one in replies if one.pk not in told]


def _demand_going_on(hearing: Hearing) -> None:
    if hearing.taken_back_on:
        raise Refused(Words("Høringen er trukket tilbage.", "The hearing was taken back already."))
    if hearing.ended_on:
        raise Refused(Words("Høringen er afsluttet.", "The hearing was ended already."))


def _told(hearing: Hearing, reply: Reply) -> bool:
    """Whether a mail to somebody who was asked has left."""
    if not reply.mail or not reach_their_owners():
        return False
    with translation.override(settings.LANGUAGE_CODE):
        told = {"hearing": hearing, "reply": reply, "site_name": settings.SITE_NAME}
        mail = EmailMessage(
            subject=_("Høringen er trukket tilbage: %(subject)s") % {"subject": hearing.subject},
            body=render_to_string("cases/hearing_taken_back.txt", told).strip() + "\n",
            to=[reply.mail],
            headers={"Auto-Submitted": "auto-generated"},
        )
    try:
        return bool(mail.send())
    except OSError as error:  # SMTP's exceptions are of this kind
        _LOG.error("A mail about a hearing could not be sent: %s", type(error).__name__)
        return False


def demand_hearing(actor: User, case: Case) -> None:
    """Nothing, where the actor may send the case in hearing and write down what is answered.

    Raises:
        Forbidden: the actor may not.
    """
    first = case.treatments.select_related("body").order_by("order").first()
    demand(actor, "presentation.edit", case.unit, first.body if first else None)


def waiting_for(user: User) -> QuerySet[Hearing]:
    """The rounds of the user's cases with answers that lack, the first deadline first."""
    if not serves(user, "case.read"):
        return Hearing.objects.none()
    lacking = Count("replies", filter=Q(replies__answered_on=None))
    return (
        Hearing.objects.filter(case__officer=user, ended_on=None, taken_back_on=None)
        .annotate(lacking=lacking)
        .filter(lacking__gt=0)
        .select_related("case")
        .order_by("deadline", "pk")
    )
