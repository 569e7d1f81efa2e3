"""What the administration prepares: cases, their way through bodies, and their presentations.

Every row here is watched by the log. A presentation's text is kept as the sections that `minutes`
reads and writes, so that what is drafted, decided and published is one kind of document.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sagsgang.bodies.models import Body, Municipality

from .accounts import Absence, Grant, Link, Position, Recovery, Unit, User
from .log.models import Change, Entry
from .outline import Outline
from .outline import of as outline_of

__all__ = [
    "Absence",
    "Acceptance",
    "Approval",
    "Attachment",
    "Case",
    "Change",
    "Entry",
    "File",
    "Grant",
    "Hearing",
    "HouseRules",
    "Link",
    "Position",
    "Presentation",
    "Recovery",
    "Treatment",
    "Unit",
    "User",
    "Version",
]


class HouseRules(models.Model):
    """What a municipality has decided on how its own house works."""

    watched: ClassVar = True

    municipality = models.OneToOneField(Municipality, models.CASCADE, related_name="house_rules")
    own_approval = models.BooleanField(
        default=False, help_text="Whether somebody may approve a case that they prepared."
    )
    one_approver = models.BooleanField(
        default=False,
        help_text="Whether one person may answer two steps in a row, such as leader and director.",
    )
    signing_days = models.PositiveIntegerField(
        null=True,
        help_text="Working days after which minutes are final without the answers that lack; "
        "null where all must answer.",
    )
    case_numbers = models.CharField(
        max_length=60, blank=True, help_text="The form of case numbers; empty for any."
    )
    kept_outline = models.JSONField(
        default=dict, help_text="The outline of presentations as changed; empty as it ships."
    )
    codes = models.JSONField(
        default=dict, help_text="Short names of bodies in the routing matrix, by their slugs."
    )

    def __str__(self) -> str:
        return f"{self.municipality_id}"

    @property
    def outline(self) -> Outline:
        """The outline of the municipality's presentations."""
        return outline_of(self.kept_outline, self.municipality.name)

    @classmethod
    def of(cls, municipality: Municipality) -> HouseRules:
        """The municipality's rules, or those that hold where it has decided nothing."""
        return cls.objects.filter(municipality=municipality).first() or cls(
            municipality=municipality
        )


class Case(models.Model):
    """A matter that the administration prepares and follows through its bodies."""

    watched: ClassVar = True

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="working_cases")
    number = models.CharField(max_length=60, help_text="In the municipality's own form.")
    title = models.CharField(max_length=500)
    kle = models.CharField(max_length=8, blank=True, help_text="KLE subject, such as 15.20.00.")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="cases")
    officer = models.ForeignKey(User, models.PROTECT, related_name="cases")
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "number"], name="working_case_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        """The page of the case in the working house."""
        return f"/arbejde/sager/{self.pk}/"


class Treatment(models.Model):
    """A body's part in a case: when in the order, and what it is to do."""

    watched: ClassVar = True

    ORIENTATION: ClassVar = "orientation"
    HEARING: ClassVar = "hearing"
    RECOMMENDING: ClassVar = "recommending"
    DECIDING: ClassVar = "deciding"
    ROLES: ClassVar = [
        (ORIENTATION, "Til orientering"),
        (HEARING, "Høring"),
        (RECOMMENDING, "Indstiller"),
        (DECIDING, "Afgør"),
    ]

    WAITING: ClassVar = "waiting"
    DRAFT: ClassVar = "draft"
    APPROVING: ClassVar = "approving"
    READY: ClassVar = "ready"
    ON_AGENDA: ClassVar = "on_agenda"
    DECIDED: ClassVar = "decided"
    WITHDRAWN: ClassVar = "withdrawn"
    STATES: ClassVar = [
        (WAITING, "Venter på behandlingen før"),
        (DRAFT, "Kladde"),
        (APPROVING, "Til godkendelse"),
        (READY, "Klar til dagsorden"),
        (ON_AGENDA, "På dagsorden"),
        (DECIDED, "Behandlet"),
        (WITHDRAWN, "Trukket tilbage"),
    ]

    case = models.ForeignKey(Case, models.CASCADE, related_name="treatments")
    body = models.ForeignKey(Body, models.PROTECT, related_name="treatments")
    order = models.PositiveIntegerField(help_text="From 1 in the case.")
    role = models.CharField(max_length=12, choices=ROLES)
    state = models.CharField(max_length=10, choices=STATES, default=WAITING)
    skippable = models.BooleanField(
        default=False,
        help_text="Whether the case goes on to the next body if this treatment is withdrawn.",
    )
    meets_on = models.DateField(
        null=True, help_text="The day of the meeting that treats it, when it is on an agenda."
    )

    class Meta:
        ordering: ClassVar = ["case", "order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "order"], name="treatment_order"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.order}"

    def get_absolute_url(self) -> str:
        """The treatment's place on the page of its case."""
        return f"/arbejde/sager/{self.case_id}/#behandling-{self.order}"


class Presentation(models.Model):
    """What is put before the body in a treatment: the item as it will stand on the agenda."""

    watched: ClassVar = True

    treatment = models.OneToOneField(Treatment, models.CASCADE, related_name="presentation")
    title = models.CharField(max_length=500)
    closed = models.BooleanField(default=False)
    ground = models.CharField(
        max_length=300, blank=True, help_text="The legal ground of a closed item."
    )
    public_title = models.CharField(
        max_length=500, blank=True, help_text="What is published of a closed item; may be empty."
    )
    recommendation_by = models.CharField(max_length=200, blank=True)
    recommendation_points = models.JSONField(default=list)
    sections = models.JSONField(default=list, help_text="Label, kind and Markdown text of each.")
    revision = models.PositiveIntegerField(default=1, help_text="Counts what was saved.")
    edited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page where it is written and read."""
        return f"/arbejde/fremstilling/{self.pk}/"


class Version(models.Model):
    """A presentation as it was saved; the earlier ones stay."""

    watched: ClassVar = True

    presentation = models.ForeignKey(Presentation, models.CASCADE, related_name="versions")
    revision = models.PositiveIntegerField()
    content = models.JSONField()
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["presentation", "revision"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["presentation", "revision"], name="version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.presentation_id} v{self.revision}"


class File(models.Model):
    """A file in the working house's store, named by the hash of its bytes."""

    watched: ClassVar = True
    passing: ClassVar = ("text",)

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100, help_text="As its content tells.")
    text = models.TextField(blank=True, help_text="What could be read in it.")
    scanned = models.BooleanField(default=False, help_text="Whether clamd found no virus in it.")

    def __str__(self) -> str:
        return self.sha256


