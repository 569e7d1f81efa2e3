"""The calendar of a body: a year's meetings from a rule, moved by hand, and when papers are due."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from sagsgang.bodies.models import Body
from sagsgang.cases import log
from sagsgang.cases.models import Treatment, User
from sagsgang.cases.refused import Refused
from sagsgang.cases.rights import demand
from sagsgang.minutes.words import Words

from .agenda import plan
from .models import Meeting, RulesOfProcedure
from .rules.days import is_working_day, notice, working_days_before

_SOON = 5
"""Working days before the agenda is due from which the desk reminds of it."""


class Due(NamedTuple):
    """When a meeting's agenda must be out, and how near that is."""

    day: datetime.date
    late: bool
    soon: bool


def plan_season(
    actor: User, body: Body, days: Iterable[tuple[datetime.date, str]], place: str = ""
) -> list[Meeting]:
    """A body's meetings on those days and times, all of them or none.

    Raises:
        Forbidden: the actor may not.
        Refused: no day is given, or the body meets at one of the times already.
    """
    chosen = list(days)
    if not chosen:
        raise Refused(Words("Vælg mindst ét møde.", "Choose one meeting at least."))
    with log.action(actor, "meeting.plan_season", f"bodies.body:{body.pk}"):
        return [plan(actor, body, date, start, place) for date, start in chosen]


def move(
    actor: User, meeting: Meeting, date: datetime.date, start_time: str, place: str
) -> Meeting:
    """Moves a meeting whose agenda is not out yet, or changes where it is held.

    Raises:
        Forbidden: the actor may not.
        Refused: the agenda is out, or the body meets at that time already.
    """
    demand(actor, "meeting.run", meeting.body)
    with log.action(actor, "meeting.move", meeting):
        stored = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if stored.state != Meeting.PLANNED:
            raise Refused(
                Words(
                    "Dagsordenen er offentliggjort med tid og sted, og mødet kan ikke flyttes. "
                    "Planlæg et nyt møde, og tag punkterne af her.",
                    "The agenda is published with time and place, and the meeting cannot be moved. "
                    "Plan a new meeting, and take the items off here.",
                )
            )
        others = Meeting.objects.filter(body=stored.body_id, date=date, start_time=start_time)
        if others.exclude(pk=stored.pk).exists():
            raise Refused(
                Words(
                    "Udvalget har allerede et møde på det tidspunkt.",
                    "The committee meets then already.",
                )
            )
        stored.date, stored.start_time, stored.place = date, start_time, place
        stored.save(update_fields=["date", "start_time", "place"])
        on_it = stored.items.filter(withdrawn=False).values("presentation__treatment")
        Treatment.objects.filter(pk__in=on_it).update(meets_on=date)
        return stored


def agenda_due(meeting: Meeting, today: datetime.date) -> Due | None:
    """When the agenda must be out, or `None` where it is."""
    if meeting.state != Meeting.PLANNED:
        return None
    day = last_day(meeting)
    return Due(day, late=day < today, soon=working_days_before(day, _SOON) <= today)


def last_day(meeting: Meeting) -> datetime.date:
    """The last day on which the agenda can go out, by the body's rules of procedure or the law."""
    days = RulesOfProcedure.of(meeting.body).notice
    return working_days_before(meeting.date, notice(meeting.date) if days is None else days)


def warning(date: datetime.date) -> Words | None:
    """What should be thought of before a meeting is held on that day, or `None`."""
    if not is_working_day(date):
        return Words(
            "Dagen er en fridag, hvor administrationen holder lukket.",
            "The day is a day off, when the offices are closed.",
        )
    return None
