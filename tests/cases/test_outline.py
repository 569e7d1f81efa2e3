"""A municipality's outline: what is written, in which order and under which names it is printed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sagsgang.cases import outline
from sagsgang.cases.outline import Part, Row, lacking, offered, participants_in, points_of, printed
from sagsgang.minutes import Decision, Item, Minutes, Participant, Section
from sagsgang.minutes.writers import style
from sagsgang.minutes.writers.styled import arranged

PRESENTATION = {"label": "Sagsfremstilling", "kind": "presentation", "text": "Der er penge."}
STANDARD = outline.shipped()


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
    asked = content(by, ("at puljen godkendes.", " ", "status gives i maj."))
    first, second = printed(asked, STANDARD)
    assert first == Part(
        "Indstilling",
        "recommendation",
        f"{lead}\n\n1. puljen godkendes.\n2. status gives i maj.",
    )
    assert second == Part(**PRESENTATION)


def test_nothing_is_added_where_nothing_is_recommended() -> None:
    assert printed(content("Direktionen"), STANDARD) == [Part(**PRESENTATION)]


def test_a_recommendation_with_a_section_of_its_own_stands_there_alone() -> None:
    own = {"label": "Direktøren indstiller", "kind": "recommendation", "text": "at det sker."}
    told = content("Direktøren", ("det sker.",), sections=[own, PRESENTATION])
    assert printed(told, STANDARD) == [Part(**own), Part(**PRESENTATION)]
    assert points_of(told) == ("det sker.",)


@pytest.mark.parametrize(
    ("name", "label", "text"),
    [
        ("horsens", "Indstilling", "Direktionen indstiller, at\n\n1. planen godkendes."),
        ("haderslev", "Indstilling", "Direktionen indstiller, at\n\n- planen godkendes."),
        ("herning", "Direktionen indstiller", "at planen godkendes."),
        ("gladsaxe", "Indstilling", "Direktionen indstiller,\n\n1. at planen godkendes."),
    ],
)
def test_each_manner_recommends_in_its_own_words(name: str, label: str, text: str) -> None:
    told = printed(content("Direktionen", ("at planen godkendes.",)), outline.shipped(name))
    assert Part(label, "recommendation", text) in told


@pytest.mark.parametrize(
    ("name", "label", "text"),
    [
        ("standard", "Indstilling", "Direktionen forelægger sagen til orientering."),
        ("haderslev", "Indstilling", "Direktionen indstiller,\n\n- til orientering."),
        ("herning", "Direktionen indstiller", "til orientering."),
    ],
)
def test_what_is_no_sentence_does_not_follow_at(name: str, label: str, text: str) -> None:
    told = printed(content("Direktionen", ("– til orientering.",)), outline.shipped(name))
    assert Part(label, "recommendation", text) in told


def test_the_marks_of_a_written_list_are_no_words() -> None:
    told = content("", ("- at planen godkendes", "– 15. maj er frist"))
    assert points_of(told) == ("planen godkendes", "15. maj er frist")
    numbered = content("", ("1. at planen godkendes", "2) den evalueres"))
    assert points_of(numbered) == ("planen godkendes", "den evalueres")


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("standard", "Resume|Indstilling|Sagsfremstilling|Økonomi|Beslutning"),
        ("horsens", "Resume|Indstilling|Beslutning|Sagsfremstilling|Økonomi"),
        (
            "haderslev",
            "Sagsindhold|Sagsfremstilling|Økonomi|Indstilling|Beslutning i Jobudvalget den 04-03-2026",
        ),
        ("herning", "Resume|Sagsfremstilling|Økonomi|Direktionen indstiller|Beslutning"),
        (
            "gladsaxe",
            "Beslutning|Gennemgang af sagen|Resumé|Gennemgang af sagen|Økonomiske konsekvenser|Indstilling",
        ),
    ],
)
def test_a_document_has_its_sections_in_the_outlines_order(name: str, labels: str) -> None:
    own = outline.shipped(name)
    texts = [
        {"label": "Økonomi", "kind": "economy", "text": "Ingen udgift."},
        PRESENTATION,
        {"label": "Resume", "kind": "summary", "text": "Kort."},
    ]
    told = content("Direktionen", ("planen godkendes.",), sections=texts)
    sections = [Section(**part._asdict()) for part in printed(told, own)]
    item = Item(
        "1",
        "Plan",
        sections=(*sections, Section("Beslutning", "decision", "Godkendt.")),
        decisions=(Decision("Godkendt."),),
        decided_by="Byrådet",
    )
    document = Minutes("Lindvig", "Jobudvalget", date="2026-03-04", items=(item,))
    [found] = arranged(document, own.style).items
    assert "|".join(section.label for section in found.sections) == labels
    settled = "Sagen afgøres af Byrådet."
    says_so = settled in "\n".join(section.text for section in found.sections)
    assert says_so == (name in ("standard", "horsens"))
    assert arranged(replace(document, items=(found,)), own.style).items == (found,)


def test_a_municipalitys_own_labels_and_order_are_kept_and_printed() -> None:
    rows = (
        Row("Sagen", "presentation"),
        Row("Klima", "other", required=True),
        Row("Beslutning", "decision"),
    )
    own = outline.of(replace(STANDARD, rows=rows, recommender="Chefen").kept())
    assert own.recommender == "Chefen"
    assert [part.label for part in offered([PRESENTATION], own)] == ["Sagen", "Klima"]
    klima = {"label": "Klima", "kind": "other", "text": "Intet."}
    assert [part.label for part in printed(content(sections=[klima, PRESENTATION]), own)] == [
        "Sagen",
        "Klima",
    ]
    assert lacking(content(), own) == [rows[1]]
    assert lacking(content(sections=[klima]), own) == []


def test_a_municipality_that_has_chosen_nothing_has_the_outline_of_its_printed_style() -> None:
    assert outline.of({}, "Herning").base == "herning"
    assert outline.of({}, "Lindvig").base == "standard"
    assert outline.names() == style.names()


def test_those_who_take_part_are_read_from_their_lines() -> None:
    there = {
        "label": "Deltagere",
        "kind": "participants",
        "text": "- Bo Vik, leder, Jobcentret\nEva Hede",
    }
    assert participants_in(content(sections=[there])) == (
        Participant("Bo Vik", "leder, Jobcentret"),
        Participant("Eva Hede", None),
    )
