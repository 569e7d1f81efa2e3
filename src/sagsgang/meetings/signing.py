"""Members' approval of the minutes (kommunestyrelsesloven § 13: signed by those who took part)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Final, Literal, NamedTuple

from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from sagsgang.bodies.models import Person
from sagsgang.cases import log
from sagsgang.cases.models import HouseRules, User
from sagsgang.cases.refused import Refused
from sagsgang.cases.rights import demand
from sagsgang.minutes.words import Words

from . import kept_minutes
from .attendance import took_part
from .models import Correction, KeptMinutes, Meeting, Signature
from .rules.days import working_days_after

RECENT: Final = timedelta(minutes=5)
"""How long after signing in again somebody can answer."""


class SignedIn(NamedTuple):
    """The proof that somebody signed in, and when: made where they do, and nowhere else."""

    user: int
    at: datetime


class Answer(NamedTuple):
    """What one who took part has answered: `approved`, `refused`, or nothing (`waiting`) yet.

    `earlier` are answers to the minutes as they were before the latest correction.
    """

    person: Person
    state: Literal["approved", "refused", "waiting"]
    at: datetime | None = None
    refusal: str = ""
    earlier: tuple[Answer, ...] = ()


def sign(user: User, meeting: Meeting, proof: SignedIn, *, corrections: int | None) -> Signature:
    """The user's approval of the minutes as they are kept; the last answer makes them final.

    `corrections` is how many stood in what the user read, which is all that can change after the
    meeting; `None` where it is not known what they read.

    Raises:
        Forbidden: the user was no member, and did not stand in for one.
        Refused: the meeting is not closed, the user did not take part or has answered, signed in
            too long ago, or has not read the latest correction.
    """
    return _answer(user, meeting, proof, "", corrections)


def corrections_of(meeting: Meeting) -> int:
    """How many corrections the minutes have that members answer for: those before they are final.

    An answer holds for the minutes with as many; after another correction all are asked again.
    """
    before = {"at__lte": meeting.signed_at} if meeting.signed_at else {}
    return Correction.objects.filter(item__meeting=meeting, **before).count()


def refuse(
    user: User, meeting: Meeting, proof: SignedIn, reason: str, *, corrections: int | None
) -> Signature:
    """The user's refusal, with the reason; minutes that somebody refused are made final by hand.

    Raises:
        Refused: no reason is given, or as for `sign`.
    """
    if not reason.strip():
        raise Refused(Words("Skriv, hvorfor du ikke godkender.", "Write why you do not approve."))
    return _answer(user, meeting, proof, reason.strip(), corrections)


def answers(meeting: Meeting) -> list[Answer]:
    """What each who took part has answered, by name: the committee may see it."""
    asked, given = corrections_of(meeting), defaultdict(list)
    for one in meeting.signatures.select_related("person").order_by("at", "pk"):
        given[one.person].append(one)
    for person in _there(meeting):
        given[person] = given.get(person, [])
    found = [_answer_of(person, some, asked) for person, some in given.items()]
    return sorted(found, key=lambda one: (one.person.name, one.person.pk))


def _answer_of(person: Person, given: list[Signature], asked: int) -> Answer:
    said = [
        Answer(person, "refused" if one.refusal else "approved", one.at, one.refusal)
        for one in given
    ]
    if given and given[-1].corrections == asked:
        return said[-1]._replace(earlier=tuple(said[:-1]))
    return Answer(person, "waiting", earlier=tuple(said))


def unanswered_by(person: int) -> QuerySet[Meeting]:
    """The meetings whose minutes wait for answers, and that the person has not given one for."""
    corrections = Correction.objects.filter(item__meeting=OuterRef("pk")).order_by()
    counted = corrections.values("item__meeting").annotate(many=Count("pk")).values("many")
    given = Signature.objects.filter(
        meeting=OuterRef("pk"), person=person, corrections=OuterRef("asked")
    )
    waiting = Meeting.objects.filter(state=Meeting.CLOSED, takings__person=person)
    return waiting.annotate(asked=Coalesce(Subquery(counted), 0)).filter(~Exists(given))


def make_final(actor: User, meeting: Meeting, reason: str) -> None:
    """Ends the wait for answers where all have answered, and somebody refused.

    Raises:
        Forbidden: the actor may not.
        Refused: the meeting is not closed, somebody has not answered, or there is no reason.
    """
    demand(actor, "meeting.publish", meeting.body)
    if not reason.strip():
        raise Refused(Words("Skriv grunden.", "Write the reason."))
    with log.action(actor, "minutes.final", meeting, reason):
        stored = _closed(meeting)
        if missing(stored):
            raise Refused(
                Words(
                    "Nogle har ikke svaret endnu. Vent på dem, eller til fristen er udløbet.",
                    "Some have not answered yet. Wait for them, or until the time is up.",
                )
            )
        _finish(stored)


def deadline(meeting: Meeting) -> date | None:
    """The last day to answer, where the municipality has decided on one and the meeting is over."""
    days = HouseRules.of(meeting.body.municipality).signing_days
    if days is None or meeting.closed_at is None:
        return None
    return working_days_after(timezone.localdate(asked_at(meeting)), days)


def asked_at(meeting: Meeting) -> datetime:
    """When members were last asked: as the meeting ended, or by a correction since."""
    corrections = Correction.objects.filter(item__meeting=meeting)
    last = corrections.aggregate(last=Max("at"))["last"]
    return max(filter(None, (meeting.closed_at, last)))


def end_waits(today: date | None = None) -> list[Meeting]:
    """Makes minutes final whose last day to answer is over; gives their meetings.

    Minutes that became final meanwhile, or were corrected, are left as they are.
    """
    day = today or timezone.localdate()
    waiting = Meeting.objects.filter(state=Meeting.CLOSED).order_by("date", "pk")
    return [one for one in waiting.select_related("body__municipality") if _ended(one, day)]


def _ended(meeting: Meeting, day: date) -> bool:
    last = deadline(meeting)
    if last is None or last >= day:
        return False
    try:
        with log.action(None, "minutes.final", meeting, f"Fristen udløb {last:%d.%m.%Y}"):
            stored = _closed(meeting)
            if deadline(stored) != last:
                raise Refused(Words("Referatet er rettet.", "The minutes were corrected."))
            _finish(stored)
    except Refused:
        return False
    return True


def missing(meeting: Meeting) -> list[Person]:
    """Those who took part and have not answered for the minutes as they stand."""
    given = meeting.signatures.filter(corrections=corrections_of(meeting))
    answered = set(given.values_list("person", flat=True))
    return [person for person in _there(meeting) if person.pk not in answered]


def _there(meeting: Meeting) -> list[Person]:
    there = meeting.takings.filter(person__in=took_part(meeting))
    return [one.person for one in there.select_related("person")]


def _answer(
    user: User, meeting: Meeting, proof: SignedIn, refusal: str, corrections: int | None
) -> Signature:
    _demand_recent(user, proof)
    with log.action(user, "minutes.refuse" if refusal else "minutes.sign", meeting, refusal):
        stored = _closed(meeting)
        _demand_right(user, stored)
        kept = kept_minutes.latest(stored)
        _demand_read(kept, corrections)
        if user.person not in missing(stored):
            raise Refused(
                Words(
                    "Kun den, der deltog i mødet, kan godkende referatet, og kun én gang, til "
                    "det bliver rettet.",
                    "Only those who took part can approve the minutes, and only once until they "
                    "are corrected.",
                )
            )
        signature = Signature.objects.create(
            meeting=stored,
            person=user.person,
            sha256=kept.sha256,
            corrections=kept.corrections,
            refusal=refusal,
            at=timezone.now(),
        )
        if all(one.state == "approved" for one in answers(stored)):
            _finish(stored)
        return signature


def _demand_read(kept: KeptMinutes, corrections: int | None) -> None:
    """Nothing, where the minutes that are kept now are what was read."""
    if corrections is None:
        raise Refused(
            Words(
                "Læs referatet her på siden, og svar igen.",
                "Read the minutes here on the page, and answer again.",
            )
        )
    if corrections != kept.corrections:
        raise Refused(
            Words(
                "Referatet er rettet, mens du læste det. Læs rettelsen, og svar igen.",
                "The minutes were corrected while you read them. Read the correction, and "
                "answer again.",
            )
        )


def _closed(meeting: Meeting) -> Meeting:
    stored = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if stored.state != Meeting.CLOSED:
        raise Refused(
            Words(
                "Referatet kan godkendes, når mødet er slut.",
                "The minutes can be approved when the meeting is over.",
            )
        )
    return stored


def _finish(meeting: Meeting) -> None:
    meeting.state, meeting.signed_at = Meeting.SIGNED, timezone.now()
    meeting.save(update_fields=["state", "signed_at"])


def _demand_recent(user: User, proof: SignedIn) -> None:
    """Nothing, where the user has signed in a moment ago: it is they who answer."""
    if proof.user != user.pk or not timedelta(0) <= timezone.now() - proof.at <= RECENT:
        raise Refused(
            Words(
                "Log ind igen for at godkende referatet: Så er det sikkert, at det er dig.",
                "Sign in again to approve the minutes: then it is certain that it is you.",
            )
        )


def _demand_right(user: User, meeting: Meeting) -> None:
    """Nothing, where the user took part, whatever they are since, or was a member on that day."""
    if user.person_id not in took_part(meeting):
        demand(user, "meeting.sign", meeting.body, on=meeting.date)