class Hearing(models.Model):
    """A round in which others are asked what they think of a case before it is decided."""

    watched: ClassVar = True

    case = models.ForeignKey(Case, models.CASCADE, related_name="hearings")
    subject = models.CharField(max_length=300, help_text="What they are asked about.")
    sent_on = models.DateField()
    deadline = models.DateField(help_text="The last day to answer on.")
    ended_on = models.DateField(null=True, help_text="When no more answers were waited for.")
    taken_back_on = models.DateField(null=True, help_text="When nobody was to answer any more.")
    taken_back_why = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["case", "sent_on", "id"]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        """Its place on the page of its case."""
        return f"/arbejde/sager/{self.case_id}/#hoering-{self.pk}"


class Reply(models.Model):
    """Somebody who is heard, and what they answered: a text, a file, or both; open or closed."""

    watched: ClassVar = True

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="replies")
    recipient = models.CharField(max_length=200)
    mail = models.EmailField(blank=True, help_text="Where they are told that it is taken back.")
    told_at = models.DateTimeField(null=True, help_text="When a mail told them so.")
    answered_on = models.DateField(null=True)
    text = models.TextField(blank=True)
    closed = models.BooleanField(default=False)
    file = models.ForeignKey(File, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200, blank=True, help_text="The file's, as handed in.")

    class Meta:
        ordering: ClassVar = ["hearing", "id"]

    def __str__(self) -> str:
        return self.recipient


class Attachment(models.Model):
    """A file that goes with a presentation, open or closed; each revision keeps what it had."""

    watched: ClassVar = True

    presentation = models.ForeignKey(Presentation, models.CASCADE, related_name="attachments")
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    closed = models.BooleanField(default=False)
    name = models.CharField(max_length=200, help_text="The file's name as it was handed in.")
    file = models.ForeignKey(File, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["presentation", "position"]

    def __str__(self) -> str:
        return self.title


class Picture(models.Model):
    """A picture that was taken in for a presentation, whether it stands in its text or not."""

    watched: ClassVar = True

    presentation = models.ForeignKey(Presentation, models.CASCADE, related_name="pictures")
    file = models.ForeignKey(File, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["presentation", "file"], name="picture_once"),
        ]

    def __str__(self) -> str:
        return f"{self.presentation_id} {self.file_id}"


class Answered(models.Model):
    """A proofreader's remark that somebody has answered for, with the reason."""

    key = models.CharField(max_length=16, help_text="The remark's, as long as its words stand.")
    told = models.TextField(help_text="The remark in Danish.")
    reason = models.TextField()
    accepted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.told


class Acceptance(Answered):
    """An answer for a remark on a presentation."""

    watched: ClassVar = True

    presentation = models.ForeignKey(Presentation, models.CASCADE, related_name="acceptances")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["presentation", "key"], name="acceptance_once"),
        ]


class Approval(models.Model):
    """A step of the approval chain: who is asked, and what they answered."""

    watched: ClassVar = True

    ASKED: ClassVar = "asked"
    APPROVED: ClassVar = "approved"
    RETURNED: ClassVar = "returned"
    STATES: ClassVar = [(ASKED, "Venter"), (APPROVED, "Godkendt"), (RETURNED, "Sendt retur")]

    presentation = models.ForeignKey(Presentation, models.CASCADE, related_name="approvals")
    revision = models.PositiveIntegerField(help_text="What was asked about.")
    role = models.CharField(max_length=13, choices=Position.ROLES)
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=8, choices=STATES, default=ASKED)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    comment = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["presentation", "id"]

    def __str__(self) -> str:
        return f"{self.role} {self.answer}"
