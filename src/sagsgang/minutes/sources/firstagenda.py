"""FirstAgenda Publication's JSON: one meeting's `dagsorden` object.

The service is not an official, versioned interface: names come in pairs of old and new
(`Number`/`Punktnummer`), booleans as text, and the zero guid stands for "no document". So
names are looked up without regard to case, the first value that is there counts, and a text
that stands only in a PDF is told in the notes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from ..blocks import HEADING, Block, BlockStream, UnreadableDocument
from .fragments import content_blocks
from .inline import safe_address
from .json_values import (
    Fields,
    fields_of,
    first_of,
    is_zero,
    name_of,
    object_of,
    objects_of,
    text_of,
    truth_of,
)
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

_ITEMS: Final = ("Dagsordenpunkter", "Dagsordenspunkter", "Punkter", "AgendaItems")
_WRAPPERS: Final = ("Dagsorden", "Agenda", "Data", "Result", "Value", "d")
_DEEPEST_WRAPPER: Final = 3
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
    agenda = agenda_of(value)
    notes: list[tuple[str, str]] = []
    items = [_item(point, notes) for point in items_of(agenda)]
    if not items:
        notes.append(("items_missing", "JSON-filen har ingen dagsordenspunkter."))
    out = BlockWriter()
    write_head(_head(agenda, items), out)
    for item in items:
        write_item(item, out)
    return BlockStream(out.blocks, MEDIA_TYPE, notes=tuple(notes))


def agenda_of(value: Any, depth: int = 0) -> Fields:
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
        return agenda_of(value[0], depth + 1)
    if isinstance(value, dict):
        fields = fields_of(value)
        if _is_committee_list(fields):
            raise UnreadableDocument(
                "JSON-filen er FirstAgendas liste over udvalg og møder (udvalgsliste), ikke et "
                "referat. Hent det enkelte møde fra /api/agenda/dagsorden/<mødets id>."
            )
        if isinstance(first_of(fields, *_ITEMS), list) or isinstance(
            first_of(fields, "Moede"), dict
        ):
            return fields
        inner = first_of(fields, *_WRAPPERS)
        if isinstance(inner, dict | list) and depth <= _DEEPEST_WRAPPER:
            return agenda_of(inner, depth + 1)
    raise UnreadableDocument(
        "JSON-filen er ikke en dagsorden eller et referat fra FirstAgenda: den har ingen "
        "»Dagsordenpunkter«. Hent mødet fra /api/agenda/dagsorden/<mødets id>."
    )


def _is_committee_list(fields: Fields) -> bool:
    committees = first_of(fields, "Udvalg")
    if first_of(fields, *_ITEMS) is not None:
        return False
    if isinstance(committees, list):
        return True
    return isinstance(committees, dict) and any(isinstance(v, list) for v in committees.values())


def _head(agenda: Fields, items: Sequence[PrintedItem]) -> PrintedHead:
    meeting = object_of(first_of(agenda, "Moede", "Møde", "Meeting"))
    committee = first_of(agenda, "Udvalg", "Committee") or first_of(meeting, "Udvalg", "Committee")
    name = text_of(first_of(meeting, "Navn", "Name") or first_of(agenda, "Navn", "Name"))
    extra = truth_of(first_of(agenda, "TillaegsDagsorden", "IsSupplementaryAgenda"))
    extra = extra or truth_of(first_of(meeting, "TillaegsDagsorden", "IsSupplementaryAgenda"))
    finished = truth_of(
        first_of(meeting, "Afsluttet") if "afsluttet" in meeting else first_of(agenda, "Afsluttet")
    )
    if finished is None and not name:
        finished = has_decisions(items)
    return PrintedHead(
        document_word(name, finished=finished, extra=bool(extra)),
        name_of(committee, "Navn", "Name"),
        text_of(first_of(meeting, "Dato", "MeetingBeginUtc", "Date") or first_of(agenda, "Dato")),
        name_of(first_of(meeting, "Sted", "Location") or first_of(agenda, "Sted"), "Navn", "Name"),
        tuple(_members(first_of(meeting, "Moededeltagere", "Mødedeltagere", "Deltagere"))),
    )


def _members(value: Any) -> list[str]:
    """The participants as printed: `Navn (A) (Fravær)`."""
    members: list[str] = []
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            fields = fields_of(each)
            name = text_of(
                first_of(fields, "Navn", "Name", "DisplayName", "FuldtNavn", "Fulde navn")
            )
            party = text_of(first_of(fields, "Parti", "Party", "PartiBogstav", "Partibogstav"))
            if name and party and f"({party})" not in name:
                name = f"{name} ({party})"
            if name and _is_absent(fields):
                name = f"{name} (Fravær)"
        else:
            name = text_of(each)
        if name:
            members.append(name)
    return members


def _is_absent(fields: Fields) -> bool:
    if truth_of(
        first_of(fields, "Fravaerende", "Fraværende", "Fravaer", "Fravær", "Afbud", "IsAbsent")
    ):
        return True
    if (
        truth_of(first_of(fields, "Tilstede", "TilStede", "Fremmoedt", "Present", "IsPresent"))
        is False
    ):
        return True
    return text_of(first_of(fields, "Status", "Deltagelse")).lower().startswith(("frav", "afbud"))


def _item(value: Fields, notes: list[tuple[str, str]]) -> PrintedItem:
    number, title = number_of(value), title_of(value)
    content: list[Block] = []
    presentations = objects_of(first_of(value, "Presentations"))
    for field in (*item_fields(value), *presentations):
        content += _field(field, title, number or title, notes)
    content += _decision(first_of(value, "ItemDecision"), content)
    return PrintedItem(
        number,
        title,
        text_of(first_of(value, "CaseNumber", "SagsNummer", "Sagsnr")),
        is_closed(value),
        content,
        tuple(_attachments(item_attachments(value), content)),
    )


def items_of(agenda: Fields) -> list[Fields]:
    """The meeting's items."""
    return objects_of(first_of(agenda, *_ITEMS))


