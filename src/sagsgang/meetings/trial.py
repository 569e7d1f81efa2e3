"""A certificate to try seals with: from an authority made on the spot, which nobody trusts.

It is made for the demonstration and for tests, and says in its names that it is for trial. Where an
installation has no certificate of its own and its data folder has this one, it seals with it, and
the pages say so.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from sagsgang.archive.sealed import TRIAL_CERTIFICATE, TRIAL_ROOT

AUTHORITY: Final = "Prøve-CA"
_LASTS: Final = dt.timedelta(days=365)
_USES: Final = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
    "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


def make(folder: Path, organisation: str, password: str = "") -> None:
    """Puts a new authority's root (PEM) in the folder, and a seal of its for the organisation.

    The seal's certificate and key are a PKCS #12 file, which only its owner can read. The
    authority's own key is kept nowhere.
    """
    folder.mkdir(parents=True, exist_ok=True)
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    issuer = _name(organisation, AUTHORITY)
    root = _certificate(issuer, root_key, issuer, root_key, "key_cert_sign")
    subject = _name(organisation, "Prøvesegl")
    own = _certificate(subject, key, issuer, root_key, "digital_signature", "content_commitment")
    locked: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if password:
        locked = serialization.BestAvailableEncryption(password.encode())
    seal = folder / TRIAL_CERTIFICATE
    seal.touch(mode=0o600)
    seal.write_bytes(pkcs12.serialize_key_and_certificates(b"segl", key, own, [root], locked))
    (folder / TRIAL_ROOT).write_bytes(root.public_bytes(serialization.Encoding.PEM))


def _certificate(
    subject: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    by: ec.EllipticCurvePrivateKey,
    *uses: str,
) -> x509.Certificate:
    now = dt.datetime.now(dt.UTC)
    ca = x509.BasicConstraints(ca="key_cert_sign" in uses, path_length=None)
    own, theirs = key.public_key(), by.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(own)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + _LASTS)
        .add_extension(ca, critical=True)
        .add_extension(x509.KeyUsage(**{use: use in uses for use in _USES}), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(theirs), critical=False)
        .sign(by, hashes.SHA256())
    )


def _name(organisation: str, common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "DK"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{common} – kun til afprøvning"),
        ]
    )
