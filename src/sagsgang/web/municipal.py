"""The municipality's own sign-in, as the environment tells of it: OpenID Connect, SAML 2, or both.

SAML is spoken as OIOSAML 3 (the Danish agency for digital government's profile) has it: the
assertion is signed; with a certificate of our own, requests are signed too and assertions come
enciphered. Context Handler and ADFS speak it.
"""

from __future__ import annotations

import importlib
import os
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from lxml import etree

SLUG: Final = "kommune"
"""What the sign-in is called in addresses."""
PERSISTENT: Final = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
ASSURANCE: Final = ("Low", "Substantial", "High")
"""NSIS's levels of assurance, the lowest first (National Standard for Identiteters
Sikringsniveauer, as OIOSAML 3 names them)."""
_REDIRECT: Final = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
_SAML: Final = {"md": "urn:oasis:names:tc:SAML:2.0:metadata"}
# An account is known by its mail address the first time, and afterwards by who they are there.
_KNOWN: Final = {"email_authentication": True, "verified_email": True}


class SignInUnusable(Exception):
    """The sign-in cannot be used as it is set up; the message says why and what to do."""


class IdentityProvider(NamedTuple):
    """Who says who somebody is: its name and where one signs in, as its metadata tells."""

    entity: str
    address: str


def providers() -> dict[str, Any]:
    """django-allauth's `SOCIALACCOUNT_PROVIDERS`, for what the environment sets up.

    Raises:
        SignInUnusable: SAML's metadata or certificate cannot be read, its level of assurance is
            none of NSIS's, or its library is not there.
    """
    issuer, metadata = _issuer(), _metadata()
    return {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [_openid(issuer)] if issuer else []},
        "saml": {"APPS": [_saml(metadata)] if metadata else []},
    }


def origins() -> list[str]:
    """The sites that a form of sign-in leads on to."""
    metadata = _metadata()
    addresses = [_issuer(), identity_provider(metadata).address if metadata else ""]
    parts = [urlsplit(address) for address in addresses]
    return [f"{one.scheme}://{one.netloc}" for one in parts if one.netloc]


def identity_provider(metadata: Path) -> IdentityProvider:
    """What a metadata file says of the identity provider.

    Raises:
        SignInUnusable: it cannot be read, or tells of none that is reached by a redirect.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.parse(metadata, parser).getroot()
    except (OSError, etree.XMLSyntaxError) as error:
        raise SignInUnusable(
            f"Metadatafilen {metadata} kan ikke læses ({error}). Ret SAGSGANG_SAML_METADATA."
        ) from None
    service = "md:IDPSSODescriptor/md:SingleSignOnService[@Binding=$binding]/@Location"
    for entity in root.xpath("descendant-or-self::md:EntityDescriptor", namespaces=_SAML):
        found = entity.xpath(service, namespaces=_SAML, binding=_REDIRECT)
        if found:
            return IdentityProvider(entity.get("entityID", ""), str(found[0]))
    raise SignInUnusable(
        f"Metadatafilen {metadata} fortæller ikke, hvor man logger ind. Bed om kommunens egne "
        "metadata (IdP) med binding HTTP-Redirect."
    )


def _issuer() -> str:
    return os.environ.get("SAGSGANG_OIDC_ISSUER", "").rstrip("/")


def _metadata() -> Path | None:
    named = os.environ.get("SAGSGANG_SAML_METADATA", "")
    return Path(named).absolute() if named else None


def _openid(issuer: str) -> dict[str, Any]:
    return {
        "provider_id": SLUG,
        "name": os.environ.get("SAGSGANG_OIDC_NAME", "Kommunens login"),
        "client_id": os.environ.get("SAGSGANG_OIDC_CLIENT", ""),
        "secret": os.environ.get("SAGSGANG_OIDC_SECRET", ""),
        "settings": {"server_url": issuer, **_KNOWN},
    }


def _saml(metadata: Path) -> dict[str, Any]:
    _see_to_library()
    entity = identity_provider(metadata).entity
    own = _certificate()
    return {
        "provider_id": entity,
        "client_id": SLUG,
        "name": os.environ.get("SAGSGANG_SAML_NAME", "Kommunens login"),
        "settings": {
            **_KNOWN,
            "assurance": _assurance(),
            # Read again each minute: a provider that changes its key sends new metadata.
            "idp": {
                "entity_id": entity,
                "metadata_url": metadata.as_uri(),
                "metadata_cache_timeout": 60,
            },
            "sp": {"entity_id": os.environ.get("SAGSGANG_SAML_ENTITY") or None},
            "advanced": {
                "strict": True,
                "allow_single_label_domains": True,  # http://sagsgang within the house
                "name_id_format": PERSISTENT,
                "want_name_id": True,
                "want_assertion_signed": True,
                "want_assertion_encrypted": bool(own),
                "authn_request_signed": bool(own),
                "logout_request_signed": bool(own),
                "logout_response_signed": bool(own),
                "metadata_signed": bool(own),
                "reject_idp_initiated_sso": os.environ.get("SAGSGANG_SAML_UNASKED") != "1",
                **own,
            },
        },
    }


def _assurance() -> str:
    """The level of assurance that is asked for; empty where any will do."""
    named = os.environ.get("SAGSGANG_SAML_ASSURANCE", "")
    if named and named not in ASSURANCE:
        raise SignInUnusable(
            f"SAGSGANG_SAML_ASSURANCE er {named}. Skriv et af NSIS' sikringsniveauer: "
            f"{', '.join(ASSURANCE)}."
        )
    return named


def _see_to_library() -> None:
    try:
        importlib.import_module("onelogin.saml2.auth")
    except ImportError:
        raise SignInUnusable(
            "SAML kræver en udvidelse. Installér den: pip install 'sagsgang[saml]'"
        ) from None
    except Exception as error:  # xmlsec's own: it was built with another libxml2 than lxml
        raise SignInUnusable(
            f"SAML's bibliotek passer ikke til de andre ({error}). Installér det igen: "
            "pip install --upgrade --force-reinstall xmlsec lxml"
        ) from None


def _certificate() -> dict[str, str]:
    """Our own key and certificate, as PEM; nothing where none is named."""
    named = os.environ.get("SAGSGANG_SAML_CERTIFICATE", "")
    if not named:
        return {}
    password = os.environ.get("SAGSGANG_SAML_PASSWORD", "").encode() or None
    try:
        key, certificate, _more = pkcs12.load_key_and_certificates(
            Path(named).read_bytes(), password
        )
    except (OSError, ValueError) as error:
        raise SignInUnusable(
            f"Certifikatet {named} kan ikke åbnes ({error}). Ret SAGSGANG_SAML_CERTIFICATE og "
            "SAGSGANG_SAML_PASSWORD."
        ) from None
    if key is None or certificate is None:
        raise SignInUnusable(f"I {named} er der ikke både et certifikat og dets nøgle.")
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return {
        "x509cert": certificate.public_bytes(Encoding.PEM).decode(),
        "private_key": private.decode(),
    }
