"""What a municipality's seal is, and how anybody can check one."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from .. import sealed
from .addresses import Missing
from .page import Link, Page, shown


def seals(request: HttpRequest) -> HttpResponse:
    """How a sealed file is checked, and whether this site's seals are for trial only."""
    page = Page(
        title=_("Kommunens segl"),
        description=_("Hvad seglet på et referat viser, og hvordan du kontrollerer det."),
        trail=(Link(_("Forside"), "/"),),
    )
    return shown(request, "archive/seals.html", page, trial=sealed.trial_root() is not None)


def trial_root(request: HttpRequest) -> FileResponse:
    """The certificate that seals for trial are checked against, as PEM.

    Raises:
        Missing: the seals are real.
    """
    root = sealed.trial_root()
    if root is None:
        raise Missing(_("Der er intet prøvecertifikat på dette websted."))
    return FileResponse(root.open("rb"), content_type="application/x-pem-file", filename=root.name)
