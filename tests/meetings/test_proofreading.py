"""What the proofreader stops at before publication, and answering for it."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.meetings.conftest import house

from sagsgang.cases import approval, drafting, log, proofreading
from sagsgang.meetings import agenda, kept_minutes, session
from sagsgang.meetings.models import Acceptance, Item, Meeting
from sagsgang.minutes.writers.style import Style

__all__ = ["house"]
pytestmark = pytest.mark.django_db
WEEKDAY = "Mødet er tirsdag den 4. marts 2026."


def test_a_remark_is_answered_for_with_a_reason_before_agenda_and_minutes_go_out(
    house, monkeypatch
):
    presentation = house.case().treatments.get(order=1).presentation
    text = f"{WEEKDAY} Planen gælder fredag den 2. januar 2026, se bilag."
    sections = [{"label": "Sagsfremstilling", "kind": "presentation", "text": text}]
    drafting.save(
        house.officer, presentation, {"sections": sections}, revision=presentation.revision
    )
    presentation.refresh_from_db()
    first, second = proofreading.standing(presentation)
    assert [first.code, second.code] == ["weekday_differs", "attachment_missing"]
    proofreading.accept(house.officer, presentation, first.key, "Citat")
    step = approval.send(house.officer, presentation)
    while step is not None:
        step = approval.approve(house.users[step.role], step)
    meeting = house.meeting()
    agenda.take_in(house.secretary, meeting, presentation.treatment)
    secretary = Client()
    secretary.force_login(house.secretary)
    address = f"{meeting.get_absolute_url()}offentliggoer/"
    [remark] = secretary.get(address).context["remarks"]
    assert remark.key == second.key
    given = {"do": "accept", "key": remark.key, "reason": " "}
    assert "Skriv, hvorfor" in secretary.post(address, given, follow=True).content.decode()
    told = secretary.post(address, given | {"reason": "Bilaget kommer"}, follow=True)
    assert told.context["remarks"] == []
    assert "Bilaget kommer" in told.content.decode()
    member = Client()
    member.force_login(house.member("Ida Holm"))
    assert member.post(address, given).status_code in (403, 404)
    agenda.publish(house.secretary, meeting)
    meeting = Meeting.objects.get(pk=meeting.pk)
    session.open_meeting(house.secretary, meeting)
    decision = "Drøftet. Sagen genoptages tirsdag den 1. april 2026."
    session.decide(house.secretary, Item.objects.get(), decision, "discussed")
    closing = f"{meeting.get_absolute_url()}referat/"
    [remark] = secretary.get(closing).context["remarks"]
    assert (remark.code, remark.place) == ("weekday_differs", "Beslutning")
    secretary.post(closing, {"do": "accept", "key": remark.key, "reason": "Som sagt på mødet"})
    assert secretary.get(closing).context["remarks"] == []
    assert Acceptance.objects.count() == 2
    # Nor are they asked for again when the minutes are kept in print, where titles may be longer.
    monkeypatch.setattr(Style, "before_titles", lambda *_: "JU")
    session.close(house.secretary, meeting)
    assert kept_minutes.latest(meeting).public.items[0].title.startswith("JU ")
    assert secretary.get(closing).context["remarks"] == []
    assert list(log.verify()) == []
