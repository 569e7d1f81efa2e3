"""Attachments' files: fetched, looked through, and kept in the store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from sagsgang.minutes import Minutes, UnreadableDocument
from sagsgang.minutes.danish.cpr import find_cpr
from sagsgang.minutes.reader.compose import compose, plain
from sagsgang.minutes.sources import open_blocks
from sagsgang.minutes.sources.detection import kind_of

from .. import files
from ..models import Enclosure, StoredFile
from .problems import Lasting, Problem, Stopped, Withheld
from .site import Site
from .visitor import Answer

LONGEST_TEXT: Final = 2_000_000
_LONGEST_TYPE: Final = 100
_UNKNOWN: Final = "application/octet-stream"
_MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class Files(NamedTuple):
    """Files by the address of their attachment, what went wrong, and whether all were dealt with.

    What the site refuses or no longer has is dealt with; what may come another time is not.
    """

    stored: dict[str, StoredFile]
    problems: tuple[Problem, ...]
    complete: bool


NONE: Final = Files({}, (), complete=False)


def fetch_files(site: Site, minutes: Minutes) -> Files:
    """The files of the open items' attachments, kept in the store; rows are not saved yet.

    A file that was fetched from its address before is not fetched again: an attachment that is
    changed gets a new id.

    Raises:
        Stopped: the site is not to be asked for more now.
        OSError: a file cannot be written.
    """
    wanted = dict(open_attachments(site, minutes))
    stored = _fetched_before(wanted)
    problems: list[Problem] = []
    complete = True
    for address, title in wanted.items():
        if address in stored:
            continue
        try:
            stored[address] = _kept(site.file(address))
        except Stopped:
            raise
        except Problem as problem:
            complete = complete and isinstance(problem, Lasting)
            problems.append(_named(title, problem))
    return Files(stored, tuple(problems), complete)


def open_attachments(site: Site, minutes: Minutes) -> Iterator[tuple[str, str]]:
    """Address and title of each attachment of the open items that lies on the site itself."""
    for item in minutes.items:
        for attachment in () if item.closed else item.attachments:
            address = attachment.address or ""
            if address.startswith(f"{site.home}/"):
                yield address, attachment.title


def text_of(data: bytes) -> str:
    """What can be read in a file; `""` where that is nothing."""
    try:
        blocks = open_blocks(data).blocks
    except UnreadableDocument:
        return ""
    return plain(compose(blocks))


def media_type_of(answer: Answer) -> str:
    """What a file is, told from its bytes where they tell it, otherwise as the site says."""
    try:
        known = _MEDIA_TYPES.get(kind_of(answer.data))
    except UnreadableDocument:
        known = None
    return known or answer.media_type[:_LONGEST_TYPE] or _UNKNOWN


def _fetched_before(addresses: dict[str, str]) -> dict[str, StoredFile]:
    enclosures = Enclosure.objects.filter(address__in=list(addresses), file__isnull=False)
    return {one.address: one.file for one in enclosures.select_related("file")}


def _kept(answer: Answer) -> StoredFile:
    """An unsaved row for a file that is in the store now.

    Raises:
        Withheld: there is something in it that looks like a CPR number; it is not kept.
    """
    text = text_of(answer.data)
    if find_cpr(text):
        raise Withheld(
            "der står noget i filen, der ligner et CPR-nummer, så den er ikke gemt. Se på bilaget "
            "hos kommunen, og gør den opmærksom på det.",
            "there is something in the file that looks like a CPR number, so it was not kept. "
            "Look at the attachment on the municipality's site, and make them aware of it.",
        )
    return StoredFile(
        sha256=files.keep(answer.data),
        size=len(answer.data),
        media_type=media_type_of(answer),
        text=text[:LONGEST_TEXT],
    )


def _named(title: str, problem: Problem) -> Problem:
    # What is withheld stays so by its kind: the record must not name it.
    kind = Withheld if isinstance(problem, Withheld) else Problem
    return kind(
        f"Bilaget »{title}«: {problem.danish}", f"The attachment “{title}”: {problem.english}"
    )


def saved(stored: dict[str, StoredFile]) -> dict[str, StoredFile]:
    """The files with rows in the database, those that it has already among them."""
    rows: dict[str, StoredFile] = {}
    for address, file in stored.items():
        if file.pk is None:
            fields = {"size": file.size, "media_type": file.media_type, "text": file.text}
            file, _ = StoredFile.objects.get_or_create(sha256=file.sha256, defaults=fields)
        rows[address] = file
    return rows
