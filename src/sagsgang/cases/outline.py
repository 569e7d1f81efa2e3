"""The outline of a municipality's presentations: their sections, in which order, under which names.

The outlines that ship lie in `outlines`, each named after the printed style that it belongs to. A
municipality begins with one of them, and may change labels, order and what must be filled in; what
it has changed is kept as `Outline.kept` gives it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple, TypeVar, get_args

from sagsgang.minutes.model import Participant, SectionKind
from sagsgang.minutes.words import Words
from sagsgang.minutes.writers import style
from sagsgang.minutes.writers.style import Style, filled
from sagsgang.minutes.writers.styled import stands_in

GIVEN: Final = frozenset(
    ("routing", "recommendation", "decision", "absence", "related", "next_steps", "attachments")
)
"""Kinds of sections whose text comes of the case and its meetings: they are not written."""
KINDS: Final[tuple[str, ...]] = tuple(kind for kind in get_args(SectionKind) if kind not in GIVEN)
"""Kinds of sections that are written."""
STANDARD: Final = "standard"
_RECOMMENDATION: Final = "recommendation"
_DASH: Final = re.compile(r"^\s*[-–•*]\s+")
_NUMBER: Final = re.compile(r"(\d{1,2})[.)]\s+")
"""What a point begins with where somebody has written a list."""
_FRAGMENT: Final = 4
_HEARING: Final = "hearing"
_SEVERAL: Final = "other"
"""The kind that sections with different labels may have."""


class Part(NamedTuple):
    """A section of a presentation: label as printed, kind, and light Markdown."""

    label: str
    kind: str
    text: str = ""


class Row(NamedTuple):
    """A section of an outline; it must be filled in where it is `required`.

    One that stands `inside` another, named by its kind, has the heading of that one above its own.
    """

    label: str
    kind: str
    required: bool = False
    inside: str = ""


AnySection = TypeVar("AnySection", bound=Any)


@dataclass(frozen=True, slots=True)
class Outline:
    """A municipality's outline; `base` is the shipped one that it began with."""

    base: str
    rows: tuple[Row, ...]
    recommender: str
    case_number: str
    told: Words
    _recommendation: Mapping[str, Any]
    _settled: Mapping[str, str]

    @property
    def written(self) -> tuple[Row, ...]:
        """The sections that somebody writes, in order."""
        return tuple(row for row in self.rows if row.kind not in GIVEN)

    def prints(self, kind: str) -> bool:
        """Whether sections of the kind have a place in it."""
        return any(row.kind == kind for row in self.rows)

    @property
    def style(self) -> Style:
        """The printed style that it belongs to, with its own order and labels."""
        printed = style.named(self.base)
        labels = {**printed.values["sections.labels"]}
        for kind in dict.fromkeys(row.kind for row in self.rows if row.kind != _SEVERAL):
            own_labels = [row.label for row in self.rows if row.kind == kind]
            usual = labels.get(kind, ())
            labels[kind] = usual if set(own_labels) <= set(usual) else own_labels
        # A section of a kind that many have stays after the one before it.
        kinds = (kind for row in self.rows for kind in (row.inside, row.kind))
        order = [kind for kind in kinds if kind and kind != _SEVERAL]
        usual = printed.texts("sections.order")
        if usual and stands_in(order, usual):
            # The style's own order has each kind wherever its documents have it.
            order = list(usual)
        own = {"sections.order": order, "sections.labels": labels}
        settled = {f"settled.{key}": text for key, text in self._settled.items()}
        return replace(printed, values={**printed.values, **own, **settled})

    def kept(self) -> dict[str, Any]:
        """What is kept of it: JSON values that `of` makes it of again."""
        return {
            "base": self.base,
            "recommender": self.recommender,
            "sections": [row._asdict() for row in self.rows],
        }

    def ordered(self, sections: Sequence[AnySection]) -> list[AnySection]:
        """Sections (anything with a label and a kind) in its order.

        One whose label it does not have stands where its kind does, or after the one before it.
        """
        places = self._places(sections)
        return [sections[at] for at in sorted(range(len(sections)), key=places.__getitem__)]

    def placed(self, sections: Sequence[AnySection], one: AnySection) -> list[AnySection]:
        """The sections as they stand, with one more put where it belongs among them."""
        *places, own = self._places([*sections, one])
        at = next((at for at, place in enumerate(places) if place > own), len(sections))
        return [*sections[:at], one, *sections[at:]]

    def _places(self, sections: Iterable[AnySection]) -> list[int]:
        by_label = {row.label: place for place, row in enumerate(self.rows)}
        by_kind = {row.kind: place for place, row in enumerate(self.rows) if row.kind != _SEVERAL}
        places: list[int] = []
        for section in sections:
            before = places[-1] if places else -1
            places.append(by_label.get(section.label, by_kind.get(section.kind, before)))
        return places

    def headed(self, parts: Iterable[Part]) -> Iterator[Part]:
        """The parts with the headings of those that they stand inside."""
        inside = {row.label: row.inside for row in self.rows if row.inside}
        labels = {row.kind: row.label for row in self.rows}
        outer = {labels[kind] for kind in inside.values() if kind in labels}
        for part in parts:
            kind = inside.get(part.label, "")
            if kind in labels:
                yield Part(labels[kind], kind)
            if part.text or part.label not in outer:
                yield part

    def recommendation(self, by: str, points: Sequence[str]) -> Part:
        """What is recommended as it is printed; who recommends may be named in the label."""
        told = self._recommendation
        by = by.strip()
        row = next((row for row in self.rows if row.kind == _RECOMMENDATION), None)
        label = row.label if row else style.standard().added_label("recommendation")[0]
        says_so = any(word in by.lower() for word in told["said"])
        if "{by}" in label:
            asks = by.removesuffix(" at").rstrip(" ,")
            label = asks if says_so else filled(label, {"by": by}) or "Indstilling"
            says_so = False
        if by and len(points) == 1 and points[0].startswith(f"{by} "):
            return Part(label, _RECOMMENDATION, points[0])  # a sentence that says itself who asks
        if len(points) == 1 and _is_fragment(points[0]) and not says_so:
            form = told["fragment" if by else "fragment_by_nobody"]
            return Part(label, _RECOMMENDATION, form.format(by=by, point=points[0]))
        lead = by if says_so else filled(told["lead" if by else "lead_by_nobody"], {"by": by})
        form = told["point" if len(points) > 1 else "only_point"]
        listed = (
            form.replace("{number}", str(number)).replace("{point}", point)
            for number, point in enumerate(points, 1)
        )
        return Part(label, _RECOMMENDATION, "\n\n".join(filter(None, (lead, "\n".join(listed)))))


