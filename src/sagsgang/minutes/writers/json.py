"""`Minutes` as JSON in the contract's shape, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from ..blocks import UnreadableDocument
from ..contract import ContractError, shown_fields
from ..contract import to_json as as_json
from ..model import FORMAT_VERSION, Decision, Finding, Item, Minutes, Section

_BEGINNING: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"')
_VERSION: Final = b'"format_version"'
_MANY: Final = 100
"""Sections of an item that are written one by one."""
_LONG: Final = 100_000
"""Letters that are written by themselves."""
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
# Some programs break a line at these, or lose them; JSON can say each in plain letters.
_FRAGILE: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def to_json(minutes: Minutes, *, explain: bool = False) -> str:
    """`minutes` in the contract's shape, on one line without its end.

    With `explain`, a key `explain` tells for each derived value the rule that gave it.
    """
    return "".join(json_pieces(minutes, explain=explain))


def json_pieces(minutes: Minutes, *, explain: bool = False) -> Iterator[str]:
    """The text of `to_json` in small pieces: long minutes take less memory so."""
    return _object_pieces(minutes.shown(explain=explain))


def _object_pieces(values: Iterable[tuple[str, object]]) -> Iterator[str]:
    before = "{"
    for key, value in values:
        yield f'{before}"{key}":'
        yield from _pieces(value)
        before = ","
    yield "}"


def _pieces(value: Any) -> Iterator[str]:
    if isinstance(value, tuple) and value:
        before = "["
        for one in value:
            yield before
            yield from _pieces(one)
            before = ","
        yield "]"
    elif _is_long(value):
        kind: type = type(value)
        yield from _object_pieces((key, getattr(value, key)) for key in shown_fields(kind))
    else:
        yield line_of(as_json(value))


def _is_long(value: object) -> bool:
    """Whether a value is too long for a piece of its own."""
    if isinstance(value, Item):
        return len(value.sections) > _MANY or any(map(_is_long, value.sections))
    if isinstance(value, Section | Decision):
        return len(value.text) > _LONG
    return isinstance(value, Finding) and len(value.message) > _LONG


def line_of(value: object) -> str:
    """A JSON value as compact text on one line, which any UTF-8 file can hold."""
    return _FRAGILE.sub(lambda match: f"\\u{ord(match[0]):04x}", _ENCODER.encode(value))


def is_own_json(data: bytes) -> bool:
    """Whether the bytes look like JSON in the contract's shape."""
    return _BEGINNING.match(data) is not None and _VERSION in data


def from_json(text: str) -> Minutes | None:
    """The minutes that `to_json` made a text of; `None` where the JSON is of another kind.

    Raises:
        UnreadableDocument: it is the contract's shape, but of another version, with something
            missing or wrong, or more than one document.
    """
    try:
        value = json.loads(text)
    except RecursionError:
        raise UnreadableDocument(
            "JSON-filen er indlejret for dybt til at være et referat. Hent eller skriv den igen."
        ) from None
    except ValueError as problem:
        raise UnreadableDocument(_not_one_document(text, problem)) from None
    if not isinstance(value, dict) or "format_version" not in value:
        return None
    return _in_shape(value)


def _in_shape(value: dict[str, Any]) -> Minutes:
    version = value["format_version"]
    if version != FORMAT_VERSION:
        raise UnreadableDocument(newer(str(version)))
    try:
        return Minutes.from_dict(value)
    except ContractError as problem:
        raise UnreadableDocument(
            f"JSON-filen følger ikke kontrakten for et referat: Fejlen er ved {problem.path}. "
            "»sagsgang schema« viser, hvad der skal stå. Skriv filen igen med Sagsgang."
        ) from None


def newer(version: str) -> str:
    """What to say of a document in a version that this program does not know."""
    return (
        f"Dokumentet er skrevet af Sagsgang i format {version[:20]}, og dette program kender kun "
        f"format {FORMAT_VERSION}. Opdatér programmet, og læs dokumentet igen."
    )


def _not_one_document(text: str, problem: ValueError) -> str:
    if isinstance(problem, json.JSONDecodeError) and problem.msg == "Extra data":
        return (
            "Filen holder mere end ét referat (JSON Lines, ét på hver linje). Del den op, så hver "
            "linje er en fil for sig, og læs dem hver for sig."
        )
    return "JSON-filen er ikke hel eller har en fejl. Hent eller skriv den igen."