def number_of(item: Fields) -> str:
    """An item's number as printed, or `""`."""
    return text_of(first_of(item, "Number", "Punktnummer", "PunktNummer", "Nummer"))


def title_of(item: Fields) -> str:
    """An item's title, or `""`."""
    return text_of(first_of(item, "Caption", "Navn", "Name", "Title", "Overskrift"))


def is_closed(item: Fields) -> bool:
    """Whether an item was treated behind closed doors."""
    if truth_of(first_of(item, "IsOpen", "Åben", "Aaben")) is False:
        return True
    if truth_of(first_of(item, "Lukket", "IsClosed")):
        return True
    return title_of(item).lower().startswith(_CLOSED)


def item_fields(item: Fields) -> list[Fields]:
    """The fields that an item's text stands in."""
    return objects_of(first_of(item, "Felter", "Fields"))


def item_attachments(item: Fields) -> list[Fields]:
    """An item's attachments."""
    return objects_of(first_of(item, "Bilag", "Attachments"))


def field_blocks(field: Fields) -> list[Block]:
    """The blocks of a field's text; none where it stands only in a PDF."""
    html = content_blocks(first_of(field, "Html"))
    return html or content_blocks(first_of(field, "Tekst", "Text"))


def document_id(field: Fields) -> str:
    """The id of the PDF that a field's text stands in, or `""`."""
    value = first_of(field, "DocumentId", "DokumentId")
    return "" if is_zero(value) else str(value).strip()


def _field(field: Fields, title: str, item: str, notes: list[tuple[str, str]]) -> list[Block]:
    """A field's blocks, under its name unless they begin with it."""
    name = text_of(first_of(field, "Navn", "Name"))
    blocks = field_blocks(field)
    if not blocks:
        if document_id(field):
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
        fields = fields_of(value)
        value = first_of(fields, "Html", "Tekst", "Text", "Decision", "Beslutning")
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
    for value in sorted(values, key=lambda value: _order(first_of(value, "Order", "Raekkefoelge"))):
        name = text_of(first_of(value, "Navn", "Name", "Title"))
        address = safe_address(text_of(first_of(value, "Link", "Url")))
        printed = f"[{name}]({address})" if address else name
        if name and name not in seen and printed not in seen:
            attachments.append(printed)
    return attachments


def _order(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return float("inf")
