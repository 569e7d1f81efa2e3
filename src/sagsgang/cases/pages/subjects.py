"""Looking a KLE subject up in the municipality's own KLE, while a case's number is written."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sagsgang.archive import kle
from sagsgang.archive.pages.wording import day_said
from sagsgang.cases import numbers
from sagsgang.cases.rights import Forbidden, serves

PAGE: Final = "/arbejde/kle/"
ASKING: Final = {
    "list": "kle-emner",
    "autocomplete": "off",
    "hx-get": PAGE,
    "hx-trigger": "input changed delay:200ms",
    "hx-target": "#emner",
    "hx-swap": "outerHTML",
}
"""What a field has that subjects are looked up for."""


@require_safe
def subjects(request: HttpRequest) -> HttpResponse:
    """The subjects that what is written can mean, and what is known of a number."""
    if not serves(request.user, "case.create"):
        raise Forbidden("case.create")
    asked = request.GET.get("kle", "").strip()
    known = kle.subject(asked)
    told = known.title if known and not known.is_over else ""
    if numbers.is_kle(asked) and not told:
        told = not_in_use(asked)
    found = [] if known else kle.found(asked)
    return render(request, "cases/subjects.html", {"subjects": found, "told": told})


def not_in_use(asked: str) -> str:
    """Why what is asked for is no number in use, in words; `""` where it is, or nobody can tell."""
    if not asked or not kle.plan().subjects:
        return ""
    known = kle.subject(asked)
    if known is None and not numbers.is_kle(asked):
        return _meant(asked)
    if known is None:
        return _("%(number)s findes ikke i kommunens KLE.") % {"number": asked}
    if known.ended and known.is_over:
        told = {"number": asked, "title": known.title, "day": day_said(known.ended)}
        return _("%(number)s %(title)s udgik den %(day)s.") % told
    return ""


def _meant(asked: str) -> str:
    """The subjects that words can mean."""
    found = kle.found(asked)
    if not found:
        return _("»%(asked)s« findes ikke i kommunens KLE. Skriv et nummer som 15.20.00.") % {
            "asked": asked
        }
    listed = "; ".join(f"{one.number} {one.title}" for one in found)
    return _("Skriv nummeret på det emne, du mener: %(subjects)s.") % {"subjects": listed}
