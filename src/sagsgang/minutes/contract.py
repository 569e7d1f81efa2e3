"""Values of the model to and from the contract's JSON shape, by their types alone.

A frozen dataclass is an object with a key for each field that takes part in comparison; one
with a single such field is that field's value. A tuple is a list.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

_PLAIN: Final = {str: "text", int: "a whole number", bool: "true or false"}


class ContractError(ValueError):
    """Data that is not in the contract's shape."""

    def __init__(self, path: str, expected: str, found: object) -> None:
        shown = json.dumps(found, ensure_ascii=False, default=repr)[:60]
        super().__init__(f"{path or '/'}: expected {expected}, found {shown}.")
        self.path = path


@cache
def shown_fields(kind: type) -> Mapping[str, Any]:
    """The names of the fields that the contract shows, with their types."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind) if field.compare}


def to_json(value: Any) -> Any:
    """A value of the model in its JSON form."""
    if value is None or type(value) in _PLAIN:
        return value
    if isinstance(value, tuple):
        return [to_json(one) for one in value]
    kind: Any = type(value)
    names = shown_fields(kind)
    if len(names) == 1:
        return to_json(getattr(value, next(iter(names))))
    return {name: to_json(getattr(value, name)) for name in names}


def from_json(kind: Any, value: Any, path: str = "") -> Any:
    """A value of type `kind` from its JSON form.

    `path` (a JSON Pointer) is where the value stands, for messages.

    Raises:
        ContractError: a key is missing, or a value has the wrong type.
    """
    if kind in _PLAIN:
        if type(value) is not kind:
            raise ContractError(path, _PLAIN[kind], value)
        return value
    if is_dataclass(kind):
        return _object(kind, value, path)
    return _generic(kind, value, path)


def _object(kind: Any, value: Any, path: str) -> Any:
    shown = shown_fields(kind)
    if len(shown) == 1:
        return kind(*(from_json(its_kind, value, path) for its_kind in shown.values()))
    if not isinstance(value, Mapping):
        raise ContractError(path, "an object", value)
    values = {}
    for name, its_kind in shown.items():
        if name not in value:
            raise ContractError(f"{path}/{name}", "a value", None)
        values[name] = from_json(its_kind, value[name], f"{path}/{name}")
    return kind(**values)


def _generic(kind: Any, value: Any, path: str) -> Any:
    """A list, a value that may be `null`, or one of several words."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        if not isinstance(value, list):
            raise ContractError(path, "a list", value)
        return tuple(from_json(inner[0], one, f"{path}/{at}") for at, one in enumerate(value))
    if origin in (UnionType, Union):
        return None if value is None else from_json(inner[0], value, path)
    if origin is not Literal or value not in inner:
        raise ContractError(path, "one of " + ", ".join(inner), value)
    return value
