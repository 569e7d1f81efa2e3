"""The data's words in the spoken language, and dates and numbers as they are said in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final, NamedTuple

from ..minutes import words
from .language import say, spoken


class Sign(NamedTuple):
    """A word with a shape and a colour; shapes differ too, for those who see no colours."""

    shape: str
    style: str
    danish: str
    english: str

    @property
    def word(self) -> str:
        """The word in the spoken language."""
        return say(self.danish, self.english)


_STYLES: Final[Mapping[str, str]] = {
    "approved": "green",
    "noted": "cyan",
    "discussed": "cyan",
    "discussed_and_approved": "green",
    "informed": "cyan",
    "recommended": "blue",
    "amended": "magenta",
    "postponed": "yellow",
    "rejected": "red",
    "referred_back": "yellow",
    "nothing_reported": "dim",
}


def _styled(sign: words.Sign, style: str) -> Sign:
    return Sign(sign.shape, style, sign.danish, sign.english)


OUTCOMES: Final[Mapping[str, Sign]] = {
    name: _styled(sign, _STYLES.get(name, "default")) for name, sign in words.OUTCOMES.items()
}
CLOSED: Final = _styled(words.CLOSED, "dim")
UNDECIDED: Final = _styled(words.UNDECIDED, "dim")

_MONTHS: Final = (
    ("januar", "January"),
    ("februar", "February"),
    ("marts", "March"),
    ("april", "April"),
    ("maj", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("august", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
)
_WEEKDAYS: Final = (
    ("mandag", "Monday"),
    ("tirsdag", "Tuesday"),
    ("onsdag", "Wednesday"),
    ("torsdag", "Thursday"),
    ("fredag", "Friday"),
    ("lørdag", "Saturday"),
    ("søndag", "Sunday"),
)


def outcome(name: str) -> Sign:
    """The sign of an outcome."""
    return OUTCOMES.get(name) or _styled(words.outcome(name), "default")


def kind(name: str) -> str:
    """What a document is called: `Referat`."""
    return say(*words.KINDS.get(name, (name, name)))


def choice(name: str) -> str:
    """What a choice in a vote is called: `Imod`."""
    return say(*words.CHOICES.get(name, (name, name)))


def date(iso: str) -> str:
    """A date as it is said: `18. juni 2025`."""
    try:
        day = dt.date.fromisoformat(iso)
    except ValueError:
        return iso
    month = say(*_MONTHS[day.month - 1])
    return say(f"{day.day}. {month} {day.year}", f"{day.day} {month} {day.year}")


def moment(iso: str, time: str | None) -> str:
    """A meeting's date and time as they are said: `onsdag den 18. juni 2025 kl. 15.00`."""
    said = date(iso)
    if said != iso:
        weekday = say(*_WEEKDAYS[dt.date.fromisoformat(iso).weekday()])
        said = say(f"{weekday} den {said}", f"{weekday} {said}")
    if time:
        said += say(f" kl. {time.replace(':', '.')}", f", {time}")
    return said


def number(count: int, danish: tuple[str, str], english: tuple[str, str]) -> str:
    """A number with its word, in the singular or the plural: `1 punkt`, `1.200 punkter`."""
    word = say(*(words[count != 1] for words in (danish, english)))
    separator = "," if spoken() == "en" else "."
    return f"{count:,}".replace(",", separator) + f" {word}"
