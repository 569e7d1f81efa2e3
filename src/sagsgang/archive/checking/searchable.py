"""Whether the items of a meeting are found by what stands in them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from sagsgang.minutes import Minutes

from ..indexing import entries
from ..models import Item, Meeting, Publication, StoredFile
from ..rows import treatments
from ..search import index, state
from ..search.entries import Content, Entry
from .fault import Fault


def outdated() -> Iterator[Fault]:
    """A fault where the index was written by a program that reads words in another way."""
    if state.is_outdated():
        yield Fault(
            "archive_searchstate",
            "Søgeindekset er skrevet af en anden version af Sagsgang. Byg det igen med »sagsgang "
            "reindex«.",
            "The index of the search was written by another version of Sagsgang. Build it anew "
            "with `sagsgang reindex`.",
        )


def indexed(meetings: Iterable[Meeting]) -> set[int]:
    """The items of the meetings that have terms in the index."""
    return index.termed([row.pk for meeting in meetings for row in meeting.items.all()])


def differences(
    meeting: Meeting, publication: Publication, minutes: Minutes, indexed: set[int]
) -> Iterator[Fault]:
    """A fault where items are not in the index as the publication gives them."""
    rows = sorted(
        (row for row in meeting.items.all() if row.publication_id == publication.pk),
        key=lambda row: row.position,
    )
    found = treatments(minutes)
    if len(rows) != len(found):
        return  # the items themselves are at fault, and that is told
    pairs = list(zip(rows, found, strict=True))
    expected = entries(meeting, minutes, pairs, _files(rows), publication.links)
    wanted = {entry.item: entry for entry in expected}
    if not all(_is_as(row, wanted.get(row.pk), indexed) for row in rows):
        yield Fault(
            publication.get_absolute_url(),
            "Søgningen har ikke punkterne, som de er i dokumentet.",
            "The search does not have the items as they are in the document.",
            meeting.pk,
        )


def _files(rows: Iterable[Item]) -> dict[str, StoredFile]:
    return {
        enclosure.address: enclosure.file
        for row in rows
        for enclosure in row.enclosures.all()
        if enclosure.file
    }


def _is_as(row: Item, wanted: Entry | None, indexed: set[int]) -> bool:
    entry = getattr(row, "search_entry", None)
    if entry is None or wanted is None:
        return entry is wanted
    if row.pk not in indexed or not hasattr(entry, "indexed"):
        return False
    if (entry.date, entry.facets) != (wanted.date, wanted.facets.packed):
        return False
    try:
        return Content.unpacked(bytes(entry.indexed.packed)) == wanted.content
    except (zlib.error, ValueError, TypeError):
        return False
