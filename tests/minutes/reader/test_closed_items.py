"""Closed items that are printed with a mark and a title only."""

from __future__ import annotations

import pytest

from sagsgang.minutes import read_bytes

from .reading import BODY, items

HEAD = "Lindvig Kommune\n\nBeskæftigelsesudvalget\n\nReferat\n\nDato: 5. maj 2026\n\n"
OPEN = (
    "{mark}{number}. {title}\n\nIndstilling\n\nAt sagen godkendes.\n\nBeslutning\n\nGodkendt.\n\n"
)


@pytest.mark.parametrize("mark", ["", "## "], ids=["text", "markdown"])
def test_a_closed_item_needs_no_number(mark: str) -> None:
    minutes = read_bytes(
        (
            HEAD
            + OPEN.format(mark=mark, number=1, title="Budget for 2027")
            + f"{mark}Lukket: Køb af grund\n\n{mark}Lukket: Salg af grund\n\n"
            + OPEN.format(mark=mark, number=2, title="Orientering")
            + f"{mark}Lukket: Personalesag\n"
        ).encode()
    )

    assert [(item.number, item.title, item.closed) for item in minutes.items] == [
        ("1", "Budget for 2027", False),
        (None, "Køb af grund", True),
        (None, "Salg af grund", True),
        ("2", "Orientering", False),
        (None, "Personalesag", True),
    ]
    assert [decision.text for item in minutes.items for decision in item.decisions] == [
        "Godkendt.",
        "Godkendt.",
    ]


@pytest.mark.parametrize(
    "line", ["Lukket for tilgang: ja", "Lukket", "Jobcentret holder lukket: uge 29"]
)
def test_a_line_of_the_text_is_no_closed_item(line: str) -> None:
    text = OPEN.format(mark="", number=1, title="Åbningstider")
    minutes = read_bytes((HEAD + text.replace("At sagen", f"{line}\n\nAt sagen")).encode())

    assert [item.title for item in minutes.items] == ["Åbningstider"]


def test_a_numbered_list_of_marked_titles_is_a_list_of_items() -> None:
    minutes = read_bytes(
        (
            f"{HEAD}1. Godkendelse af dagsorden\n\n   Beslutning: Godkendt.\n\n"
            "2. Lukket: Køb af grund\n3. Lukket: Salg af grund\n4. Åben: Budget\n"
        ).encode(),
        name="referat.md",
    )

    assert [(item.number, item.closed) for item in minutes.items] == [
        ("1", False),
        ("2", True),
        ("3", True),
        ("4", False),
    ]


def test_marks_above_the_items_hold_for_the_item_below_them() -> None:
    body = "Beslutning\n\nGodkendt.\n\n"
    text = (
        f"{HEAD}Åbent punkt\n\n1. Plan\n\n{body}Lukket punkt\n\n2. Køb af grund\n\n"
        f"Åbent punkt\n\n3. Budget\n\n{body}Åbent punkt\n\n4. Eventuelt\n\n{body}"
    )
    minutes = read_bytes(text.encode())

    assert [item.closed for item in minutes.items] == [False, True, False, False]


def test_a_mark_may_stand_among_the_facts_of_the_case() -> None:
    text = (
        f"{HEAD}1. Plan\n15.00.00-P20-1-24   Åben sag   Sagsgang: Byrådet\n{BODY}"
        "2. Køb af grund\n15.00.00-P20-2-24   Lukket sag   Sagsgang: Byrådet\n"
    )

    assert [item.closed for item in items(text)] == [False, True]
