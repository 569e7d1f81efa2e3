"""A meeting's document as a file: JSON, Markdown, or one page of HTML that stands alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.http import quote_etag
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import condition, require_safe

from sagsgang.minutes import Minutes
from sagsgang.minutes.writers import to_html, to_json, to_markdown
from sagsgang.minutes.writers.html import style_hash

from ..models import Meeting, Publication
from .addresses import Missing, meeting_at, version_at


class Format(NamedTuple):
    """A form that a document can be had in."""

    name: str
    """The end of the file's name."""
    media_type: str
    word: str | Promise
    use: str | Promise
    write: Callable[[Minutes], str]


FORMATS: Final = (
    Format("html", "text/html", _("Alt på én side"), _("til læsning og print"), to_html),
    Format("md", "text/markdown", _("Markdown"), _("til tekstbehandling"), to_markdown),
    Format("json", "application/json", _("JSON"), _("til programmer"), to_json),
)
_BY_NAME: Final[Mapping[str, Format]] = {one.name: one for one in FORMATS}


def current(
    request: HttpRequest, municipality: str, body: str, meeting: str, form: str
) -> HttpResponse:
    """The meeting's current document."""
    row = meeting_at(municipality, body, meeting)
    publication = row.current or row.publications.order_by("-pk").first()
    if publication is None:
        raise Missing(str(_("Mødet har ikke noget dokument.")))
    return _file(request, row, publication, form)


def version(
    request: HttpRequest,
    municipality: str,
    body: str,
    meeting: str,
    version: int,
    form: str,
    strand: str = Publication.MAIN,
) -> HttpResponse:
    """A version of the document, which never changes."""
    row = meeting_at(municipality, body, meeting)
    return _file(request, row, version_at(row, version, strand), form)


def _file(
    request: HttpRequest, meeting: Meeting, publication: Publication, form: str
) -> HttpResponse:
    written = _BY_NAME[form]
    etag = quote_etag(f"{publication.sha256}-{form}")

    @require_safe
    @condition(
        etag_func=lambda _request: etag,
        last_modified_func=lambda _request: publication.published_at,
    )
    # The page stands alone: its style is in it, and nothing else may be.
    @csp_replace({"style-src": [style_hash()], "script-src": ["'none'"]})
    def answered(_request: HttpRequest) -> HttpResponse:
        response = HttpResponse(
            written.write(publication.minutes), content_type=f"{written.media_type}; charset=utf-8"
        )
        name = _file_name(meeting, publication, form)
        response["Content-Disposition"] = f'inline; filename="{name}"'
        response["Cache-Control"] = "no-cache"
        return response

    return answered(request)


def _file_name(meeting: Meeting, publication: Publication, form: str) -> str:
    """`horsens-beskaeftigelsesudvalget-2025-06-18-referat.json`; letters of ASCII only."""
    kind = {"minutes": "referat", "agenda": "dagsorden"}.get(publication.kind, "tillaegsdagsorden")
    place = f"{meeting.body.municipality.slug}-{meeting.body.slug}-{meeting.slug}"
    return f"{place}-{kind}.{form}"
