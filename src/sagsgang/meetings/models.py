"""A meeting from its date in the calendar to its signed minutes.

What is decided is kept as it was written; what it means (outcome, result of a vote) beside it.
Members are persons, who may have an account: a vote belongs to the person.
"""

from __future__ import annotations

from typing import ClassVar, get_args

from django.db import models

from sagsgang.bodies.models import Body, Person
from sagsgang.cases.models import Answered, File, Presentation, Treatment, User
from sagsgang.minutes.model import Choice, Minutes, Outcome
from sagsgang.minutes.writers import style
from sagsgang.minutes.writers.style import Style

from . import paper

OUTCOMES = [(outcome, outcome) for outcome in get_args(Outcome)]
CHOICES = [(choice, choice) for choice in get_args(Choice)]


class RulesOfProcedure(models.Model):
    """What a body has decided in its rules of procedure (kommunestyrelsesloven §§ 2 and 20).

    `headings` are those of its agenda, in order: objects with `title`, and `takes`, which is what
    comes under the heading by itself (one of `TAKES`; empty for what is moved there by hand).
    """

    watched: ClassVar = True

    MEETING: ClassVar = "meeting"
    YEAR: ClassVar = "year"
    TERM: ClassVar = "term"
    NUMBERING: ClassVar = [
        (MEETING, "Forfra ved hvert møde"),
        (YEAR, "Fortløbende gennem året"),
        (TERM, "Fortløbende gennem valgperioden"),
    ]
    TAKES: ClassVar = ("cases", "orientation", "closed")

    body = models.OneToOneField(Body, models.CASCADE, related_name="procedure")
    numbering = models.CharField(max_length=7, choices=NUMBERING, default=YEAR)
    notice = models.PositiveSmallIntegerField(
        null=True,
        help_text="Working days from agenda to meeting; null where the law's hold.",
    )
    headings = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.body_id}"

    @classmethod
    def of(cls, body: Body) -> RulesOfProcedure:
        """The body's rules, or those that hold where it has decided nothing."""
        return getattr(body, "procedure", None) or cls(body=body)


class Meeting(models.Model):
    """A meeting of a body."""

    watched: ClassVar = True

    PLANNED: ClassVar = "planned"
    CALLED: ClassVar = "called"
    OPEN: ClassVar = "open"
    CLOSED: ClassVar = "closed"
    SIGNED: ClassVar = "signed"
    OVER: ClassVar = (CLOSED, SIGNED)
    STATES: ClassVar = [
        (PLANNED, "Planlagt"),
        (CALLED, "Dagsorden offentliggjort"),
        (OPEN, "I gang"),
        (CLOSED, "Slut, venter på godkendelser"),
        (SIGNED, "Godkendt"),
    ]

    body = models.ForeignKey(Body, models.PROTECT, related_name="working_meetings")
    date = models.DateField()
    start_time = models.CharField(max_length=5)
    place = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=STATES, default=PLANNED)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True, help_text="When the minutes became final.")
    first_number = models.PositiveIntegerField(
        null=True,
        help_text="What its numbers begin at, where items before it are not in the program.",
    )
    kept_outline = models.JSONField(
        null=True, help_text="The outline of its items, as it was when the agenda was published."
    )

    class Meta:
        ordering: ClassVar = ["-date", "-start_time"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["body", "date", "start_time"], name="working_meeting_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.date}"

    def get_absolute_url(self) -> str:
        """The page of the meeting in the working house."""
        return f"/arbejde/moeder/{self.pk}/"


class Item(models.Model):
    """An item of the agenda: a case's presentation, or a standing one with a title only."""

    watched: ClassVar = True

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    number = models.PositiveIntegerField(null=True, help_text="Given when the agenda is published.")
    presentation = models.ForeignKey(Presentation, models.PROTECT, null=True, related_name="items")
    revision = models.PositiveIntegerField(
        null=True, help_text="Of the presentation, as it was taken in: later ones are not shown."
    )
    title = models.CharField(max_length=500)
    heading = models.CharField(
        max_length=200, blank=True, help_text="Of the agenda, over the item; see RulesOfProcedure."
    )
    closed = models.BooleanField(default=False)
    public_title = models.CharField(max_length=500, blank=True)
    late = models.BooleanField(default=False, help_text="Came on after the agenda was published.")
    withdrawn = models.BooleanField(default=False)
    continues = models.ForeignKey("self", models.PROTECT, null=True, related_name="continued_by")
    moved_to = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Treats its case instead.",
    )
    decision = models.TextField(blank=True)
    public_decision = models.TextField(
        blank=True, help_text="What is published of a closed item's decision; may be empty."
    )
    outcome = models.CharField(max_length=30, choices=OUTCOMES, blank=True)
    procedural = models.BooleanField(default=False)
    decided_at = models.DateTimeField(null=True, help_text="Since then the item is locked.")

    there = models.JSONField(
        null=True, help_text="Keys of the persons who took part, since it was decided."
    )

    class Meta:
        ordering: ClassVar = ["meeting", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "number"], name="item_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number or ''} {self.title}".strip()


