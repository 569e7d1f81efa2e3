"""What hits are counted by, in one number for each item, so that one pass counts them all.

    body (16 bits) | year (7) | outcome (4) | KLE main group (7) | parties (29)

A search fetches each number once with the times that it stands in the hits, and counts from
there: for each facet under all filters but its own, so that a second value can be chosen.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final, NamedTuple, get_args

from sagsgang.minutes.model import Outcome

__all__ = ["FACETS", "NO_FILTERS", "OUTCOMES", "PARTIES", "Counted", "Facets", "Filters", "count"]

OUTCOMES: Final = ("", *get_args(Outcome))
"""In the order of the contract, which only grows; the first is no outcome."""
PARTIES: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ"
FACETS: Final = ("municipality", "body", "year", "outcome", "kle", "party")

_LETTERS: Final = frozenset(PARTIES)
_FIRST_YEAR: Final = 1970
_LAST_YEAR: Final = 2096
_NO_KLE: Final = 100
_PLACES: Final = {
    "body": (47, 0xFFFF),
    "year": (40, 0x7F),
    "outcome": (36, 0xF),
    "kle": (29, 0x7F),
    "party": (0, (1 << 29) - 1),
}
"""Of each facet: how far to the right it must be moved, and the bits that it has then."""


class Facets(NamedTuple):
    """What an item is counted by.

    `outcome` is the contract's word or empty, `kle` the main group's two digits or empty,
    `parties` the letters of those who voted against, abstained or dissented.
    """

    body: int
    year: int
    outcome: str = ""
    kle: str = ""
    parties: frozenset[str] = frozenset()

    @property
    def packed(self) -> int:
        """All of it in one number, below 2 to the power of 63.

        Raises:
            OverflowError: there are more than 65,535 bodies.
        """
        if self.body > _PLACES["body"][1]:
            raise OverflowError("Søgeindekset kan højst tælle 65.535 udvalg.")
        numbers = {
            "body": self.body,
            "year": min(max(self.year, _FIRST_YEAR), _LAST_YEAR) - _FIRST_YEAR,
            "outcome": OUTCOMES.index(self.outcome),
            "kle": int(self.kle) if self.kle else _NO_KLE,
            "party": _mask(self.parties),
        }
        return sum(number << _PLACES[facet][0] for facet, number in numbers.items())


def _mask(parties: Iterable[str]) -> int:
    """One bit for each party; a party without a letter of its own has none."""
    return sum(1 << PARTIES.index(party) for party in set(parties) if party in _LETTERS)


def _letters(mask: int) -> list[str]:
    return [letter for place, letter in enumerate(PARTIES) if mask >> place & 1]


@dataclass(frozen=True, slots=True)
class Filters:
    """What hits must be; each is one of the values given, an empty one is any.

    `municipality` and `body` are keys of rows, and a body must be one of the municipalities'.
    `since` and `until` are dates, both included.
    """

    municipality: frozenset[int] = frozenset()
    body: frozenset[int] = frozenset()
    year: frozenset[int] = frozenset()
    outcome: frozenset[str] = frozenset()
    kle: frozenset[str] = frozenset()
    party: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None

    def conditions(self, municipalities: Mapping[int, int]) -> list[str]:
        """SQL on the column `facets`, one condition for each filter of a facet that is set.

        `municipalities` gives the municipality of each body.
        """
        wanted = _raw(self)
        if self.municipality:
            wanted["municipality"] = frozenset(
                body for body, one in municipalities.items() if one in self.municipality
            )
        conditions = [_among(facet, raw) for facet, raw in wanted.items()]
        if self.party:
            conditions.append(f"facets & {_mask(self.party)} <> 0")
        return conditions

    @property
    def days(self) -> Iterator[tuple[str, date]]:
        """SQL on the column `date`, with its parameter, for each end of the time."""
        if self.since:
            yield "e.date >= %s", self.since
        if self.until:
            yield "e.date <= %s", self.until


NO_FILTERS: Final = Filters()


def _raw(filters: Filters) -> dict[str, frozenset[int]]:
    """What stands in the number for the values of filters: keys and numbers only."""
    wanted = {
        "body": filters.body,
        "year": {year - _FIRST_YEAR for year in filters.year},
        "outcome": {OUTCOMES.index(word) for word in filters.outcome if word in OUTCOMES},
        "kle": {int(kle) for kle in filters.kle if kle.isdecimal()},
    }
    return {facet: frozenset(raw) for facet, raw in wanted.items() if getattr(filters, facet)}


def _among(facet: str, raw: frozenset[int]) -> str:
    shift, mask = _PLACES["body" if facet == "municipality" else facet]
    numbers = ", ".join(str(int(number)) for number in sorted(raw)) or "-1"
    return f"(facets >> {shift} & {mask}) IN ({numbers})"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many hits there are, and for each facet how many have each of its values."""

    total: int
    values: dict[str, Counter[Any]]


