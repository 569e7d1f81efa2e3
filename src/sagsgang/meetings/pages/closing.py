"""The end of a meeting: what is missing, closing it, its minutes, and corrections afterwards."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.archive.sealed import trial_root
from sagsgang.cases import attachments
from sagsgang.meetings import documents, kept_minutes, proofreading, sealing, session, signing
from sagsgang.meetings.models import Correction, Dissent, Meeting
from sagsgang.minutes.writers.pdf import to_pdf

from .agenda import as_pdf, published
from .kept_minutes import names_of_seals, on_paper
from .meeting import done, item_of, meeting_of, meeting_page, tell


@require_http_methods(["GET", "POST"])
def closing(request: HttpRequest, meeting: int) -> HttpResponse:
    """What is missing before the meeting can be closed, and what is done once it is."""
    found = meeting_of(request, meeting)
    if request.method == "POST":
        deeds = {
            "close": _close, "publish": _publish, "correct": _correct, "seal": _seal,
            "accept": _accept,
        }  # fmt: skip
        tell(request, *done(request, found, deeds))
        return HttpResponseRedirect(reverse("closing", args=[found.pk]))
    return meeting_page(request, "meetings/closing.html", found, **_content(found))


def _content(meeting: Meeting) -> dict[str, Any]:
    items = list(meeting.items.select_related("presentation"))
    dissents = Dissent.objects.filter(item__meeting=meeting, approved_at=None)
    over = meeting.closed_at is not None
    return {
        "over": over,
        "undecided": [one for one in items if not one.decided_at and not one.withdrawn],
        "decided": [one for one in items if one.decided_at],
        "dissents": dissents.select_related("person", "item"),
        "remarks": proofreading.standing(meeting, kept_minutes.reading_of(meeting))
        if meeting.opened_at
        else [],
        "acceptances": meeting.acceptances.select_related("accepted_by").order_by("accepted_at"),
        "answers": signing.answers(meeting) if over else [],
        "corrections": Correction.objects.filter(item__meeting=meeting)
        .select_related("item", "author")
        .order_by("at"),
        "seals": names_of_seals(meeting),
        "unsealed": meeting in sealing.due(),
        "trial_seal": trial_root() is not None,
        "published": [one for one in published(meeting) if one.kind == "minutes"],
    }


def _accept(request: HttpRequest, meeting: Meeting) -> str:
    given, document = request.POST, kept_minutes.reading_of(meeting)
    key, reason = given.get("key", ""), given.get("reason", "")
    proofreading.accept(request.user, meeting, document, key, reason)
    return _("Bemærkningen er besvaret.")


def _close(request: HttpRequest, meeting: Meeting) -> str:
    session.close(request.user, meeting)
    return _("Mødet er slut, og beslutningerne er låst. Referatet kan offentliggøres.")


def _publish(request: HttpRequest, meeting: Meeting) -> str:
    session.publish_minutes(request.user, meeting, request.POST.get("reason", "").strip())
    return _("Referatet er offentliggjort.")


def _correct(request: HttpRequest, meeting: Meeting) -> str:
    item = item_of(meeting, request.POST.get("item"))
    session.correct(
        request.user, item, request.POST.get("text", ""), request.POST.get("reason", "")
    )
    if meeting.state == Meeting.CLOSED:
        return _(
            "Rettelsen er tilføjet, og alle, der deltog, bliver bedt om at godkende referatet, som "
            "det nu er. Offentliggør det igen, så rettelsen kommer ud."
        )
    return _("Rettelsen er tilføjet. Offentliggør referatet igen, så den kommer ud.")


def _seal(request: HttpRequest, meeting: Meeting) -> str:
    sealing.seal(request.user, meeting, request.POST.get("reason", "").strip())
    return _("Referatet er forseglet og ligger på mødets offentlige side.")


@require_safe
def sealed_minutes(request: HttpRequest, meeting: int, version: int) -> HttpResponse:
    """The whole minutes as they were sealed, with what is closed."""
    seal = get_object_or_404(meeting_of(request, meeting).seals, version=version)
    return as_pdf(attachments.bytes_of(seal.file.sha256), "referat-forseglet")


@require_safe
def printed_minutes(request: HttpRequest, meeting: int) -> HttpResponse:
    """The whole minutes as they are printed, with what is closed."""
    found = meeting_of(request, meeting)
    if found.state in Meeting.OVER:
        return as_pdf(on_paper(kept_minutes.latest(found)), "referat")
    document = documents.minutes(found, reading="whole")
    return as_pdf(
        to_pdf(document, documents.style_of(found), documents.pictures(document)), "referat"
    )
