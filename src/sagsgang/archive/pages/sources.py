"""The page of the sources: where documents come from, and when each was last gone through."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sagsgang.archive.models import Held

from .freshness import RUNS, freshness
from .page import Link, Page, shown


def sources(request: HttpRequest) -> HttpResponse:
    """Every source with its last runs, and how many documents are held back."""
    page = Page(
        title=_("Kilder"),
        description=_("Hvor arkivets dagsordener og referater kommer fra, og hvor friske de er."),
        trail=(Link(_("Forside"), "/"),),
    )
    return shown(
        request,
        "archive/sources.html",
        page,
        sources=freshness(RUNS),
        held=Held.objects.count(),
    )
