"""A meeting's document as a file: for paper, for word processors, for the web, for programs.

Every file is made when it is asked for (a PDF takes a tenth of a second) and kept by nobody but
the reader, who is told by the tag whether it is still the same. On paper and in Word it has the
municipality's own printed style, where there is one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from csp.decorators import csp_replace
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.functional import Promise
from django.utils.http import quote_etag
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import condition, require_safe

from sagsgang import __version__
from sagsgang.minutes.writers import style, to_html, to_json, to_markdown
from sagsgang.minutes.writers.akoma_ntoso import to_akoma_ntoso
from sagsgang.minutes.writers.docx import to_docx
from sagsgang.minutes.writers.html import style_hash
from sagsgang.minutes.writers.pdf import to_pdf

from .. import sealed
from ..files import path_of
from ..models import Enclosure, Meeting, Publication
from ..strands import MAIN, number_of
from .addresses import Missing, meeting_at, version_at


class Format(NamedTuple):
    """A form that a document can be had in."""

    name: str
    """The end of the file's name."""
    media_type: str
    word: str | Promise
    use: str | Promise
    write: Callable[[Publication], str | bytes]


def _pdf(publication: Publication) -> bytes:
    minutes = publication.minutes
    shown = style.of_municipality(minutes.municipality)
    return to_pdf(minutes, shown, _pictures(publication))


def _word(publication: Publication) -> bytes:
    minutes = publication.minutes
    shown = style.of_municipality(minutes.municipality)
    return to_docx(minutes, shown, _pictures(publication))


def _pictures(publication: Publication) -> dict[str, bytes]:
    """The document's pictures that the archive has copies of, by their titles."""
    found = {}
    for title, one in _pictured(publication).items():
        place = path_of(one.file.sha256)
        if place.exists():
            found[title] = place.read_bytes()
    return found


def _pictured(publication: Publication) -> dict[str, Enclosure]:
    """The attachments that are pictures; of one title, those that are the same picture."""
    titles = {one.title for item in publication.minutes.items for one in item.attachments}
    rows = (
        Enclosure.objects.filter(
            item__meeting=publication.meeting_id, file__media_type__in=_PICTURES, title__in=titles
        )
        .select_related("file", "item__meeting__body__municipality")
        .order_by("pk")
    )
    hashes: dict[str, set[str]] = {}
    for one in rows:
        hashes.setdefault(one.title, set()).add(one.file.sha256)
    return {one.title: one for one in rows if len(hashes[one.title]) == 1}


def _akoma_ntoso(publication: Publication) -> str:
    address = publication.meeting.get_absolute_url()
    return to_akoma_ntoso(publication.minutes, address=address, version=publication.version)


def _html(publication: Publication) -> str:
    return to_html(publication.minutes, _pictures(publication))


def _markdown(publication: Publication) -> str:
    addresses = {
        title: f"{one.item.get_absolute_url()}bilag/{one.position + 1}/"
        for title, one in _pictured(publication).items()
    }
    return to_markdown(publication.minutes, addresses)


def _json(publication: Publication) -> str:
    return to_json(publication.minutes)


_PICTURES: Final = ("image/png", "image/jpeg", "image/gif")
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS: Final = (
    Format("pdf", "application/pdf", _("PDF"), _("til print og til at gemme"), _pdf),
    Format("docx", _WORD, _("Word"), _("til at skrive videre i"), _word),
    Format("html", "text/html", _("Alt på én side"), _("til læsning og print"), _html),
    Format("md", "text/markdown", _("Markdown"), _("til tekstbehandling"), _markdown),
    Format("json", "application/json", _("JSON"), _("til programmer"), _json),
    Format("akn", "application/akn+xml", _("Akoma Ntoso"), _("XML til arkiver"), _akoma_ntoso),
)
_MADE_UP: Final = ("pdf", "docx", "akn")
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
    strand: str = MAIN,
) -> HttpResponse:
    """A version of the document, which never changes."""
    row = meeting_at(municipality, body, meeting)
    return _file(request, row, version_at(row, version, strand), form)


def sealed_file(
    request: HttpRequest,
    municipality: str,
    body: str,
    meeting: str,
    version: int,
    strand: str,
    seal: bool,
) -> HttpResponseBase:
    """The file that the municipality signed, or the same without its signature."""
    row = meeting_at(municipality, body, meeting)
    found = sealed.of(version_at(row, version, strand))
    if found is None:
        raise Missing(_("Versionen er ikke forseglet."))
    file = found.signed if seal else found.unsigned

    @require_safe
    @condition(etag_func=lambda _request: quote_etag(file.sha256))
    def answered(_request: HttpRequest) -> HttpResponseBase:
        name = _file_name(row, found.publication, "pdf")
        response = FileResponse(
            path_of(file.sha256).open("rb"),
            content_type=file.media_type,
            filename=name.replace(".pdf", "-forseglet.pdf") if seal else name,
        )
        response["Cache-Control"] = "no-cache"
        return response

    return answered(request)


def _file(
    request: HttpRequest, meeting: Meeting, publication: Publication, form: str
) -> HttpResponse:
    written = _BY_NAME[form]
    publication.meeting = meeting
    # How a document is printed may change with the program; what it says may not.
    made_by = f"-{__version__}" if form in _MADE_UP else ""
    etag = quote_etag(f"{publication.sha256}-{form}{made_by}")

    @require_safe
    @condition(
        etag_func=lambda _request: etag,
        last_modified_func=lambda _request: publication.published_at,
    )
    # The page stands alone: its style is in it, and nothing else may be.
    @csp_replace({"style-src": [style_hash()], "script-src": ["'none'"]})
    def answered(_request: HttpRequest) -> HttpResponse:
        content = written.write(publication)
        charset = "; charset=utf-8" if isinstance(content, str) else ""
        response = HttpResponse(content, content_type=f"{written.media_type}{charset}")
        name = _file_name(meeting, publication, form)
        shown = "attachment" if form == "docx" else "inline"
        response["Content-Disposition"] = f'{shown}; filename="{name}"'
        response["Cache-Control"] = "no-cache"
        return response

    return answered(request)


def _file_name(meeting: Meeting, publication: Publication, form: str) -> str:
    """`horsens-beskaeftigelsesudvalget-2025-06-18-referat.json`; letters of ASCII only."""
    kind = {"minutes": "referat", "agenda": "dagsorden"}.get(publication.kind, "tillaegsdagsorden")
    if (number := number_of(publication.strand)) > 1:
        kind = f"{kind}-{number}"
    place = f"{meeting.body.municipality.slug}-{meeting.body.slug}-{meeting.slug}"
    return f"{place}-{kind}.{form}"
