"""The demonstration: a municipality in mid-season, made by the actions that people have."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from sagsgang.cases import log
from sagsgang.cases.models import Case, Treatment, User
from sagsgang.meetings import signing
from sagsgang.meetings.models import Meeting
from sagsgang.web.demonstration import NotEmpty, furnished
from sagsgang.web.sign_in import invitations

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db: None) -> dict[str, User]:
    return dict(furnished())


def test_cases_stand_at_every_stage(people):
    states = set(Treatment.objects.values_list("state", flat=True))
    assert states == {"draft", "approving", "ready", "on_agenda", "decided"}
    assert list(log.verify()) == []


def test_there_is_a_meeting_to_plan_one_to_run_and_minutes_to_sign(people):
    states = list(Meeting.objects.order_by("date").values_list("state", flat=True))
    assert states == [Meeting.CLOSED, Meeting.CALLED, Meeting.PLANNED]
    assert len(signing.missing(Meeting.objects.get(state=Meeting.CLOSED))) == 4


def test_nobody_has_a_password_and_each_comes_in_by_a_link_once(people):
    assert not any(user.has_usable_password() for user in User.objects.all())
    for user in people.values():
        browser, link = Client(), invitations.entry(user, "")
        assert browser.post(link).headers["Location"] == "/arbejde/"
        assert browser.get("/arbejde/").status_code == 200
        assert Client().post(link).status_code == 410


def test_something_waits_for_each(people):
    waits = {
        "officer": "Sendt retur til dig",
        "leader": "Venter på din godkendelse",
        "secretary": "Kommende møder",
        "administrator": "Folk og rettigheder",
    }
    for role, words in waits.items():
        browser = Client()
        browser.force_login(people[role])
        assert words in browser.get("/arbejde/").content.decode(), role


def test_drafts_that_nobody_was_asked_about_stand_on_the_desk(people):
    browser = Client()
    browser.force_login(people["officer"])
    page = browser.get("/arbejde/").content.decode()
    assert "Dine kladder" in page
    assert "Mentorer til unge i uddannelse" in page


def test_everything_on_the_desk_leads_somewhere(people):
    for role, user in people.items():
        browser = Client()
        browser.force_login(user)
        page = browser.get("/arbejde/").content.decode().partition("<main")[2]
        for address in re.findall(r'href="(/[^"#?]+)', page):
            assert browser.get(address).status_code == 200, (role, address)


def test_it_is_made_once(people):
    cases = Case.objects.count()
    assert dict(furnished()) == people
    assert Case.objects.count() == cases


def test_it_is_not_made_where_others_work(db):
    invitations.invite("karin@virkelig.example")
    with pytest.raises(NotEmpty):
        furnished()
