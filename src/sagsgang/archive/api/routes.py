"""The addresses of the API."""

from __future__ import annotations

from typing import Annotated, Any, Final

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import Http404, HttpRequest, JsonResponse
from ninja import Query, Router

from sagsgang.archive.export.documents import with_archive
from sagsgang.archive.keyset import Keyset
from sagsgang.archive.models import (
    Absence,
    Ballot,
    Case,
    Dissent,
    Item,
    Present,
)
from sagsgang.archive.opening import site_address
from sagsgang.archive.strands import strand_at
from sagsgang.bodies.models import Body

from . import filters, rows, schemas
from .answers import Answers
from .words import MOST, Cursor, Limit, Slug

router = Router()

A_PIECE: Final = 50

_BY_NAME: Final = Keyset("name", "pk")
_OLDEST_FIRST: Final = Keyset("pk")
_MEETINGS: Final = Keyset("-date", "-pk")
_CHANGED_MEETINGS: Final = Keyset("changed_at", "pk")
_ITEMS: Final = Keyset("-publication_id", "position")
_CHANGED_ITEMS: Final = Keyset("publication_id", "position")
_PUBLICATIONS: Final = Keyset("-published_at", "-pk")
_CHANGED_PUBLICATIONS: Final = Keyset("published_at", "pk")


def _answers(request: HttpRequest) -> Answers:
    return Answers(site_address(request))


def _piece(
    request: HttpRequest,
    found: QuerySet[Any],
    order: Keyset,
    cursor: str | None,
    limit: int,
    one: Any,
) -> dict[str, Any]:
    """A piece of a list: the rows told by `one`, and the address of the next piece."""
    piece = order.piece(found, cursor, limit)
    following = None
    if piece.next:
        query = request.GET.copy()
        query["cursor"] = piece.next
        following = f"{site_address(request)}{request.path}?{query.urlencode()}"
    return {"results": [one(row) for row in piece.rows], "next": following}


def _only(found: QuerySet[Any], **known: Any) -> Any:
    """The row that is known by this.

    Raises:
        Http404: there is none.
    """
    row = found.filter(**known).first()
    if row is None:
        raise Http404
    return row


@router.get(
    "/municipalities",
    response={200: schemas.Piece[schemas.Municipality], **schemas.PROBLEMS},
    tags=["Bodies and people"],
    summary="Municipalities, by name",
)
def municipalities(
    request: HttpRequest, cursor: Cursor = None, limit: Limit = MOST
) -> dict[str, Any]:
    """The 98 municipalities, and others that documents name beside them."""
    told = _answers(request).municipality
    return _piece(request, rows.municipalities(), _BY_NAME, cursor, limit, told)


@router.get(
    "/municipalities/{municipality}",
    response={200: schemas.Municipality, **schemas.PROBLEMS},
    tags=["Bodies and people"],
    summary="A municipality",
)
def municipality(request: HttpRequest, municipality: Slug) -> dict[str, Any]:
    """One municipality."""
    return _answers(request).municipality(_only(rows.municipalities(), slug=municipality))


@router.get(
    "/bodies",
    response={200: schemas.Piece[schemas.Body], **schemas.PROBLEMS},
    tags=["Bodies and people"],
    summary="Councils and committees, by name",
)
def bodies(
    request: HttpRequest,
    chosen: Annotated[filters.OfMunicipality, Query()],
    cursor: Cursor = None,
    limit: Limit = A_PIECE,
) -> dict[str, Any]:
    """The councils and committees that the archive has documents of."""
    found = chosen.of(Body.objects.select_related("municipality"))
    return _piece(request, found, _BY_NAME, cursor, limit, _answers(request).body)


@router.get(
    "/bodies/{municipality}/{body}",
    response={200: schemas.Body, **schemas.PROBLEMS},
    tags=["Bodies and people"],
    summary="A council or committee",
)
def body(request: HttpRequest, municipality: Slug, body: Slug) -> dict[str, Any]:
    """One council or committee."""
    found = Body.objects.select_related("municipality")
    return _answers(request).body(_only(found, municipality__slug=municipality, slug=body))


@router.get(
    "/people",
    response={200: schemas.Piece[schemas.Person], **schemas.PROBLEMS},
    tags=["Bodies and people"],
    summary="People, by name",
)
def people(
    request: HttpRequest,
    chosen: Annotated[filters.OfPeople, Query()],
    cursor: Cursor = None,
    limit: Limit = A_PIECE,
) -> dict[str, Any]:
    """Members, and others who are named as voters or absent; each within one municipality."""
    return _piece(
        request, chosen.of(rows.people()), _BY_NAME, cursor, limit, _answers(request).person
    )


@router.get(
    "/people/{municipality}/{person}",
    response={200: schemas.Person, **schemas.PROBLEMS},
    tags=["Bodies and people"],
    summary="A person",
)
def person(request: HttpRequest, municipality: Slug, person: Slug) -> dict[str, Any]:
    """One person, with memberships by term."""
    found = _only(rows.people(), municipality__slug=municipality, slug=person)
    return _answers(request).person(found)


@router.get(
    "/meetings",
    response={200: schemas.Piece[schemas.Meeting], **schemas.PROBLEMS},
    tags=["Meetings"],
    summary="Meetings, the newest first",
)
def meetings(
    request: HttpRequest,
    chosen: Annotated[filters.OfMeetings, Query()],
    cursor: Cursor = None,
    limit: Limit = A_PIECE,
) -> dict[str, Any]:
    """Meetings that were held or are coming. With `changed_since` in the order they changed."""
    order = _CHANGED_MEETINGS if chosen.changed_since else _MEETINGS
    return _piece(
        request, chosen.of(rows.meetings()), order, cursor, limit, _answers(request).meeting
    )


@router.get(
    "/meetings/{municipality}/{body}/{meeting}",
    response={200: schemas.MeetingInFull, **schemas.PROBLEMS},
    tags=["Meetings"],
    summary="A meeting with its members and items",
)
def meeting(request: HttpRequest, municipality: Slug, body: Slug, meeting: Slug) -> dict[str, Any]:
    """One meeting as its current document has it."""
    found = _only(
        rows.meetings(), body__municipality__slug=municipality, body__slug=body, slug=meeting
    )
    told = _answers(request)
    members = Present.objects.filter(meeting=found).select_related("person").order_by("pk")
    items = rows.items().filter(meeting=found).order_by("publication_id", "position")
    return {
        **told.meeting(found),
        "attendance": [told.attendance(one, found.body.municipality) for one in members],
        "items": [told.treatment(one) for one in items],
    }


@router.get(
    "/items",
    response={200: schemas.Piece[schemas.Treatment], **schemas.PROBLEMS},
    tags=["Meetings"],
    summary="Items, those published last first",
)
def items(
    request: HttpRequest,
    chosen: Annotated[filters.OfItems, Query()],
    cursor: Cursor = None,
    limit: Limit = A_PIECE,
) -> dict[str, Any]:
    """Items of current documents. With `changed_since` in the order they were published."""
    order = _CHANGED_ITEMS if chosen.changed_since else _ITEMS
    return _piece(
        request, chosen.of(rows.items()), order, cursor, limit, _answers(request).treatment
    )


@router.get(
    "/items/{municipality}/{body}/{meeting}/{item}",
    response={200: schemas.Item, **schemas.PROBLEMS},
    tags=["Meetings"],
    summary="An item with votes, dissent, absence and attachments",
)
def item(
    request: HttpRequest, municipality: Slug, body: Slug, meeting: Slug, item: Slug
) -> dict[str, Any]:
    """One treatment of a case at one meeting; its full text is in the meeting's document."""
    items = rows.items().prefetch_related(
        Prefetch("ballots", Ballot.objects.select_related("person").order_by("pk")),
        Prefetch("dissents", Dissent.objects.select_related("person").order_by("pk")),
        Prefetch("absences", Absence.objects.select_related("person").order_by("pk")),
        Prefetch("enclosures", rows.enclosures()),
    )
    found = _only(
        items,
        meeting__body__municipality__slug=municipality,
        meeting__body__slug=body,
        meeting__slug=meeting,
        slug=item,
    )
    return _answers(request).item(found)


@router.get(
    "/cases",
    response={200: schemas.Piece[schemas.Case], **schemas.PROBLEMS},
    tags=["Cases"],
    summary="Cases, in the order they came to the archive",
)
def cases(
    request: HttpRequest,
    chosen: Annotated[filters.OfCases, Query()],
    cursor: Cursor = None,
    limit: Limit = A_PIECE,
) -> dict[str, Any]:
    """Matters that are followed across meetings and committees of a municipality."""
    found = chosen.of(Case.objects.select_related("municipality"))
    treated = Item.objects.filter(case=OuterRef("pk"))
    if chosen.changed_since:
        treated = treated.filter(publication__published_at__gte=chosen.changed_since)
    return _piece(
        request, found.filter(Exists(treated)), _OLDEST_FIRST, cursor, limit, _answers(request).case
    )


@router.get(
    "/cases/{municipality}/{case}",
    response={200: schemas.CaseInFull, **schemas.PROBLEMS},
    tags=["Cases"],
    summary="A case with its treatments",
)
def case(request: HttpRequest, municipality: Slug, case: Slug) -> dict[str, Any]:
    """One case, and each item that treated it, the first one first."""
    every = Case.objects.select_related("municipality")
    found = _only(every, municipality__slug=municipality, slug=case)
    told = _answers(request)
    treatments = rows.items().filter(case=found)
    ordered = treatments.order_by("meeting__date", "meeting_id", "publication_id", "position")
    return {**told.case(found), "treatments": [told.treatment(one) for one in ordered]}


@router.get(
    "/publications",
    response={200: schemas.Piece[schemas.Publication], **schemas.PROBLEMS},
    tags=["Publications"],
    summary="Documents as they were published, the newest first",
)
def publications(
    request: HttpRequest,
    chosen: Annotated[filters.OfPublications, Query()],
    cursor: Cursor = None,
    limit: Limit = A_PIECE,
) -> dict[str, Any]:
    """Every version of every document. With `changed_since` in the order they were published."""
    order = _CHANGED_PUBLICATIONS if chosen.changed_since else _PUBLICATIONS
    found = chosen.of(rows.publications().defer("packed"))
    return _piece(request, found, order, cursor, limit, _answers(request).publication)


@router.get(
    "/publications/{municipality}/{body}/{meeting}/{strand}/{version}",
    response={200: schemas.Document, **schemas.PROBLEMS},
    tags=["Publications"],
    summary="A document, word for word",
)
def publication(
    request: HttpRequest,
    municipality: Slug,
    body: Slug,
    meeting: Slug,
    strand: filters.Strand,
    version: filters.Version,
) -> JsonResponse:
    """The contract's document as published, with an `archive` object that says where it stands."""
    found = _only(
        rows.publications(),
        meeting__body__municipality__slug=municipality,
        meeting__body__slug=body,
        meeting__slug=meeting,
        strand=strand_at(strand),
        version=version,
    )
    document = with_archive(found, site_address(request))
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False})
