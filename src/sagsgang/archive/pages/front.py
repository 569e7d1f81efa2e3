"""The front page: search, what is coming, what was decided, and where it comes from."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sagsgang.archive.models import Meeting
from sagsgang.bodies.models import Body, Municipality
from sagsgang.minutes.danish.alphabet import in_order

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


def municipalities_with_meetings() -> list[Municipality]:
    """The municipalities that the archive has something from, each with how many meetings."""
    counted = Municipality.objects.annotate(meetings=Count("bodies__meetings"))
    return sorted(counted.filter(meetings__gt=0), key=lambda one: in_order(one.name))


def bodies_of(municipality: Municipality) -> list[Body]:
    """The council and then the committees of a municipality, each with its meetings counted.

    `last` is the date of the latest of them.
    """
    counted = municipality.bodies.annotate(
        meeting_count=Count("meetings"), last=Max("meetings__date")
    )
    found = counted.filter(meeting_count__gt=0).select_related("municipality")
    return sorted(found, key=lambda body: (body.kind != Body.COUNCIL, in_order(body.name)))


def _chosen(slug: str, municipalities: list[Municipality]) -> Municipality | None:
    """The municipality of that name; the only one there is needs no choosing."""
    for municipality in municipalities:
        if slug == municipality.slug:
            return municipality
    return municipalities[0] if len(municipalities) == 1 else None
