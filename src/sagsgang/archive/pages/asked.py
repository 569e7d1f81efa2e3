"""What a reader asks the search for, as its address has it: words, filters, order and page."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from sagsgang.archive.search.facets import Filters
from sagsgang.archive.search.index import Order
from sagsgang.bodies.models import Body, Municipality

_ORDERS: Final[Mapping[str, Order]] = {"bedst": "relevance", "nyest": "date"}
FACETS: Final[Mapping[str, str]] = {
    "municipality": "kommune",
    "body": "udvalg",
    "year": "aar",
    "outcome": "udfald",
    "kle": "emne",
    "party": "parti",
}
"""The facets, and what each is called in addresses."""
_MOST_VALUES: Final = 50
_YEAR: Final = re.compile(r"[0-9]{4}")
_ADDRESS: Final = re.compile(r"[a-z0-9-]{1,100}(?:/[a-z0-9-]{1,100})?")


@dataclass(slots=True)
class Asked:
    """What was asked for; what could not be understood stands in `mistakes`, by its field.

    `since` and `until` are as written; what `filters` can read of them it writes as Danes do.
    """

    text: str
    order: Order
    page: int
    values: dict[str, list[str]]
    since: str = ""
    until: str = ""
    mistakes: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        """What the query of an address asks for."""
        text = query.get("q", "").strip()
        usual: Order = "relevance" if text else "date"
        return cls(
            text=text,
            order=_ORDERS.get(query.get("sortering", ""), usual),
            page=_page(query.get("side", "")),
            values={facet: _values(query.getlist(name)) for facet, name in FACETS.items()},
            since=query.get("fra", "").strip(),
            until=query.get("til", "").strip(),
        )

    @property
    def is_filtered(self) -> bool:
        """Whether anything but words was asked for."""
        return any(self.values.values()) or bool(self.since or self.until)

    def filters(self) -> Filters:
        """The filters; a date that cannot be understood filters nothing, and is a mistake."""
        since, until = self._date("since", self.since), self._date("until", self.until)
        if since and until and since > until:
            self.mistakes["until"] = _("Til-datoen skal ligge efter fra-datoen.")
        return Filters(
            municipality=frozenset(_municipalities(self.values["municipality"])),
            body=frozenset(_bodies(self.values["body"])),
            year=frozenset(int(year) for year in self.values["year"] if _YEAR.fullmatch(year)),
            outcome=frozenset(self.values["outcome"]),
            kle=frozenset(self.values["kle"]),
            party=frozenset(self.values["party"]),
            since=since,
            until=until,
        )

    def _date(self, name: str, written: str) -> dt.date | None:
        if not written:
            return None
        try:
            date = _read(written)
        except (ValueError, OverflowError):
            self.mistakes[name] = _("Skriv datoen som dag.måned.år, for eksempel 18.6.2025.")
            return None
        setattr(self, name, f"{date.day}.{date.month}.{date.year}")
        return date


def _values(given: list[str]) -> list[str]:
    """The values that a form can have given: one each, none of them empty."""
    return list(dict.fromkeys(filter(None, given)))[:_MOST_VALUES]


def _read(written: str) -> dt.date:
    """The date, as a browser's field gives it or as a Dane writes it.

    Raises:
        ValueError: it is none.
    """
    if "-" in written and written.index("-") == len("2025"):
        return dt.date.fromisoformat(written)
    day, month, year = (
        int(part) for part in written.replace("/", ".").replace("-", ".").split(".")
    )
    return dt.date(year, month, day)


def _page(written: str) -> int:
    return min(int(written), 10_000) if written.isdecimal() and len(written) < 9 else 1


def _municipalities(slugs: list[str]) -> Iterator[int]:
    """Their keys; a name that there is not finds nothing, rather than everything."""
    if slugs:
        yield 0
        named = filter(_ADDRESS.fullmatch, slugs)
        yield from Municipality.objects.filter(slug__in=named).values_list("pk", flat=True)


def _bodies(addresses: list[str]) -> Iterator[int]:
    """The keys of the bodies at addresses such as `horsens/socialudvalget`."""
    if addresses:
        yield 0
        wanted = {tuple(one.split("/")) for one in addresses if _ADDRESS.fullmatch(one)}
        found = Body.objects.filter(slug__in=[slug for *_municipality, slug in wanted])
        for key, *names in found.values_list("pk", "municipality__slug", "slug"):
            if tuple(names) in wanted:
                yield key
