"""The page of a council or committee: meetings and decisions by year, members by term."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from sagsgang.archive.models import Item, Meeting
from sagsgang.bodies.models import Body, Membership
from sagsgang.bodies.terms import days_of
from sagsgang.minutes.danish.alphabet import in_order

from .attendance import attendance_of
from .coming import coming_meetings
from .conditional import fresh
from .page import Link, Page, shown


@dataclass(slots=True)
class Held:
    """A meeting in a year's list, with how many items it has and what came of them."""

    meeting: Meeting
    items: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)

    @property
    def commonest(self) -> list[tuple[str, int]]:
        """The outcomes with how many items had each, the most frequent first."""
        return self.outcomes.most_common()


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a year's decisions had one outcome; `part` of the most frequent one's."""

    outcome: str
    count: int
    share: float
    part: float


@fresh
def committee(request: HttpRequest, municipality: str, body: str) -> HttpResponse:
    """The page, of a year (`?aar=`) and a term (`?periode=`): the newest where none is asked."""
    found = get_object_or_404(
        Body.objects.select_related("municipality"),
        municipality__slug=municipality,
        slug=body,
    )
    years = _years_of(found)
    year = _asked(request.GET.get("aar", ""), [str(year) for year, _count in years])
    terms = _terms_of(found)
    term = _asked(request.GET.get("periode", ""), terms)
    meetings = _meetings_of(found, year)
    members, former = _members_of(found, term)
    return shown(
        request,
        "archive/committee.html",
        _page(found),
        body=found,
        years=years,
        year=year,
        meetings=meetings,
        shares=_shares(meetings),
        coming=coming_meetings(found.meetings.all(), 3),
        terms=terms,
        term=term,
        members=members,
        former=former,
        attendance=attendance_of(found, term) if term else [],
    )


def _page(body: Body) -> Page:
    municipality = body.municipality
    names = {"body": body.name, "municipality": municipality.name}
    return Page(
        title=body.name,
        description=_("%(body)s i %(municipality)s Kommune: møder, beslutninger, medlemmer og "
                      "fremmøde.") % names,
        trail=(Link(_("Forside"), "/"), Link(municipality.name, municipality.get_absolute_url())),
        feeds=(Link(body.name, f"{body.get_absolute_url()}feed.atom"),),
        calendars=(Link(body.name, f"{body.get_absolute_url()}kalender.ics"),),
        schema={
            "@type": "GovernmentOrganization",
            "name": body.name,
            "parentOrganization": {
                "@type": "GovernmentOrganization",
                "name": f"{municipality.name} Kommune",
            },
        },
    )  # fmt: skip


def _asked(asked: str, there_is: list[str]) -> str:
    """What was asked for where it is there, otherwise the first."""
    if asked in there_is:
        return asked
    return there_is[0] if there_is else ""


def _years_of(body: Body) -> list[tuple[int, int]]:
    """The years in which the body met, the newest first, and how many meetings each has."""
    counted = (
        body.meetings.order_by()
        .annotate(year=ExtractYear("date"))
        .values("year")
        .annotate(count=Count("pk"))
    )
    return sorted(((row["year"], row["count"]) for row in counted), reverse=True)


def _terms_of(body: Body) -> list[str]:
    of_meetings = body.meetings.order_by().values_list("term", flat=True)
    of_members = body.memberships.order_by().values_list("term", flat=True)
    return sorted(set(of_meetings.union(of_members)), reverse=True)


def _meetings_of(body: Body, year: str) -> list[Held]:
    """The year's meetings, the newest first, with the outcomes of their items."""
    if not year:
        return []
    meetings = list(body.meetings.filter(date__year=year))
    held = {}
    for meeting in meetings:
        meeting.body = body
        held[meeting.pk] = Held(meeting)
    counted = (
        Item.objects.filter(meeting__in=held)
        .order_by()
        .values("meeting", "outcome")
        .annotate(count=Count("pk"))
    )
    for row in counted:
        one = held[row["meeting"]]
        one.items += row["count"]
        if row["outcome"]:
            one.outcomes[row["outcome"]] += row["count"]
    return list(held.values())


def _shares(meetings: list[Held]) -> list[Share]:
    """The outcomes of the meetings' decisions, the most frequent first."""
    counted = sum((held.outcomes for held in meetings), Counter())
    if not counted:
        return []
    total, most = counted.total(), max(counted.values())
    return [
        Share(outcome, count, count / total, count / most)
        for outcome, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def _members_of(body: Body, term: str) -> tuple[list[Membership], list[Membership]]:
    """The term's members, and those who have left: today, or on the term's day nearest to it."""
    if not term:
        return [], []
    first, last = days_of(term)
    day = min(max(timezone.localdate(), first), last)
    rows = body.memberships.filter(term=term).select_related("person__municipality")
    by_name = sorted(rows, key=lambda member: in_order(member.person.name))
    here = [one for one in by_name if one.until is None or day <= one.until]
    return here, [one for one in by_name if one not in here]
