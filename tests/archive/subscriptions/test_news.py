"""What is sent: only what is new, once, to those whose time it is."""

from __future__ import annotations

import datetime
import hashlib
import smtplib
from dataclasses import replace
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from sagsgang.archive.models import Publication
from sagsgang.archive.publishing import Outcome
from sagsgang.archive.publishing import publish as publish_as_read
from sagsgang.archive.subjects import subject_at
from sagsgang.archive.subscriptions import sending
from sagsgang.archive.subscriptions.models import Subscription, Told
from sagsgang.archive.subscriptions.sending import Busy, Sent, send_news
from sagsgang.minutes import Decision, Minutes, Source

from ..documents import item, meeting

pytestmark = pytest.mark.django_db

BODY = "/lindvig/beskaeftigelsesudvalget/"
CASE = "/lindvig/sag/22-18533/"
PERSON = "/lindvig/person/jens-moelgaard/"
SITE = "https://referater.eksempel.dk"


def publish(minutes: Minutes, **given: str) -> Outcome:
    """Publishes the minutes as read from a file of their own."""
    own = hashlib.sha256(repr(minutes.items).encode()).hexdigest()
    return publish_as_read(replace(minutes, source=Source("r.md", "text/markdown", own)), **given)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch):
    """Sets the time: an hour of a day of March 2026, Danish time."""

    def at(day: int, hour: int, minute: int = 0) -> None:
        here = timezone.get_current_timezone()
        moment = datetime.datetime(2026, 3, day, hour, minute, tzinfo=here)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return at


@pytest.fixture(autouse=True)
def address(settings) -> None:
    settings.SITE_ADDRESS = SITE


@pytest.fixture
def follow():
    """A confirmed subscription."""

    def made(subject: str = BODY, pace: str = "now", email: str = "anna@eksempel.dk", **fields):
        subscription = Subscription(
            email=email,
            subject=subject,
            name=subject_at(subject).name,
            pace=pace,
            language="da",
            asked_at=timezone.now(),
            confirmed_at=timezone.now(),
        )
        for name, value in fields.items():
            setattr(subscription, name, value)
        subscription.take_key()
        subscription.save()
        return subscription

    return made


@pytest.fixture
def notify(tmp_path: Path):
    def run(now: datetime.datetime | None = None) -> Sent:
        return send_news(tmp_path, now)

    return run


def subjects() -> list[str]:
    return [message.subject for message in mail.outbox]


def test_what_was_there_before_is_no_news(follow, notify):
    publish(meeting(date="2026-03-04"))
    follow()
    assert notify() == Sent()
    publish(meeting(date="2026-04-01"))
    assert notify().mails == 1
    [message] = mail.outbox
    assert message.subject == "Referat: Beskæftigelsesudvalget, Lindvig, 1. april 2026"
    assert f"{SITE}{BODY}2026-04-01/" in message.body
    assert "2026-03-04" not in message.body
    assert "  1. Indsats for langtidsledige – Godkendt\n" in message.body


def test_nothing_is_sent_twice(follow, notify):
    publish(meeting())
    follow()
    publish(meeting(date="2026-04-01"))
    assert [notify().mails for _ in range(3)] == [1, 0, 0]


def test_several_meetings_are_one_mail(follow, notify):
    publish(meeting())
    follow()
    for day in (1, 8, 15):
        publish(meeting(date=f"2026-04-{day:02}"))
    notify()
    assert subjects() == ["Beskæftigelsesudvalget, Lindvig: nyt fra 3 møder"]


def test_a_mail_has_a_bound_and_counts_the_rest(follow, notify):
    publish(meeting())
    follow()
    for day in range(1, 32):
        publish(meeting(date=f"2026-05-{day:02}"))
        publish(meeting(date=f"2026-07-{day:02}"))
    assert notify().mails == 1
    assert "Og 32 møder mere." in mail.outbox[0].body
    assert mail.outbox[0].body.count("Referat: ") == 30
    assert notify().mails == 0


def test_a_change_is_told_as_one_with_its_reason(follow, notify):
    publish(meeting())
    follow()
    publish(meeting(item("1", "Rettet titel")), reason="Titlen på punkt 1 var forkert.")
    notify()
    assert subjects() == ["Ændret: Referat: Beskæftigelsesudvalget, Lindvig, 4. marts 2026"]
    assert "Titlen på punkt 1 var forkert." in mail.outbox[0].body


