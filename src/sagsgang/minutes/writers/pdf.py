"""`Minutes` on paper: a PDF that people can read aloud and machines can read exactly.

The file is PDF/A-3a (to be kept) and PDF/UA-1 (tagged, for screen readers: ISO 14289-1), and
carries the minutes in the contract's shape as an attachment. Texts go to the typesetter as data,
so that nothing in them can become its markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import typst

from ..model import Item, Minutes
from . import wording
from .json import to_json
from .prose import Entry, Grid, Listing, Paragraph, Piece, Rows, blocks_of, pieces_of

STANDARDS: Final = ("a-3a", "ua-1")
ATTACHED: Final = "referat.json"

_TEMPLATE: Final = Path(__file__).with_name("minutes.typ")
_FIGURE: Final = re.compile(
    r"[-–+±(]?\s?(?:kr\.? ?)?\d[\d., \u00a0]*\s?(?:%|pct\.?|kr\.?|mio\.?|,-)?\)?"
)
_TOTAL: Final = re.compile(r"(?:i alt|ialt|total|sum|samlet)\b", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"(\(?)(\d{1,4}|[A-Za-z])([.)])")
_NARROW, _WIDE = 4, 40
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

Shown = dict[str, Any]


def to_pdf(minutes: Minutes) -> bytes:
    """The bytes of a PDF file; the same minutes give the same pages."""
    given = {"document": json.dumps(_document(minutes)), "contract": to_json(minutes)}
    return typst.compile(
        str(_TEMPLATE),
        root=str(_TEMPLATE.parent),
        sys_inputs=given,
        ignore_system_fonts=True,
        pdf_standards=list(STANDARDS),
    )


def _document(minutes: Minutes) -> Shown:
    """What the template prints: texts and lists of them, no markup."""
    author = f"{minutes.municipality} Kommune" if minutes.municipality else "Sagsgang"
    return {
        "title": _clean(wording.headline(minutes)),
        "author": _clean(author),
        "running": _clean(minutes.committee or ""),
        "day": _day(minutes.date),
        "facts": list(_facts(minutes)),
        "members_heading": wording.MEMBERS,
        "members": [_clean(_member(member)) for member in minutes.members],
        "items": [_item(item) for item in minutes.items],
        "file": ATTACHED,
        "file_told": "Mødets dokument som data",
    }


def _day(iso: str | None) -> dict[str, int] | None:
    """The meeting's day, by which the file is dated: its content does not depend on the clock."""
    if not iso or not wording.date_said(iso):
        return None
    year, month, day = map(int, iso.split("-"))
    return {"year": year, "month": month, "day": day}


def _facts(minutes: Minutes) -> Iterable[tuple[str, str]]:
    for name, label in wording.FACTS.items():
        value = getattr(minutes, name)
        if value is not None:
            said = wording.date_said(value) if name == "date" else None
            yield label, _clean(said or value)


def _member(member: Any) -> str:
    independent = member.party == "independent"
    party = wording.INDEPENDENT if independent else member.party
    name = f"{member.name} ({party})" if party else member.name
    return name if member.present is None else f"{name}, {wording.PRESENCE[member.present]}"


def _item(item: Item) -> Shown:
    title = item.title or ""
    if item.closed:
        title = f"{wording.CLOSED}: {title}" if title else wording.CLOSED
    number = f"{wording.ITEM} {item.number}" if item.number else ""
    return {
        "heading": _clean(": ".join(filter(None, (number, title))) or "–"),
        "facts": list(_item_facts(item)),
        "sections": [
            {"label": _clean(one.label), "blocks": [_block(block) for block in blocks_of(one.text)]}
            for one in item.sections
        ],
    }


def _item_facts(item: Item) -> Iterable[tuple[str, str]]:
    if item.case_number:
        yield wording.CASE_NUMBER, _clean(item.case_number)


def _block(block: Paragraph | Listing | Grid) -> Shown:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "lines": [_runs(line) for line in block.lines]}
    if isinstance(block, Listing):
        return {"kind": "listing", "entries": _entries(block.entries)}
    return {"kind": "grid", **_grid(block.rows)}


def _entries(entries: Sequence[Entry]) -> list[Shown]:
    """The entries as a tree: those that stand further in belong to the one above them."""
    tree: list[Shown] = []
    place = 0
    while place < len(entries):
        entry = entries[place]
        inner = place + 1
        while inner < len(entries) and entries[inner].indent > entry.indent:
            inner += 1
        numbering, start = _numbering(entry.marker)
        tree.append(
            {
                "runs": _runs(entry.text),
                "numbering": numbering,
                "start": start,
                "inner": _entries(entries[place + 1 : inner]),
            }
        )
        place = inner
    return tree


def _numbering(marker: str) -> tuple[str | None, int]:
    """How entries from this marker on are counted; `None` for those that are not."""
    match = _NUMBERED.fullmatch(marker)
    if match is None:
        return None, 1
    before, mark, after = match.groups()
    if mark.isdigit():
        return f"{before}1{after}", int(mark)
    return f"{before}{'a' if mark.islower() else 'A'}{after}", ord(mark.lower()) - ord("a") + 1


def _grid(rows: Rows) -> Shown:
    width = max(map(len, rows))
    whole = [[*row, *[""] * (width - len(row))] for row in rows]
    columns = list(zip(*whole, strict=True))
    return {
        "rows": [[_runs(cell) for cell in row] for row in whole],
        "figures": [_holds_figures(column[1:]) for column in columns],
        "totals": [bool(_TOTAL.match(row[0].strip("* "))) for row in whole],
        "widths": [_width(column) for column in columns],
    }


def _width(column: Sequence[str]) -> int:
    """A column's share of the page: as its longest cell, within bounds."""
    return min(_WIDE, max(_NARROW, *map(len, column)))


def _holds_figures(cells: Sequence[str]) -> bool:
    filled = [cell.strip("* ") for cell in cells if cell.strip("* -–")]
    return bool(filled) and all(_FIGURE.fullmatch(cell) for cell in filled)


def _runs(text: str) -> list[Shown]:
    return list(_styled(pieces_of(text), strong=False, em=False, address=""))


def _styled(pieces: Iterable[Piece], **style: Any) -> Iterable[Shown]:
    for piece in pieces:
        if piece.style == "text":
            yield {"text": _clean(piece.text), **style}
        elif piece.style == "address":
            yield {"text": _clean(piece.text), **style, "address": piece.text}
        elif piece.style == "link":
            yield from _styled(piece.inside, **{**style, "address": piece.text})
        else:
            yield from _styled(piece.inside, **{**style, piece.style: True})


def _clean(text: str) -> str:
    """`text` without what no page can show."""
    return _UNPRINTABLE.sub("", text)
