"""Attachments: handed in, looked at, described, moved, replaced, taken out."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import wraps

from csp.decorators import csp_replace
from django.contrib import messages
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
)
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sagsgang.archive.pages.page import Link
from sagsgang.cases import attachments, pictures, previews
from sagsgang.cases.models import Attachment, File, Presentation, Version
from sagsgang.cases.reading import demand_readable, presentation_for
from sagsgang.cases.refused import Refused
from sagsgang.cases.revisions import attached
from sagsgang.minutes.blocks import UnreadableDocument
from sagsgang.minutes.words import Words

from . import writing
from .page import WRONG, in_language, work_page
from .versions import trail_of

_PDF = "application/pdf"
_CSV = "text/csv"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PROSE = {_CSV: previews.table_of, _WORD: previews.prose_of}
_PICTURES = ("image/png", "image/jpeg", "image/gif")
_SHOWN = (_PDF, *_PICTURES)


def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes in the files of the form."""
    if request.method != "POST":
        raise Http404
    try:
        found = presentation_for(request.user, pk)
    except Presentation.DoesNotExist:
        raise Http404 from None
    try:
        given = request.FILES.getlist("file")
        if not given:
            raise Refused(Words("Vælg en fil.", "Choose a file."))
        for place, one in enumerate(given):
            attachments.add(
                request.user,
                found,
                one.name or "",
                one.read(),
                revision=_revision(request) + place,
                title=request.POST.get("title", "").strip() if len(given) == 1 else "",
                closed="closed" in request.POST,
            )
    except Refused as refused:
        return writing.shown_again(request, pk, refused)
    messages.success(request, _("Bilaget er gemt."))
    return _back(found)


def _button(act: Callable[[HttpRequest, Attachment], str]) -> Callable[..., HttpResponse]:
    @require_POST
    @wraps(act)
    def answered(request: HttpRequest, pk: int) -> HttpResponse:
        one = _attachment(request, pk)
        try:
            told = act(request, one)
        except Refused as refused:
            return writing.shown_again(request, one.presentation_id, refused)
        messages.success(request, told)
        return _back(one.presentation)

    return answered


@_button
def change(request: HttpRequest, one: Attachment) -> str:
    """Sets title and openness, puts another file in the place of this, or takes it out."""
    revision = _revision(request)
    if "remove" in request.POST:
        attachments.remove(request.user, one, revision=revision)
        return _("Bilaget er fjernet.")
    title, closed = request.POST.get("title", "").strip(), "closed" in request.POST
    if not title:
        raise Refused(Words("Skriv, hvad bilaget hedder.", "Write what the attachment is called."))
    if (title, closed) != (one.title, one.closed):
        attachments.change(request.user, one, revision=revision, title=title, closed=closed)
        revision += 1
    if file := request.FILES.get("file"):
        attachments.replace(request.user, one, file.name or "", file.read(), revision=revision)
        return _("Bilaget er udskiftet. Den tidligere fil ligger under Udgaver.")
    return _("Bilaget er rettet.")


@_button
def move(request: HttpRequest, one: Attachment) -> str:
    """Moves the attachment one place up or down."""
    step = -1 if request.POST.get("way") == "up" else 1
    attachments.move(request.user, one, one.position + step, revision=_revision(request))
    return _("%(title)s er flyttet.") % {"title": one.title}


@require_safe
def attachment(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file: shown where a browser can show it harmlessly, otherwise saved."""
    one = _attachment(request, pk)
    return sent(one.file, one.name)


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What is in the file, as far as a page can show it: its pages, its table or its text."""
    one = _attachment(request, pk)
    kind, data = one.file.media_type, _bytes(one.file)
    pages = previews.pages_of(data) if kind == _PDF else 0
    lines = data.count(b"\n") if kind == _CSV else 0
    found = one.presentation
    return work_page(
        request,
        "cases/preview.html",
        one.title,
        trail=(*trail_of(found), Link(_("Bilag"), f"{found.get_absolute_url()}#bilag")),
        one=one,
        picture=kind in _PICTURES,
        pages=pages,
        numbers=range(1, min(pages, previews.MOST_PAGES) + 1),
        cut=pages > previews.MOST_PAGES or lines > previews.MOST_ROWS,
        prose=_PROSE[kind](data) if kind in _PROSE else "",
    )


@require_safe
def preview_page(request: HttpRequest, pk: int, page: int) -> HttpResponse:
    """A page of a PDF as a picture."""
    one = _attachment(request, pk)
    if one.file.media_type != _PDF or page > previews.MOST_PAGES:
        raise Http404
    try:
        return HttpResponse(previews.picture_of(_bytes(one.file), page), "image/png")
    except (LookupError, UnreadableDocument):
        raise Http404 from None


@require_safe
def kept_file(request: HttpRequest, pk: int, revision: int, sha256: str) -> HttpResponseBase:
    """A file as it was in a revision of the presentation."""
    try:
        found = presentation_for(request.user, pk)
        kept = attached(found, revision)
    except (Presentation.DoesNotExist, Version.DoesNotExist):
        raise Http404 from None
    names = [one.name for one in kept if one.sha256 == sha256]
    file = File.objects.filter(sha256=sha256).first()
    if not names or file is None:
        raise Http404
    return sent(file, names[0])


def sent(file: File, name: str) -> HttpResponseBase:
    """A file's bytes under its name, in a sandbox where a browser shows them.

    Raises:
        Http404: they are not in the store.
    """
    response = FileResponse(
        io.BytesIO(_bytes(file)),
        content_type=file.media_type,
        as_attachment=file.media_type not in _SHOWN,
        filename=name,
    )
    if file.media_type == _PDF:  # a browser's own viewer does not open in a sandbox
        return response
    return csp_replace({"sandbox": True})(lambda _request: response)(None)


def _bytes(file: File) -> bytes:
    try:
        return attachments.bytes_of(file.sha256)
    except OSError:
        raise Http404 from None


@require_POST
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes in a picture for the text; the answer is where the editor finds it."""
    found = _presentation(request, pk)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise Refused(Words("Vælg et billede.", "Choose a picture."))
        taken = pictures.add(request.user, found, file.name or "", file.read())
    except Refused as refused:
        return JsonResponse({"told": in_language(refused.words)}, status=WRONG)
    return JsonResponse({"src": f"{found.get_absolute_url()}billede/{taken.file.sha256}/"})


@require_safe
def picture_file(request: HttpRequest, pk: int, sha256: str) -> HttpResponseBase:
    """A picture of the presentation's text."""
    found = _presentation(request, pk)
    file = pictures.file_of(found, sha256)
    if file is None:
        raise Http404
    return sent(file, f"billede-{sha256[:8]}")


def _presentation(request: HttpRequest, pk: int) -> Presentation:
    try:
        return presentation_for(request.user, pk)
    except Presentation.DoesNotExist:
        raise Http404 from None


def _attachment(request: HttpRequest, pk: int) -> Attachment:
    one = (
        Attachment.objects.select_related("presentation__treatment__case__unit", "file")
        .filter(pk=pk)
        .first()
    )
    if one is None:
        raise Http404
    demand_readable(request.user, one.presentation.treatment.case)
    return one


def _revision(request: HttpRequest) -> int:
    given = request.POST.get("revision", "")
    return int(given) if given.isdecimal() else 0


def _back(found: Presentation) -> HttpResponse:
    return HttpResponseRedirect(f"{found.get_absolute_url()}#bilag")
