"""What the archive keeps.

A `Publication` is a document that never changes. All other rows are derived from publications
so that pages, search and feeds can find things across meetings; `rows.py` makes them, and they
can be made again at any time. `Held`, `Source` and `Run` tell of the way in.
"""

from __future__ import annotations

import json
import zlib
from typing import Any, ClassVar

from django.db import models
from django.utils.functional import cached_property

from sagsgang.bodies.models import Body, Municipality, Person
from sagsgang.minutes import Minutes

from . import strands
from .search import models as search_models  # noqa: F401  Django looks for models here.

LONGEST_TITLE = 500


class Meeting(models.Model):
    """A meeting of a body, known by its date and time, whatever its documents are called."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="meetings")
    date = models.DateField()
    start_time = models.CharField(max_length=5, blank=True)
    slug = models.SlugField(max_length=20, help_text="The date, and the time where there are two.")
    term = models.CharField(max_length=9)
    kind = models.CharField(max_length=20, help_text="Of the current document: minutes, agenda …")
    current = models.ForeignKey(
        "Publication", models.SET_NULL, null=True, related_name="+", help_text="Minutes, or agenda."
    )
    changed_at = models.DateTimeField(help_text="When a publication last changed it.")

    class Meta:
        ordering: ClassVar = ["-date", "-start_time"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "slug"], name="meeting_address"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-date"]),
            models.Index(fields=["-changed_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.slug}"

    def get_absolute_url(self) -> str:
        """The page of the meeting."""
        return f"{self.body.get_absolute_url()}{self.slug}/"


class Publication(models.Model):
    """A document as it was published: immutable, known by the hash of its content."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="publications")
    strand = models.CharField(max_length=20, help_text="Of its meeting's documents; see strands.")
    version = models.PositiveIntegerField(help_text="From 1 in its meeting and strand.")
    kind = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64, db_index=True)
    packed = models.BinaryField(help_text="Canonical JSON of the minutes, compressed by zlib.")
    links = models.JSONField(default=dict, help_text="Addresses of attachments, as the source had.")
    reader = models.CharField(max_length=20, help_text="Version of the program that read it.")
    source_id = models.CharField(max_length=500, help_text="What its source is known again by.")
    source_name = models.CharField(max_length=300)
    source_sha256 = models.CharField(max_length=64, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    address = models.URLField(max_length=1000, blank=True)
    fetched_at = models.DateTimeField()
    published_at = models.DateTimeField()
    reason = models.TextField(blank=True, help_text="Why there is a new version, where told.")
    archived_as = models.CharField(
        max_length=1000,
        blank=True,
        default="",
        help_text="Its address in the archive that it was exported from, and has kept.",
    )
    released_by = models.CharField(max_length=120, blank=True)
    released_why = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["meeting_id", "strand", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "strand", "version"], name="publication_version"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["published_at", "id"])]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.strand} {self.version}"

    @property
    def text(self) -> str:
        """The canonical JSON."""
        return zlib.decompress(self.packed).decode("utf-8")

    @property
    def document(self) -> dict[str, Any]:
        """The contract's shape, with `source`."""
        document: dict[str, Any] = json.loads(self.text)
        document["source"] = self.source
        return document

    @property
    def source(self) -> dict[str, Any]:
        """The file that the document was read from, in the contract's shape."""
        return {
            "name": self.source_name,
            "media_type": self.media_type,
            "sha256": self.source_sha256,
            "pages": None,
        }

    @property
    def minutes(self) -> Minutes:
        """The document as a value."""
        return Minutes.from_dict(self.document)

    @cached_property
    def edition(self) -> int:
        """Which document of its kind it is in its strand, from 1.

        The first minutes are the first, though the agenda was a version before them.
        """
        if self.version == 1:
            return 1
        same = {"meeting": self.meeting_id, "strand": self.strand, "kind": self.kind}
        return Publication.objects.filter(**same, version__lte=self.version).count()

    def minutes_with(self, position: int) -> Minutes:
        """The document with only one of its items, which is quicker to make than all of them."""
        document = self.document
        document["items"] = document["items"][position : position + 1]
        return Minutes.from_dict(document)

    def get_absolute_url(self) -> str:
        """The page of this version."""
        return f"{self.meeting.get_absolute_url()}{strands.word_of(self.strand)}/{self.version}/"

    def get_comparison_url(self, before: int) -> str:
        """The page of its differences from an earlier version of its strand."""
        strand = "" if self.strand == strands.MAIN else f"{strands.word_of(self.strand)}/"
        return f"{self.meeting.get_absolute_url()}{strand}sammenlign/{before}/{self.version}/"


class Edition(models.Model):
    """How far what is public of a municipality has come; see `editions`."""

    municipality = models.OneToOneField(
        Municipality, models.CASCADE, primary_key=True, related_name="edition"
    )
    number = models.BigIntegerField(help_text="Greater with each change, anywhere.")

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.number}"


