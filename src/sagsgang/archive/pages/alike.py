"""Items about the same matter as one, wherever in the country they were treated."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.vary import vary_on_headers

from ..models import Item
from ..search.similar import similar
from . import trail, wording
from .addresses import item_at
from .conditional import fresh_everywhere
from .page import Link, Page, shown

SHOWN: Final = 6
_ASKED_FOR: Final = 18
"""Some of the most alike are treatments of the same case, which has a page of its own."""


@vary_on_headers("HX-Request")
@fresh_everywhere
def alike(
    request: HttpRequest, municipality: str, body: str, meeting: str, item: str
) -> HttpResponse:
    """The items most like one: a page, or the list alone where the item's page asks for it."""
    row = item_at(municipality, body, meeting, item)
    found = _like(row)
    template = "archive/alike.html" if request.htmx else "archive/alike_page.html"
    title = wording.item_title(row)
    steps = [
        *trail.to_meeting(row.meeting),
        Link(wording.item_name(row), row.get_absolute_url()),
    ]
    page = Page(
        title=_("Sager, der ligner: %(title)s")
        % {"title": f"{title}, {row.meeting.body.name}, {wording.day_said(row.meeting.date)}"},
        trail=steps,
        crumb=_("Lignende sager"),
        indexed=False,
    )
    return shown(request, template, page, item=row, title=title, alike=found)


def _like(row: Item) -> list[Item]:
    """The items most alike that are no treatments of the same case, the most alike first."""
    keys = similar(row.pk, _ASKED_FOR)
    items = Item.objects.filter(pk__in=keys, closed=False)
    if row.case_id is not None:
        items = items.exclude(case_id=row.case_id)
    by_key = items.select_related("meeting__body__municipality").in_bulk()
    return [by_key[key] for key in keys if key in by_key][:SHOWN]
