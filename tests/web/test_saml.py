"""The municipality's own sign-in by SAML 2 (OIOSAML 3), against an identity provider of our own."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from django.core.cache import cache
from django.test import Client

from sagsgang.cases import log
from sagsgang.cases.models import User
from sagsgang.web import municipal
from sagsgang.web.municipal import SignInUnusable
from sagsgang.web.sign_in import invitations

pytest.importorskip("xmlsec", reason="SAML's library (sagsgang[saml]) is not installed")
from .identity_provider import ADDRESS, ENTITY, Asked, IdentityProvider, Keys, asked, signed_by

pytestmark = pytest.mark.django_db
ASSURANCE = "https://data.gov.dk/concept/core/nsis/loa"
HERE = "/arbejde/konto/saml/kommune/"


class Browser(Client):
    """One that says which site it asks, as all do."""

    def __init__(self) -> None:
        super().__init__(headers={"host": "testserver"})


@pytest.fixture
def client() -> Browser:
    return Browser()


@pytest.fixture(scope="module")
def keys() -> tuple[Keys, Keys, Keys]:
    """Those of the identity provider, our own, and somebody else's."""
    return Keys.made("login"), Keys.made("sagsgang"), Keys.made("anden")


@pytest.fixture
def provider(keys, tmp_path: Path, monkeypatch, settings) -> IdentityProvider:
    found = IdentityProvider(keys[0])
    monkeypatch.setenv("SAGSGANG_SAML_METADATA", str(found.metadata(tmp_path)))
    monkeypatch.setenv("SAGSGANG_SAML_NAME", "Lindvigs login")
    settings.SOCIALACCOUNT_PROVIDERS = municipal.providers()
    cache.clear()
    return found


@pytest.fixture
def bo(db: None) -> User:
    return invitations.invite("bo@lindvig.dk")


def set_out(client: Client, to: str = "/arbejde/sager/") -> Asked:
    """The request that somebody takes along to the identity provider."""
    sent = client.post(f"{HERE}login/?process=login&next={to}").headers["Location"]
    assert sent.startswith(f"{ADDRESS}?")
    return asked(sent)


def come_back(client: Client, answer: str):
    """The answer to what the browser brings back."""
    held = client.post(f"{HERE}acs/", {"SAMLResponse": answer, "RelayState": ""})
    assert held.headers["Location"] == f"{HERE}acs/finish/"
    return client.get(held.headers["Location"])


def refused(client: Client, answer: str) -> bool:
    page = come_back(client, answer)
    assert "Kommunens login svarede ikke" in page.content.decode()
    return client.get("/arbejde/").status_code == 302


def test_one_who_is_invited_comes_in_by_the_names_of_oiosaml(client, provider, bo):
    assert "Lindvigs login" in client.get("/arbejde/konto/log-ind/").content.decode()
    request = set_out(client)
    assert request.back == f"http://testserver{HERE}acs/"
    assert come_back(client, provider.answer(request)).headers["Location"] == "/arbejde/sager/"
    assert client.get("/arbejde/").wsgi_request.user == bo
    bo.refresh_from_db()
    assert bo.first_name == "Bo Holm"
    account = bo.socialaccount_set.get()
    assert (account.provider, account.uid) == (ENTITY, provider.subject)
    assert account.extra_data == {"name": "Bo Holm"}
    # The next time they are known by who they are there, though their address is another.
    provider.told |= {"https://data.gov.dk/model/core/eid/email": "ny@lindvig.dk"}
    other = Browser()
    come_back(other, provider.answer(set_out(other)))
    assert other.get("/arbejde/").wsgi_request.user == bo
    assert list(log.verify()) == []


def test_one_who_is_not_invited_is_told_whom_to_ask(client, provider):
    page = come_back(client, provider.answer(set_out(client))).content.decode()
    assert "<h1>Du er ikke inviteret endnu</h1>" in page
    assert not User.objects.exists()


def test_a_closed_account_stays_closed(client, provider, bo):
    bo.is_active = False
    bo.save()
    come_back(client, provider.answer(set_out(client)))
    assert client.get("/arbejde/").status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"signed": False},
        {"audience": "https://en.anden.example"},
        {"minutes": -10},
        {"minutes": 30},
        {"unasked": True},
    ],
    ids=["unsigned", "for another", "too old", "too early", "nobody asked"],
)
def test_an_assertion_that_is_wrong_lets_nobody_in(client, provider, bo, wrong):
    assert refused(client, provider.answer(set_out(client), **wrong))


def test_an_assertion_that_another_signed_or_that_was_changed_lets_nobody_in(
    client, provider, bo, keys
):
    assert refused(client, IdentityProvider(keys[2]).answer(set_out(client)))
    right = base64.b64decode(provider.answer(set_out(client)))
    changed = right.replace(b"bo@lindvig.dk", b"eva@lindvig.dk")
    invitations.invite("eva@lindvig.dk")
    assert refused(client, base64.b64encode(changed).decode())


