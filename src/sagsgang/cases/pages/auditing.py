"""The auditor's pages: the log asked by who, what and when, taken out as data, and proved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from django import forms
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sagsgang.archive.pages.page import Link
from sagsgang.cases import log
from sagsgang.cases.log import reading
from sagsgang.cases.log.models import Change, Entry
from sagsgang.cases.rights import demand

from .page import WRONG, in_language, work_page

_ACTION: Final = "log.read"
_ON_A_PAGE: Final = 50
_MOST: Final = 100
"""Rows of one action that the page shows."""
_FORMS: Final = {
    "csv": (reading.comma_separated, "text/csv; charset=utf-8"),
    "jsonl": (reading.json_lines, "application/x-ndjson"),
}
_DATE: Final = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Asked(forms.Form):
    """What of the log is asked for; nothing is all of it."""

    who = forms.CharField(
        label=gettext_lazy("Hvem"),
        help_text=gettext_lazy("En del af et navn eller en mailadresse."),
        required=False,
    )
    what = forms.CharField(
        label=gettext_lazy("Hvad"),
        help_text=gettext_lazy("En handling som minutes.sign, eller det, den er gjort ved."),
        required=False,
    )
    since = forms.DateField(label=gettext_lazy("Fra og med"), required=False, widget=_DATE)
    until = forms.DateField(label=gettext_lazy("Til og med"), required=False, widget=_DATE)

    def clean(self) -> dict[str, Any]:
        """With days that are in their order."""
        given = super().clean()
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", _("Vælg en dag, der ikke ligger før den første."))
        return given

    def words(self) -> dict[str, Any]:
        """What `reading.told` is asked with."""
        given = self.cleaned_data
        until = given.get("until")
        return {
            "who": given.get("who", ""),
            "what": given.get("what", ""),
            "since": _midnight(given.get("since")),
            "until": _midnight(until + dt.timedelta(days=1) if until else None),
        }


class Shown(NamedTuple):
    """An action with what it changed: row, operation, and each column before and after."""

    entry: Entry
    changes: list[tuple[str, str, list[tuple[str, Any, Any]]]]
    cut: bool
    """Whether it changed more rows than these: an import can change thousands."""
    kept_at: str
    """The address of the minutes that it is about, as they were kept."""


def log_page(request: HttpRequest) -> HttpResponse:
    """The actions that were asked for, the latest first."""
    demand(request.user, _ACTION)
    form = Asked(request.GET)
    entries = reading.asked(**form.words()) if form.is_valid() else Entry.objects.none()
    first = Change.objects.order_by("pk")[: _MOST + 1]
    entries = entries.order_by("-pk").prefetch_related(Prefetch("changes", first, "first"))
    found = Paginator(entries, _ON_A_PAGE).get_page(request.GET.get("side"))
    query = request.GET.copy()
    query.pop("side", None)
    return work_page(
        request,
        "cases/auditing.html",
        _("Log"),
        status=WRONG if form.errors else 200,
        form=form,
        found=found,
        shown=[_shown(entry) for entry in found],
        query=query.urlencode(),
    )


def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The same as data: CSV with a line for each changed field, or JSON Lines with whole rows."""
    demand(request.user, _ACTION)
    form = Asked(request.GET)
    name = request.GET.get("form", "csv")
    if not form.is_valid() or name not in _FORMS:
        return log_page(request)
    written, media_type = _FORMS[name]
    lines: Iterable[bytes] = written(reading.told(**form.words()))
    response = StreamingHttpResponse(lines, content_type=media_type)
    day = timezone.localdate()
    response.headers["Content-Disposition"] = f'attachment; filename="log-{day}.{name}"'
    return response


def proof(request: HttpRequest) -> HttpResponse:
    """Whether the log is whole, in words; it is read from its beginning each time."""
    demand(request.user, _ACTION)
    faults = [(one.place, in_language(one.words)) for one in log.verify()]
    return work_page(
        request,
        "cases/proof.html",
        _("Kontrol af loggen"),
        trail=(Link(_("Log"), "/arbejde/log/"),),
        faults=faults,
        actions=Entry.objects.count(),
        last=Entry.objects.order_by("-pk").first(),
        at=timezone.now(),
    )


def _shown(entry: Entry) -> Shown:
    found: list[Change] = entry.first  # type: ignore[attr-defined]
    told = [reading.change_told(change) for change in found[:_MOST]]
    changes = [(one["row"], one["operation"], list(reading.columns(one))) for one in told]
    return Shown(entry, changes, len(found) > _MOST, _kept_at(entry))


def _kept_at(entry: Entry) -> str:
    of_meeting, _colon, key = entry.subject.partition(":")
    about_minutes = entry.action.startswith(("minutes.", "meeting.close"))
    if of_meeting != "meetings.meeting" or not about_minutes or not key.isdecimal():
        return ""
    return reverse("kept minutes", args=[key])


def _midnight(day: dt.date | None) -> dt.datetime | None:
    """When the day begins in Denmark."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time())) if day else None
