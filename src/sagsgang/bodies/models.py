"""Municipalities, their councils and committees, and the people in them.

Meetings and what was said at them belong to the archive; here is who there is.
"""

from __future__ import annotations

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


class Membership(models.Model):
    """A person in a body in a term, as documents tell it: one for each party they name."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    body = models.ForeignKey(Body, models.CASCADE, related_name="memberships")
    term = models.CharField(max_length=9, help_text="The council's term, such as 2022-2025.")
    party = models.CharField(
        max_length=20, blank=True, help_text="Letter as printed, independent, or empty if untold."
    )

    class Meta:
        ordering: ClassVar = ["-term", "person__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "body", "term"], name="membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.term}"