class Taking(models.Model):
    """A member of the meeting: there or not, and for whom a substitute stands in."""

    watched: ClassVar = True

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="takings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="takings")
    party = models.CharField(max_length=20, blank=True)
    present = models.BooleanField(default=True)
    substitute_for = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["meeting", "person__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "person"], name="taking_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class Leave(models.Model):
    """A member who does not take part in one item: out of the room, or not impartial."""

    watched: ClassVar = True

    item = models.ForeignKey(Item, models.CASCADE, related_name="leaves")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    conflict = models.CharField(
        max_length=300, blank=True, help_text="The ground, where the body found one (fvl. §§ 3-6)."
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "person"], name="leave_once"),
        ]


class Conflict(models.Model):
    """A member whose impartiality in an item is in question, and what the body found (fvl. § 6).

    It is announced before the meeting or at it; one who was found not to be impartial is out of
    the item as a `Leave`, and a substitute may take part in their place.
    """

    watched: ClassVar = True

    item = models.ForeignKey(Item, models.CASCADE, related_name="announced_conflicts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=300)
    announced_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    announced_at = models.DateTimeField()
    found = models.BooleanField(null=True, help_text="Null until the body has decided on it.")
    substitute = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", help_text="Called in for the item."
    )

    class Meta:
        ordering: ClassVar = ["item", "person__name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "person"], name="conflict_once"),
        ]


class Vote(models.Model):
    """A member's choice in an item."""

    watched: ClassVar = True

    item = models.ForeignKey(Item, models.CASCADE, related_name="votes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    choice = models.CharField(max_length=8, choices=CHOICES)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "person"], name="vote_once"),
        ]


class Dissent(models.Model):
    """A dissenting opinion; it counts when its author has approved the words."""

    watched: ClassVar = True

    item = models.ForeignKey(Item, models.CASCADE, related_name="dissents")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField()
    approved_at = models.DateTimeField(null=True)


class Referral(models.Model):
    """A member's demand that the council decide (kommunestyrelsesloven § 23)."""

    watched: ClassVar = True

    item = models.ForeignKey(Item, models.CASCADE, related_name="referrals")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    treatment = models.ForeignKey(Treatment, models.PROTECT, null=True, related_name="+")


class Correction(models.Model):
    """An addition to a decided item: what was wrong, told by whom; the decision itself stays."""

    watched: ClassVar = True

    item = models.ForeignKey(Item, models.CASCADE, related_name="corrections")
    text = models.TextField()
    reason = models.TextField()
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Acceptance(Answered):
    """An answer for a remark on the meeting's documents."""

    watched: ClassVar = True

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="acceptances")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "key"], name="meeting_acceptance_once"),
        ]


