"""The API as a whole: its description, its limits, and its pages."""

from __future__ import annotations

import math
from functools import cache
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import Throttled

from sagsgang import __version__
from sagsgang.archive.keyset import BadCursor
from sagsgang.archive.pages.page import Link, Page, shown

from . import searching
from .limits import PerReader
from .reading import operations, prose
from .routes import router

_ABOUT: Final = """\
What Danish municipal committees have decided, as data. Nothing here asks for a key.

Lists come in pieces: `next` is the address of the following piece, and is null in the last. What
is published while you read moves nothing. To keep a copy up to date, ask with `changed_since`, and
go on from the last `changed_at` or `published_at` that you have seen.

Every answer has an entity tag: send it back in `If-None-Match`, and what has not changed is not
sent again. Too many requests are answered by 429 with the seconds to wait in `Retry-After`.
"""


api = NinjaAPI(
    title="Sagsgang",
    version=__version__,
    description=_ABOUT,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    throttle=PerReader("API_PER_MINUTE"),
    openapi_extra={
        "tags": [
            {"name": "Meetings", "description": "Meetings and the items on their agendas."},
            {"name": "Search", "description": "The site's own search, with its counts."},
            {"name": "Cases", "description": "Matters followed across meetings."},
            {"name": "Bodies and people", "description": "Who decides."},
            {"name": "Publications", "description": "Documents as they were published."},
        ],
    },
)
api.add_router("", router)
api.add_router("", searching.router)


@api.exception_handler(BadCursor)
def _bad_cursor(request: HttpRequest, error: BadCursor) -> HttpResponse:
    told = [{"type": "cursor", "loc": ["query", "cursor"], "msg": "not a cursor of this list"}]
    return api.create_response(request, {"detail": told}, status=422)


@api.exception_handler(Throttled)
def _too_many(request: HttpRequest, error: Throttled) -> HttpResponse:
    response = api.create_response(request, {"detail": "Too many requests."}, status=429)
    response.headers["Retry-After"] = str(math.ceil(error.wait or 1))
    return response


@cache
def description() -> dict[str, Any]:
    """The OpenAPI 3.1 document of the API."""
    return dict(api.get_openapi_schema(path_prefix="/api/"))


def openapi(request: HttpRequest) -> JsonResponse:
    """The OpenAPI document."""
    return JsonResponse(description())


def page(request: HttpRequest) -> HttpResponse:
    """The page that tells people what the API has."""
    return shown(
        request,
        "archive/api.html",
        Page(
            title=_("JSON API"),
            description=_("Møder, beslutninger, sager og personer som JSON."),
            trail=[Link(_("Forside"), "/"), Link(_("Åbne data"), "/data/")],
        ),
        about=[prose(paragraph) for paragraph in _ABOUT.strip().split("\n\n")],
        groups=operations(description()),
    )
