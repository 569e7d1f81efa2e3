"""The numbers of items: counted as the body has decided, and never used again.

A number is given when an agenda or its supplement is published, or to what came up at the meeting,
and stays with its item when that is withdrawn or postponed.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Max

from sagsgang.bodies.terms import term_of

from .models import Item, Meeting, RulesOfProcedure


def last_number(meeting: Meeting) -> int:
    """The number before the next one, where the body counts on: in the meeting, year or term."""
    return max(last_given(meeting), (meeting.first_number or 1) - 1)


def last_given(meeting: Meeting) -> int:
    """The highest number that an item has where the body counts on; 0 where none has any."""
    counted = Item.objects.filter(**_range(meeting))
    return counted.aggregate(Max("number"))["number__max"] or 0


def _range(meeting: Meeting) -> dict[str, Any]:
    numbering = RulesOfProcedure.of(meeting.body).numbering
    if numbering == RulesOfProcedure.MEETING:
        return {"meeting": meeting.pk}
    years = [meeting.date.year, meeting.date.year]
    if numbering == RulesOfProcedure.TERM:
        years = [int(year) for year in term_of(str(meeting.date)).split("-")]
    return {"meeting__body": meeting.body_id, "meeting__date__year__range": years}
