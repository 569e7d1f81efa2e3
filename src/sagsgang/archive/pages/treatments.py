"""A case's way through meetings: what was before, what came after, and what is to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from ..models import Case, Item, Meeting, Mention
from .wording import item_title

_EARLIER: Final = 5
_LATER: Final = 10


@dataclass(frozen=True, slots=True)
class Treatment:
    """A stop on a case's way: one that the archive has, or one that a document only names."""

    date: dt.date | None
    body: str
    address: str = ""
    number: str = ""
    title: str = ""
    outcome: str = ""
    closed: bool = False
    decided: bool = True
    """Whether there are minutes of it; an agenda decides nothing."""
    here: bool = False
    found: bool = True
    """Whether it is known which of the meeting's items it is."""

    @property
    def coming(self) -> bool:
        """Whether it is still to be."""
        if self.decided:
            return False
        return self.date is None or self.date >= timezone.localdate()


def treatment_of(item: Item, *, here: bool = False) -> Treatment:
    """An item as a stop on its case's way; its meeting and body must be at hand."""
    return Treatment(
        date=item.meeting.date,
        body=item.meeting.body.name,
        address=item.get_absolute_url(),
        number=item.number,
        title=item_title(item),
        outcome=item.outcome,
        closed=item.closed,
        decided=item.meeting.kind == "minutes",
        here=here,
    )


def light_items(case: Case) -> QuerySet[Item]:
    """The treatments of a case, without what takes room and is not told of them in a list."""
    return (
        Item.objects.filter(case=case)
        .select_related("meeting__body__municipality")
        .defer("decision", "meeting__current")
        .order_by("meeting__date", "pk")
    )


@dataclass(frozen=True, slots=True)
class Way:
    """An item's case before and after it."""

    earlier: Sequence[Treatment]
    here: Treatment
    later: Sequence[Treatment]
    more_earlier: bool = False
    more_later: bool = False

    @property
    def stops(self) -> list[Treatment]:
        """All of it in order."""
        return [*self.earlier, self.here, *self.later]


def way_of(item: Item, coming: Iterable[Treatment]) -> Way:
    """The case's way around an item; `coming` is what the item itself says is next."""
    earlier: list[Item] = []
    later: list[Item] = []
    if item.case is not None:
        day = item.meeting.date
        # What else the same meeting did under the number was neither before nor after.
        items = light_items(item.case).exclude(meeting=item.meeting_id)
        before = Q(meeting__date__lt=day) | Q(meeting__date=day, pk__lt=item.pk)
        after = Q(meeting__date__gt=day) | Q(meeting__date=day, pk__gt=item.pk)
        earlier = list(items.filter(before).order_by("-meeting__date", "-pk")[: _EARLIER + 1])
        later = list(items.filter(after)[: _LATER + 1])
    known = [treatment_of(one) for one in later[:_LATER]]
    return Way(
        [treatment_of(one) for one in reversed(earlier[:_EARLIER])],
        treatment_of(item, here=True),
        [*known, *not_among(known, coming)],
        len(earlier) > _EARLIER,
        len(later) > _LATER,
    )


def not_among(known: Sequence[Treatment], named: Iterable[Treatment]) -> list[Treatment]:
    """What is named and not known otherwise: not by its day, nor by its body."""
    days = {(one.body.lower(), one.date) for one in known}
    bodies = {one.body.lower() for one in known}
    found: list[Treatment] = []
    for one in named:
        name = one.body.lower()
        if (name, one.date) in days or (one.date is None and name in bodies):
            continue
        days.add((name, one.date))
        found.append(one)
    return sorted(found, key=lambda one: (one.date is None, one.date or dt.date.min))


def named_by(mentions: Iterable[Mention], meetings: Iterable[Meeting], own: str) -> list[Treatment]:
    """What mentions say of other treatments, led to the meeting where the archive has it."""
    known = {(one.body.slug, one.date): one for one in meetings}
    found = []
    for mention in mentions:
        meeting = known.get((mention.body_slug, mention.date))
        anchor = f"#punkt-{mention.number}" if mention.number else ""
        found.append(
            Treatment(
                date=mention.date,
                body=meeting.body.name if meeting else mention.body_name or own,
                address=meeting.get_absolute_url() + anchor if meeting else "",
                number=mention.number,
                decided=bool(meeting and meeting.kind == "minutes"),
                found=False,
            )
        )
    return found


def meetings_named(municipality: int, mentions: Iterable[Mention]) -> list[Meeting]:
    """The meetings in the archive on the days that mentions name."""
    days = {mention.date for mention in mentions if mention.date}
    if not days:
        return []
    return list(
        Meeting.objects.filter(body__municipality=municipality, date__in=days).select_related(
            "body__municipality"
        )
    )