@cache
def shipped(name: str = STANDARD) -> Outline:
    """The outline that ships with the program under a name.

    Raises:
        KeyError: there is none of that name.
    """
    if name not in names():
        raise KeyError(name)
    common, own = _told(STANDARD), _told(name)
    return Outline(
        base=name,
        rows=tuple(Row(**row) for row in own["section"]),
        recommender=own["recommender"],
        case_number=own["case_number"],
        told=Words(own["told"], own["told_english"]),
        _recommendation={**common["recommendation"], **own.get("recommendation", {})},
        _settled=own.get("settled", {}),
    )


def names() -> tuple[str, ...]:
    """The names of the outlines that ship: those of the printed styles, the standard one first."""
    return style.names()


def of(kept: Mapping[str, Any], municipality: str = "") -> Outline:
    """The outline that was kept; of nothing, that of the municipality's own printed style."""
    if not kept:
        return shipped(style.of_municipality(municipality).name)
    rows = tuple(Row(**row) for row in kept["sections"])
    return replace(shipped(kept["base"]), rows=rows, recommender=kept["recommender"])


@cache
def _told(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "outlines" / f"{name}.toml").read_text("utf-8"))


def printed(content: Mapping[str, Any], outline: Outline, heard: str = "") -> list[Part]:
    """The sections of a presentation's content as they are printed, in the outline's order.

    A recommendation that has a section of its own already stands there alone. What was `heard`
    ends the section of hearings, where the outline has one.
    """
    parts = _with_hearing(
        named([Part(**section) for section in content["sections"]], outline), outline, heard
    )
    if any(part.kind == _RECOMMENDATION and part.text for part in parts):
        order = outline.style.texts("sections.order")
        return parts if stands_in([part.kind for part in parts], order) else outline.ordered(parts)
    parts = outline.ordered(parts)
    points = points_of(content)
    if points:
        asked = outline.recommendation(content["recommendation_by"], points)
        parts = outline.placed(parts, asked)
    return list(outline.headed(parts))


