"""Who was there for what, which words stand, and where a case goes from a meeting."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from sagsgang.archive.models import Publication
from sagsgang.bodies.models import Membership
from sagsgang.cases import approval, drafting, log, positions
from sagsgang.cases.drafting import Refused
from sagsgang.cases.models import Entry, Position, Treatment
from sagsgang.cases.rights import may
from sagsgang.cases.way import way_of
from sagsgang.meetings import agenda, documents, session, signing
from sagsgang.meetings.attendance import able_to_stand_in, memberships, quorum
from sagsgang.meetings.models import Item, Meeting
from sagsgang.meetings.rules.voting import NotAllowed
from sagsgang.web.sign_in import invitations

from .house import House


@pytest.fixture
def opened(house: House) -> Meeting:
    meeting = house.meeting()
    for _ in range(2):
        house.item(meeting)
    agenda.publish(house.secretary, meeting)
    session.open_meeting(house.secretary, meeting)
    meeting.refresh_from_db()
    return meeting


def _decide(house: House, item: Item, outcome: str = "approved") -> None:
    session.decide(house.secretary, item, "Besluttet.", outcome)
    item.refresh_from_db()


def _treatment(item: Item) -> Treatment:
    return Treatment.objects.get(presentation__items=item)


# The words that were before the body


def test_what_is_written_after_a_referral_back_is_not_in_the_meetings_minutes(house, opened):
    first, second = opened.items.order_by("position")
    _decide(house, first, "referred_back")
    _decide(house, second)
    session.close(house.secretary, opened)
    opened.refresh_from_db()
    before = documents.minutes(opened, reading="whole")
    draft = first.presentation
    secret = [{"label": "Sagsfremstilling", "kind": "presentation", "text": "HEMMELIG"}]
    content = {"sections": secret, "title": "HEMMELIG", "closed": True, "ground": "fvl. § 27"}
    drafting.save(house.officer, draft, content, revision=draft.revision)
    session.publish_minutes(house.secretary, opened)
    assert not any("HEMMELIG" in one.text for one in Publication.objects.all())
    assert documents.minutes(opened, reading="whole") == before


def test_a_closed_attachment_stays_in_though_an_open_one_is_called_the_same(house):
    meeting = house.meeting()
    treatment = house.ready_with(("Brev", False), ("Brev", True))
    agenda.take_in(house.secretary, meeting, treatment)
    agenda.publish(house.secretary, meeting)
    [public] = Publication.objects.get().minutes.items
    assert len(public.attachments) == 1


def test_what_is_sent_is_what_is_stored(house):
    opened_before = house.case().treatments.get(order=1).presentation
    latest = drafting.save(
        house.officer, opened_before, {"title": "Den nye"}, revision=opened_before.revision
    )
    step = approval.send(house.officer, opened_before)
    assert step.revision == latest.revision


# Where a case goes


def test_a_withdrawn_case_is_approved_by_nobody(house):
    treatment = house.case().treatments.get(order=1)
    step = approval.send(house.officer, treatment.presentation)
    drafting.withdraw(house.officer, treatment, "Bortfaldet")
    assert not approval.waiting_for(house.users["leader"])
    with pytest.raises(Refused):
        approval.approve(house.users["leader"], step)


def test_a_case_on_an_agenda_is_not_withdrawn_by_one_who_saw_it_before(house):
    treatment = house.approved()
    seen_before = Treatment.objects.get(pk=treatment.pk)
    agenda.take_in(house.secretary, house.meeting(), treatment)
    with pytest.raises(Refused):
        drafting.withdraw(house.officer, seen_before, "Bortfaldet")


def test_without_a_unit_nobody_may(house):
    assert not may(house.secretary, "presentation.edit", None)


def test_a_case_postponed_to_no_day_waits_for_an_agenda(house, opened):
    item = opened.items.first()
    _decide(house, item, "postponed")
    assert _treatment(item).state == Treatment.READY
    assert item.procedural
    assert agenda.take_in(house.secretary, house.meeting(day=5), _treatment(item))


def test_an_item_is_taken_off_once(house, opened):
    item = opened.items.first()
    agenda.take_off(house.secretary, item, "Ikke klar")
    agenda.take_in(house.secretary, house.meeting(day=5), _treatment(item))
    with pytest.raises(Refused):
        agenda.take_off(house.secretary, item, "Ikke klar")
    assert _treatment(item).state == Treatment.ON_AGENDA


def test_what_is_taken_up_at_the_meeting_has_a_number_and_is_minuted(house, opened):
    extra = agenda.add_standing(house.secretary, opened, "Godkendelse af hastesag")
    for item in opened.items.exclude(pk=extra.pk):
        _decide(house, item)
    with pytest.raises(Refused, match="Godkendelse af hastesag"):
        session.close(house.secretary, opened)
    _decide(house, extra)
    session.close(house.secretary, opened)
    printed = documents.minutes(opened).items
    assert [one.title for one in printed][-1] == "Godkendelse af hastesag"
    assert printed[-1].number == "3"


# Who was there


def test_absent_is_who_was_away_when_it_was_decided(house, opened):
    first, second = opened.items.order_by("position")
    ole = house.people["Ole Brandt"]
    _decide(house, first)
    session.set_present(house.secretary, opened, ole, False)
    _decide(house, second)
    session.close(house.secretary, opened)
    opened.refresh_from_db()
    printed = documents.minutes(opened)
    assert [one.absent for one in printed.items] == [(), ("Ole Brandt",)]
    assert {one.name: one.present for one in printed.members}["Ole Brandt"]
    # Kommunestyrelsesloven § 13: signed by those who took part, though they left before the end.
    assert ole in signing.missing(opened)


def test_a_seat_has_one_vote_when_its_member_comes_back(house, opened):
    ole, stand_in = house.people["Ole Brandt"], _stranger(house)
    session.set_present(house.secretary, opened, ole, False, substitute=stand_in)
    session.set_present(house.secretary, opened, ole, True)
    item = opened.items.first()
    assert stand_in not in session.taking_part(item)
    _decide(house, item)
    assert documents.minutes(opened).items[0].absent == ()


def test_a_seat_has_one_vote_whatever_a_screen_that_is_behind_asks_for(house, opened):
    ole, stand_in = house.people["Ole Brandt"], _stranger(house)
    other = _stranger(house, "Per Skov")
    session.set_present(house.secretary, opened, ole, False, substitute=stand_in)
    session.set_present(house.secretary, opened, stand_in, False)
    session.set_present(house.secretary, opened, stand_in, True)
    session.set_present(house.secretary, opened, ole, True)
    with pytest.raises(Refused, match="er til stede"):
        session.set_present(house.secretary, opened, stand_in, True)
    with pytest.raises(Refused, match="stedfortræder for Ole Brandt"):
        session.set_present(house.secretary, opened, stand_in, False, substitute=other)
    assert len(session.taking_part(opened.items.first())) == 5


def test_a_member_stands_in_for_nobody(house, opened):
    ole, ida = house.people["Ole Brandt"], house.people["Ida Holm"]
    with pytest.raises(Refused):
        session.set_present(house.secretary, opened, ole, False, substitute=ida)


@pytest.mark.parametrize("how", ["conflict", "absent"])
def test_only_one_who_was_there_for_the_item_refers_it(house, opened, how):
    """Ministry of the Interior and Health, 16 June 2003 (resumédatabasen 03.1.7)."""
    item, ole = opened.items.first(), house.people["Ole Brandt"]
    if how == "conflict":
        session.leave(house.secretary, item, ole, "Nær slægtning")
    else:
        session.set_present(house.secretary, opened, ole, False)
    _decide(house, item)
    session.set_present(house.secretary, opened, ole, True)
    with pytest.raises(NotAllowed):
        session.refer(house.secretary, item, ole, house.council)


def test_a_referral_reaches_the_council_though_its_treatment_was_withdrawn(house, opened):
    item = opened.items.first()
    councils = Treatment.objects.get(case=_treatment(item).case, body=house.council)
    _decide(house, item)
    councils.refresh_from_db()
    drafting.withdraw(house.officer, councils, "Afgøres i udvalget")
    ida = house.people["Ida Holm"]
    referral = session.refer(house.secretary, item, ida, house.council)
    assert referral.treatment.state == Treatment.DRAFT
    assert session.refer(house.secretary, item, ida, house.council) == referral
    printed = documents.minutes(opened).items[0]
    assert printed.referred_to_council_by == ("Ida Holm",)
    assert "indbragt for Byrådet" in printed.decisions[0].text


def _stranger(house: House, name: str = "Bo Vik"):
    return house.stranger(name)


# What was put before the body


def test_what_is_signed_stays_though_the_case_goes_to_another_body_that_decides(house, opened):
    for item in opened.items.all():
        _decide(house, item)
    session.close(house.secretary, opened)
    opened.refresh_from_db()
    before = documents.minutes(opened, reading="whole")
    case = opened.items.first().presentation.treatment.case
    with log.action(None, "test.treatment", case):
        case.treatments.create(body=house.body, order=3, role=Treatment.DECIDING)
    assert documents.minutes(opened, reading="whole") == before
    assert {one.decided_by for one in documents.minutes(opened).items} == {"Byrådet"}


def test_the_matrix_tells_of_no_body_that_treats_the_case_behind_closed_doors(house, opened):
    item = house.item(opened, closed=True, ground="styrelseslovens § 10, stk. 2")
    _decide(house, item)
    there = item.presentation.treatment.case.treatments.get(order=2).presentation
    assert there.closed
    drafting.save(house.officer, there, {"closed": False}, revision=there.revision)
    there.refresh_from_db()
    assert dict(way_of(there.treatment)["matrix"]) == {"BYR": True, "JOB": False}
    assert dict(way_of(item.presentation.treatment)["matrix"]) == {"BYR": True, "JOB": True}


def test_who_leaves_and_who_comes_instead_count_on_the_days_of_their_membership(house, client):
    """One page, one action: rights, attendance, the public page and the log tell the same."""
    eva = invitations.invite("eva@lindvig.dk", "Eva", administrator=True)
    ida = house.member("Ida Holm")
    chair = positions.give(
        eva, ida, Position.CHAIR, body=house.body, since=datetime.date(2026, 1, 1)
    )
    seat = Membership.objects.get(person=ida.person)
    client.force_login(eva)
    page = f"/arbejde/folk/plads/{seat.pk}/"
    given = {"until": "2030-01-01", "successor": "Bo Vik", "party": "A"}
    assert "2026-2029" in client.post(page, given).content.decode()
    assert client.post(page, given | {"until": ""}).status_code == 422
    assert client.post(page, given | {"until": "2026-03-03"}).status_code == 302
    chair.refresh_from_db()
    assert str(chair.until) == "2026-03-03"

    before, meeting = house.meeting(day=3), house.meeting(day=4)
    names = {one: [each.person.name for each in memberships(one)] for one in (before, meeting)}
    assert "Ida Holm" in names[before]
    assert "Bo Vik" not in names[before]
    assert "Bo Vik" in names[meeting]
    assert "Ida Holm" not in names[meeting]
    assert "Ida Holm" not in [one.name for one in able_to_stand_in(meeting)]
    house.item(meeting)
    agenda.publish(house.secretary, meeting)
    session.open_meeting(house.secretary, meeting)
    assert quorum(meeting.items.get()).members == 5
    assert may(ida, "item.read_closed", house.body, on=before.date)
    assert not may(ida, "item.read_closed", house.body, on=meeting.date)

    listed = client.get("/lindvig/jobudvalget/").content.decode()
    here, _heading, former = listed.partition("Tidligere medlemmer")
    assert 'fra <time datetime="2026-03-04">' in here
    assert "Ida Holm" not in here
    assert "Ida Holm" in former
    assert 'til <time datetime="2026-03-03">' in former
    told = client.get(f"/arbejde/folk/udvalg/{house.body.pk}/").content.decode()
    assert told.index("Bo Vik") < told.index("Tidligere medlemmer") < told.index("Ida Holm")

    [entry] = Entry.objects.filter(action="membership.days")
    assert {one.table for one in entry.changes.all()} == {
        "bodies_membership", "bodies_person", "cases_position",
    }  # fmt: skip
    Membership.objects.filter(pk=seat.pk).update(until=None)
    assert [fault.place for fault in log.verify()] == [f"bodies_membership:{seat.pk}"]


def test_a_role_of_a_member_that_is_ended_ends_the_membership(house):
    eva = invitations.invite("eva@lindvig.dk", "Eva", administrator=True)
    ida, today = house.member("Ida Holm"), timezone.localdate()
    seat = Membership.objects.filter(person=ida.person)
    given = [
        positions.give(eva, ida, role, body=house.body, since=datetime.date(2026, 1, 1))
        for role in (Position.MEMBER, Position.CHAIR)
    ]
    positions.end(eva, given[1])
    assert seat.get().until is None
    positions.end(eva, given[0])
    assert seat.get().until == today - datetime.timedelta(days=1)
    assert not may(ida, "meeting.read", house.body)
    positions.give(eva, ida, Position.MEMBER, body=house.body)
    assert may(ida, "meeting.read", house.body)
    assert list(log.verify()) == []


def test_a_substitute_who_is_printed_in_the_houses_minutes_is_no_member_by_that(house, opened):
    bo = house.stranger("Bo Vik", house.council)
    session.set_present(
        house.secretary, opened, house.people["Ida Holm"], present=False, substitute=bo
    )
    for item in opened.items.all():
        session.decide(house.secretary, item, "Godkendt.", "approved")
    session.close(house.secretary, opened)
    opened.refresh_from_db()
    session.publish_minutes(house.secretary, opened)
    assert bo.attendance.count() == 1
    assert [one.body for one in bo.memberships.all()] == [house.council]
