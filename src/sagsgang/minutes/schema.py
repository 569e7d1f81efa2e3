"""The JSON Schema of the contract, made from the model so that the two cannot part."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from .model import FORMAT_VERSION, Attachment, Minutes, Source

SCHEMA_ID = "https://sagsgang.dk/schema/minutes-1.json"


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
    hints = get_type_hints(kind)
    names = [f.name for f in fields(kind) if f.compare]
    return {
        "type": "object",
        "description": (kind.__doc__ or "").split("\n\n")[0].replace("\n", " ").strip(),
        "properties": {name: _schema_of(hints[name], definitions) for name in names},
        "required": names,
    }


def _schema_of(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin = get_origin(kind)
    if kind is Attachment:
        return {"type": "string"}
    if origin is tuple:
        return {"type": "array", "items": _schema_of(get_args(kind)[0], definitions)}
    if origin in (UnionType, Union):
        first = _schema_of(get_args(kind)[0], definitions)
        return {"anyOf": [first, {"type": "null"}]}
    if origin is Literal:
        return {"enum": list(get_args(kind))}
    if is_dataclass(kind):
        name = kind.__name__  # type: ignore[union-attr]
        if name not in definitions:
            definitions[name] = {}
            definitions[name] = _object(kind, definitions)  # type: ignore[arg-type]
        return {"$ref": f"#/$defs/{name}"}
    return {"type": {str: "string", int: "integer", bool: "boolean"}[kind]}
