"""An item's case is moved to another body: before the agenda is out, after, and at the meeting."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from sagsgang.cases import log
from sagsgang.cases.models import Position, Treatment
from sagsgang.cases.refused import Refused
from sagsgang.meetings import agenda, documents, moving, session
from sagsgang.meetings.models import Meeting

from .house import House


@pytest.fixture
def councils(house: House) -> Meeting:
    """The council's next meeting, which somebody else is secretary of."""
    with log.action(None, "position.give", "council"):
        other = house.users["leader"]
        Position.objects.create(
            user=other, role=Position.SECRETARY, body=house.council, since="2020-01-01"
        )
    day = timezone.localdate() + datetime.timedelta(days=30)
    return agenda.plan(other, house.council, day, "17:00")


def test_at_every_step_both_places_say_so(client, house, councils):
    by, meeting = house.secretary, house.meeting()
    first, second, third = (house.item(meeting, title) for title in ("Første", "Anden", "Tredje"))
    client.force_login(by)
    page = meeting.get_absolute_url()

    def move(item, address=page):
        told = client.post(
            address,
            {"do": f"move_case:{item.pk}" if address == page else "move_case",
             "body": house.council.pk},
            follow=True,
        )  # fmt: skip
        return " ".join(told.content.decode().split())

    assert "»Første« står nu på dagsordenen for Byrådet" in move(first)
    assert not meeting.items.filter(title="Første").exists()
    agenda.publish(by, meeting)
    told = move(second)
    assert "Flyttet til Byrådet" in told
    second.refresh_from_db()
    assert second.withdrawn
    reading = client.get(f"{page}laes/").content.decode()
    assert "Punktet er taget af dagsordenen. Sagen behandles i Byrådet." in reading
    session.open_meeting(by, meeting)
    told = move(third, f"{page}moede/{third.pk}/")
    assert "Oversendt til Byrådet." in told
    assert "Punktet står nu på dagsordenen for Byrådet" in told
    there = councils.items.order_by("position")
    assert [one.title for one in there] == ["Første", "Anden", "Tredje"]
    assert [one.continues for one in there] == [None, second, third]
    for one in there:
        treatment = one.presentation.treatment
        assert (treatment.body, treatment.state) == (house.council, Treatment.ON_AGENDA)
    client.force_login(house.users["leader"])
    received = client.get(councils.get_absolute_url()).content.decode()
    assert received.count("Flyttet hertil fra Jobudvalget") == 2
    printed = {one.title: one.decisions[0].text for one in documents.minutes(meeting).items}
    assert printed == {
        "Anden": "Punktet udgik. Sagen behandles i Byrådet.",
        "Tredje": "Oversendt til Byrådet.",
    }
    assert list(log.verify()) == []


def test_without_an_agenda_in_the_making_the_case_is_ready_for_one(house):
    item = house.item(house.meeting())
    assert moving.move_case(house.secretary, item, house.council) is None
    treatment = item.presentation.treatment
    treatment.refresh_from_db()
    assert (treatment.body, treatment.state) == (house.council, Treatment.READY)


def test_what_is_decided_or_has_no_case_is_not_moved(house):
    meeting = house.meeting()
    standing, item = agenda.add_standing(house.secretary, meeting, "Eventuelt"), house.item(meeting)
    for one, body in ((standing, house.council), (item, house.body)):
        with pytest.raises(Refused):
            moving.move_case(house.secretary, one, body)
