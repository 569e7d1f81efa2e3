"""The list of committees and meetings (`udvalgsliste`), read without expecting much of it.

What is not known is told in notes; what is missing makes no difference but to itself.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sagsgang.minutes.sources.json_values import (
    Fields,
    fields_of,
    first_of,
    is_zero,
    object_of,
    objects_of,
    text_of,
    truth_of,
)
from sagsgang.minutes.sources.printed import document_word, moment

_COMMITTEE: Final = frozenset("id navn organisationid historisk moeder".split())
_MEETING: Final = frozenset(
    "id dato meetingbeginutc releaseddate sted afsluttet navn issupplementaryagenda".split()
)
_MOST_NOTES: Final = 50
_LONGEST_NOTE: Final = 100


@dataclass(frozen=True, slots=True)
class ListedMeeting:
    """A document of a meeting as the list has it; dates and names as they are written there."""

    id: str
    committee_id: str
    committee: str
    begins: str
    released: str
    finished: bool | None
    name: str
    place: str
    supplementary: bool

    @property
    def date(self) -> dt.date | None:
        """The meeting's date."""
        begins = moment(self.begins)
        return begins.date if begins else None

    @property
    def meeting(self) -> tuple[str, str, str]:
        """What tells the meeting, whatever its documents' ids are: committee, date and time."""
        begins = moment(self.begins)
        if begins is None:
            return self.committee.casefold(), "", self.begins
        return self.committee.casefold(), begins.date.isoformat(), begins.time or ""

    @property
    def mark(self) -> str:
        """What changes when the document does; `""` where the list does not tell.

        The release date says it; the name and the status go along, as an agenda may become
        minutes under its old id.
        """
        if not self.released:
            return ""
        return f"{self.released} {self.word}"

    @property
    def word(self) -> str:
        """`REFERAT`, `DAGSORDEN` or `TILLÆGSDAGSORDEN`."""
        return document_word(self.name, finished=self.finished, extra=self.supplementary)

    @property
    def title(self) -> str:
        """What messages call it: `Socialudvalget 2026-05-04, Referat`."""
        date = self.date
        when = date.isoformat() if date else self.begins
        named = " ".join(filter(None, (self.committee, when))) or self.id
        return f"{named}, {self.name}" if self.name else named

    @property
    def order(self) -> tuple[bool, str]:
        """Which of a meeting's documents comes first: agendas before minutes, then by release."""
        return self.word == "REFERAT", self.released


class Listing(NamedTuple):
    """The meetings' documents, and what was unexpected about the list."""

    meetings: tuple[ListedMeeting, ...]
    notes: tuple[str, ...]


def listing_of(value: Any) -> Listing:
    """The list in a parsed `udvalgsliste`.

    Raises:
        ValueError: the value is no such list.
    """
    if not isinstance(value, dict):
        raise ValueError("no list of committees")
    groups = first_of(fields_of(value), "Udvalg", "Committees")
    if not isinstance(groups, dict | list):
        raise ValueError("no committees in the list")
    notes: Counter[str] = Counter()
    meetings: dict[str, ListedMeeting] = {}
    for committee in _committees(groups):
        _note_unknown("committee", committee, _COMMITTEE, notes)
        for meeting in objects_of(first_of(committee, "Moeder", "Møder", "Meetings")):
            _note_unknown("meeting", meeting, _MEETING, notes)
            listed = _listed(committee, meeting)
            if listed is None:
                notes["meeting without Id"] += 1
            else:
                meetings.setdefault(listed.id, listed)
    return Listing(tuple(meetings.values()), tuple(_told(notes)))


def _committees(groups: Mapping[str, Any] | list[Any]) -> Iterator[Fields]:
    """The committees of all groups; a list without groups is taken too."""
    for group in groups.values() if isinstance(groups, dict) else [groups]:
        yield from objects_of(group)


def _listed(committee: Fields, meeting: Fields) -> ListedMeeting | None:
    id_ = first_of(meeting, "Id", "MeetingId")
    if is_zero(id_):
        return None
    return ListedMeeting(
        str(id_).strip().lower(),
        text_of(first_of(committee, "Id")).lower(),
        text_of(first_of(committee, "Navn", "Name")),
        text_of(first_of(meeting, "Dato", "MeetingBeginUtc", "Date")),
        text_of(first_of(meeting, "ReleasedDate")),
        truth_of(first_of(meeting, "Afsluttet")),
        text_of(first_of(meeting, "Navn", "Name")),
        _place(first_of(meeting, "Sted", "Location")),
        bool(truth_of(first_of(meeting, "IsSupplementaryAgenda", "TillaegsDagsorden"))),
    )


def _place(value: Any) -> str:
    return text_of(value) or text_of(first_of(object_of(value), "Navn", "Name"))


def _note_unknown(kind: str, fields: Fields, known: frozenset[str], notes: Counter[str]) -> None:
    for name in fields:
        if name not in known:
            notes[f"{kind}: unknown field {name}"] += 1
    for name in known - fields.keys():
        notes[f"{kind}: no field {name}"] += 1


def _told(notes: Counter[str]) -> Iterator[str]:
    for note, count in sorted(notes.items())[:_MOST_NOTES]:
        short = note[:_LONGEST_NOTE]
        yield f"{short} ({count})" if count > 1 else short
