"""A certification authority for tests, and the seal it gives Lindvig Kommune."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

PASSWORD = "lindvig"
USES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
    "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


class Authority(NamedTuple):
    """The root's certificate as PEM, and the municipality's with its key as PKCS #12."""

    root: Path
    seal: Path


def make(folder: Path) -> Authority:
    """A new authority, its files in the folder."""
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = _certificate("Prøve-CA", root_key, "Prøve-CA", root_key, "key_cert_sign")
    own = _certificate("Segl", key, "Prøve-CA", root_key, "digital_signature", "content_commitment")
    found = Authority(folder / "rod.pem", folder / "segl.p12")
    found.root.write_bytes(root.public_bytes(serialization.Encoding.PEM))
    locked = serialization.BestAvailableEncryption(PASSWORD.encode())
    found.seal.write_bytes(pkcs12.serialize_key_and_certificates(b"segl", key, own, [root], locked))
    return found


def _certificate(
    subject: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    by: ec.EllipticCurvePrivateKey,
    *uses: str,
) -> x509.Certificate:
    now = datetime.datetime.now(datetime.UTC)
    day = datetime.timedelta(days=1)
    ca = x509.BasicConstraints(ca="key_cert_sign" in uses, path_length=None)
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - day)
        .not_valid_after(now + 365 * day)
        .add_extension(ca, critical=True)
        .add_extension(x509.KeyUsage(**{use: use in uses for use in USES}), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False
        )
        .sign(by, hashes.SHA256())
    )


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "DK"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Lindvig Kommune"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )
