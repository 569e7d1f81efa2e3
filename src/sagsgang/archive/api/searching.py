"""Search in the API: the same index, the same order and the same counts as on the site."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from django.core import signing
from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from sagsgang.archive.keyset import BadCursor
from sagsgang.archive.models import Item
from sagsgang.archive.opening import site_address
from sagsgang.archive.search import state
from sagsgang.archive.search.facets import Filters
from sagsgang.archive.search.found import Found, shown
from sagsgang.archive.search.index import Results, find
from sagsgang.archive.search.query import Query as Words
from sagsgang.archive.search.suggesting import suggestion
from sagsgang.bodies.models import Body, Municipality
from sagsgang.minutes.model import Outcome

from . import rows, schemas
from .answers import Answers
from .limits import PerReader
from .words import BodyId, Cursor, Day, MunicipalityId, Text

router = Router()

_SALT: Final = "search"
_NONE: Final = frozenset({0})
"""A key that no row has: what is not known finds nothing, rather than everything."""


class Wish(Schema):
    """What is searched for, and among what."""

    q: Annotated[
        Text, Field(description='Words, "phrases", -without and beginnings*; empty for everything.')
    ] = ""
    municipality: MunicipalityId | None = None
    body: BodyId | None = None
    outcome: Outcome | None = None
    kle: Annotated[
        str | None, Field(pattern=r"^\d\d$", description="A main group of KLE, such as 15.")
    ] = None
    date_from: Day | None = None
    date_to: Day | None = None
    order: Literal["relevance", "date"] = "relevance"

    def filters(self) -> Filters:
        """The filters of the search."""
        return Filters(
            municipality=_key(Municipality, slug=self.municipality) if self.municipality else _ANY,
            body=_body(self.body) if self.body else _ANY,
            outcome=frozenset({self.outcome}) if self.outcome else frozenset(),
            kle=frozenset({self.kle}) if self.kle else frozenset(),
            since=self.date_from,
            until=self.date_to,
        )


_ANY: Final[frozenset[int]] = frozenset()


def _body(own: str) -> frozenset[int]:
    municipality, slug = own.split("/")
    return _key(Body, municipality__slug=municipality, slug=slug)


def _key(kind: Any, **known: str) -> frozenset[int]:
    key = kind.objects.filter(**known).values_list("pk", flat=True).first()
    return frozenset({key}) if key else _NONE


@router.get(
    "/search",
    response={200: schemas.Found, **schemas.PROBLEMS},
    tags=["Search"],
    summary="Items that answer a search",
    throttle=PerReader("SEARCHES_PER_MINUTE"),
)
def search(
    request: HttpRequest, wish: Annotated[Wish, Query()], cursor: Cursor = None
) -> dict[str, Any]:
    """Items found as on the site: parts of compounds count as words, and words in all forms.

    Pieces are counted from the first hit, so what is published meanwhile can move them.
    """
    query = Words.parse(wish.q, state.analyser())
    results = find(query, wish.filters(), order=wish.order, page=_page(cursor))
    return {
        "total": results.total,
        "suggestion": suggestion(query),
        "facets": _facets(results),
        "results": _hits(request, shown(results.items, query)),
        "next": _next(request, results),
    }


def _page(cursor: str | None) -> int:
    if not cursor:
        return 1
    try:
        return int(signing.loads(cursor, salt=_SALT))
    except signing.BadSignature as error:
        raise BadCursor from error


def _next(request: HttpRequest, results: Results) -> str | None:
    if results.page >= results.pages:
        return None
    query = request.GET.copy()
    query["cursor"] = signing.dumps(results.page + 1, salt=_SALT)
    return f"{site_address(request)}{request.path}?{query.urlencode()}"


def _hits(request: HttpRequest, found: list[Found]) -> list[dict[str, Any]]:
    answers = Answers(site_address(request))
    keys = [hit.item.pk for hit in found]
    by_key: dict[int, Item] = {row.pk: row for row in rows.items().filter(pk__in=keys)}
    return [
        {
            **answers.treatment(by_key[hit.item.pk]),
            "title_marked": [piece._asdict() for piece in hit.title],
            "label": hit.label,
            "passage": [piece._asdict() for piece in hit.passage],
        }
        for hit in found
        if hit.item.pk in by_key
    ]


def _facets(results: Results) -> dict[str, list[dict[str, Any]]]:
    """The counts, with municipalities and bodies by their ids."""
    names = _names(results)
    return {
        facet: [
            {"value": names.get((facet, one.value), str(one.value)), "count": one.count}
            for one in values
            if one.count
        ]
        for facet, values in results.facets.items()
    }


def _names(results: Results) -> dict[tuple[str, Any], str]:
    keys = [one.value for one in results.facets["body"]]
    keys_of_municipalities = [one.value for one in results.facets["municipality"]]
    bodies = Body.objects.filter(pk__in=keys).values_list("pk", "municipality__slug", "slug")
    municipalities = Municipality.objects.filter(pk__in=keys_of_municipalities)
    return {
        **{("body", pk): f"{municipality}/{slug}" for pk, municipality, slug in bodies},
        **{("municipality", pk): slug for pk, slug in municipalities.values_list("pk", "slug")},
    }
