"""The door between the two houses: `publish` is the only way into the archive.

A document that passes becomes a `Publication`, which never changes; what pages and search need
is derived from it in the same transaction. The same content again changes nothing. Other content
for the same meeting is a new version, and the old one stays. What looks like a CPR number holds
the document back until a named person releases it.
"""

from __future__ import annotations

import datetime
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from django.db import IntegrityError
from django.utils import timezone

from sagsgang import __version__
from sagsgang.bodies.insertion import insert, number
from sagsgang.bodies.models import Body
from sagsgang.minutes import Minutes

from . import current, editions, guard, models, places, strands
from .archived import Archived
from .canonical import canonical_json, kept_form, packed
from .prepared import Prepared, prepare
from .registry import Registry
from .search import index
from .search.entries import Entry
from .writing import alone

Result = Literal["new", "changed", "unchanged", "held"]

__all__ = [
    "NotPublishable",
    "Outcome",
    "Prepared",
    "Registry",
    "Result",
    "prepare",
    "publish",
    "release",
]

NotPublishable = places.NotPublishable


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of publishing a document.

    `message` says in Danish what a person should know: why it is held back, for one.
    """

    result: Result
    publication: models.Publication | None = None
    held: models.Held | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class _Given:
    """What `publish` was given beside the minutes, in a form that can be kept as JSON."""

    source_id: str
    address: str
    municipality: str
    committee: str
    fetched_at: str
    reason: str
    source: dict[str, Any]
    links: dict[str, str]
    archived: dict[str, Any] = field(default_factory=dict)


def publish(
    document: Minutes | Prepared,
    *,
    source_id: str = "",
    address: str = "",
    municipality: str | None = None,
    committee: str | None = None,
    fetched_at: datetime.datetime | None = None,
    links: Mapping[str, str] | None = None,
    files: Mapping[str, models.StoredFile] | None = None,
    reason: str = "",
    archived: Archived | None = None,
    registry: Registry | None = None,
    unindexed: list[Entry] | None = None,
) -> Outcome:
    """Publishes a document, and tells what came of it; all of it happens, or nothing.

    A document that another process has made ready (`prepared.prepare`) takes less time here.

    `source_id` is what the source is known again by (an address or a path; the file's name
    where it is empty). `municipality` (a name or the authorities' code) and `committee` speak
    where the document itself does not. `links` are attachments' addresses by
    `item index/attachment index`, `files` stored files by address. `archived` is where the document
    stood in the archive that it was exported from: it keeps its version and address, if it is the
    same document and they are free. A `registry` keeps what is known between documents of a long
    run. Into `unindexed` goes what the index is to have of the document, for who puts that of
    several documents into it at once (`index.add_those_left`), in the same transaction.

    Raises:
        NotPublishable: municipality, committee or date is not known; the message tells which,
            and what to do.
    """
    prepared = prepare(document) if isinstance(document, Minutes) else document
    minutes = prepared.minutes
    source = minutes.source
    given: _Given = kept_form(
        _Given(
            source_id=(source_id or address or (source.name if source else ""))[:500],
            address=address[:1000],
            municipality=municipality or "",
            committee=committee or "",
            fetched_at=(fetched_at or timezone.now()).isoformat(),
            reason=reason,
            source=asdict(source) if source else {},
            links=dict(links) if links is not None else prepared.links,
            archived=archived._asdict() if archived else {},
        )
    )
    place = places.place_of(minutes, given.municipality, given.committee)
    try:
        return _enter(prepared, given, files or {}, registry or Registry(), unindexed=unindexed)
    except _Leaking as leaking:
        return _hold(prepared, given, place, leaking.found)


def release(held: models.Held, *, by: str, why: str, registry: Registry | None = None) -> Outcome:
    """Publishes a document that was held back; who answers for it and why is kept with it.

    Raises:
        ValueError: no name or no reason is given, or one with a number in it; or the same source
            has since published something else of its kind for the meeting, which this would take
            the place of.
    """
    if not by.strip() or not why.strip():
        raise ValueError("Skriv, hvem der frigiver dokumentet, og hvorfor.")
    if guard.leaks_beside({"by": by, "why": why}):
        raise ValueError(
            "Grunden og navnet bliver vist sammen med dokumentet, og der står noget i dem, der "
            "ligner et CPR-nummer. Skriv dem uden."
        )
    kept = json.loads(zlib.decompress(held.packed))
    given = _Given(**kept["given"])
    minutes = Minutes.from_dict({**json.loads(kept["document"]), "source": None})
    if _corrected_since(held, given, minutes):
        raise ValueError(
            "Kilden har siden offentliggjort et rettet dokument for mødet, og det ville dette "
            "træde i stedet for. Dokumentet bliver liggende, som det er."
        )
    with alone():
        outcome = _enter(
            prepare(minutes), given, {}, registry or Registry(), (by.strip(), why.strip())
        )
        held.delete()
    return outcome


def _corrected_since(held: models.Held, given: _Given, minutes: Minutes) -> bool:
    later = models.Publication.objects.filter(
        source_id=given.source_id,
        kind=minutes.kind,
        meeting__date=minutes.date,
        published_at__gt=held.held_at,
    )
    return later.exists()


class _Leaking(Exception):
    """Something that is to be published looks like CPR numbers, and nobody has answered for it."""

    def __init__(self, found: list[guard.Leak]) -> None:
        super().__init__()
        self.found = found


def _leaks(prepared: Prepared, given: _Given) -> list[guard.Leak]:
    """What looks like CPR numbers, in the document and beside it, and was not published before."""
    beside = asdict(given)
    found = [*prepared.leaks, *guard.leaks_beside(beside)]
    if not found:
        return []
    published = list(
        models.Publication.objects.filter(sha256=prepared.sha256)
        .select_related("meeting__body__municipality")
        .defer("packed")
    )
    texts = {text for one in published for text in _texts_beside(one)}
    return [*([] if published else prepared.leaks), *guard.leaks_beside(beside, texts)]


def _texts_beside(publication: models.Publication) -> Iterator[str]:
    """What was published with a document."""
    body = publication.meeting.body
    yield from publication.links.values()
    yield from (publication.source_id, publication.source_name, publication.address)
    yield from (publication.reason, body.name, body.municipality.name)


@alone()
def _hold(
    prepared: Prepared, given: _Given, place: places.Place, found: list[guard.Leak]
) -> Outcome:
    kept = {"document": prepared.text, "given": asdict(given)}
    held, _ = models.Held.objects.get_or_create(
        sha256=prepared.sha256,
        defaults={
            "title": str(place)[:300],
            "findings": [leak.to_dict() for leak in found],
            "packed": packed(canonical_json(kept)),
            "held_at": timezone.now(),
        },
    )
    where = "; ".join(str(leak) for leak in found)
    message = (
        f"Holdt tilbage: Der står noget, der ligner et CPR-nummer ({where}). Ret dokumentet, eller "
        f"frigiv det med »sagsgang release {held.pk} --by NAVN --why GRUND«, hvis det er noget "
        "andet."
    )
    return Outcome("held", held=held, message=message)


def _enter(
    prepared: Prepared,
    given: _Given,
    files: Mapping[str, models.StoredFile],
    registry: Registry,
    released: tuple[str, str] = ("", ""),
    unindexed: list[Entry] | None = None,
) -> Outcome:
    """Stores the document; once more with fresh knowledge where another process came first.

    Raises:
        _Leaking: it is not released, and something new in it is to be held back.
    """
    with suppress(IntegrityError), _forgotten_if_it_fails(registry):
        return _stored(prepared, given, files, registry, released, unindexed)
    with _forgotten_if_it_fails(registry):
        return _stored(prepared, given, files, registry, released, unindexed)


@contextmanager
def _forgotten_if_it_fails(registry: Registry) -> Iterator[None]:
    """Lets the registry forget what was rolled back."""
    try:
        yield
    except BaseException:
        registry.forget()
        raise


@alone()
def _stored(
    prepared: Prepared,
    given: _Given,
    files: Mapping[str, models.StoredFile],
    registry: Registry,
    released: tuple[str, str],
    unindexed: list[Entry] | None,
) -> Outcome:
    minutes = prepared.minutes
    place = places.place_of(minutes, given.municipality, given.committee)
    body = registry.body(place.municipality, place.committee)
    was = _was(given, prepared, body)
    meeting = places.meeting_of(body, minutes, was.meeting if was else "")
    strand, earlier = _earlier(meeting, prepared, given.source_id, was)
    if known := _known(earlier, prepared.sha256, given.source_id, was):
        return Outcome("unchanged", known)
    if not any(released) and (found := _leaks(prepared, given)):
        raise _Leaking(found)
    publication = models.Publication(
        meeting=meeting,
        strand=strand,
        version=_version(earlier, was),
        kind=minutes.kind,
        sha256=prepared.sha256,
        packed=prepared.packed,
        links=given.links,
        reader=__version__,
        source_id=given.source_id,
        source_name=str(given.source.get("name") or "")[:300],
        source_sha256=given.source.get("sha256") or "",
        media_type=(given.source.get("media_type") or "")[:100],
        address=given.address,
        fetched_at=datetime.datetime.fromisoformat(given.fetched_at),
        published_at=timezone.now(),
        reason=given.reason or _reason(earlier, given.source),
        released_by=released[0],
        released_why=released[1],
    )
    if was and was.version == publication.version:
        publication.archived_as = was.address
    number([publication])
    insert(models.Publication, [publication])
    entries: list[Entry] = []
    if not earlier or publication.version > earlier[-1].version:
        entries = current.put(publication, prepared, registry.people(body.municipality), files)
    if unindexed is None:
        index.add(entries)
    editions.move(body.municipality_id)
    if unindexed is not None:
        unindexed += entries
    return Outcome("changed" if earlier else "new", publication)


def _was(given: _Given, prepared: Prepared, body: Body) -> Archived | None:
    """Where the document stood in another archive, if it is the same document at the same place."""
    was = Archived(**given.archived) if given.archived else None
    if was is None or was.sha256 != prepared.sha256:
        return None
    if strands.is_late(prepared.minutes) != (was.strand != strands.MAIN):
        return None
    return was if was.body == f"{body.municipality.slug}/{body.slug}" else None


def _version(earlier: list[models.Publication], was: Archived | None) -> int:
    """The number that the document had, if that is free; otherwise the next one."""
    if was and was.version not in {one.version for one in earlier}:
        return was.version
    return earlier[-1].version + 1 if earlier else 1


def _earlier(
    meeting: models.Meeting, prepared: Prepared, source_id: str, was: Archived | None
) -> tuple[str, list[models.Publication]]:
    """The strand that the document belongs in, and its versions that there are."""
    publications = models.Publication.objects.filter(meeting=meeting).order_by("version")
    late = strands.is_late(prepared.minutes)
    if current.is_new(meeting):
        found = []
    elif late:
        found = list(publications.exclude(strand=strands.MAIN))
    else:
        found = list(publications.filter(strand=strands.MAIN).defer("packed"))
    wanted = was.strand if was else ""
    strand = strands.strand_of(prepared.minutes, prepared.sha256, source_id, found, wanted)
    return strand, [one for one in found if one.strand == strand]


def _known(
    earlier: list[models.Publication], sha256: str, source_id: str, was: Archived | None
) -> models.Publication | None:
    """The version that says the same already.

    Content that an earlier version had is new again only where its own source has had other
    content since: that is a correction taken back. An exported document tells itself whether it
    came after all that is here.
    """
    same = [one for one in earlier if one.sha256 == sha256]
    if not same:
        return None
    if same[-1] is earlier[-1]:
        return same[-1]
    if was:
        newer = was.version > earlier[-1].version and was.is_after(earlier[-1].published_at)
        return None if newer else same[-1]
    latest_of_source = [one for one in earlier if one.source_id == source_id]
    if latest_of_source and latest_of_source[-1].sha256 != sha256:
        return None
    return same[-1]


def _reason(earlier: list[models.Publication], source: Mapping[str, Any]) -> str:
    """What can be told of why there is a new version, where nobody has told it."""
    sha256 = source.get("sha256")
    if sha256 and any(one.source_sha256 == sha256 for one in earlier):
        return "Den samme fil er læst igen med en nyere udgave af Sagsgang."
    return ""
