"""Questions to the administration before the meeting: asked by members, answered for all of them.

Everybody who may read the item sees the question and its answer.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from sagsgang.cases import log
from sagsgang.cases.models import User
from sagsgang.cases.refused import Refused
from sagsgang.cases.rights import Forbidden, bodies, demand, may, serves
from sagsgang.minutes.words import Words

from .insight import demand_covered
from .models import Item, Meeting, Question

_ANSWERED_UNTIL = (Meeting.CALLED, Meeting.OPEN)


def ask(user: User, item: Item, text: str) -> Question:
    """A new question about an item.

    Raises:
        Forbidden: the user is no member, or may not read the item.
        Refused: nothing is asked, the agenda is not out, or the meeting has begun.
    """
    demand(user, "question.ask", item.meeting.body)
    demand_covered(user, item)
    if not text.strip():
        raise Refused(Words("Skriv dit spørgsmål.", "Write your question."))
    with log.action(user, "question.ask", item):
        meeting = Meeting.objects.select_for_update().get(pk=item.meeting_id)
        if meeting.state != Meeting.CALLED:
            raise Refused(
                Words(
                    "Spørgsmål kan stilles, fra dagsordenen er ude, til mødet begynder.",
                    "Questions are asked from when the agenda is out until the meeting begins.",
                )
            )
        return Question.objects.create(
            item=item, asked_by=user, asked_at=timezone.now(), text=text.strip()
        )


def answer(user: User, question: Question, text: str) -> Question:
    """The question with its answer; one that was given is put right by another.

    Raises:
        Forbidden: the user is neither the case's officer nor the body's secretary.
        Refused: nothing is answered, or the meeting is over.
    """
    demand_may_answer(user, question)
    if not text.strip():
        raise Refused(Words("Skriv svaret.", "Write the answer."))
    with log.action(user, "question.answer", question):
        meeting = Meeting.objects.select_for_update().get(pk=question.item.meeting_id)
        if meeting.state not in _ANSWERED_UNTIL:
            raise Refused(Words("Mødet er slut.", "The meeting is over."))
        stored = Question.objects.select_for_update().get(pk=question.pk)
        stored.answer = text.strip()
        stored.answered_by, stored.answered_at = user, timezone.now()
        stored.save(update_fields=["answer", "answered_by", "answered_at"])
    return stored


def demand_may_answer(user: User, question: Question) -> None:
    """Nothing, for the case's officer and the body's secretary.

    Raises:
        Forbidden: for anybody else.
    """
    item = question.item
    officer = item.presentation.treatment.case.officer_id if item.presentation else None
    prepares = user.pk == officer and serves(user, "case.read")
    if not prepares and not may(user, "meeting.run", item.meeting.body):
        raise Forbidden("meeting.run")


def waiting_for(user: User) -> QuerySet[Question]:
    """The questions without an answer that the user can answer, the soonest meeting first."""
    theirs = Q(item__meeting__body__in=bodies(user, "meeting.run"))
    if serves(user, "case.read"):
        theirs |= Q(item__presentation__treatment__case__officer=user)
    return (
        Question.objects.filter(theirs, answer="", item__meeting__state__in=_ANSWERED_UNTIL)
        .select_related("item__meeting__body", "asked_by")
        .order_by("item__meeting__date", "asked_at")
    )
