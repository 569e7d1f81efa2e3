"""Those who work in the house: their accounts, the units they belong to, and their roles."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models

from sagsgang.bodies.models import Body, Municipality, Person

from . import log


class User(AbstractUser):
    """Somebody who can sign in; `person` where it is an elected member."""

    watched: ClassVar = True
    secret: ClassVar = ("password",)
    passing: ClassVar = ("last_login",)

    person = models.OneToOneField(Person, models.SET_NULL, null=True, related_name="account")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves as an action of its own where none is going on: a password hashed anew, say."""
        with log.action(None, "account.save", f"cases.user:{self.username}"):
            super().save(*args, **kwargs)


class Unit(models.Model):
    """A part of the administration: a department, a centre, a team."""

    watched: ClassVar = True

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="units")
    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Position(models.Model):
    """A role that somebody has in a unit or a body, from a day and until another."""

    watched: ClassVar = True

    OFFICER: ClassVar = "officer"
    LEADER: ClassVar = "leader"
    DIRECTOR: ClassVar = "director"
    SECRETARY: ClassVar = "secretary"
    MEMBER: ClassVar = "member"
    CHAIR: ClassVar = "chair"
    SUBSTITUTE: ClassVar = "substitute"
    ADMINISTRATOR: ClassVar = "administrator"
    AUDITOR: ClassVar = "auditor"
    ROLES: ClassVar = [
        (OFFICER, "Sagsbehandler"),
        (LEADER, "Leder"),
        (DIRECTOR, "Direktør"),
        (SECRETARY, "Udvalgssekretær"),
        (MEMBER, "Medlem"),
        (CHAIR, "Formand"),
        (SUBSTITUTE, "Stedfortræder"),
        (ADMINISTRATOR, "Administrator"),
        (AUDITOR, "Revisor"),
    ]

    user = models.ForeignKey(User, models.CASCADE, related_name="positions")
    role = models.CharField(max_length=13, choices=ROLES)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="positions")
    body = models.ForeignKey(Body, models.CASCADE, null=True, related_name="positions")
    since = models.DateField()
    until = models.DateField(null=True, help_text="The last day; null while it lasts.")

    class Meta:
        ordering: ClassVar = ["user", "role"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class Absence(models.Model):
    """Days on which somebody is away, and who answers in the approval chain meanwhile."""

    watched: ClassVar = True

    user = models.ForeignKey(User, models.CASCADE, related_name="absences")
    deputy = models.ForeignKey(User, models.CASCADE, related_name="+")
    since = models.DateField()
    until = models.DateField(help_text="The last day.")

    class Meta:
        ordering: ClassVar = ["user", "since"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.since}"


class Link(models.Model):
    """A link that lets somebody in once: who made it, for whom, when, and when it was used."""

    watched: ClassVar = True
    secret: ClassVar = ("digest",)

    INVITATION: ClassVar = "invitation"
    ENTRY: ClassVar = "entry"
    PURPOSES: ClassVar = [(INVITATION, "Invitation"), (ENTRY, "Demonstration")]

    user = models.ForeignKey(User, models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=10, choices=PURPOSES)
    digest = models.CharField(
        max_length=64, unique=True, help_text="SHA-256 of the key, which only the link has."
    )
    made_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", help_text="Null for the command line."
    )
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.purpose} {self.user_id}"


class Recovery(models.Model):
    """An account that an administrator asks to begin anew, and what another answered."""

    watched: ClassVar = True

    user = models.ForeignKey(User, models.CASCADE, related_name="recoveries")
    reason = models.TextField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    confirmed = models.BooleanField(default=False)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.asked_at}"


class Grant(models.Model):
    """A right that an administrator gives, and what another answered.

    A role in a unit, in a body or everywhere; or, without a role, that the account is that of a
    `person`, and with a body that the person has a seat there from a day and until another. It
    counts for nothing before it is `agreed`; without `answered_by` nobody else could agree.
    """

    watched: ClassVar = True

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=13, choices=Position.ROLES, blank=True)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+")
    body = models.ForeignKey(Body, models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    term = models.CharField(max_length=9, blank=True, help_text="Of a seat.")
    party = models.CharField(max_length=20, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed = models.BooleanField(default=False)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.asked_at}"
