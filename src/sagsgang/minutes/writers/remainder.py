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

from ..contract import to_json
from ..model import FORMAT_VERSION, ContractError, Item, Minutes, Section
from .prose import Rows, tables_in

_STATED: Final = frozenset({"number", "title", "case_number", "closed", "sections"})


def bare(minutes: Minutes) -> Minutes:
    """What a document's text states of `minutes`; every section is of the kind `other`."""
    items = tuple(
        Item(
            number=item.number,
            title=item.title,
            case_number=item.case_number,
            closed=item.closed,
            sections=tuple(Section(part.label, "other", part.text) for part in item.sections),
            heading=item.heading,
        )
        for item in minutes.items
    )
    return replace(minutes, items=items, source=None, explanations=())


def remainder(minutes: Minutes) -> dict[str, Any]:
    """What the text does not state, as JSON values, with the check sum of the text.

    `items` has one object for each item, in which `null` and empty values are left out. A
    decision that is a section's whole text, and a table that stands in a section, are not
    repeated: they are named by the section's place.
    """
    values = minutes.to_dict()
    return {
        "format_version": FORMAT_VERSION,
        "text": check_sum(bare(minutes)),
        "source": values["source"],
        "items": [
            _item_data(item, data)
            for item, data in zip(minutes.items, values["items"], strict=True)
        ],
    }


def check_sum(stated: Minutes) -> str:
    """A check sum of what a text states: 32 hexadecimal digits."""
    text = json.dumps(stated.to_dict(), separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:32]


def whole(stated: Minutes, data: Mapping[str, Any]) -> Minutes | None:
    """The minutes of which a text states `stated`, and `data` is the remainder.

    `None` where they do not belong together: the text was changed, or the data are damaged.
    """
    try:
        if data["text"] != check_sum(stated):
            return None
        values = stated.to_dict()
        values["source"] = data["source"]
        for item, more in zip(values["items"], data["items"], strict=True):
            _fill(item, more)
        known = Minutes.from_dict(values | {"findings": [to_json(one) for one in stated.findings]})
    except (ContractError, LookupError, TypeError, ValueError, AttributeError):
        return None
    pairs = zip(known.items, stated.items, strict=True)
    return replace(known, items=tuple(replace(item, heading=own.heading) for item, own in pairs))


# --- taking apart --------------------------------------------------------------------------


def _item_data(item: Item, values: Mapping[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if item.sections:
        data["kinds"] = [section.kind for section in item.sections]
    data |= {
        name: value
        for name, value in values.items()
        if name not in _STATED and value not in (None, [])
    }
    if item.decisions:
        data["decisions"] = list(_decisions_data(item, values["decisions"]))
    if item.tables:
        data["tables"] = list(_tables_data(item, values["tables"]))
    return data


def _decisions_data(item: Item, decisions: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The decisions; one that is a section's text names the section, and each section once."""
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
    """The tables; one that stands in a section names the section and its place there."""
    standing: dict[Rows, tuple[int, int]] = {}
    for place, section in enumerate(item.sections):
        for number, rows in enumerate(tables_in(section.text)):
            standing.setdefault(rows, (place, number))
    for table, values in zip(item.tables, tables, strict=True):
        if table.rows in standing:
            place, number = standing[table.rows]
            yield {"section": place, "table": number, "caption": table.caption}
        else:
            yield values


# --- putting together ----------------------------------------------------------------------


def _fill(item: dict[str, Any], data: Mapping[str, Any]) -> None:
    """Puts an item's remainder into what the text states of it."""
    sections = item["sections"]
    for section, kind in zip(sections, data.get("kinds", ()), strict=True):
        section["kind"] = kind
    item.update((name, value) for name, value in data.items() if name not in _STATED)
    item["decisions"] = [_decision(value, sections) for value in item["decisions"]]
    item["tables"] = [_table(value, sections) for value in item["tables"]]


def _decision(data: dict[str, Any], sections: list[dict[str, Any]]) -> dict[str, Any]:
    if "section" not in data:
        return data
    return data | {"text": sections[data["section"]]["text"]}


def _table(data: dict[str, Any], sections: list[dict[str, Any]]) -> dict[str, Any]:
    if "section" not in data:
        return data
    rows = tables_in(sections[data["section"]]["text"])[data["table"]]
    return {"caption": data["caption"], "rows": [list(row) for row in rows]}
