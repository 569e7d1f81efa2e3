"""The versions of a meeting's documents: the list, and each as it was published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sagsgang.minutes.writers.contents import anchors_of

from .. import in_force, sealed
from ..models import Meeting, Publication
from ..strands import MAIN, latest_of
from . import provenance, reading, trail, wording
from .addresses import meeting_at, version_at
from .conditional import fresh
from .downloads import FORMATS
from .outward import outward
from .page import Link, Page, shown


@dataclass(frozen=True, slots=True)
class Version:
    """A version in the list, and the one before it in its strand."""

    publication: Publication
    name: str
    current: bool
    before: str
    """The name of the version before, if there is one."""
    comparison: str
    """The address of the comparison with it."""


@fresh
def versions(request: HttpRequest, municipality: str, body: str, meeting: str) -> HttpResponse:
    """All versions of a meeting's documents, the newest first."""
    row = meeting_at(municipality, body, meeting)
    found = provenance.versions_of(row)
    current = {row.current_id, *(one.pk for one in latest_of(found))}
    lines = [_line(one, provenance.before(one, found), one.pk in current) for one in found]
    steps = trail.to_meeting(row)
    crumb = _("Versioner")
    name = {"body": row.body.name, "day": wording.day_said(row.date)}
    page = Page(
        title=_("Versioner: %(body)s, %(day)s") % name,
        description=_("Alle versioner af dokumenterne til mødet, og hvad der blev ændret."),
        trail=steps,
        crumb=crumb,
        schema=trail.schema(request, steps, crumb, {"@type": "ItemList"}),
    )
    return shown(request, "archive/versions.html", page, meeting=row, lines=lines)


def _line(one: Publication, before: Publication | None, current: bool) -> Version:
    return Version(
        one,
        wording.edition_name(one),
        current,
        wording.edition_name(before) if before else "",
        one.get_comparison_url(before.version) if before else "",
    )


@fresh
def version(
    request: HttpRequest,
    municipality: str,
    body: str,
    meeting: str,
    version: int,
    strand: str = MAIN,
) -> HttpResponse:
    """A version of a document as it was published."""
    row = meeting_at(municipality, body, meeting)
    publication = version_at(row, version, strand)
    minutes = publication.minutes
    supplements = in_force.supplements().filter(pk=publication.pk)
    current = publication.pk == row.current_id or (strand != MAIN and supplements.exists())
    anchors = anchors_of(minutes.items)
    page = _page(request, row, publication)
    return shown(
        request,
        "archive/version.html",
        page,
        meeting=row,
        publication=publication,
        origin=outward(publication.address),
        minutes=minutes,
        current=current,
        name=wording.edition_name(publication),
        items=[_item(one, anchor) for one, anchor in zip(minutes.items, anchors, strict=True)],
        findings=provenance.found_in(minutes.findings),
        comparison=_comparison(publication),
        formats=FORMATS,
        sealed=sealed.of(publication),
        trial_seal=sealed.trial_root() is not None,
    )


def _comparison(publication: Publication) -> str:
    """The address of the comparison with the version before, if there is one."""
    if publication.version == 1:
        return ""
    earlier = provenance.before(publication, provenance.versions_of(publication.meeting))
    return publication.get_comparison_url(earlier.version) if earlier else ""


def _item(item: Any, anchor: str) -> dict[str, Any]:
    return {"document": item, "anchor": anchor, "parts": reading.parts_of(item, f"{anchor}-")}


def _page(request: HttpRequest, row: Meeting, publication: Publication) -> Page:
    steps = [*trail.to_meeting(row), Link(_("Versioner"), f"{row.get_absolute_url()}versioner/")]
    crumb = wording.edition_name(publication)
    about = {
        "@type": "DigitalDocument",
        "name": f"{crumb}: {row.body.name}, {wording.day_said(row.date)}",
        "version": publication.version,
        "datePublished": publication.published_at.isoformat(),
        "inLanguage": "da",
        "creator": trail.organisation(row.body),
    }
    return Page(
        title=f"{crumb}: {row.body.name}, {wording.day_said(row.date)}",
        description=_("Dokumentet, som det blev offentliggjort den %(day)s.")
        % {"day": wording.day_said(publication.published_at.date())},
        trail=steps,
        crumb=crumb,
        schema=trail.schema(request, steps, crumb, about),
        # The meeting's own page shows what holds now.
        indexed=False,
    )
