"""Sealed files of publications: minutes that a municipality has signed, as they were handed over.

A publication never changes; its sealed file stands beside it, and is named once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django.conf import settings

from . import editions
from .models import Publication, SealedFile, StoredFile
from .writing import alone

TRIAL_CERTIFICATE: Final = "segl.p12"
TRIAL_ROOT: Final = "rod.pem"
"""In `settings.TRIAL_SEAL`: a certificate to try seals with, and what it can be checked against."""


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


def certificate() -> Path | None:
    """The certificate that this installation seals with: its own, else the one for trial."""
    if settings.SEAL_CERTIFICATE:
        return Path(settings.SEAL_CERTIFICATE)
    trial = settings.TRIAL_SEAL / TRIAL_CERTIFICATE
    return trial if trial.exists() else None


def trial_root() -> Path | None:
    """What seals can be checked against where they are for trial; `None` where they are real."""
    root: Path = settings.TRIAL_SEAL / TRIAL_ROOT
    return root if root.exists() and not settings.SEAL_CERTIFICATE else None
