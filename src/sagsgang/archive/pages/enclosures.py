"""A stored copy of an attachment: there still when the source is gone."""

from __future__ import annotations

import mimetypes
from typing import Final

from csp.decorators import csp_replace
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from sagsgang.minutes.danish.slugs import slug_of

from ..files import path_of
from ..models import Enclosure, StoredFile
from .addresses import Missing, item_at

_UNKNOWN: Final = "application/octet-stream"


def enclosure(
    request: HttpRequest, municipality: str, body: str, meeting: str, item: str, position: int
) -> HttpResponseBase:
    """The file of an item's attachment, to be saved; never shown as a page of this site."""
    row = item_at(municipality, body, meeting, item)
    found = row.enclosures.filter(position=position - 1).select_related("file").first()
    if found is None or found.file is None or not path_of(found.file.sha256).exists():
        raise Missing(_("Arkivet har ikke nogen kopi af det bilag."))
    return _sent(request, found, found.file)


def _sent(request: HttpRequest, found: Enclosure, file: StoredFile) -> HttpResponseBase:
    @require_safe
    @condition(etag_func=lambda _request: quote_etag(file.sha256))
    @csp_replace({"sandbox": True})
    def answered(_request: HttpRequest) -> HttpResponseBase:
        response = FileResponse(
            path_of(file.sha256).open("rb"),
            content_type=file.media_type or _UNKNOWN,
            as_attachment=True,
            filename=_name(found, file),
        )
        response["Cache-Control"] = "no-cache"
        return response

    return answered(request)


def _name(found: Enclosure, file: StoredFile) -> str:
    """The attachment's title as a file's name, with the end that its media type has."""
    end = mimetypes.guess_extension(file.media_type) or ""
    title = found.title.lower().removesuffix(end) if end else found.title
    return f"{slug_of(title) or 'bilag'}{end}"
