"""Asking for mails: no account, confirmed by the address's owner, ended by one press."""

from __future__ import annotations

import datetime
import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from sagsgang.archive.publishing import publish
from sagsgang.archive.subscriptions.models import Subscription
from sagsgang.archive.subscriptions.signing_up import forget_unconfirmed

from ..documents import meeting

pytestmark = pytest.mark.django_db

BODY = "/lindvig/beskaeftigelsesudvalget/"
CASE = "/lindvig/sag/22-18533/"
PERSON = "/lindvig/person/jens-moelgaard/"


@pytest.fixture(autouse=True)
def archive(settings) -> None:
    settings.SUBSCRIPTIONS_PER_HOUR = 10**6
    publish(meeting())


@pytest.fixture
def ask(client):
    def send(email: str = "anna@eksempel.dk", side: str = BODY, pace: str = "now", **more):
        return client.post("/foelg/", {"email": email, "side": side, "pace": pace}, **more)

    return send


def link(message: mail.EmailMessage) -> str:
    """The path of the link in a mail."""
    [found] = set(re.findall(r"http://testserver(/foelg/[0-9a-f]{64}/)", message.body))
    return found


def page(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("side", ["/", "/lindvig/", BODY, CASE, PERSON])
def test_everything_that_has_a_page_can_be_followed(client, ask, side):
    form = page(client.get("/foelg/", {"side": side}))
    assert f'<input type="hidden" name="side" value="{side}">' in form
    assert f'href="{side}feed.atom"' in form
    assert f'href="{side}kalender.ics?kommende=1"' in form
    assert ask(side=side).headers["Location"] == "/foelg/sendt/"
    client.post(f"{link(mail.outbox[0])}bekraeft/")
    assert Subscription.objects.get().subject == side


def test_nothing_is_followed_until_the_owner_of_the_address_says_so(client, ask):
    ask()
    [message] = mail.outbox
    assert message.to == ["anna@eksempel.dk"]
    assert message.subject == "Bekræft, at du vil følge Beskæftigelsesudvalget, Lindvig"
    # A program that looks at the links of mails opens them, and presses nothing.
    assert "Ja, jeg vil følge" in page(client.get(link(message)))
    assert Subscription.objects.get().confirmed_at is None
    confirmed = client.post(f"{link(message)}bekraeft/", follow=True)
    assert "Du får en mail på anna@eksempel.dk" in page(confirmed)
    assert Subscription.objects.get().confirmed_at is not None


def test_the_form_tells_what_is_wrong_and_keeps_what_was_typed(client, ask):
    response = ask(email="anna@", pace="daily")
    assert response.status_code == 422
    told = page(response)
    assert "Skriv en hel mailadresse" in told
    assert 'value="anna@"' in told
    assert 'aria-invalid="true"' in told
    assert 'value="daily" checked' in told
    assert "Skriv din mailadresse." in page(ask(email=""))
    assert "hvor tit" in page(ask(pace="hele tiden"))
    assert mail.outbox == []


@pytest.mark.parametrize("side", ["", "/ingen/", "https://eksempel.dk/", "/lindvig", "/soeg/x/y/z"])
def test_what_cannot_be_followed_leads_to_what_can(client, ask, side):
    assert "Du kan følge en kommune" in page(client.get("/foelg/", {"side": side}))
    assert "Du kan følge en kommune" in page(ask(side=side))
    assert not Subscription.objects.exists()


def test_one_press_in_the_mail_program_ends_it(client, ask):
    ask()
    [message] = mail.outbox
    client.post(f"{link(message)}bekraeft/")
    way_out = message.extra_headers["List-Unsubscribe"]
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = re.fullmatch(r"<http://testserver(/.*)>", way_out)[1]
    # As RFC 8058 has it: a POST without cookies, from anywhere.
    receiver = Client(enforce_csrf_checks=True)
    response = receiver.post(path, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert not Subscription.objects.exists()
    assert receiver.post(path).status_code == 200


def test_a_link_alone_ends_nothing(client, ask):
    ask()
    response = client.get(f"{link(mail.outbox[0])}afmeld/")
    assert response.headers["Location"] == link(mail.outbox[0])
    assert Subscription.objects.exists()


def test_how_often_can_be_changed(client, ask):
    ask(pace="now")
    own = link(mail.outbox[0])
    client.post(f"{own}bekraeft/")
    client.post(f"{own}hvor-tit/", {"pace": "daily"})
    assert Subscription.objects.get().pace == "daily"
    client.post(f"{own}hvor-tit/", {"pace": "x" * 100})
    assert Subscription.objects.get().pace == "daily"


def test_the_site_does_not_tell_who_follows_what(client, ask):
    first = ask()
    client.post(f"{link(mail.outbox[0])}bekraeft/")
    Subscription.objects.update(asked_at=timezone.now() - datetime.timedelta(hours=1))
    second = ask(email="ANNA@eksempel.dk")
    assert (first.status_code, first.headers["Location"]) == (
        second.status_code,
        second.headers["Location"],
    )
    assert mail.outbox[1].subject == "Du følger allerede Beskæftigelsesudvalget, Lindvig"
    assert Subscription.objects.count() == 1


def test_nobody_is_sent_more_than_a_few_mails_that_they_did_not_ask_for(client, ask):
    for _ in range(3):
        ask()
    assert len(mail.outbox) == 1
    Subscription.objects.update(asked_at=timezone.now() - datetime.timedelta(minutes=11))
    ask()
    assert len(mail.outbox) == 2
    for day in range(1, 29):
        publish(meeting(date=f"2026-01-{day:02}", committee=f"Udvalg {day}"))
        ask(side=f"/lindvig/udvalg-{day}/")
    assert len(mail.outbox) == 11


def test_one_address_cannot_make_the_site_send_without_end(client, ask, settings):
    settings.SUBSCRIPTIONS_PER_HOUR = 2
    asker = {"REMOTE_ADDR": "192.0.2.77"}
    answers = [ask(email=f"{name}@eksempel.dk", **asker) for name in "abc"]
    assert [one.status_code for one in answers] == [302, 302, 429]
    assert 60 <= int(answers[2].headers["Retry-After"]) <= 1800
    assert len(mail.outbox) == 2


def test_what_nobody_confirms_is_forgotten(ask):
    ask()
    ask(email="bo@eksempel.dk")
    Subscription.objects.filter(email__startswith="bo").update(confirmed_at=timezone.now())
    forget_unconfirmed(timezone.now() + datetime.timedelta(hours=47))
    assert Subscription.objects.count() == 2
    forget_unconfirmed(timezone.now() + datetime.timedelta(hours=49))
    assert Subscription.objects.get().email == "bo@eksempel.dk"


def test_the_key_is_not_in_the_database(ask):
    ask()
    key = link(mail.outbox[0]).split("/")[2]
    stored = " ".join(str(value) for value in Subscription.objects.values_list()[0])
    assert key not in stored
    assert Subscription.objects.get().key == key


def test_pages_with_a_key_are_kept_nowhere_and_tell_nobody(client, ask):
    ask()
    response = client.get(link(mail.outbox[0]))
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in page(response)


@pytest.mark.parametrize("address", [BODY, CASE, PERSON, f"{BODY}2026-03-04/1/", "/lindvig/"])
def test_pages_lead_to_the_form_of_what_they_are_about(client, address):
    side = CASE if address.endswith("/1/") else address
    told = page(client.get(address))
    assert f'href="/foelg/?side={side}"' in told


def test_an_unknown_key_says_that_nothing_is_sent(client):
    response = client.get(f"/foelg/{'0' * 64}/")
    assert "Du får ikke flere mails" in page(response)
    for end in ("bekraeft", "hvor-tit", "afmeld"):
        assert client.post(f"/foelg/{'0' * 64}/{end}/").status_code == 200
        assert client.get(f"/foelg/{'0' * 64}/{end}/").status_code in (200, 405)


def test_the_form_cannot_be_sent_by_another_site():
    stranger = Client(enforce_csrf_checks=True)
    given = {"email": "anna@eksempel.dk", "side": BODY, "pace": "now"}
    assert stranger.post("/foelg/", given).status_code == 403
    assert mail.outbox == []


def test_a_mail_that_cannot_be_sent_is_told_at_the_form(ask, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.SITE_ADDRESS = "https://referater.eksempel.dk"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    response = ask()
    assert response.status_code == 503
    assert "Mailen kunne ikke sendes lige nu" in page(response)
    assert 'value="anna@eksempel.dk"' in page(response)


def test_real_mails_need_the_sites_own_address(client, ask, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert 'name="email"' not in page(client.get("/foelg/", {"side": BODY}))
    assert ask(headers={"Host": "ond.eksempel"}).status_code == 404


def test_the_mail_is_in_the_readers_language(client, ask):
    client.cookies["django_language"] = "en"
    ask()
    [message] = mail.outbox
    assert message.subject == "Confirm that you want to follow Beskæftigelsesudvalget, Lindvig"
    assert "Press here to begin" in message.body


def test_the_mail_has_both_forms_and_no_pictures(ask):
    ask()
    [message] = mail.outbox
    [(html, kind)] = message.alternatives
    assert kind == "text/html"
    assert link(message) in html
    assert "<img" not in html
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
