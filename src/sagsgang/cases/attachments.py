"""Attachments: handed in, looked through, and frozen with each revision of the presentation.

The bytes lie in the working house's store, named by their hash, and are never changed: a file that
is replaced stays for the revisions that had it. Each of these actions makes a new revision.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings

from sagsgang.archive import files
from sagsgang.archive.harvest.attachments import LONGEST_TEXT, text_of
from sagsgang.minutes.danish.cpr import find_cpr
from sagsgang.minutes.words import Words

from . import scanning
from .accounts import User
from .media_types import media_type_of
from .models import Attachment, File, Presentation, Version
from .refused import Refused
from .revisions import attached, attached_in, demand_editing, revising

_LONGEST_NAME: Final = 200
_LONGEST_TITLE: Final = 300
_MEGABYTE: Final = 2**20


def add(
    actor: User,
    presentation: Presentation,
    name: str,
    data: bytes,
    *,
    revision: int,
    title: str = "",
    closed: bool = False,
) -> Attachment:
    """Puts a file last among the attachments; its name is its title, where it has no other.

    `revision` is that which the actor had before them.

    Raises:
        Forbidden: the actor may not.
        Refused: the presentation is no draft, or the file is too large, not what it is called, or
            has a virus in it.
        EditedMeanwhile: somebody else has saved since.
        OSError: the file cannot be written.
    """
    demand_editing(actor, presentation)
    file = handed_in(name, data)
    with revising(actor, presentation, revision, "attachment.add") as stored:
        file = kept(file, data)
        return Attachment.objects.create(
            presentation=stored,
            position=stored.attachments.count() + 1,
            title=(title or Path(name).stem)[:_LONGEST_TITLE],
            closed=closed,
            name=Path(name).name[-_LONGEST_NAME:],
            file=file,
        )


def replace(
    actor: User, attachment: Attachment, name: str, data: bytes, *, revision: int
) -> Attachment:
    """Another file in the attachment's place; the earlier revisions keep the one they had.

    Raises:
        as `add`.
    """
    demand_editing(actor, attachment.presentation)
    file = handed_in(name, data)
    with revising(actor, attachment.presentation, revision, "attachment.replace") as stored:
        found = stored.attachments.get(pk=attachment.pk)
        found.file, found.name = kept(file, data), Path(name).name[-_LONGEST_NAME:]
        found.save()
        return found


def change(
    actor: User,
    attachment: Attachment,
    *,
    revision: int,
    title: str | None = None,
    closed: bool | None = None,
) -> Attachment:
    """The attachment with another title, closed or open.

    Raises:
        as `add`.
    """
    with revising(actor, attachment.presentation, revision, "attachment.change") as stored:
        found = stored.attachments.get(pk=attachment.pk)
        found.title = found.title if title is None else title[:_LONGEST_TITLE]
        found.closed = found.closed if closed is None else closed
        found.save()
        return found


def move(actor: User, attachment: Attachment, position: int, *, revision: int) -> None:
    """Puts the attachment at a position from 1; the others make room.

    Raises:
        as `add`.
    """
    with revising(actor, attachment.presentation, revision, "attachment.move") as stored:
        others = list(stored.attachments.exclude(pk=attachment.pk).order_by("position"))
        others.insert(max(0, position - 1), stored.attachments.get(pk=attachment.pk))
        _number(others)


def remove(actor: User, attachment: Attachment, *, revision: int) -> None:
    """Takes the attachment off; the earlier revisions keep it.

    Raises:
        as `add`.
    """
    with revising(actor, attachment.presentation, revision, "attachment.remove") as stored:
        stored.attachments.filter(pk=attachment.pk).delete()
        _number(list(stored.attachments.order_by("position")))


def bytes_of(sha256: str) -> bytes:
    """A file's bytes.

    Raises:
        OSError: it cannot be read.
    """
    return _path(sha256).read_bytes()


def with_cpr(presentation: Presentation) -> list[str]:
    """The titles of open attachments with something in them that looks like a CPR number."""
    titles = {one.sha256: one.title for one in attached(presentation) if not one.closed}
    there = File.objects.filter(sha256__in=titles).order_by("pk")
    return [titles[file.sha256] for file in there if find_cpr(file.text)]


def lost() -> Iterator[str]:
    """The names of attachments, in any revision, whose file is not there or is another."""
    names = {
        one.sha256: one.name
        for content in Version.objects.values_list("content", flat=True).iterator()
        for one in attached_in(content)
    }
    for sha256, name in sorted(names.items(), key=lambda pair: pair[1]):
        try:
            whole = hashlib.sha256(bytes_of(sha256)).hexdigest() == sha256
        except OSError:
            whole = False
        if not whole:
            yield name


def _path(sha256: str) -> Path:
    return files.path_of(sha256, settings.WORKING_ROOT)


def handed_in(name: str, data: bytes) -> File:
    """A row for a file that may be kept, not saved yet.

    Raises:
        Refused: the file is too large, not what it is called, or has a virus in it.
    """
    if len(data) > settings.ATTACHMENT_MB * _MEGABYTE:
        most = settings.ATTACHMENT_MB
        raise Refused(
            Words(
                f"»{name}« er for stor. Et bilag må højst fylde {most} MB.",
                f"“{name}” is too large. An attachment may be {most} MB at most.",
            )
        )
    media_type = media_type_of(name, data)
    scanned = scanning.scan(data)
    return File(
        size=len(data),
        media_type=media_type,
        text=text_of(data)[:LONGEST_TEXT].replace("\0", ""),
        scanned=scanned,
    )


def kept(file: File, data: bytes) -> File:
    """The row of a file that is in the store now.

    Raises:
        OSError: it cannot be written.
    """
    sha256 = files.keep(data, settings.WORKING_ROOT)
    fields = {name: getattr(file, name) for name in ("size", "media_type", "text", "scanned")}
    return File.objects.get_or_create(sha256=sha256, defaults=fields)[0]


def _number(attachments: list[Attachment]) -> None:
    for position, one in enumerate(attachments, 1):
        if one.position != position:
            Attachment.objects.filter(pk=one.pk).update(position=position)
