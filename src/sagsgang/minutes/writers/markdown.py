"""`Minutes` as a Markdown document that reads well as it stands, and back.

The document has one title, a heading of the second level for each item and one of the third for
each section, and of the first for each heading of the agenda, over the items under it; a section
without a label begins with a rule. The texts are light Markdown as they are. `escapes` keeps them
from being taken for a part of the document, so that it is read by position and nothing is
guessed. What the text does not state stands as data at the end (see `remainder`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from ..model import (
    FORMAT_VERSION,
    Attendance,
    ContentsEntry,
    Finding,
    Item,
    Kind,
    Minutes,
    Section,
)
from . import wording
from .escapes import block_text, slot, slot_value, text_block
from .json import line_of
from .remainder import remainder, whole

OPENING: Final = "<!-- sagsgang minutes "

_RULE: Final = "***"
_NO_TITLE: Final = "–"
_PART: Final = " · "
_CODE_PART: Final = f"{_PART}{wording.ITEM} "
_LEADERS: Final = " ..... "
_HEADINGS: Final = frozenset(
    {wording.MEMBERS, wording.CONTENTS, wording.FINDINGS, wording.DATA, _NO_TITLE}
)
_FACT: Final = re.compile(r"- \*\*([^*:]+):\*\* (.*)")
_MEMBER: Final = re.compile(r"- ([^(),]+)(?: \(([^(),]+)\))?(?:, ([^(),]+))?")
# A picture that stands in a text itself has its mark written with a backslash.
_PICTURE: Final = re.compile(r"^!\[[^\[\]\n]*\]\([^()\s]*\)\n\n", re.MULTILINE)
NO_ADDRESSES: Final[Mapping[str, str]] = {}
_ITEM: Final = re.compile(rf"{wording.ITEM} ([^:]+)(?:: (.*))?")


def to_markdown(minutes: Minutes, pictures: Mapping[str, str] = NO_ADDRESSES) -> str:
    """`minutes` as a Markdown document; `from_markdown` reads it back to equal minutes.

    The `pictures`, addresses by the titles of their attachments, stand above the paragraphs of
    those titles.
    """
    title = wording.headline(minutes)
    parts = [f"{OPENING}{FORMAT_VERSION} -->", f"# {slot(title)}", _facts(minutes)]
    parts += _listed(wording.MEMBERS, map(_member, minutes.members))
    parts += _listed(wording.CONTENTS, map(_entry, minutes.contents))
    before = ""
    for item in minutes.items:
        heading = item.heading or ""
        if heading != before:
            parts.append(f"# {slot(heading, taken=heading == _NO_TITLE) or _NO_TITLE}")
        before = heading
        parts += _item(item, pictures)
    if minutes.findings:
        parts += [f"## {wording.FINDINGS}", wording.FINDINGS_TOLD]
    for finding in minutes.findings:
        parts += _finding(finding)
    parts += [f"## {wording.DATA}", wording.DATA_TOLD, _data(remainder(minutes))]
    return "\n\n".join(filter(None, parts)) + "\n"


def from_markdown(text: str) -> Minutes | None:
    """The minutes that `to_markdown` made a text of.

    `None` where the text was changed since, so that what was read out of it no longer holds.
    """
    try:
        stated, data = _stated(_chunks(text))
        return whole(stated, data)
    except (LookupError, TypeError, ValueError, RecursionError):
        return None


def plain_markdown(text: str) -> str:
    """A document that `to_markdown` made, without its mark, findings and data: any Markdown."""
    text = text.partition("-->")[2].rpartition(f"\n## {wording.DATA}\n")[0]
    before, heading, after = text.rpartition(f"\n## {wording.FINDINGS}\n")
    return before if heading and wording.FINDINGS_TOLD in after else text


# --- writing -------------------------------------------------------------------------------


def _facts(minutes: Minutes) -> str:
    lines = []
    for name, label in wording.FACTS.items():
        value = getattr(minutes, name)
        if value is not None:
            lines.append(f"- **{label}:** {_date(value) if name == 'date' else slot(value)}")
    return "\n".join(lines)


def _date(value: str) -> str:
    return wording.date_said(value) or slot(value, taken=wording.date_meant(value) is not None)


def _listed(heading: str, lines: Iterable[str]) -> list[str]:
    shown = "\n".join(lines)
    return [f"## {heading}", shown] if shown else []


def _member(member: Attendance) -> str:
    party = "" if member.party is None else f" ({_party(member.party)})"
    present = "" if member.present is None else f", {wording.PRESENCE[member.present]}"
    return f"- {slot(member.name, '(),')}{party}{present}"


def _party(party: str) -> str:
    if party == "independent":
        return wording.INDEPENDENT
    return slot(party, "(),", taken=party == wording.INDEPENDENT)


def _entry(entry: ContentsEntry) -> str:
    marks = "." if entry.title and _LEADERS.strip() in entry.title else ""
    title = _titled(entry.title, entry.closed, marks) or _NO_TITLE
    return f"- {title}" if entry.page is None else f"- {title}{_LEADERS}{entry.page}"


def _titled(title: str | None, closed: bool, marks: str = "") -> str:
    """A title with its mark of a closed item; empty where there is neither."""
    if title is None:
        return wording.CLOSED if closed else ""
    first = title.partition(" ")[0].rstrip(":")
    taken = first in (wording.CLOSED, wording.ITEM) or title in _HEADINGS
    shown = slot(title, marks, taken=taken)
    return f"{wording.CLOSED}: {shown}" if closed else shown


def _item(item: Item, pictures: Mapping[str, str]) -> Iterator[str]:
    title = _titled(item.title, item.closed)
    if item.number is None:
        yield f"## {title or _NO_TITLE}"
    else:
        number = f"{wording.ITEM} {slot(item.number, ':')}"
        yield f"## {number}: {title}" if title else f"## {number}"
    if item.case_number is not None:
        yield f"- **{wording.CASE_NUMBER}:** {slot(item.case_number)}"
    for section in item.sections:
        yield f"### {slot(section.label)}" if section.label else _RULE
        yield _pictured(text_block(section.text), pictures)


def _pictured(block: str, pictures: Mapping[str, str]) -> str:
    """A text with its pictures, each on a line before its caption."""
    if not pictures:
        return block
    lines = block.split("\n\n")
    for caption, address in pictures.items():
        line = text_block(caption)
        if line in lines:
            lines.insert(lines.index(line), f"![{slot(caption, '[]')}]({address})")
    return "\n\n".join(lines)


def _finding(finding: Finding) -> Iterator[str]:
    number = "" if finding.item is None else f"{_CODE_PART}{slot(finding.item, '·')}"
    yield f"### {slot(finding.code, '·')}{number}"
    yield text_block(finding.message)


def _data(data: dict[str, Any]) -> str:
    """The data in a fence, an item to a line."""
    items = data.pop("items")
    lines = [line_of(data)[:-1] + ',"items":[', *_comma_after(map(line_of, items)), "]}"]
    return "\n".join(("```json", *lines, "```"))


def _comma_after(lines: Iterable[str]) -> list[str]:
    shown = [f"{line}," for line in lines]
    if shown:
        shown[-1] = shown[-1][:-1]
    return shown


# --- reading -------------------------------------------------------------------------------


class _Chunk(NamedTuple):
    """A heading and what stands under it, up to the next one."""

    level: int
    heading: str
    lines: list[str]

    def text(self) -> str:
        return "\n".join(self.lines).strip("\n")


def _chunks(text: str) -> list[_Chunk]:
    chunks: list[_Chunk] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if line == _RULE:
            chunks.append(_Chunk(3, "", []))
        elif line.startswith(("# ", "## ", "### ")):
            marks, _, heading = line.partition(" ")
            chunks.append(_Chunk(len(marks), heading, []))
        elif chunks:
            chunks[-1].lines.append(line)
    return chunks


def _stated(chunks: Sequence[_Chunk]) -> tuple[Minutes, dict[str, Any]]:
    """What the text states, and the data that go with it."""
    head = chunks[0]
    values: dict[str, Any] = {"kind": _kind(head.heading), **_head_facts(head.lines)}
    items: list[Item] = []
    data: dict[str, Any] = {}
    over: str | None = None
    for chunk, parts in _grouped(chunks[1:]):
        if chunk.level == 1:
            over = None if chunk.heading == _NO_TITLE else slot_value(chunk.heading)
        elif chunk.heading == wording.MEMBERS:
            values["members"] = tuple(map(_member_of, _list_lines(chunk)))
        elif chunk.heading == wording.CONTENTS:
            values["contents"] = tuple(map(_entry_of, _list_lines(chunk)))
        elif chunk.heading == wording.FINDINGS:
            values["findings"] = tuple(map(_finding_of, parts))
        elif chunk.heading == wording.DATA:
            data = json.loads(chunk.text().partition("```json\n")[2].removesuffix("```"))
        else:
            items.append(replace(_item_of(chunk, parts), heading=over))
    return Minutes(items=tuple(items), **values), data


def _grouped(chunks: Sequence[_Chunk]) -> list[tuple[_Chunk, list[_Chunk]]]:
    """The chunks of the first and second level, each with those of the third under it."""
    groups: list[tuple[_Chunk, list[_Chunk]]] = []
    for chunk in chunks:
        if chunk.level == 3:
            groups[-1][1].append(chunk)
        else:
            groups.append((chunk, []))
    return groups


def _list_lines(chunk: _Chunk) -> list[str]:
    return [line for line in chunk.lines if line]


def _kind(heading: str) -> Kind:
    return wording.KINDS_BY_WORD[heading.partition(_PART)[0]]


def _head_facts(lines: Sequence[str]) -> dict[str, str]:
    facts = _labelled(lines)
    values = {
        name: slot_value(facts[label]) for name, label in wording.FACTS.items() if label in facts
    }
    said = facts.get(wording.FACTS["date"])
    if said is not None:
        values["date"] = wording.date_meant(said) or slot_value(said)
    return values


def _labelled(lines: Iterable[str]) -> dict[str, str]:
    return {match[1]: match[2] for match in map(_FACT.fullmatch, lines) if match}


def _member_of(line: str) -> Attendance:
    match = _MEMBER.fullmatch(line)
    if match is None:
        raise ValueError(line)
    name, party, present = match.groups()
    if party is not None:
        party = "independent" if party == wording.INDEPENDENT else slot_value(party)
    return Attendance(slot_value(name), party, wording.PRESENCE_BY_WORD[present])


def _entry_of(line: str) -> ContentsEntry:
    shown, leaders, page = line.removeprefix("- ").rpartition(_LEADERS)
    closed, title = _title_of(shown if leaders else page)
    return ContentsEntry(title, int(page) if leaders else None, closed)


def _title_of(shown: str) -> tuple[bool, str | None]:
    """Whether a title is marked as closed, and the title itself."""
    if shown in ("", _NO_TITLE):
        return False, None
    first, colon, rest = shown.partition(": ")
    if first != wording.CLOSED:
        return False, slot_value(shown)
    return True, slot_value(rest) if colon else None


def _item_of(chunk: _Chunk, parts: Sequence[_Chunk]) -> Item:
    match = _ITEM.fullmatch(chunk.heading)
    number, shown = match.groups() if match else (None, chunk.heading)
    closed, title = _title_of(shown or "")
    case_number = _labelled(chunk.lines).get(wording.CASE_NUMBER)
    return Item(
        number=None if number is None else slot_value(number),
        title=title,
        case_number=None if case_number is None else slot_value(case_number),
        closed=closed,
        sections=tuple(
            Section(slot_value(part.heading), "other", block_text(_PICTURE.sub("", part.text())))
            for part in parts
        ),
    )


def _finding_of(part: _Chunk) -> Finding:
    code, _, number = part.heading.partition(_CODE_PART)
    item = slot_value(number) if number else None
    return Finding(slot_value(code), block_text(part.text()), item)
