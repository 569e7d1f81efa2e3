"""The page of an item: what was decided first, then what was asked, then why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from sagsgang.minutes import Item as Document
from sagsgang.minutes import Minutes
from sagsgang.minutes.danish.slugs import slug_of

from .. import rows
from ..models import Dissent, Enclosure, Item, Mention
from . import ballots, provenance, reading, trail, treatments, wording
from .addresses import item_at
from .conditional import fresh
from .outward import outward
from .page import Link, Page, shown
from .people import Name, name_of, roll_call

_WORTH_A_LIST: Final = 3
_MOST_SEARCHED: Final = 20_000
"""Characters in which words to explain are looked for."""


class Entry(NamedTuple):
    """A line of the page's contents, and those beneath it."""

    heading: reading.Heading
    themes: Sequence[reading.Heading] = ()
    printed: bool = False
    """Whether it is the document's heading and not the page's own."""


class Attached(NamedTuple):
    """An attachment: where its source has it, and where the archive has a copy."""

    title: str
    address: str
    copy: str


@fresh
def item(
    request: HttpRequest, municipality: str, body: str, meeting: str, item: str
) -> HttpResponse:
    """An item of a meeting."""
    row = item_at(municipality, body, meeting, item)
    if row.case is not None:
        row.case.municipality = row.meeting.body.municipality
    minutes = row.publication.minutes_with(row.position)
    document = minutes.items[0]
    own = rows.own_decision(document, minutes)
    case = _case(row, document)
    text = reading.reading_of(document, own, _pictures(row, case["enclosures"]))
    content = {
        "item": row,
        "meeting": row.meeting,
        "document": document,
        "title": wording.item_title(row),
        "reading": text,
        "agenda": row.publication.kind != "minutes",
        "held": row.meeting.date < timezone.localdate(),
        "unclear": any(mark.marked is None for mark in document.routing),
        "kind": wording.kind_word(row.publication.kind),
        "decider": document.decided_by or "",
        "decided_elsewhere": _is_elsewhere(document, row.meeting.body.name),
        "words": " ".join(section.text for section in document.sections)[:_MOST_SEARCHED],
        "followed": row.case.get_absolute_url() if row.case else "",
        **_persons(row, document),
        **_neighbours(row),
        **case,
        **_source(row, minutes),
    }
    content["contents"] = _contents(content)
    return shown(request, "archive/item.html", _page(request, row), **content)


def _contents(content: Mapping[str, Any]) -> list[Entry]:
    """The headings of the page in their order, where there are enough of them to choose from."""
    text: reading.Reading = content["reading"]
    found = [Entry(reading.Heading("beslutning", _("Beslutning")))]
    if text.others:
        found.append(Entry(reading.Heading("andre-beslutninger", _("Også besluttet"))))
    found += [Entry(part.heading, part.themes, True) for part in text.parts if part.heading]
    if content["enclosures"]:
        found.append(Entry(reading.Heading("bilag", _("Bilag"))))
    if content["way"].later:
        found.append(Entry(reading.Heading("siden", _("Det skete der siden"))))
    return found if len(found) >= _WORTH_A_LIST else []


def _is_elsewhere(document: Document, body: str) -> bool:
    return bool(document.decided_by) and slug_of(document.decided_by) != slug_of(body)


def _page(request: HttpRequest, row: Item) -> Page:
    meeting = row.meeting
    steps = trail.to_meeting(meeting)
    crumb = wording.item_name(row)
    title = wording.item_title(row)
    decision = wording.quote(row.decision)
    about = {
        "@type": "CreativeWork",
        "name": title,
        "identifier": row.case_number,
        "abstract": decision,
        "dateCreated": str(meeting.date),
        "inLanguage": "da",
        "isPartOf": {
            "@type": "Event",
            "name": f"{meeting.body.name}, {wording.day_said(meeting.date)}",
            "startDate": str(meeting.date),
            "url": trail.whole(request, meeting.get_absolute_url()),
        },
        "creator": trail.organisation(meeting.body),
    }
    return Page(
        title=f"{title} – {meeting.body.name}, {wording.day_said(meeting.date)}",
        description=decision or _undecided(row),
        trail=steps,
        crumb=crumb,
        schema=trail.schema(request, steps, crumb, about),
        kind="article",
        feeds=_feeds(row),
    )


def _undecided(row: Item) -> str:
    minutes = row.publication.kind == "minutes"
    told = (
        _("Behandlet af %(body)s i %(municipality)s Kommune den %(day)s.")
        if minutes
        else _("På dagsordenen for %(body)s i %(municipality)s Kommune den %(day)s.")
    )
    return told % {
        "body": row.meeting.body.name,
        "municipality": row.meeting.body.municipality.name,
        "day": wording.day_said(row.meeting.date),
    }


