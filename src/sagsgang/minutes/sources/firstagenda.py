"""FirstAgenda Publication's JSON: one meeting's `dagsorden` object.

The service is not an official, versioned interface: names come in pairs of old and new
(`Number`/`Punktnummer`), booleans as text, and the zero guid stands for "no document". So
names are looked up without regard to case, the first value that is there counts, and a text
that stands only in a PDF is told in the notes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ..blocks import HEADING, Block, BlockStream, UnreadableDocument
from .fragments import content_blocks
from .inline import fold, safe_address
from .printed import (
    PrintedHead,
    PrintedItem,
    document_word,
    has_decisions,
    raised,
    write_head,
    write_item,
)
from .stream import BlockWriter

MEDIA_TYPE: Final = "application/json"
LARGEST: Final = 100_000_000

Fields = Mapping[str, Any]
"""A JSON object, its names in lower case."""

_ITEMS: Final = ("Dagsordenpunkter", "Dagsordenspunkter", "Punkter", "AgendaItems")
_WRAPPERS: Final = ("Dagsorden", "Agenda", "Data", "Result", "Value", "d")
_DEEPEST_WRAPPER: Final = 3
_ZERO_GUID = re.compile(r"[0{}-]*")
_NAMELESS: Final = frozenset(("", "tekst", "html", "felt", "indhold", "punkt", "body"))
_CLOSED: Final = ("lukket", "lukkede")


def read_firstagenda(data: bytes) -> BlockStream:
    """The blocks of a `dagsorden` object, in the print form that `printed` describes.

    Raises:
        UnreadableDocument: the bytes are not JSON, or hold something else than one meeting.
    """
    return read_object(parsed_json(data))


def parsed_json(data: bytes) -> Any:
    """The JSON value in `data` (UTF-8, or UTF-16 and UTF-32 as RFC 4627 tells them apart).

    Raises:
        UnreadableDocument: the bytes are not JSON, or too large or too deeply nested.
    """
    if len(data) > LARGEST:
        raise UnreadableDocument("JSON-filen er over 100 MB. Gem ét møde i hver fil.")
    try:
        return json.loads(data)
    except json.JSONDecodeError as error:
        raise UnreadableDocument(
            f"JSON-filen kan ikke læses: fejl i linje {error.lineno}, tegn {error.colno}. "
            "Hent filen igen; måske blev den afbrudt undervejs."
        ) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument(
            "JSON-filen kan ikke læses: den har ugyldige tegn, for lange tal eller er indlejret "
            "for dybt. Hent filen igen."
        ) from error


def read_object(value: Any) -> BlockStream:
    """The blocks of a parsed `dagsorden` object, alone, in a list of one, or in a wrapper.

    Raises:
        UnreadableDocument: the value holds something else than one meeting.
    """
    agenda = _agenda(value, 0)
    notes: list[tuple[str, str]] = []
    items = [_item(point, notes) for point in _objects(_get(agenda, *_ITEMS))]
    if not items:
        notes.append(("items_missing", "JSON-filen har ingen dagsordenspunkter."))
    out = BlockWriter()
    write_head(_head(agenda, items), out)
    for item in items:
        write_item(item, out)
    return BlockStream(out.blocks, MEDIA_TYPE, notes=tuple(notes))


def _agenda(value: Any, depth: int) -> Fields:
    """The object that holds the meeting.

    Raises:
        UnreadableDocument: there is none, or several.
    """
    if isinstance(value, list) and len(value) > 1 and isinstance(value[0], dict):
        raise UnreadableDocument(
            f"JSON-filen har en liste med {len(value)} poster. Gem ét møde (én dagsorden) i hver "
            "fil, og læs dem hver for sig."
        )
    if isinstance(value, list) and len(value) == 1 and depth <= _DEEPEST_WRAPPER:
        return _agenda(value[0], depth + 1)
    if isinstance(value, dict):
        fields = _fields(value)
        if _is_committee_list(fields):
            raise UnreadableDocument(
                "JSON-filen er FirstAgendas liste over udvalg og møder (udvalgsliste), ikke et "
                "referat. Hent det enkelte møde fra /api/agenda/dagsorden/<mødets id>."
            )
        if isinstance(_get(fields, *_ITEMS), list) or isinstance(_get(fields, "Moede"), dict):
            return fields
        inner = _get(fields, *_WRAPPERS)
        if isinstance(inner, dict | list) and depth <= _DEEPEST_WRAPPER:
            return _agenda(inner, depth + 1)
    raise UnreadableDocument(
        "JSON-filen er ikke en dagsorden eller et referat fra FirstAgenda: den har ingen "
        "»Dagsordenpunkter«. Hent mødet fra /api/agenda/dagsorden/<mødets id>."
    )


def _is_committee_list(fields: Fields) -> bool:
    committees = _get(fields, "Udvalg")
    if _get(fields, *_ITEMS) is not None:
        return False
    if isinstance(committees, list):
        return True
    return isinstance(committees, dict) and any(isinstance(v, list) for v in committees.values())


def _head(agenda: Fields, items: Sequence[PrintedItem]) -> PrintedHead:
    meeting = _object(_get(agenda, "Moede", "Møde", "Meeting"))
    committee = _get(agenda, "Udvalg", "Committee") or _get(meeting, "Udvalg", "Committee")
    name = _text(_get(meeting, "Navn", "Name") or _get(agenda, "Navn", "Name"))
    extra = _truth(_get(agenda, "TillaegsDagsorden", "IsSupplementaryAgenda"))
    extra = extra or _truth(_get(meeting, "TillaegsDagsorden", "IsSupplementaryAgenda"))
    finished = _truth(
        _get(meeting, "Afsluttet") if "afsluttet" in meeting else _get(agenda, "Afsluttet")
    )
    if finished is None and not name:
        finished = has_decisions(items)
    return PrintedHead(
        document_word(name, finished=finished, extra=bool(extra)),
        _named(committee, "Navn", "Name"),
        _text(_get(meeting, "Dato", "MeetingBeginUtc", "Date") or _get(agenda, "Dato")),
        _named(_get(meeting, "Sted", "Location") or _get(agenda, "Sted"), "Navn", "Name"),
        tuple(_members(_get(meeting, "Moededeltagere", "Mødedeltagere", "Deltagere"))),
    )


def _members(value: Any) -> list[str]:
    """The participants as printed: `Navn (A) (Fravær)`."""
    members: list[str] = []
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            fields = _fields(each)
            name = _text(_get(fields, "Navn", "Name", "DisplayName", "FuldtNavn", "Fulde navn"))
            party = _text(_get(fields, "Parti", "Party", "PartiBogstav", "Partibogstav"))
            if name and party and f"({party})" not in name:
                name = f"{name} ({party})"
            if name and _is_absent(fields):
                name = f"{name} (Fravær)"
        else:
            name = _text(each)
        if name:
            members.append(name)
    return members


def _is_absent(fields: Fields) -> bool:
    if _truth(_get(fields, "Fravaerende", "Fraværende", "Fravaer", "Fravær", "Afbud", "IsAbsent")):
        return True
    if _truth(_get(fields, "Tilstede", "TilStede", "Fremmoedt", "Present", "IsPresent")) is False:
        return True
    return _text(_get(fields, "Status", "Deltagelse")).lower().startswith(("frav", "afbud"))


def _item(value: Fields, notes: list[tuple[str, str]]) -> PrintedItem:
    number = _text(_get(value, "Number", "Punktnummer", "PunktNummer", "Nummer"))
    title = _text(_get(value, "Caption", "Navn", "Name", "Title", "Overskrift"))
    content: list[Block] = []
    for field in _objects(_get(value, "Felter", "Fields")) + _objects(_get(value, "Presentations")):
        content += _field(field, title, number or title, notes)
    content += _decision(_get(value, "ItemDecision"), content)
    is_open = _truth(_get(value, "IsOpen", "Åben", "Aaben"))
    closed = is_open is False or bool(_truth(_get(value, "Lukket", "IsClosed")))
    return PrintedItem(
        number,
        title,
        _text(_get(value, "CaseNumber", "SagsNummer", "Sagsnr")),
        closed or title.lower().startswith(_CLOSED),
        content,
        tuple(_attachments(_objects(_get(value, "Bilag", "Attachments")), content)),
    )


def _field(field: Fields, title: str, item: str, notes: list[tuple[str, str]]) -> list[Block]:
    """A field's blocks, under its name unless they begin with it."""
    name = _text(_get(field, "Navn", "Name"))
    blocks = content_blocks(_get(field, "Html")) or content_blocks(_get(field, "Tekst", "Text"))
    if not blocks:
        if not _is_zero(_get(field, "DocumentId", "DokumentId")):
            of = f'Item {item}, "{name}"' if name else f"Item {item}"
            message = f"{of}: the text stands only in the field's PDF file, which is not read."
            notes.append(("text_only_in_pdf", message))
        return []
    blocks = raised(blocks)
    if _is_title(name, title) or _key(blocks[0].text).startswith(_key(name)):
        return blocks
    return [Block(HEADING, name, 1, strong=True), *blocks]


