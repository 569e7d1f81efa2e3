"""The calendar of meetings: a body's year, and a season drafted from a rule."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, NamedTuple

from django import forms
from django.contrib import messages
from django.core.validators import RegexValidator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from sagsgang.archive.pages.page import Link
from sagsgang.bodies.models import Body
from sagsgang.cases.models import User
from sagsgang.cases.pages.page import WRONG, in_language, refusals_in, work_page
from sagsgang.cases.rights import bodies, demand
from sagsgang.meetings import season
from sagsgang.meetings.models import CalendarLink, Meeting
from sagsgang.meetings.rules.days import Rhythm

MEETINGS: Final = "/arbejde/moeder/"
_CLOCK: Final = RegexValidator(r"^([01]\d|2[0-3]):[0-5]\d$", gettext_lazy("Skriv tiden som 15:30."))
_ORDINALS: Final = (
    (1, gettext_lazy("første")),
    (2, gettext_lazy("anden")),
    (3, gettext_lazy("tredje")),
    (4, gettext_lazy("fjerde")),
    (-1, gettext_lazy("sidste")),
)


class Listed(NamedTuple):
    """A meeting in the list, and for its secretary when the agenda must be out."""

    meeting: Meeting
    due: season.Due | None


def trail() -> tuple[Link, ...]:
    """The way to the pages of a meeting."""
    return (Link(_("Møder"), MEETINGS),)


def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings of a year, of all the user's bodies or of one; unasked this year's and later."""
    user, today = request.user, timezone.localdate()
    own = list(bodies(user, "meeting.read").select_related("municipality"))
    chosen = next((one for one in own if str(one.pk) == request.GET.get("udvalg")), None)
    there = Meeting.objects.filter(body__in=[chosen] if chosen else own)
    years = _years(there, today)
    asked = request.GET.get("aar", "")
    year = int(asked) if asked in map(str, years) else today.year
    of_it = Q(date__year=year) if asked else Q(date__year__gte=year)
    runs = set(bodies(user, "meeting.run").values_list("pk", flat=True))
    return work_page(
        request,
        "meetings/calendar.html",
        _("Møder"),
        own=own,
        chosen=chosen,
        years=years,
        year=year,
        runs=runs,
        listed=_listed(there.filter(of_it), runs, today),
        today=today,
        calendar_link=CalendarLink.objects.filter(user=user).first(),
    )


def _years(there: QuerySet[Meeting], today: dt.date) -> list[int]:
    held = {date.year for date in there.order_by().dates("date", "year")}
    return sorted(held | {today.year})


def _listed(there: QuerySet[Meeting], runs: set[int], today: dt.date) -> list[Listed]:
    on_it = Count("items", filter=Q(items__withdrawn=False))
    rows = (
        there.select_related("body__procedure").annotate(count=on_it).order_by("date", "start_time")
    )
    return [
        Listed(one, season.agenda_due(one, today) if one.body_id in runs else None)
        for one in rows.order_by("date", "start_time")
    ]


