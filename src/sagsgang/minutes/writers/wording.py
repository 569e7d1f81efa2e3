"""The Danish words that the written documents use, and the dates as they say them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, get_args

from .. import words
from ..model import Choice, Kind, Minutes

KINDS: Final[Mapping[str, str]] = {name: said.danish for name, said in words.KINDS.items()}
KINDS_BY_WORD: Final[Mapping[str, Kind]] = {
    words.KINDS[kind].danish: kind for kind in get_args(Kind)
}

OUTCOMES: Final[Mapping[str, str]] = {name: sign.danish for name, sign in words.OUTCOMES.items()}

CHOICES: Final[Mapping[Choice, str]] = {
    "for": "Stemte for",
    "against": "Stemte imod",
    "abstain": "Undlod at stemme",
}

# The head's facts beside members and contents, in the order in which they are written.
FACTS: Final[Mapping[str, str]] = {
    "municipality": "Kommune",
    "committee": "Udvalg",
    "term": "Funktionsperiode",
    "date": "Mødedato",
    "start_time": "Starttidspunkt",
    "place": "Mødested",
}

ITEM: Final = "Punkt"
CASE_NUMBER: Final = "Sagsnummer"
CLOSED: Final = "Lukket"
MEMBERS: Final = "Mødedeltagere"
CONTENTS: Final = "Indhold"
FINDINGS: Final = "Fund"
DATA: Final = "Data"
INDEPENDENT: Final = "uden for parti"
PRESENCE: Final[Mapping[bool, str]] = {True: "til stede", False: "fraværende"}
PRESENCE_BY_WORD: Final[Mapping[str | None, bool | None]] = {
    None: None,
    **{word: present for present, word in PRESENCE.items()},
}

FINDINGS_TOLD: Final = "Det, som ikke kunne placeres, eller som ikke stemmer."
DATA_TOLD: Final = (
    "Det, som teksten ovenfor ikke selv siger: hvilken slags hvert afsnit er, og hvad der er læst "
    "ud af teksten. Sagsgang bruger det, når dokumentet læses igen, og kun hvis teksten er uændret."
)

_MONTHS: Final = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)
_WEEKDAYS: Final = ("Mandag", "Tirsdag", "Onsdag", "Torsdag", "Fredag", "Lørdag", "Søndag")
_SAID_DATE: Final = re.compile(r"([1-9]\d?)\. ([a-z]{3,9}) ([1-9]\d{0,3})")
_COUNTED: Final = re.compile(r"(\(?)(\d{1,4}|[A-Za-z])([.)])")
_ISO_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")


def date_said(iso: str) -> str | None:
    """An ISO date as it is said (`18. juni 2025`); `None` where the text is no such date."""
    if not _ISO_DATE.fullmatch(iso):
        return None
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return None
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"


def date_short(iso: str) -> str | None:
    """An ISO date in figures (`18-06-2025`); `None` where the text is no such date."""
    return "-".join(reversed(iso.split("-"))) if date_said(iso) else None


def weekday_said(iso: str) -> str | None:
    """The weekday of an ISO date (`Onsdag`); `None` where the text is no such date."""
    return _WEEKDAYS[date.fromisoformat(iso).weekday()] if date_said(iso) else None


def listed(names: Sequence[str]) -> str:
    """Names as they are said: `Ida Holm, Per Lund og Kim Dahl`."""
    return " og ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def date_meant(said: str) -> str | None:
    """The ISO date that `date_said` made a text of, or `None`."""
    match = _SAID_DATE.fullmatch(said)
    if match is None or match[2] not in _MONTHS:
        return None
    iso = f"{int(match[3]):04}-{_MONTHS.index(match[2]) + 1:02}-{int(match[1]):02}"
    return iso if date_said(iso) == said else None


def headline(minutes: Minutes) -> str:
    """What a document is called: `Referat · Beskæftigelsesudvalget 2022-2025 · 18. juni 2025`."""
    body = " ".join(filter(None, (minutes.committee, minutes.term)))
    day = minutes.date and (date_said(minutes.date) or minutes.date)
    return " · ".join(filter(None, (KINDS[minutes.kind], body, day)))


def numbering(marker: str) -> tuple[str, str, str, int] | None:
    """How a list is counted from this marker on; `None` for a bullet.

    What stands before and after the count, how it is counted (`decimal`, `lowerLetter`,
    `upperLetter`), and the first count.
    """
    match = _COUNTED.fullmatch(marker)
    if match is None:
        return None
    before, mark, after = match.groups()
    if mark.isdigit():
        return before, "decimal", after, int(mark)
    form = "lowerLetter" if mark.islower() else "upperLetter"
    return before, form, after, ord(mark.lower()) - ord("a") + 1
