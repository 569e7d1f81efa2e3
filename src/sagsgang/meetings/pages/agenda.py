"""The agenda as the secretary makes it: taking in, order, standing items, publishing."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any, Final, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.archive.models import Publication
from sagsgang.archive.parts import OWN
from sagsgang.bodies.models import Body, Person
from sagsgang.cases.models import Treatment
from sagsgang.cases.refused import Refused
from sagsgang.meetings import (
    agenda,
    documents,
    headings,
    impartiality,
    numbering,
    proofreading,
    season,
)
from sagsgang.meetings.attendance import able_to_stand_in, memberships
from sagsgang.meetings.models import Conflict, Item, Meeting
from sagsgang.meetings.wording import standing
from sagsgang.minutes.words import Words
from sagsgang.minutes.writers.pdf import to_pdf

from .deeds import call_in, move_case
from .meeting import Deed, done, item_of, meeting_of, meeting_page, runs, tell

_HIGHEST: Final = 99_999


@require_http_methods(["GET", "POST"])
def agenda_page(request: HttpRequest, meeting: int) -> HttpResponse:
    """The agenda, and what can be done with it; a step of it is answered with the list alone.

    Those who do not run the meeting are led to the page where they read it.
    """
    if request.method != "POST" and not runs(request.user, meeting):
        return HttpResponseRedirect(reverse("reading", args=[meeting]))
    found = meeting_of(request, meeting)
    if request.method != "POST":
        return meeting_page(request, "meetings/agenda.html", found, **_content(found))
    could, told = done(request, found, _DEEDS)
    if request.htmx:
        found.refresh_from_db()
        content = _content(found) | {"told": told, "could": could, "meeting": found}
        return render(request, "meetings/agenda_part.html", content)
    tell(request, could, told)
    return HttpResponseRedirect(found.get_absolute_url())


def _content(meeting: Meeting) -> dict[str, Any]:
    items = list(
        meeting.items.select_related(
            "presentation__treatment__case", "continues__meeting__body", "moved_to"
        ).prefetch_related(
            "continued_by__meeting__body",
            "announced_conflicts__person",
            "announced_conflicts__substitute",
        )
    )
    planned = meeting.state == Meeting.PLANNED
    last = numbering.last_number(meeting)
    return {
        "items": items,
        "groups": _groups(meeting, items),
        "there": [item for item in items if not item.withdrawn],
        "planned": planned,
        "open_to_change": meeting.state not in meeting.OVER,
        "new": [] if planned else [item for item in items if item.number is None],
        "waiting": _waiting(meeting),
        "last_number": last,
        "first_number": last + 1,
        "usual": [one.title for one in standing()],
        "due": season.agenda_due(meeting, timezone.localdate()),
        "published": published(meeting),
        "others": others(meeting),
        "members": [one.person for one in memberships(meeting)],
        "substitutes": list(able_to_stand_in(meeting)),
    }


class Row(NamedTuple):
    """An item in the list: its place from 1, and whether it can go no higher or lower."""

    item: Item
    place: int
    first: bool
    last: bool


class Group(NamedTuple):
    """The items under a heading of the agenda, which may be empty."""

    heading: str
    rows: list[Row]


def _groups(meeting: Meeting, items: list[Item]) -> list[Group]:
    """The items under their headings; also those without any, while the agenda is being made."""
    rows = list(enumerate(items, 1))
    if meeting.state != Meeting.PLANNED:
        runs = groupby(rows, key=lambda row: row[1].heading)
        return [
            Group(heading, [Row(one, place, True, True) for place, one in run])
            for heading, run in runs
        ]
    known = headings.of_meeting(meeting, items)
    return [
        Group(
            heading,
            [
                Row(
                    one,
                    place,
                    place == 1 and heading == known[0],
                    place == len(items) and heading == known[-1],
                )
                for place, one in rows
                if one.heading == heading
            ],
        )
        for heading in known
    ]


def _waiting(meeting: Meeting) -> list[Treatment]:
    """The approved cases that wait for this body, oldest first."""
    ready = Treatment.objects.filter(body=meeting.body_id, state=Treatment.READY)
    return list(ready.select_related("case__unit", "presentation").order_by("pk"))


def published(meeting: Meeting) -> list[Publication]:
    """What was let out of the meeting, oldest first."""
    of_it = Publication.objects.filter(
        meeting__body=meeting.body_id,
        meeting__date=meeting.date,
        meeting__start_time=meeting.start_time,
    )
    own = of_it.filter(source_id=OWN).select_related("meeting__body__municipality")
    return list(own.defer("packed").order_by("pk"))


def others(meeting: Meeting) -> list[Body]:
    """The other bodies of the municipality, by name."""
    own = Body.objects.filter(municipality=meeting.body.municipality_id)
    return list(own.exclude(pk=meeting.body_id).order_by("name"))


def _take_in(request: HttpRequest, meeting: Meeting) -> str:
    treatment = get_object_or_404(Treatment, pk=_number(request, "treatment"))
    item = agenda.take_in(request.user, meeting, treatment)
    return _("»%(title)s« er taget på dagsordenen.") % {"title": item.title}


def _add(request: HttpRequest, meeting: Meeting) -> str:
    title = request.POST.get("title", "").strip()
    if not title:
        return _("Skriv punktets titel.")
    agenda.add_standing(request.user, meeting, title[:500])
    return _("»%(title)s« er tilføjet.") % {"title": title}


def _add_usual(request: HttpRequest, meeting: Meeting) -> str:
    agenda.add_usual(request.user, meeting)
    return _("De faste punkter er tilføjet.")


def _number_from(request: HttpRequest, meeting: Meeting) -> str:
    first = _number(request, "first_number", 0)
    if not 1 <= first <= _HIGHEST:
        raise Refused(Words("Skriv et nummer fra 1.", "Write a number from 1."))
    agenda.number_from(request.user, meeting, first)
    return _("Det første punkt får nr. %(number)s.") % {"number": first}


def _move(request: HttpRequest, meeting: Meeting) -> str:
    """Up, down or elsewhere: `up:7`, `down:7`, or `move:7` with `position` and `heading`."""
    way, _colon, key = request.POST["do"].partition(":")
    item = item_of(meeting, key)
    if way == "move":
        heading = request.POST.get("heading")
        agenda.move(request.user, item, _number(request, "position", item.position), heading)
    else:
        agenda.step(request.user, item, up=way == "up")
    item.refresh_from_db()
    told = {
        "title": item.title,
        "place": item.position,
        "count": meeting.items.count(),
        "heading": item.heading,
    }
    if item.heading:
        return _("»%(title)s« står nu som nr. %(place)s af %(count)s under »%(heading)s«.") % told
    return _("»%(title)s« står nu som nr. %(place)s af %(count)s.") % told


def _take_off(request: HttpRequest, meeting: Meeting) -> str:
    _deed, _colon, key = request.POST["do"].partition(":")
    item = item_of(meeting, key)
    agenda.take_off(request.user, item, request.POST.get("reason", "").strip())
    return _("»%(title)s« er taget af dagsordenen.") % {"title": item.title}


def _move_case(request: HttpRequest, meeting: Meeting) -> str:
    _deed, _colon, key = request.POST["do"].partition(":")
    return move_case(request, item_of(meeting, key))


def _announce(request: HttpRequest, meeting: Meeting) -> str:
    _deed, _colon, key = request.POST["do"].partition(":")
    item, chosen = item_of(meeting, key), request.POST.get("person", "")
    if not chosen.isdecimal():
        raise Http404
    person = get_object_or_404(Person, pk=chosen)
    impartiality.announce(request.user, item, person, request.POST.get("ground", ""))
    return _("Udvalget tager på mødet stilling til, om %(name)s er inhabil.") % {"name": person}


def _conflict(meeting: Meeting, key: str) -> Conflict:
    if not key.isdecimal():
        raise Http404
    known = Conflict.objects.filter(item__meeting=meeting)
    return get_object_or_404(known.select_related("person", "item__meeting__body"), pk=key)


def _take_back(request: HttpRequest, meeting: Meeting) -> str:
    conflict = _conflict(meeting, request.POST["do"].partition(":")[2])
    impartiality.take_back(request.user, conflict)
    return _("Spørgsmålet om habilitet er taget tilbage.")


def _call_in(request: HttpRequest, meeting: Meeting) -> str:
    return call_in(request, _conflict(meeting, request.POST["do"].partition(":")[2]))


def _number(request: HttpRequest, name: str, otherwise: int | None = None) -> int:
    value = request.POST.get(name, "")
    if value.isdecimal():
        return int(value)
    if otherwise is None:
        raise Http404
    return otherwise


_DEEDS: Final[Mapping[str, Deed]] = {
    "take_in": _take_in,
    "add": _add,
    "add_usual": _add_usual,
    "number_from": _number_from,
    "up": _move,
    "down": _move,
    "move": _move,
    "take_off": _take_off,
    "move_case": _move_case,
    "announce": _announce,
    "take_back": _take_back,
    "call_in": _call_in,
}


@require_http_methods(["GET", "POST"])
def publishing(request: HttpRequest, meeting: int) -> HttpResponse:
    """What a proofreader would stop at, and then letting the agenda out."""
    found = meeting_of(request, meeting, "meeting.publish")
    if request.method == "POST":
        could, told = done(request, found, {"publish": _publish, "accept": _accept})
        tell(request, could, told)
        stays = not could or request.POST["do"] == "accept"
        back = reverse("publishing", args=[found.pk]) if stays else found.get_absolute_url()
        return HttpResponseRedirect(back)
    document = documents.agenda_to_be(found)
    planned = found.state == Meeting.PLANNED
    items = found.items.all()
    return meeting_page(
        request,
        "meetings/publishing.html",
        found,
        planned=planned,
        document=document,
        remarks=proofreading.standing(found, document),
        acceptances=found.acceptances.select_related("accepted_by").order_by("accepted_at"),
        new=[item for item in items if item.number is None],
        withdrawn=[item for item in items if item.withdrawn],
        closed=[item for item in items if item.closed and not item.withdrawn],
        due=season.agenda_due(found, timezone.localdate()),
    )


def _accept(request: HttpRequest, meeting: Meeting) -> str:
    given, document = request.POST, documents.agenda_to_be(meeting)
    key, reason = given.get("key", ""), given.get("reason", "")
    proofreading.accept(request.user, meeting, document, key, reason)
    return _("Bemærkningen er besvaret.")


def _publish(request: HttpRequest, meeting: Meeting) -> str:
    first = meeting.state == Meeting.PLANNED
    reason = request.POST.get("reason", "").strip()
    if first and season.last_day(meeting) < timezone.localdate() and not reason:
        raise Refused(
            Words(
                "Dagsordenen går ud efter fristen. Skriv, hvorfor; grunden kommer i loggen.",
                "The agenda goes out after its last day. Write why; the reason is logged.",
            )
        )
    agenda.publish(request.user, meeting, reason)
    if first:
        return _("Dagsordenen er offentliggjort og låst.")
    return _("Ændringerne er offentliggjort.")


@require_safe
def printed_agenda(request: HttpRequest, meeting: int) -> HttpResponse:
    """The whole agenda as it will be printed, with what is closed."""
    found = meeting_of(request, meeting)
    document = documents.agenda_to_be(found, reading="whole")
    return as_pdf(
        to_pdf(document, documents.style_of(found), documents.pictures(document)), "dagsorden"
    )


def as_pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF to look at."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
