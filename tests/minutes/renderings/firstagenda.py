"""FirstAgenda's two forms of a meeting: the page that it shows, the JSON behind the page.

Neither has a table of contents, and the page lists no members.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from typing import Any, NamedTuple

from sagsgang.minutes import Item, Minutes

from .printed import LABEL, Heading, Paragraph, Piece
from .web import markup

_WORDS = {
    "minutes": "Referat",
    "agenda": "Dagsorden",
    "supplementary_agenda": "Tillægsdagsorden",
}


class PrintedItem(NamedTuple):
    """An item's facts, and the pieces that are printed below its title and case number."""

    item: Item
    pieces: tuple[Piece, ...]


def page(pieces: Sequence[Piece], reading: Minutes) -> bytes:
    """The bytes of FirstAgenda's page; facts have elements of their own, text is as on any page."""
    rows = "\n".join(_row(item) for item in items_of(pieces, reading))
    return (
        '<!DOCTYPE html>\n<html lang="da"><head><meta charset="utf-8"><title>Møde</title></head>\n'
        f'<body><h1 class="dato">{_WORDS[reading.kind]}</h1>\n'
        f'<span class="udvalg">{_committee(reading)}</span>\n'
        '<table class="dagsordeninfo"><tr><td>'
        f'<span class="dato">{reading.date} kl. {reading.start_time}</span>\n'
        f'<span class="sted">{escape(reading.place or "")}</span></td></tr></table>\n'
        f'<div id="dagsordenDetaljer"><table>\n{rows}\n</table></div></body></html>\n'
    ).encode()


def agenda(pieces: Sequence[Piece], reading: Minutes) -> bytes:
    """The bytes of FirstAgenda's JSON for the meeting (`dagsorden`)."""
    value = {
        "Udvalg": {"Navn": _committee(reading)},
        "Moede": {
            "Dato": f"{reading.date}T{reading.start_time}:00+01:00",
            "Sted": reading.place,
            "Navn": _WORDS[reading.kind],
            "Moededeltagere": [
                f"{one.name} ({'Uden for parti' if one.party == 'independent' else one.party})"
                for one in reading.members
            ],
        },
        "TillaegsDagsorden": reading.kind == "supplementary_agenda",
        "Dagsordenpunkter": [_point(item) for item in items_of(pieces, reading)],
    }
    return json.dumps(value, ensure_ascii=False).encode()


def items_of(pieces: Sequence[Piece], reading: Minutes) -> list[PrintedItem]:
    """The pieces below each item's title; its case number is left to a field of its own."""
    below: list[list[Piece]] = []
    for piece in pieces:
        if isinstance(piece, Heading | Paragraph) and piece.is_item:
            below.append([])
        elif below:
            below[-1].append(piece)
    items = []
    for item, rest in zip(reading.items, below, strict=True):
        assert rest[0] == Paragraph((str(item.case_number),))
        items.append(PrintedItem(item, tuple(rest[1:])))
    return items


def _committee(reading: Minutes) -> str:
    term = f" ({reading.term})" if reading.term else ""
    return f"{escape(reading.committee or '')}{term}"


def _html(pieces: Sequence[Piece]) -> str:
    return "".join("".join(markup(piece)) for piece in pieces)


def _row(printed: PrintedItem) -> str:
    item = printed.item
    closed = " lukket" if item.closed else ""
    return (
        f'<tr class="punktrow{closed}"><td><table class="punkt-tabel"><tr><td>'
        f'<span class="label">{item.number}</span>'
        f'<h2 class="overskrift">{escape(item.title or "")}</h2></td></tr></table>'
        f'<div class="details"><div class="dropdown">Kopier link</div>'
        f'<span class="sagsnummer">{item.case_number}</span>{_html(printed.pieces)}</div></td></tr>'
    )


def _point(printed: PrintedItem) -> dict[str, Any]:
    item = printed.item
    fields = _fields(printed.pieces)
    return {
        "IsOpen": not item.closed,
        "Number": item.number,
        "Punktnummer": item.number,
        "CaseNumber": item.case_number,
        "Caption": item.title,
        "Felter": [
            {"Navn": name, "Html": _html(pieces)} for name, pieces in fields if name != "Bilag"
        ],
        "Bilag": [
            {"Navn": attachment.title, "Order": order}
            for order, attachment in enumerate(item.attachments)
        ],
        "ItemDecision": None,
    }


def _fields(pieces: Sequence[Piece]) -> list[tuple[str, list[Piece]]]:
    """The fields that the publisher's headings part; one right below another stays in its field."""
    fields: list[tuple[str, list[Piece]]] = []
    for piece in pieces:
        if isinstance(piece, Heading) and piece.level == LABEL and (not fields or fields[-1][1]):
            fields.append((piece.text, []))
        else:
            fields[-1][1].append(piece)
    return fields
