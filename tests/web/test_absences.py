"""Days away: a deputy answers in the approval chain, by their own name and only meanwhile."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from tests.meetings.house import House, build

from sagsgang.cases import absences, approval, log
from sagsgang.cases.models import User
from sagsgang.cases.refused import Refused
from sagsgang.cases.rights import Forbidden, may

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db: None) -> House:
    return build()


@pytest.fixture
def step(house):
    return approval.send(house.officer, house.case().treatments.get(order=1).presentation)


def away(house, since: int, until: int):
    today = timezone.localdate()
    return absences.be_away(
        house.users["leader"],
        house.secretary,
        today + dt.timedelta(days=since),
        today + dt.timedelta(days=until),
    )


def test_the_deputy_answers_in_their_own_name(house, step):
    with pytest.raises(Forbidden):
        approval.approve(house.secretary, step)
    away(house, 0, 2)
    assert step in approval.waiting_for(house.secretary)
    approval.approve(house.secretary, step)
    step.refresh_from_db()
    assert step.answered_by == house.secretary
    assert list(log.verify()) == []


def test_the_deputy_reads_what_they_are_asked_about_and_nothing_else(house, step):
    other = house.case("En anden sag")
    with log.action(None, "user.create", "grethe"):
        elsewhere = User.objects.create(username="grethe@lindvig.dk", first_name="Grethe")
    today = timezone.localdate()
    page = step.presentation.get_absolute_url()
    browser = Client()
    browser.force_login(elsewhere)
    assert browser.get(page).status_code == 403
    absences.be_away(house.users["leader"], elsewhere, today, today)
    assert browser.get(page).status_code == 200
    assert browser.get(other.get_absolute_url()).status_code == 403
    assert browser.post(f"{page}svar/", {"answer": "approved"}, follow=True).status_code == 200
    step.refresh_from_db()
    assert step.answered_by == elsewhere


def test_only_on_those_days(house, step):
    away(house, 1, 3)
    assert step not in approval.waiting_for(house.secretary)
    assert not may(house.secretary, "approve.leader", house.unit)


def test_only_in_the_approval_chain(house):
    away(house, 0, 2)
    assert may(house.secretary, "approve.leader", house.unit)
    assert not may(house.secretary, "case.create", house.unit)


def test_one_who_comes_back_answers_alone(house, step):
    absences.come_back(house.users["leader"], away(house, 0, 2))
    assert step not in approval.waiting_for(house.secretary)


def test_days_that_cannot_be_are_refused(house):
    with pytest.raises(Refused):
        away(house, 2, 1)
    with pytest.raises(Refused):
        away(house, -3, -1)
    today = timezone.localdate()
    with pytest.raises(Refused):
        absences.be_away(house.secretary, house.secretary, today, today)


def test_it_is_told_on_ones_own_account(house):
    browser, today = Client(), timezone.localdate()
    browser.force_login(house.users["leader"])
    given = {
        "ask": "away", "deputy": house.secretary.pk, "since": str(today), "until": str(today),
    }  # fmt: skip
    assert browser.post("/arbejde/konto/", given).status_code == 302
    assert "svarer Secretary for dig" in browser.get("/arbejde/konto/").content.decode()
    absence = house.users["leader"].absences.get()
    other = Client()
    other.force_login(house.officer)
    back = {"ask": "back", "absence": absence.pk}
    assert other.post("/arbejde/konto/", back).status_code == 409
    assert browser.post("/arbejde/konto/", back).status_code == 302
    assert not house.users["leader"].absences.exists()
    wrong = browser.post("/arbejde/konto/", {**given, "until": "2020-01-01"})
    assert wrong.status_code == 422
