"""A municipality's identity provider that speaks SAML 2, for tests: it signs what it is told to."""

from __future__ import annotations

import base64
import datetime as dt
import uuid
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, quote_plus, urlsplit

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from lxml import etree

ENTITY = "https://login.lindvig.example/saml"
ADDRESS = f"{ENTITY}/sso"
EID = "https://data.gov.dk/model/core/eid"
_NAMES = {
    "md": "urn:oasis:names:tc:SAML:2.0:metadata",
    "saml": "urn:oasis:names:tc:SAML:2.0:assertion",
    "samlp": "urn:oasis:names:tc:SAML:2.0:protocol",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
}
_SPACES = " ".join(f'xmlns:{name}="{address}"' for name, address in _NAMES.items())


@dataclass
class Keys:
    """A key with its own certificate."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate

    @classmethod
    def made(cls, name: str) -> Keys:
        key = rsa.generate_private_key(65537, 2048)
        called = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        now = dt.datetime.now(dt.UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(called)
            .issuer_name(called)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=1))
            .sign(key, hashes.SHA256())
        )
        return cls(key, certificate)

    @property
    def private(self) -> bytes:
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )

    @property
    def public(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def base64(self) -> str:
        der = self.certificate.public_bytes(serialization.Encoding.DER)
        return base64.b64encode(der).decode()

    def protected(self, password: str) -> bytes:
        """As a PKCS #12 file."""
        return serialization.pkcs12.serialize_key_and_certificates(
            b"sagsgang", self.key, self.certificate, None,
            serialization.BestAvailableEncryption(password.encode()),
        )  # fmt: skip


@dataclass
class Asked:
    """A request for somebody to sign in, as it came by the address."""

    id: str
    back: str
    entity: str
    signed: str
    """The part of the address that a signature covers; empty where there is none."""
    signature: bytes


def asked(address: str) -> Asked:
    """The request that an address carries."""
    query = urlsplit(address).query
    given = {name: values[0] for name, values in parse_qs(query).items()}
    root = etree.fromstring(zlib.decompress(base64.b64decode(given["SAMLRequest"]), -15))
    signature = base64.b64decode(given.get("Signature", ""))
    parts = {one.partition("=")[0]: one for one in query.split("&")}
    covered = [parts[name] for name in ("SAMLRequest", "RelayState", "SigAlg") if name in parts]
    return Asked(
        root.get("ID"),
        root.get("AssertionConsumerServiceURL"),
        root.findtext("saml:Issuer", namespaces=_NAMES),
        "&".join(covered) if signature else "",
        signature,
    )


def signed_by(request: Asked, certificate_text: str) -> bool:
    """Whether the owner of the certificate signed the request; raises where another did."""
    certificate = x509.load_der_x509_certificate(base64.b64decode(certificate_text))
    certificate.public_key().verify(
        request.signature, request.signed.encode(), padding.PKCS1v15(), hashes.SHA256()
    )
    return True