def test_a_file_read_again_by_a_newer_program_is_no_news(follow, notify):
    one = Source("referat.pdf", "application/pdf", "ab" * 32)
    publish_as_read(replace(meeting(item("1", "Læst på den gamle måde")), source=one))
    follow()
    publish_as_read(replace(meeting(item("1", "Læst på den nye måde")), source=one))
    assert Publication.objects.count() == 2
    assert notify().mails == 0


def test_a_case_is_followed_wherever_it_is_treated(follow, notify):
    publish(meeting(item("1")))
    follow(CASE)
    publish(meeting(item("1", "En anden sag", case_number="24/1"), date="2026-04-01"))
    assert notify().mails == 0
    decided = item("2", "Indsatsen igen", decisions=(Decision("Udsat.", "postponed"),))
    publish(
        meeting(item("1", "En anden sag", case_number="24/1"), decided, committee="Økonomiudvalget")
    )
    assert notify().mails == 1
    assert "  2. Indsatsen igen – Udsat\n" in mail.outbox[0].body
    assert "En anden sag" not in mail.outbox[0].body


def test_a_new_version_that_says_the_same_of_the_case_is_no_news_of_it(follow, notify):
    other = item("2", "En anden sag", case_number="24/1")
    publish(meeting(item("1"), other))
    follow(CASE)
    publish(meeting(item("1"), replace(other, title="Rettet")))
    assert notify().mails == 0
    publish(meeting(item("1", decisions=(Decision("Afvist.", "rejected"),)), other))
    assert notify().mails == 1


def test_a_person_is_followed_through_their_meetings(follow, notify):
    publish(meeting())
    follow(PERSON)
    publish(meeting(date="2025-04-01", members=()))
    assert notify().mails == 0
    publish(meeting(date="2026-04-01"))
    assert notify().mails == 1


def test_an_agenda_is_news_and_so_are_the_minutes(follow, notify):
    publish(meeting())
    follow()
    publish(meeting(item("1", decisions=()), date="2026-04-01", kind="agenda"))
    notify()
    publish(meeting(item("1"), date="2026-04-01"))
    notify()
    assert subjects() == [
        "Dagsorden: Beskæftigelsesudvalget, Lindvig, 1. april 2026",
        "Referat: Beskæftigelsesudvalget, Lindvig, 1. april 2026",
    ]


def test_what_is_not_confirmed_is_sent_nothing(follow, notify):
    publish(meeting())
    follow(confirmed_at=None)
    publish(meeting(date="2026-04-01"))
    assert notify().mails == 0


def test_daily_mails_go_out_in_the_morning(follow, notify, clock):
    clock(10, 12)
    publish(meeting())
    clock(10, 13)
    follow(pace="daily")
    publish(meeting(date="2026-04-01"))
    clock(11, 6)
    assert notify().mails == 0
    clock(11, 7)
    assert notify().mails == 1
    clock(11, 10)
    publish(meeting(date="2026-04-08"))
    assert notify().mails == 0
    clock(12, 6, 59)
    assert notify().mails == 0
    clock(12, 7, 1)
    assert notify().mails == 1
    assert [subject[-13:] for subject in subjects()] == ["1. april 2026", "8. april 2026"]


def test_a_quiet_morning_is_over_when_it_is_over(follow, notify, clock):
    clock(10, 12)
    publish(meeting())
    clock(10, 13)
    follow(pace="daily")
    clock(11, 7)
    assert notify().mails == 0
    clock(11, 9)
    publish(meeting(date="2026-04-01"))
    assert notify().mails == 0
    clock(12, 7)
    assert notify().mails == 1


def test_the_hour_of_the_morning_is_danish_all_year(follow, notify, clock):
    clock(28, 12)
    publish(meeting())
    follow(pace="daily")
    publish(meeting(date="2026-04-01"))
    # Clocks go forward in the night to 29 March 2026.
    clock(29, 6, 59)
    assert notify().mails == 0
    clock(29, 7)
    assert notify().mails == 1


def test_what_is_stored_late_is_not_left_out(follow, notify):
    """A publication may come into sight after one that is dated later."""
    publish(meeting())
    follow(confirmed_at=timezone.now() - datetime.timedelta(hours=3))
    publish(meeting(date="2026-04-01"))
    notify()
    late = publish(meeting(date="2026-04-08")).publication
    Publication.objects.filter(pk=late.pk).update(
        published_at=timezone.now() - datetime.timedelta(minutes=40)
    )
    assert notify().mails == 1
    assert "8. april" in subjects()[-1]


