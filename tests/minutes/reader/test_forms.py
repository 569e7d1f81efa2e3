"""Printed forms are words of the tables: a municipality's own add to the common ones."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from sagsgang.minutes import Minutes, extended, read_bytes
from sagsgang.minutes.reader.forms import FORM_TABLES, forms_of, has_any
from sagsgang.minutes.reader.vocabulary import builtin

from .reading import BODY, HEAD

FOLDER = resources.files("sagsgang.minutes.vocabulary")
TABLES = [
    tomllib.loads(FOLDER.joinpath(f"{name}.toml").read_text("utf-8"))
    for name in ("labels", "items")
]


def read(text: str, own: str, folder: Path) -> Minutes:
    """The minutes in a text, read with a municipality's own words."""
    file = folder / "lindvig.toml"
    file.write_text(own, encoding="utf-8")
    return read_bytes(text.encode(), vocabulary=extended(file))


# --- own words -------------------------------------------------------------------------------


def test_a_word_of_ones_own_before_the_number(tmp_path: Path) -> None:
    text = HEAD + f"Ærinde 1 Plan for unge\n{BODY}Ærinde 2 Eventuelt\n{BODY}"
    minutes = read(text, '[item_numbers]\nwords = ["Ærinde"]', tmp_path)

    assert [(one.number, one.title) for one in minutes.items] == [
        ("1", "Plan for unge"), ("2", "Eventuelt"),
    ]  # fmt: skip


def test_a_mark_of_ones_own_for_closed_items(tmp_path: Path) -> None:
    text = HEAD + f"Punkt 1: Fortrolig: Salg af areal\n{BODY}"
    (item,) = read(text, '[openness]\nclosed = ["fortrolig"]', tmp_path).items

    assert (item.title, item.closed) == ("Salg af areal", True)


def test_a_word_of_ones_own_for_the_document(tmp_path: Path) -> None:
    text = "# Mødenotat\n\nBeskæftigelsesudvalget\n\n## Punkt 1: Plan\n\nResume\n\nKort.\n"

    assert read_bytes(text.encode()).kind == "agenda"
    assert read(text, '[kinds]\nminutes = ["Mødenotat"]', tmp_path).kind == "minutes"


def test_a_button_of_ones_own_behind_titles(tmp_path: Path) -> None:
    text = HEAD + f"Punkt 1: Plan for unge Vis mere\n{BODY}"
    (item,) = read(text, '[titles]\nbuttons = ["Vis mere"]', tmp_path).items

    assert item.title == "Plan for unge"


def test_a_heading_of_ones_own_for_decisions(tmp_path: Path) -> None:
    text = HEAD + "## Punkt 1: Plan\n\nVotering i Byrådet den 25. februar 2025\n\nGodkendt.\n"
    (item,) = read(text, '[decision_headings]\nwords = ["Votering"]', tmp_path).items

    assert [(one.committee, one.text) for one in item.decisions] == [("Byrådet", "Godkendt.")]


# --- words are words -------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["Punkt (nr)", "a.b", "x*", "[y", "\\d+", "Å|B"])
def test_words_are_taken_literally(word: str) -> None:
    numbers = forms_of([{"item_numbers": {"words": [word]}}]).numbers

    assert numbers.prefixed.match(f"{word} 5: Plan")
    assert not numbers.prefixed.match("7 5: Plan")


def test_a_final_full_stop_may_be_missing_in_print() -> None:
    numbers = forms_of([{"item_numbers": {"words": ["Pkt."]}}]).numbers

    assert numbers.prefixed.match("Pkt. 5: Plan")
    assert numbers.prefixed.match("Pkt 5: Plan")


def test_the_longest_word_counts() -> None:
    kinds = {"minutes": ["Dagsorden med beslutninger"], "agenda": ["Dagsorden"]}
    match = forms_of([{"kinds": kinds}]).head.kind.search("Dagsorden med beslutninger")

    assert match is not None
    assert match["minutes"]


def test_without_words_nothing_is_known() -> None:
    forms = forms_of([])

    assert not forms.numbers.prefixed.match("Punkt 5: Plan")
    assert not forms.head.kind.search("Referat")
    assert not forms.openness.closed_line.match("lukket sag")
    assert not forms.titles.button.search("Plan Kopier link")


@pytest.mark.parametrize(
    ("text", "found"), [("Publiceret i går", True), ("PUBLICERET", True), ("I dag", False)]
)
def test_words_are_looked_for_whatever_their_case(text: str, found: bool) -> None:
    assert has_any(text, ("publiceret",)) is found


# --- the tables ------------------------------------------------------------------------------


def lists() -> list[Any]:
    return [
        pytest.param(table, name, id=f"{table}.{name}")
        for tables in TABLES
        for table, entries in tables.items()
        if table in FORM_TABLES
        for name in entries
    ]


@pytest.mark.parametrize(("table", "name"), lists())
def test_lists_of_words_name_each_once(table: str, name: str) -> None:
    words = [word for tables in TABLES for word in tables.get(table, {}).get(name, ())]

    assert words
    assert len(words) == len(set(words))
    assert all(word == word.strip() for word in words)


def test_every_table_of_forms_is_there() -> None:
    assert {table for tables in TABLES for table in tables} >= FORM_TABLES


def test_the_common_forms_are_those_of_the_tables() -> None:
    forms = builtin().forms

    assert set(forms.head.spaced) == set(TABLES[0]["head"]["spaced"])
    assert isinstance(forms.numbers.prefixed, re.Pattern)
