"""The page where minutes are approved: what is signed, who has answered, one's own answer."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sagsgang.archive.pages.page import Link
from sagsgang.cases.pages.page import DESK, WRONG, refusals_in, work_page
from sagsgang.cases.rights import Forbidden, may
from sagsgang.meetings import signing
from sagsgang.meetings.attendance import took_part
from sagsgang.meetings.insight import Insight, insight
from sagsgang.meetings.kept_minutes import latest
from sagsgang.meetings.models import KeptMinutes, Meeting

from .kept_minutes import points

_NEVER: Final = dt.datetime.fromtimestamp(0, dt.UTC)


class Refusal(forms.Form):
    """Why a member does not approve, or why the secretary makes the minutes final."""

    reason = forms.CharField(
        label=gettext_lazy("Hvorfor?"),
        help_text=gettext_lazy("Udvalget ser, hvad du skriver."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=5_000,
    )


def page(request: HttpRequest, meeting: int) -> HttpResponse:
    """The minutes with everybody's answers; an answer demands that one signs in again."""
    found = get_object_or_404(Meeting.objects.select_related("body__municipality"), pk=meeting)
    if request.method == "POST":
        return _answered(request, found)
    return _shown(request, found, Refusal())


@reauthentication_required
def _answered(request: HttpRequest, found: Meeting) -> HttpResponse:
    form = Refusal(request.POST)
    form.full_clean()
    deed = request.POST.get("do")
    with refusals_in(form, None if deed == "sign" else "reason"):
        told = _done(request, found, deed, form.cleaned_data.get("reason", ""))
    if not form.is_valid():
        found.refresh_from_db()
        return _shown(request, found, form)
    messages.success(request, told)
    return HttpResponseRedirect(_next(request, found))


def _next(request: HttpRequest, found: Meeting) -> str:
    """The page again; the desk, for one who has left the body and may not read final minutes."""
    found.refresh_from_db()
    try:
        insight(request.user, found)
    except Forbidden:
        return DESK
    return request.path


def _done(request: HttpRequest, found: Meeting, deed: str | None, reason: str) -> str:
    user, proof = request.user, signed_in(request)
    given = request.POST.get("corrections", "")
    read = int(given) if given.isdecimal() else None
    if deed == "refuse":
        signing.refuse(user, found, proof, reason, corrections=read)
        return _("Dit svar er gemt, og udvalget kan se det.")
    if deed == "final":
        signing.make_final(user, found, reason)
        return _("Referatet er endeligt.")
    signing.sign(user, found, proof, corrections=read)
    return _("Du har godkendt referatet.")


def signed_in(request: HttpRequest) -> signing.SignedIn:
    """When the one who asks last showed who they are: by password, code or the municipality."""
    return signing.SignedIn(request.user.pk, request.confirmed_at() or _NEVER)


def _shown(request: HttpRequest, found: Meeting, form: Refusal) -> HttpResponse:
    seen = insight(request.user, found)
    kept = latest(found) if found.state in Meeting.OVER else None
    answers = signing.answers(found) if kept else []
    return work_page(
        request,
        "meetings/signing.html",
        _("Godkend referatet"),
        trail=(Link(found.body.name, f"{found.get_absolute_url()}laes/"),),
        status=WRONG if form.errors else 200,
        meeting=found,
        form=form,
        kept=kept,
        **(_content(seen, kept) if kept else {}),
        answers=answers,
        approved=sum(one.state == "approved" for one in answers),
        deadline=signing.deadline(found),
        **_own(request, found, answers),
    )


def _content(seen: Insight, kept: KeptMinutes) -> dict[str, Any]:
    """The minutes as they are kept: who was there, and the items."""
    members = kept.whole.members
    return {
        "there": ", ".join(one.name for one in members if one.present),
        "away": ", ".join(one.name for one in members if one.present is False),
        "points": points(seen, kept),
    }


def _own(request: HttpRequest, found: Meeting, answers: list[signing.Answer]) -> dict[str, Any]:
    """What the reader has answered, and can do."""
    user = request.user
    own = next((one for one in answers if one.person.pk == user.person_id), None)
    waiting = any(one.state == "waiting" for one in answers)
    refused = any(one.state == "refused" for one in answers)
    closed = found.state == Meeting.CLOSED
    ends = closed and refused and not waiting and may(user, "meeting.publish", found.body)
    fresh = timezone.now() - signed_in(request).at <= signing.RECENT
    return {
        "own": own,
        "signs": closed and own is not None and own.state == "waiting",
        "absent": closed and user.person_id is not None and user.person_id not in took_part(found),
        "ends": ends,
        "fresh": fresh,
        "can_confirm": bool(get_reauthentication_flows(user)),
        "reminders": found.reminders.filter(user=user),
    }
