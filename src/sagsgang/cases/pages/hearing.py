"""Hearings on the page of a case: sent out, answered, ended, taken back."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sagsgang.cases import hearing
from sagsgang.cases.models import Case, Hearing, Reply
from sagsgang.cases.reading import demand_readable
from sagsgang.cases.refused import Refused
from sagsgang.minutes.words import Words

from . import case as case_page
from .attaching import sent
from .page import WRONG, in_language


def _button(
    act: Callable[[HttpRequest, int], tuple[Case, Callable[[], str]]],
) -> Callable[[HttpRequest, int], HttpResponse]:
    """A view of a form: does what is asked and tells so, or shows the case with what refuses it."""

    @require_POST
    @wraps(act)
    def answered(request: HttpRequest, pk: int) -> HttpResponse:
        found, deed = act(request, pk)
        demand_readable(request.user, found)
        try:
            told = deed()
        except Refused as refused:
            return case_page.shown(
                request,
                found,
                status=WRONG,
                refusal=in_language(refused.words),
                typed=request.POST,
            )
        messages.success(request, told)
        return HttpResponseRedirect(f"{found.get_absolute_url()}#hoering")

    return answered


@_button
def send_out(request: HttpRequest, pk: int) -> tuple[Case, Callable[[], str]]:
    """A new round."""
    found = case_page.case_of(request, pk)

    def deed() -> str:
        given = request.POST
        hearing.send_out(
            request.user,
            found,
            given.get("subject", ""),
            given.get("recipients", "").splitlines(),
            sent_on=_day(request, "sent_on"),
            deadline=_day(request, "deadline"),
        )
        return _("Høringen er skrevet ind.")

    return found, deed


@_button
def answer(request: HttpRequest, pk: int) -> tuple[Case, Callable[[], str]]:
    """What a recipient answered."""
    reply = _reply(pk)

    def deed() -> str:
        file = request.FILES.get("file")
        hearing.answer(
            request.user,
            reply,
            _text(request, "text"),
            answered_on=_day(request, "answered_on"),
            closed="closed" in request.POST,
            file=(file.name or "", file.read()) if file else None,
            before=_text(request, "before") if "before" in request.POST else None,
        )
        return _("Svaret fra %(name)s er gemt.") % {"name": reply.recipient}

    return reply.hearing.case, deed


@_button
def end(request: HttpRequest, pk: int) -> tuple[Case, Callable[[], str]]:
    """Waits no more."""
    found = _hearing(pk)

    def deed() -> str:
        hearing.end(request.user, found)
        return _("Høringen er afsluttet.")

    return found.case, deed


@_button
def take_back(request: HttpRequest, pk: int) -> tuple[Case, Callable[[], str]]:
    """Asks no more, and tells those who were asked."""
    found = _hearing(pk)

    def deed() -> str:
        untold = hearing.take_back(request.user, found, _text(request, "reason"))
        if not untold:
            return _("Høringen er trukket tilbage, og alle har fået besked på mail.")
        names = ", ".join(one.recipient for one in untold)
        return _("Høringen er trukket tilbage. Giv selv besked til: %(names)s.") % {"names": names}

    return found.case, deed


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of an answer."""
    reply = _reply(pk)
    demand_readable(request.user, reply.hearing.case)
    if reply.file is None:
        raise Http404
    return sent(reply.file, reply.name)


def _hearing(pk: int) -> Hearing:
    found = Hearing.objects.select_related("case__municipality", "case__unit").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _reply(pk: int) -> Reply:
    rows = Reply.objects.select_related(
        "hearing__case__municipality", "hearing__case__unit", "hearing__case__officer", "file"
    )
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _text(request: HttpRequest, name: str) -> str:
    return "\n".join(request.POST.get(name, "").split("\r\n"))


def _day(request: HttpRequest, name: str) -> datetime.date:
    try:
        day = parse_date(request.POST.get(name, ""))
    except ValueError:
        day = None
    if day is None:
        raise Refused(Words("Skriv en dato, der findes.", "Write a date that exists."))
    return day
