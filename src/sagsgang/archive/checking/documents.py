"""Whether a meeting's publications are whole, in order, and the right ones current."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator

from sagsgang.minutes import ContractError, Minutes

from ..canonical import hash_of
from ..models import Meeting, Publication
from ..strands import LATE, MAIN, is_late, latest_of
from .fault import Fault


def opened(publication: Publication, place: str) -> tuple[Minutes | None, Fault | None]:
    """The document of a publication, and what is wrong with it."""
    try:
        text = publication.text
        minutes = Minutes.from_dict({**json.loads(text), "source": None})
    except (zlib.error, ValueError, TypeError, ContractError) as error:
        return None, Fault(
            place,
            f"Dokumentet kan ikke læses ({type(error).__name__}).",
            f"The document cannot be read ({type(error).__name__}).",
        )
    if hash_of(text) != publication.sha256:
        return minutes, Fault(
            place,
            "Dokumentet er ikke det, der blev offentliggjort: Dets hash er en anden.",
            "The document is not the one that was published: its hash is another.",
        )
    late = publication.strand != MAIN
    if (minutes.kind, is_late(minutes)) != (publication.kind, late):
        return minutes, Fault(
            place,
            "Dokumentet er af en anden slags, end der er noteret.",
            "The document is of another kind than is noted.",
        )
    return minutes, None


def holes(publications: Iterable[Publication], place: str) -> Iterator[Fault]:
    """A fault for each strand that lacks a version.

    One that came from another archive has kept its number; those before it may never have come.
    """
    strands: dict[str, list[Publication]] = defaultdict(list)
    for publication in sorted(publications, key=lambda one: one.version):
        strands[publication.strand].append(publication)
    for found in strands.values():
        before = [0, *(one.version for one in found)]
        if any(
            one.version != last + 1 and not one.archived_as
            for one, last in zip(found, before, strict=False)
        ):
            told = ", ".join(str(one.version) for one in found)
            yield Fault(
                place,
                f"Der mangler en version: Der er kun {told}.",
                f"A version is missing: there are only {told}.",
            )


def current_of(publications: Iterable[Publication]) -> Publication | None:
    """The publication that is to be a meeting's current one: its last minutes, or last agenda."""
    current = None
    for publication in sorted(publications, key=lambda one: one.version):
        if publication.strand != MAIN:
            continue
        if current is None or publication.kind == "minutes" or current.kind != "minutes":
            current = publication
    return current


def shown(publications: Iterable[Publication]) -> list[Publication]:
    """The publications that a meeting's rows come from: until there are minutes, it may be many."""
    publications = list(publications)
    current = current_of(publications)
    if current is not None and current.kind == "minutes":
        return [current]
    return [*([current] if current else []), *latest_of(publications)]


def kind_of(publications: Iterable[Publication]) -> str:
    """What a meeting is said to have: the kind of its current document, or of its supplements."""
    current = current_of(publications)
    return current.kind if current else LATE


def misplaced(meeting: Meeting, publications: list[Publication], place: str) -> Iterator[Fault]:
    """A fault where a meeting does not point to the right publications, or is of another kind."""
    current = current_of(publications)
    expected = (current and current.pk, kind_of(publications))
    if not publications:
        yield Fault(place, "Mødet har intet dokument.", "The meeting has no document.", meeting.pk)
    elif expected != (meeting.current_id, meeting.kind):
        yield Fault(
            place,
            "Mødet viser ikke det dokument, der gælder.",
            "The meeting does not show the document that is in force.",
            meeting.pk,
        )
