"""Calendars: meetings at Danish time, known again, and linked to their pages."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from icalendar import Calendar, Event

from sagsgang.archive.models import Meeting
from sagsgang.archive.publishing import publish

from ..documents import item, meeting

pytestmark = pytest.mark.django_db

HERE = "http://testserver"
BODY = "/lindvig/beskaeftigelsesudvalget/"
CASE = "/lindvig/sag/22-18533/"
PERSON = "/lindvig/person/jens-moelgaard/"


def day(days: int) -> str:
    return str(timezone.localdate() + datetime.timedelta(days=days))


@pytest.fixture
def calendar(client):
    def ask(page: str, **query: str) -> Calendar:
        response = client.get(f"{page}kalender.ics", query)
        assert response.status_code == 200
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        return Calendar.from_ical(response.content)

    return ask


def events(calendar: Calendar) -> list[Event]:
    return list(calendar.walk("VEVENT"))


def test_a_meeting_is_an_event_with_a_link_to_its_page(calendar):
    publish(meeting(date=day(5), place="Mødelokale 2", kind="agenda"))
    found = calendar(BODY)
    [event] = events(found)
    page = f"{HERE}{BODY}{day(5)}/"
    assert str(event["summary"]) == "Beskæftigelsesudvalget, Lindvig"
    assert str(event["url"]) == page
    assert str(event["location"]) == "Mødelokale 2"
    assert "1 Indsats for langtidsledige" in str(event["description"])
    assert str(event["description"]).endswith(page)
    start = event.start
    assert (start.hour, start.minute, str(start.tzinfo)) == (15, 30, "Europe/Copenhagen")
    [zone] = found.walk("VTIMEZONE")
    assert str(zone["tzid"]) == "Europe/Copenhagen"


def test_a_meeting_without_a_time_takes_the_day(calendar):
    publish(meeting(date=day(5), start_time=None))
    [event] = events(calendar(BODY))
    assert event.start == timezone.localdate() + datetime.timedelta(days=5)


def test_an_event_keeps_its_name_and_counts_its_changes(calendar):
    publish(meeting(item("1"), date=day(5), kind="agenda"))
    [before] = events(calendar(BODY))
    publish(meeting(item("1", "Rettet"), date=day(5), kind="agenda"))
    [after] = events(calendar(BODY))
    assert before["uid"] == after["uid"] == f"{BODY.strip('/')}/{day(5)}@testserver"
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after["last-modified"].dt >= before["last-modified"].dt


def test_only_what_is_coming_can_be_asked_for(calendar):
    for days in (-400, -30, 0, 30):
        publish(meeting(date=day(days)))
    assert [str(event["url"])[-11:-1] for event in events(calendar(BODY))] == [
        day(-30), day(0), day(30),
    ]  # fmt: skip
    coming = events(calendar(BODY, kommende=""))
    assert [str(event["url"])[-11:-1] for event in coming] == [day(0), day(30)]


def test_a_case_has_the_meetings_that_treat_it(calendar):
    publish(meeting(item("1"), date=day(3)))
    publish(meeting(item("1", case_number=None), date=day(4)))
    [event] = events(calendar(CASE))
    assert str(event["url"]) == f"{HERE}{BODY}{day(3)}/"


def test_a_member_has_the_coming_meetings_of_the_committee(calendar):
    publish(meeting(date=day(-7)))
    publish(meeting(date=day(7), members=(), kind="agenda"))
    found = [str(event["url"])[-11:-1] for event in events(calendar(PERSON))]
    assert found == [day(-7), day(7)]


def test_a_time_that_is_none_takes_the_day(calendar):
    publish(meeting(date=day(5)))
    Meeting.objects.update(start_time="24:99")
    [event] = events(calendar(BODY))
    assert type(event.start) is datetime.date


def test_an_empty_calendar_is_a_calendar(calendar):
    assert events(calendar("/horsens/")) == []


def test_what_has_not_changed_is_not_sent_again(client):
    publish(meeting(date=day(5)))
    first = client.get(f"{BODY}kalender.ics")
    known = {"If-None-Match": first["ETag"]}
    assert client.get(f"{BODY}kalender.ics", headers=known).status_code == 304
