"""The page `/data/` and the files under it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from django.db.models import Count, Max, Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sagsgang.archive.models import Meeting, Publication
from sagsgang.archive.opening import site_address
from sagsgang.archive.pages.page import Link, Page, shown
from sagsgang.minutes.schema import json_schema

from .catalogue import catalogue
from .documents import documents
from .jsonl import gzipped, lines
from .kept import BeingMade, kept, sent
from .parquet import parquet

_JSONL: Final = "application/x-ndjson; charset=utf-8"
_PARQUET: Final = "application/vnd.apache.parquet"


class Extent(NamedTuple):
    """How much there is: meetings, and when the first came and the last change was."""

    meetings: int
    first: datetime.datetime | None
    changed: datetime.datetime | None


def extent() -> Extent:
    """The extent of the archive, in two queries."""
    meetings = Meeting.objects.aggregate(number=Count("pk"), changed=Max("changed_at"))
    first = Publication.objects.aggregate(first=Min("published_at"))["first"]
    return Extent(meetings["number"], first, meetings["changed"])


def page(request: HttpRequest) -> HttpResponse:
    """The page that tells people what they can take away."""
    return shown(
        request,
        "archive/data.html",
        Page(
            title=_("Åbne data"),
            description=_("Alle referater som filer, et API, OParl, nyhedsfeeds og kalendere."),
            trail=[Link(_("Forside"), "/")],
            schema=_of_schema_org(request),
        ),
        extent=extent(),
    )


def _of_schema_org(request: HttpRequest) -> dict[str, Any]:
    site = site_address(request)
    return {
        "@type": "Dataset",
        "name": _("Referater fra kommunernes udvalg"),
        "description": _("Dagsordener og referater, delt i punkter, som data."),
        "isAccessibleForFree": True,
        "inLanguage": "da",
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": form, "contentUrl": f"{site}/data/{name}"}
            for name, form in (("referater.jsonl", "NDJSON"), ("referater.parquet", "Parquet"))
        ],
    }


@require_safe
def as_jsonl(request: HttpRequest) -> HttpResponse:
    """All current documents as JSON Lines."""
    return _file(request, "referater.jsonl", _JSONL, lines)


@require_safe
def as_gzip(request: HttpRequest) -> HttpResponse:
    """All current documents as JSON Lines, compressed."""
    return _file(
        request, "referater.jsonl.gz", "application/gzip", lambda all_: gzipped(lines(all_))
    )


@require_safe
def as_parquet(request: HttpRequest) -> HttpResponse:
    """All current documents as Parquet."""
    return _file(request, "referater.parquet", _PARQUET, parquet)


def _file(
    request: HttpRequest,
    name: str,
    media_type: str,
    write: Callable[[Iterator[dict[str, Any]]], Iterator[bytes]],
) -> HttpResponse:
    site = site_address(request)
    try:
        return sent(kept(name, site, write(documents(site=site))), request, media_type, name)
    except BeingMade:
        return _later(_("Filen er ved at blive lavet. Prøv igen om lidt."), seconds=30)
    except OSError:
        return _later(_("Filen kan ikke laves lige nu. Prøv igen i morgen."), seconds=86400)


def _later(told: str, seconds: int) -> HttpResponse:
    return HttpResponse(
        told,
        status=503,
        content_type="text/plain; charset=utf-8",
        headers={"Retry-After": str(seconds)},
    )


def description(request: HttpRequest) -> JsonResponse:
    """The DCAT-AP description."""
    found = extent()
    told = catalogue(site_address(request), found.first, found.changed)
    return JsonResponse(told, content_type="application/ld+json")


def schema(request: HttpRequest) -> JsonResponse:
    """The JSON Schema of a document as it is exported."""
    told = json_schema()
    texts = {"type": "string"}
    told["$id"] = "urn:sagsgang:schema:archived-minutes:1"
    told["properties"] = {"archive": {"$ref": "#/$defs/archive"}, **told["properties"]}
    told["required"] = ["archive", *told["required"]]
    told["$defs"]["archive"] = {
        "type": "object",
        "description": "The document's place in the archive it was exported from.",
        "properties": {
            "id": {**texts, "description": "Of the document, whatever its version."},
            "version": {"type": "integer", "minimum": 1},
            "address": {**texts, "description": "Of this version, for ever."},
            "sha256": {**texts, "pattern": "^[0-9a-f]{64}$"},
            "published_at": {**texts, "format": "date-time"},
        },
        "required": ["id", "version", "address", "sha256", "published_at"],
    }
    return JsonResponse(told, content_type="application/schema+json")
