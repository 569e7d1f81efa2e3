"""What the data's own words are called by people: outcomes, kinds of document, choices in a vote.

The data name an outcome `noted`; a person reads "Taget til efterretning". The words stand here in
both languages, for the command line and the site alike; which of them is shown is the shower's
choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class Words(NamedTuple):
    """The same thing said in both languages."""

    danish: str
    english: str


class Sign(NamedTuple):
    """Words with a shape before them; shapes differ, for those who see no colours."""

    shape: str
    danish: str
    english: str


OUTCOMES: Final[Mapping[str, Sign]] = {
    "approved": Sign("●", "Godkendt", "Approved"),
    "noted": Sign("○", "Taget til efterretning", "Noted"),
    "discussed": Sign("◇", "Drøftet", "Discussed"),
    "discussed_and_approved": Sign("◆", "Drøftet og godkendt", "Discussed, approved"),
    "informed": Sign("□", "Til orientering", "For information"),
    "recommended": Sign("▲", "Anbefalet", "Recommended"),
    "amended": Sign("△", "Ændret", "Amended"),
    "postponed": Sign("◐", "Udsat", "Postponed"),
    "rejected": Sign("✕", "Afvist", "Rejected"),
    "referred_back": Sign("◁", "Sendt tilbage", "Referred back"),
    "nothing_reported": Sign("–", "Intet at meddele", "Nothing to report"),
    "other": Sign("▪", "Andet", "Other"),
}
CLOSED: Final = Sign("■", "Lukket", "Closed")
UNDECIDED: Final = Sign("·", "Ingen beslutning", "No decision")

KINDS: Final[Mapping[str, Words]] = {
    "minutes": Words("Referat", "Minutes"),
    "agenda": Words("Dagsorden", "Agenda"),
    "supplementary_agenda": Words("Tillægsdagsorden", "Supplementary agenda"),
}

CHOICES: Final[Mapping[str, Words]] = {
    "for": Words("For", "For"),
    "against": Words("Imod", "Against"),
    "abstain": Words("Undlod at stemme", "Abstained"),
}


def outcome(name: str) -> Sign:
    """The sign of an outcome; a name that is not known here stands for itself."""
    return OUTCOMES.get(name) or Sign("▪", name, name)
