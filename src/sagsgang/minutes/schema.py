"""The JSON Schema of the contract, made from the model so that the two cannot part."""

from __future__ import annotations

from dataclasses import is_dataclass
from types import UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

from .contract import shown_fields
from .model import FORMAT_VERSION, Minutes, Source

SCHEMA_ID: Final = "urn:sagsgang:schema:minutes:1"

_TYPES: Final = {str: "string", int: "integer", bool: "boolean"}


def json_schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12) of one set of minutes in the contract's shape."""
    definitions: dict[str, Any] = {}
    body = _object(Minutes, definitions)
    source = {"anyOf": [_schema_of(Source, definitions), {"type": "null"}]}
    body["properties"] = {"format_version": {"const": FORMAT_VERSION}, "source": source} | body[
        "properties"
    ]
    body["required"] = ["format_version", "source", *body["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "Minutes or agenda of one meeting of one committee",
        **body,
        "$defs": dict(sorted(definitions.items())),
    }


def _object(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    shown = shown_fields(kind)
    return {
        "type": "object",
        "description": (kind.__doc__ or "").split("\n\n")[0].replace("\n", " ").strip(),
        "properties": {name: _schema_of(inner, definitions) for name, inner in shown.items()},
        "required": list(shown),
    }


def _schema_of(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if is_dataclass(kind):
        return _definition(kind, definitions)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        return {"type": "array", "items": _schema_of(inner[0], definitions)}
    if origin in (UnionType, Union):
        return {"anyOf": [_schema_of(inner[0], definitions), {"type": "null"}]}
    if origin is Literal:
        return {"enum": list(inner)}
    return {"type": _TYPES[kind]}


def _definition(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """A reference to an object's definition; a class of one field is that field."""
    shown = shown_fields(kind)
    if len(shown) == 1:
        return _schema_of(next(iter(shown.values())), definitions)
    name = kind.__name__
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _object(kind, definitions)
    return {"$ref": f"#/$defs/{name}"}
