"""The page where the administration answers what a member has asked."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sagsgang.cases.pages.page import DESK, WRONG, refusals_in, work_page
from sagsgang.meetings import questions
from sagsgang.meetings.models import Question


class Answer(forms.Form):
    """The administration's answer."""

    text = forms.CharField(
        label=gettext_lazy("Svar"),
        help_text=gettext_lazy("Alle, der må læse punktet, ser svaret."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=20_000,
    )


def question(request: HttpRequest, question: int) -> HttpResponse:
    """A question with the form to answer it, for those who can."""
    found = get_object_or_404(
        Question.objects.select_related(
            "item__meeting__body", "item__presentation__treatment__case", "asked_by", "answered_by"
        ),
        pk=question,
    )
    questions.demand_may_answer(request.user, found)
    form = Answer(request.POST or None, initial={"text": found.answer})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form, "text"):
            questions.answer(request.user, found, form.cleaned_data["text"])
        if form.is_valid():
            messages.success(request, _("Svaret er sendt og står nu ved punktet."))
            return HttpResponseRedirect(DESK)
    return work_page(
        request,
        "meetings/question.html",
        _("Spørgsmål til punkt %(number)s") % {"number": found.item.number},
        status=WRONG if form.errors else 200,
        question=found,
        form=form,
    )