def _is_title(name: str, title: str) -> bool:
    return _key(name) in _NAMELESS or _key(name) == _key(title)


def _key(text: str) -> str:
    return text.strip(" :.").casefold()


def _decision(value: Any, content: Sequence[Block]) -> list[Block]:
    """The decision's own field, unless the content has the same text already."""
    if isinstance(value, dict):
        fields = _fields(value)
        value = _get(fields, "Html", "Tekst", "Text", "Decision", "Beslutning")
    blocks = content_blocks(value)
    if not blocks:
        return []
    seen = {_key(block.text) for block in content}
    if all(_key(block.text) in seen for block in blocks):
        return []
    if _key(blocks[0].text).startswith("beslutning"):
        return raised(blocks)
    return [Block(HEADING, "Beslutning", 1, strong=True), *raised(blocks)]


def _attachments(values: Sequence[Fields], content: Sequence[Block]) -> list[str]:
    """The attachments' names in order, as links where they have an address of their own."""
    seen = {block.text for block in content}
    attachments: list[str] = []
    for value in sorted(values, key=lambda value: _order(_get(value, "Order", "Raekkefoelge"))):
        name = _text(_get(value, "Navn", "Name", "Title"))
        address = safe_address(_text(_get(value, "Link", "Url")))
        printed = f"[{name}]({address})" if address else name
        if name and name not in seen and printed not in seen:
            attachments.append(printed)
    return attachments


