"""Meetings and items in a line of text: for feeds, calendars and mails."""

from __future__ import annotations

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sagsgang.minutes import words

from .models import Item, Meeting


def heading(meeting: Meeting) -> str:
    """`Referat: Beskæftigelsesudvalget, Lindvig, 18. juni 2025`."""
    told = words.KINDS.get(meeting.kind)
    kind = (told.english if get_language() == "en" else told.danish) if told else meeting.kind
    return _("%(kind)s: %(body)s, %(municipality)s, %(day)s") % {
        "kind": kind,
        "body": meeting.body.name,
        "municipality": meeting.body.municipality.name,
        "day": day_of(meeting),
    }


def day_of(meeting: Meeting) -> str:
    """`18. juni 2025`, or `18 June 2025`."""
    return formats.date_format(meeting.date, "j F Y" if get_language() == "en" else "j. F Y")


def title_of(item: Item) -> str:
    """An item's title, or what a closed item without one is called."""
    return item.title or _("Lukket punkt")


def outcome_of(item: Item) -> str:
    """The word of an item's outcome; `""` where nothing is decided."""
    if not item.outcome:
        return ""
    sign = words.outcome(item.outcome)
    return sign.english if get_language() == "en" else sign.danish
