"""`Minutes`: the one value that every source is read into and every output is written from.

The classes follow the published contract (`sagsgang schema` prints it as JSON Schema). They
are frozen and compare by value. Where the minutes came from, where each value stands and
which rule inferred it are kept beside the value and do not take part in comparison.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from .contract import ContractError, from_json, shown_fields, to_json

__all__ = [
    "AGENDA_HEADING",
    "FORMAT_VERSION",
    "Attachment",
    "Attendance",
    "Choice",
    "ContentsEntry",
    "ContractError",
    "Decision",
    "Explanation",
    "Finding",
    "Item",
    "Kind",
    "Minutes",
    "Outcome",
    "Participant",
    "Place",
    "Recommendation",
    "Reference",
    "RoutingMark",
    "Section",
    "SectionKind",
    "Source",
    "Statement",
    "Step",
    "Table",
    "Vote",
]

FORMAT_VERSION: Final = "1"
AGENDA_HEADING: Final = "agenda_heading"
"""The code by which the contract's shape, that has no key for it, tells of `Item.heading`."""

Kind = Literal["minutes", "agenda", "supplementary_agenda"]

SectionKind = Literal[
    "summary",
    "recommendation",
    "decision",
    "presentation",
    "economy",
    "law",
    "hearing",
    "procedure",
    "routing",
    "participants",
    "related",
    "next_steps",
    "attachments",
    "absence",
    "announcement",
    "other",
]

Outcome = Literal[
    "approved",
    "noted",
    "discussed",
    "discussed_and_approved",
    "informed",
    "recommended",
    "amended",
    "postponed",
    "rejected",
    "referred_back",
    "nothing_reported",
    "other",
]

Choice = Literal["for", "against", "abstain"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands in its source: page (from 1, or `None`) and character offsets."""

    page: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """The file that the minutes were read from."""

    name: str
    media_type: str
    sha256: str
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Attendance:
    """A member that the head of the document lists.

    `party` is the party's letter, `"independent"`, or `None`; `present` is `None` where the
    head does not say.
    """

    name: str
    party: str | None = None
    present: bool | None = None


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the table of contents, as printed (cut off where the contents cut it off)."""

    title: str | None
    page: int | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an item under one of the publisher's fixed headings, as printed."""

    label: str
    kind: SectionKind
    text: str
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What the administration (or a body) recommends: by whom, and its points."""

    by: str | None
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision, quoted; `outcome` is what a rule inferred from its wording."""

    committee: str | None = field(default=None, kw_only=True)
    date: str | None = field(default=None, kw_only=True)
    text: str
    outcome: Outcome | None = None
    place: Place | None = field(default=None, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Vote:
    """Those who made the same choice: persons or parties as printed."""

    choice: Choice
    voters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A dissent or minority statement; `text` is `None` where only the dissent is recorded."""

    by: tuple[str, ...]
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """Someone who takes part under the item; `name` is `None` where only the office is named."""

    name: str | None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class RoutingMark:
    """A column of a routing matrix; `marked` is `None` where the mark's column cannot be told."""

    code: str
    marked: bool | None


@dataclass(frozen=True, slots=True)
class Reference:
    """An earlier or parallel treatment of the case."""

    committee: str | None
    date: str | None = None
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A coming treatment of the case."""

    committee: str | None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment by its title; `address` is where the document links to it, if it does."""

    title: str
    address: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of cell texts, header row first; `caption` only where one is printed."""

    caption: str | None = field(default=None, kw_only=True)
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What the reader could not place, or saw that does not agree; `item` is an item's number."""

    code: str
    message: str
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Which rule gave a derived value.

    `path` is a JSON Pointer (RFC 6901) into the contract's shape, `rule` a rule's name as
    listed in the developer documentation.
    """

    path: str
    rule: str


@dataclass(frozen=True, slots=True)
class Item:
    """One treatment of a case at one meeting."""

    number: str | None
    title: str | None
    case_number: str | None = None
    kle: str | None = None
    closed: bool = False
    sections: tuple[Section, ...] = ()
    recommendation: Recommendation | None = None
    decisions: tuple[Decision, ...] = ()
    votes: tuple[Vote, ...] = ()
    statements: tuple[Statement, ...] = ()
    referred_to_council_by: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    participants: tuple[Participant, ...] = ()
    decided_by: str | None = None
    routing: tuple[RoutingMark, ...] = ()
    related: tuple[Reference, ...] = ()
    next_steps: tuple[Step, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    author: str | None = None
    tables: tuple[Table, ...] = ()
    heading: str | None = field(default=None, compare=False)
    """The heading of the agenda that the item stands under; see `Minutes.agenda_headings`."""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes or an agenda of one meeting of one committee.

    Equality speaks of the minutes, not of the file they were read from: `source`, places and
    explanations are left out of it.
    """

    municipality: str | None = None
    committee: str | None = None
    term: str | None = None
    kind: Kind = "minutes"
    date: str | None = None
    start_time: str | None = None
    place: str | None = None
    members: tuple[Attendance, ...] = ()
    contents: tuple[ContentsEntry, ...] = ()
    items: tuple[Item, ...] = ()
    findings: tuple[Finding, ...] = ()
    source: Source | None = field(default=None, compare=False)
    explanations: tuple[Explanation, ...] = field(default=(), compare=False)

    def agenda_headings(self) -> Iterator[Finding]:
        """The headings over groups of items, each with the number of the first item under it.

        An empty one is said where items that stand under none follow others.
        """
        before = ""
        for item in self.items:
            heading = item.heading or ""
            if heading != before:
                yield Finding(AGENDA_HEADING, heading, item.number)
            before = heading

    def to_dict(self, *, explain: bool = False) -> dict[str, Any]:
        """The contract's shape: JSON values only, every key present.

        With `explain`, a key `explain` is added: for each derived value its place (a JSON
        Pointer) and the name of the rule that gave it.
        """
        return {key: to_json(value) for key, value in self.shown(explain=explain)}

    def shown(self, *, explain: bool = False) -> Iterator[tuple[str, object]]:
        """The keys of `to_dict` with their values, which are still the model's own."""
        yield "format_version", FORMAT_VERSION
        yield "source", self.source
        for name in shown_fields(Minutes):
            value = getattr(self, name)
            yield name, (*value, *self.agenda_headings()) if name == "findings" else value
        if explain:
            yield "explain", self.explanations

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Minutes:
        """Minutes from the contract's shape.

        Raises:
            ContractError: a key is missing or a value has the wrong type; the message says
                where (JSON Pointer) and what was expected.
        """
        version = data.get("format_version") if isinstance(data, Mapping) else None
        if version != FORMAT_VERSION:
            raise ContractError("/format_version", f'"{FORMAT_VERSION}"', version)
        minutes: Minutes = from_json(cls, data)
        source = data.get("source")
        if source is not None:
            source = from_json(Source, source, "/source")
        return _under_headings(replace(minutes, source=source))


def _under_headings(minutes: Minutes) -> Minutes:
    """The minutes with each item under its heading, of which the findings tell."""
    told = [one for one in minutes.findings if one.code == AGENDA_HEADING]
    if not told:
        return minutes
    items, others = list(minutes.items), [one for one in minutes.findings if one not in told]
    at = -1
    for one in told:
        # Items without a number have it in common: the next heading is over a later one.
        after = range(at + 1, len(items))
        at = next((n for n in after if items[n].number == one.item), len(items))
        if at == len(items):
            others.append(one)
            break
        items[at:] = [replace(item, heading=one.message or None) for item in items[at:]]
    return replace(minutes, items=tuple(items), findings=tuple(others))
