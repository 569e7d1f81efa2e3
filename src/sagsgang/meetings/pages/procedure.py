"""The page where a committee's rules of procedure are set."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sagsgang.bodies.models import Body
from sagsgang.cases.pages.page import WRONG, refusals_in, work_page
from sagsgang.cases.rights import demand
from sagsgang.meetings import procedure as rules
from sagsgang.meetings.models import RulesOfProcedure
from sagsgang.meetings.rules.days import notice

from .calendar import trail

_NUMBERING: Final = (
    (RulesOfProcedure.MEETING, gettext_lazy("Forfra ved hvert møde")),
    (RulesOfProcedure.YEAR, gettext_lazy("Fortløbende gennem året")),
    (RulesOfProcedure.TERM, gettext_lazy("Fortløbende gennem valgperioden")),
)
_TAKES: Final = (
    ("", gettext_lazy("det, du selv flytter herhen")),
    ("cases", gettext_lazy("sager til beslutning")),
    ("orientation", gettext_lazy("sager til orientering")),
    ("closed", gettext_lazy("lukkede punkter")),
)
_MOST: Final = 12


class Procedure(forms.Form):
    """How items are numbered, and when the agenda is out."""

    numbering = forms.ChoiceField(
        label=gettext_lazy("Punkternes numre"), choices=_NUMBERING, widget=forms.RadioSelect
    )
    notice = forms.IntegerField(
        label=gettext_lazy("Arbejdsdage fra dagsorden til møde"),
        min_value=0,
        max_value=30,
        required=False,
    )


class Heading(forms.Form):
    """A heading of the agenda, and what comes under it by itself."""

    title = forms.CharField(label=gettext_lazy("Overskrift"), max_length=200, required=False)
    takes = forms.ChoiceField(
        label=gettext_lazy("Kommer automatisk under overskriften"), choices=_TAKES, required=False
    )


Headings = forms.formset_factory(
    Heading, extra=2, can_order=True, max_num=_MOST, absolute_max=_MOST
)


@require_http_methods(["GET", "POST"])
def procedure(request: HttpRequest, body: int) -> HttpResponse:
    """What the committee has decided, as its secretary sets it."""
    found = get_object_or_404(Body.objects.select_related("procedure"), pk=body)
    demand(request.user, "meeting.run", found)
    now = RulesOfProcedure.of(found)
    initial = {"numbering": now.numbering, "notice": now.notice}
    form = Procedure(request.POST or None, initial=initial)
    headings = Headings(request.POST or None, initial=now.headings)
    law = notice(timezone.localdate())
    form.fields["notice"].help_text = _("Tomt felt: lovens %(days)s dage.") % {"days": law}
    if request.method == "POST" and form.is_valid() and headings.is_valid():
        with refusals_in(form):
            rules.decide(request.user, found, **_decided(form, headings))
            messages.success(request, _("Forretningsordenen er gemt."))
            return HttpResponseRedirect(f"{reverse('meetings')}?udvalg={found.pk}")
    return work_page(
        request,
        "meetings/procedure.html",
        _("Forretningsorden"),
        trail=trail(),
        status=WRONG if form.errors or any(headings.errors) else 200,
        form=form,
        headings=headings,
        body=found,
    )


def _decided(form: Procedure, headings: Any) -> dict[str, Any]:
    rows = [one.cleaned_data for one in headings.ordered_forms if one.cleaned_data.get("title")]
    return {
        "numbering": form.cleaned_data["numbering"],
        "notice": form.cleaned_data["notice"],
        "headings": [(one["title"].strip(), one["takes"]) for one in rows],
    }
