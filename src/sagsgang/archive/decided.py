"""Which of an item's decisions is the meeting's own."""

from __future__ import annotations

from sagsgang.minutes import Decision, Item, Minutes


def own_decision(item: Item, minutes: Minutes) -> Decision | None:
    """The meeting's own decision in an item that may quote others' (contract, Decisions)."""
    candidates = [
        decision
        for decision in item.decisions
        if decision.committee in (None, minutes.committee) and decision.date in (None, minutes.date)
    ]
    return candidates[-1] if candidates else None
