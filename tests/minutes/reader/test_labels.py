"""Which lines are headings of the publisher's own, and what they open."""

from __future__ import annotations

import pytest

from sagsgang.minutes.blocks import HEADING, TEXT, Block
from sagsgang.minutes.reader.labels import Label, body_and_date, find_labels, match_label
from sagsgang.minutes.reader.vocabulary import builtin
from sagsgang.minutes.sources.text import blocks_of_text


def label(line: str) -> Label | None:
    (block,) = blocks_of_text(line)
    return match_label(block, builtin())


def kind(line: str) -> str | None:
    found = label(line)
    return found.kind if found else None


@pytest.mark.parametrize(
    ("line", "text", "kind"),
    [
        ("Resume", "Resume", "summary"),
        ("RESUMÉ", "RESUMÉ", "summary"),
        ("**Resumé:**", "Resumé", "summary"),
        ("### Sagsfremstilling", "Sagsfremstilling", "presentation"),
        ("Indstilling:", "Indstilling", "recommendation"),
        ("Beslutning", "Beslutning", "decision"),
        ("Økonomiske konsekvenser", "Økonomiske konsekvenser", "economy"),
        ("Bilag", "Bilag", "attachments"),
        ("Fraværende", "Fraværende", "absence"),
    ],
)
def test_fixed_labels_open_their_section(line: str, text: str, kind: str) -> None:
    found = label(line)

    assert found is not None
    assert (found.text, found.kind, found.fixed, found.rest) == (text, kind, True, "")


@pytest.mark.parametrize("line", ["Baggrund", "Forslag", "Tidsplan", "Referat"])
def test_loose_labels_open_one_only_in_some_documents(line: str) -> None:
    found = label(line)

    assert found is not None
    assert not found.fixed


@pytest.mark.parametrize(
    "line",
    [
        "Beslutningen er truffet.",
        "Beslutning om budgettet for 2026",
        "Beslutning vedr. skolerne",
        "Resumeet er sendt ud",
        "Sagen blev drøftet.",
        "Vi har en indstilling til det.",
        "Behandling af høringssvar i Økonomiudvalget",
        "Indstillingen blev tiltrådt.",
        "Bilagene er vedlagt.",
        "Fraværende fædre er et problem.",
    ],
)
def test_ordinary_lines_open_none(line: str) -> None:
    assert label(line) is None


@pytest.mark.parametrize(
    ("line", "text", "rest"),
    [
        ("Beslutning: Godkendt.", "Beslutning", "Godkendt."),
        ("**Beslutning** Godkendt.", "Beslutning", "Godkendt."),
        ("**Fraværende:** Ida Holm", "Fraværende", "Ida Holm"),
        ("BeslutningGodkendt.", "Beslutning", "Godkendt."),
        ("Beslutning Godkendt.", "Beslutning", "Godkendt."),
        ("Fraværende Ida Holm", "Fraværende", "Ida Holm"),
        ("Afbud fra Ida Holm", "Afbud fra", "Ida Holm"),
    ],
)
def test_a_labels_text_may_stand_on_its_line(line: str, text: str, rest: str) -> None:
    found = label(line)

    assert found is not None
    assert (found.text, found.rest) == (text, rest)


def test_a_colon_inside_a_time_parts_no_label() -> None:
    found = label("Beslutning i Økonomiudvalget den 5. maj 2025 kl. 16:30")

    assert found is not None
    assert (found.rest, found.committee, found.date) == ("", "Økonomiudvalget", "2025-05-05")


# --- decisions and the bodies that made them -------------------------------------------------


@pytest.mark.parametrize(
    ("line", "committee", "date"),
    [
        ("Beslutning i Økonomiudvalget den 15-09-2022", "Økonomiudvalget", "2022-09-15"),
        ("Beslutning i Økonomiudvalget den 1. februar 2021:", "Økonomiudvalget", "2021-02-01"),
        ("Beslutning Økonomiudvalget den 10-02-2021", "Økonomiudvalget", "2021-02-10"),
        (
            "Beslutning fra Økonomiudvalget, 4. oktober 2022, pkt. 67:",
            "Økonomiudvalget",
            "2022-10-04",
        ),
        ("BESLUTNING I ØKONOMIUDVALGET DEN 05-02-2021", None, "2021-02-05"),
        ("Økonomiudvalgets beslutning den 5. maj 2025", "Økonomiudvalget", "2025-05-05"),
        ("Beslutning i Byrådet", "Byrådet", None),
    ],
)
def test_headings_of_decisions_name_body_and_date(
    line: str, committee: str | None, date: str | None
) -> None:
    found = label(line)

    assert found is not None
    assert (found.kind, found.committee, found.date) == ("decision", committee, date)


@pytest.mark.parametrize(
    "line",
    [
        "Økonomiudvalget, 10-09-2020, pkt. 102",
        "Økonomiudvalgets møde den 12. december 2011:",
        "Økonomiudvalget, den 3. februar 2016:",
        "Økonomiudvalget den 3. februar 2016 kl. 16.00",
    ],
)
def test_a_line_of_body_and_date_may_head_a_decision(line: str) -> None:
    found = body_and_date(line)

    assert found is not None
    assert found.committee == "Økonomiudvalget"


@pytest.mark.parametrize(
    "line",
    [
        "Økonomiudvalget godkendte den 3. februar 2016",
        "Økonomiudvalget",
        "3. februar 2016",
        "Økonomiudvalget og Byrådet, 3. februar 2016",
        "Sagen er sendt til Økonomiudvalget, 3. februar 2016",
        "Økonomiudvalget " + "1" * 60 + " 3. februar 2016 x",
    ],
)
def test_other_lines_of_body_and_date_do_not(line: str) -> None:
    assert body_and_date(line) is None


# --- recommendations without a heading -------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "Direktøren for Job og Vækst indstiller",
        "Direktøren indstiller, at:",
        "Administrationen foreslår",
        "Forvaltningen indstiller til Økonomiudvalget, at",
        "Det indstilles, at",
        "Indstilling til Økonomiudvalget",
    ],
)
def test_lines_that_open_a_recommendation(line: str) -> None:
    assert kind(line) == "recommendation"


@pytest.mark.parametrize(
    "line",
    [
        "Direktøren indstiller, at planen godkendes",
        "som forvaltningen indstiller",
        "Planen er færdig. Direktøren indstiller",
        "Udvalget anbefaler en ny plan",
    ],
)
def test_sentences_with_the_same_verbs_do_not(line: str) -> None:
    assert kind(line) is None


# --- lists -----------------------------------------------------------------------------------


def labels(text: str) -> list[str]:
    return [found.text for found in find_labels(blocks_of_text(text), builtin()).values()]


def test_a_pages_outline_of_bullets_has_labels() -> None:
    assert labels("- Resume\n- Indstilling\n- Beslutning") == [
        "Resume",
        "Indstilling",
        "Beslutning",
    ]


def test_bullets_that_happen_to_be_called_so_have_none() -> None:
    assert labels("- Økonomi\n- Personale\n- Lokaler") == []


def test_numbered_labels_are_set_in_bold() -> None:
    assert labels("1. **Resume**\n2. **Beslutning**") == ["Resume", "Beslutning"]
    assert labels("1. Resume\n2. Beslutning") == []


@pytest.mark.parametrize("size", [100, 10_000])
def test_a_label_is_short(size: int) -> None:
    text = "Beslutning " + "A" * size

    assert match_label(Block(TEXT, text), builtin()) is None
    assert match_label(Block(HEADING, "x" * size), builtin()) is None
