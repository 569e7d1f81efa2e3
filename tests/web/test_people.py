"""Folk og rettigheder: accounts, roles and units, given by those who administer the house."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.meetings.house import House, build

from sagsgang.bodies.models import Municipality, Person
from sagsgang.cases import log
from sagsgang.cases.models import Entry, HouseRules, Position, Unit, User
from sagsgang.cases.rights import may
from sagsgang.meetings.attendance import able_to_stand_in, memberships
from sagsgang.meetings.models import Meeting
from sagsgang.web.sign_in import invitations

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


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


def test_a_colleague_is_invited_given_a_role_and_comes_in_by_a_link(house, administrator, settings):
    made = administrator.post(
        "/arbejde/folk/", {"ask": "invite", "name": "Bo Holm", "mail": "Bo@lindvig.dk"}
    )
    bo = User.objects.get(username="bo@lindvig.dk")
    page = made.headers["Location"]
    assert page == f"/arbejde/folk/{bo.pk}/"
    given = {"ask": "role", "role": Position.OFFICER, "unit": house.unit.pk}
    assert administrator.post(page, given).status_code == 302
    assert bo.positions.get().unit == house.unit
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    link = administrator.post(page, {"ask": "link"}).context["link"].removeprefix(SITE)
    assert Client().get(link).status_code == 200
    Client().post(
        link, {"first_name": "Bo", "password": "heste ost lampe", "again": "heste ost lampe"}
    )
    made = bo.links.get()
    assert (made.made_by.username, made.used_at is None) == ("eva@lindvig.dk", False)
    told = list(Entry.objects.filter(action__startswith="link.").values_list("action", "actor"))
    assert told == [("link.make", "eva@lindvig.dk (Eva)")]
    assert "Link lavet af Eva" in administrator.get(page).content.decode()
    assert list(log.verify()) == []


def test_an_invitation_is_mailed_to_its_owner_and_shown_to_nobody_else(house, administrator):
    bo = invitations.invite("bo@lindvig.dk", "Bo Holm")
    page = f"/arbejde/folk/{bo.pk}/"
    told = administrator.post(page, {"ask": "link"}, follow=True).content.decode()
    assert "Invitationen er sendt til bo@lindvig.dk." in told
    [sent] = mail.outbox
    link = re.search(r"http://\S+(/arbejde/konto/invitation/\S+)", sent.body)[1]
    assert sent.to == ["bo@lindvig.dk"]
    assert link not in told
    assert Client().get(link).status_code == 200


class TestAnAccountInUse:
    """Nobody takes over a colleague's account, whatever they administer."""

    @pytest.fixture
    def bo(self, house: House) -> User:
        bo = invitations.invite("bo@lindvig.dk", "Bo Holm")
        bo.set_password("heste ost lampe")
        bo.save()
        TOTP.activate(bo, generate_totp_secret())
        return bo

    @pytest.fixture
    def other(self, house: House) -> Client:
        browser = Client()
        browser.force_login(invitations.invite("ida@lindvig.dk", "Ida", administrator=True))
        return browser

    def test_gets_no_link(self, administrator, bo):
        page = f"/arbejde/folk/{bo.pk}/"
        assert 'value="link"' not in administrator.get(page).content.decode()
        answer = administrator.post(page, {"ask": "link"})
        assert answer.status_code == 409
        assert "Glemt adgangskode" in answer.content.decode()
        assert not bo.links.exists()

    def test_begins_anew_when_two_administrators_say_so_and_its_owner_knows(
        self, administrator, other, bo
    ):
        page, window = f"/arbejde/folk/{bo.pk}/", Client()
        window.force_login(bo)
        window.post("/arbejde/moeder/kalender/")
        calendar = bo.calendar_link.get_absolute_url()
        assert administrator.post(page, {"ask": "recover", "reason": ""}).status_code == 422
        administrator.post(page, {"ask": "recover", "reason": "Telefonen er tabt"})
        assert administrator.post(page, {"ask": "confirm"}).status_code == 409
        assert window.get("/arbejde/konto/").status_code == 200
        assert "Bo Holm: Eva beder om, at kontoen" in other.get("/arbejde/folk/").content.decode()
        assert other.post(page, {"ask": "confirm"}).status_code == 302
        assert [one.to for one in mail.outbox] == [["bo@lindvig.dk"], ["bo@lindvig.dk"]]
        assert "Telefonen er tabt" in mail.outbox[0].body
        bo.refresh_from_db()
        assert not bo.has_usable_password()
        assert not bo.authenticator_set.exists()
        assert window.get("/arbejde/konto/").status_code == 302
        assert window.get(calendar).status_code == 404
        assert other.post(page, {"ask": "confirm"}).status_code == 404
        done = [("recovery.ask", "Telefonen er tabt"), ("recovery.confirm", "Telefonen er tabt")]
        told = Entry.objects.filter(action__startswith="recovery.")
        assert list(told.values_list("action", "reason")) == done
        assert administrator.post(page, {"ask": "link"}).status_code == 302
        assert list(log.verify()) == []

    def test_stays_as_it_is_when_its_owner_says_so_or_nobody_answers(
        self, administrator, other, bo, settings
    ):
        page, window = f"/arbejde/folk/{bo.pk}/", Client()
        window.force_login(bo)
        administrator.post(page, {"ask": "recover", "reason": "Telefonen er tabt"})
        assert "Telefonen er tabt" in window.get("/arbejde/konto/").content.decode()
        window.post("/arbejde/konto/", {"ask": "refuse"})
        assert other.post(page, {"ask": "confirm"}).status_code == 404
        administrator.post(page, {"ask": "recover", "reason": "Igen"})
        assert administrator.post(page, {"ask": "recover", "reason": "Igen"}).status_code == 422
        settings.PASSWORD_RESET_TIMEOUT = -1
        assert other.post(page, {"ask": "confirm"}).status_code == 404
        assert bo.authenticator_set.count() == 1

    def test_is_not_its_owners_to_let_begin_anew(self, administrator, house):
        eva = User.objects.get(username="eva@lindvig.dk")
        own = f"/arbejde/folk/{eva.pk}/"
        assert administrator.post(own, {"ask": "recover", "reason": "Tabt"}).status_code == 422


