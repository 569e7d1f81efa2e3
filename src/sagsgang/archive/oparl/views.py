"""OParl's addresses: an object at each, or a list of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from itertools import groupby
from typing import Any, Final

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from sagsgang.archive.models import Meeting
from sagsgang.archive.opening import site_address
from sagsgang.bodies.models import Municipality

from . import rows
from .lists import BadQuestion, page
from .objects import Objects

Answer = dict[str, Any]
MOST: Final = 100
_MEETINGS: Final = 20
"""Meetings to a page: each brings all its items along."""


def answered(told: Callable[..., Answer]) -> Callable[..., JsonResponse]:
    """A view that answers in JSON, also where it has nothing to tell."""

    @require_safe
    @wraps(told)
    def answer(request: HttpRequest, **known: Any) -> JsonResponse:
        try:
            return _json(told(request, **known))
        except Http404:
            return _json({"error": "There is no such object."}, 404)
        except BadQuestion as problem:
            return _json({"error": str(problem)}, 400)

    return answer


def _json(told: Answer, status: int = 200) -> JsonResponse:
    return JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})


def _objects(request: HttpRequest) -> Objects:
    return Objects(site_address(request))


def _only(found: QuerySet[Any], **known: Any) -> Any:
    row = found.filter(**known).first()
    if row is None:
        raise Http404
    return row


@answered
def system(request: HttpRequest) -> Answer:
    """Where a reader begins."""
    return _objects(request).system()


@answered
def body_list(request: HttpRequest) -> Answer:
    """The municipalities that the archive has documents of."""
    told, terms = _objects(request), _terms()
    return page(
        request, rows.municipalities(), lambda row: told.body(row, terms.get(row.pk, [])), MOST
    )


@answered
def body(request: HttpRequest, municipality: str) -> Answer:
    """A municipality."""
    found = _municipality(municipality)
    return _objects(request).body(found, _terms(found).get(found.pk, []))


def _municipality(slug: str) -> Municipality:
    found: Municipality = _only(rows.municipalities(), slug=slug)
    return found


def _terms(only: Municipality | None = None) -> dict[int, list[str]]:
    """The terms in which each municipality has meetings."""
    meetings = Meeting.objects.filter(body__municipality=only) if only else Meeting.objects.all()
    pairs = meetings.order_by().values_list("body__municipality", "term").distinct()
    return {
        pk: [term for _pk, term in found]
        for pk, found in groupby(sorted(pairs), lambda pair: pair[0])
    }


# The lists of a body: the rows, the path from a row to its municipality, and what tells of a row.
_LISTS: Final[Mapping[str, tuple[Callable[[], QuerySet[Any]], str, str]]] = {
    "organizations": (rows.organizations, "municipality", "organization"),
    "people": (rows.people, "municipality", "person"),
    "memberships": (rows.memberships, "body__municipality", "membership"),
    "meetings": (rows.meetings, "body__municipality", "meeting"),
    "agenda-items": (rows.items, "meeting__body__municipality", "agenda_item"),
    "papers": (rows.cases, "municipality", "paper"),
    "consultations": (rows.consultations, "meeting__body__municipality", "consultation"),
    "files": (rows.publications, "meeting__body__municipality", "document"),
    "attachments": (rows.enclosures, "item__meeting__body__municipality", "attachment"),
}


@answered
def list_of(request: HttpRequest, municipality: str, name: str) -> Answer:
    """One of the lists of a municipality."""
    owner = _municipality(municipality)
    if name not in _LISTS:
        raise Http404
    found, path, kind = _LISTS[name]
    most = _MEETINGS if name == "meetings" else MOST
    told = page(request, found().filter(**{path: owner}), getattr(_objects(request), kind), most)
    if name == "files" and "next" not in told["links"]:
        # Attachments are files too: they follow the documents.
        first = told["links"]["first"]
        told["links"]["next"] = first.replace("/files", "/attachments", 1)
    return told


@answered
def terms(request: HttpRequest, municipality: str) -> Answer:
    """The terms that a municipality has meetings in."""
    found, told = _municipality(municipality), _objects(request)
    return _whole(request, [told.term(found, term) for term in _terms(found).get(found.pk, [])])


@answered
def locations(request: HttpRequest, municipality: str) -> Answer:
    """The archive knows places by their names alone, so there are none."""
    _municipality(municipality)
    return _whole(request, [])


def _whole(request: HttpRequest, found: list[Answer]) -> Answer:
    """A list on one page."""
    here = site_address(request) + request.path
    links = {"first": here, "self": here}
    return {"data": found, "pagination": {"elementsPerPage": MOST}, "links": links}


@answered
def term(request: HttpRequest, municipality: str, term: str) -> Answer:
    """A term of a municipality's council."""
    found = _municipality(municipality)
    if term not in _terms(found).get(found.pk, []):
        raise Http404
    return _objects(request).term(found, term)


