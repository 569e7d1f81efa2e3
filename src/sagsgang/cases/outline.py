"""The sections that a presentation is offered, those that it has, and those that are printed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

_RECOMMENDATION: Final = "recommendation"


class Part(NamedTuple):
    """A section of a presentation: label as printed, kind, and light Markdown."""

    label: str
    kind: str
    text: str = ""


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "sections.toml").read_text("utf-8"))


@cache
def offered() -> tuple[Part, ...]:
    """The empty sections, in the order that they are printed in."""
    return tuple(Part(one["label"], one["kind"]) for one in _told()["section"])


def printed(content: Mapping[str, Any]) -> list[Part]:
    """The sections of a presentation's content as they are printed: what is recommended first.

    A recommendation that has a section of its own already stands there alone.
    """
    parts = [Part(**section) for section in content["sections"]]
    points = points_of(content)
    if not points or any(part.kind == _RECOMMENDATION and part.text for part in parts):
        return parts
    listed = "\n".join(f"{number}. {point}" for number, point in enumerate(points, 1))
    lead = _lead(content["recommendation_by"].strip())
    return [Part(_told()[_RECOMMENDATION]["label"], _RECOMMENDATION, f"{lead}\n\n{listed}"), *parts]


def points_of(content: Mapping[str, Any]) -> tuple[str, ...]:
    """The points of the recommendation, without the `at` that stands before them all."""
    written_points = (point.strip() for point in content["recommendation_points"])
    return tuple(point.removeprefix("at ") for point in written_points if point)


def _lead(by: str) -> str:
    told = _told()[_RECOMMENDATION]
    if any(word in by.lower() for word in told["said"]):
        return by
    return str(told["by"].format(by=by) if by else told["by_nobody"])


def outline(sections: Sequence[dict[str, str]]) -> list[Part]:
    """The sections there are, with those among them that could be written too."""
    there = [Part(one["label"], one["kind"], one["text"]) for one in sections]
    labels = {part.label for part in there}
    found = list(there)
    for place, part in enumerate(offered()):
        if part.label not in labels:
            before = {one.label for one in offered()[:place]}
            last = max((n for n, one in enumerate(found, 1) if one.label in before), default=0)
            found.insert(last, part)
    return found


def written(parts: Sequence[Part]) -> list[dict[str, str]]:
    """The sections as they are kept: those without text are left out."""
    return [part._asdict() for part in parts if part.text.strip()]
