"""What is recommended, and by whom."""

from __future__ import annotations

import pytest

from sagsgang.minutes.blocks import ITEM, PAGE, TABLE, TEXT, Block
from sagsgang.minutes.reader.recommendations import recommendation_of
from sagsgang.minutes.reader.sections import Part
from sagsgang.minutes.reader.vocabulary import builtin


def read(
    *blocks: Block, label: str = "Indstilling", rule: str = ""
) -> tuple[str | None, list[str]]:
    part = Part("recommendation", label, list(blocks), rule=rule)
    found = recommendation_of([part], builtin())
    return (found.by, list(found.points)) if found else (None, [])


def text(line: str) -> Block:
    return Block(TEXT, line)


def point(line: str, marker: str = "-", level: int = 0) -> Block:
    return Block(ITEM, line, level, marker)


@pytest.mark.parametrize(
    ("line", "by", "points"),
    [
        ("Direktionen indstiller, at planen godkendes.", "Direktionen", ["planen godkendes."]),
        ("Direktionen indstiller at planen godkendes.", "Direktionen", ["planen godkendes."]),
        ("Direktionen indstiller: Planen godkendes.", "Direktionen", ["Planen godkendes."]),
        ("Forvaltningen foreslår, at planen drøftes.", "Forvaltningen", ["planen drøftes."]),
        ("Formanden anbefaler, at planen drøftes.", "Formanden", ["planen drøftes."]),
        (
            "Direktøren for Social, Sundhed og Beskæftigelse indstiller, at planen godkendes.",
            "Direktøren for Social, Sundhed og Beskæftigelse",
            ["planen godkendes."],
        ),
        ("Det indstilles, at planen godkendes.", None, ["planen godkendes."]),
        ("Det foreslås, at planen godkendes.", None, ["planen godkendes."]),
        ("Indstilles til godkendelse.", None, ["Indstilles til godkendelse."]),
        ("At planen godkendes.", None, ["planen godkendes."]),
        (
            "Direktionen indstiller, at 1. planen godkendes, og 2. planen sendes i høring.",
            "Direktionen",
            ["planen godkendes, og", "planen sendes i høring."],
        ),
        (
            "Indstilling: Direktionen indstiller, at planen godkendes.",
            "Direktionen",
            ["planen godkendes."],
        ),
    ],
)
def test_a_sentence_says_who_recommends_what(line: str, by: str | None, points: list[str]) -> None:
    assert read(text(line)) == (by, points)


@pytest.mark.parametrize(
    "addressee",
    [
        "til Byrådet, at",
        "til Byrådet at",
        "til Økonomiudvalget og Byrådet, at",
        "over for Økonomiudvalget, at",
        "overfor Byrådet, at",
        "det til Byrådet, at",
        "til Udvalget for Børn, Skole og Familie, at",
        "til KB via DIR, PMT og ØU, at",
        "til Byrådet:",
    ],
)
def test_to_whom_it_is_recommended_is_no_part_of_the_point(addressee: str) -> None:
    assert read(text(f"Direktionen indstiller {addressee} planen godkendes.")) == (
        "Direktionen",
        ["planen godkendes."],
    )
    lead = addressee.removesuffix(":").removesuffix("at").rstrip(" ,")
    assert read(text(f"Direktionen indstiller {lead}, at"), point("planen godkendes.")) == (
        "Direktionen",
        ["planen godkendes."],
    )


@pytest.mark.parametrize("number", ["1.", "a)", "-", "•"])
def test_points_of_a_list_come_without_number_and_at(number: str) -> None:
    blocks = [
        text("Direktionen indstiller,"),
        point("at planen godkendes,", number),
        point("At 2) planen sendes i høring.", number),
    ]

    assert read(*blocks) == ("Direktionen", ["planen godkendes,", "planen sendes i høring."])


def test_a_point_within_a_point_belongs_to_it() -> None:
    blocks = [
        text("Direktionen indstiller,"),
        point("at planen ændres:"),
        point("kapitel 1", level=1),
        point("at planen sendes i høring."),
    ]

    assert read(*blocks) == ("Direktionen", ["planen ændres: kapitel 1", "planen sendes i høring."])


def test_paragraphs_that_begin_with_at_are_points() -> None:
    blocks = [
        text("Direktionen indstiller,"),
        text("at planen godkendes,"),
        text("at den sendes i høring."),
    ]

    assert read(*blocks) == ("Direktionen", ["planen godkendes,", "den sendes i høring."])


def test_a_line_that_recommends_is_the_label() -> None:
    found = read(
        point("at planen godkendes."),
        label="Direktøren for Social og Sundhed indstiller",
        rule="label.recommends",
    )

    assert found == ("Direktøren for Social og Sundhed", ["planen godkendes."])


def test_a_label_may_name_who_recommends() -> None:
    assert read(text("Planen godkendes."), label="Forvaltningen indstiller") == (
        "Forvaltningen",
        ["Planen godkendes."],
    )
    assert read(text("at planen godkendes."), label="Det indstilles") == (
        None,
        ["planen godkendes."],
    )


def test_submitting_a_case_is_one_point() -> None:
    line = "Social- og Sundhedsforvaltningen forelægger sagen til orientering."

    assert read(text(line)) == ("Social- og Sundhedsforvaltningen", [line])


def test_a_majority_recommends() -> None:
    blocks = [
        text("Et flertal i Socialudvalget (Ida Holm, Bo Lind og Per Dal) stemte for at"),
        text("bede forvaltningen vende tilbage med en model."),
    ]

    assert read(*blocks) == (
        "Et flertal i Socialudvalget",
        ["bede forvaltningen vende tilbage med en model."],
    )


def test_pages_and_tables_are_no_points() -> None:
    blocks = [
        text("Direktionen indstiller, at planen godkendes."),
        Block(PAGE),
        Block(TABLE, rows=(("a", "b"),)),
    ]

    assert read(*blocks) == ("Direktionen", ["planen godkendes."])


def test_the_first_section_with_text_is_the_recommendation() -> None:
    parts = [
        Part("recommendation", "Indstilling"),
        Part("recommendation", "Det indstilles", [text("at planen godkendes.")]),
        Part("recommendation", "Indstilling", [text("Formanden indstiller, at planen drøftes.")]),
    ]

    found = recommendation_of(parts, builtin())

    assert found is not None
    assert found.points == ("planen godkendes.",)


def test_no_recommendation() -> None:
    assert recommendation_of([], builtin()) is None
    assert recommendation_of([Part("recommendation", "Indstilling")], builtin()) is None
    part = Part("presentation", "", [text("Direktionen indstiller, at planen godkendes.")])
    assert recommendation_of([part], builtin()) is None


@pytest.mark.parametrize(
    "line",
    [
        "indstiller til " * 7_000,
        "Direktionen indstiller, at " * 4_000,
        "Direktionen indstiller til " + "a" * 100_000,
        "1. a " * 20_000,
        "Et flertal " * 9_000 + "stemte for",
        "Et flertal (" * 8_000,
        "Forvaltningen forelægger " * 4_000,
        " " * 50_000 + "at" + " " * 50_000,
    ],
)
def test_any_text_is_read(line: str) -> None:
    by, points = read(text(line), point(line))

    assert len(by or "") <= len(line)
    assert sum(map(len, points)) <= 2 * len(line)