def _feeds(row: Item) -> list[Link]:
    if row.case is None:
        return []
    return [Link(_("Denne sag"), f"{row.case.get_absolute_url()}feed.atom")]


def _persons(row: Item, document: Document) -> dict[str, Any]:
    """Who was there, how they voted, and who dissented."""
    municipality = row.meeting.body.municipality
    listed = list(row.meeting.attendance.select_related("person"))
    # What the document does not have, the rows derived from it do not have either.
    absences = list(row.absences.select_related("person")) if document.absent else []
    votes = list(row.ballots.select_related("person")) if document.votes else []
    dissents = list(row.dissents.select_related("person")) if document.statements else []
    for one in (*votes, *dissents):
        if one.person is not None:
            one.person.municipality = municipality
    return {
        "attendance": roll_call(listed, absences, municipality),
        "poll": ballots.poll_of(document.votes, votes),
        "statements": _statements(document, dissents),
        "referrers": [Name(name) for name in document.referred_to_council_by],
    }


def _statements(document: Document, dissents: list[Dissent]) -> list[dict[str, Any]]:
    known = {(one.statement, one.name): one for one in dissents}
    return [
        {
            "by": [name_of(name, known.get((place, name))) for name in statement.by],
            "html": reading.html_of(statement.text) if statement.text else "",
        }
        for place, statement in enumerate(document.statements)
    ]


def _neighbours(row: Item) -> dict[str, Any]:
    """The items before and after on the same agenda."""
    items = list(
        Item.objects.filter(meeting=row.meeting_id)
        .only("slug", "number", "title", "closed", "meeting")
        .order_by("publication__strand", "position")
    )
    place = next(at for at, one in enumerate(items) if one.pk == row.pk)
    for one in items:
        one.meeting = row.meeting
    return {
        "before": items[place - 1] if place else None,
        "after": items[place + 1] if place + 1 < len(items) else None,
        "place": place + 1,
        "count": len(items),
    }


def _case(row: Item, document: Document) -> dict[str, Any]:
    """The case's way, and what the item itself says of other treatments."""
    own = row.meeting.body.name
    named = document.related or document.next_steps
    mentions = list(Mention.objects.filter(item=row).order_by("pk")) if named else []
    meetings = treatments.meetings_named(row.meeting.body.municipality_id, mentions)
    coming = treatments.named_by([one for one in mentions if one.coming], meetings, own)
    others = [one for one in mentions if not one.coming and not _is_itself(one, row)]
    related = treatments.named_by(others, meetings, own)
    attached = row.enclosures.order_by("position") if document.attachments else ()
    enclosures = [_attached(row, one) for one in attached]
    ahead = [one for one in coming if one.date is None or one.date > row.meeting.date]
    return {
        "way": treatments.way_of(row, ahead),
        "related": related,
        "enclosures": enclosures,
        "linked": any(one.address or one.copy for one in enclosures),
    }


def _pictures(row: Item, enclosures: Sequence[Attached]) -> dict[str, str]:
    """The addresses of the attachments that are pictures, by their titles."""
    if not any(one.copy for one in enclosures):
        return {}
    pictures = row.enclosures.filter(file__media_type__in=("image/png", "image/jpeg", "image/gif"))
    titles = set(pictures.values_list("title", flat=True))
    return {one.title: one.copy for one in enclosures if one.title in titles}


def _is_itself(mention: Mention, row: Item) -> bool:
    """Whether an item names its own treatment among the related ones, as some systems print it."""
    meeting = row.meeting
    here = (mention.body_slug, mention.date) == (meeting.body.slug, meeting.date)
    return here and mention.number in ("", row.number)


def _attached(row: Item, enclosure: Enclosure) -> Attached:
    copy = f"{row.get_absolute_url()}bilag/{enclosure.position + 1}/" if enclosure.file_id else ""
    return Attached(enclosure.title, outward(enclosure.address), copy)


def _source(row: Item, minutes: Minutes) -> dict[str, Any]:
    correction = {}
    if row.publication.version > 1:
        versions = provenance.versions_of(row.meeting)
        correction = provenance.correction_of(row.publication, versions)
    if correction and not provenance.changes(correction, row.position):
        correction = {}
    return {
        "publication": row.publication,
        "origin": outward(row.publication.address),
        **correction,
        "findings": provenance.found_in(
            one for one in minutes.findings if row.number and one.item == row.number
        ),
    }
