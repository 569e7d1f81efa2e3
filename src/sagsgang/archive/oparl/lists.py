"""OParl's external lists: pages that stay put, narrowed down by when objects came or changed."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from sagsgang.archive.keyset import BadCursor, Keyset
from sagsgang.archive.opening import site_address

_ORDER: Final = Keyset("pk")
_FILTERS: Final = {
    "created_since": "created__gte",
    "created_until": "created__lte",
    "modified_since": "modified__gte",
    "modified_until": "modified__lte",
}
_YEARS: Final = range(1800, 2201)


class BadQuestion(Exception):
    """A list cannot be narrowed down in this way; the message says why."""


def page(
    request: HttpRequest, rows: QuerySet[Any], one: Callable[[Any], dict[str, Any]], most: int
) -> dict[str, Any]:
    """A page of the list of `rows`, each told by `one`; at most `most` of them.

    Raises:
        BadQuestion: a filter, the size of the page or the cursor is none.
    """
    size = _size(request, most)
    try:
        piece = _ORDER.piece(_narrowed(request, rows), request.GET.get("cursor"), size)
    except BadCursor:
        raise BadQuestion("cursor: not one that this list has given") from None
    return {
        "data": [one(row) for row in piece.rows],
        "pagination": {"elementsPerPage": size},
        "links": _links(request, piece.next),
    }


def _links(request: HttpRequest, cursor: str | None) -> dict[str, str]:
    query = request.GET.copy()
    links = {"self": _address(request, query)}
    query.pop("cursor", None)
    links["first"] = _address(request, query)
    if cursor:
        query["cursor"] = cursor
        links["next"] = _address(request, query)
    return links


def _address(request: HttpRequest, query: Any) -> str:
    path = site_address(request) + request.path
    return f"{path}?{query.urlencode()}" if query else path


def _size(request: HttpRequest, most: int) -> int:
    asked = request.GET.get("elementsPerPage", "")
    if not asked:
        return most
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10 and int(asked)):
        raise BadQuestion("elementsPerPage: a whole number from 1")
    return min(int(asked), most)


def _narrowed(request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows that are asked for; one whose time is not known is never left out."""
    for name, lookup in _FILTERS.items():
        if text := request.GET.get(name):
            field = lookup.partition("__")[0]
            rows = rows.filter(Q(**{lookup: _moment(name, text)}) | Q(**{f"{field}__isnull": True}))
    return rows


def _moment(name: str, text: str) -> datetime.datetime:
    # A plus sign that was not escaped has become a space on its way.
    text = text.strip().replace(" ", "+")
    try:
        found = parse_datetime(text) or _midnight(parse_date(text))
    except ValueError:
        found = None
    if found is None or found.year not in _YEARS:
        raise BadQuestion(f"{name}: a date and time such as 2026-01-01T00:00:00+01:00")
    aware = timezone.make_aware(found) if timezone.is_naive(found) else found
    return aware.astimezone(datetime.UTC)


def _midnight(date: datetime.date | None) -> datetime.datetime | None:
    return date and datetime.datetime.combine(date, datetime.time(), tzinfo=None)
