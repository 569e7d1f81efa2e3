"""What the pages of one meeting have in common: finding it, its steps, what is done there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from sagsgang.archive.pages.wording import day_said
from sagsgang.cases.models import User
from sagsgang.cases.pages.page import in_language, work_page
from sagsgang.cases.refused import Refused
from sagsgang.cases.rights import bodies, demand
from sagsgang.meetings.models import Item, Meeting

from .calendar import trail

Deed = Callable[[HttpRequest, Meeting], str]
"""Something done at a meeting; what it returns tells the person that it is done."""


class Step(NamedTuple):
    """One of the pages that a secretary goes through with a meeting."""

    name: str
    address: str
    here: bool


def meeting_of(request: HttpRequest, pk: int, action: str = "meeting.run") -> Meeting:
    """The meeting, for somebody who may.

    Raises:
        Forbidden: they may not.
        Http404: there is no such meeting.
    """
    meeting = get_object_or_404(
        Meeting.objects.select_related("body__municipality", "body__procedure"), pk=pk
    )
    demand(request.user, action, meeting.body)
    return meeting


def runs(user: User, pk: int) -> bool:
    """Whether the user runs the meeting; nobody runs one that there is not."""
    return Meeting.objects.filter(pk=pk, body__in=bodies(user, "meeting.run")).exists()


def item_of(meeting: Meeting, key: str | int | None) -> Item:
    """The meeting's item with that key.

    Raises:
        Http404: it has none.
    """
    if not str(key).isdecimal():
        raise Http404
    items = meeting.items.select_related("presentation__treatment__case", "meeting__body")
    return get_object_or_404(items, pk=key)


def name_of(meeting: Meeting) -> str:
    """`Jobudvalget 4. marts 2026`."""
    return f"{meeting.body} {day_said(meeting.date)}"


def meeting_page(
    request: HttpRequest, template: str, meeting: Meeting, status: int = 200, **content: Any
) -> HttpResponse:
    """A page of the meeting, with the steps that lead through it."""
    return work_page(
        request,
        template,
        name_of(meeting),
        trail=trail(),
        status=status,
        meeting=meeting,
        steps=_steps(request, meeting),
        **content,
    )


def _steps(request: HttpRequest, meeting: Meeting) -> list[Step]:
    names = (("meeting", _("Dagsorden")), ("live", _("Mødet")), ("closing", _("Referat")))
    found = []
    for name, word in names:
        address = reverse(name, args=[meeting.pk])
        here = request.path == address or (name != "meeting" and request.path.startswith(address))
        found.append(Step(word, address, here))
    return found


def done(request: HttpRequest, meeting: Meeting, deeds: Mapping[str, Deed]) -> tuple[bool, str]:
    """Does what the pressed button names; whether it could be done, and what to tell.

    Raises:
        Http404: there is no such deed.
    """
    name, _colon, _rest = request.POST.get("do", "").partition(":")
    if name not in deeds:
        raise Http404
    try:
        return True, deeds[name](request, meeting)
    except Refused as refused:
        return False, in_language(refused.words)


def tell(request: HttpRequest, could: bool, told: str) -> None:
    """Leaves what came of it for the next page."""
    if told:
        (messages.success if could else messages.error)(request, told)
