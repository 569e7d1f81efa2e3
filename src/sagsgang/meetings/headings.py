"""The headings of an agenda, such as "Lukkede punkter": a body's own, in the order it has set.

An agenda that is out keeps those it went out with.
"""

from __future__ import annotations

from collections.abc import Iterable

from sagsgang.cases.models import Treatment

from .models import Item, Meeting, RulesOfProcedure

_CLOSED = "closed"


def of_meeting(meeting: Meeting, items: Iterable[Item]) -> list[str]:
    """The headings of the agenda in order: those set, and what other ones its items stand under."""
    own = [one["title"] for one in RulesOfProcedure.of(meeting.body).headings]
    others = [one.heading for one in items if one.heading not in own]
    return [*(["", *own] if "" in others else own), *dict.fromkeys(filter(None, others))]


def first_of(meeting: Meeting) -> str | None:
    """The first heading that is set, or `None` where there is none."""
    own = RulesOfProcedure.of(meeting.body).headings
    return own[0]["title"] if own else None


def heading_for(item: Item) -> str:
    """The heading that a new item comes under by itself; `""` where none is set."""
    own = RulesOfProcedure.of(item.meeting.body).headings
    if not own:
        return ""
    if item.presentation is None and not item.closed:
        return [one for one in own if one["takes"] != _CLOSED or len(own) == 1][-1]["title"]
    kind = _CLOSED if item.closed else "cases"
    if kind == "cases" and item.presentation.treatment.role == Treatment.ORIENTATION:
        kind = "orientation"
    open_ones = [one for one in own if one["takes"] != _CLOSED] if kind != _CLOSED else own
    takers = [one for one in own if one["takes"] == kind]
    return (takers or open_ones[:1] or own)[0]["title"]
