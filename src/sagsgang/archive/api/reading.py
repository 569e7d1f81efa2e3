"""The OpenAPI document as people read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class Parameter(NamedTuple):
    """Something that may be asked for."""

    name: str
    where: str
    form: str
    told: str
    required: bool


class Operation(NamedTuple):
    """An address of the API."""

    path: str
    summary: str
    told: str
    parameters: list[Parameter]


def operations(schema: Mapping[str, Any]) -> list[tuple[str, str, list[Operation]]]:
    """The groups of the API in order: name, description, and the addresses in each."""
    found = list(_operations(schema))
    return [
        (tag["name"], tag["description"], [one for name, one in found if name == tag["name"]])
        for tag in schema["tags"]
    ]


def _operations(schema: Mapping[str, Any]) -> Iterator[tuple[str, Operation]]:
    for path, methods in schema["paths"].items():
        for told in methods.values():
            parameters = [_parameter(one) for one in told.get("parameters", ())]
            operation = Operation(path, told["summary"], told.get("description", ""), parameters)
            yield told["tags"][0], operation


def _parameter(told: Mapping[str, Any]) -> Parameter:
    shape = told["schema"]
    return Parameter(
        name=told["name"],
        where=told["in"],
        form=_form(shape),
        told=told.get("description") or shape.get("description") or "",
        required=bool(told.get("required")),
    )


def _form(shape: Mapping[str, Any]) -> str:
    """The form of a value in a few words: a list of choices, a kind of date, or its type."""
    kinds = [one for one in shape.get("anyOf", [shape]) if one.get("type") != "null"]
    shape = kinds[0]
    if "enum" in shape:
        return " · ".join(map(str, shape["enum"]))
    return str(shape.get("format") or shape.get("type", ""))
