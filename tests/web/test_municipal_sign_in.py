"""The municipality's own sign-in by OpenID Connect, against an identity provider on this machine."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.core import mail
from django.test import Client

from sagsgang.cases import log
from sagsgang.cases.models import User
from sagsgang.cases.refused import Refused
from sagsgang.web.sign_in import invitations, recovery

pytestmark = pytest.mark.django_db
BACK = "/arbejde/konto/oidc/kommune/login/callback/"


class Provider(ThreadingHTTPServer):
    """Says of whoever asks that they are the one it was told to be."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.claims = {"sub": "b-1", "email": "bo@lindvig.dk", "name": "Bo Holm"}
        self.challenge = ""
        self.broken = False


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        here = self.server.address
        if self.path.endswith("/.well-known/openid-configuration"):
            self.say({
                "issuer": here,
                "authorization_endpoint": f"{here}/authorize",
                "token_endpoint": f"{here}/token",
                "userinfo_endpoint": f"{here}/userinfo",
                "jwks_uri": f"{here}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            })  # fmt: skip
        else:
            self.say(self.server.claims)

    def do_POST(self) -> None:
        asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        digest = hashlib.sha256(asked["code_verifier"][0].encode()).digest()
        right = base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == self.server.challenge
        if self.server.broken or not right or asked["client_secret"] != ["hemmelig"]:
            return self.send_error(400)
        told = {
            **self.server.claims, "iss": self.server.address, "aud": "sagsgang",
            "exp": time.time() + 3600, "iat": time.time(),
        }  # fmt: skip
        token = jwt.encode(told, "k" * 32, "HS256")
        return self.say({"access_token": "t", "token_type": "Bearer", "id_token": token})

    def say(self, told: dict) -> None:
        data = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    server = Provider()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [{
        "provider_id": "kommune", "name": "Lindvigs login", "client_id": "sagsgang",
        "secret": "hemmelig",
        "settings": {"server_url": server.address, "email_authentication": True, "verified_email": True},
    }]}, "saml": {"APPS": []}}  # fmt: skip
    yield server
    server.shutdown()
    server.server_close()


def come_by(client: Client, provider: Provider):
    """The answer when somebody has been at the provider and comes back."""
    sent = client.post("/arbejde/konto/oidc/kommune/login/?process=login&next=/arbejde/sager/")
    asked = parse_qs(urlsplit(sent.headers["Location"]).query)
    assert asked["redirect_uri"] == [f"http://testserver{BACK}"]
    provider.challenge = asked["code_challenge"][0]
    return client.get(BACK, {"code": "c", "state": asked["state"][0]})


def test_the_button_is_there_where_it_is_set_up(client, provider):
    assert "Lindvigs login" in client.get("/arbejde/konto/log-ind/").content.decode()


def test_without_it_there_is_none(client):
    assert (
        "Log ind med kommunens login" not in client.get("/arbejde/konto/log-ind/").content.decode()
    )


def test_one_who_is_invited_comes_in_without_a_password_or_another_second_factor(client, provider):
    bo = invitations.invite("bo@lindvig.dk")
    provider.claims["cpr"] = "0101010101"
    answer = come_by(client, provider)
    assert answer.headers["Location"] == "/arbejde/sager/"
    page = client.get("/arbejde/")
    assert page.status_code == 200
    assert page.wsgi_request.user == bo
    assert str(page.wsgi_request.user) == "Bo Holm"
    assert come_by(Client(), provider).headers["Location"] == "/arbejde/sager/"
    assert bo.socialaccount_set.get().extra_data == {"name": "Bo Holm"}
    assert list(log.verify()) == []


def test_an_account_of_theirs_that_begins_anew_ends_its_sessions(client, provider):
    bo = invitations.invite("bo@lindvig.dk")
    come_by(client, provider)
    bo.refresh_from_db()
    recovery.begin_anew(bo)
    assert client.get("/arbejde/").status_code == 302
    assert not bo.socialaccount_set.exists()


def test_one_who_comes_by_it_gets_no_password_of_their_own(client, provider):
    invitations.invite("bo@lindvig.dk")
    come_by(client, provider)
    forgotten = "/arbejde/konto/glemt/"
    told = [
        Client().post(forgotten, {"email": f"{name}@lindvig.dk"}, follow=True)
        for name in ("bo", "ukendt")
    ]
    assert told[0].redirect_chain == told[1].redirect_chain == [(f"{forgotten}sendt/", 302)]
    assert told[0].context["page"] == told[1].context["page"]
    assert mail.outbox == []
    new = {"password1": "nye ord i en sætning", "password2": "nye ord i en sætning"}
    answer = client.post("/arbejde/konto/adgangskode/foerste/", new)
    assert answer.headers["Location"] == "/arbejde/konto/"
    assert not User.objects.get().has_usable_password()
    with pytest.raises(Refused, match="kommunens login"):
        invitations.invitation(User.objects.get(), "")


def test_a_password_from_before_lets_nobody_in_any_more(client, provider):
    bo = invitations.invite("bo@lindvig.dk")
    bo.set_password("heste ost lampe")
    bo.save()
    elsewhere = Client()
    elsewhere.force_login(bo)
    come_by(client, provider)
    assert client.get("/arbejde/").status_code == 200
    bo.refresh_from_db()
    assert not bo.has_usable_password()
    assert elsewhere.get("/arbejde/").status_code == 302
    window = Client()
    window.post("/arbejde/konto/log-ind/", {"login": bo.username, "password": "heste ost lampe"})
    assert window.get("/arbejde/").status_code == 302
    assert list(log.verify()) == []


def test_one_who_is_not_invited_is_told_whom_to_ask(client, provider):
    page = come_by(client, provider).content.decode()
    assert "<h1>Du er ikke inviteret endnu</h1>" in page
    assert "invitere dig" in page
    assert not User.objects.exists()
    assert client.get("/arbejde/").status_code == 302


def test_an_answer_that_is_wrong_lets_nobody_in(client, provider):
    invitations.invite("bo@lindvig.dk")
    provider.broken = True
    answer = come_by(client, provider)
    assert "Kommunens login svarede ikke" in answer.content.decode()
    assert client.get("/arbejde/").status_code == 302


def test_a_closed_account_stays_closed(client, provider):
    bo = invitations.invite("bo@lindvig.dk")
    bo.is_active = False
    bo.save()
    come_by(client, provider)
    assert client.get("/arbejde/").status_code == 302
