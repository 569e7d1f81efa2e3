"""The sections that a presentation is offered, and those that it has."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Part(NamedTuple):
    """A section of a presentation: label as printed, kind, and light Markdown."""

    label: str
    kind: str
    text: str = ""


@cache
def offered() -> tuple[Part, ...]:
    """The empty sections, in the order that they are printed in."""
    data = tomllib.loads((files(__package__) / "sections.toml").read_text("utf-8"))
    return tuple(Part(one["label"], one["kind"]) for one in data["section"])


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
