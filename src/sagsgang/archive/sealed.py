"""Sealed files of publications: minutes that a municipality has signed, as they were handed over.

A publication never changes; its sealed file stands beside it, and is named once.
"""

from __future__ import annotations

from . import editions
from .models import Publication, SealedFile, StoredFile
from .writing import alone


def name(publication: Publication, signed: StoredFile, unsigned: StoredFile) -> SealedFile:
    """Names the signed file of a publication, and the same file without the signature."""
    with alone():
        found, new = SealedFile.objects.get_or_create(
            publication=publication, defaults={"signed": signed, "unsigned": unsigned}
        )
        if new:
            editions.move(publication.meeting.body.municipality_id)
    return found


def of(publication: Publication | None) -> SealedFile | None:
    """The sealed file of a publication, if it has one."""
    return SealedFile.objects.filter(publication=publication).first() if publication else None