class KeptMinutes(models.Model):
    """The minutes that members answer for, as they are printed, with so many corrections.

    They are kept as the meeting ends, and anew with each correction; no row is ever changed.
    """

    watched: ClassVar = True
    lasting: ClassVar = True

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="kept")
    corrections = models.PositiveIntegerField(help_text="How many corrections they have.")
    sha256 = models.CharField(max_length=64, help_text="Of the whole minutes and their style.")
    older_sha256 = models.CharField(
        max_length=64,
        blank=True,
        default="",
        help_text="Of the same minutes as older versions took it, where they were closed by one.",
    )
    kept_whole = models.JSONField(help_text="With what is closed, in the form of `paper`.")
    kept_public = models.JSONField(help_text="What is published of them, in the form of `paper`.")
    kept_style = models.JSONField(help_text="The manner that they are printed in.")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["meeting", "corrections"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "corrections"], name="kept_minutes_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.corrections}"

    @property
    def hashes(self) -> tuple[str, ...]:
        """What answers to these minutes, and seals on them, are known by."""
        return tuple(filter(None, (self.sha256, self.older_sha256)))

    @property
    def whole(self) -> Minutes:
        """The whole minutes, closed items included."""
        return paper.of(self.kept_whole)

    @property
    def public(self) -> Minutes:
        """The minutes without what is closed."""
        return paper.of(self.kept_public)

    @property
    def style(self) -> Style:
        """The manner that they are printed in."""
        return style.of(self.kept_style)


class Signature(models.Model):
    """A member's approval of the minutes as they stood, or the reason why not.

    Where a correction is added afterwards, the member is asked again, and this one stays.
    """

    watched: ClassVar = True

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="signatures")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sha256 = models.CharField(
        max_length=64, help_text="Of the minutes that were signed; see KeptMinutes."
    )
    corrections = models.PositiveIntegerField(
        default=0,
        null=True,
        help_text="How many corrections they had then; none where they became others since.",
    )
    refusal = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "person", "corrections"], name="signature_once"
            ),
        ]


class Question(models.Model):
    """What a member asks the administration about an item before the meeting, and the answer."""

    watched: ClassVar = True

    item = models.ForeignKey(Item, models.CASCADE, related_name="questions")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    text = models.TextField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["item", "asked_at"]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.text[:40]}"

    def get_absolute_url(self) -> str:
        """The page where it is read and answered."""
        return f"/arbejde/spoergsmaal/{self.pk}/"


class Reminder(models.Model):
    """A mail to a member who had not answered whether the minutes are approved."""

    watched: ClassVar = True

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="reminders")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    at = models.DateTimeField()


class Seal(models.Model):
    """The minutes as the municipality signed them, closed items included."""

    watched: ClassVar = True

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="seals")
    version = models.PositiveIntegerField(help_text="From 1; a correction is followed by another.")
    sha256 = models.CharField(max_length=64, help_text="Of the minutes; see KeptMinutes.")
    publication = models.CharField(max_length=64, help_text="Hash of what was published of them.")
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["meeting", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "version"], name="seal_once"),
        ]


class Typed(models.Model):
    """What is typed for an item's decision until it is decided: kept at once, and in no log.

    It is gone when the item is decided; what was decided is in the log.
    """

    item = models.OneToOneField(Item, models.CASCADE, related_name="typed")
    text = models.TextField(blank=True)
    public_text = models.TextField(blank=True)
    outcome = models.CharField(max_length=30, choices=OUTCOMES, blank=True)
    votes = models.JSONField(default=dict, help_text="Choices by the person's key, as text.")
    revision = models.PositiveIntegerField(default=0, help_text="Counts what was kept.")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.item_id} v{self.revision}"


class CalendarLink(models.Model):
    """The secret address of somebody's own meetings, for the calendar on their telephone."""

    watched: ClassVar = True
    secret: ClassVar = ("key",)

    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_link")
    key = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"{self.user_id}"

    def get_absolute_url(self) -> str:
        """Where calendars fetch it; who has the address needs no sign-in."""
        return f"/arbejde/kalender/{self.key}.ics"


class Note(models.Model):
    """A member's private note on an item: seen by nobody else, in no log and no export.

    What is written lies here enciphered; `meetings.notes` reads and writes it.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="notes")
    item = models.ForeignKey(Item, models.CASCADE, related_name="notes")
    sealed = models.TextField()
    revision = models.PositiveIntegerField(default=1, help_text="Counts what was written.")
    written_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "item"], name="note_once")]
