"""What does not agree: the contents with the items, dates with the head, items with each other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ..danish.bodies import same_body
from ..danish.dates import find_dates
from ..model import Item
from .contents import Entry
from .evidence import title_key
from .head import Head
from .report import Report
from .sections import Part
from .vocabulary import Vocabulary

_WINDOW: Final = 12
_ENOUGH: Final = 0.6
_LONG_TITLE: Final = 60
_CUT: Final = 12
_SHORTEST_BEGINNING: Final = 12
_SHORTEST_WORD: Final = 6
_FEW_ODD_WORDS: Final = 6
_LONGEST_LINE: Final = 120
_CHANGED: Final = frozenset({"postponed", "referred_back", "other"})


# --- contents and items ----------------------------------------------------------------------


class _Pair(NamedTuple):
    """A line of the contents and the item that it lists, by their places."""

    entry: int
    item: int


class _Head(NamedTuple):
    """A number and a title, in the form in which titles are compared."""

    number: str | None
    title: str


def compare_contents(entries: Sequence[Entry], items: Sequence[Item], report: Report) -> None:
    """Finds items that only the contents or only the body has, and titles that differ."""
    if not entries or not items:
        return
    pairs = _pairs(entries, items)
    for pair in pairs:
        listed, item = entries[pair.entry].title, items[pair.item]
        if listed and item.title and _differs(listed, item.title):
            message = f'Contents: "{listed}"; body: "{item.title}".'
            report.find("title_differs", message, item.number)
    for place in _without(range(len(entries)), [pair.entry for pair in pairs]):
        title = entries[place].title or ""
        number = entries[place].number or _implied_number(place, pairs, items)
        message = f'Listed in the contents, not found in the body: "{title}".'
        report.find("item_missing", message, number)
    for place in _without(range(len(items)), [pair.item for pair in pairs]):
        item = items[place]
        message = f'In the body, not in the contents: "{item.title or ""}".'
        report.find("item_unlisted", message, item.number)


def _without(places: Sequence[int], taken: Sequence[int]) -> list[int]:
    known = set(taken)
    return [place for place in places if place not in known]


def _pairs(entries: Sequence[Entry], items: Sequence[Item]) -> list[_Pair]:
    """Lines of the contents and their items, in order."""
    listed = [_Head(entry.number, title_key(entry.title or "")) for entry in entries]
    printed = [_Head(item.number, title_key(item.title or "")) for item in items]
    alike: list[_Pair] = []
    following = 0
    for place, head in enumerate(listed):
        for index in range(following, min(len(printed), following + _WINDOW)):
            if _likeness(head, printed[index]) > _ENOUGH:
                alike.append(_Pair(place, index))
                following = index + 1
                break
    return _with_leftovers(alike, len(listed), len(printed))


def _with_leftovers(alike: Sequence[_Pair], entries: int, items: int) -> list[_Pair]:
    """A line and an item that are left over alone between the same neighbours are a pair."""
    pairs: list[_Pair] = []
    before = _Pair(-1, -1)
    for after in (*alike, _Pair(entries, items)):
        if after.entry - before.entry == 2 and after.item - before.item == 2:
            pairs.append(_Pair(before.entry + 1, before.item + 1))
        pairs.append(after)
        before = after
    return pairs[:-1]


def _likeness(one: _Head, other: _Head) -> float:
    """How sure it is that a line of the contents lists an item, from 0 to 1."""
    if one.number and other.number:
        return 1.0 if one.number == other.number else 0.0
    shorter, longer = sorted((one.title, other.title), key=len)
    if shorter == longer:
        return 1.0
    if longer.startswith(shorter) and len(shorter) > _SHORTEST_BEGINNING:
        return 0.95
    return _common(one.title, other.title)


def _common(one: str, other: str) -> float:
    """The share of words that two titles have in common, misspellings of a letter included."""
    left, right = one.split(), other.split()
    known = set(right)
    odd = [word for word in left if word not in known]
    hits, longest = len(left) - len(odd), max(len(left), len(right))
    if not left or not right or (hits * 3 < longest and longest > 1):
        return 0.0
    if len(odd) <= _FEW_ODD_WORDS:
        hits += sum(any(_near(word, candidate) for candidate in right) for word in odd)
    return hits / longest


def _near(one: str, other: str) -> bool:
    """Whether two long words differ by a letter: one too many, one too few, or another."""
    if min(len(one), len(other)) < _SHORTEST_WORD or abs(len(one) - len(other)) > 1:
        return False
    same = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        same += 1
    return (
        one[same + 1 :] == other[same:]
        or one[same:] == other[same + 1 :]
        or one[same + 1 :] == other[same + 1 :]
    )


def _differs(listed: str, printed: str) -> bool:
    """Whether the contents' title is another: not only cut off, and not only punctuation."""
    one, other = title_key(listed), title_key(printed)
    if other.startswith(one):
        return False
    cut = len(one) - _CUT
    return len(one) < _LONG_TITLE or other[:cut] != one[:cut]