class Rule(forms.Form):
    """When a body meets: 'first Wednesday at 15:30'."""

    body = forms.ModelChoiceField(
        Body.objects.none(), label=gettext_lazy("Udvalg"), empty_label=None
    )
    year = forms.IntegerField(label=gettext_lazy("År"), min_value=2000, max_value=2100)
    ordinal = forms.TypedChoiceField(
        label=gettext_lazy("Hvilken gang i måneden"), choices=_ORDINALS, coerce=int
    )
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Ugedag"), choices=list(WEEKDAYS.items())[:5], coerce=int
    )
    start_time = forms.CharField(
        label=gettext_lazy("Klokken"),
        validators=[_CLOCK],
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
    place = forms.CharField(label=gettext_lazy("Sted"), max_length=200, required=False)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies(user, "meeting.run")

    def days(self) -> list[dict[str, Any]]:
        """The rows of the season: day, time, and why a day was moved."""
        chosen = self.cleaned_data
        rhythm = Rhythm(chosen["weekday"], chosen["ordinal"], chosen["start_time"])
        return [
            {"take": True, "date": day, "start_time": rhythm.start_time, "moved": moved}
            for day, moved in rhythm.days(chosen["year"])
        ]


class Day(forms.Form):
    """A meeting of the season, as it may be moved by hand."""

    take = forms.BooleanField(required=False, label=gettext_lazy("Med"))
    date = forms.DateField(
        label=gettext_lazy("Dato"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    start_time = forms.CharField(
        label=gettext_lazy("Klokken"),
        validators=[_CLOCK],
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
    moved = forms.CharField(required=False, widget=forms.HiddenInput)


Days = forms.formset_factory(Day, extra=0, max_num=60, absolute_max=60)


@require_http_methods(["GET", "POST"])
def plan_season(request: HttpRequest) -> HttpResponse:
    """A season: the rule, then its days, which are moved by hand and put in the calendar."""
    today = timezone.localdate()
    if request.method == "POST":
        rule, days = Rule(request.user, request.POST), Days(request.POST)
        if rule.is_valid() and days.is_valid():
            with refusals_in(rule):
                return _planned(request, rule, days)
    elif request.GET:
        rule = Rule(request.user, request.GET)
        days = Days(initial=rule.days()) if rule.is_valid() else None
    else:
        rule, days = Rule(request.user, initial={"year": today.year, "start_time": "15:30"}), None
    return work_page(
        request,
        "meetings/season.html",
        _("Planlæg en sæson"),
        trail=trail(),
        status=WRONG if rule.errors or (days and days.is_bound) else 200,
        form=rule,
        days=days,
        warnings=_warnings(days),
    )


def _planned(request: HttpRequest, rule: Rule, days: Any) -> HttpResponse:
    chosen = rule.cleaned_data
    rows = [(one["date"], one["start_time"]) for one in days.cleaned_data if one["take"]]
    made = season.plan_season(request.user, chosen["body"], rows, chosen["place"])
    told = ngettext(
        "%(count)s møde er sat i kalenderen.", "%(count)s møder er sat i kalenderen.", len(made)
    )
    messages.success(request, told % {"count": len(made)})
    year = made[0].date.year
    return HttpResponseRedirect(f"{reverse('meetings')}?udvalg={chosen['body'].pk}&aar={year}")


def _warnings(days: Any) -> list[str]:
    """What should be thought of for each row, in their order; empty where there is nothing."""
    found = []
    for row in days or ():
        date = (
            row.cleaned_data.get("date")
            if row.is_bound and row.is_valid()
            else row.initial.get("date")
        )
        words = season.warning(date) if date else None
        found.append(in_language(words) if words else "")
    return found


class Place(forms.ModelForm):
    """When and where a meeting is held."""

    start_time = forms.CharField(
        label=gettext_lazy("Klokken"),
        validators=[_CLOCK],
        widget=forms.TimeInput(attrs={"type": "time"}),
    )

    class Meta:
        model = Meeting
        fields = ("date", "start_time", "place")
        labels: Final = {"date": gettext_lazy("Dato"), "place": gettext_lazy("Sted")}
        widgets: Final = {"date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, meeting: int) -> HttpResponse:
    """Another day, time or place for a meeting whose agenda is not out."""
    found = get_object_or_404(Meeting.objects.select_related("body"), pk=meeting)
    demand(request.user, "meeting.run", found.body)
    form = Place(request.POST or None, instance=Meeting.objects.get(pk=meeting))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refusals_in(form):
            season.move(request.user, found, given["date"], given["start_time"], given["place"])
            messages.success(request, _("Mødet er flyttet."))
            return HttpResponseRedirect(found.get_absolute_url())
    return work_page(
        request,
        "meetings/move.html",
        _("Flyt mødet"),
        trail=(*trail(), Link(str(found.body), found.get_absolute_url())),
        status=WRONG if form.errors else 200,
        form=form,
        meeting=found,
    )
