"""The documents that are exported: the current ones, in the contract's shape."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, Final

from django.db.models import QuerySet

from sagsgang.archive import in_force
from sagsgang.archive.long_reading import long_reading
from sagsgang.archive.models import Publication
from sagsgang.archive.strands import MAIN, word_of

_AT_A_TIME: Final = 100


def current_publications(since: datetime.datetime | None = None) -> QuerySet[Publication]:
    """The publications that count now, with meeting and body, in the order they came.

    For each meeting that is its minutes; before there are minutes, its agenda and the supplements
    to it. With `since` only those published then or later.
    """
    found = Publication.objects.filter(in_force.shown())
    if since:
        found = found.filter(published_at__gte=since)
    return found.select_related("meeting__body__municipality").order_by("pk")


def documents(since: datetime.datetime | None = None, site: str = "") -> Iterator[dict[str, Any]]:
    """The current documents one by one, however many there are; `site` begins their addresses."""
    with long_reading():
        for publication in current_publications(since).iterator(chunk_size=_AT_A_TIME):
            yield with_archive(publication, site)


def with_archive(publication: Publication, site: str = "") -> dict[str, Any]:
    """The contract's document as published, with the object `archive` before it.

    `archive.id` is the same for all versions of a meeting's document, `archive.address` leads to
    this version for ever.
    """
    return {
        "archive": {
            "id": document_id(publication),
            "version": publication.version,
            "address": site + publication.get_absolute_url(),
            "sha256": publication.sha256,
            "published_at": publication.published_at.isoformat(),
        },
        **publication.document,
    }


def document_id(publication: Publication) -> str:
    """What a meeting's document is called, whatever its version: the path to the meeting.

    A supplementary agenda has a document of its own.
    """
    path = publication.meeting.get_absolute_url().strip("/")
    return path if publication.strand == MAIN else f"{path}/{word_of(publication.strand)}"
