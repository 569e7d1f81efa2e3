"""What changed from one version of a document to another: a value computed from two `Minutes`.

It says what a reader wants to know of a correction: which items came, went or moved, and in each
that stayed, what was changed and from what to what.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from rapidfuzz import fuzz

from . import words
from .model import Attendance, Item, Minutes, Section
from .word_changes import Stretch, word_changes

ItemChange = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Change:
    """A value that is not the same: the field's name in the contract, and both values as text.

    A section's field is `sections`, with its label as printed. An empty text is a value that
    is not there.
    """

    field: str
    old: str
    new: str
    label: str = ""

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The two values as one text, with what was deleted and inserted."""
        return word_changes(self.old, self.new)


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """An item that came, went, or has changes; the places are those in the two documents."""

    kind: ItemChange
    old: int | None
    new: int | None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that is not the same in two documents; empty where nothing is."""

    head: tuple[Change, ...] = ()
    items: tuple[ItemDifference, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.head or self.items)


def differences(old: Minutes, new: Minutes) -> Differences:
    """What changed from `old` to `new`; items in the order of `new`, those that went last."""
    pairs = paired(old.items, new.items)
    found: list[ItemDifference] = []
    for place, item in enumerate(new.items):
        before = pairs.get(place)
        if before is None:
            found.append(ItemDifference("added", None, place))
            continue
        changes = tuple(_item_changes(old.items[before], item))
        if changes:
            found.append(ItemDifference("changed", before, place, changes))
    kept = set(pairs.values())
    found += [
        ItemDifference("removed", place, None)
        for place in range(len(old.items))
        if place not in kept
    ]
    return Differences(tuple(_head_changes(old, new)), tuple(found))


# --- the head --------------------------------------------------------------------------------

_HEAD: Final = ("municipality", "committee", "term", "date", "start_time", "place")


def _head_changes(old: Minutes, new: Minutes) -> Iterator[Change]:
    if old.kind != new.kind:
        yield Change("kind", words.KINDS[old.kind].danish, words.KINDS[new.kind].danish)
    for field in _HEAD:
        before, after = getattr(old, field) or "", getattr(new, field) or ""
        if before != after:
            yield Change(field, before, after)
    members = _lines(map(_member, old.members)), _lines(map(_member, new.members))
    if members[0] != members[1]:
        yield Change("members", *members)


def _member(member: Attendance) -> str:
    party = "uden for parti" if member.party == "independent" else member.party
    presence = {True: "til stede", False: "fraværende", None: ""}[member.present]
    told = f"{member.name} ({party})" if party else member.name
    return f"{told}, {presence}" if presence else told


def _lines(values: Iterator[str] | Sequence[str]) -> str:
    return "\n".join(values)


# --- which items are the same -----------------------------------------------------------------

_Key = Callable[[Item], object]
_ALIKE: Final = 85.0
"""How alike two titles are, in per cent, that one was corrected to the other."""

# Items are the same by the first of these that only one of the old and one of the new have.
_KEYS: Final[tuple[_Key, ...]] = (
    lambda item: item,
    lambda item: (item.number, item.case_number, item.title),
    lambda item: item.title and item.case_number and (item.case_number, item.title),
    lambda item: item.title and (item.title, item.number),
    lambda item: item.title,
    lambda item: item.case_number and (item.case_number, item.number),
    lambda item: item.case_number,
)


def paired(old: Sequence[Item], new: Sequence[Item]) -> dict[int, int]:
    """For each place of the new that was there before, its place in the old."""
    pairs: dict[int, int] = {}
    left = set(range(len(old)))
    for key in _KEYS:
        free = [place for place in range(len(new)) if place not in pairs]
        before, after = _once(old, sorted(left), key), _once(new, free, key)
        for value, place in after.items():
            if value in before:
                pairs[place] = before[value]
                left.discard(before[value])
    for place in range(len(new)):
        if place not in pairs:
            near = next((one for one in sorted(left) if _is_near(old[one], new[place])), None)
            if near is not None:
                pairs[place] = near
                left.discard(near)
    return pairs


def _once(items: Sequence[Item], places: Sequence[int], key: _Key) -> dict[object, int]:
    """The places of items whose key no other of them has."""
    found: dict[object, list[int]] = {}
    for place in places:
        value = key(items[place])
        if value:
            found.setdefault(value, []).append(place)
    return {value: where[0] for value, where in found.items() if len(where) == 1}


def _is_near(old: Item, new: Item) -> bool:
    """Whether an item without a case number of its own is the same with its title corrected."""
    if old.number != new.number:
        return False
    if not old.title or not new.title:
        return old.closed == new.closed
    return fuzz.ratio(old.title, new.title) >= _ALIKE


# --- what changed in an item ------------------------------------------------------------------


def _item_changes(old: Item, new: Item) -> Iterator[Change]:
    for field in ("number", "title", "case_number"):
        before, after = getattr(old, field) or "", getattr(new, field) or ""
        if before != after:
            yield Change(field, before, after)
    if old.closed != new.closed:
        yield Change("closed", _openness(old), _openness(new))
    sections = list(_section_changes(old.sections, new.sections))
    yield from sections
    for name, told in _TOLD.items():
        before, after = told(old), told(new)
        if before != after:
            yield Change(name, before, after)


def _openness(item: Item) -> str:
    return "lukket" if item.closed else "åbent"


def _section_changes(old: Sequence[Section], new: Sequence[Section]) -> Iterator[Change]:
    """Changes in sections; those under the same label are the same, in their order."""
    left: dict[tuple[str, str], list[Section]] = {}
    for section in old:
        left.setdefault((section.kind, section.label), []).append(section)
    for section in new:
        same = left.get((section.kind, section.label))
        before = same.pop(0).text if same else ""
        if before != section.text:
            yield Change("sections", before, section.text, section.label)
    for rest in left.values():
        yield from (Change("sections", one.text, "", one.label) for one in rest if one.text)


def _outcomes(item: Item) -> str:
    return ", ".join(words.outcome(one.outcome).danish for one in item.decisions if one.outcome)


def _votes(item: Item) -> str:
    return _lines(
        [f"{words.CHOICES[vote.choice].danish}: {', '.join(vote.voters)}" for vote in item.votes]
    )


def _dissent(item: Item) -> str:
    return _lines([", ".join(one.by) for one in item.statements])


# What was read out of the sections, and is told beside them.
_TOLD: Final[dict[str, Callable[[Item], str]]] = {
    "outcome": _outcomes,
    "votes": _votes,
    "statements": _dissent,
    "referred_to_council_by": lambda item: ", ".join(item.referred_to_council_by),
    "absent": lambda item: ", ".join(item.absent),
    "decided_by": lambda item: item.decided_by or "",
    "attachments": lambda item: _lines([one.title for one in item.attachments]),
}
