"""Pictures in a presentation's text, numbered as figures.

In a section's text a picture is a line of its own, `![alternative text](billede:sha256)`. Printed,
it is the line `Figur 1: alternative text`, and the file is an attachment of that title: so a
document says in words what a picture shows, and whoever prints it can put the picture there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

LINE: Final = re.compile(r"^!\[([^\[\]\n]*)\]\(billede:([0-9a-f]{64})\)$", re.MULTILINE)
_LONGEST: Final = 250


class Figure(NamedTuple):
    """A picture where it stands; without alternative text it cannot be printed."""

    number: int
    alt: str
    sha256: str

    @property
    def caption(self) -> str:
        """What is printed in its place, and the attachment's title."""
        return f"Figur {self.number}: {self.alt}"


def alternative(text: str) -> str:
    """An alternative text as it can stand in a line."""
    return " ".join(re.sub(r"[\[\]|]", " ", text).split())[:_LONGEST]


def figures_in(sections: Iterable[Mapping[str, str]]) -> list[Figure]:
    """The pictures of a presentation's sections, in order, from 1."""
    found = (match for section in sections for match in LINE.finditer(section["text"]))
    return [Figure(number, match[1].strip(), match[2]) for number, match in enumerate(found, 1)]


def captioned(sections: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """The sections with each picture's caption in its place; one without text stays as it is."""
    figures = iter(figures_in(sections))

    def caption(match: re.Match[str]) -> str:
        figure = next(figures)
        return figure.caption if figure.alt else match[0]

    return [{**section, "text": LINE.sub(caption, section["text"])} for section in sections]


def attached(content: Mapping[str, Any]) -> Iterator[tuple[str, bool, str, str]]:
    """The pictures of a revision as attachments: title, not closed, name and hash."""
    for one in figures_in(content["sections"]):
        if one.alt:
            yield one.caption, False, f"figur-{one.number}", one.sha256
