"""Municipalities, their councils and committees, and the people in them.

Meetings and what was said at them belong to the archive; here is who there is. Bodies, people and
memberships decide who reads what is closed, so their rows are watched by the working house's log.
"""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.db import models


class Municipality(models.Model):
    """A municipality; one of the 98, or one that a document names beside them."""

    code = models.CharField(
        max_length=4,
        unique=True,
        null=True,
        help_text="The authorities' code, such as 615; null where the name is none of the 98.",
    )
    name = models.CharField(max_length=100, unique=True, help_text="Without the word Kommune.")
    slug = models.SlugField(max_length=100, unique=True)
    region = models.CharField(max_length=60, blank=True, help_text="Such as Midtjylland.")

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the municipality."""
        return f"/{self.slug}/"


class Body(models.Model):
    """A council or a committee of a municipality."""

    watched: ClassVar = True

    COUNCIL: ClassVar = "council"
    COMMITTEE: ClassVar = "committee"

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="bodies")
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=100)
    kind = models.CharField(
        max_length=10, choices=[(COUNCIL, "Kommunalbestyrelse"), (COMMITTEE, "Udvalg")]
    )

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "slug"], name="body_address"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the body."""
        return f"{self.municipality.get_absolute_url()}{self.slug}/"


class Person(models.Model):
    """Somebody who is named as a member, a voter or absent, within one municipality."""

    watched: ClassVar = True

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="people")
    name = models.CharField(max_length=120, help_text="The spelling that was seen first.")
    slug = models.SlugField(max_length=120)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "slug"], name="person_address"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the person."""
        return f"{self.municipality.get_absolute_url()}person/{self.slug}/"


class Spelling(models.Model):
    """A way in which a person's name was seen printed."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="spellings")
    text = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["text"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "text"], name="spelling_once"),
        ]

    def __str__(self) -> str:
        return self.text


class Memberships(models.QuerySet):
    """Memberships that can be asked for a day."""

    def on(self, day: datetime.date | models.OuterRef) -> Memberships:
        """Those that have begun on a day, and are not over; the term is asked for beside it."""
        begun = models.Q(since=None) | models.Q(since__lte=day)
        return self.filter(begun, models.Q(until=None) | models.Q(until__gte=day))


class Membership(models.Model):
    """A person in a body in a term, as documents tell it: one for each party they name.

    Members are elected for the council's whole term, so most have no days of their own
    (kommunestyrelsesloven). Who leaves within it has a last day, and who comes in their stead
    a first one. Who is away for a time stays a member, and has a substitute at the meetings.
    """

    watched: ClassVar = True

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    body = models.ForeignKey(Body, models.CASCADE, related_name="memberships")
    term = models.CharField(max_length=9, help_text="The council's term, such as 2022-2025.")
    party = models.CharField(
        max_length=20, blank=True, help_text="Letter as printed, independent, or empty if untold."
    )
    since = models.DateField(null=True, help_text="The first day; null from the term's first.")
    until = models.DateField(null=True, help_text="The last day; null to the term's last.")

    objects: ClassVar = Memberships.as_manager()

    class Meta:
        ordering: ClassVar = ["-term", "person__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "body", "term"], name="membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.term}"

    def holds_on(self, day: datetime.date) -> bool:
        """Whether it has begun on a day of its term, and is not over."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )
