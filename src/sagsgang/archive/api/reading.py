"""The OpenAPI document as people read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class Parameter(NamedTuple):
    """Something that may be asked for."""

    name: str
    where: str
    form: str
    told: SafeString
    required: bool


class Operation(NamedTuple):
    """An address of the API."""

    path: str
    summary: str
    told: SafeString
    parameters: list[Parameter]


def prose(text: str) -> SafeString:
    """A text of the description as HTML: what stands between backticks is code."""
    parts = enumerate(text.split("`"))
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", part) if n % 2 else part,) for n, part in parts)
    )


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
            about = prose(told.get("description", ""))
            operation = Operation(path, told["summary"], about, parameters)
            yield told["tags"][0], operation


def _parameter(told: Mapping[str, Any]) -> Parameter:
    shape = told["schema"]
    return Parameter(
        name=told["name"],
        where=told["in"],
        form=_form(shape),
        told=prose(told.get("description") or shape.get("description") or ""),
        required=bool(told.get("required")),
    )


def _form(shape: Mapping[str, Any]) -> str:
    """The form of a value in a few words: a list of choices, a kind of date, or its type."""
    kinds = [one for one in shape.get("anyOf", [shape]) if one.get("type") != "null"]
    shape = kinds[0]
    if "enum" in shape:
        return " · ".join(map(str, shape["enum"]))
    return str(shape.get("format") or shape.get("type", ""))
