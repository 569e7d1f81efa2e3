"""Members' approval of the minutes (kommunestyrelsesloven § 13: signed by those who took part)."""

from __future__ import annotations

from django.utils import timezone

from sagsgang.archive.canonical import canonical, hash_of
from sagsgang.bodies.models import Person
from sagsgang.cases import log
from sagsgang.cases.models import User
from sagsgang.cases.refused import Refused
from sagsgang.cases.rights import demand
from sagsgang.minutes.words import Words

from . import documents
from .attendance import took_part
from .models import Meeting, Signature


def sign(user: User, meeting: Meeting) -> Signature:
    """The user's approval of the minutes as they stand; the last one makes them signed.

    Raises:
        Forbidden: the user was no member, and did not stand in for one.
        Refused: the meeting is not closed, or the user did not take part or has answered.
    """
    return _answer(user, meeting, "")


def refuse(user: User, meeting: Meeting, reason: str) -> Signature:
    """The user's refusal, with the reason.

    Raises:
        Refused: no reason is given, or as for `sign`.
    """
    if not reason.strip():
        raise Refused(Words("Skriv, hvorfor du ikke godkender.", "Write why you do not approve."))
    return _answer(user, meeting, reason.strip())


def missing(meeting: Meeting) -> list[Person]:
    """Those who took part and have not answered yet."""
    answered = meeting.signatures.values("person")
    there = meeting.takings.filter(person__in=took_part(meeting)).exclude(person__in=answered)
    return [one.person for one in there.select_related("person")]


def fingerprint(meeting: Meeting) -> str:
    """The hash of the minutes that are signed: all of them, closed items and files included."""
    whole = documents.minutes(meeting, reading="whole")
    files = [each.address for item in whole.items for each in item.attachments]
    return hash_of("\n".join([canonical(whole), *map(str, files)]))


def _answer(user: User, meeting: Meeting, refusal: str) -> Signature:
    with log.action(user, "minutes.refuse" if refusal else "minutes.sign", meeting, refusal):
        stored = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if stored.state != Meeting.CLOSED:
            raise Refused(
                Words(
                    "Referatet kan godkendes, når mødet er slut.",
                    "The minutes can be approved when the meeting is over.",
                )
            )
        _demand_right(user, stored)
        if user.person not in missing(stored):
            raise Refused(
                Words(
                    "Kun den, der deltog i mødet, kan godkende referatet, og kun én gang.",
                    "Only those who took part can approve the minutes, and only once.",
                )
            )
        signature = Signature.objects.create(
            meeting=stored,
            person=user.person,
            sha256=fingerprint(stored),
            refusal=refusal,
            at=timezone.now(),
        )
        if not missing(stored) and not stored.signatures.exclude(refusal="").exists():
            stored.state = Meeting.SIGNED
            stored.save(update_fields=["state"])
        return signature


def _demand_right(user: User, meeting: Meeting) -> None:
    """Nothing, where the user was a member on the meeting's day, or stood in for one at it."""
    stood_in = meeting.takings.exclude(substitute_for=None).filter(person=user.person_id)
    if user.person_id is None or not stood_in.exists():
        demand(user, "meeting.sign", meeting.body, on=meeting.date)
