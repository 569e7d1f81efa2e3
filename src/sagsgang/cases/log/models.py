"""The two tables of the log."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """An action: who did what to what, sealed together with its changes and the entry before."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=200, help_text="Account and name, as they were then.")
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=120, help_text="Such as cases.case:12.")
    reason = models.TextField(blank=True)
    previous = models.CharField(max_length=64, help_text="Hash of the entry before; zeros first.")
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        app_label = "cases"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.action} {self.subject}"


class Change(models.Model):
    """A change of a row, written by the database itself; JSON of the row before and after."""

    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="changes")
    token = models.CharField(max_length=32, null=True, help_text="The action that it was made in.")
    table = models.CharField(max_length=63, db_column="table_name")
    row = models.BigIntegerField()
    operation = models.CharField(max_length=6)
    before = models.TextField(null=True)
    after = models.TextField(null=True)

    class Meta:
        app_label = "cases"
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["token"], condition=models.Q(entry=None), name="unsealed"),
            models.Index(fields=["table", "row"]),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.table}:{self.row}"
