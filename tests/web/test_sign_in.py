"""Sign-in to the working house, and that the public pages know nothing of it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client
from django.urls import get_resolver

from sagsgang.cases import log
from sagsgang.cases.models import Entry, Position, User
from sagsgang.web.sign_in import invitations

pytestmark = pytest.mark.django_db
PASSWORD = "heste ost lampe"
LOGIN = "/arbejde/konto/log-ind/"


@pytest.fixture
def bo() -> User:
    user = invitations.invite("bo@lindvig.dk", "Bo Holm")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture(autouse=True)
def uncounted(db) -> None:
    """Failed attempts of other tests do not count."""
    from django.core.cache import cache

    cache.clear()


def sign_in(client: Client, password: str = PASSWORD):
    return client.post(LOGIN, {"login": "bo@lindvig.dk", "password": password})


@pytest.fixture(autouse=True)
def _code_of_half_a_minute_ago(settings) -> None:
    """A code that is asked for at the end of its half minute is answered for in the next."""
    settings.MFA_TOTP_TOLERANCE = 1


def code_of(secret: str) -> str:
    _before, now, _after = yield_hotp_counters_from_time()
    return f"{hotp_value(secret, now):06}"


class TestThePublicPages:
    @pytest.mark.parametrize("address", ["/", "/soeg/?q=job", "/om/", "/kilder/", "/findes/ikke/"])
    def test_set_no_cookie_and_vary_by_language_alone(self, client, address):
        response = client.get(address)
        assert not response.cookies
        assert {each.strip() for each in response.headers["Vary"].split(",")} <= {
            "Cookie", "Accept-Encoding", "HX-Request",
        }  # fmt: skip

    def test_look_up_no_session_for_one_who_works_here(self, client, bo, django_assert_num_queries):
        client.force_login(bo)
        with django_assert_num_queries(0):
            assert "no-store" not in client.get("/om/").headers.get("Cache-Control", "")

    def test_the_cookie_of_the_session_is_kept_from_them(self, client, bo):
        sign_in(client)
        assert client.cookies["arbejde"]["path"] == "/arbejde/"
        assert client.cookies["arbejde"]["httponly"]

    def test_robots_are_told_to_stay_out(self, client):
        assert "Disallow: /arbejde/\n" in client.get("/robots.txt").content.decode()


class TestTheDoor:
    def test_every_page_is_closed_to_those_who_are_not_signed_in(self, client):
        house = get_resolver().resolve("/arbejde/").route
        assert house == "arbejde/"
        for address in addresses():
            response = client.get(address)
            assert response.status_code == 302, address
            assert response.headers["Location"].startswith(LOGIN), address

    def test_pages_are_kept_by_nobody_on_the_way(self, client, bo):
        client.force_login(bo)
        response = client.get("/arbejde/")
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert '<meta name="robots" content="noindex">' in response.content.decode()

    def test_a_part_of_a_page_is_not_replaced_by_the_sign_in_page(self, client):
        response = client.get("/arbejde/", headers={"HX-Request": "true"})
        assert response.headers["HX-Redirect"].startswith(LOGIN)

    def test_nobody_signs_up(self, client, bo):
        client.force_login(bo)
        assert client.get("/arbejde/konto/opret/").status_code == 404


class TestAPassword:
    def test_lets_in_after_a_second_factor_is_set_up(self, client, bo):
        assert sign_in(client).headers["Location"] == "/arbejde/"
        setting_up = client.get("/arbejde/").headers["Location"]
        assert setting_up == "/arbejde/konto/to-trin/opsaet/"
        page = client.get(setting_up)
        secret = page.context["form"].secret
        assert secret in page.content.decode()
        done = client.post(setting_up, {"code": code_of(secret)})
        assert done.headers["Location"] == "/arbejde/konto/noedkoder/"
        assert (
            len(
                re.findall(
                    r"<li><code>\d+</code>", client.get(done.headers["Location"]).content.decode()
                )
            )
            == 10
        )
        assert client.get("/arbejde/").status_code == 200

    def test_has_a_second_factor_whose_key_is_not_in_the_database(self, bo):
        secret = generate_totp_secret()
        TOTP.activate(bo, secret)
        assert secret not in str(bo.authenticator_set.get().data)

    def test_is_not_enough_once_there_is_a_second_factor(self, client, bo):
        secret = generate_totp_secret()
        TOTP.activate(bo, secret)
        assert sign_in(client).headers["Location"] == "/arbejde/konto/to-trin/kode/"
        assert client.get("/arbejde/").headers["Location"].startswith(LOGIN)
        wrong = client.post("/arbejde/konto/to-trin/kode/", {"code": "000000"})
        assert wrong.status_code == 200
        assert client.get("/arbejde/").status_code == 302
        client.post("/arbejde/konto/to-trin/kode/", {"code": code_of(secret)})
        assert client.get("/arbejde/").status_code == 200

    def test_that_is_wrong_is_told_in_danish_and_not_whose_fault_it_is(self, client, bo):
        wrong = sign_in(client, "ikke den rigtige").content.decode()
        unknown = client.post(
            LOGIN, {"login": "ukendt@lindvig.dk", "password": "x"}
        ).content.decode()
        told = "Mailadressen eller adgangskoden er forkert"
        assert told in wrong
        assert told in unknown

    def test_that_is_guessed_too_often_locks_the_door_for_the_right_one_too(self, client, bo):
        for _ in range(5):
            sign_in(client, "gæt")
        locked = sign_in(client)
        assert "Location" not in locked.headers
        assert "Vent fem minutter" in locked.content.decode()
        assert not client.session.get("_auth_user_id")

    def test_that_is_weak_is_refused_at_the_field(self, client):
        link = invitations.invitation(invitations.invite("ida@lindvig.dk"), "")
        weak = {"first_name": "Ida", "email": "ida@lindvig.dk", "password": "kort", "again": "kort"}
        page = client.post(link, weak)
        assert page.status_code == 422
        assert "mindst 12 tegn" in page.content.decode()
        assert 'value="Ida"' in page.content.decode()

    def test_that_is_forgotten_is_chosen_anew_by_mail(self, client, bo):
        client.post("/arbejde/konto/glemt/", {"email": "bo@lindvig.dk"})
        [sent] = mail.outbox
        assert "vælge en ny adgangskode" in sent.body
        link = re.search(r"http://testserver(/\S+)", sent.body)[1]
        form = client.get(link).headers["Location"]
        new = {"password1": "nye ord i en sætning", "password2": "nye ord i en sætning"}
        assert client.post(form, new).headers["Location"] == "/arbejde/konto/glemt/skiftet/"
        assert sign_in(client, "nye ord i en sætning").headers["Location"] == "/arbejde/"
        assert Entry.objects.filter(action="account.password").exists()
        assert list(log.verify()) == []

    def test_is_not_mailed_with_an_address_that_the_asker_wrote(self, client, bo, settings):
        settings.EMAIL_BACKEND, settings.SITE_ADDRESS = "example.smtp.EmailBackend", ""
        asked = {"email": "bo@lindvig.dk"}
        answer = client.post("/arbejde/konto/glemt/", asked, headers={"host": "ond.example"})
        assert answer.status_code == 200
        assert mail.outbox == []

    def test_of_nobody_is_not_mailed_to(self, client):
        client.post("/arbejde/konto/glemt/", {"email": "ukendt@lindvig.dk"})
        assert mail.outbox == []


class TestAnInvitation:
    def test_is_spent_when_it_is_used(self, client):
        link = invitations.invitation(
            invitations.invite("ida@lindvig.dk"), "https://sag.lindvig.dk"
        )
        assert link.startswith("https://sag.lindvig.dk/arbejde/konto/invitation/")
        path = link.removeprefix("https://sag.lindvig.dk")
        chosen = {
            "first_name": "Ida",
            "email": "Ida@lindvig.dk",
            "password": PASSWORD,
            "again": PASSWORD,
        }
        assert client.post(path, chosen).headers["Location"] == LOGIN
        assert client.get(path).status_code == 410
        assert User.objects.get(username="ida@lindvig.dk").check_password(PASSWORD)

    def test_is_worth_nothing_when_it_is_altered_or_old(self, client, settings):
        link = invitations.invitation(invitations.invite("ida@lindvig.dk"), "")
        assert client.get(f"{link[:-4]}abc/").status_code == 410
        settings.PASSWORD_RESET_TIMEOUT = -1
        assert client.get(link).status_code == 410

    def test_is_worth_nothing_once_another_has_been_used(self, client):
        ida = invitations.invite("ida@lindvig.dk")
        other, link = invitations.invitation(ida, ""), invitations.invitation(ida, "")
        client.post(link, {"first_name": "Ida", "password": PASSWORD, "again": PASSWORD})
        assert client.get(other).status_code == 410

    def test_cannot_be_used_as_an_entry(self, client):
        link = invitations.invitation(invitations.invite("ida@lindvig.dk"), "")
        assert client.get(link.replace("/invitation/", "/ind/")).status_code == 410

    def test_for_the_first_administrator_is_given_until_somebody_can_sign_in(self, client):
        first = invitations.first_administrator()
        assert first == invitations.first_administrator()
        assert [one.role for one in first.positions.all()] == [Position.ADMINISTRATOR]
        assert list(log.verify()) == []
        chosen = {
            "first_name": "Eva",
            "email": "eva@lindvig.dk",
            "password": PASSWORD,
            "again": PASSWORD,
        }
        client.post(invitations.invitation(first, ""), chosen)
        assert invitations.first_administrator() is None

    def test_is_to_the_address_that_was_invited(self, client):
        ida = invitations.invite("ida@lindvig.dk")
        chosen = {
            "first_name": "Ida",
            "email": "direktoer@lindvig.dk",
            "password": PASSWORD,
            "again": PASSWORD,
        }
        assert client.post(invitations.invitation(ida, ""), chosen).headers["Location"] == LOGIN
        ida.refresh_from_db()
        assert (ida.username, ida.email) == ("ida@lindvig.dk", "ida@lindvig.dk")

    def test_lets_nobody_take_an_address_that_is_another_s(self, client):
        link = invitations.invitation(invitations.first_administrator(), "")
        invitations.invite("bo@lindvig.dk")
        chosen = {
            "first_name": "Ida",
            "email": "BO@lindvig.dk",
            "password": PASSWORD,
            "again": PASSWORD,
        }
        assert "bruges af en anden" in client.post(link, chosen).content.decode()


class TestAnEntry:
    def test_is_used_by_a_button_once(self, client, bo):
        link = invitations.entry(bo, "")
        assert client.get(link).status_code == 200
        assert client.get(link).status_code == 200
        assert client.post(link).headers["Location"] == "/arbejde/"
        assert client.get("/arbejde/").status_code == 200
        assert client.get(link).status_code == 410

    def test_does_not_stand_for_a_second_factor(self, client, bo):
        link = invitations.entry(bo, "")
        TOTP.activate(bo, generate_totp_secret())
        assert client.post(link).status_code == 410


def test_a_page_can_ask_when_somebody_last_signed_in(client, bo):
    sign_in(client)
    asked = client.get("/arbejde/konto/").wsgi_request.confirmed_at()
    assert dt.datetime.now(dt.UTC) - asked < dt.timedelta(minutes=10)
    other = Client()
    other.force_login(bo)
    assert other.get("/arbejde/konto/").wsgi_request.confirmed_at() is None


def test_a_closed_account_does_not_get_in(client, bo):
    bo.is_active = False
    bo.save()
    assert sign_in(client).headers["Location"] == "/arbejde/konto/lukket/"
    assert client.get("/arbejde/").status_code == 302


def test_my_account_tells_my_roles(client, bo):
    with log.action(None, "position.give", bo):
        Position.objects.create(user=bo, role=Position.AUDITOR, since=dt.date(2026, 1, 1))
    client.force_login(bo)
    page = client.get("/arbejde/konto/").content.decode()
    assert "Revisor" in page
    assert "1. januar 2026" in page


def addresses() -> list[str]:
    """An address of each page of the working house that does not say itself that it is open."""
    found = []

    def gather(patterns, before: str) -> None:
        for one in patterns:
            route = before + re.sub(r"<\w+:\w+>", "1", str(one.pattern).strip("^$"))
            if hasattr(one, "url_patterns"):
                gather(one.url_patterns, route)
            elif getattr(one.callback, "login_required", True) and "(?P" not in route:
                found.append("/" + route)

    house = next(one for one in get_resolver().url_patterns if str(one.pattern) == "arbejde/")
    gather(house.url_patterns, "arbejde/")
    assert len(found) >= 10
    return found
