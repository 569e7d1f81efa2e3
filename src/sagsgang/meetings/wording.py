"""Standing items and standing phrases: data that spares the secretary the typing."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Final, Literal, NamedTuple

from sagsgang.minutes.model import Outcome


class Standing(NamedTuple):
    """An item that stands on every agenda, without a case."""

    title: str
    at: Literal["first", "last"]


class Phrase(NamedTuple):
    """A decision in words that are used again and again, and its outcome."""

    text: str
    outcome: Outcome
    role: str = ""


_MOST: Final = 9
"""Phrases that have a key, 1 to 9."""


@cache
def _wording() -> dict[str, list[dict[str, str]]]:
    return tomllib.loads((resources.files(__package__) / "wording.toml").read_text("utf-8"))


def standing() -> tuple[Standing, ...]:
    """The items that stand on every agenda, in order."""
    return tuple(Standing(**one) for one in _wording()["standing"])


def phrases(role: str = "") -> tuple[Phrase, ...]:
    """The phrases for a body with that role in the case, nine at most; its own come first."""
    all_of_them = [Phrase(**one) for one in _wording()["phrase"]]
    own = [one for one in all_of_them if one.role and one.role == role]
    return (*own, *(one for one in all_of_them if not one.role))[:_MOST]
