"""Sealing: final minutes become files that the municipality signs with its certificate.

Two files are sealed: the public minutes, which the archive names beside the publication, with the
same file unsigned (PDF/A-3 and PDF/UA-1, for readers whose programs stumble over signatures), and
the whole minutes, closed items included, which stay in the working house. Each carries its document
as JSON. After a correction the minutes are sealed anew; the files from before stay.
"""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db.models import F, Max, Q
from django.utils import timezone

from sagsgang.archive import files, sealed
from sagsgang.archive.models import Publication, StoredFile
from sagsgang.cases import log
from sagsgang.cases.models import File, User
from sagsgang.cases.refused import Refused
from sagsgang.cases.rights import demand
from sagsgang.minutes import Minutes
from sagsgang.minutes.words import Words
from sagsgang.minutes.writers.pdf import to_pdf
from sagsgang.minutes.writers.style import Style

from . import documents, kept_minutes, pades
from .models import Meeting, Seal

_PDF: Final = "application/pdf"


def seal(actor: User | None, meeting: Meeting, reason: str = "") -> Seal:
    """The sealed minutes as they stand; they are published, if they are not yet.

    What is sealed already is not sealed again.

    Raises:
        Forbidden: the actor may not; `None` is the program itself.
        Refused: the minutes are not final, there is no certificate, or the archive holds them back.
    """
    if actor is not None:
        demand(actor, "meeting.publish", meeting.body)
    certificate = certificate_of_house()
    with log.action(actor, "minutes.seal", meeting, reason):
        stored = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if stored.state != Meeting.SIGNED:
            raise Refused(
                Words(
                    "Referatet kan forsegles, når alle har godkendt det, eller fristen er udløbet.",
                    "The minutes can be sealed when all have approved them, or time is up.",
                )
            )
        kept = kept_minutes.latest(stored)
        publication = documents.publish(kept.public, reason)
        known = stored.seals.filter(sha256__in=kept.hashes, publication=publication.sha256).first()
        if known:
            return known
        whole = _sealed(kept.whole, kept.style, certificate)[1]
        _hand_over(publication, *_sealed(kept.public, kept.style, certificate))
        return Seal.objects.create(
            meeting=stored,
            version=stored.seals.count() + 1,
            sha256=kept.sha256,
            publication=publication.sha256,
            file=_kept_inside(whole),
            reason=reason,
            at=timezone.now(),
        )


def certificate_of_house() -> pades.Certificate:
    """The installation's certificate, or the demonstration's.

    Raises:
        Refused: it has none.
    """
    path = sealed.certificate()
    if path is None:
        raise Refused(
            Words(
                "Der er intet certifikat at forsegle med. Bed it-afdelingen sætte "
                "SAGSGANG_SEAL_CERTIFICATE.",
                "There is no certificate to seal with. Ask the IT department to set "
                "SAGSGANG_SEAL_CERTIFICATE.",
            )
        )
    return pades.Certificate(path, settings.SEAL_PASSWORD, settings.SEAL_TIMESTAMPS)


def due() -> list[Meeting]:
    """The meetings whose minutes are final, and are not sealed as they stand."""
    return list(
        Meeting.objects.filter(state=Meeting.SIGNED)
        .annotate(sealed_at=Max("seals__at"), corrected_at=Max("items__corrections__at"))
        .filter(Q(sealed_at=None) | Q(corrected_at__gt=F("sealed_at")))
        .select_related("body__municipality")
        .order_by("date")
    )


def _sealed(
    minutes: Minutes, printed: Style, certificate: pades.Certificate
) -> tuple[bytes, bytes]:
    """The minutes on paper, as they are kept, and the same with the seal."""
    paper = to_pdf(minutes, printed, documents.pictures(minutes), as_it_stands=True)
    return paper, pades.signed(paper, certificate, "Godkendt referat")


def _hand_over(publication: Publication, paper: bytes, signed: bytes) -> None:
    sealed.name(publication, _kept_outside(signed), _kept_outside(paper))


def _kept_outside(data: bytes) -> StoredFile:
    fields = {"size": len(data), "media_type": _PDF}
    return StoredFile.objects.get_or_create(sha256=files.keep(data), defaults=fields)[0]


def _kept_inside(data: bytes) -> File:
    sha256 = files.keep(data, settings.WORKING_ROOT)
    fields = {"size": len(data), "media_type": _PDF}
    return File.objects.get_or_create(sha256=sha256, defaults=fields)[0]
