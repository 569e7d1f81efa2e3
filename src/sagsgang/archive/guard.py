"""What must not get out: CPR-like numbers, looked for in everything that would be published."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final
from urllib.parse import unquote

from sagsgang.minutes.danish.cpr import Certainty, find_cpr

from .canonical import canonical_json

_MAYBE: Final = re.compile(
    r"\d\d[.]?[01]\d[.]?\d\d"
    r"(?:\\(?:[bfnrt]|u[0-9a-f]{4})|%[0-9A-Fa-f]{2}|[^0-9A-Za-z]){0,3}\d{4}"
)
"""What every CPR number matches in JSON, where a break of line is written as a letter, and in
addresses; most documents have nothing like it."""
_ID: Final = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[^\w.,-]|_|(?<=[^\W\d])[-.]?(?=\d)")
"""What parts the words of a name or an address: `klage_2.pdf`, `vis?id=7`, `notat-3`."""
_FIELDS: Final = {
    "title": "titlen",
    "sections": "sagsteksten",
    "recommendation": "indstillingen",
    "decisions": "beslutningen",
    "statements": "protokollatet",
    "attachments": "bilagslisten",
    "tables": "en tabel",
    "participants": "deltagerlisten",
    "findings": "læserens bemærkninger",
    "contents": "indholdsfortegnelsen",
    "members": "medlemslisten",
    "source": "filnavnet",
    "address": "adressen",
    "links": "et bilags adresse",
    "source_id": "kildens navn",
    "municipality": "kommunens navn",
    "committee": "udvalgets navn",
    "archived": "adressen",
    "reason": "grunden til den nye version",
}


@dataclass(frozen=True, slots=True)
class Leak:
    """Where something was found that looks like a CPR number; never the number itself."""

    item: str | None
    field: str
    certainty: Certainty

    def __str__(self) -> str:
        where = f"punkt {self.item}" if self.item else "dokumentet"
        return f"{where}, {self.field}"

    def to_dict(self) -> dict[str, Any]:
        """JSON values."""
        return asdict(self)


def leaks(document: Mapping[str, Any], text: str) -> list[Leak]:
    """What looks like CPR numbers in a document, whose canonical JSON is `text`.

    One leak for each item and field, with the greatest certainty that was found there.
    """
    return _found(_texts(document)) if _MAYBE.search(text) else []


def leaks_beside(given: Mapping[str, Any], published: Container[str] = ()) -> list[Leak]:
    """What looks like CPR numbers in names and addresses that are published with a document.

    Those among `published` got out before, and were answered for.
    """
    if not _MAYBE.search(canonical_json(given)):
        return []
    texts = ((key, text) for key, value in given.items() for text in _strings(value))
    return _found(
        (None, _FIELDS.get(key, key), form)
        for key, text in texts
        if text not in published
        for form in (text, _word_by_word(text))
    )


def _found(texts: Iterable[tuple[str | None, str, str]]) -> list[Leak]:
    found: dict[tuple[str | None, str], Certainty] = {}
    for item, field, text in texts:
        for find in find_cpr(text):
            known = found.get((item, field))
            found[item, field] = min(known or find.certainty, find.certainty, key=_GRADES.index)
    return [Leak(item, field, certainty) for (item, field), certainty in found.items()]


def _word_by_word(name: str) -> str:
    """The words of a name or an address, parted by spaces; ids of objects left out."""
    return _BETWEEN.sub(" ", _ID.sub(" ", unquote(name)))


_GRADES: Final = ["certain", "likely", "possible"]


def _texts(document: Mapping[str, Any]) -> Iterator[tuple[str | None, str, str]]:
    """Each text in the document, with the item and the field that it stands in."""
    for key, value in document.items():
        if key != "items":
            yield from ((None, _FIELDS.get(key, key), text) for text in _strings(value))
    for position, item in enumerate(document.get("items", ()), 1):
        number = item.get("number") or f"nr. {position}"
        for key, value in item.items():
            for text in _strings(value):
                yield number, _FIELDS.get(key, key), text
                if key == "attachments":
                    yield number, _FIELDS[key], _word_by_word(text)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _strings(inner)