@answered
def organization(request: HttpRequest, municipality: str, body: str) -> Answer:
    """A council or committee."""
    found = _only(rows.organizations(), municipality__slug=municipality, slug=body)
    return _objects(request).organization(found)


@answered
def meetings_of(request: HttpRequest, municipality: str, body: str) -> Answer:
    """The meetings of a council or committee."""
    owner = _only(rows.organizations(), municipality__slug=municipality, slug=body)
    found = rows.meetings().filter(body=owner.pk)
    return page(request, found, _objects(request).meeting, _MEETINGS)


@answered
def person(request: HttpRequest, municipality: str, person: str) -> Answer:
    """A person."""
    found = _only(rows.people(), municipality__slug=municipality, slug=person)
    return _objects(request).person(found)


@answered
def membership(
    request: HttpRequest, municipality: str, body: str, person: str, term: str
) -> Answer:
    """A term of a person in a body."""
    found = _only(
        rows.memberships(),
        body__municipality__slug=municipality,
        body__slug=body,
        person__slug=person,
        term=term,
    )
    return _objects(request).membership(found)


@answered
def meeting(request: HttpRequest, **place: str) -> Answer:
    """A meeting."""
    return _objects(request).meeting(_only(rows.meetings(), **_meeting(place)))


@answered
def agenda_item(request: HttpRequest, item: str, **place: str) -> Answer:
    """An item of a meeting."""
    found = _only(rows.items(), slug=item, **_meeting(place, "meeting__"))
    return _objects(request).agenda_item(found)


@answered
def paper(request: HttpRequest, municipality: str, case: str) -> Answer:
    """A case."""
    found = _only(rows.cases(), municipality__slug=municipality, slug=case)
    return _objects(request).paper(found)


@answered
def consultation(request: HttpRequest, item: str, **place: str) -> Answer:
    """One treatment of a case."""
    found = _only(rows.consultations(), slug=item, **_meeting(place, "meeting__"))
    return _objects(request).consultation(found)


@answered
def document(request: HttpRequest, strand: str, version: int, **place: str) -> Answer:
    """A version of a meeting's document."""
    found = _only(
        rows.publications(),
        strand=strand,
        version=version,
        **_meeting(place, "meeting__"),
    )
    return _objects(request).document(found)


@answered
def attachment(request: HttpRequest, item: str, position: int, **place: str) -> Answer:
    """An attachment of an item."""
    where = _meeting(place, "item__meeting__")
    found = _only(rows.enclosures(), item__slug=item, position=position, **where)
    return _objects(request).attachment(found)


def _meeting(place: Mapping[str, str], prefix: str = "") -> dict[str, str]:
    """How a meeting is found by its place in addresses, where `prefix` leads to it."""
    return {
        f"{prefix}body__municipality__slug": place["municipality"],
        f"{prefix}body__slug": place["body"],
        f"{prefix}slug": place["meeting"],
    }
