"""The list of cases: found by number and title, narrowed by state, unit and body."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sagsgang.bodies.models import Body
from sagsgang.cases.models import Case, Treatment, Unit, User
from sagsgang.cases.reading import readable
from sagsgang.cases.rights import serves
from sagsgang.cases.wording import STATES

from .page import work_page

EACH: Final = 30
MINE: Final = "mine"


class Narrowed(forms.Form):
    """What the list is narrowed by."""

    q = forms.CharField(label=gettext_lazy("Søg i nummer og titel"), required=False, max_length=200)
    stand = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    enhed = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Enhed"), required=False)
    udvalg = forms.ModelChoiceField(
        Body.objects.none(), label=gettext_lazy("Udvalg"), required=False
    )
    hvis = forms.ChoiceField(label=gettext_lazy("Sagsbehandler"), required=False)

    def __init__(self, user: User, data: Any) -> None:
        super().__init__(data)
        everything = ("", _("Alle"))
        self.fields["stand"].choices = [everything, *STATES.items()]
        self.fields["hvis"].choices = [everything, (MINE, _("Mine"))]
        cases = readable(user)
        self.fields["enhed"].queryset = Unit.objects.filter(pk__in=cases.values("unit"))
        self.fields["udvalg"].queryset = Body.objects.filter(
            pk__in=cases.values("treatments__body")
        )
        for name in ("enhed", "udvalg"):
            self.fields[name].empty_label = _("Alle")

    def narrow(self, found: QuerySet[Case], user: User) -> QuerySet[Case]:
        """The cases that answer what is asked; a field that is not understood asks nothing."""
        self.is_valid()
        asked = self.cleaned_data
        for word in (asked.get("q") or "").split():
            found = found.filter(Q(title__icontains=word) | Q(number__icontains=word))
        if asked.get("stand"):
            here = Treatment.objects.filter(state=asked["stand"])
            found = found.filter(pk__in=here.values("case"))
        if asked.get("enhed"):
            found = found.filter(unit=asked["enhed"])
        if asked.get("udvalg"):
            found = found.filter(
                pk__in=Treatment.objects.filter(body=asked["udvalg"]).values("case")
            )
        if asked.get("hvis") == MINE:
            found = found.filter(officer=user)
        return found


def cases(request: HttpRequest) -> HttpResponse:
    """The cases that one may read, the latest first."""
    form = Narrowed(request.user, request.GET)
    found = form.narrow(readable(request.user), request.user)
    ways = Prefetch("treatments", Treatment.objects.select_related("body").order_by("order"))
    rows = found.select_related("unit", "officer").prefetch_related(ways).order_by("-created_at")
    page_of = Paginator(rows, EACH).get_page(request.GET.get("side"))
    return work_page(
        request,
        "cases/cases.html",
        _("Sager"),
        form=form,
        found=page_of,
        narrowed=any(request.GET.get(name) for name in form.fields),
        may_create=serves(request.user, "case.create"),
    )
