"""The secretary's calendar and agenda pages."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from sagsgang.archive.models import Publication
from sagsgang.cases import log
from sagsgang.cases.models import Change, Entry, Treatment, User
from sagsgang.meetings import agenda, season
from sagsgang.meetings.models import CalendarLink, Meeting
from sagsgang.meetings.wording import phrases, standing
from sagsgang.minutes.model import Outcome

from .house import House


@pytest.fixture
def secretary(client: Client, house: House) -> Client:
    client.force_login(house.secretary)
    return client


def titles(meeting: Meeting) -> list[str]:
    return [item.title for item in meeting.items.order_by("position")]


class TestTheCalendar:
    def test_a_season_is_drafted_and_moved_by_hand(self, secretary, house):
        rule = {
            "body": house.body.pk, "year": 2027, "ordinal": 1, "weekday": 2,
            "start_time": "15:30", "place": "Rådhuset",
        }  # fmt: skip
        page = secretary.get("/arbejde/moeder/saeson/", rule)
        days = page.context["days"]
        assert [row["date"].value().isoformat() for row in days][:2] == ["2027-01-06", "2027-02-03"]
        rows = {"form-TOTAL_FORMS": 3, "form-INITIAL_FORMS": 0}
        for number, day in enumerate(["2027-01-06", "2027-02-04", "2027-03-03"]):
            rows |= {f"form-{number}-date": day, f"form-{number}-start_time": "15:30"}
        rows |= {"form-0-take": "on", "form-1-take": "on"}
        answer = secretary.post("/arbejde/moeder/saeson/", rule | rows, follow=True)
        assert "2 møder er sat i kalenderen." in answer.content.decode()
        assert [str(one.date) for one in Meeting.objects.order_by("date")] == [
            "2027-01-06", "2027-02-04",
        ]  # fmt: skip
        assert "4. februar 2027" in answer.content.decode()

    def test_a_season_that_meets_a_meeting_changes_nothing(self, secretary, house):
        house.meeting()
        rule = {
            "body": house.body.pk, "year": 2026, "ordinal": 1, "weekday": 2,
            "start_time": "15:30", "form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0,
            "form-0-take": "on", "form-0-date": "2026-02-04", "form-0-start_time": "15:30",
            "form-1-take": "on", "form-1-date": "2026-03-04", "form-1-start_time": "15:30",
        }  # fmt: skip
        answer = secretary.post("/arbejde/moeder/saeson/", rule)
        assert answer.status_code == 422
        assert "allerede et møde" in answer.content.decode()
        assert Meeting.objects.count() == 1

    def test_a_meeting_is_moved_until_its_agenda_is_out(self, secretary, house):
        meeting = house.meeting()
        there = {"date": "2026-03-05", "start_time": "16:00", "place": "Biblioteket"}
        secretary.post(f"/arbejde/moeder/{meeting.pk}/flyt/", there)
        meeting.refresh_from_db()
        assert (str(meeting.date), meeting.place) == ("2026-03-05", "Biblioteket")
        house.item(meeting)
        agenda.publish(house.secretary, meeting)
        answer = secretary.post(f"/arbejde/moeder/{meeting.pk}/flyt/", there | {"place": "Her"})
        assert "kan ikke flyttes" in answer.content.decode()

    def test_deadlines_are_working_days_back(self, house):
        meeting = house.meeting(day=8, month=4)  # the Wednesday after Easter
        due = season.agenda_due(meeting, datetime.date(2026, 3, 25))
        assert (str(due.day), due.late, due.soon) == ("2026-03-30", False, True)
        assert season.agenda_due(meeting, datetime.date(2026, 3, 31)).late
        assert season.warning(datetime.date(2026, 4, 6))

    def test_a_member_sees_the_meetings_and_nobody_else_does(self, client, house):
        house.meeting()
        client.force_login(house.member("Ole Brandt"))
        assert "4. marts 2026" in client.get("/arbejde/moeder/?aar=2026").content.decode()
        client.force_login(house.officer)
        assert "4. marts 2026" not in client.get("/arbejde/moeder/?aar=2026").content.decode()

    def test_the_questions_do_not_grow_with_the_meetings(
        self, secretary, house, django_assert_max_num_queries
    ):
        for month in range(1, 7):
            house.meeting(month=month)
        with django_assert_max_num_queries(12):
            secretary.get("/arbejde/moeder/?aar=2026")


class TestTheAgenda:
    def test_cases_are_taken_in_and_put_in_order(self, secretary, house):
        meeting = house.meeting()
        page = meeting.get_absolute_url()
        first, second = house.approved("Første"), house.approved("Anden")
        assert "Klar til dagsordenen" in secretary.get(page).content.decode()
        for one in (first, second):
            secretary.post(page, {"do": "take_in", "treatment": one.pk})
        secretary.post(page, {"do": "add_usual"})
        assert titles(meeting) == [
            "Godkendelse af dagsorden", "Godkendelse af referat fra sidste møde",
            "Første", "Anden", "Meddelelser", "Eventuelt", "Underskriftsside",
        ]  # fmt: skip
        item = meeting.items.get(title="Anden")
        answer = secretary.post(page, {"do": f"up:{item.pk}"}, headers={"HX-Request": "true"})
        assert "»Anden« står nu som nr. 3 af 7." in answer.content.decode()
        assert "<html" not in answer.content.decode()
        secretary.post(page, {"do": f"move:{item.pk}", "position": "1"})
        assert titles(meeting)[0] == "Anden"
        secretary.post(page, {"do": f"up:{item.pk}"})
        assert titles(meeting)[0] == "Anden"

    def test_what_is_added_later_comes_in_order_too(self, secretary, house):
        meeting = house.meeting()
        agenda.add_standing(house.secretary, meeting, "Godkendelse af dagsorden")
        house.item(meeting)
        agenda.add_usual(house.secretary, meeting)
        assert titles(meeting)[:2] == [one.title for one in standing()][:2]

    def test_publishing_freezes_it_and_shows_its_hash(self, secretary, house):
        meeting = house.meeting()
        house.item(meeting)
        house.item(meeting, "Klage fra Bo", closed=True, ground="fvl. § 27", public_title="Klage")
        page = meeting.get_absolute_url()
        before = secretary.get(f"{page}offentliggoer/").content.decode()
        assert "Klage" in before
        assert "Klage fra Bo" not in before
        answer = secretary.post(f"{page}offentliggoer/", {"do": "publish"}, follow=True)
        assert "Dagsordenen går ud efter fristen. Skriv, hvorfor" in answer.content.decode()
        why = {"do": "publish", "reason": "Formanden var syg."}
        answer = secretary.post(f"{page}offentliggoer/", why, follow=True)
        assert Entry.objects.get(action="agenda.publish").reason == "Formanden var syg."
        assert Publication.objects.get().sha256 in answer.content.decode()
        item = meeting.items.last()
        answer = secretary.post(page, {"do": f"up:{item.pk}"}, follow=True)
        assert "rækkefølgen ligger fast" in answer.content.decode()

    def test_two_meetings_a_day_each_have_their_own_publications(self, secretary, house):
        morning = agenda.plan(house.secretary, house.body, datetime.date(2026, 3, 4), "09:00")
        meetings = (morning, house.meeting())
        for meeting in meetings:
            agenda.add_standing(house.secretary, meeting, "Eventuelt")
            agenda.publish(house.secretary, meeting)
        for meeting in meetings:
            [own] = secretary.get(meeting.get_absolute_url()).context["published"]
            assert own.minutes.start_time == meeting.start_time

    def test_late_items_and_withdrawn_ones_are_steps_of_their_own(self, secretary, house):
        meeting = house.meeting()
        item = house.item(meeting)
        agenda.publish(house.secretary, meeting)
        page = meeting.get_absolute_url()
        late = house.approved("Haster")
        secretary.post(page, {"do": "take_in", "treatment": late.pk})
        assert "Offentliggør en tillægsdagsorden" in secretary.get(page).content.decode()
        secretary.post(f"{page}offentliggoer/", {"do": "publish"})
        assert Publication.objects.filter(kind="supplementary_agenda").exists()
        secretary.post(page, {"do": f"take_off:{item.pk}", "reason": "Trukket"})
        assert "Taget af" in secretary.get(page).content.decode()
        assert Treatment.objects.get(presentation=item.presentation).state == Treatment.READY

    def test_the_printed_agenda_can_be_seen_before_it_is_out(self, secretary, house):
        meeting = house.meeting()
        house.item(meeting)
        answer = secretary.get(f"{meeting.get_absolute_url()}dagsorden.pdf")
        assert answer.content.startswith(b"%PDF")

    def test_only_its_secretary_makes_it(self, client, house):
        meeting = house.meeting()
        for user in (house.officer, house.users["leader"]):
            client.force_login(user)
            for page in ("laes/", "flyt/", "offentliggoer/", "dagsorden.pdf"):
                assert client.get(meeting.get_absolute_url() + page).status_code == 403

    def test_the_questions_do_not_grow_with_the_items(
        self, secretary, house, django_assert_num_queries
    ):
        meeting = house.meeting()
        house.item(meeting)
        house.approved()
        page = meeting.get_absolute_url()
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as few:
            secretary.get(page)
        for _ in range(3):
            house.item(meeting)
            house.approved()
        with django_assert_num_queries(len(few)):
            secretary.get(page)


def test_standing_phrases_are_of_the_bodys_role():
    outcomes = set(Outcome.__args__)
    for role in ("recommending", "deciding", ""):
        assert {one.outcome for one in phrases(role)} <= outcomes
    assert phrases("recommending")[0].outcome == "recommended"
    assert phrases("deciding")[0].outcome == "approved"


def test_what_comes_after_new_year_is_among_the_meetings_in_december(house, secretary):
    next_year = timezone.localdate().year + 1
    coming = Meeting.objects.create(body=house.body, date=datetime.date(next_year, 1, 20))
    for asked, shown in (("", True), (f"?aar={next_year}", True), (f"?aar={next_year - 1}", False)):
        page = secretary.get(f"/arbejde/moeder/{asked}").content.decode()
        assert (coming.get_absolute_url() in page) == shown


class TestOnesOwnCalendar:
    def test_has_the_meetings_and_needs_no_sign_in(self, client, house, monkeypatch):
        # Meetings are there from a year back, and the tests' own are of 2026.
        monkeypatch.setattr(
            "sagsgang.meetings.pages.own_calendar._BACK", datetime.timedelta(days=36_600)
        )
        meeting = house.meeting()
        item = house.item(meeting, "Klage fra Bo", closed=True, ground="fvl. § 27")
        client.force_login(house.member("Ole Brandt"))
        page = client.post("/arbejde/moeder/kalender/", follow=True).content.decode()
        link = CalendarLink.objects.get()
        assert link.get_absolute_url() in page
        answer = Client().get(link.get_absolute_url())
        text = answer.content.decode()
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert not answer.cookies
        assert "DTSTART;TZID=Europe/Copenhagen:20260304T153000" in text
        assert "LOCATION:Rådhuset" in text
        assert item.title not in text

    def test_is_of_ones_own_bodies_only(self, client, house):
        house.meeting()
        client.force_login(house.officer)
        client.post("/arbejde/moeder/kalender/")
        text = client.get(CalendarLink.objects.get().get_absolute_url()).content.decode()
        assert "BEGIN:VEVENT" not in text

    def test_a_new_address_ends_the_old_one_and_no_log_has_it(self, secretary):
        secretary.post("/arbejde/moeder/kalender/")
        old = CalendarLink.objects.get()
        secretary.post("/arbejde/moeder/kalender/")
        assert secretary.get(old.get_absolute_url()).status_code == 404
        kept = [f"{one.before} {one.after}" for one in Change.objects.all()]
        assert not any(old.key in one for one in kept)

    def test_somebody_who_has_left_has_none(self, client, house):
        client.force_login(house.secretary)
        client.post("/arbejde/moeder/kalender/")
        with log.action(None, "account.close", house.secretary):
            User.objects.filter(pk=house.secretary.pk).update(is_active=False)
        address = CalendarLink.objects.get().get_absolute_url()
        assert Client().get(address).status_code == 404


def test_a_member_is_led_to_where_the_meeting_is_read(client, house):
    meeting = house.meeting()
    client.force_login(house.member("Ole Brandt"))
    answer = client.get(meeting.get_absolute_url())
    assert answer["Location"] == f"{meeting.get_absolute_url()}laes/"
