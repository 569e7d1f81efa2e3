"""What is recommended is printed, in the words of whoever recommends it."""

from __future__ import annotations

import pytest

from sagsgang.cases.outline import Part, points_of, printed

PRESENTATION = {"label": "Sagsfremstilling", "kind": "presentation", "text": "Der er penge."}


def content(by: str = "", points: tuple[str, ...] = (), **more: object) -> dict[str, object]:
    return {
        "sections": [PRESENTATION],
        "recommendation_by": by,
        "recommendation_points": list(points),
    } | more


@pytest.mark.parametrize(
    ("by", "lead"),
    [
        ("Direktionen", "Direktionen indstiller, at"),
        ("", "Det indstilles, at"),
        ("Direktøren anbefaler, at", "Direktøren anbefaler, at"),
    ],
)
def test_the_recommendation_is_printed_first(by: str, lead: str) -> None:
    first, second = printed(content(by, ("at puljen godkendes.", " ", "status gives i maj.")))
    assert first == Part(
        "Indstilling",
        "recommendation",
        f"{lead}\n\n1. puljen godkendes.\n2. status gives i maj.",
    )
    assert second == Part(**PRESENTATION)


def test_nothing_is_added_where_nothing_is_recommended() -> None:
    assert printed(content("Direktionen")) == [Part(**PRESENTATION)]


def test_a_recommendation_with_a_section_of_its_own_stands_there_alone() -> None:
    own = {"label": "Direktøren indstiller", "kind": "recommendation", "text": "at det sker."}
    told = content("Direktøren", ("det sker.",), sections=[own, PRESENTATION])
    assert printed(told) == [Part(**own), Part(**PRESENTATION)]
    assert points_of(told) == ("det sker.",)
