"""The page of a meeting: who met, what was on the agenda, and what came of each item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sagsgang.minutes import Item as Document
from sagsgang.minutes import Minutes
from sagsgang.minutes.writers.contents import links_of

from .. import sealed, strands
from ..models import Item, Meeting, Publication
from ..strands import MAIN
from . import provenance, trail, wording
from .addresses import meeting_at
from .conditional import fresh
from .downloads import FORMATS
from .outward import outward
from .page import Link, Page, shown
from .people import roll_call

_FEW_WORDS: Final = 4


@dataclass(frozen=True, slots=True)
class Line:
    """An item in the list; one without a row is named in the contents alone."""

    title: str
    row: Item | None = None
    quote: str = ""
    votes: str = ""
    dissent: bool = False
    attachments: int = 0
    elsewhere: str = ""
    closed: bool = False
    heading: str = ""
    """The agenda's heading that it stands under."""


@dataclass(frozen=True, slots=True)
class Supplement:
    """The list of a supplementary agenda's items."""

    anchor: str
    name: str
    lines: Sequence[Line]


@fresh
def meeting(request: HttpRequest, municipality: str, body: str, meeting: str) -> HttpResponse:
    """A meeting of a committee or council."""
    row = meeting_at(municipality, body, meeting)
    minutes = row.current.minutes if row.current else None
    items = _items(row)
    main = [one for one in items if one.publication_id == row.current_id]
    versions = provenance.versions_of(row)
    before, after = _neighbours(row)
    content = {
        "meeting": row,
        "followed": row.body.get_absolute_url(),
        "minutes": minutes,
        "kind": wording.kind_word(row.kind),
        "coming": row.date >= timezone.localdate() and row.kind != "minutes",
        "when": wording.weekday_said(row.date),
        "lines": _lines(main, minutes) if minutes else [],
        "late": _supplements(row, items),
        "attendance": roll_call(
            list(row.attendance.select_related("person").order_by("pk")), [], row.body.municipality
        ),
        "publication": row.current or next(iter(versions), None),
        **provenance.correction_of(row.current, versions),
        "origin": outward(row.current.address) if row.current else "",
        "supplements": [(one, wording.edition_name(one)) for one in versions if one.strand != MAIN],
        "findings": provenance.found_in(
            one for one in (minutes.findings if minutes else ()) if not one.item
        ),
        "formats": FORMATS,
        "sealed": sealed.of(row.current),
        "trial_seal": sealed.trial_root() is not None,
        "before": before,
        "after": after,
    }
    return shown(request, "archive/meeting.html", _page(request, row, items), **content)


def _items(row: Meeting) -> list[Item]:
    items = list(
        Item.objects.filter(meeting=row)
        .select_related("publication")
        .defer("publication__packed", "publication__links")
        .order_by("publication__strand", "position")
    )
    for one in items:
        one.meeting = row
    return items


def _supplements(row: Meeting, items: Sequence[Item]) -> list[Supplement]:
    """The supplementary agendas whose items stand beside those of the agenda."""
    late: dict[int, list[Item]] = {}
    for one in items:
        if one.publication_id != row.current_id:
            late.setdefault(one.publication_id, []).append(one)
    documents = Publication.objects.in_bulk(list(late)) if late else {}
    return [
        Supplement(
            strands.word_of(documents[key].strand),
            wording.document_word(documents[key]),
            _lines(own, documents[key].minutes),
        )
        for key, own in late.items()
    ]


def _neighbours(row: Meeting) -> tuple[Meeting | None, Meeting | None]:
    """The body's meetings before and after."""
    others = Meeting.objects.filter(body=row.body_id).order_by("date", "start_time", "pk")
    same_day = Q(date=row.date)
    before = others.filter(Q(date__lt=row.date) | same_day & Q(start_time__lt=row.start_time))
    after = others.filter(Q(date__gt=row.date) | same_day & Q(start_time__gt=row.start_time))
    neighbours = before.last(), after.first()
    for one in neighbours:
        if one is not None:
            one.body = row.body
    return neighbours


def _lines(rows: Sequence[Item], minutes: Minutes) -> list[Line]:
    """The items in order, and in their places those that only the contents name."""
    by_place = {row.position: row for row in rows}
    lines = []
    for link in links_of(minutes):
        if link.item is None:
            entry = link.entry
            if entry is not None:
                lines.append(Line(entry.title or _("Lukket punkt"), closed=entry.closed))
        elif link.item in by_place:
            lines.append(_line(by_place[link.item], minutes.items[link.item]))
    return lines


def _line(row: Item, document: Document) -> Line:
    quote = wording.quote(row.decision)
    own = row.meeting.body.name
    return Line(
        title=wording.item_title(row),
        row=row,
        quote=quote if len(quote.split()) >= _FEW_WORDS else "",
        votes=_votes(document),
        dissent=bool(document.statements),
        attachments=len(document.attachments),
        elsewhere=document.decided_by if document.decided_by not in (None, own) else "",
        closed=row.closed,
        heading=document.heading or "",
    )


def _votes(document: Document) -> str:
    """`6 for, 3 imod`; nothing where it was unanimous or names are not told."""
    counts = {vote.choice: len(vote.voters) for vote in document.votes}
    against, for_ = counts.get("against", 0), counts.get("for", 0)
    if not against:
        return ""
    if not for_:
        return ngettext("%(count)s imod", "%(count)s imod", against) % {"count": against}
    return _("%(for)s for, %(against)s imod") % {"for": for_, "against": against}


def _page(request: HttpRequest, row: Meeting, items: Sequence[Item]) -> Page:
    steps = trail.to_body(row.body)
    crumb = wording.day_said(row.date)
    title = f"{row.body.name}, {crumb}"
    starts = f"{row.date}T{row.start_time}" if row.start_time else str(row.date)
    about = {
        "@type": "Event",
        "name": f"{wording.kind_word(row.kind)}: {title}",
        "startDate": starts,
        "inLanguage": "da",
        "eventStatus": "https://schema.org/EventScheduled",
        "organizer": trail.organisation(row.body),
        "location": {
            "@type": "AdministrativeArea",
            "name": f"{row.body.municipality.name} Kommune",
        },
    }
    kind = wording.kind_word(row.kind)
    return Page(
        title=f"{kind}: {title}",
        description=_described(row, items),
        trail=steps,
        crumb=crumb,
        schema=trail.schema(request, steps, crumb, about),
        kind="article",
        feeds=[Link(row.body.name, f"{row.body.get_absolute_url()}feed.atom")],
        calendars=[Link(row.body.name, f"{row.body.get_absolute_url()}kalender.ics")],
    )


def _described(row: Meeting, items: Sequence[Item]) -> str:
    """What was on the agenda, in a sentence."""
    titles = [one.title for one in items if one.title and not one.closed]
    count = ngettext("%(count)s punkt", "%(count)s punkter", len(items)) % {"count": len(items)}
    told = f"{row.body.municipality.name} Kommune. {count}: {'; '.join(titles)}"
    return wording.quote(told)
