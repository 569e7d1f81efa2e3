"""The versions of a presentation, and what each of them changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sagsgang.archive.pages.page import Link
from sagsgang.cases.models import Presentation, Version
from sagsgang.cases.reading import presentation_for

from .page import work_page
from .writing import differences, texts

_ONE_SITTING: Final = dt.timedelta(minutes=10)


def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """The versions, the latest first; what one person saved in one sitting is one of them."""
    found = _found(request, pk)
    rows = found.versions.select_related("saved_by").defer("content").order_by("revision")
    return work_page(
        request,
        "cases/versions.html",
        _("Udgaver"),
        trail=trail_of(found),
        presentation=found,
        versions=list(reversed(sittings(rows))),
    )


def sittings(rows: Iterable[Version]) -> list[Version]:
    """The last version of each sitting, in order; each with `before`, the one before it."""
    kept: list[Version] = []
    for row in rows:
        last = kept[-1] if kept else None
        same = (
            last is not None
            and last.saved_by_id == row.saved_by_id
            and row.saved_at - last.saved_at < _ONE_SITTING
            and last.revision > 1
        )
        if same:
            kept.pop()
        row.before = kept[-1].revision if kept else None
        kept.append(row)
    return kept


def version(request: HttpRequest, pk: int, revision: int) -> HttpResponse:
    """A version as it was, and what differs from an earlier one (`fra`)."""
    found = _found(request, pk)
    here = _version(found, revision)
    from_ = request.GET.get("fra", "")
    before = _version(found, int(from_)) if from_.isdecimal() else None
    return work_page(
        request,
        "cases/version.html",
        _("Udgave %(number)s") % {"number": revision},
        trail=(*trail_of(found), Link(_("Udgaver"), f"{found.get_absolute_url()}udgaver/")),
        presentation=found,
        version=here,
        before=before,
        texts=texts(here.content),
        files=here.content.get("attachments", ()),
        differences=differences(before.content, here.content) if before else None,
    )


def _version(found: Presentation, revision: int) -> Version:
    row = found.versions.select_related("saved_by").filter(revision=revision).first()
    if row is None:
        raise Http404
    return row


def _found(request: HttpRequest, pk: int) -> Presentation:
    try:
        return presentation_for(request.user, pk)
    except Presentation.DoesNotExist:
        raise Http404 from None


def trail_of(found: Presentation) -> tuple[Link, ...]:
    """What lies between the desk and a page that belongs to a presentation."""
    case = found.treatment.case
    return (
        Link(_("Sager"), "/arbejde/sager/"),
        Link(case.number, case.get_absolute_url()),
        Link(str(found.treatment.body), found.get_absolute_url()),
    )
