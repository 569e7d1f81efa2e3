"""A subject's news as an Atom feed (RFC 4287).

An entry is known by the permanent address of its page, and is as new as the publication that last
changed it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from itertools import groupby
from typing import Any, Final

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sagsgang.archive.models import Item
from sagsgang.archive.subjects import Subject, beside
from sagsgang.archive.telling import day_of, heading, outcome_of, title_of

ENTRIES: Final = 30
_LONGEST: Final = 1000
# What XML cannot hold, even escaped.
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONG_AGO: Final = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


class _Feed(Atom1Feed):
    """A feed that is as new as its newest entry, also when it has none."""

    def latest_post_date(self) -> datetime.datetime:
        return max((item["updateddate"] for item in self.items), default=_LONG_AGO)


def feed(subject: Subject, site: str) -> tuple[str, datetime.datetime]:
    """The feed as XML, and when it last changed; three queries at most."""
    page = site + subject.address
    made = _Feed(
        title=_clean(f"{subject.name} – {settings.SITE_NAME}"),
        link=page,
        description=_("Nyt om det, du følger."),
        language=get_language() or "da",
        feed_url=beside(page, "feed.atom"),
        feed_guid=page,
        author_name=str(settings.SITE_NAME),
    )
    entries = _of_items(subject, site) if subject.by_items else _of_meetings(subject, site)
    for entry in entries:
        made.add_item(**entry)
    return made.writeString("utf-8"), made.latest_post_date()


def _of_meetings(subject: Subject, site: str) -> Iterable[dict[str, Any]]:
    meetings = list(subject.meetings.order_by("-changed_at", "-pk")[:ENTRIES])
    found = Item.objects.filter(meeting__in=[meeting.pk for meeting in meetings])
    ordered = found.order_by("meeting_id", "publication_id", "position")
    items = {pk: list(rows) for pk, rows in groupby(ordered, lambda item: item.meeting_id)}
    for meeting in meetings:
        yield {
            "title": _clean(heading(meeting)),
            "link": site + meeting.get_absolute_url(),
            "unique_id": site + meeting.get_absolute_url(),
            "description": _agenda(items.get(meeting.pk, [])),
            "author_name": _clean(f"{meeting.body.name}, {meeting.body.municipality.name}"),
            "updateddate": meeting.changed_at,
        }


def _of_items(subject: Subject, site: str) -> Iterable[dict[str, Any]]:
    for item in subject.items.order_by("-publication_id", "position")[:ENTRIES]:
        body = item.meeting.body
        told = (body.name, day_of(item.meeting), title_of(item))
        yield {
            "title": _clean(": ".join((", ".join(told[:2]), told[2]))),
            "link": site + item.get_absolute_url(),
            "unique_id": site + item.get_absolute_url(),
            "description": _decision(item),
            "author_name": _clean(f"{body.name}, {body.municipality.name}"),
            "updateddate": item.published_at,
        }


def _agenda(items: Iterable[Item]) -> SafeString:
    """The items of a meeting with their outcomes, as a list in HTML."""
    rows = (
        (
            _clean(f"{item.number}. " if item.number else ""),
            _clean(title_of(item)),
            _clean(f" – {outcome_of(item)}" if outcome_of(item) else ""),
        )
        for item in items
    )
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}{}{}</li>", rows))


def _decision(item: Item) -> SafeString:
    """An item's decision as quoted, with its outcome."""
    quoted = _clean(item.decision)
    if len(quoted) > _LONGEST:
        quoted = quoted[:_LONGEST].rsplit(" ", 1)[0] + " …"
    return format_html("<p><b>{}</b></p><p>{}</p>", outcome_of(item), quoted)


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub(" ", text)
