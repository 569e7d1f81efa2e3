"""The page of a municipality: its council and committees, their latest work, and its people."""

from __future__ import annotations

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from sagsgang.archive.models import Meeting
from sagsgang.bodies.models import Membership, Municipality, Person
from sagsgang.minutes.danish.alphabet import in_order

from .coming import coming_meetings, decisions_of, latest_meetings
from .conditional import fresh
from .front import bodies_of
from .page import Link, Page, shown


@fresh
def municipality(request: HttpRequest, municipality: str) -> HttpResponse:
    """The page; one of the 98 without documents says so."""
    found = get_object_or_404(Municipality, slug=municipality)
    meetings = Meeting.objects.filter(body__municipality=found)
    bodies = bodies_of(found)
    latest = latest_meetings(meetings)
    term, people = _people_of(found)
    page = Page(
        title=_("%(name)s Kommune") % {"name": found.name},
        description=_("Udvalg, møder, beslutninger og medlemmer i %(name)s Kommune.")
        % {"name": found.name},
        trail=(Link(_("Forside"), "/"),),
        crumb=found.name,
        feeds=(Link(_("Nyt fra %(name)s") % {"name": found.name}, f"/{found.slug}/feed.atom"),),
        schema={"@type": "GovernmentOrganization", "name": f"{found.name} Kommune"},
        indexed=bool(bodies),
    )
    return shown(
        request,
        "archive/municipality.html",
        page,
        municipality=found,
        bodies=bodies,
        coming=coming_meetings(meetings),
        latest=latest,
        decisions=decisions_of(latest),
        term=term,
        people=people,
    )


def _people_of(municipality: Municipality) -> tuple[str, list[Person]]:
    """The newest term that documents name members in, and those members."""
    memberships = Membership.objects.filter(body__municipality=municipality)
    term = memberships.aggregate(term=Max("term"))["term"] or ""
    people = Person.objects.filter(memberships__in=memberships.filter(term=term))
    found = people.select_related("municipality").distinct()
    return term, sorted(found, key=lambda person: in_order(person.name))