def _with_hearing(parts: list[Part], outline: Outline, heard: str) -> list[Part]:
    row = next((row for row in outline.rows if row.kind == _HEARING), None)
    if not heard or row is None:
        return parts
    there = next((part for part in parts if part.kind == _HEARING), Part(row.label, _HEARING))
    longer = there._replace(text="\n\n".join(filter(None, (there.text, heard))))
    if there not in parts:
        return outline.placed(parts, longer)
    return [longer if part == there else part for part in parts]


def points_of(content: Mapping[str, Any]) -> tuple[str, ...]:
    """The points of the recommendation, without the `at` that stands before them all."""
    written = [_DASH.sub("", point).strip() for point in content["recommendation_points"]]
    points = _unnumbered([point for point in written if point])
    return tuple(point.removeprefix("at ") for point in points)


def _unnumbered(points: list[str]) -> list[str]:
    """The points without their numbers, where somebody has numbered them all: dates stay."""
    marks = [_NUMBER.match(point) for point in points]
    counts = [int(mark[1]) if mark else 0 for mark in marks]
    if len(points) > 1 and counts == list(range(1, len(points) + 1)):
        return [point[mark.end() :] for point, mark in zip(points, marks, strict=True) if mark]
    return points


def _is_fragment(point: str) -> bool:
    """Whether a point is no sentence that can follow `at`: `til orientering`, `til drøftelse`."""
    return point.lower().startswith("til ") and len(point.split()) <= _FRAGMENT


def participants_in(content: Mapping[str, Any]) -> tuple[Participant, ...]:
    """Those who take part under the item, a line each: name, and after a comma the office."""
    texts = (one["text"] for one in content["sections"] if one["kind"] == "participants")
    lines = (line.strip(" -*•") for text in texts for line in text.splitlines())
    return tuple(_participant(line) for line in lines if line)


def _participant(line: str) -> Participant:
    name, _comma, role = line.partition(",")
    return Participant(name.strip(), role.strip() or None)


def named(parts: Sequence[Part], outline: Outline) -> list[Part]:
    """The parts by the outline's labels: those that it calls something else now are renamed.

    Several of one kind keep their labels, as nothing tells which is which.
    """
    there = {part.label for part in parts}
    free = {row.kind: row.label for row in outline.written if row.label not in there}
    kinds = [part.kind for part in parts]
    labels = {row.label for row in outline.written}
    return [
        part._replace(label=free[part.kind])
        if part.label not in labels
        and part.kind in free
        and part.kind != _SEVERAL
        and kinds.count(part.kind) == 1
        else part
        for part in parts
    ]


def offered(sections: Sequence[Mapping[str, str]], outline: Outline) -> list[Part]:
    """The sections there are, with those of the outline that could be written too, in its order."""
    there = named([Part(one["label"], one["kind"], one["text"]) for one in sections], outline)
    labels = {part.label for part in there}
    empty = [Part(row.label, row.kind) for row in outline.written if row.label not in labels]
    return outline.ordered([*there, *empty])


def lacking(content: Mapping[str, Any], outline: Outline, heard: str = "") -> list[Row]:
    """The sections that must be filled in and are not."""
    there = [part for part in printed(content, outline, heard) if part.text.strip()]
    return [
        row for row in outline.rows if row.required and not any(_fills(row, one) for one in there)
    ]


def _fills(row: Row, part: Part) -> bool:
    return part.label == row.label or part.kind == row.kind != _SEVERAL


def kept_sections(parts: Sequence[Part]) -> list[dict[str, str]]:
    """The sections as they are kept: those without text are left out."""
    return [part._asdict() for part in parts if part.text.strip()]
