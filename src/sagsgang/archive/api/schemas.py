"""What the API answers with. Each field says what it is in the OpenAPI document."""

from __future__ import annotations

import datetime
from typing import Any, Final, Generic, TypeVar

from ninja import Field, Schema

from sagsgang.minutes.model import Choice, Kind, Outcome

T = TypeVar("T")


class Problem(Schema):
    """Why there is no answer."""

    detail: Any = Field(description="In words; for 422 a list, with a place for each fault.")


PROBLEMS: Final = dict.fromkeys((404, 422, 429), Problem)
"""How any question may fail."""


class Piece(Schema, Generic[T]):
    """Some of a list, and where to go on."""

    results: list[T]
    next: str | None = Field(description="The address of the next piece; null after the last.")


class Municipality(Schema):
    """A municipality."""

    id: str = Field(description="Its name in addresses.", examples=["horsens"])
    code: str | None = Field(description="The authorities' code, such as 615.")
    name: str
    region: str | None
    bodies: int = Field(description="How many councils and committees the archive knows.")
    url: str = Field(description="This object in the API.")
    page: str = Field(description="The page for people.")


class Body(Schema):
    """A council or committee."""

    id: str = Field(examples=["horsens/beskaeftigelses-og-integrationsudvalget"])
    name: str
    kind: str = Field(description="council or committee")
    municipality: str = Field(description="The municipality's id.")
    url: str
    page: str
    feed: str = Field(description="Atom feed of its meetings.")
    calendar: str = Field(description="iCalendar of its meetings.")


class Meeting(Schema):
    """A meeting, as its current document has it."""

    id: str = Field(examples=["horsens/beskaeftigelses-og-integrationsudvalget/2025-06-18"])
    body: str = Field(description="The body's id.")
    body_name: str
    municipality: str = Field(description="The municipality's id.")
    date: datetime.date
    start_time: str | None = Field(description="Danish time.", examples=["15:30"])
    term: str = Field(description="The council's term.", examples=["2022-2025"])
    kind: Kind = Field(description="Of the current document.")
    version: int | None = Field(description="Of the current document, from 1.")
    changed_at: datetime.datetime = Field(description="When a publication last changed it.")
    url: str
    page: str
    document: str | None = Field(description="The current document, in the contract's shape.")


class Ballot(Schema):
    """A choice in a vote, as printed."""

    choice: Choice
    name: str
    party: str | None = Field(description="The party's letter, where it is known.")
    person: str | None = Field(description="The person's id.")


class Dissent(Schema):
    """A name under a dissenting statement."""

    statement: int = Field(description="Index in the document's `statements` of the item.")
    name: str
    party: str | None
    person: str | None


class Enclosure(Schema):
    """An attachment."""

    title: str
    address: str | None = Field(description="Where the source has it.")
    sha256: str | None = Field(description="Of the file, where the archive has fetched it.")
    media_type: str | None


class Treatment(Schema):
    """An item in brief."""

    id: str = Field(examples=["horsens/beskaeftigelses-og-integrationsudvalget/2025-06-18/4"])
    meeting: str = Field(description="The meeting's id.")
    date: datetime.date
    body: str
    municipality: str
    number: str | None = Field(description="As printed.")
    title: str | None
    case: str | None = Field(description="The id of the case, where it is followed.")
    case_number: str | None = Field(description="As printed.")
    kle: str | None = Field(description="The KLE subject inside the case number.")
    closed: bool = Field(description="Treated behind closed doors; only what was published.")
    outcome: Outcome | None = Field(description="Inferred from the decision's words.")
    decision: str | None = Field(description="The meeting's own decision, quoted.")
    decided_by: str | None = Field(description="The body that settles the case.")
    published_at: datetime.datetime
    url: str
    page: str


class Item(Treatment):
    """An item with who voted, dissented and was absent, and its attachments."""

    ballots: list[Ballot]
    dissents: list[Dissent]
    absent: list[str] = Field(description="Ids of persons recorded as absent in the item.")
    attachments: list[Enclosure]


class Passage(Schema):
    """A piece of a text, and whether it answers what was searched for."""

    text: str
    marked: bool


class Hit(Treatment):
    """An item that was found, with what answers in it."""

    title_marked: list[Passage]
    label: str = Field(description="The heading that the passage stands under; may be empty.")
    passage: list[Passage]


class Count(Schema):
    """A value of a facet, and how many hits have it."""

    value: str
    count: int


class Found(Schema):
    """What was found, the first of it, and what may be chosen among it."""

    total: int
    suggestion: str | None = Field(description="What may have been meant.")
    facets: dict[str, list[Count]] = Field(
        description="Counts by municipality, body, year, outcome, kle (main group) and party; "
        "those of each are of hits under the filters of the others."
    )
    results: list[Hit]
    next: str | None = Field(
        description="The address of more; null after the last, or after 2,000."
    )


class Attendance(Schema):
    """A member as the head of the document lists them."""

    person: str = Field(description="The person's id.")
    name: str
    party: str | None
    present: bool | None = Field(description="null where the document does not say.")


class MeetingInFull(Meeting):
    """A meeting with its members and items."""

    attendance: list[Attendance]
    items: list[Treatment]


class Case(Schema):
    """A matter that is followed across meetings."""

    id: str = Field(examples=["horsens/sag/00-01-00-a00-6-24"])
    municipality: str
    number: str | None = Field(description="As last printed.")
    title: str | None = Field(description="Of its latest open treatment.")
    latest: datetime.date | None = Field(description="When that treatment was.")
    url: str
    page: str
    feed: str


class CaseInFull(Case):
    """A case with its treatments, the first one first."""

    treatments: list[Treatment]


class Membership(Schema):
    """A term in a body."""

    body: str
    body_name: str
    term: str
    party: str | None
    since: datetime.date | None = Field(
        description="The first day, if it is another than the term's."
    )
    until: datetime.date | None = Field(
        description="The last day, if it is another than the term's."
    )


class Person(Schema):
    """Somebody named as a member, a voter or absent, within one municipality."""

    id: str = Field(examples=["horsens/person/anna-hansen"])
    municipality: str
    name: str
    memberships: list[Membership]
    url: str
    page: str


class Publication(Schema):
    """A document as it was published: it never changes."""

    id: str = Field(description="Of the document, whatever its version.")
    version: int
    current: bool = Field(description="Whether it is the one that counts now.")
    meeting: str
    kind: Kind
    sha256: str = Field(description="Of the document's canonical JSON, without `source`.")
    published_at: datetime.datetime
    fetched_at: datetime.datetime
    source_name: str | None
    source_sha256: str | None
    source_address: str | None
    reason: str | None = Field(description="Why there is a new version, where it is told.")
    document: str = Field(description="The document, in the contract's shape.")
    page: str


class Archived(Schema):
    """Where in the archive a document has its place."""

    id: str
    version: int
    address: str
    sha256: str
    published_at: datetime.datetime


class Document(Schema, extra="allow"):
    """The contract's document as published, and its place in the archive.

    The shape is that of `sagsgang schema`.
    """

    archive: Archived
    format_version: str
