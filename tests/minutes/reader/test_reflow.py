"""Documents that lost their line breaks: transcripts with a page on one line, glued lines."""

from __future__ import annotations

import pytest

from sagsgang.minutes.blocks import TEXT, Block
from sagsgang.minutes.reader.gluing import unglued
from sagsgang.minutes.reader.reflow import reflow
from sagsgang.minutes.reader.vocabulary import builtin
from sagsgang.minutes.sources.text import blocks_of_text

from .reading import BODY, HEAD, items, read, titles

ITEM = (
    "{n}. {title} Åben sag Sagsnr.: 22/{n}733 Resume Forvaltningen har lavet en plan for de unge i "
    "kommunen. Indstilling Direktøren indstiller, at planen godkendes. Beslutning "
    "Beskæftigelsesudvalget den 5. februar 2025 Godkendt. Bilag Plan.pdf"
)
PAGE = " ".join(
    ITEM.format(n=n, title=title) for n, title in enumerate(("Plan for unge", "Budget for året"), 1)
)


def lines(text: str) -> list[str]:
    return [block.text for block in reflow(blocks_of_text(text), builtin())]


def test_a_page_on_one_line_is_broken_before_heads_and_labels() -> None:
    minutes = read(f"Beskæftigelsesudvalget\n\nReferat 5. februar 2025\n\n{PAGE}")
    first, second = minutes.items

    assert (first.number, first.title, first.case_number) == ("1", "Plan for unge", "22/1733")
    assert (second.number, second.title, second.case_number) == ("2", "Budget for året", "22/2733")
    assert [one.label for one in first.sections] == [
        "Resume", "Indstilling", "Beslutning Beskæftigelsesudvalget den 5. februar 2025", "Bilag",
    ]  # fmt: skip
    assert first.decisions[0].text == "Godkendt."


def test_offsets_still_point_at_the_same_characters() -> None:
    for block in reflow(blocks_of_text(PAGE), builtin()):
        assert PAGE[block.start : block.end].strip() == block.text


def test_nothing_is_lost_but_footers() -> None:
    text = f"Transkript\n\n{PAGE} Side 2 af 6"

    assert " ".join(lines(text)).split() == text.replace(" Side 2 af 6", "").split()


def test_page_numbers_of_transcripts_go() -> None:
    assert lines("Transkript\n\n12 Resume Forvaltningen har lavet en plan, som alle kan læse i dag.")[1:] == [
        "Resume", "Forvaltningen har lavet en plan, som alle kan læse i dag.",
    ]  # fmt: skip


def test_a_transcripts_contents_stay_one_line() -> None:
    contents = (
        "Indholdsfortegnelse 1. Plan for unge i kommunen 2 2. Budget for året og de næste år 3"
    )

    assert lines(f"Transkript\n\n{contents}")[1:] == [contents]


def test_ordinary_documents_are_left_as_they_are() -> None:
    text = (
        HEAD
        + f"## Punkt 1: Plan\n{BODY}"
        + (
            "Udvalget skrev, at Beslutning og Indstilling er ord, som står i teksten, og at man ikke "
            "skal dele den ved dem. " * 4
        )
    )
    blocks = blocks_of_text(text)

    assert list(reflow(blocks, builtin())) == blocks


# --- glued lines -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (
            "Underskriftsark53. Godkendelse af referat",
            ["Underskriftsark", "53. Godkendelse af referat"],
        ),
        ("Indholdsfortegnelse1. Meddelelser", ["Indholdsfortegnelse", "1. Meddelelser"]),
        ("IndholdsfortegnelseMeddelelser", ["Indholdsfortegnelse", "Meddelelser"]),
    ],
)
def test_a_lost_break_near_the_top_is_found(line: str, parts: list[str]) -> None:
    assert [block.text for block in unglued([Block(TEXT, line)], builtin())] == parts


@pytest.mark.parametrize(
    "line", ["Plan for 2025", "Rusmidler9,4", "A1. B", "Covid19 og job", "Sag nr.5"]
)
def test_other_lines_are_left_whole(line: str) -> None:
    assert [block.text for block in unglued([Block(TEXT, line)], builtin())] == [line]


def test_items_glued_to_the_labels_before_them_are_parted_too() -> None:
    text = (
        f"{HEAD}1. Meddelelser fra formanden\n2. Budget for 20261. Meddelelser fra formanden\n\nBeslutning\n\n"
        "Intet.\n\nBilag2. Budget for 2026\n\nBeslutning\n\nGodkendt."
    )

    assert titles(text) == ["Meddelelser fra formanden", "Budget for 2026"]
    assert [one.label for one in items(text)[0].sections] == ["Beslutning", "Bilag"]


@pytest.mark.parametrize(
    "text",
    [
        "1 A " * 4_000,
        "Beslutning " + "Alfa " * 4_000,
        "Beslutning " + "A" * 20_000,
        "Beslutning " * 2_000,
        "BESLUTNING I " + "A " * 8_000,
        "1. A ... " * 2_000,
    ],
)
def test_time_is_linear(text: str) -> None:
    """Patterns that try a word in many ways would never end here."""
    assert lines(f"Transkript\n\n{text}")[0] == "Transkript"


def test_a_decision_may_have_lost_its_body_and_date() -> None:
    text = f"Transkript\n\n{PAGE}".replace(
        "Beslutning Beskæftigelsesudvalget den 5. februar 2025", "Beslutning den :"
    )

    assert [item.decisions[0].outcome for item in items(text)] == ["approved"] * 2
