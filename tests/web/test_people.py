"""Folk og rettigheder: accounts, roles and units, given by those who administer the house."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.meetings.house import House, build

from sagsgang.cases import log
from sagsgang.cases.models import Position, Unit, User
from sagsgang.web.sign_in import invitations

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db: None) -> House:
    return build()


@pytest.fixture
def administrator(house: House) -> Client:
    browser = Client()
    browser.force_login(invitations.invite("eva@lindvig.dk", "Eva", administrator=True))
    return browser


def test_the_page_is_for_administrators_alone(house, administrator):
    assert administrator.get("/arbejde/folk/").status_code == 200
    assert "/arbejde/folk/" in administrator.get("/arbejde/").content.decode()
    officer = Client()
    officer.force_login(house.officer)
    assert officer.get("/arbejde/folk/").status_code == 403
    assert officer.get(f"/arbejde/folk/{house.secretary.pk}/").status_code == 403
    assert "/arbejde/folk/" not in officer.get("/arbejde/").content.decode()


def test_a_colleague_is_invited_given_a_role_and_comes_in_by_a_link(house, administrator):
    made = administrator.post(
        "/arbejde/folk/", {"ask": "invite", "name": "Bo Holm", "mail": "Bo@lindvig.dk"}
    )
    bo = User.objects.get(username="bo@lindvig.dk")
    page = made.headers["Location"]
    assert page == f"/arbejde/folk/{bo.pk}/"
    given = {"ask": "role", "role": Position.OFFICER, "unit": house.unit.pk}
    assert administrator.post(page, given).status_code == 302
    assert bo.positions.get().unit == house.unit
    link = administrator.post(page, {"ask": "link"}).context["link"]
    assert Client().get(link.removeprefix("http://testserver")).status_code == 200
    assert list(log.verify()) == []


def test_a_role_without_its_place_is_told(house, administrator):
    page = administrator.post(
        f"/arbejde/folk/{house.officer.pk}/", {"ask": "role", "role": Position.SECRETARY}
    )
    assert page.status_code == 422
    assert "Vælg, hvilket udvalg" in page.content.decode()


def test_a_role_is_ended_at_once(house, administrator):
    position = house.officer.positions.get()
    administrator.post(
        f"/arbejde/folk/{house.officer.pk}/", {"ask": "end", "position": position.pk}
    )
    officer = Client()
    officer.force_login(house.officer)
    assert officer.get("/arbejde/sager/ny/").status_code == 403


def test_there_is_always_an_administrator(house, administrator):
    eva = User.objects.get(username="eva@lindvig.dk")
    own = {"ask": "end", "position": eva.positions.get().pk}
    assert administrator.post(f"/arbejde/folk/{eva.pk}/", own).status_code == 409
    assert administrator.post(f"/arbejde/folk/{eva.pk}/", {"ask": "close"}).status_code == 409
    assert eva.positions.get().until is None


def test_an_account_is_closed_and_its_windows_with_it(house, administrator):
    officer = Client()
    officer.force_login(house.officer)
    administrator.post(f"/arbejde/folk/{house.officer.pk}/", {"ask": "close"})
    assert officer.get("/arbejde/").status_code == 302


def test_a_member_has_one_account(house, administrator):
    ida = house.people["Ida Holm"]
    page = f"/arbejde/folk/{house.officer.pk}/"
    assert administrator.post(page, {"ask": "member", "member": ida.pk}).status_code == 409
    with log.action(None, "account.person", house.officer):
        User.objects.filter(person=ida).update(person=None)
    administrator.post(page, {"ask": "member", "member": ida.pk})
    assert User.objects.get(person=ida) == house.officer


def test_a_unit_is_made_once(house, administrator):
    given = {
        "ask": "unit",
        "unit": "Ydelser",
        "municipality": house.municipality.pk,
        "parent": house.unit.pk,
    }
    assert administrator.post("/arbejde/folk/", given).status_code == 302
    assert Unit.objects.get(name="Ydelser").parent == house.unit
    assert administrator.post("/arbejde/folk/", given).status_code == 422


def test_the_list_asks_no_more_for_more_people(house, administrator):
    few = counted(administrator)
    for number in range(5):
        user = invitations.invite(f"ny{number}@lindvig.dk", f"Ny {number}")
        with log.action(None, "position.give", user):
            Position.objects.create(
                user=user, role=Position.OFFICER, unit=house.unit, since=dt.date(2026, 1, 1)
            )
    assert counted(administrator) == few


def counted(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get("/arbejde/folk/")
    return len(queries)
