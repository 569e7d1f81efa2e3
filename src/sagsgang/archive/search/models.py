"""What the index keeps beside the terms themselves, which each database keeps in its own way."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SearchEntry(models.Model):
    """An item in the index: narrow, as a search may go through hundreds of thousands of them.

    Its terms are kept under its id: in a full-text table on SQLite, in a column of this table on
    PostgreSQL. The id is that of the item's row. An entry never changes: an item that changes is a
    new row with a new id, and no id is used again.
    """

    item = models.OneToOneField("archive.Item", models.CASCADE, related_name="search_entry")
    date = models.DateField(help_text="Of the meeting.")
    facets = models.BigIntegerField(help_text="What is counted, in one number; see facets.py.")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-date", "item"], name="search_entry_date"),
            models.Index(fields=["facets"], name="search_entry_facets"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}"


class SearchText(models.Model):
    """What was indexed of an item, to show passages of it and to build the index again."""

    entry = models.OneToOneField(
        SearchEntry, models.CASCADE, primary_key=True, related_name="indexed"
    )
    packed = models.BinaryField(help_text="See entries.py; compressed by zlib.")

    def __str__(self) -> str:
        return f"{self.entry_id}"


class SearchWord(models.Model):
    """A word that stands in the archive: for suggestions, and for the splitter of compounds."""

    word = models.CharField(max_length=80, primary_key=True)
    length = models.PositiveSmallIntegerField(db_index=True)
    items = models.PositiveIntegerField(
        default=0, help_text="How many items have it, when the index was last built."
    )

    def __str__(self) -> str:
        return self.word


class SearchState(models.Model):
    """How the index was built; one row, or none before the first item."""

    fingerprint = models.CharField(max_length=64, help_text="Of the dictionary and its rules.")
    learnt = models.JSONField(default=dict, help_text="Words learnt from the archive: counts.")
    built_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.fingerprint