def test_the_houses_rules_are_decided_by_its_administrators(house, administrator):
    page = "/arbejde/regler/"
    assert page in administrator.get("/arbejde/folk/").content.decode()
    assert administrator.post(page, {"signing_days": "0"}).status_code == 422
    assert administrator.post(page, {"one_approver": "on", "signing_days": "8"}).status_code == 302
    rules = HouseRules.of(house.municipality)
    assert (rules.own_approval, rules.one_approver, rules.signing_days) == (False, True, 8)
    assert 'value="8"' in administrator.get(page).content.decode()
    officer = Client()
    officer.force_login(house.officer)
    assert officer.get(page).status_code == 403


def test_nobody_gives_themselves_rights(house, administrator):
    eva = User.objects.get(username="eva@lindvig.dk")
    page = f"/arbejde/folk/{eva.pk}/"
    assert 'value="role"' not in administrator.get(page).content.decode()
    given = {"ask": "role", "role": Position.AUDITOR}
    assert "En anden administrator" in administrator.post(page, given).content.decode()
    member = {"ask": "member", "member": house.people["Ida Holm"].pk}
    assert administrator.post(page, member).status_code == 409
    assert [one.role for one in eva.positions.all()] == [Position.ADMINISTRATOR]
    eva.refresh_from_db()
    assert eva.person is None


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


def test_a_house_without_documents_gets_a_committee_and_its_members(house, administrator):
    there = Municipality.objects.create(name="Nybæk", slug="nybaek")
    page, place = "/arbejde/folk/", {"body-municipality": there.pk, "body-committee": "Jobudvalget"}
    assert administrator.post(page, {"ask": "body", **place}).status_code == 302
    again = administrator.post(page, {"ask": "body", **place})
    assert "Udvalget findes allerede" in again.content.decode()
    unit = {"ask": "unit", "unit": "Jobcentret", "municipality": there.pk}
    assert administrator.post(page, unit).status_code == 302
    body = there.bodies.get()
    seat = {"ask": "role", "role": Position.MEMBER, "body": body.pk, "party": "A"}

    def invited(mail: str, name: str) -> str:
        made = administrator.post(page, {"ask": "invite", "name": name, "mail": mail})
        return made.headers["Location"]

    bo = invited("bo@nybaek.dk", "Bo Holm")
    assert administrator.post(bo, seat).status_code == 302
    stand_in = invited("liv@nybaek.dk", "Liv Dam")
    administrator.post(stand_in, seat | {"role": Position.SUBSTITUTE})
    meeting = Meeting(body=body, date=timezone.localdate())
    assert [(one.person.name, one.party) for one in memberships(meeting)] == [("Bo Holm", "A")]
    assert [one.name for one in able_to_stand_in(meeting)] == ["Liv Dam"]
    for address, name, told in (
        ("to@nybaek.dk", "Bo Holm", "har allerede en konto"),
        ("bo2@nybaek.dk", "Bo", "fulde navn"),
    ):
        assert told in administrator.post(invited(address, name), seat).content.decode()
    ida = house.member("Ida Holm")
    told = administrator.post(f"{page}{ida.pk}/", seat).content.decode()
    assert "valgt i en anden kommune" in told
    assert list(log.verify()) == []


