"""The search page: words, filters with counts, and what was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sagsgang.archive import kle
from sagsgang.archive.search import state
from sagsgang.archive.search.found import shown as found
from sagsgang.archive.search.index import Results, Value, find
from sagsgang.archive.search.query import Query
from sagsgang.archive.search.suggesting import suggestion
from sagsgang.archive.searched import address_of
from sagsgang.archive.subjects import beside
from sagsgang.bodies.models import Body, Municipality
from sagsgang.minutes import words

from .asked import FACETS, Asked
from .pace import paced
from .page import Link, Page, shown
from .wording import said

_MOST_OF_FACET: Final = 12
_HEADINGS: Final = {
    "municipality": gettext_lazy("Kommune"),
    "body": gettext_lazy("Udvalg"),
    "year": gettext_lazy("År"),
    "outcome": gettext_lazy("Udfald"),
    "kle": gettext_lazy("KLE-hovedgruppe"),
    "party": gettext_lazy("Parti i mindretal"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet as the form has it."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its values; `name` is the field's."""

    name: str
    heading: str
    choices: list[Choice]


@paced
def search(request: HttpRequest) -> HttpResponse:
    """The page; without words it shows everything, the latest first."""
    asked = Asked.of(request.GET)
    query = Query.parse(asked.text, state.analyser())
    filters = asked.filters()
    results = find(query, filters, order=asked.order, page=asked.page)
    return shown(
        request,
        "archive/search.html",
        _page(request, asked),
        asked=asked,
        query=asked.text,
        results=results,
        hits=found(results.items, query),
        suggestion=suggestion(query),
        facets=_facets(results),
        first=(results.page - 1) * results.size + 1,
        before=results.page - 1,
        after=results.page + 1,
        followed=address_of(asked),
        since_label=_("Fra"),
        until_label=_("Til"),
    )


def _page(request: HttpRequest, asked: Asked) -> Page:
    title = _("Søgning: %(text)s") % {"text": asked.text} if asked.text else _("Søg")
    feeds = ()
    if asked.text or asked.is_filtered:
        feeds = (Link(title, beside(address_of(asked), "feed.atom")),)
    return Page(
        title=title,
        description=_("Søg i dagsordener og referater fra kommunernes udvalg."),
        trail=(Link(_("Forside"), "/"),),
        crumb=_("Søg"),
        feeds=feeds,
        indexed=not request.GET,
    )


def _facets(results: Results) -> list[Facet]:
    """The facets that part what was found, each with its commonest values and those chosen."""
    shown_values = {facet: _few(facet, values) for facet, values in results.facets.items()}
    municipalities = Municipality.objects.in_bulk(_keys(shown_values["municipality"]))
    bodies = Body.objects.select_related("municipality").in_bulk(_keys(shown_values["body"]))
    named = {
        "municipality": lambda key: _of_municipality(municipalities.get(key)),
        "body": lambda key: _of_body(bodies.get(key), len(municipalities) > 1),
        "outcome": lambda word: (word, said(words.outcome(word))),
        "kle": lambda number: (number, kle.named(number)),
    }
    facets = []
    for facet, name in FACETS.items():
        name_of = named.get(facet, lambda value: (str(value), str(value)))
        choices = [
            Choice(*name_of(one.value), one.count, one.chosen) for one in shown_values[facet]
        ]
        choices = [choice for choice in choices if choice.value]
        if len(choices) > 1 or any(choice.chosen for choice in choices):
            facets.append(Facet(name, str(_HEADINGS[facet]), choices))
    return facets


def _few(facet: str, values: Iterable[Value]) -> list[Value]:
    """The commonest values, and those that are chosen; years in their order."""
    values = list(values)
    few = [one for place, one in enumerate(values) if place < _MOST_OF_FACET or one.chosen]
    return sorted(few, key=lambda one: one.value, reverse=True) if facet == "year" else few


def _keys(values: Iterable[Value]) -> list[int]:
    return [one.value for one in values]


def _of_municipality(found: Municipality | None) -> tuple[str, str]:
    return (found.slug, found.name) if found else ("", "")


def _of_body(found: Body | None, several: bool) -> tuple[str, str]:
    if found is None:
        return "", ""
    name = f"{found.name}, {found.municipality.name}" if several else found.name
    return f"{found.municipality.slug}/{found.slug}", name
