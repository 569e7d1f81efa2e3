"""Which treatments belong to one case, where no case number says so.

Three things tie an item to another: it names the other's meeting ("Relateret behandling"), the
other names it, or the other was postponed and an item of the same title stands on a later agenda
of the same body. Standing items ("Orientering", "Eventuelt") never tie by title, and two cases
with numbers of their own stay two.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from django.db.models import QuerySet

from . import casebook
from .models import Item, Meeting, Mention
from .standing import is_standing, tells

_POSTPONED: Final = "postponed"
_STAYS_AWAY: Final = datetime.timedelta(days=200)
"""How long a postponed item may stay away: some six meetings."""
_DAY: Final = datetime.timedelta(days=1)
_FIELDS: Final = (
    "pk", "title", "number", "slug", "closed", "outcome", "case_id", "case__number",
    "meeting__body__slug", "meeting__slug", "meeting__date",
)  # fmt: skip


class Treatment(NamedTuple):
    """What is needed of an item to tell which case it belongs to."""

    item: int
    title: str
    number: str
    slug: str
    closed: bool
    outcome: str
    case: int | None
    case_number: str | None
    body: str
    meeting: str
    date: datetime.date

    @property
    def name(self) -> str:
        """The title as it is compared."""
        return " ".join(self.title.lower().split()).rstrip(" .")


class Saying(NamedTuple):
    """What a treatment says of another: where and when it is, and its number there."""

    body: str
    date: datetime.date
    number: str

    def fits(self, speaker: Treatment, other: Treatment) -> bool:
        """Whether `other` is what `speaker` speaks of."""
        if (self.body, self.date) != (other.body, other.date):
            return False
        if self.number:
            return self.number == other.number and not is_standing(other.title)
        return tells(speaker.title) and speaker.name == other.name


def tie(meeting: Meeting, items: list[Item], mentions: Iterable[Mention]) -> None:
    """Gives the meeting's items without a case that of the treatments they belong with.

    `mentions` are what the items say of other treatments.
    """
    own = [_own(meeting, item) for item in items]
    ties = _Ties(meeting.body.municipality_id)
    for one, other in _pairs(meeting, own, list(mentions)):
        if one.item != other.item and not one.closed and not other.closed:
            ties.share(one, other)


def _own(meeting: Meeting, item: Item) -> Treatment:
    number = item.case.number if item.case else None
    return Treatment(
        item.pk, item.title, item.number, item.slug, item.closed, item.outcome, item.case_id,
        number, meeting.body.slug, meeting.slug, meeting.date,
    )  # fmt: skip


class _Ties:
    """The cases that treatments have, while they are tied to one another."""

    def __init__(self, municipality: int) -> None:
        self._municipality = municipality
        self._cases: dict[int, tuple[int | None, str | None]] = {}

    def share(self, one: Treatment, other: Treatment) -> None:
        """Gives both the case of one; a case without a number yields to one that has it."""
        mine, others = self._case(one), self._case(other)
        if mine[0] == others[0] and mine[0] is not None:
            return
        if mine[0] and others[0]:
            if bool(mine[1]) == bool(others[1]):
                return
            whole, part = (mine, others) if mine[1] else (others, mine)
            Item.objects.filter(case=part[0]).update(case=whole[0])
        else:
            whole = mine if mine[0] else others if others[0] else self._new(one, other)
            Item.objects.filter(pk__in=(one.item, other.item)).update(case=whole[0])
        self._cases[one.item] = self._cases[other.item] = whole

    def _case(self, one: Treatment) -> tuple[int | None, str | None]:
        return self._cases.get(one.item, (one.case, one.case_number))

    def _new(self, one: Treatment, other: Treatment) -> tuple[int, str]:
        """A case without a number, named by the first of its treatments."""
        first = min(one, other, key=lambda each: (each.date, each.item))
        key = f"{first.meeting}-{first.slug}-{first.body}"
        case = casebook.unnumbered(self._municipality, key, first.title, first.date)
        return case.pk, ""


def _pairs(
    meeting: Meeting, own: list[Treatment], mentions: list[Mention]
) -> Iterator[tuple[Treatment, Treatment]]:
    yield from _named_by(meeting, own, mentions)
    yield from _naming(meeting, own)
    yield from _postponed(meeting, own)


def _named_by(
    meeting: Meeting, own: list[Treatment], mentions: list[Mention]
) -> Iterator[tuple[Treatment, Treatment]]:
    """The meeting's items, and those of other meetings that they name."""
    by_item = {one.item: one for one in own}
    sayings = [
        (by_item[mention.item_id], Saying(mention.body_slug, mention.date, mention.number))
        for mention in mentions
        if mention.date
    ]
    if not sayings:
        return
    others = _treatments(
        Item.objects.filter(
            meeting__body__municipality=meeting.body.municipality_id,
            meeting__body__slug__in={saying.body for _, saying in sayings},
            meeting__date__in={saying.date for _, saying in sayings},
        )
    )
    for one, saying in sayings:
        yield from ((one, other) for other in others if saying.fits(one, other))


def _naming(meeting: Meeting, own: list[Treatment]) -> Iterator[tuple[Treatment, Treatment]]:
    """The meeting's items, and those of other meetings that name this meeting."""
    said = Mention.objects.filter(
        body_slug=meeting.body.slug,
        date=meeting.date,
        item__meeting__body__municipality=meeting.body.municipality_id,
    )
    for number, *fields in said.values_list("number", *(f"item__{name}" for name in _FIELDS)):
        speaker = Treatment(*fields)
        saying = Saying(meeting.body.slug, meeting.date, number)
        yield from ((one, speaker) for one in own if saying.fits(speaker, one))


def _postponed(meeting: Meeting, own: list[Treatment]) -> Iterator[tuple[Treatment, Treatment]]:
    """Items that were postponed before, and items of later meetings that these postponed."""
    by_name = {one.name: one for one in own if tells(one.title)}
    before = _within(meeting, meeting.date - _STAYS_AWAY, meeting.date - _DAY)
    for other in _treatments(before.filter(outcome=_POSTPONED)):
        if other.name in by_name:
            yield by_name[other.name], other
    postponed = {name: one for name, one in by_name.items() if one.outcome == _POSTPONED}
    if not postponed:
        return
    for other in _treatments(_within(meeting, meeting.date + _DAY, meeting.date + _STAYS_AWAY)):
        if other.name in postponed:
            yield postponed[other.name], other


def _within(meeting: Meeting, first: datetime.date, last: datetime.date) -> QuerySet[Item]:
    """The items of the body's meetings from a first to a last day, in order."""
    return Item.objects.filter(
        meeting__body=meeting.body_id, meeting__date__range=(first, last)
    ).order_by("meeting__date", "position")


def _treatments(items: QuerySet[Item]) -> list[Treatment]:
    rows: Iterable[tuple[Any, ...]] = items.values_list(*_FIELDS)
    return [Treatment(*row) for row in rows]
