"""The front page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from .page import Page, shown


def front(request: HttpRequest) -> HttpResponse:
    """The site's first page: search, what is coming, what was decided, and where it comes from."""
    page = Page(title=settings.SITE_NAME, description=_("Referater"))
    return shown(request, "archive/front.html", page)
