"""What is new to a subscriber: publications that came since they were last told.

News is found by when it was published, with an hour to spare, as a publication may be stored a
little later than it is dated; what was told already is left out by name. A file that is only read
again by a newer program is no news.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet

from sagsgang.archive.export.documents import current_publications
from sagsgang.archive.models import Item, Meeting, Publication
from sagsgang.archive.subjects import Subject

from .models import Subscription, Told

SPARE: Final = datetime.timedelta(hours=1)
MOST: Final = 30
"""Meetings or items in a mail; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A meeting with news in it, and the items that are shown; `changed` if it was there before."""

    meeting: Meeting
    items: list[Item]
    changed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class News:
    """What a mail tells: pieces, how many more there are, and the publications it speaks of."""

    pieces: list[Piece]
    more: int
    publications: list[int]


def news_of(subscription: Subscription, subject: Subject) -> News | None:
    """What the subscriber has not been told of the subject yet; `None` where there is nothing."""
    fresh = list(_fresh(subscription, subject).order_by("-meeting__date", "-pk"))
    if not fresh:
        return None
    if subject.by_items:
        pieces = list(_of_items(subject, fresh))
    else:
        pieces = [_of_meeting(publication) for publication in fresh]
    shown = pieces[:MOST]
    if not subject.by_items:
        _load_items(shown)
    told = [publication.pk for publication in fresh]
    return News(shown, len(pieces) - len(shown), told) if shown else None


def since(subscription: Subscription) -> datetime.datetime:
    """From when on what is published is looked at."""
    times = [subscription.confirmed_at]
    if subscription.checked_at:
        times.append(subscription.checked_at - SPARE)
    return max(time for time in times if time)


def _fresh(subscription: Subscription, subject: Subject) -> QuerySet[Publication]:
    read_again = Publication.objects.filter(
        meeting=OuterRef("meeting"),
        strand=OuterRef("strand"),
        version=OuterRef("version") - 1,
        source_sha256=OuterRef("source_sha256"),
    ).exclude(source_sha256="")
    told = Told.objects.filter(subscription=subscription, publication=OuterRef("pk"))
    return (
        current_publications(since(subscription))
        .filter(meeting__in=subject.meetings.order_by().values("pk"))
        .exclude(Exists(read_again))
        .exclude(Exists(told))
        .defer("packed")
    )


def _of_meeting(publication: Publication) -> Piece:
    meeting = publication.meeting
    return Piece(meeting, [], publication.edition > 1, publication.reason)


def _load_items(pieces: list[Piece]) -> None:
    """Gives each piece its meeting's items, in one query."""
    found = Item.objects.filter(meeting__in=[piece.meeting.pk for piece in pieces])
    ordered = found.order_by("meeting_id", "publication_id", "position")
    items = {pk: list(rows) for pk, rows in groupby(ordered, lambda item: item.meeting_id)}
    for piece in pieces:
        piece.items.extend(items.get(piece.meeting.pk, []))


def _of_items(subject: Subject, fresh: list[Publication]) -> Iterator[Piece]:
    """The subject's items in the publications, but those that say what they said before."""
    by_publication: dict[int, list[Item]] = {}
    for item in subject.items.filter(publication__in=fresh).order_by("position"):
        by_publication.setdefault(item.publication_id, []).append(item)
    for publication in fresh:
        items = by_publication.get(publication.pk, [])
        if items and publication.version > 1:
            items = _changed(publication, items)
        if items:
            yield Piece(publication.meeting, items, publication.edition > 1, publication.reason)


def _changed(publication: Publication, items: list[Item]) -> list[Item]:
    before = Publication.objects.filter(
        meeting=publication.meeting_id,
        strand=publication.strand,
        version=publication.version - 1,
    ).first()
    known = {_mark(item) for item in before.document["items"]} if before else set()
    now = publication.document["items"]
    return [item for item in items if _mark(now[item.position]) not in known]


def _mark(item: dict[str, Any]) -> str:
    return json.dumps(item, sort_keys=True)
