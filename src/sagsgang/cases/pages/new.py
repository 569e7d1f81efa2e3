"""A new case: number, title, unit, and the bodies that are to treat it, in order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sagsgang.archive import kle
from sagsgang.archive.pages.page import Link
from sagsgang.bodies.models import Body
from sagsgang.cases import drafting, numbers
from sagsgang.cases.models import Case, HouseRules, Treatment, Unit, User
from sagsgang.cases.rights import Forbidden, bodies, may, serves, units
from sagsgang.cases.wording import TREATS

from . import subjects
from .page import WRONG, refusals_in, work_page

_DOUBTFUL: Final = "doubtful"
STOPS: Final = 4
"""Bodies that can be named at once."""


class NewCase(forms.Form):
    """What a case begins with."""

    number = forms.CharField(
        label=gettext_lazy("Sagsnummer"),
        help_text=gettext_lazy("Som i jeres journalsystem, for eksempel 15.20.00-A00-4-26."),
        max_length=60,
    )
    title = forms.CharField(label=gettext_lazy("Titel"), max_length=500)
    kle = forms.CharField(
        label=gettext_lazy("KLE-nummer"),
        help_text=gettext_lazy("For eksempel 15.20.00."),
        max_length=80,
        required=False,
    )
    kle_anyway = forms.BooleanField(
        label=gettext_lazy("Brug KLE-nummeret alligevel"), required=False
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("Ansvarlig enhed"), empty_label=None
    )

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        self.user = user
        near = Q(municipality__in=bodies(user, "case.create").values("municipality"))
        mine = Unit.objects.filter(Q(pk__in=units(user, "case.create").values("pk")) | near)
        self.fields["unit"].queryset = mine.select_related("municipality")
        choices = Body.objects.filter(municipality__in=mine.values("municipality"))
        if kle.plan().subjects:
            self.fields["kle"].help_text = _("Skriv nummeret, eller søg med et ord.")
            self.fields["kle"].widget.attrs |= subjects.ASKING
        self._ask_for_number(
            HouseRules.objects.filter(municipality__in=mine.values("municipality"))
        )
        for place in range(1, STOPS + 1):
            self.fields[f"body_{place}"] = forms.ModelChoiceField(
                choices,
                label=_("Udvalg nr. %(place)s") % {"place": place},
                required=place == 1,
                empty_label=_("Vælg"),
            )
            self.fields[f"role_{place}"] = forms.ChoiceField(
                label=_("Hvad skal udvalg nr. %(place)s gøre?") % {"place": place},
                choices=list(TREATS.items()),
                initial=Treatment.DECIDING if place == 1 else Treatment.ORIENTATION,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """What was given, where the user may begin a case in the unit, or in the first body."""
        given = super().clean() or {}
        unit, body = given.get("unit"), given.get("body_1")
        if unit and body and not may(self.user, "case.create", unit, body):
            self.add_error(
                "body_1", _("Vælg et udvalg, du er sekretær for, eller en enhed, du hører til.")
            )
        self._look_up(given)
        return given

    @property
    def doubtful(self) -> bool:
        """Whether the KLE number is one that the municipality's KLE does not have in use."""
        return self.has_error("kle", _DOUBTFUL)

    def _look_up(self, given: dict[str, Any]) -> None:
        """Tells of a KLE number that is not in use, and finds the one where words were written."""
        written, unit = given.get("kle", ""), given.get("unit")
        if not written and unit:
            form = HouseRules.of(unit.municipality).case_numbers
            written = numbers.kle_in(form, given.get("number", ""))
        wrong = subjects.not_in_use(written)
        if wrong and not given.get("kle_anyway"):
            code = _DOUBTFUL if numbers.is_kle(written) else None
            self.add_error("kle", forms.ValidationError(wrong, code))

    def _ask_for_number(self, rules: Iterable[HouseRules]) -> None:
        """Asks for a number in the municipality's form; it may be left out where there is one."""
        forms_of = [one.case_numbers for one in rules if one.case_numbers]
        number = self.fields["number"]
        number.required = not forms_of
        if forms_of:
            number.help_text = _(
                "Skriv det som %(example)s, eller lad feltet stå tomt, så får sagen det næste."
            ) % {"example": numbers.example(forms_of[0])}

    @property
    def stops(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of each body: which, and what it is to do."""
        return [(self[f"body_{n}"], self[f"role_{n}"]) for n in range(1, STOPS + 1)]

    def way(self) -> list[tuple[Body, str]]:
        """The bodies that are named, in order, each with what it is to do."""
        given = self.cleaned_data
        return [
            (given[f"body_{n}"], given[f"role_{n}"] or Treatment.DECIDING)
            for n in range(1, STOPS + 1)
            if given.get(f"body_{n}")
        ]


def new_case(request: HttpRequest) -> HttpResponse:
    """The form, and on to the presentation when the case is made."""
    if not serves(request.user, "case.create"):
        raise Forbidden("case.create")
    form = NewCase(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form, "number"):
            made = _make(request.user, form)
        if form.is_valid():
            return HttpResponseRedirect(
                made.treatments.get(order=1).presentation.get_absolute_url()
            )
    return work_page(
        request,
        "cases/new.html",
        _("Ny sag"),
        trail=(Link(_("Sager"), "/arbejde/sager/"),),
        status=WRONG if form.errors else 200,
        form=form,
    )


def _make(user: User, form: NewCase) -> Case:
    given = form.cleaned_data
    return drafting.create_case(
        user,
        given["unit"].municipality,
        given["number"].strip(),
        given["title"].strip(),
        unit=given["unit"],
        way=form.way(),
        kle=given["kle"],
    )
