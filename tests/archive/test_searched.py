"""Searches can be followed: as a feed, a calendar and by mail, under the filters of the page."""

from __future__ import annotations

import datetime
from urllib.parse import quote
from xml.etree.ElementTree import fromstring

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar

from sagsgang.archive.publishing import publish
from sagsgang.archive.subjects import NotFollowable, subject_at
from sagsgang.archive.subscriptions.models import Subscription
from sagsgang.archive.subscriptions.sending import send_news

from .documents import item, meeting

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
BODY = "/lindvig/beskaeftigelsesudvalget/"


@pytest.fixture(autouse=True)
def unlimited(settings) -> None:
    settings.SEARCHES_PER_MINUTE = settings.SUBSCRIPTIONS_PER_HOUR = 10**6


def cycling(date: str, **fields):
    return meeting(
        item("1"), item("2", "Cykelstier ved skolerne", case_number=None), date=date, **fields
    )


def entries(client, query: str) -> list[str]:
    feed = fromstring(client.get(f"/soeg/feed.atom?{query}").content)
    return [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]


def test_a_feed_has_what_the_search_finds_the_newest_publication_first(client):
    publish(cycling("2026-04-01"))
    publish(cycling("2026-03-04"))
    publish(meeting(date="2026-05-06"))
    found = [f"http://testserver{BODY}{day}/2/" for day in ("2026-03-04", "2026-04-01")]
    assert entries(client, "q=cykelsti") == found
    assert entries(client, "q=cykelsti&fra=15.3.2026") == found[1:]
    assert entries(client, "q=cykelsti&kommune=havneby") == []
    assert entries(client, "udfald=rejected") == []


def test_the_same_search_has_the_same_feed(client):
    publish(cycling("2026-04-01"))
    names = set()
    for query in ("q=cykelsti", "q=+cykelsti&sortering=nyest", "side=3&q=cykelsti&fra="):
        feed = fromstring(client.get(f"/soeg/feed.atom?{query}").content)
        names.add(feed.findtext(f"{ATOM}id"))
    assert names == {"http://testserver/soeg/?q=cykelsti"}


def test_a_calendar_has_the_meetings(client):
    soon = str(timezone.localdate() + datetime.timedelta(days=3))
    publish(cycling(soon))
    publish(meeting(date=str(timezone.localdate())))
    calendar = Calendar.from_ical(client.get("/soeg/kalender.ics?q=cykelsti&kommende=1").content)
    assert [str(event["url"])[-11:-1] for event in calendar.walk("VEVENT")] == [soon]


@pytest.mark.parametrize(
    "query", ["", "q=", "sortering=nyest", "q=x&fra=i%20morgen", f"q={'lang' * 200}", "q=%ff&fra=1"]
)
def test_what_asks_for_everything_or_cannot_be_read_is_not_followed(client, query):
    with pytest.raises(NotFollowable):
        subject_at(f"/soeg/?{query}")
    assert client.get(f"/soeg/feed.atom?{query}").status_code == 404


def test_feeds_of_searches_have_the_pace_of_searches(client, settings):
    settings.SEARCHES_PER_MINUTE = 1
    asker = {"REMOTE_ADDR": "192.0.2.9"}
    answers = [client.get("/soeg/feed.atom?q=x", **asker).status_code for _ in range(2)]
    assert answers == [200, 429]


def test_the_number_of_queries_does_not_grow(client, django_assert_max_num_queries):
    for day in range(1, 29):
        publish(cycling(f"2026-03-{day:02}"))
    client.get("/soeg/?q=cykelsti")
    for ending, most in (("feed.atom", 8), ("kalender.ics", 8)):
        with django_assert_max_num_queries(most):
            assert client.get(f"/soeg/{ending}?q=cykelsti").status_code == 200


def test_a_search_is_followed_by_mail_from_its_page(client, tmp_path):
    publish(cycling("2026-03-04"))
    page = client.get("/soeg/", {"q": "cykelsti", "kommune": "lindvig"}).content.decode()
    side = "/soeg/?q=cykelsti&kommune=lindvig"
    assert f'href="/foelg/?side={quote(side)}"' in page
    client.post("/foelg/", {"email": "anna@eksempel.dk", "side": side, "pace": "now"})
    assert mail.outbox[0].subject == "Bekræft, at du vil følge Søgning: cykelsti (afgrænset)"
    subscription = Subscription.objects.get()
    assert subscription.subject == side
    Subscription.objects.update(confirmed_at=timezone.now())
    publish(meeting(date="2026-04-01"))
    publish(cycling("2026-04-08", municipality="Havneby"))
    assert send_news(tmp_path).mails == 0
    publish(cycling("2026-04-15"))
    assert send_news(tmp_path).mails == 1
    told = mail.outbox[-1].body
    assert "  2. Cykelstier ved skolerne – Godkendt\n" in told
    assert "Indsats for langtidsledige" not in told
    assert send_news(tmp_path).mails == 0
