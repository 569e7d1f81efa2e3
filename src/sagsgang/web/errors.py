"""The pages that say what went wrong and what to do."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sagsgang.archive.pages import pace
from sagsgang.archive.pages.addresses import Missing
from sagsgang.archive.pages.page import Page, shown


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or the form could not be understood."""
    return _page(request, 400, _("Det kunne ikke forstås"))


def not_allowed(
    request: HttpRequest, exception: Exception | None = None, reason: str = ""
) -> HttpResponse:
    """403: not for everybody, or a form that is too old."""
    return _page(request, 403, _("Det har du ikke adgang til"))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is nothing at the address; says what is missing, where that is known."""
    missing = exception if isinstance(exception, Missing) else None
    at_work = request.path.startswith("/arbejde/")
    return _page(request, 404, _("Siden findes ikke"), missing=missing, at_work=at_work)


def nowhere(request: HttpRequest) -> HttpResponse:
    """404: there is no such page in the working house."""
    raise Http404


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: tried too often; a sign-in can be tried again after five minutes."""
    return pace.too_many(request, 300)


def broken(request: HttpRequest) -> HttpResponse:
    """500: a fault in the site; shows nothing of it, and asks nothing of the database."""
    return _page(request, 500, _("Noget gik galt hos os"))


def _page(request: HttpRequest, status: int, title: str, **content: object) -> HttpResponse:
    page = Page(title=title, indexed=False)
    return shown(request, f"errors/{status}.html", page, status=status, **content)
