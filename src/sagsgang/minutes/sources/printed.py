"""The print form that structured sources are given in.

It is the one that FirstAgenda's PDFs have: a heading with the kind, the committee and the
date; lines with a label in bold; per item a heading `Punkt N: Title`, the case number, and
headings for the sections. So the reader reads JSON and XML by the rules that it reads
printed minutes by, and guesses nothing.
"""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from ..blocks import HEADING, Block
from ..danish import dates
from .stream import BlockWriter

DocumentWord = Literal["REFERAT", "DAGSORDEN", "TILLÆGSDAGSORDEN"]

TITLE_LEVEL: Final = 1
ITEM_LEVEL: Final = 2
SECTION_LEVEL: Final = 3
_LONGEST_LABEL: Final = 60

_WEEKDAYS: Final = ("Mandag", "Tirsdag", "Onsdag", "Torsdag", "Fredag", "Lørdag", "Søndag")
_MONTHS: Final = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip
_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:\.\d{1,9})?)?(Z|[+-]00:?00)?", re.ASCII
)
_COPENHAGEN: Final = "Europe/Copenhagen"
_CLOSED = re.compile(r"\(?lukke(?:t|de)\b", re.IGNORECASE)


class Moment(NamedTuple):
    """A date, and the time of day (`"15:00"`) where it is given."""

    date: dt.date
    time: str | None


@dataclass(frozen=True, slots=True)
class PrintedHead:
    """What is printed before the items; `when` is any printed form of date and time."""

    word: DocumentWord
    committee: str = ""
    when: str = ""
    place: str = ""
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedItem:
    """An item with its content, in which headings stand at any level."""

    number: str
    title: str
    case_number: str = ""
    closed: bool = False
    content: Sequence[Block] = ()
    attachments: tuple[str, ...] = ()


def document_word(name: str, *, finished: bool | None = None, extra: bool = False) -> DocumentWord:
    """What a document called `name` is: minutes before anything, since they hold decisions.

    `finished` and `extra` tell what the source says besides the name: that the meeting has
    been held, and that the agenda is a supplementary one.
    """
    lowered = name.lower()
    if "referat" in lowered or "protokol" in lowered:
        return "REFERAT"
    if extra or "tillæg" in lowered:
        return "TILLÆGSDAGSORDEN"
    if "dagsorden" in lowered or finished is False:
        return "DAGSORDEN"
    return "REFERAT"


def has_decisions(items: Sequence[PrintedItem]) -> bool:
    """Whether an item has a heading for a decision, as minutes have and agendas have not."""
    return any(
        (block.kind == HEADING or block.strong) and block.text.lower().startswith("beslutning")
        for item in items
        for block in item.content
    )


def moment(text: str) -> Moment | None:
    """The first date in `text`, with the time of day, or `None`.

    Reads ISO 8601 (a time in UTC is told in Danish time) and what `danish.dates` reads.
    """
    match = _ISO.search(text)
    if match:
        return _iso_moment(match)
    date = dates.first_date(text)
    return Moment(date, dates.first_time(text)) if date else None


def _iso_moment(match: re.Match[str]) -> Moment | None:
    try:
        at = dt.datetime.fromisoformat(f"{match[1]}T{match[2]}")
        if match[3]:
            at = at.replace(tzinfo=dt.UTC).astimezone(zoneinfo.ZoneInfo(_COPENHAGEN))
    except (ValueError, OverflowError, zoneinfo.ZoneInfoNotFoundError):
        return None
    return Moment(at.date(), f"{at:%H:%M}")


def write_head(head: PrintedHead, out: BlockWriter) -> None:
    """Writes title, time, place and members."""
    when = moment(head.when)
    title = " ".join(filter(None, (head.word, head.committee)))
    if when:
        title += f" d. {when.date:%d-%m-%Y}"
    out.heading(title, TITLE_LEVEL)
    if when:
        date = when.date
        printed = (
            f"{_WEEKDAYS[date.weekday()]} d. {date.day}. {_MONTHS[date.month - 1]} {date.year}"
        )
        if when.time and when.time != "00:00":
            printed += f" kl. {when.time}"
        _fact("Mødedato", printed, out)
    else:
        _fact("Mødedato", head.when, out)
    _fact("Mødested", head.place, out)
    _fact("Mødedeltagere", ", ".join(head.members), out)


def write_item(item: PrintedItem, out: BlockWriter) -> None:
    """Writes an item's heading, case number, sections and attachments."""
    title = item.title
    if item.closed and not _CLOSED.match(title):
        title = f"Lukket: {title}".rstrip()
    if item.number:
        title = f"Punkt {item.number}: {title}".rstrip()
    out.heading(title, ITEM_LEVEL)
    out.text(item.case_number)
    levels = [block.level for block in item.content if block.kind == HEADING]
    _write_content(item.content, SECTION_LEVEL - min(levels, default=SECTION_LEVEL), out)
    if item.attachments:
        out.heading("Bilag", SECTION_LEVEL)
        for attachment in item.attachments:
            out.text(attachment)


def raised(blocks: Sequence[Block]) -> list[Block]:
    """`blocks` with their headings moved so that the highest has level 1."""
    levels = [block.level for block in blocks if block.kind == HEADING]
    shift = min(levels, default=1) - 1
    if not shift:
        return list(blocks)
    return [
        block._replace(level=block.level - shift) if block.kind == HEADING else block
        for block in blocks
    ]


def _write_content(content: Sequence[Block], shift: int, out: BlockWriter) -> None:
    """Writes blocks with the highest headings as sections; a long heading is none."""
    for block in content:
        if block.kind == HEADING:
            level = block.level + shift
            if len(block.text) > _LONGEST_LABEL:
                level = max(level, SECTION_LEVEL + 1)
            out.heading(block.text, level)
        else:
            out.add(block)


def _fact(label: str, value: str, out: BlockWriter) -> None:
    if value:
        out.text(f"**{label}** {value}")
