"""A case: what it is, its way through the bodies, and everything that was done to it."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from sagsgang.archive import kle
from sagsgang.archive.pages.page import Link
from sagsgang.cases.models import (
    Approval,
    Case,
    Change,
    Entry,
    HouseRules,
    Presentation,
    Treatment,
)
from sagsgang.cases.reading import demand_readable
from sagsgang.cases.rights import may
from sagsgang.cases.way import code_of

from .page import work_page
from .subjects import not_in_use


class Stop(NamedTuple):
    """A treatment with its presentation, if it has begun, and the answers to it."""

    treatment: Treatment
    presentation: Presentation | None
    approvals: list[Approval]


def case(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of the case."""
    return shown(request, case_of(request, pk))


def shown(request: HttpRequest, found: Case, *, status: int = 200, **content: Any) -> HttpResponse:
    """The page of the case, also with what was wrong in one of its forms."""
    own = HouseRules.of(found.municipality)
    there = stops(found)
    return work_page(
        request,
        "cases/case.html",
        found.title,
        trail=_trail(),
        crumb=found.number,
        status=status,
        case=found,
        stops=there,
        subject=kle.subject(found.kle),
        not_in_use=not_in_use(found.kle),
        matrix=_matrix(found, there, own) if own.outline.prints("routing") else None,
        hearings=found.hearings.prefetch_related("replies").order_by("sent_on", "pk"),
        may_hear=_may_hear(request, found),
        bodies=found.municipality.bodies.order_by("name"),
        today=timezone.localdate(),
        entries=entries_of(found)[:10],
        **content,
    )


def _may_hear(request: HttpRequest, found: Case) -> bool:
    first = found.treatments.select_related("body").order_by("order").first()
    return may(request.user, "presentation.edit", found.unit, first.body if first else None)


def _matrix(
    found: Case, there: list[Stop], rules: HouseRules
) -> list[tuple[str, str, Treatment | None]]:
    """The municipality's bodies by short name and name, each with its treatment of the case."""
    by_body = {stop.treatment.body_id: stop.treatment for stop in there}
    bodies = found.municipality.bodies.order_by("-kind", "name")
    return [(code_of(body, rules.codes), body.name, by_body.get(body.pk)) for body in bodies]


def case_log(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that was done to the case, the latest first."""
    found = case_of(request, pk)
    return work_page(
        request,
        "cases/log.html",
        _("Alt, hvad der er sket"),
        trail=(*_trail(), Link(found.number, found.get_absolute_url())),
        found=Paginator(entries_of(found), 50).get_page(request.GET.get("side")),
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


def case_of(request: HttpRequest, pk: int) -> Case:
    """The case, if the reader may read it.

    Raises:
        Http404: there is none.
        Forbidden: the reader may not.
    """
    found = Case.objects.select_related("municipality", "unit", "officer").filter(pk=pk).first()
    if found is None:
        raise Http404
    demand_readable(request.user, found)
    return found


def entries_of(found: Case) -> QuerySet[Entry]:
    """What was done to the case, the latest first."""
    treatments = found.treatments.values_list("pk", "presentation")
    subjects = {f"cases.case:{found.pk}"}
    for treatment, presentation in treatments:
        subjects.add(f"cases.treatment:{treatment}")
        subjects.add(f"cases.presentation:{presentation}")
    # It had no key yet when it was begun, and another municipality may have the same number.
    made = Change.objects.filter(table=Case._meta.db_table, row=found.pk, operation="insert")
    own = Q(subject__in=subjects) | Q(pk__in=made.values("entry"))
    return Entry.objects.filter(own).order_by("-pk")


def _trail() -> tuple[Link, ...]:
    return (Link(_("Sager"), "/arbejde/sager/"),)
