"""The page of a case: its way through councils and committees, and what changed on it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sagsgang.minutes import Item as Document
from sagsgang.minutes.word_changes import Stretch, word_changes
from sagsgang.minutes.writers.prose import plain_text

from ..models import Case, Item, Mention
from . import trail, treatments, wording
from .addresses import case_at
from .conditional import fresh
from .page import Link, Page, shown
from .treatments import Treatment

PER_PAGE: Final = 20
_MARKER: Final = re.compile(r"^ *(?:[-*+•–]|[0-9]{1,4}[.)]) +")
_COMPARED: Final = ("recommendation", "summary")


@dataclass(frozen=True, slots=True)
class Rewording:
    """What became of a kind of section since the treatment before."""

    label: str
    stretches: Sequence[Stretch]

    @property
    def same(self) -> bool:
        """Whether the words are the same."""
        return all(stretch.kind == "same" for stretch in self.stretches)


@dataclass(frozen=True, slots=True)
class Stop:
    """A treatment as the case's page tells of it."""

    at: Treatment
    quote: str = ""
    rewordings: Sequence[Rewording] = ()


@fresh
def case(request: HttpRequest, municipality: str, case: str) -> HttpResponse:
    """A case; its treatments in the order of time, the latest page first."""
    row = case_at(municipality, case)
    pages = Paginator(_items(row), PER_PAGE)
    # Pages are counted from the latest treatments, and each is read forwards in time.
    page = pages.get_page(request.GET.get("side"))
    items = list(reversed(page.object_list))
    for one in items:
        one.case = row
    stops = [*_stops(items), *map(Stop, _named(row, items))]
    stops.sort(key=lambda stop: (stop.at.date is None, stop.at.date or dt.date.max))
    return shown(
        request,
        "archive/case.html",
        _page(request, row, items, pages.count),
        case=row,
        followed=row.get_absolute_url(),
        title=row.title or _("Lukket sag"),
        held=[stop for stop in stops if not stop.at.coming],
        coming=[stop for stop in stops if stop.at.coming],
        today=timezone.localdate(),
        count=pages.count,
        bodies=_bodies(items),
        pages=page,
    )


def _items(row: Case):
    """The case's treatments with their documents, the latest first."""
    return (
        Item.objects.filter(case=row)
        .select_related("meeting__body__municipality", "publication")
        .order_by("-meeting__date", "-pk")
    )


def _bodies(items: Sequence[Item]) -> list[Link]:
    bodies = {one.meeting.body.pk: one.meeting.body for one in items}
    return [Link(body.name, body.get_absolute_url()) for body in bodies.values()]


def _stops(items: Sequence[Item]) -> list[Stop]:
    documents = [item.publication.minutes_with(item.position).items[0] for item in items]
    stops = []
    for place, (item, document) in enumerate(zip(items, documents, strict=True)):
        before = documents[place - 1] if place else None
        stops.append(
            Stop(
                treatments.treatment_of(item),
                wording.quote(item.decision),
                _rewordings(before, document) if before else (),
            )
        )
    return stops


def _rewordings(before: Document, after: Document) -> list[Rewording]:
    """What became of recommendation and summary, where both treatments have one."""
    found = []
    for kind in _COMPARED:
        old, new = _text(before, kind), _text(after, kind)
        if old and new:
            label = {"recommendation": _("Indstillingen"), "summary": _("Resumeet")}[kind]
            found.append(Rewording(label, word_changes(old, new)))
    return found


def _text(document: Document, kind: str) -> str:
    """The words of all sections of a kind, a paragraph on each line, without lists' markers."""
    texts = [section.text for section in document.sections if section.kind == kind]
    lines = (_MARKER.sub("", line) for text in texts for line in text.split("\n"))
    return "\n".join(filter(None, map(plain_text, lines)))


def _named(row: Case, items: Sequence[Item]) -> list[Treatment]:
    """Treatments to come that these name and the archive does not have; some may be past."""
    mentions = list(
        Mention.objects.filter(item__in=[item.pk for item in items], coming=True).order_by("pk")
    )
    meetings = treatments.meetings_named(row.municipality_id, mentions)
    own = items[-1].meeting.body.name if items else ""
    named = treatments.named_by(mentions, meetings, own)
    return treatments.not_among([treatments.treatment_of(item) for item in items], named)


def _page(request: HttpRequest, row: Case, items: Sequence[Item], count: int) -> Page:
    steps = trail.to_municipality(row.municipality)
    crumb = _("Sag %(number)s") % {"number": row.number} if row.number else _("Sag")
    title = row.title or _("Lukket sag")
    times = ngettext("Behandlet %(count)s gang", "Behandlet %(count)s gange", count)
    latest = items[-1] if items else None
    description = times % {"count": count}
    if latest is not None:
        description = _("%(times)s, senest i %(body)s den %(day)s.") % {
            "times": description,
            "body": latest.meeting.body.name,
            "day": wording.day_said(latest.meeting.date),
        }
    about = {
        "@type": "CreativeWorkSeries",
        "name": title,
        "identifier": row.number,
        "inLanguage": "da",
        "hasPart": [
            {
                "@type": "CreativeWork",
                "name": wording.item_title(item),
                "dateCreated": str(item.meeting.date),
                "url": trail.whole(request, item.get_absolute_url()),
            }
            for item in items
        ],
    }
    return Page(
        title=f"{title} – {crumb}, {row.municipality.name} Kommune",
        description=description,
        trail=steps,
        crumb=crumb,
        schema=trail.schema(request, steps, crumb, about),
        feeds=[Link(title, f"{row.get_absolute_url()}feed.atom")],
    )
