"""What is coming, and what was decided last: the two lists of every page that gathers meetings."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from sagsgang.archive.models import Ballot, Item, Meeting
from sagsgang.archive.standing import is_standing

from .wording import quote

_MEETINGS = 6
_OF_EACH_MEETING = 3
_SHORTEST_QUOTE = 40
_LONGEST_QUOTE = 170
# What readers ask for first; of two alike, the one that was voted on.
_WEIGHT = {
    "rejected": 5,
    "amended": 5,
    "referred_back": 5,
    "recommended": 4,
    "approved": 4,
    "discussed_and_approved": 4,
    "postponed": 3,
    "discussed": 2,
}


def coming_meetings(meetings: QuerySet[Meeting], most: int = _MEETINGS) -> list[Meeting]:
    """The meetings from today on, the nearest first."""
    return list(
        meetings.filter(date__gte=timezone.localdate())
        .select_related("body__municipality")
        .order_by("date", "start_time")[:most]
    )


def latest_meetings(meetings: QuerySet[Meeting], most: int = _MEETINGS) -> list[Meeting]:
    """The meetings that were held last and whose minutes are there."""
    return list(
        meetings.filter(kind="minutes")
        .select_related("body__municipality")
        .order_by("-date", "-start_time")[:most]
    )


def decisions_of(meetings: Iterable[Meeting]) -> list[tuple[Meeting, list[Item]]]:
    """The decisions worth a headline in each of the meetings, in the agenda's order.

    Items that stand on every agenda are left out, and so are closed ones and those without a
    decision. Each item knows whether it was `contested`, and has a `quote` where its decision says
    more than its outcome does.
    """
    by_id = {meeting.pk: meeting for meeting in meetings}
    found = (
        Item.objects.filter(meeting__in=by_id, closed=False)
        .exclude(outcome__in=("", "nothing_reported"))
        .annotate(contested=Exists(Ballot.objects.filter(item=OuterRef("pk"))))
        .order_by("meeting", "position")
    )
    items = {pk: list(group) for pk, group in groupby(found, lambda item: item.meeting_id)}
    chosen = []
    for pk, meeting in by_id.items():
        headlines = _headlines(items.get(pk, []))
        for item in headlines:
            item.meeting = meeting
            item.quote = quote(item.decision, _LONGEST_QUOTE) if _tells(item) else ""
        if headlines:
            chosen.append((meeting, headlines))
    return chosen


def _headlines(items: list[Item]) -> list[Item]:
    telling = [item for item in items if not is_standing(item.title)]
    first = sorted(telling, key=_weight, reverse=True)[:_OF_EACH_MEETING]
    return sorted(first, key=lambda item: item.position)


def _tells(item: Item) -> bool:
    """Whether the decision says more than its outcome does."""
    return len(item.decision) > _SHORTEST_QUOTE


def _weight(item: Item) -> tuple[int, bool]:
    return (_WEIGHT.get(item.outcome, 0) + 2 * item.contested, item.contested)
