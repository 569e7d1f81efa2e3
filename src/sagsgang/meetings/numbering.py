"""The numbers of items: counted through the year, and never used again."""

from __future__ import annotations

from django.db.models import Max

from .models import Item, Meeting


def last_number(meeting: Meeting) -> int:
    """The highest number that an item of the body has in the meeting's year, or 0."""
    year = Item.objects.filter(meeting__body=meeting.body_id, meeting__date__year=meeting.date.year)
    return year.aggregate(Max("number"))["number__max"] or 0
