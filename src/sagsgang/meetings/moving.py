"""Moving an item's case to another body, which then treats it in this one's place."""

from __future__ import annotations

import datetime

from django.db.models import Q
from django.utils import timezone

from sagsgang.bodies.models import Body
from sagsgang.cases import log
from sagsgang.cases.models import Treatment, User
from sagsgang.cases.refused import Refused
from sagsgang.cases.rights import demand
from sagsgang.minutes.words import Words

from .agenda import anew
from .holding import held
from .models import Item, Meeting
from .session import lock


def move_case(actor: User, item: Item, body: Body) -> Item | None:
    """The case's item on the next agenda of the body that is being made, or `None` without one.

    Before the meeting the item is taken off here; at the meeting it is decided to be sent on. The
    text was approved already. Where the body has no agenda in the making, the case waits for one.

    Raises:
        Forbidden: the actor may not.
        Refused: the item is decided, withdrawn or has no case; or `body` is this one, or not of
            the municipality.
    """
    demand(actor, "meeting.run", item.meeting.body)
    with log.action(actor, "item.move_case", item, f"Til {body}"):
        coming = Q(body=body, state=Meeting.PLANNED, date__gte=timezone.localdate())
        meetings = held(Q(pk=item.meeting_id) | coming)
        meeting = meetings[item.meeting_id]
        stored = Item.objects.select_for_update().get(pk=item.pk)
        _demand_movable(meeting, stored, body)
        treatment = Treatment.objects.select_for_update().get(presentation=stored.presentation_id)
        treatment.body, treatment.state = body, Treatment.READY
        treatment.meets_on = None
        stays = _leave(meeting, stored, body)
        there = min(
            (one for one in meetings.values() if one.body_id == body.pk), key=_when, default=None
        )
        new = None
        if there:
            treatment.state, treatment.meets_on = Treatment.ON_AGENDA, there.date
            new = anew(stored, there, continues=stored if stays else None)
        treatment.save(update_fields=["body", "state", "meets_on"])
        return new


def _leave(meeting: Meeting, item: Item, body: Body) -> bool:
    """Ends the item here; whether it stays, to tell where the case went."""
    item.moved_to = body
    if meeting.state == Meeting.OPEN:
        item.decision, item.outcome, item.procedural = f"Oversendt til {body}.", "other", True
        lock(item)
    elif item.number is None:
        item.delete()
        return False
    else:
        item.withdrawn = True
        item.save(update_fields=["withdrawn", "moved_to"])
    return True


def _when(meeting: Meeting) -> tuple[datetime.date, str, int]:
    return meeting.date, meeting.start_time, meeting.pk


def _demand_movable(meeting: Meeting, item: Item, body: Body) -> None:
    if (
        meeting.state in Meeting.OVER
        or item.decided_at
        or item.withdrawn
        or not item.presentation_id
    ):
        raise Refused(
            Words(
                "Punktet er besluttet, taget af eller uden sag og kan ikke flyttes.",
                "The item is decided, withdrawn or without a case, and cannot be moved.",
            )
        )
    if body.pk == meeting.body_id or body.municipality_id != meeting.body.municipality_id:
        raise Refused(
            Words("Vælg et andet udvalg i kommunen.", "Choose another body of the municipality.")
        )
