"""`Minutes` on paper: a PDF that people can read aloud and machines can read exactly.

The file is PDF/A-3a (to be kept) and PDF/UA-1 (tagged, for screen readers: ISO 14289-1), and
carries the minutes in the contract's shape as an attachment. Texts go to the typesetter as data,
so that nothing in them can become its markup.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import typst

from ..model import Minutes
from . import wording
from .figures import holds_figures, is_total
from .json import to_json
from .pictures import NO_PICTURES, form_of
from .printed import Printed, PrintedItem, clean, printed
from .prose import Block, Entry, Grid, Listing, Paragraph, Piece, Rows, heading_of, pieces_of
from .style import Style, standard

STANDARDS: Final = ("a-3a", "ua-1")
ATTACHED: Final = "referat.json"

_TEMPLATE: Final = Path(__file__).with_name("minutes.typ")
_COUNTED: Final = {"decimal": "1", "lowerLetter": "a", "upperLetter": "A"}
_NARROW, _WIDE = 4, 40
"""Letters in a column."""
_LINE: Final = 84
"""Letters of a table's text side by side on the page."""
_BETWEEN: Final = 3
"""Letters that the space between two columns takes."""
_SMALLEST: Final = 0.6

Shown = dict[str, Any]


def to_pdf(
    minutes: Minutes,
    style: Style | None = None,
    pictures: Mapping[str, bytes] = NO_PICTURES,
    *,
    as_it_stands: bool = False,
) -> bytes:
    """The bytes of a PDF file; the same minutes in the same style give the same pages.

    The `pictures`, each by the title of its attachment, are drawn where the title is a paragraph.
    Minutes that are in the style already are printed `as_it_stands`: their items get nothing more.
    """
    files = {
        title: f"picture-{number}.{form_of(data) or 'png'}"
        for number, (title, data) in enumerate(pictures.items())
    }
    on_paper = printed(minutes, style or standard(), as_it_stands=as_it_stands)
    shown = _document(on_paper, _day(minutes.date), files)
    inputs = {"document": json.dumps(shown), "contract": to_json(minutes)}
    if not pictures:
        return _compiled(_TEMPLATE, inputs)
    with TemporaryDirectory() as folder:
        for title, name in files.items():
            Path(folder, name).write_bytes(pictures[title])
        template = Path(folder, _TEMPLATE.name)
        template.write_bytes(_TEMPLATE.read_bytes())
        return _compiled(template, inputs)


def can_draw(data: bytes) -> bool:
    """Whether a picture's bytes can be drawn on a page."""
    form = form_of(data)
    if form is None:
        return False
    with TemporaryDirectory() as folder:
        Path(folder, f"picture.{form}").write_bytes(data)
        page = Path(folder, "page.typ")
        page.write_text(f'#image("picture.{form}")', "utf-8")
        try:
            typst.compile(str(page), root=folder, ignore_system_fonts=True)
        except RuntimeError:
            return False
    return True


def _compiled(template: Path, inputs: dict[str, str]) -> bytes:
    return typst.compile(
        str(template),
        root=str(template.parent),
        sys_inputs=inputs,
        ignore_system_fonts=True,
        pdf_standards=list(STANDARDS),
    )


def _document(document: Printed, day: dict[str, int] | None, files: Mapping[str, str]) -> Shown:
    """What the template prints: texts and lists of them, no markup."""
    return {
        "title": document.title,
        "author": document.author,
        "running": document.committee,
        "day": day,
        "facts": document.facts,
        "members_heading": document.members_label,
        "members": document.members,
        "contents_heading": document.contents_label,
        "items": [_item(item, files) for item in document.items],
        "file": ATTACHED,
        "file_told": "Mødets dokument som data",
    }


def _day(iso: str | None) -> dict[str, int] | None:
    """The meeting's day, by which the file is dated: its content does not depend on the clock."""
    if not iso or not wording.date_said(iso):
        return None
    year, month, day = map(int, iso.split("-"))
    return {"year": year, "month": month, "day": day}


def _item(item: PrintedItem, files: Mapping[str, str]) -> Shown:
    sections = [{"label": one.label, "blocks": _blocks(one.blocks, files)} for one in item.sections]
    return {**item._asdict(), "sections": sections}


def _blocks(blocks: Sequence[Block], files: Mapping[str, str]) -> list[Shown]:
    """The blocks of a section; a heading among them is one level below the section's own."""
    shown = []
    for place, block in enumerate(blocks):
        words = heading_of(block, blocks[place + 1 : place + 2])
        shown.append({"kind": "heading", "runs": _runs(words)} if words else _block(block, files))
    return shown


def _block(block: Paragraph | Listing | Grid, files: Mapping[str, str]) -> Shown:
    if isinstance(block, Paragraph):
        caption = "\n".join(block.lines)
        if caption in files:
            return {"kind": "figure", "file": files[caption], "caption": clean(caption)}
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
    counted = wording.numbering(marker)
    if counted is None:
        return None, 1
    before, form, after, start = counted
    return f"{before}{_COUNTED[form]}{after}", start


def _grid(rows: Rows) -> Shown:
    width = max(map(len, rows))
    whole = [[*row, *[""] * (width - len(row))] for row in rows]
    columns = list(zip(*whole, strict=True))
    widths, size = _widths(columns)
    return {
        "rows": [[_runs(cell) for cell in row] for row in whole],
        "figures": [holds_figures(column[1:]) for column in columns],
        "totals": [is_total(row[0]) for row in whole],
        "widths": widths,
        "size": size,
    }


def _widths(columns: Sequence[Sequence[str]]) -> tuple[list[int], float]:
    """Each column's share of the page, and the size of the text (in parts of the usual one).

    A column is as wide as its longest cell, within bounds. Where the page is too narrow for that,
    every column has room for its longest word, and what is left goes to those that want more.
    """
    words = [
        max(len(word) for cell in column for word in (cell.split() or [""])) for column in columns
    ]
    least = [max(_NARROW, word) + _BETWEEN for word in words]
    wanted = [min(_WIDE, max(map(len, column))) + _BETWEEN for column in columns]
    if sum(wanted) <= _LINE:
        return [max(pair) for pair in zip(least, wanted, strict=True)], 1.0
    left = max(0, _LINE - sum(least))
    more = [max(0, want - room) for want, room in zip(wanted, least, strict=True)]
    share = left / max(1, sum(more))
    widths = [room + round(share * extra) for room, extra in zip(least, more, strict=True)]
    return widths, max(_SMALLEST, min(1.0, _LINE / sum(least)))


def _runs(text: str) -> list[Shown]:
    return list(_styled(pieces_of(text), strong=False, em=False, address=""))


def _styled(pieces: Iterable[Piece], **style: Any) -> Iterable[Shown]:
    for piece in pieces:
        if piece.style == "text":
            yield {"text": clean(piece.text), **style}
        elif piece.style == "address":
            yield {"text": clean(piece.text), **style, "address": piece.text}
        elif piece.style == "link":
            yield from _styled(piece.inside, **{**style, "address": piece.text})
        else:
            yield from _styled(piece.inside, **{**style, piece.style: True})
