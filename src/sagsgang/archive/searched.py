"""A search as something that can be followed: the items that it finds, whenever they come."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from sagsgang.bodies.models import Body

from .pages.asked import FACETS, Asked
from .search import matching, state
from .search.database import Selection, latest_items
from .search.query import Query

LONGEST: Final = 500
"""Letters in a search's address."""
NEWEST: Final = 2000


def asked_in(query: str) -> Asked | None:
    """What a search page's query asks for; `None` for everything, and what cannot be read."""
    try:
        asked = Asked.of(QueryDict(query))
    except (UnicodeDecodeError, ValueError):
        return None
    return asked if asked.text or asked.is_filtered else None


def address_of(asked: Asked) -> str:
    """The search's own address, without order and page: the same for what is the same."""
    pairs = [("q", asked.text)] if asked.text else []
    for facet, name in FACETS.items():
        pairs += [(name, value) for value in sorted(asked.values[facet])]
    pairs += [(name, day) for name, day in (("fra", asked.since), ("til", asked.until)) if day]
    return f"/soeg/?{urlencode(pairs)}"


def name_of(asked: Asked) -> str:
    """What a search is called in feeds and mails."""
    if not asked.text:
        return _("En afgrænset søgning")
    if asked.is_filtered:
        return _("Søgning: %(text)s (afgrænset)") % {"text": asked.text}
    return _("Søgning: %(text)s") % {"text": asked.text}


def found_by(asked: Asked) -> Q:
    """Of an item: that it is among what the search finds, the 2,000 that came last.

    Entries of the index are numbered as they come, and what changes gets a new one.
    """
    filters = asked.filters()
    municipalities = dict(Body.objects.values_list("pk", "municipality_id"))
    selection = Selection.of(
        matching.hits(Query.parse(asked.text, state.analyser())),
        filters,
        filters.conditions(municipalities),
    )
    return Q(pk__in=latest_items(selection, NEWEST))
