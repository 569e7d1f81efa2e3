"""Which treatments belong to one case, where no case number says so.

Three things tie an item to another: it names the other's meeting ("Relateret behandling"), the
other names it, or the other was postponed and an item of the same title stands on a later agenda
of the same body. Standing items ("Orientering", "Eventuelt") never tie by title, and two cases
with numbers of their own stay two.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from django.db import connection

from . import casebook, parts
from .models import Case, Item, Meeting
from .standing import is_standing, tells

_POSTPONED: Final = "postponed"
_STAYS_AWAY: Final = datetime.timedelta(days=200)
"""How long a postponed item may stay away: some six meetings."""
_DAY: Final = datetime.timedelta(days=1)
_TREATMENTS: Final = """
    SELECT i.id, i.title, i.number, i.slug, i.closed, i.outcome, i.case_id, c.number,
        b.slug, m.slug, m.date
    FROM archive_item i
    JOIN archive_meeting m ON m.id = i.meeting_id
    JOIN bodies_body b ON b.id = m.body_id
    LEFT JOIN archive_case c ON c.id = i.case_id
    WHERE {}
    ORDER BY m.date, i.meeting_id, i.position"""
"""Asked a few times for each document that is published, and so written once."""
_NAMING: Final = "SELECT item_id, number FROM archive_mention WHERE body_slug = %s AND date = %s"
_OF_MUNICIPALITY: Final = "b.municipality_id = %s"
_WITHIN: Final = "m.body_id = %s AND m.date BETWEEN %s AND %s"


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


def tie(
    meeting: Meeting,
    items: Iterable[parts.Row],
    cases: Iterable[Case],
    mentions: Iterable[parts.Mention],
) -> None:
    """Gives the meeting's items without a case that of the treatments they belong with.

    `cases` are those that items have, `mentions` what they say of other treatments.
    """
    numbers = {case.pk: case.number for case in cases}
    own = [_own(meeting, item, numbers) for item in items]
    ties = _Ties(meeting.body.municipality_id)
    for one, other in _pairs(meeting, own, list(mentions)):
        if one.item != other.item and not one.closed and not other.closed:
            ties.share(one, other)


def _own(meeting: Meeting, item: parts.Row, numbers: dict[int, str]) -> Treatment:
    return Treatment(
        item.id, item.title, item.number, item.slug, item.closed, item.outcome, item.case_id,
        numbers.get(item.case_id or 0), meeting.body.slug, meeting.slug, meeting.date,
    )  # fmt: skip


class _Ties:
    """The cases that treatments have, while they are tied to one another."""

    def __init__(self, municipality: int) -> None:
        self._municipality = municipality
        self._cases: dict[int, tuple[int | None, str | None]] = {}
        self._merged: dict[int, tuple[int | None, str | None]] = {}

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
            self._merged[part[0]] = whole
        else:
            whole = mine if mine[0] else others if others[0] else self._new(one, other)
            Item.objects.filter(pk__in=(one.item, other.item)).update(case=whole[0])
        self._cases[one.item] = self._cases[other.item] = whole

    def _case(self, one: Treatment) -> tuple[int | None, str | None]:
        """The case that a treatment has now: its own may have become a part of another."""
        case = self._cases.get(one.item, (one.case, one.case_number))
        return self._merged.get(case[0] or 0, case)

    def _new(self, one: Treatment, other: Treatment) -> tuple[int, str]:
        """A case without a number, named by the first of its treatments."""
        first = min(one, other, key=lambda each: (each.date, each.item))
        key = f"{first.meeting}-{first.slug}-{first.body}"
        case = casebook.unnumbered(self._municipality, key, first.title, first.date)
        return case.pk, ""


def _pairs(
    meeting: Meeting, own: list[Treatment], mentions: list[parts.Mention]
) -> Iterator[tuple[Treatment, Treatment]]:
    yield from _named_by(meeting, own, mentions)
    yield from _naming(meeting, own)
    yield from _postponed(meeting, own)


def _named_by(
    meeting: Meeting, own: list[Treatment], mentions: list[parts.Mention]
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
    bodies = sorted({saying.body for _, saying in sayings})
    dates = sorted({saying.date for _, saying in sayings})
    others = _treatments(
        f"{_OF_MUNICIPALITY} AND b.slug IN ({_places(bodies)}) AND m.date IN ({_places(dates)})",
        [meeting.body.municipality_id, *bodies, *dates],
    )
    there = defaultdict(list)
    for other in others:
        there[other.body, other.date].append(other)
    for one, saying in sayings:
        near = there[saying.body, saying.date]
        yield from ((one, other) for other in near if saying.fits(one, other))


def _naming(meeting: Meeting, own: list[Treatment]) -> Iterator[tuple[Treatment, Treatment]]:
    """The meeting's items, and those of other meetings that name this meeting."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMING, [meeting.body.slug, _given(meeting.date)])
        numbers = cursor.fetchall()
    if not numbers:
        return
    items = [item for item, _ in numbers]
    speakers = _treatments(
        f"{_OF_MUNICIPALITY} AND i.id IN ({_places(items)})",
        [meeting.body.municipality_id, *items],
    )
    by_item = {speaker.item: speaker for speaker in speakers}
    for item, number in numbers:
        saying = Saying(meeting.body.slug, meeting.date, number)
        speaker = by_item.get(item)
        if speaker:
            yield from ((one, speaker) for one in own if saying.fits(speaker, one))


def _postponed(meeting: Meeting, own: list[Treatment]) -> Iterator[tuple[Treatment, Treatment]]:
    """Items that were postponed before, and items of later meetings that these postponed."""
    by_name = {one.name: one for one in own if tells(one.title)}
    before = [meeting.body_id, meeting.date - _STAYS_AWAY, meeting.date - _DAY, _POSTPONED]
    for other in _treatments(f"{_WITHIN} AND i.outcome = %s", before):
        if other.name in by_name:
            yield by_name[other.name], other
    postponed = {name: one for name, one in by_name.items() if one.outcome == _POSTPONED}
    if not postponed:
        return
    after = [meeting.body_id, meeting.date + _DAY, meeting.date + _STAYS_AWAY]
    for other in _treatments(_WITHIN, after):
        if other.name in postponed:
            yield postponed[other.name], other


def _places(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))


def _treatments(condition: str, values: list[Any]) -> list[Treatment]:
    """The treatments that fulfil a condition, in order of time."""
    with connection.cursor() as cursor:
        cursor.execute(_TREATMENTS.format(condition), [_given(value) for value in values])
        rows = cursor.fetchall()
    return [Treatment(*row[:-1], _date(row[-1])) for row in rows]


def _given(value: Any) -> Any:
    return (
        connection.ops.adapt_datefield_value(value) if isinstance(value, datetime.date) else value
    )


def _date(value: datetime.date | str) -> datetime.date:
    """A date as the database gives it: SQLite has none of its own."""
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value
