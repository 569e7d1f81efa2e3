"""The desk ("Mit bord"): what waits for the one who is signed in."""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from sagsgang.cases import approval, grants, hearing
from sagsgang.cases.grants import oversees
from sagsgang.cases.models import Approval, Presentation, Treatment, User
from sagsgang.cases.pages.page import work_page
from sagsgang.cases.rights import bodies, may, serves
from sagsgang.meetings import insight, questions, season, signing
from sagsgang.meetings.models import Dissent, Meeting

from .duties import MOST, duties
from .offline import kept

# A draft that nobody has been asked about has no answer at all.
_NOT_RETURNED: Final = Q(last_answer=None) | ~Q(last_answer=Approval.RETURNED)
_NOT_HELD: Final = (Meeting.PLANNED, Meeting.CALLED, Meeting.OPEN)


class Coming(NamedTuple):
    """A meeting that is to be held, where its page is for this reader, and a secretary's deadline.

    Without an address there is nothing to be seen yet but the day.
    """

    meeting: Meeting
    address: str
    agenda_due: dt.date | None


def desk(request: HttpRequest) -> HttpResponse:
    """Everything that waits, most pressing first; words where nothing does."""
    user, today = request.user, timezone.localdate()
    administers = may(user, "people.manage")
    return kept(
        work_page(
            request,
            "meetings/desk.html",
            _("Mit bord"),
            approvals=approval.waiting_for(user)[:MOST],
            questions=questions.waiting_for(user)[:MOST],
            hearings=hearing.waiting_for(user)[:MOST],
            returned=drafts(user).filter(last_answer=Approval.RETURNED)[:MOST],
            drafts=drafts(user).filter(_NOT_RETURNED)[:MOST],
            to_sign=to_sign(user),
            to_approve=to_approve(user),
            duties=duties(user, today),
            coming=coming(user, today),
            reads_log=may(user, "log.read"),
            today=today,
            grants=grants.waiting_for(user)[:MOST] if administers else (),
            given_alone=grants.alone_lately()[:MOST] if oversees(user) else (),
            administers=administers,
        )
    )


def drafts(user: User) -> QuerySet[Presentation]:
    """The user's drafts, the latest first, each with the last answer to it and its comment.

    There are none for one whose last role in preparing cases is over.
    """
    answers = Approval.objects.filter(presentation=OuterRef("pk")).order_by("-pk")
    own = Presentation.objects.filter(treatment__case__officer=user)
    return (
        (own if serves(user, "case.read") else own.none())
        .filter(treatment__state=Treatment.DRAFT)
        .annotate(
            last_answer=Subquery(answers.values("answer")[:1]),
            last_comment=Subquery(answers.values("comment")[:1]),
        )
        .select_related("treatment__case", "treatment__body")
        .order_by("-edited_at")
    )


def to_sign(user: User) -> list[Meeting]:
    """The meetings whose minutes wait for the user's approval, oldest first."""
    if user.person_id is None:
        return []
    closed = (
        signing.unanswered_by(user.person_id)
        .select_related("body")
        .prefetch_related("items", "takings")
        .order_by("date")
    )
    return [meeting for meeting in closed if _took_part(meeting, user.person_id)]


def to_approve(user: User) -> QuerySet[Dissent]:
    """The dissenting opinions that are entered in the user's name, and wait for their word."""
    return Dissent.objects.filter(
        person=user.person_id,
        person__isnull=False,
        approved_at=None,
        item__meeting__state=Meeting.OPEN,
    ).select_related("item__meeting__body")


def _took_part(meeting: Meeting, person: int) -> bool:
    return any(one.present and one.person_id == person for one in meeting.takings.all()) or any(
        person in (item.there or ()) for item in meeting.items.all()
    )


def coming(user: User, today: dt.date) -> list[Coming]:
    """The meetings that the user has to do with, the next first."""
    runs = set(bodies(user, "meeting.run").values_list("pk", flat=True))
    meetings = insight.meetings(user).filter(state__in=_NOT_HELD)
    shown = meetings.select_related("body__procedure")[:MOST]
    return [_coming(one, one.body_id in runs, today) for one in shown]


def _coming(meeting: Meeting, runs: bool, today: dt.date) -> Coming:
    if runs:
        due = season.agenda_due(meeting, today)
        return Coming(meeting, meeting.get_absolute_url(), due.day if due else None)
    called = meeting.state != Meeting.PLANNED
    return Coming(meeting, f"{meeting.get_absolute_url()}laes/" if called else "", None)
