"""`robots.txt` and sitemaps: what search engines are asked to read, however much there is.

A part of the sitemap is a range of a table's own numbers, so that it is found by one question and
written while it is read, and rows that come or go move nothing between the parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Any, Final, NamedTuple
from xml.sax.saxutils import escape

from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse

from sagsgang.bodies.models import Body, Municipality, Person

from .long_reading import long_reading
from .models import Case, Item, Meeting
from .opening import site_address

MOST: Final = 50_000
"""Addresses in a file, as sitemaps.org allows."""
_AT_A_TIME: Final = 2000
_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_FIXED: Final = ("/", "/kilder/", "/data/", "/api/", "/om/", "/segl/", "/tilgaengelighed/")

_ROBOTS: Final = """\
User-agent: *
Disallow: /arbejde/
Disallow: /soeg/
Disallow: /sprog/
Disallow: /foelg/
Disallow: /api/
Allow: /api/$
Disallow: /oparl/
Disallow: /data/referater
Disallow: /*/kalender.ics

Sitemap: {site}/sitemap.xml
"""


class Kind(NamedTuple):
    """A kind of page: its rows, the columns of its addresses, and how these are written.

    The last column may be when the page last changed.
    """

    rows: Callable[[], QuerySet[Any]]
    columns: tuple[str, ...]
    address: str


_KINDS: Final = {
    "kommuner": Kind(lambda: Municipality.objects.filter(bodies__isnull=False), ("slug",), "/{}/"),
    "udvalg": Kind(Body.objects.all, ("municipality__slug", "slug"), "/{}/{}/"),
    "moeder": Kind(
        Meeting.objects.all,
        ("body__municipality__slug", "body__slug", "slug", "changed_at"),
        "/{}/{}/{}/",
    ),
    "punkter": Kind(
        Item.objects.all,
        (
            "meeting__body__municipality__slug",
            "meeting__body__slug",
            "meeting__slug",
            "slug",
            "meeting__changed_at",
        ),
        "/{}/{}/{}/{}/",
    ),
    "sager": Kind(
        lambda: Case.objects.filter(items__isnull=False),
        ("municipality__slug", "slug"),
        "/{}/sag/{}/",
    ),
    "personer": Kind(Person.objects.all, ("municipality__slug", "slug"), "/{}/person/{}/"),
}


def robots(request: HttpRequest) -> HttpResponse:
    """What robots are asked to leave alone, and where the sitemap is."""
    told = _ROBOTS.format(site=site_address(request))
    return HttpResponse(told, content_type="text/plain; charset=utf-8")


def index(request: HttpRequest) -> HttpResponse:
    """The index of the sitemap: the parts that have something in them."""
    site = site_address(request)
    parts = [f"{site}/sitemap-sider.xml"]
    for name, kind in _KINDS.items():
        # Unordered, as an ordering would make each row a part of its own.
        rows = kind.rows().order_by().annotate(part=F("pk") / MOST)
        numbers = sorted(rows.values_list("part", flat=True).distinct())
        parts += [f"{site}/sitemap-{name}-{part}.xml" for part in numbers]
    entries = "".join(f"<sitemap><loc>{escape(part)}</loc></sitemap>\n" for part in parts)
    return HttpResponse(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{_NAMESPACE}">\n'
        f"{entries}</sitemapindex>\n",
        content_type="application/xml",
    )


def fixed(request: HttpRequest) -> HttpResponse:
    """The sitemap of the pages that are always there."""
    return HttpResponse(
        "".join(_written((f"{site_address(request)}{path}", None) for path in _FIXED)),
        content_type="application/xml",
    )


def part(request: HttpRequest, name: str, number: int) -> StreamingHttpResponse:
    """A part of the sitemap: the pages of a kind whose rows have these numbers."""
    kind = _KINDS.get(name)
    if kind is None:
        raise Http404
    pages = _pages(kind, number, site_address(request))
    first = next(pages, None)
    if first is None:
        raise Http404
    return StreamingHttpResponse(
        _in_pieces(_written(chain([first], pages))), content_type="application/xml"
    )


Page = tuple[str, Any]
"""An address, and when the page last changed, where that is known."""


def _pages(kind: Kind, number: int, site: str) -> Iterator[Page]:
    first = number * MOST
    rows = kind.rows().filter(pk__gte=first, pk__lt=first + MOST).order_by("pk").distinct()
    dated = kind.columns[-1].endswith("changed_at")
    with long_reading():
        for _pk, *values in rows.values_list("pk", *kind.columns).iterator(_AT_A_TIME):
            changed = values.pop() if dated else None
            yield site + kind.address.format(*values), changed


def _written(pages: Iterable[Page]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{_NAMESPACE}">\n'
    for address, changed in pages:
        when = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
        yield f"<url><loc>{escape(address)}</loc>{when}</url>\n"
    yield "</urlset>\n"


def _in_pieces(lines: Iterator[str]) -> Iterator[str]:
    """The lines some hundred at a time, as each piece costs the server a little."""
    while piece := list(islice(lines, 500)):
        yield "".join(piece)