def test_a_mail_that_fails_is_sent_at_the_next_run(follow, notify, monkeypatch):
    publish(meeting())
    follow()
    follow(email="bo@eksempel.dk")
    publish(meeting(date="2026-04-01"))
    sent = mail.EmailMessage.send
    with monkeypatch.context() as broken:

        def fail_for_anna(message, fail_silently=False):
            if message.to == ["anna@eksempel.dk"]:
                raise OSError("forbindelsen blev afbrudt")
            return sent(message, fail_silently)

        broken.setattr(mail.EmailMessage, "send", fail_for_anna)
        first = notify()
    assert (first.mails, len(first.problems)) == (1, 1)
    assert "anna" not in first.problems[0]
    assert notify().mails == 1
    assert [message.to for message in mail.outbox] == [["bo@eksempel.dk"], ["anna@eksempel.dk"]]


def test_an_address_that_is_refused_again_and_again_is_forgotten(follow, notify, monkeypatch):
    publish(meeting())
    follow()
    publish(meeting(date="2026-04-01"))

    def refuse(message, fail_silently=False):
        raise smtplib.SMTPRecipientsRefused({})

    monkeypatch.setattr(mail.EmailMessage, "send", refuse)
    for _ in range(9):
        notify()
    assert Subscription.objects.get().refusals == 9
    notify()
    assert not Subscription.objects.exists()


def test_two_runs_at_once_do_not_happen(follow, notify, tmp_path):
    with sending._alone(tmp_path), pytest.raises(Busy):
        notify()
    assert notify() == Sent()


def test_notes_of_what_is_past_are_not_kept(follow, notify):
    publish(meeting())
    follow()
    publish(meeting(date="2026-04-01"))
    notify()
    assert Told.objects.count() == 1
    Publication.objects.update(published_at=timezone.now() - datetime.timedelta(hours=5))
    publish(meeting(date="2026-04-08"))
    notify()
    assert Told.objects.get().publication.meeting.date == datetime.date(2026, 4, 8)


def test_the_same_news_has_the_same_name(follow, notify):
    publish(meeting())
    follow()
    publish(meeting(date="2026-04-01"))
    notify()
    # As if the program had been stopped after the mail, before it was noted.
    Told.objects.all().delete()
    notify()
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second


def test_a_run_costs_few_queries_for_each_who_is_told(
    follow, notify, django_assert_max_num_queries
):
    publish(meeting())
    follow()
    # PostgreSQL is asked for its locks, and told for each search how to plan it.
    more = 0 if connection.vendor == "sqlite" else 5
    with django_assert_max_num_queries(5 + more):
        notify(timezone.now())
    for day in range(1, 21):
        publish(meeting(date=f"2026-04-{day:02}"))
    with django_assert_max_num_queries(13 + more):
        assert notify().mails == 1


def test_hostile_names_do_no_harm(follow, notify):
    publish(meeting())
    follow(name="Udvalget\r\nBcc: alle@eksempel.dk <b>")
    publish(meeting(item("1", "Titel <script>alert(1)</script>"), date="2026-04-01"))
    publish(meeting(date="2026-04-08"))
    notify()
    [message] = mail.outbox
    assert message.subject == "Udvalget Bcc: alle@eksempel.dk <b>: nyt fra 2 møder"
    assert message.recipients() == ["anna@eksempel.dk"]
    assert "<script>" not in message.alternatives[0][0]


def test_links_lead_somewhere_after_the_site_got_another_secret(client, follow, notify, settings):
    publish(meeting())
    old = follow().key
    settings.SECRET_KEY = "another secret"
    publish(meeting(date="2026-04-01"))
    notify()
    new = Subscription.objects.get().key
    assert new != old
    assert f"{SITE}/foelg/{new}/" in mail.outbox[0].body
    assert "Du følger" in client.get(f"/foelg/{new}/").content.decode()


def test_what_goes_wrong_with_one_keeps_no_mail_from_the_others(
    follow, notify, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(meeting())
    _, broken, _ = (follow(email=f"{name}@eksempel.dk") for name in ("a", "b", "c"))
    publish(meeting(date="2026-04-01"))
    news_of = sending.news_of

    def failing(subscription: Subscription, subject: object) -> object:
        if subscription.pk == broken.pk:
            raise LookupError("b@eksempel.dk")
        return news_of(subscription, subject)

    with monkeypatch.context() as patched:
        patched.setattr(sending, "news_of", failing)
        sent = notify()
    assert [one.to for one in mail.outbox] == [["a@eksempel.dk"], ["c@eksempel.dk"]]
    assert sent == Sent(2, [f"{broken.pk}: LookupError"])
    assert notify() == Sent(1)
    assert mail.outbox[-1].to == ["b@eksempel.dk"]
