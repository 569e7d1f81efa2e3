"""The administrator's page of the outline: sections, labels, order, and case numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final, NamedTuple

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from sagsgang.bodies.models import Body, Municipality
from sagsgang.cases import house_rules, numbers, outline
from sagsgang.cases.models import HouseRules
from sagsgang.cases.outline import GIVEN, KINDS, Outline, Row
from sagsgang.cases.refused import Refused
from sagsgang.cases.rights import demand
from sagsgang.cases.wording import KINDS_SAID

from .page import WRONG, in_language, work_page

PAGE: Final = "/arbejde/skabelon/"
_MOST: Final = 40
_LONGEST: Final = 120


class Line(NamedTuple):
    """A section of the outline as the form has it."""

    number: int
    row: Row

    @property
    def kind(self) -> str:
        """What kind of section it is, in words."""
        return str(KINDS_SAID[self.row.kind])

    @property
    def written(self) -> bool:
        """Whether the officer writes it, so that it can be demanded."""
        return self.row.kind not in GIVEN or self.row.kind == "recommendation"


class Choice(NamedTuple):
    """An outline that ships."""

    name: str
    title: str
    told: str


def outlines(request: HttpRequest) -> HttpResponse:
    """The outline, or the ways to each where there are several municipalities in the house."""
    demand(request.user, house_rules.ACTION)
    there = Municipality.objects.filter(Q(units__isnull=False)).distinct().order_by("name")
    if len(there) == 1:
        return outline_page(request, there[0].pk)
    return work_page(
        request, "cases/outlines.html", _("Skabeloner for sager"), municipalities=there, page=PAGE
    )


def outline_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The outline, to be chosen and adjusted; every button keeps what stands in the form."""
    demand(request.user, house_rules.ACTION)
    municipality = Municipality.objects.filter(pk=pk).first()
    if municipality is None:
        raise Http404
    rules = HouseRules.of(municipality)
    if request.method != "POST":
        return _shown(request, municipality, rules.outline, rules.case_numbers, rules.codes)
    own, form = _done(rules.outline, request.POST), request.POST.get("case_numbers", "").strip()
    if request.POST.get("do", "").startswith("begin"):
        form = own.case_number
    codes = {
        body.slug: request.POST.get(f"code-{body.pk}", "").strip()[:8]
        for body in municipality.bodies.all()
    }
    try:
        house_rules.set_outline(request.user, municipality, own, case_numbers=form, codes=codes)
    except Refused as refused:
        told = in_language(refused.words)
        return _shown(request, municipality, own, form, codes, refusal=told, status=WRONG)
    messages.success(request, _("Skabelonen er gemt."))
    return HttpResponseRedirect(f"{PAGE}{municipality.pk}/#afsnit")


def _shown(
    request: HttpRequest,
    municipality: Municipality,
    own: Outline,
    form: str,
    codes: dict[str, str],
    *,
    status: int = 200,
    **content: Any,
) -> HttpResponse:
    bodies = Body.objects.filter(municipality=municipality).order_by("name")
    return work_page(
        request,
        "cases/outline.html",
        _("Skabelon for sager"),
        crumb=_("Skabelon for sager"),
        status=status,
        municipality=municipality,
        own=own,
        lines=[Line(number, row) for number, row in enumerate(own.rows)],
        kinds=[(kind, KINDS_SAID[kind]) for kind in (*KINDS, *sorted(GIVEN))],
        choices=[
            Choice(name, _choice(name), in_language(outline.shipped(name).told))
            for name in outline.names()
        ],
        case_numbers=form,
        example=_example(form),
        codes=[(body, codes.get(body.slug, "")) for body in bodies],
        **content,
    )


def _choice(name: str) -> str:
    return (
        _("Almindelig")
        if name == outline.STANDARD
        else _("Som %(place)s") % {"place": name.title()}
    )


def _example(form: str) -> str:
    try:
        numbers.demand_form(form)
        return numbers.following(form, (), timezone.localdate().year, "15.20.00") if form else ""
    except Refused:
        return ""


def _done(own: Outline, given: QueryDict) -> Outline:
    """The outline as the form has it, and what the button does with it."""
    deed, _colon, value = given.get("do", "").partition(":")
    if deed == "begin" and value in outline.names():
        return outline.shipped(value)
    rows = _posted(given)
    place = int(value) if value.isdecimal() and int(value) < len(rows) else None
    if deed == "remove" and place is not None:
        del rows[place]
    elif deed in ("up", "down") and place is not None:
        row = rows.pop(place)
        rows.insert(max(0, place + (-1 if deed == "up" else 1)), row)
    return replace(own, rows=tuple(rows), recommender=given.get("recommender", "").strip()[:200])


def _posted(given: QueryDict) -> list[Row]:
    """The sections of the form, with the new one where it has a label."""
    rows = []
    for number in range(_MOST):
        kind = given.get(f"kind-{number}", "")
        if kind not in KINDS_SAID:
            break
        label = given.get(f"label-{number}", "")[:_LONGEST]
        inside = given.get(f"inside-{number}", "")
        inside = inside if inside in KINDS else ""
        rows.append(Row(label, kind, f"required-{number}" in given, inside))
    new, kind = given.get("new-label", "").strip()[:_LONGEST], given.get("new-kind", "")
    if new and kind in KINDS_SAID:
        rows.append(Row(new, kind, "new-required" in given))
    return rows
