"""What a printed document says, in order, whatever it is printed on: for PDF and Word alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from ..model import Attendance, Item, Minutes
from . import wording
from .prose import Block, blocks_of
from .style import Style, Texts, filled, parts
from .styled import styled

_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Fact(NamedTuple):
    """A fact with the label before it, which ends as the style has it; a label may be empty."""

    label: str
    text: str


class PrintedSection(NamedTuple):
    """A part of an item under its heading, which may be empty."""

    label: str
    blocks: list[Block]


class PrintedItem(NamedTuple):
    """An item under its heading; `entry` is its line in the contents.

    `over` is the agenda's heading above it, where it is the first under one; otherwise empty.
    """

    over: str
    heading: str
    entry: str
    top: list[Fact]
    sections: list[PrintedSection]
    end: list[Fact]


class Printed(NamedTuple):
    """A whole document."""

    title: str
    author: str
    committee: str
    facts: list[Fact]
    members_label: str
    members: list[str]
    """Each on a line of its own under the label; none where they stand among the facts."""
    contents_label: str
    """Heading of the contents; empty where there are none."""
    items: list[PrintedItem]


def printed(minutes: Minutes, style: Style, *, as_it_stands: bool = False) -> Printed:
    """The minutes as the style prints them; no text holds what a page cannot show.

    Items that are in the style already, and are to be printed `as_it_stands`, get nothing more.
    """
    fields = _head_fields(minutes)
    members = [_member(member, style) for member in minutes.members]
    facts = [*_facts(style.rows("head.facts"), fields, style.text("head.colon"))]
    on_lines = style.text("members.form") == "list"
    told = any(member.present is not None for member in minutes.members)
    label = style.text("members.label" if told else "members.label_unsaid")
    if members and not on_lines:
        facts.append(Fact(label + style.text("head.colon"), ", ".join(members)))
    body = minutes if as_it_stands else styled(minutes, style)
    return Printed(
        title=clean(parts(style.texts("head.title"), fields, style.text("head.between"))),
        author=clean(f"{minutes.municipality} Kommune" if minutes.municipality else "Sagsgang"),
        committee=clean(minutes.committee or ""),
        facts=facts,
        members_label=label,
        members=members if on_lines else [],
        contents_label=style.text("contents.label"),
        items=[
            _item(item, style, before)
            for item, before in zip(body.items, (None, *body.items), strict=False)
        ],
    )


def clean(text: str) -> str:
    """`text` without what no page can show."""
    return _UNPRINTABLE.sub("", text)


def _head_fields(minutes: Minutes) -> dict[str, str | None]:
    day = minutes.date
    said = wording.date_said(day) if day else None
    return {
        "kind": wording.KINDS[minutes.kind],
        "KIND": wording.KINDS[minutes.kind].upper(),
        "municipality": minutes.municipality,
        "committee": minutes.committee,
        "term": minutes.term,
        "weekday": wording.weekday_said(day) if day else None,
        "date": said or day,
        "padded_date": said.zfill(len(said) + (said[1] == ".")) if said else day,
        "short_date": (wording.date_short(day) or day) if day else None,
        "time": minutes.start_time,
        "place": minutes.place,
    }


def _facts(rows: tuple[Texts, ...], fields: dict[str, str | None], colon: str) -> Iterator[Fact]:
    for label, *texts in rows:
        text = parts(texts, fields)
        if text:
            yield Fact(label and label + colon, clean(text))


def _member(member: Attendance, style: Style) -> str:
    name = member.name
    if member.party == "independent":
        name = filled(style.text("members.independent"), {"name": name})
    elif member.party:
        name = filled(style.text("members.with_party"), {"name": name, "party": member.party})
    if member.present is not None:
        form = "members.present" if member.present else "members.absent"
        name = filled(style.text(form), {"name": name})
    return clean(name)


def _item(item: Item, style: Style, before: Item | None) -> PrintedItem:
    title = item.title
    if item.closed:
        key = "items.closed" if title else "items.closed_no_title"
        title = filled(style.text(key), {"title": title})
    fields = {"number": item.number, "title": title, "case_number": item.case_number}
    key = "heading" if item.number else "no_number"
    heading = filled(style.text(f"items.{key if title else 'no_title'}"), fields)
    case_number = list(
        _facts((style.texts("items.case_number"),), fields, style.text("head.colon"))
    )
    at_top = style.text("items.case_number_at") == "top"
    first_under = before is None or before.heading != item.heading
    return PrintedItem(
        over=clean(item.heading or "") if first_under else "",
        heading=clean(heading or "–"),
        entry=clean(title or heading or "–"),
        top=case_number if at_top else [],
        sections=[PrintedSection(clean(one.label), blocks_of(one.text)) for one in item.sections],
        end=[] if at_top else case_number,
    )
