"""Every word of the data has a name in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from sagsgang.cli import wording
from sagsgang.cli.language import Language, speak
from sagsgang.minutes import finding_words
from sagsgang.minutes.model import Choice, Kind, Outcome


def test_every_outcome_has_a_sign() -> None:
    assert set(wording.OUTCOMES) == set(get_args(Outcome))


def test_signs_differ_without_their_colours() -> None:
    signs = [*wording.OUTCOMES.values(), wording.CLOSED, wording.UNDECIDED]
    for told in ("shape", "danish", "english"):
        assert len({getattr(sign, told) for sign in signs}) == len(signs)
    assert all(len(sign.shape) == 1 for sign in signs)


@pytest.mark.parametrize("language", ["da", "en"])
def test_kinds_and_choices_have_names(language: Language) -> None:
    speak(language)
    for name, named in (
        *((kind, wording.kind(kind)) for kind in get_args(Kind)),
        *((choice, wording.choice(choice)) for choice in get_args(Choice)),
    ):
        assert named != name


def test_every_finding_is_explained(project: Path) -> None:
    page = (project / "docs" / "en" / "findings.md").read_text("utf-8")
    codes = re.findall(r"^### `([a-z_]+)`$", page, re.MULTILINE)
    assert codes
    assert [code for code in codes if finding_words.meaning(code).danish == code] == []


def test_an_unknown_word_stands_for_itself() -> None:
    assert wording.outcome("ny").word == "ny"
    assert finding_words.meaning("ny_kode").danish == "ny_kode"


@pytest.mark.parametrize(
    ("date", "time", "danish", "english"),
    [
        (
            "2025-06-18",
            "15:00",
            "onsdag den 18. juni 2025 kl. 15.00",
            "Wednesday 18 June 2025, 15:00",
        ),
        ("2026-01-01", None, "torsdag den 1. januar 2026", "Thursday 1 January 2026"),
        (
            "2026-12-31",
            "8:30",
            "torsdag den 31. december 2026 kl. 8.30",
            "Thursday 31 December 2026, 8:30",
        ),
        ("i morgen", None, "i morgen", "i morgen"),
    ],
)
def test_dates_are_said_as_people_say_them(
    date: str, time: str | None, danish: str, english: str
) -> None:
    assert wording.moment(date, time) == danish
    speak("en")
    assert wording.moment(date, time) == english


def test_numbers_have_their_words_and_separators() -> None:
    item = ("punkt", "punkter"), ("item", "items")
    assert [wording.number(count, *item) for count in (0, 1, 1200)] == [
        "0 punkter",
        "1 punkt",
        "1.200 punkter",
    ]
    speak("en")
    assert wording.number(1200, *item) == "1,200 items"