def _implied_number(place: int, pairs: Sequence[_Pair], items: Sequence[Item]) -> str | None:
    """A missing item's number, where those around it leave exactly room for it."""
    at = bisect_left(pairs, place, key=lambda pair: pair.entry)
    if not 0 < at < len(pairs):
        return None
    before, after = pairs[at - 1], pairs[at]
    low, high = items[before.item].number, items[after.item].number
    if not (low and high and low.isdecimal() and high.isdecimal()):
        return None
    if int(high) - int(low) != after.entry - before.entry:
        return None
    return str(int(low) + place - before.entry)


# --- dates -----------------------------------------------------------------------------------


def compare_head_dates(head: Head, report: Report) -> None:
    """Finds other dates for the same meeting in the head."""
    for line in head.wrong_weekdays:
        report.find("date_differs", f'The weekday does not fit the date: "{line}".')
    for other in head.other_dates:
        report.find("date_differs", f"The head has two dates: {head.date} and {other}.")


def compare_item_dates(item: Item, parts: Sequence[Part], head: Head, report: Report) -> None:
    """Finds other dates for the same meeting in an item's sections."""
    alone = sum(part.kind == "decision" for part in parts) == 1
    for part in parts:
        for line in _other_dates(part, head, alone=alone):
            report.find("date_differs", f"{line}; the meeting is on {head.date}.", item.number)


def _other_dates(part: Part, head: Head, *, alone: bool) -> Iterator[str]:
    """Lines that date this committee's treatment near the meeting, but not on its day."""
    if part.kind == "procedure":
        for line in part.text().split("\n"):
            dates = find_dates(line) if len(line) <= _LONGEST_LINE else []
            if len(dates) == 1:
                body = line[: dates[0].start].strip(" ,den")
                if _is_off(body, dates[0].date.isoformat(), head):
                    yield f'{part.label}: "{line}"'
    elif part.kind == "decision" and alone and _is_off(part.committee, part.date, head):
        yield f'"{part.label}"'


def _is_off(committee: str | None, date: str | None, head: Head) -> bool:
    """Whether a date in the month of the meeting is another, for the same committee."""
    if date is None or head.date is None or date == head.date or date[:7] != head.date[:7]:
        return False
    return same_body(committee, head.committee)


# --- items and items -------------------------------------------------------------------------


def compare_items(items: Sequence[Item], vocabulary: Vocabulary, report: Report) -> None:
    """Finds items that another item's decision postpones or takes off, and that do not say so."""
    numbered = {item.number: item for item in items if item.number}
    for item in items:
        for decision in item.decisions:
            for match in vocabulary.forms.body.changes.finditer(decision.text):
                other = numbered.get(match["number"])
                if other is not None and other is not item and not _says_so(other):
                    message = (
                        f'Item {item.number} decides: "{match[0].strip()}"; '
                        f"item {other.number} does not say so."
                    )
                    report.find("changed_by_item", message, other.number)


def _says_so(item: Item) -> bool:
    return any(decision.outcome in _CHANGED for decision in item.decisions)
