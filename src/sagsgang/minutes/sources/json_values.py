"""Values out of a JSON service that is neither official nor versioned.

Names are looked up without regard to case, the first of several names that has a value counts,
booleans may be text or numbers, and an id of zeros is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from .inline import fold

Fields = Mapping[str, Any]
"""A JSON object, its names in lower case."""

_ZERO_GUID: Final = re.compile(r"[0{}-]*")


def fields_of(value: Mapping[str, Any]) -> Fields:
    """An object with its names in lower case."""
    return {str(name).casefold(): each for name, each in value.items()}


def object_of(value: Any) -> Fields:
    """An object with its names in lower case; an empty one where the value is something else."""
    return fields_of(value) if isinstance(value, dict) else {}


def objects_of(value: Any) -> list[Fields]:
    """The objects in a list; a lone object is a list of one."""
    values = value if isinstance(value, list) else [value]
    return [fields_of(each) for each in values if isinstance(each, dict)]


def first_of(fields: Fields, *names: str) -> Any:
    """The first of the named values that is there and not empty, or `None`."""
    for name in names:
        value = fields.get(name.casefold())
        if value is not None and value != "":
            return value
    return None


def text_of(value: Any) -> str:
    """A text on one line, or a whole number as text; `""` for anything else."""
    if isinstance(value, str):
        return fold(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15:
        return str(value)
    return ""


def name_of(value: Any, *names: str) -> str:
    """A text, or the name of an object."""
    return (
        text_of(first_of(fields_of(value), *names)) if isinstance(value, dict) else text_of(value)
    )


def truth_of(value: Any) -> bool | None:
    """True or false, also as text or number; `None` where the value says neither."""
    word = str(value).strip().lower() if isinstance(value, bool | int | str) else ""
    if word in ("true", "1", "ja"):
        return True
    return False if word in ("false", "0", "nej") else None


def is_zero(value: Any) -> bool:
    """Whether an id is missing or the zero guid."""
    return not isinstance(value, str) or _ZERO_GUID.fullmatch(value.strip()) is not None