def count(
    rows: Iterable[tuple[int, int]], filters: Filters, municipalities: Mapping[int, int]
) -> Counted:
    """Counts packed facets, each given with the times that it stands there.

    The values of a facet are counted under the filters of the other facets, municipalities
    without that of bodies too. Items without a value are left out of the facet.
    """
    hits, kept = _sorted_out(rows, filters, municipalities)
    values = {facet: _values(facet, hits + kept[facet]) for facet in FACETS[1:]}
    bodies = _values("body", hits + kept["municipality"] + kept["body"])
    values["municipality"] = Counter()
    for body, times in bodies.items():
        values["municipality"][municipalities.get(body, 0)] += times
    return Counted(sum(times for _, times in hits), values)


def _sorted_out(
    rows: Iterable[tuple[int, int]], filters: Filters, municipalities: Mapping[int, int]
) -> tuple[list[tuple[int, int]], dict[str, list[tuple[int, int]]]]:
    """The rows that pass all filters, and for each facet those that fail its filter alone."""
    kept: dict[str, list[tuple[int, int]]] = {facet: [] for facet in FACETS}
    fails = _fails(filters, municipalities)
    if not fails:
        return list(rows), kept
    hits = []
    for row in rows:
        failed = [facet for facet, fail in fails if fail(row[0])]
        if not failed:
            hits.append(row)
        elif len(failed) == 1 or failed == ["municipality", "body"]:
            kept[failed[0]].append(row)
    return hits, kept


def _fails(
    filters: Filters, municipalities: Mapping[int, int]
) -> list[tuple[str, Callable[[int], bool]]]:
    """For each filter that is set: whether packed facets fail it."""
    tests: list[tuple[str, Callable[[int], bool]]] = []
    if filters.municipality:
        tests.append(
            ("municipality", lambda p: municipalities.get(p >> 47) not in filters.municipality)
        )
    for facet, raw in _raw(filters).items():
        shift, mask = _PLACES[facet]
        tests.append((facet, partial(_is_other, shift, mask, raw)))
    if filters.party:
        tests.append(("party", partial(_has_none, _mask(filters.party))))
    return tests


def _is_other(shift: int, mask: int, wanted: frozenset[int], packed: int) -> bool:
    return (packed >> shift & mask) not in wanted


def _has_none(mask: int, packed: int) -> bool:
    return not packed & mask


def _values(facet: str, rows: list[tuple[int, int]]) -> Counter[Any]:
    """How often each value of a facet stands in packed facets."""
    shift, mask = _PLACES[facet]
    raw: dict[int, int] = defaultdict(int)
    for packed, times in rows:
        raw[packed >> shift & mask] += times
    if facet == "party":
        return _of_parties(raw)
    named = {_named(facet, value): times for value, times in raw.items()}
    return Counter({value: times for value, times in named.items() if value != ""})


def _of_parties(raw: Mapping[int, int]) -> Counter[str]:
    parties: Counter[str] = Counter()
    for mask, times in raw.items():
        for letter in _letters(mask):
            parties[letter] += times
    return parties


def _named(facet: str, value: int) -> Any:
    """A facet's value, of what stands for it in the number."""
    if facet == "year":
        return value + _FIRST_YEAR
    if facet == "outcome":
        return OUTCOMES[value]
    if facet == "kle":
        return "" if value == _NO_KLE else f"{value:02}"
    return value