class TestTwoAdministrators:
    """What opens closed items counts when two administrators say so."""

    @pytest.fixture
    def liv(self, house: House) -> Client:
        """Another administrator, who can sign in."""
        liv = invitations.invite("liv@lindvig.dk", "Liv", administrator=True)
        liv.set_password("heste ost lampe")
        liv.save()
        browser = Client()
        browser.force_login(liv)
        return browser

    def test_a_role_waits_for_the_other(self, house, administrator, liv):
        bo = invitations.invite("bo@lindvig.dk", "Bo Holm")
        page = f"/arbejde/folk/{bo.pk}/"
        role = {"ask": "role", "role": Position.MEMBER, "body": house.body.pk}
        told = administrator.post(page, role, follow=True).content.decode()
        assert "når en anden administrator har godkendt det" in told
        assert administrator.post(page, role).status_code == 422
        bo.refresh_from_db()
        assert bo.person is None
        assert not Person.objects.filter(name="Bo Holm").exists()
        assert not may(bo, "item.read_closed", house.body)
        grant = {"grant": bo.grants.get().pk}
        assert administrator.post(page, grant | {"ask": "agree"}).status_code == 409
        assert "Bo Holm: Medlem, Jobudvalget" in liv.get("/arbejde/").content.decode()
        assert "Bo Holm: Medlem" not in administrator.get("/arbejde/").content.decode()
        assert liv.post(page, grant | {"ask": "agree"}).status_code == 302
        bo.refresh_from_db()
        assert may(bo, "item.read_closed", house.body)
        assert liv.post(page, grant | {"ask": "agree"}).status_code == 409
        assert mail.outbox == []
        assert list(log.verify()) == []

    def test_so_do_whom_an_account_stands_for_and_a_seat_of_one_with_an_account(
        self, house, administrator, liv
    ):
        bo = invitations.invite("bo@lindvig.dk", "Bo")
        vik, members = house.stranger("Bo Vik"), f"/arbejde/folk/udvalg/{house.body.pk}/"
        page = f"/arbejde/folk/{bo.pk}/"
        administrator.post(page, {"ask": "member", "member": vik.pk})
        bo.refresh_from_db()
        assert bo.person is None
        liv.post(page, {"ask": "agree", "grant": bo.grants.get().pk})
        administrator.post(members, {"name": "Bo Vik", "party": "A"})
        assert not vik.memberships.exists()
        waits = bo.grants.get(answered_at=None)
        assert "Bo: Medlem af Jobudvalget" in liv.get("/arbejde/folk/").content.decode()
        liv.post(page, {"ask": "agree", "grant": waits.pk})
        seat = vik.memberships.get()
        # Fewer days are one administrator's matter, more of them are not.
        administrator.post(f"/arbejde/folk/plads/{seat.pk}/", {"until": seat.term[:4] + "-01-05"})
        seat.refresh_from_db()
        assert seat.until is not None
        administrator.post(f"/arbejde/folk/plads/{seat.pk}/", {"until": ""})
        seat.refresh_from_db()
        assert seat.until is not None
        liv.post(page, {"ask": "disagree", "grant": bo.grants.get(answered_at=None).pk})
        seat.refresh_from_db()
        assert seat.until is not None
        assert list(log.verify()) == []

    def test_where_nobody_else_can_agree_it_counts_and_those_who_ought_to_know_are_told(
        self, house, administrator, django_capture_on_commit_callbacks, settings, tmp_path
    ):
        settings.DATA = tmp_path  # where the log's heads are kept when something is committed
        leader = house.users["leader"]
        with log.action(None, "account.save", leader):
            User.objects.filter(pk=leader.pk).update(email="leader@lindvig.dk")
        bo = invitations.invite("bo@lindvig.dk", "Bo Holm")
        role = {"ask": "role", "role": Position.AUDITOR}
        with django_capture_on_commit_callbacks(execute=True):
            administrator.post(f"/arbejde/folk/{bo.pk}/", role)
        assert may(bo, "log.read")
        assert [one.to for one in mail.outbox] == [["leader@lindvig.dk"]]
        assert "Eva har givet Bo Holm en rettighed" in mail.outbox[0].body
        assert "Revisor" in mail.outbox[0].body
        window = Client()
        window.force_login(leader)
        assert "Bo Holm: Revisor" in window.get("/arbejde/").content.decode()
        window.force_login(house.officer)
        assert "Bo Holm: Revisor" not in window.get("/arbejde/").content.decode()

    def test_a_substitute_reads_what_the_secretary_calls_them_in_for_and_waits_for_nobody(
        self, house, administrator, liv
    ):
        bo = invitations.invite("bo@lindvig.dk", "Bo Holm")
        role = {"ask": "role", "role": Position.SUBSTITUTE, "body": house.body.pk}
        administrator.post(f"/arbejde/folk/{bo.pk}/", role)
        assert bo.positions.exists()
        assert not bo.grants.exists()

    def test_no_role_makes_an_account_a_members_by_its_name_alone(self, house, administrator, liv):
        vik = house.stranger("Bo Vik", house.body)
        bo = invitations.invite("bo@lindvig.dk", "Bo Vik")
        page = f"/arbejde/folk/{bo.pk}/"
        administrator.post(
            page, {"ask": "role", "role": Position.SUBSTITUTE, "body": house.body.pk}
        )
        bo.refresh_from_db()
        assert bo.person is None
        assert not may(bo, "item.read_closed", house.body)
        liv.post(page, {"ask": "agree", "grant": bo.grants.get().pk})
        bo.refresh_from_db()
        assert bo.person == vik
        assert list(log.verify()) == []
