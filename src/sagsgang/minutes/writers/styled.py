"""`Minutes` in a printed style: sections in its order, under its headings, with its phrases.

What is known of an item, but stands in none of its sections, is put there as the style says it:
who was absent, who settles the case, which bodies get it. What a section says already is not
said again, so minutes that were read from print in the same style come out as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal

from ..model import Item, Minutes, Section, SectionKind
from . import wording
from .prose import pipes
from .style import Style, filled

_TELLING: Final = frozenset(("absence", "decision", "announcement", "procedure", "other"))
"""Kinds of sections that may say who was absent."""


def styled(minutes: Minutes, style: Style) -> Minutes:
    """The minutes with every item's sections as the style prints them."""
    away = {member.name for member in minutes.members if member.present is False}
    before = style.before_titles(minutes.committee)
    items = tuple(_item(item, minutes, style, before, away) for item in minutes.items)
    return replace(minutes, items=items)


def arranged(minutes: Minutes, style: Style) -> Minutes:
    """The minutes with every item's sections in the style's order under its labels, as data.

    Titles and decisions stay as they are: what a style adds to them is for its print alone. Where
    the style says who settles the case, each open item says so.
    """
    return replace(minutes, items=tuple(_arranged(item, minutes, style) for item in minutes.items))


def _arranged(item: Item, minutes: Minutes, style: Style) -> Item:
    if item.closed and not item.sections:
        return item
    kind: SectionKind | Literal[""] = style.values["settled.section"]
    known = item
    if item.decided_by and kind and all(section.kind != kind for section in item.sections):
        label = _first(style.added_label(kind), _fields(item, minutes))
        known = replace(item, sections=(Section(label, kind, ""), *item.sections))
    sections = _with_ends(_known_sections(known, minutes, style), item, minutes, style)
    told = [one for one in sections if one.text or one in item.sections]
    return replace(item, sections=_in_style(told, item, minutes, style))


def _item(item: Item, minutes: Minutes, style: Style, before: str, away: set[str]) -> Item:
    if before and item.title and not item.title.startswith(f"{before} "):
        item = replace(item, title=f"{before} {item.title}")
    sections = _with_absence(_known_sections(item, minutes, style), item, style, away)
    sections = _with_ends(sections, item, minutes, style)
    return replace(item, sections=_in_style(sections, item, minutes, style))


def _known_sections(item: Item, minutes: Minutes, style: Style) -> list[Section]:
    """The item's sections, with one for each thing that is known of it and that none says."""
    sections = [_routing_shown(section, item, style) for section in item.sections]
    return [*sections, *_unsaid(item, style, _fields(item, minutes))]


def _in_style(
    sections: Iterable[Section], item: Item, minutes: Minutes, style: Style
) -> tuple[Section, ...]:
    """The sections under the style's labels, in its order."""
    fields = _fields(item, minutes)
    labelled = [_labelled(section, item, minutes, style, fields) for section in sections]
    return tuple(_ordered(labelled, style.texts("sections.order")))


def _fields(item: Item, minutes: Minutes) -> dict[str, str | None]:
    day = minutes.date
    return {
        "committee": minutes.committee,
        "date": day and wording.date_said(day),
        "short_date": day and wording.date_short(day),
        "by": item.recommendation.by if item.recommendation else None,
    }


# --- what no section says ----------------------------------------------------------------------


def _unsaid(item: Item, style: Style, fields: Mapping[str, str | None]) -> Iterator[Section]:
    """Sections for what is known of an item and stands in none of its own."""
    there = {section.kind for section in item.sections}
    told = " ".join(section.text for section in item.sections)
    for kind, text, names in _known(item, style):
        if text and kind not in there and not (names and all(name in told for name in names)):
            yield Section(_first(style.added_label(kind), fields), kind, text)


def _known(item: Item, style: Style) -> Iterator[tuple[SectionKind, str, list[str]]]:
    """A kind of section, its text, and names by which another section is known to say it."""
    yield "routing", _matrix(item, style.text("routing.mark")), []
    yield "recommendation", _recommendation(item), []
    yield "decision", "\n\n".join(decision.text for decision in item.decisions), []
    guests = [(one.name or "", one.role) for one in item.participants if one.name]
    yield "participants", _paragraphs(guests), [name for name, _ in guests]
    related = [(one.committee or "", one.date, one.item) for one in item.related]
    yield "related", _paragraphs(related), [committee for committee, *_ in related]
    steps = [(step.committee or "", step.date) for step in item.next_steps]
    yield "next_steps", _paragraphs(steps), [committee for committee, _ in steps]
    titles = [one.title for one in item.attachments]
    yield "attachments", "\n\n".join(titles), titles


def _paragraphs(rows: Iterable[Sequence[str | None]]) -> str:
    """Each row as a paragraph: a name or a body, and what is known of it.

    A date is joined to the body before it; the number of an item is said to be one.
    """
    return "\n\n".join(filter(None, map(_row, rows)))


def _row(row: Sequence[str | None]) -> str:
    first, second, *more = (*row, None)
    day = wording.date_said(second) if second else None
    said = " ".join(filter(None, (first, day))) if day else ", ".join(filter(None, (first, second)))
    return said + "".join(f", punkt {number}" for number in more if number)