def _order(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return float("inf")


def _fields(value: Mapping[str, Any]) -> Fields:
    return {str(name).casefold(): each for name, each in value.items()}


def _object(value: Any) -> Fields:
    return _fields(value) if isinstance(value, dict) else {}


def _objects(value: Any) -> list[Fields]:
    """The objects in a list; a lone object is a list of one."""
    values = value if isinstance(value, list) else [value]
    return [_fields(each) for each in values if isinstance(each, dict)]


def _get(fields: Fields, *names: str) -> Any:
    """The first of the named values that is there and not empty, or `None`."""
    for name in names:
        value = fields.get(name.casefold())
        if value is not None and value != "":
            return value
    return None


def _text(value: Any) -> str:
    if isinstance(value, str):
        return fold(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15:
        return str(value)
    return ""


def _named(value: Any, *names: str) -> str:
    """A text, or the name of an object."""
    return _text(_get(_fields(value), *names)) if isinstance(value, dict) else _text(value)


def _truth(value: Any) -> bool | None:
    """True or false, also as text or number; `None` where the value says neither."""
    word = str(value).strip().lower() if isinstance(value, bool | int | str) else ""
    if word in ("true", "1", "ja"):
        return True
    return False if word in ("false", "0", "nej") else None


def _is_zero(value: Any) -> bool:
    """Whether an id is missing or the zero guid."""
    return not isinstance(value, str) or _ZERO_GUID.fullmatch(value.strip()) is not None
