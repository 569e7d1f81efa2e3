"""The members of a committee and their days, entered by those who administer the house."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sagsgang.archive.pages.page import Link
from sagsgang.bodies.models import Body, Membership, Person
from sagsgang.bodies.terms import term_of
from sagsgang.cases import seats
from sagsgang.cases.pages.page import WRONG, refusals_in, work_page
from sagsgang.cases.rights import demand
from sagsgang.minutes.danish.alphabet import in_order

from .people import WAITS

_ACTION: Final = "people.manage"
_PARTY: Final = gettext_lazy("Listens bogstav, for eksempel A.")


def _day(label: Any, hint: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, required=False, widget=widget)


class NewMember(forms.Form):
    """Somebody who gets a seat."""

    name = forms.CharField(
        label=gettext_lazy("Navn"),
        help_text=gettext_lazy("Det fulde navn, som det står i referaterne."),
        max_length=120,
    )
    party = forms.CharField(
        label=gettext_lazy("Parti"), help_text=_PARTY, max_length=20, required=False
    )
    since = _day(gettext_lazy("Første dag"), gettext_lazy("Tom: hele valgperioden."))


class Days(forms.Form):
    """The days of a seat, and who has it afterwards."""

    since = _day(gettext_lazy("Første dag"), gettext_lazy("Tom: fra valgperiodens begyndelse."))
    until = _day(gettext_lazy("Sidste dag"), gettext_lazy("Tom: valgperioden ud."))
    successor = forms.CharField(
        label=gettext_lazy("Hvem indtræder i stedet?"),
        help_text=gettext_lazy("Det fulde navn. Medlem fra dagen efter den sidste dag."),
        max_length=120,
        required=False,
    )
    party = forms.CharField(
        label=gettext_lazy("Efterfølgerens parti"),
        help_text=_PARTY,
        max_length=20,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A successor begins when somebody has left."""
        given = super().clean()
        if given.get("successor") and not given.get("until"):
            self.add_error("until", _("Skriv den sidste dag, så efterfølgeren kan begynde."))
        return given


def members(request: HttpRequest, pk: int) -> HttpResponse:
    """The members of a body, present, coming and former, and a form for one more."""
    demand(request.user, _ACTION)
    body = _body(pk)
    form = NewMember(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        counts = False
        with refusals_in(form, "name"):
            counts = seats.begin(
                request.user, body, given["name"], party=given["party"], since=given["since"]
            )
        if form.is_valid():
            messages.success(request, _("Medlemmet er skrevet ind.") if counts else WAITS)
            return HttpResponseRedirect(request.path)
    today = timezone.localdate()
    rows = body.memberships.filter(term__gte=term_of(str(today))).select_related("person__account")
    found = sorted(rows, key=lambda one: (one.term, in_order(one.person.name)))
    return work_page(
        request,
        "people/members.html",
        str(body),
        trail=_trail(),
        status=WRONG if form.errors else 200,
        body=body,
        here=[one for one in found if one.until is None or one.until >= today],
        former=[one for one in found if one.until and one.until < today],
        form=form,
        names=_names(body),
        today=today,
    )


def seat(request: HttpRequest, pk: int) -> HttpResponse:
    """A seat: its days, and who has it afterwards."""
    demand(request.user, _ACTION)
    rows = Membership.objects.select_related("person__account", "body__municipality")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    own = {"since": found.since, "until": found.until}
    form = Days(request.POST or None, initial=own)
    back = reverse("members", args=[found.body_id])
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        counts = False
        with refusals_in(form):
            counts = seats.change(
                request.user,
                found,
                given["since"],
                given["until"],
                successor=given["successor"],
                party=given["party"],
            )
        if form.is_valid():
            messages.success(request, _("Dagene er gemt.") if counts else WAITS)
            return HttpResponseRedirect(back)
    return work_page(
        request,
        "people/seat.html",
        found.person.name,
        trail=(*_trail(), Link(str(found.body), back)),
        status=WRONG if form.errors else 200,
        seat=found,
        form=form,
        names=_names(found.body),
    )


def _body(pk: int) -> Body:
    found = Body.objects.select_related("municipality").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _trail() -> tuple[Link, ...]:
    return (Link(_("Folk og rettigheder"), reverse("people")),)


def _names(body: Body) -> list[str]:
    """The names of those who sit in the municipality, to choose among while one is written."""
    sitting = Person.objects.filter(
        municipality=body.municipality_id, memberships__in=seats.lasting()
    )
    return sorted(set(sitting.values_list("name", flat=True)), key=in_order)