def _recommendation(item: Item) -> str:
    if item.recommendation is None:
        return ""
    points = [f"{place}. {point}" for place, point in enumerate(item.recommendation.points, 1)]
    by = item.recommendation.by
    return "\n\n".join(filter(None, (by and f"{by} indstiller, at", "\n".join(points))))


def _matrix(item: Item, mark: str) -> str:
    if not item.routing or any(one.marked is None for one in item.routing):
        return ""
    marks = [mark if one.marked else "" for one in item.routing]
    return pipes([[one.code for one in item.routing], marks])


def _routing_shown(section: Section, item: Item, style: Style) -> Section:
    """Codes and marks as a table, where it is known which mark stands under which code."""
    if section.kind != "routing":
        return section
    *_, last = ("", *section.text.split())
    printed = last if last in ("x", "X") else style.text("routing.mark")
    return replace(section, text=_matrix(item, printed) or section.text)


def _with_absence(
    sections: Sequence[Section], item: Item, style: Style, away: set[str]
) -> list[Section]:
    at = style.text("absence.at")
    names = [name for name in item.absent if at != "head" or name not in away]
    listed = ", ".join(item.absent)
    if at == "decision" and _decision_place(sections) is not None:
        # Bare names under a heading become the style's sentence.
        sections = [one for one in sections if not (one.kind == "absence" and one.text == listed)]
    told = " ".join(one.text for one in sections if one.kind in _TELLING)
    if not names or all(name in told for name in names):
        return list(sections)
    phrase = style.text("absence.one" if len(names) == 1 else "absence.several")
    place = _decision_place(sections)
    if at == "decision" and place is not None:
        said = filled(phrase, {"names": wording.listed(names)})
        return _ending(sections, place, said)
    label = _first(style.added_label("absence"), {})
    return [*sections, Section(label, "absence", ", ".join(names))]


def _decision_place(sections: Sequence[Section]) -> int | None:
    """The place of the last decision among the sections."""
    places = [place for place, section in enumerate(sections) if section.kind == "decision"]
    return places[-1] if places else None


def _with_ends(
    sections: list[Section], item: Item, minutes: Minutes, style: Style
) -> list[Section]:
    """The sections, with who settles the case and who wrote it where the style says that."""
    here = "here" if item.decided_by == minutes.committee else "elsewhere"
    told = " ".join(section.text for section in sections)
    for table, text in (
        ("settled", filled(style.text(f"settled.{here}"), {"body": item.decided_by})),
        ("author", filled(style.text("author.text"), {"author": item.author})),
    ):
        kind = style.text(f"{table}.section")
        place = next((n for n, section in enumerate(sections) if section.kind == kind), None)
        value = item.decided_by if table == "settled" else text
        if text and value and value not in told and place is not None:
            sections = _ending(sections, place, text)
    return sections


def _ending(sections: Sequence[Section], place: int, text: str) -> list[Section]:
    """The sections, with a last paragraph added to one of them."""
    section = sections[place]
    longer = replace(section, text="\n\n".join(filter(None, (section.text, text))))
    return [*sections[:place], longer, *sections[place + 1 :]]


# --- headings and order ------------------------------------------------------------------------


def _labelled(
    section: Section,
    item: Item,
    minutes: Minutes,
    style: Style,
    fields: Mapping[str, str | None],
) -> Section:
    labels = [filled(label, fields) for label in style.labels(section.kind)]
    if not any(labels) or section.label in labels or _is_of_another(section, item, minutes):
        return section
    return replace(section, label=next(filter(None, labels)))


def _is_of_another(section: Section, item: Item, minutes: Minutes) -> bool:
    """Whether a section is the decision of another body or another day, as its heading says."""
    return any(
        decision.text == section.text.strip()
        and (decision.committee or minutes.committee, decision.date or minutes.date)
        != (minutes.committee, minutes.date)
        for decision in item.decisions
    )


def _first(labels: Iterable[str], fields: Mapping[str, str | None]) -> str:
    return next(filter(None, (filled(label, fields) for label in labels)), "")


def _ordered(sections: Sequence[Section], order: Sequence[str]) -> list[Section]:
    """The sections in the style's order, with as few of them moved as can be.

    One that is moved goes where its kind stands last in the order; one whose kind is not in the
    order stays after the one before it.
    """
    last = {kind: place for place, kind in enumerate(order)}
    stays = _staying([section.kind for section in sections], order)
    places: list[int] = []
    for index, section in enumerate(sections):
        before = places[-1] if places else -1
        places.append(stays.get(index, last.get(section.kind, before)))
    ranked = sorted(range(len(sections)), key=places.__getitem__)
    return [sections[place] for place in ranked]


def stands_in(kinds: Sequence[str], order: Sequence[str]) -> bool:
    """Whether kinds of sections come in the order already; those not in it stand anywhere."""
    known = [kind for kind in kinds if kind in order]
    return len(_staying(known, order)) == len(known)


def _staying(kinds: Sequence[str], order: Sequence[str]) -> dict[int, int]:
    """As many of the kinds as come in the order already: their index, and place in the order."""
    ending: dict[int, dict[int, int]] = {-1: {}}
    for index, kind in enumerate(kinds):
        longer = {
            place: max((ending[end] for end in ending if end <= place), key=len) | {index: place}
            for place, one in enumerate(order)
            if one == kind
        }
        ending |= {
            place: chain
            for place, chain in longer.items()
            if len(chain) > len(ending.get(place, {}))
        }
    return max(ending.values(), key=len)
