"""What a written document does not say by its text, and how the two are put together again.

The text of a written document states, each in its place, the head's facts, members, contents,
findings, and of every item number, title, case number and the sections with their labels.
Everything else was read out of that text by rules, or cannot be seen from it: the *remainder*.
A written document carries it as data at its end, with a check sum of the text that it belongs
to, so that data are never put beside a text that has been changed since.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from ..model import FORMAT_VERSION, ContractError, Item, Minutes, Section, Table
from .prose import tables_in

_STATED: Final = frozenset({"number", "title", "case_number", "closed", "sections"})
_UNTOLD: Final = Item(None, None)


def bare(minutes: Minutes) -> Minutes:
    """`minutes` with nothing but what a document's text states; all sections are of kind `other`."""
    items = tuple(
        Item(
            number=item.number,
            title=item.title,
            case_number=item.case_number,
            closed=item.closed,
            sections=tuple(Section(part.label, "other", part.text) for part in item.sections),
        )
        for item in minutes.items
    )
    return replace(minutes, items=items, source=None, explanations=())


def remainder(minutes: Minutes) -> dict[str, Any]:
    """What the text does not state, as JSON values: the check sum of the text, and the data.

    `items` has one object for each item; a value that is `null`, false or empty is left out.
    A decision that is a section's whole text, and a table that stands in a section, are named by
    the section's place instead of being repeated.
    """
    whole = minutes.to_dict()
    return {
        "format_version": FORMAT_VERSION,
        "text": check_sum(bare(minutes)),
        "source": whole["source"],
        "items": [
            _item_data(item, data) for item, data in zip(minutes.items, whole["items"], strict=True)
        ],
    }


def check_sum(stated: Minutes) -> str:
    """A check sum of what a text states: 32 hexadecimal digits."""
    text = json.dumps(stated.to_dict(), separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:32]


def whole(stated: Minutes, data: Mapping[str, Any]) -> Minutes | None:
    """The minutes that `stated` and its remainder were made of.

    `None` where they do not belong together: the text was changed, or the data are damaged.
    """
    if data.get("text") != check_sum(stated):
        return None
    values = stated.to_dict()
    values["source"] = data.get("source")
    try:
        for item, place in zip(values["items"], data["items"], strict=True):
            _fill(item, dict(place))
        return Minutes.from_dict(values)
    except (ContractError, LookupError, TypeError, ValueError):
        return None


def _item_data(item: Item, data: Mapping[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    if item.sections:
        shown["kinds"] = [section.kind for section in item.sections]
    for name, value in data.items():
        if name not in _STATED and value not in (None, []):
            shown[name] = value
    if item.decisions:
        shown["decisions"] = list(_decisions_data(item, data["decisions"]))
    if item.tables:
        shown["tables"] = list(_tables_data(item, data["tables"]))
    return shown


def _decisions_data(item: Item, decisions: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Decisions; one that is the text of a section names the section, each section once."""
    free = list(range(len(item.sections)))
    for decision in decisions:
        text = decision["text"]
        place = next((place for place in free if item.sections[place].text == text), None)
        if place is None:
            yield decision
        else:
            free.remove(place)
            rest = {name: value for name, value in decision.items() if name != "text"}
            yield {"section": place} | rest


def _tables_data(item: Item, tables: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Tables; one that stands in a section names the section and its place among its tables."""
    standing = _standing_tables(item.sections)
    for table, data in zip(item.tables, tables, strict=True):
        found = standing.get(table.rows)
        if found is None:
            yield data
        else:
            yield {"section": found[0], "table": found[1], "caption": table.caption}


def _standing_tables(sections: tuple[Section, ...]) -> dict[tuple[tuple[str, ...], ...], tuple[int, int]]:
    """The tables that the sections' texts hold, each with its first place."""
    found: dict[tuple[tuple[str, ...], ...], tuple[int, int]] = {}
    for place, section in enumerate(sections):
        for number, rows in enumerate(tables_in(section.text)):
            found.setdefault(rows, (place, number))
    return found


def _fill(item: dict[str, Any], data: dict[str, Any]) -> None:
    """Puts an item's remainder into what the text states of it."""
    sections = item["sections"]
    kinds = data.pop("kinds", [])
    for section, kind in zip(sections, kinds, strict=True):
        section["kind"] = kind
    for decision in data.get("decisions", ()):
        if "section" in decision:
            decision["text"] = sections[decision.pop("section")]["text"]
    data["tables"] = [_table(table, sections) for table in data.get("tables", ())]
    item.update((name, value) for name, value in data.items() if name not in _STATED)


def _table(data: dict[str, Any], sections: list[dict[str, Any]]) -> dict[str, Any]:
    if "section" not in data:
        return data
    rows = tables_in(sections[data["section"]]["text"])[data["table"]]
    return {"caption": data["caption"], "rows": [list(row) for row in rows]}
