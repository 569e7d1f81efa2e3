"""What a reading says of itself: findings, and the rules that gave the derived values."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Final, TypeVar

from ..model import Explanation, Finding, Item

_T = TypeVar("_T")
_ORDER: Final = {"title_differs": 0, "date_differs": 1}


class Report:
    """Findings and explanations, gathered while a document is read."""

    def __init__(self, notes: Iterable[tuple[str, str]] = ()) -> None:
        self._findings = [Finding(code, message) for code, message in notes]
        self._explanations: list[Explanation] = []

    def find(self, code: str, message: str, item: str | None = None) -> None:
        """Adds a finding."""
        self._findings.append(Finding(code, message, item))

    def explain(self, path: str, rule: str) -> None:
        """Adds the rule that gave the value at `path`; nothing where no rule did."""
        if rule:
            self._explanations.append(Explanation(path, rule))

    def explained(self, path: str, rule: str, value: Iterable[_T]) -> tuple[_T, ...]:
        """`value` as a tuple, explained if there is something in it."""
        values = tuple(value)
        if values:
            self.explain(path, rule)
        return values

    def explanations(self) -> tuple[Explanation, ...]:
        """The explanations in the order in which the values were read."""
        return tuple(self._explanations)

    def findings(self, items: Sequence[Item]) -> tuple[Finding, ...]:
        """Findings by the item they speak of, those of the head first, those of no item last."""
        place_of = _places(items)
        ordered = sorted(
            self._findings, key=lambda finding: (place_of(finding), _ORDER.get(finding.code, 2))
        )
        return tuple(ordered)


def _places(items: Sequence[Item]) -> Callable[[Finding], float]:
    """Where findings stand: an item that is missing after the last with a lower number."""
    places: dict[str, float] = {}
    for place, item in enumerate(items):
        if item.number:
            places.setdefault(item.number, place)
    numbered = sorted((int(n), place) for n, place in places.items() if n.isdecimal())
    numbers = [number for number, _ in numbered]
    last = list(accumulate((place for _, place in numbered), max, initial=-1.0))

    def place_of(finding: Finding) -> float:
        if finding.item is None:
            return -1.0 if finding.code == "date_differs" else len(items) + 1.0
        if finding.item in places:
            return places[finding.item]
        if not finding.item.isdecimal():
            return float(len(items))
        return last[bisect_left(numbers, int(finding.item))] + 0.5

    return place_of