class Case(models.Model):
    """A matter that returns: known by its number, or by what its treatments say of each other."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="cases")
    key = models.CharField(max_length=120, help_text="The number in one form, or a first item.")
    slug = models.SlugField(max_length=120)
    number = models.CharField(max_length=60, blank=True, help_text="As last printed.")
    title = models.CharField(
        max_length=LONGEST_TITLE, blank=True, help_text="As last treated in the open."
    )
    latest = models.DateField(null=True, help_text="When that treatment was.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "key"], name="case_once"),
            models.UniqueConstraint(fields=["municipality", "slug"], name="case_address"),
        ]

    def __str__(self) -> str:
        return self.number or self.key

    def get_absolute_url(self) -> str:
        """The page of the case."""
        return f"{self.municipality.get_absolute_url()}sag/{self.slug}/"


class Item(models.Model):
    """One treatment of a case at one meeting, as the current document has it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    publication = models.ForeignKey(Publication, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField(help_text="Index in the document's items.")
    slug = models.SlugField(max_length=40)
    number = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    case = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="items")
    case_number = models.CharField(max_length=60, blank=True)
    kle = models.CharField(max_length=8, blank=True)
    closed = models.BooleanField(default=False)
    outcome = models.CharField(max_length=30, blank=True, help_text="Of the meeting's decision.")
    decision = models.TextField(blank=True, help_text="The meeting's own decision, quoted.")
    decided_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["meeting_id", "publication_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "slug"], name="item_address"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        """The page of the item."""
        return f"{self.meeting.get_absolute_url()}{self.slug}/"


class Present(models.Model):
    """A member as the head of the meeting's document lists them."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    person = models.ForeignKey(Person, models.CASCADE, related_name="attendance")
    party = models.CharField(max_length=20, blank=True)
    present = models.BooleanField(null=True)


class Absence(models.Model):
    """A person who is recorded as absent in an item."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="absences")
    person = models.ForeignKey(Person, models.CASCADE, related_name="absences")


class Ballot(models.Model):
    """A choice by a person or a party in an item's vote, as printed."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="ballots")
    choice = models.CharField(max_length=8, help_text="for, against or abstain.")
    name = models.CharField(max_length=200)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="ballots")
    party = models.CharField(max_length=20, blank=True, help_text="Letter, where it is known.")


class Dissent(models.Model):
    """A name under a dissenting statement in an item."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="dissents")
    statement = models.PositiveIntegerField(help_text="Index in the item's statements.")
    name = models.CharField(max_length=200)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="dissents")
    party = models.CharField(max_length=20, blank=True)


class StoredFile(models.Model):
    """A file in the content-addressed store, named by the hash of its bytes."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    text = models.TextField(blank=True, help_text="What could be read in it, for search.")

    def __str__(self) -> str:
        return self.sha256


class SealedFile(models.Model):
    """A publication as the municipality signed it, and the same file without the signature."""

    publication = models.OneToOneField(Publication, models.CASCADE, related_name="sealed")
    signed = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    unsigned = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    def get_absolute_url(self) -> str:
        """Where the signed file is had."""
        return f"{self.publication.get_absolute_url()}forseglet.pdf"


class Enclosure(models.Model):
    """An attachment of an item: its title, where it lies, and the file if it was fetched."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="enclosures")
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=LONGEST_TITLE)
    address = models.CharField(max_length=1000, blank=True)
    file = models.ForeignKey(StoredFile, models.SET_NULL, null=True, related_name="enclosures")


class Mention(models.Model):
    """Another treatment of the case that an item names: earlier, parallel or coming."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="mentions")
    coming = models.BooleanField(help_text="A next step; otherwise an earlier or parallel one.")
    body_slug = models.SlugField(max_length=100)
    body_name = models.CharField(max_length=200, blank=True)
    date = models.DateField(null=True)
    number = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["body_slug", "date"])]


class Held(models.Model):
    """A document that is held back from publishing until somebody answers for it."""

    sha256 = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=300, help_text="Which meeting's document it is.")
    findings = models.JSONField(help_text="What was found, where, and how certain; no number.")
    packed = models.BinaryField(help_text="All that `publish` was given, compressed by zlib.")
    held_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class Source(models.Model):
    """Where documents come from: a site that is harvested, or a folder that is imported."""

    key = models.CharField(max_length=500, unique=True, help_text="Its address or path.")
    name = models.CharField(max_length=200, help_text="What the sources page calls it.")
    kind = models.CharField(max_length=20, help_text="harvest or import.")
    municipality = models.ForeignKey(
        Municipality, models.SET_NULL, null=True, related_name="sources"
    )

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Run(models.Model):
    """One time that a source was gone through, and what came of it."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="runs")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="Null while it runs, or if it was cut.")
    complete = models.BooleanField(default=False, help_text="Everything in the source was seen.")
    seen = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    vanished = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list, help_text="What failed, in words; the first 200.")

    class Meta:
        ordering: ClassVar = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.source_id} {self.started_at:%Y-%m-%d %H:%M}"


class Seen(models.Model):
    """What a source had when it was last gone through, so that the unchanged is skipped."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="seen")
    key = models.CharField(max_length=500, help_text="A file's path in it, or a meeting's id.")
    mark = models.CharField(max_length=200, help_text="Size and time, hash, or release date.")
    publication = models.ForeignKey(Publication, models.SET_NULL, null=True, related_name="+")
    run = models.ForeignKey(Run, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "key"], name="seen_once"),
        ]
