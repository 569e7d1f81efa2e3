"""A case: what it is, its way through the bodies, and everything that was done to it."""

from __future__ import annotations

from typing import NamedTuple

from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sagsgang.archive.pages.page import Link
from sagsgang.cases.models import Approval, Case, Entry, Presentation, Treatment
from sagsgang.cases.reading import demand_readable

from .page import work_page


class Stop(NamedTuple):
    """A treatment with its presentation, if it has begun, and the answers to it."""

    treatment: Treatment
    presentation: Presentation | None
    approvals: list[Approval]


def case(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of the case."""
    found = _case(request, pk)
    return work_page(
        request,
        "cases/case.html",
        found.title,
        trail=_trail(),
        crumb=found.number,
        case=found,
        stops=stops(found),
        entries=_entries(found)[:10],
    )


def case_log(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that was done to the case, the latest first."""
    found = _case(request, pk)
    return work_page(
        request,
        "cases/log.html",
        _("Alt, hvad der er sket"),
        trail=(*_trail(), Link(found.number, found.get_absolute_url())),
        found=Paginator(_entries(found), 50).get_page(request.GET.get("side")),
    )


def stops(found: Case) -> list[Stop]:
    """The case's treatments, in order."""
    answers = Prefetch(
        "presentation__approvals", Approval.objects.select_related("answered_by").order_by("pk")
    )
    rows = (
        found.treatments.select_related("body", "presentation__edited_by")
        .prefetch_related(answers)
        .order_by("order")
    )
    made = []
    for one in rows:
        presentation = getattr(one, "presentation", None)
        made.append(
            Stop(one, presentation, list(presentation.approvals.all()) if presentation else [])
        )
    return made


def _case(request: HttpRequest, pk: int) -> Case:
    found = Case.objects.select_related("municipality", "unit", "officer").filter(pk=pk).first()
    if found is None:
        raise Http404
    demand_readable(request.user, found)
    return found


def _entries(found: Case):
    treatments = found.treatments.values_list("pk", "presentation")
    subjects = {f"cases.case:{found.number}", f"cases.case:{found.pk}"}
    for treatment, presentation in treatments:
        subjects.add(f"cases.treatment:{treatment}")
        subjects.add(f"cases.presentation:{presentation}")
    return Entry.objects.filter(Q(subject__in=subjects)).order_by("-pk")


def _trail() -> tuple[Link, ...]:
    return (Link(_("Sager"), "/arbejde/sager/"),)
