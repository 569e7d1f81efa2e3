"""Where two readings of one document differ: by key, and by item and key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from sagsgang.minutes import Item, Minutes

_LONGEST = 700


def differences(got: Minutes, expected: Minutes) -> list[str]:
    """A line for each value that differs; empty exactly where the readings are equal."""
    found = [
        _told(name, getattr(got, name), getattr(expected, name))
        for name in _keys(expected)
        if name != "items" and getattr(got, name) != getattr(expected, name)
    ]
    numbers = [item.number for item in expected.items]
    if [item.number for item in got.items] != numbers:
        found.append(_told("item numbers", [item.number for item in got.items], numbers))
    for place, (one, other) in enumerate(zip(got.items, expected.items, strict=False)):
        found += _item_differences(f"item {other.number or place + 1}", one, other)
    return found


def _item_differences(name: str, got: Item, expected: Item) -> Iterator[str]:
    for key in _keys(expected):
        one, other = getattr(got, key), getattr(expected, key)
        if one == other:
            continue
        if isinstance(other, tuple) and len(one) == len(other):
            for place, (left, right) in enumerate(zip(one, other, strict=True)):
                if left != right:
                    yield _told(f"{name}, {key}[{place}]", left, right)
        else:
            yield _told(f"{name}, {key}", one, other)


def _keys(value: Minutes | Item) -> list[str]:
    """The names of what takes part in comparison."""
    return [field.name for field in fields(value) if field.compare]


def _told(where: str, got: Any, expected: Any) -> str:
    return f"{where}:\n    got      {_shown(got)}\n    expected {_shown(expected)}"


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]} … {text[-_LONGEST // 2 :]}"