def test_an_answer_is_used_once_and_by_the_one_who_asked(client, provider, bo):
    answer = provider.answer(set_out(client))
    assert refused(Browser(), answer)
    answer = provider.answer(set_out(client))
    assert come_back(client, answer).headers["Location"] == "/arbejde/sager/"
    client.post("/arbejde/konto/log-ud/")
    assert refused(client, answer)


def test_an_answer_that_nobody_asked_for_comes_in_once_where_the_site_lets_it(
    client, provider, bo, monkeypatch, settings
):
    monkeypatch.setenv("SAGSGANG_SAML_UNASKED", "1")
    settings.SOCIALACCOUNT_PROVIDERS = municipal.providers()
    answer = provider.answer(set_out(client), unasked=True)
    other = Browser()
    come_back(other, answer)
    assert other.get("/arbejde/").status_code == 200
    assert refused(Browser(), answer)


def test_a_subject_that_does_not_last_is_refused(client, provider, bo):
    provider.form = "transient"
    assert refused(client, provider.answer(set_out(client)))


def test_where_a_level_of_assurance_is_asked_for_a_lower_one_lets_nobody_in(
    client, provider, bo, monkeypatch, settings
):
    monkeypatch.setenv("SAGSGANG_SAML_ASSURANCE", "Substantial")
    settings.SOCIALACCOUNT_PROVIDERS = municipal.providers()
    right = provider.told.pop(ASSURANCE)
    assert refused(client, provider.answer(set_out(client)))
    provider.told[ASSURANCE] = "Low"
    assert refused(client, provider.answer(set_out(client)))
    for enough in (right, "High", f"{ASSURANCE}/Substantial"):
        provider.told[ASSURANCE] = enough
        answer = provider.answer(set_out(client))
        assert come_back(client, answer).headers["Location"] == "/arbejde/sager/"
        client.post("/arbejde/konto/log-ud/")


def test_with_a_certificate_requests_are_signed_and_assertions_come_enciphered(
    client, provider, bo, keys, tmp_path, monkeypatch, settings
):
    own = tmp_path / "sagsgang.p12"
    own.write_bytes(keys[1].protected("hemmelig"))
    monkeypatch.setenv("SAGSGANG_SAML_CERTIFICATE", str(own))
    monkeypatch.setenv("SAGSGANG_SAML_PASSWORD", "hemmelig")
    monkeypatch.setenv("SAGSGANG_SAML_ENTITY", "https://saml.sagsgang.lindvig.example")
    settings.SOCIALACCOUNT_PROVIDERS = municipal.providers()
    metadata = client.get(f"{HERE}metadata/").content.decode()
    assert 'entityID="https://saml.sagsgang.lindvig.example"' in metadata
    assert 'WantAssertionsSigned="true"' in metadata
    assert "SignatureValue" in metadata
    assert f"http://testserver{HERE}acs/" in metadata
    certificate = re.search(r'use="signing".*?X509Certificate>(.*?)<', metadata, re.DOTALL)[1]
    request = set_out(client)
    assert signed_by(request, certificate)
    with pytest.raises(InvalidSignature):
        signed_by(request, keys[2].base64)
    assert refused(client, provider.answer(request))
    answer = provider.answer(set_out(client), cipher_for=keys[1].public)
    assert come_back(client, answer).headers["Location"] == "/arbejde/sager/"


def test_a_sign_out_that_the_identity_provider_asks_for_is_signed(client, provider, bo, keys):
    client.force_login(bo)
    address = f"{HERE}sls/"
    asked_for = provider.sign_out(f"http://testserver{address}")
    unsigned = {name: value for name, value in asked_for.items() if name != "Signature"}
    another = IdentityProvider(keys[2]).sign_out(f"http://testserver{address}")
    for wrong in (unsigned, another):
        assert client.get(address, wrong).status_code == 400
    assert client.get("/arbejde/").status_code == 200
    assert client.get(address, asked_for).headers["Location"].startswith(f"{ENTITY}/slo?")
    assert client.get("/arbejde/").status_code == 302


def test_nothing_is_there_where_it_is_not_set_up(client, settings):
    for page in ("login", "metadata", "acs", "acs/finish", "sls"):
        assert client.get(f"{HERE}{page}/").status_code == 404


def test_what_is_set_up_wrongly_is_told(provider, tmp_path, monkeypatch):
    assert municipal.origins() == ["https://login.lindvig.example"]
    monkeypatch.setenv("SAGSGANG_SAML_ASSURANCE", "Betydelig")
    with pytest.raises(SignInUnusable, match="Substantial"):
        municipal.providers()
    monkeypatch.delenv("SAGSGANG_SAML_ASSURANCE")
    monkeypatch.setenv("SAGSGANG_SAML_CERTIFICATE", str(tmp_path / "idp.xml"))
    with pytest.raises(SignInUnusable, match="SAGSGANG_SAML_PASSWORD"):
        municipal.providers()
    (tmp_path / "idp.xml").write_text("<a/>")
    with pytest.raises(SignInUnusable, match="HTTP-Redirect"):
        municipal.providers()
    monkeypatch.setenv("SAGSGANG_SAML_METADATA", str(tmp_path / "findes-ikke.xml"))
    with pytest.raises(SignInUnusable, match="SAGSGANG_SAML_METADATA"):
        municipal.providers()
