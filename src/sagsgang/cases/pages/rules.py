"""The page of the house's rules: what the municipality has decided, for each that works here."""

from __future__ import annotations

from typing import ClassVar, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sagsgang.archive.pages.page import Link
from sagsgang.bodies.models import Municipality
from sagsgang.cases import house_rules
from sagsgang.cases.models import HouseRules
from sagsgang.cases.rights import demand

from .page import WRONG, work_page

_PEOPLE: Final = "/arbejde/folk/"


class Rules(forms.ModelForm):
    """The municipality's choices."""

    signing_days = forms.IntegerField(
        label=gettext_lazy("Frist for at godkende et referat, i arbejdsdage"),
        help_text=gettext_lazy("Bagefter er referatet endeligt. Tomt: Alle skal svare."),
        required=False,
        min_value=1,
        max_value=60,
    )

    class Meta:
        model = HouseRules
        fields: ClassVar = ["own_approval", "one_approver", "signing_days"]
        help_texts: ClassVar = {"own_approval": "", "one_approver": ""}
        labels: ClassVar = {
            "own_approval": gettext_lazy("Man må godkende en sag, man selv har skrevet"),
            "one_approver": gettext_lazy(
                "Den samme må godkende to trin i træk, for eksempel som leder og direktør"
            ),
        }


def rules(request: HttpRequest) -> HttpResponse:
    """The rules of the municipality that `kommune` names, or of the first that works here."""
    demand(request.user, "people.manage")
    known = Municipality.objects.filter(units__isnull=False).distinct().order_by("name")
    asked = request.GET.get("kommune")
    found = known.filter(slug=asked).first() if asked else known.first()
    if asked and found is None:
        raise Http404
    form = Rules(request.POST or None, instance=HouseRules.of(found)) if found else None
    if request.method == "POST" and form and form.is_valid():
        house_rules.decide(request.user, found, **form.cleaned_data)
        messages.success(request, _("Husets regler er gemt."))
        return HttpResponseRedirect(request.get_full_path())
    return work_page(
        request,
        "cases/rules.html",
        _("Husets regler"),
        trail=(Link(_("Folk og rettigheder"), _PEOPLE),),
        status=WRONG if form and form.errors else 200,
        form=form,
        municipality=found,
        others=known.exclude(pk=found.pk) if found else (),
    )
