"""What is done with a presentation by a button: sent, approved, returned, withdrawn, accepted."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sagsgang.cases import approval, drafting, proofreading
from sagsgang.cases.models import Approval, Presentation, Treatment
from sagsgang.cases.reading import presentation_for
from sagsgang.cases.refused import Refused
from sagsgang.minutes.words import Words

from . import writing

Action = Callable[[HttpRequest, Presentation], str]


def _button(act: Action) -> Callable[[HttpRequest, int], HttpResponse]:
    """A view of a button: does it and tells so, or shows the page again with what refuses it."""

    @require_POST
    @wraps(act)
    def answered(request: HttpRequest, pk: int) -> HttpResponse:
        try:
            found = presentation_for(request.user, pk)
        except Presentation.DoesNotExist:
            raise Http404 from None
        try:
            told = act(request, found)
        except Refused as refused:
            return writing.shown_again(request, pk, refused)
        messages.success(request, told)
        return HttpResponseRedirect(found.get_absolute_url())

    return answered


@_button
def send(request: HttpRequest, found: Presentation) -> str:
    """Sends the draft for approval."""
    approval.send(request.user, found)
    return _("Sagen er sendt til godkendelse.")


@_button
def answer(request: HttpRequest, found: Presentation) -> str:
    """Approves, or returns with a comment, what the page showed: a later step asks anew."""
    comment = request.POST.get("comment", "")
    step = found.approvals.filter(answer=Approval.ASKED).order_by("-pk").first()
    returned = request.POST.get("answer") == Approval.RETURNED
    if returned and found.treatment.state == Treatment.READY:
        approval.reopen(request.user, found, comment)
        return _("Sagen er sendt retur.")
    if step is None or request.POST.get("step", str(step.pk)) != str(step.pk):
        raise Refused(
            Words(
                "Nogen har allerede svaret. Læs sagen, som den nu er, og svar igen, hvis du skal.",
                "Somebody has answered already. Read the case as it is now, and answer if asked.",
            )
        )
    if returned:
        approval.give_back(request.user, step, comment)
        return _("Sagen er sendt retur.")
    later = approval.approve(request.user, step, comment)
    if later is None:
        return _("Godkendt. Sagen er klar til dagsordenen.")
    return _("Godkendt. Sagen er sendt videre.")


@_button
def withdraw(request: HttpRequest, found: Presentation) -> str:
    """Takes the treatment back."""
    drafting.withdraw(request.user, found.treatment, request.POST.get("reason", ""))
    return _("Sagen er trukket tilbage.")


@_button
def accept(request: HttpRequest, found: Presentation) -> str:
    """Lets a proofreader's remark stand, with a reason."""
    given = request.POST
    proofreading.accept(request.user, found, given.get("key", ""), given.get("reason", ""))
    return _("Bemærkningen er besvaret.")
