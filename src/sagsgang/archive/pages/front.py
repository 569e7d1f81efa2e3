"""The front page: search, what is coming, what was decided, and where it comes from."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sagsgang.archive.models import Meeting
from sagsgang.bodies.models import Body, Municipality

from .coming import coming_meetings, decisions_of, latest_meetings
from .freshness import freshness
from .page import Link, Page, shown


def front(request: HttpRequest) -> HttpResponse:
    """The site's first page, of all municipalities or of the chosen one (`?kommune=`)."""
    municipalities = municipalities_with_meetings()
    chosen = _chosen(request.GET.get("kommune", ""), municipalities)
    meetings = Meeting.objects.all()
    if chosen:
        meetings = meetings.filter(body__municipality=chosen)
    page = Page(
        title=settings.SITE_NAME,
        description=_("Søg i kommunale udvalgs dagsordener og referater, læs hvad der er "
                      "besluttet, og følg sagerne."),
        feeds=(Link(_("Nyt i arkivet"), "/feed.atom"),),
        schema={
            "@type": "WebSite",
            "name": settings.SITE_NAME,
            "inLanguage": "da",
            "potentialAction": {
                "@type": "SearchAction",
                "target": request.build_absolute_uri("/soeg/") + "?q={q}",
                "query-input": "required name=q",
            },
        },
    )  # fmt: skip
    return shown(
        request,
        "archive/front.html",
        page,
        municipalities=municipalities,
        chosen=chosen,
        several=chosen is None,
        bodies=bodies_of(chosen) if chosen else (),
        coming=coming_meetings(meetings),
        decisions=decisions_of(latest_meetings(meetings)),
        sources=freshness()[:6],
    )


def municipalities_with_meetings() -> QuerySet[Municipality]:
    """The municipalities that the archive has something from, each with how many meetings."""
    return (
        Municipality.objects.annotate(meetings=Count("bodies__meetings"))
        .filter(meetings__gt=0)
        .order_by("name")
    )


def bodies_of(municipality: Municipality) -> QuerySet[Body]:
    """The council and the committees of a municipality, each with how many meetings."""
    return (
        municipality.bodies.annotate(meeting_count=Count("meetings"))
        .filter(meeting_count__gt=0)
        .select_related("municipality")
        .order_by("-kind", "name")
    )


def _chosen(slug: str, municipalities: QuerySet[Municipality]) -> Municipality | None:
    """The municipality of that name; the only one there is needs no choosing."""
    for municipality in municipalities:
        if slug == municipality.slug:
            return municipality
    return municipalities[0] if len(municipalities) == 1 else None
