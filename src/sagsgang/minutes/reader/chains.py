"""The row of rising numbers that the items of a document most likely have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from .items import Candidate

_WINDOW: Final = 48
_FIRST: Final = 0.5
_NEXT: Final = 1.5
_FEW_MISSING: Final = 4
_OTHER_FORM: Final = -2.0


def best_chain(found: Sequence[Candidate]) -> tuple[list[Candidate], float]:
    """The chain of rising numbers with the highest score, and that score.

    A link to the next number adds to it, a jump takes away. For each candidate the last few
    before it are looked at, and the best that has the number before its own: so time is linear.
    """
    totals: list[float] = []
    links: list[int] = []
    latest: dict[int, int] = {}
    """For each number the candidate with the best chain up to it."""
    for position, candidate in enumerate(found):
        total = candidate.score + (_FIRST if candidate.number == 1 else 0.0)
        link = -1
        for other in _before(position, latest.get(candidate.number - 1)):
            before = found[other]
            if before.number >= candidate.number:
                continue
            value = totals[other] + _link(before, candidate) + candidate.score
            if value > total:
                total, link = value, other
        totals.append(total)
        links.append(link)
        best = latest.get(candidate.number)
        if best is None or totals[best] <= total:
            latest[candidate.number] = position
    return _followed(found, totals, links)


def _before(position: int, exact: int | None) -> Sequence[int]:
    reach = range(max(0, position - _WINDOW), position)
    return reach if exact is None or exact in reach else (*reach, exact)


def _link(before: Candidate, candidate: Candidate) -> float:
    """What a step from one number to another adds."""
    step = candidate.number - before.number
    if step == 1:
        gain = _NEXT
    elif step <= _FEW_MISSING:
        gain = -0.5
    else:
        gain = -2.0 - min(step, 40) * 0.05
    return gain if before.prefixed == candidate.prefixed else gain + _OTHER_FORM


def _followed(
    found: Sequence[Candidate], totals: Sequence[float], links: Sequence[int]
) -> tuple[list[Candidate], float]:
    """The chain with the highest total, followed back from its end."""
    best, place = max(((total, -at) for at, total in enumerate(totals)), default=(0.0, 1))
    if best <= 0:
        return [], 0.0
    position = -place
    chain: list[Candidate] = []
    while position >= 0:
        chain.append(found[position])
        position = links[position]
    chain.reverse()
    return chain, best
