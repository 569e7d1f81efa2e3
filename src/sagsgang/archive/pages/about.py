"""What the site is, and how it can be used by everyone."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from .page import Link, Page, shown

_STATED: Final = dt.date(2026, 11, 22)
"""When the site was last gone through for the accessibility statement."""


def about(request: HttpRequest) -> HttpResponse:
    """What the archive is, how it reads documents, and what to do about a mistake."""
    page = Page(
        title=_("Om %(site)s") % {"site": settings.SITE_NAME},
        description=_("Hvad arkivet er, hvordan dokumenterne læses, og hvordan du melder en fejl."),
        trail=(Link(_("Forside"), "/"),),
    )
    return shown(request, "archive/about.html", page)


def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement, in the form that the law prescribes."""
    page = Page(
        title=_("Tilgængelighedserklæring"),
        description=_("Hvor godt webstedet lever op til webtilgængelighedsloven."),
        trail=(Link(_("Forside"), "/"),),
    )
    return shown(
        request,
        "archive/accessibility.html",
        page,
        stated=_STATED,
        official=settings.STATEMENT,
        phone=settings.PHONE,
    )


def official_statement(request: HttpRequest) -> HttpResponse:
    """On to the statement made with WAS-Tool, or to the site's own where there is none.

    `/was` is the short address that public bodies' sites have for it (Digitaliseringsstyrelsen,
    "Om tilgængelighedserklæringen"; bekendtgørelse nr. 904 af 22. august 2019).
    """
    return HttpResponseRedirect(settings.STATEMENT or "/tilgaengelighed/")
