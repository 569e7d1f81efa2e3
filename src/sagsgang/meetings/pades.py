"""Signatures in PDF files: PAdES (ETSI EN 319 142), made and checked by pyHanko.

The signature is added after the file's bytes and covers all of them: nothing is changed in what was
there, so that it stays PDF/A-3. It has no picture on the page.
"""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sagsgang.cases.refused import Refused
from sagsgang.minutes.words import Words

FIELD: Final = "Segl"


@dataclass(frozen=True, slots=True)
class Certificate:
    """The municipality's certificate with its key, as a PKCS #12 file.

    `timestamps` is the address of an authority that answers for when (RFC 3161), if there is one.
    """

    path: Path
    password: str = ""
    timestamps: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file's signature proves.

    `whole` is whether every byte of the file is covered by it and as it was; `trusted` whether its
    certificate leads to one of those that are trusted; `stamped` whether a time-stamping authority
    answers for `at`.
    """

    whole: bool
    trusted: bool
    by: str
    at: datetime | None
    stamped: bool

    @property
    def holds(self) -> bool:
        """Whether the file is what the certificate's owner signed."""
        return self.whole and self.trusted


class Unsigned(Exception):
    """A file that has no signature, or is no PDF that can be read."""


def installed() -> bool:
    """Whether pyHanko is there."""
    return importlib.util.find_spec("pyhanko") is not None


def signed(data: bytes, certificate: Certificate, reason: str) -> bytes:
    """The PDF with the signature after it.

    Raises:
        Refused: pyHanko is not there, the certificate cannot be opened, or nobody answers for the
            time.
    """
    try:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import fields, signers, timestamps
        from pyhanko.sign.timestamps import TimestampRequestError
    except ImportError as error:
        raise not_installed() from error
    signer = signers.SimpleSigner.load_pkcs12(
        str(certificate.path), passphrase=certificate.password.encode("utf-8") or None
    )
    if signer is None:
        raise Refused(
            Words(
                f"Certifikatet {certificate.path.name} kan ikke åbnes. Se, om filen er der, og om "
                "adgangskoden er rigtig.",
                f"The certificate {certificate.path.name} cannot be opened. See whether the file "
                "is there, and the password is right.",
            )
        )
    about = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=reason,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    stamper = timestamps.HTTPTimeStamper(certificate.timestamps) if certificate.timestamps else None
    try:
        written = signers.PdfSigner(about, signer, timestamper=stamper).sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(data))
        )
    except TimestampRequestError as error:
        raise Refused(
            Words(
                "Tidsstemplet kunne ikke hentes. Referatet er ikke forseglet; prøv igen om lidt.",
                "The time stamp could not be had. The minutes are not sealed; try again soon.",
            )
        ) from error
    return bytes(written.getvalue())


def checked(data: bytes, roots: Sequence[Path]) -> Checked:
    """What the file's signature proves, where `roots` (PEM files) are trusted.

    Raises:
        Unsigned: there is none.
        Refused: pyHanko is not there.
        OSError: a file of roots cannot be read.
    """
    try:
        from pyhanko.keys import load_certs_from_pemder
        from pyhanko.pdf_utils.misc import PdfError
        from pyhanko.pdf_utils.reader import PdfFileReader
        from pyhanko.sign.validation import validate_pdf_signature
        from pyhanko.sign.validation.errors import SignatureValidationError
        from pyhanko_certvalidator import ValidationContext
    except ImportError as error:
        raise not_installed() from error
    trusted = list(load_certs_from_pemder([str(path) for path in roots]))
    try:
        [signature] = PdfFileReader(io.BytesIO(data)).embedded_signatures
        status: Any = validate_pdf_signature(signature, ValidationContext(trust_roots=trusted))
    except (PdfError, SignatureValidationError, ValueError) as error:
        raise Unsigned(str(error)) from error
    stamp = status.timestamp_validity
    return Checked(
        whole=status.intact and status.valid and _covers_all(status) and status.docmdp_ok,
        trusted=status.trusted,
        by=status.signing_cert.subject.human_friendly,
        at=stamp.timestamp if stamp else status.signer_reported_dt,
        stamped=bool(stamp and stamp.intact and stamp.valid),
    )


def _covers_all(status: Any) -> bool:
    return str(status.coverage.name) == "ENTIRE_FILE"


def not_installed() -> Refused:
    """What to say where pyHanko is not there."""
    return Refused(
        Words(
            "Forsegling kræver en udvidelse: pip install 'sagsgang[seal]'.",
            "Sealing needs an extension: pip install 'sagsgang[seal]'.",
        )
    )