@dataclass
class IdentityProvider:
    """Says of whoever asks that they are the one it was told to be."""

    keys: Keys = field(default_factory=lambda: Keys.made("login.lindvig.example"))
    subject: str = "https://data.gov.dk/model/core/eid/professional/uuid/b-1"
    form: str = "persistent"
    told: dict[str, str] = field(
        default_factory=lambda: {
            "https://data.gov.dk/model/core/specVersion": "OIO-SAML-3.0",
            "https://data.gov.dk/concept/core/nsis/loa": "Substantial",
            f"{EID}/email": "bo@lindvig.dk",
            f"{EID}/fullName": "Bo Holm",
            f"{EID}/cprNumber": "0101010101",
        }
    )

    def metadata(self, folder: Path) -> Path:
        file = folder / "idp.xml"
        file.write_text(
            f'<md:EntityDescriptor {_SPACES} entityID="{ENTITY}"><md:IDPSSODescriptor '
            'protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">'
            '<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>'
            f"{self.keys.base64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
            "</md:KeyDescriptor><md:SingleSignOnService Binding="
            f'"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{ADDRESS}"/>'
            "<md:SingleLogoutService Binding="
            f'"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{ENTITY}/slo"/>'
            "</md:IDPSSODescriptor></md:EntityDescriptor>"
        )
        return file

    def answer(
        self,
        request: Asked,
        *,
        signed: bool = True,
        audience: str = "",
        unasked: bool = False,
        minutes: int = 5,
        cipher_for: bytes = b"",
    ) -> str:
        """What the browser posts back."""
        now = dt.datetime.now(dt.UTC).replace(microsecond=0, tzinfo=None)
        ends = f"{(now + dt.timedelta(minutes=minutes)).isoformat()}Z"
        begun = f"{(now + dt.timedelta(minutes=minutes - 10)).isoformat()}Z"
        to = "" if unasked else f' InResponseTo="{request.id}"'
        attributes = "".join(
            f'<saml:Attribute Name="{name}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format'
            f':uri"><saml:AttributeValue>{value}</saml:AttributeValue></saml:Attribute>'
            for name, value in self.told.items()
        )
        response = etree.fromstring(
            f'<samlp:Response {_SPACES} ID="_{uuid.uuid4().hex}" Version="2.0" '
            f'IssueInstant="{now.isoformat()}Z" Destination="{request.back}"{to}>'
            f"<saml:Issuer>{ENTITY}</saml:Issuer><samlp:Status><samlp:StatusCode "
            'Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>'
            f'<saml:Assertion ID="_{uuid.uuid4().hex}" Version="2.0" '
            f'IssueInstant="{now.isoformat()}Z"><saml:Issuer>{ENTITY}</saml:Issuer>'
            "<saml:Subject><saml:NameID "
            f'Format="urn:oasis:names:tc:SAML:2.0:nameid-format:{self.form}">{self.subject}'
            '</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">'
            f'<saml:SubjectConfirmationData NotOnOrAfter="{ends}" Recipient="{request.back}"{to}/>'
            f'</saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{begun}" '
            f'NotOnOrAfter="{ends}"><saml:AudienceRestriction><saml:Audience>'
            f"{audience or request.entity}</saml:Audience></saml:AudienceRestriction>"
            f'</saml:Conditions><saml:AuthnStatement AuthnInstant="{now.isoformat()}Z" '
            'SessionIndex="_s1"><saml:AuthnContext><saml:AuthnContextClassRef>'
            "urn:oasis:names:tc:SAML:2.0:ac:classes:X509</saml:AuthnContextClassRef>"
            "</saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>"
            f"{attributes}</saml:AttributeStatement></saml:Assertion></samlp:Response>"
        )
        assertion = response.find("saml:Assertion", _NAMES)
        if signed:
            self._sign(assertion)
        if cipher_for:
            _encipher(assertion, cipher_for)
        return base64.b64encode(etree.tostring(response)).decode()

    def sign_out(self, address: str) -> dict[str, str]:
        """What the browser takes along to sign out at the address."""
        now = dt.datetime.now(dt.UTC).replace(microsecond=0, tzinfo=None)
        request = (
            f'<samlp:LogoutRequest {_SPACES} ID="_{uuid.uuid4().hex}" Version="2.0" '
            f'IssueInstant="{now.isoformat()}Z" Destination="{address}">'
            f"<saml:Issuer>{ENTITY}</saml:Issuer><saml:NameID "
            f'Format="urn:oasis:names:tc:SAML:2.0:nameid-format:{self.form}">{self.subject}'
            "</saml:NameID></samlp:LogoutRequest>"
        )
        packer = zlib.compressobj(wbits=-15)
        packed = packer.compress(request.encode()) + packer.flush()
        told = {
            "SAMLRequest": base64.b64encode(packed).decode(),
            "SigAlg": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        }
        covered = "&".join(f"{name}={quote_plus(value)}" for name, value in told.items())
        signature = self.keys.key.sign(covered.encode(), padding.PKCS1v15(), hashes.SHA256())
        return told | {"Signature": base64.b64encode(signature).decode()}

    def _sign(self, assertion: etree._Element) -> None:
        signature = xmlsec.template.create(
            assertion, xmlsec.Transform.EXCL_C14N, xmlsec.Transform.RSA_SHA256, ns="ds"
        )
        assertion.insert(1, signature)
        reference = xmlsec.template.add_reference(
            signature, xmlsec.Transform.SHA256, uri=f"#{assertion.get('ID')}"
        )
        xmlsec.template.add_transform(reference, xmlsec.Transform.ENVELOPED)
        xmlsec.template.add_transform(reference, xmlsec.Transform.EXCL_C14N)
        xmlsec.template.add_x509_data(xmlsec.template.ensure_key_info(signature))
        xmlsec.tree.add_ids(assertion, ["ID"])
        context = xmlsec.SignatureContext()
        context.key = xmlsec.Key.from_memory(self.keys.private, xmlsec.KeyFormat.PEM)
        context.key.load_cert_from_memory(self.keys.public, xmlsec.KeyFormat.PEM)
        context.sign(signature)


def _encipher(assertion: etree._Element, certificate: bytes) -> None:
    """Puts the assertion, enciphered for the certificate's owner, in its own place."""
    holder = etree.Element(f"{{{_NAMES['saml']}}}EncryptedAssertion")
    assertion.getparent().replace(assertion, holder)
    holder.append(assertion)
    template = xmlsec.template.encrypted_data_create(
        holder, xmlsec.Transform.AES256, type=xmlsec.EncryptionType.ELEMENT, ns="xenc"
    )
    xmlsec.template.encrypted_data_ensure_cipher_value(template)
    info = xmlsec.template.encrypted_data_ensure_key_info(template, ns="dsig")
    wrapped = xmlsec.template.add_encrypted_key(info, xmlsec.Transform.RSA_OAEP)
    xmlsec.template.encrypted_data_ensure_cipher_value(wrapped)
    manager = xmlsec.KeysManager()
    manager.add_key(xmlsec.Key.from_memory(certificate, xmlsec.KeyFormat.CERT_PEM))
    context = xmlsec.EncryptionContext(manager)
    context.key = xmlsec.Key.generate(xmlsec.KeyData.AES, 256, xmlsec.KeyDataType.SESSION)
    context.encrypt_xml(template, assertion)
