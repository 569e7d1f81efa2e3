"""Who may do what, when: a table of roles and actions, and one of actions and states.

A row of the first table is an action, a column a role that somebody has in the unit or the body; a
row of the second is an action by one who may, a column a state that it is tried in.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.utils import timezone

from sagsgang.bodies.models import Body, Membership, Municipality, Person
from sagsgang.cases import (
    absences,
    approval,
    drafting,
    grants,
    hearing,
    house_rules,
    log,
    positions,
    seats,
)
from sagsgang.cases.drafting import Stop
from sagsgang.cases.models import (
    Case,
    Entry,
    Grant,
    HouseRules,
    Position,
    Presentation,
    Treatment,
    Unit,
    User,
)
from sagsgang.cases.pages.case import entries_of
from sagsgang.cases.reading import readable
from sagsgang.cases.refused import Refused
from sagsgang.cases.rights import Forbidden, demand
from sagsgang.meetings import agenda, documents, session, signing
from sagsgang.meetings.insight import demand_covered
from sagsgang.meetings.models import Item, Leave, Meeting
from sagsgang.meetings.rules.voting import NotAllowed

from .house import SECTIONS, House, sign

ROLES = """
action              officer leader director secretary member chair substitute administrator auditor none
case.create            x       x       .        x       .      .       .            .          .      .
presentation.save      x       x       .        x       .      .       .            .          .      .
presentation.send      x       x       .        x       .      .       .            .          .      .
presentation.approve   .       x       .        .       .      .       .            .          .      .
presentation.return    .       x       .        .       .      .       .            .          .      .
treatment.withdraw     x       x       .        x       .      .       .            .          .      .
hearing.take_back      x       x       .        x       .      .       .            .          .      .
meeting.plan           .       .       .        x       .      .       .            .          .      .
agenda.take_in         .       .       .        x       .      .       .            .          .      .
agenda.add             .       .       .        x       .      .       .            .          .      .
agenda.move            .       .       .        x       .      .       .            .          .      .
agenda.take_off        .       .       .        x       .      .       .            .          .      .
agenda.publish         .       .       .        x       .      .       .            .          .      .
meeting.open           .       .       .        x       .      .       .            .          .      .
meeting.attendance     .       .       .        x       .      .       .            .          .      .
item.leave             .       .       .        x       .      .       .            .          .      .
item.come_back         .       .       .        x       .      .       .            .          .      .
item.decide            .       .       .        x       .      .       .            .          .      .
item.postpone          .       .       .        x       .      .       .            .          .      .
item.refer             .       .       .        x       .      .       .            .          .      .
meeting.close          .       .       .        x       .      .       .            .          .      .
item.correct           .       .       .        x       .      .       .            .          .      .
minutes.publish        .       .       .        x       .      .       .            .          .      .
minutes.sign           .       .       .        .       x      x       x            .          .      .
position.give          .       .       .        .       .      .       .            x          .      .
grant.agree            .       .       .        .       .      .       .            x          .      .
grant.refuse           .       .       .        .       .      .       .            x          .      .
membership.begin       .       .       .        .       .      .       .            x          .      .
membership.change      .       .       .        .       .      .       .            x          .      .
account.close          .       .       .        .       .      .       .            x          .      .
unit.create            .       .       .        .       .      .       .            x          .      .
rules.set              .       .       .        .       .      .       .            x          .      .
log.read               .       .       .        .       .      .       .            .          x      .
minutes.look_up        .       .       .        x       .      .       .            .          x      .
"""

CASE_STATES = """
action                 waiting draft approving ready on_agenda decided withdrawn
presentation.save         .      x       .       .       .        .        .
presentation.send         .      x       .       .       .        .        .
presentation.approve      .      .       x       .       .        .        .
presentation.return       .      .       x       .       .        .        .
treatment.withdraw        x      x       x       x       .        .        .
agenda.take_in            .      .       .       x       .        .        .
"""

MEETING_STATES = """
action                 planned called open closed signed
agenda.take_in            x      x     x     .      .
agenda.add                x      x     x     .      .
agenda.move               x      .     .     .      .
agenda.take_off           x      x     x     .      .
agenda.publish            x      .     .     .      .
meeting.open              .      x     .     .      .
meeting.attendance        .      .     x     .      .
item.leave                .      .     x     .      .
item.come_back            .      .     x     .      .
item.decide               .      .     x     .      .
item.postpone             .      .     x     .      .
item.refer                .      .     .     .      .
meeting.close             .      .     .     .      .
item.correct              .      .     .     x      x
minutes.publish           .      .     .     x      x
minutes.sign              .      .     .     x      .
"""

INSIGHT = """
when                secretary director member elected substitute
while_to_sign           x        .        x      x        x
after_to_sign           .        .        .      x        x
after_final             .        .        .      .        .
again_final             x        .        x      x        .
"""
"""Who reads a meeting's closed item: while their role lasts, after it, and when it is back."""

Do = Callable[[User], object]


def table(text: str) -> dict[tuple[str, str], bool]:
    """Whether each action can be done, by role or state."""
    heading, *rows = (line.split() for line in text.strip().splitlines())
    return {
        (action, column): mark == "x"
        for action, *marks in rows
        for column, mark in zip(heading[1:], marks, strict=True)
    }


@pytest.fixture
def people(house: House) -> dict[str, User]:
    """Somebody with each role, in the unit and in the body, who is not a member by election."""
    found = {}
    with log.action(None, "position.give", "everybody"):
        for role in dict(Position.ROLES):
            user = User.objects.create(username=f"{role}@rolle.dk", first_name=role)
            everywhere = role in ("administrator", "auditor")
            for place in ({},) if everywhere else ({"unit": house.unit}, {"body": house.body}):
                if role == "secretary" and "unit" in place:
                    place = {"body": house.council}
                Position.objects.create(user=user, role=role, since="2020-01-01", **place)
            if role in ("member", "chair", "substitute"):
                user.person = Person.objects.create(
                    municipality=house.municipality, name=role.title(), slug=role
                )
                user.save()
                Membership.objects.create(person=user.person, body=house.body, term="2022-2025")
        found = {
            user.first_name: user for user in User.objects.filter(username__endswith="rolle.dk")
        }
        found["none"] = User.objects.create(username="ingen@rolle.dk")
    return found


# What is tried


def of_case(house: House, treatment: Treatment) -> dict[str, Do]:
    presentation = Presentation.objects.filter(treatment=treatment).first()
    step = presentation.approvals.first() if presentation else None
    acts: dict[str, Do] = {
        "treatment.withdraw": lambda user: drafting.withdraw(user, treatment, "Bortfaldet"),
        "agenda.take_in": lambda user: agenda.take_in(user, house.meeting(month=9), treatment),
    }
    if presentation:
        acts["presentation.save"] = lambda user: drafting.save(
            user, presentation, {"title": "Ny"}, revision=presentation.revision
        )
        acts["presentation.send"] = lambda user: approval.send(user, presentation)
    if step:
        acts["presentation.approve"] = lambda user: approval.approve(user, step)
        acts["presentation.return"] = lambda user: approval.give_back(user, step, "Uddyb")
    return acts


def of_meeting(house: House, meeting: Meeting) -> dict[str, Do]:
    item, ida = meeting.items.first(), house.people["Ida Holm"]
    later = Meeting.objects.filter(date__month=9).first() or house.meeting(month=9)
    ready = house.approved()
    return {
        "meeting.plan": lambda user: agenda.plan(
            user, house.body, datetime.date(2026, 10, 7), "15:30"
        ),
        "agenda.take_in": lambda user: agenda.take_in(user, meeting, ready),
        "agenda.add": lambda user: agenda.add_standing(user, meeting, "Eventuelt"),
        "agenda.move": lambda user: agenda.move(user, item, 2),
        "agenda.take_off": lambda user: agenda.take_off(user, item, "Ikke klar"),
        "agenda.publish": lambda user: agenda.publish(user, meeting),
        "meeting.open": lambda user: session.open_meeting(user, meeting),
        "meeting.attendance": lambda user: session.set_present(user, meeting, ida, False),
        "item.leave": lambda user: session.leave(user, item, ida),
        "item.come_back": lambda user: session.come_back(user, item, house.people["Ole Brandt"]),
        "item.decide": lambda user: session.decide(user, item, "Godkendt.", "approved"),
        "item.postpone": lambda user: session.postpone(user, item, later),
        "item.refer": lambda user: session.refer(user, item, ida, house.council),
        "meeting.close": lambda user: session.close(user, meeting),
        "item.correct": lambda user: session.correct(user, item, "14, ikke 15.", "Tastefejl"),
        "minutes.publish": lambda user: session.publish_minutes(user, meeting),
        "minutes.sign": lambda user: sign(user, meeting),
    }


def of_house(house: House) -> dict[str, Do]:
    """What is not about a case or a meeting."""
    rules = {"own_approval": False, "one_approver": False, "signing_days": None}
    seat = house.people["Ole Brandt"].memberships.get()
    grant = waiting(house)
    day = timezone.localdate()
    asked = hearing.send_out(
        house.officer, house.case(), "Planen", ["Ældrerådet"], sent_on=day, deadline=day
    )
    return {
        "hearing.take_back": lambda user: hearing.take_back(user, asked, "Bortfaldet"),
        "position.give": lambda user: positions.give(user, house.officer, Position.AUDITOR),
        "grant.agree": lambda user: positions.agree(user, grant),
        "grant.refuse": lambda user: grants.refuse(user, grant),
        "membership.begin": lambda user: seats.begin(user, house.body, "Ny Medlem"),
        "membership.change": lambda user: seats.change(user, seat, None, None),
        "account.close": lambda user: positions.set_active(user, house.officer, False),
        "unit.create": lambda user: positions.create_unit(user, house.municipality, "Ydelser"),
        "rules.set": lambda user: house_rules.decide(user, house.municipality, **rules),
        "log.read": lambda user: demand(user, "log.read"),
        "minutes.look_up": lambda user: demand(user, "minutes.look_up", house.body),
    }


def waiting(house: House) -> Grant:
    """A role of secretary that one administrator gives, and another is to agree to."""
    with log.action(None, "position.give", "everybody"):
        eva, liv = (User.objects.create(username=f"{name}@lindvig.dk") for name in ("eva", "liv"))
        for one in (eva, liv):
            one.positions.create(role=Position.ADMINISTRATOR, since="2020-01-01")
    assert positions.give(eva, house.officer, Position.SECRETARY, body=house.body) is None
    return house.officer.grants.get()


def tried(do: Do, user: User) -> str:
    """What came of it; it is undone again."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                do(user)
            return "done"
        except Forbidden:
            return "forbidden"
        except (Refused, NotAllowed):
            return "refused"
        finally:
            transaction.set_rollback(True)


# The states


def cases(house: House) -> Iterator[tuple[str, Treatment]]:
    """A treatment in each state."""
    draft = house.case()
    yield "draft", draft.treatments.get(order=1)
    yield "waiting", draft.treatments.get(order=2)
    sent = house.case().treatments.get(order=1)
    approval.send(house.officer, sent.presentation)
    yield "approving", sent
    yield "ready", house.approved()
    gone = house.case().treatments.get(order=1)
    drafting.withdraw(house.officer, gone, "Bortfaldet")
    yield "withdrawn", gone
    meeting = house.meeting(month=8)
    items = [house.item(meeting), house.item(meeting)]
    agenda.publish(house.secretary, meeting)
    session.open_meeting(house.secretary, meeting)
    session.decide(house.secretary, items[0], "Godkendt.", "approved")
    yield "decided", items[0].presentation.treatment
    yield "on_agenda", items[1].presentation.treatment


def meetings(house: House) -> Iterator[tuple[str, Meeting]]:
    """One meeting, as it comes to each state; Ole is out of the room for the first item."""
    meeting = house.meeting()
    house.item(meeting)
    agenda.add_standing(house.secretary, meeting, "Eventuelt")
    yield "planned", meeting
    agenda.publish(house.secretary, meeting)
    yield "called", meeting
    session.open_meeting(house.secretary, meeting)
    first = meeting.items.first()
    session.leave(house.secretary, first, house.people["Ole Brandt"])
    yield "open", meeting
    for item in meeting.items.all():
        session.decide(house.secretary, item, "Godkendt.", "approved")
    yield "decided", meeting
    session.close(house.secretary, meeting)
    meeting.refresh_from_db()
    yield "closed", meeting
    for person in list(signing.missing(meeting)):
        sign(User.objects.get(person=person), meeting)
    yield "signed", meeting


def test_each_action_can_be_done_by_the_roles_of_the_table_in_any_state(house, people):
    """Whoever has no role for it is told so, whatever state the matter is in."""
    may = table(ROLES)
    found = {}
    for _state, treatment in list(cases(house)):
        _collect(found, of_case(house, treatment), people)
    for _state, meeting in meetings(house):
        acts = of_meeting(house, meeting)
        acts["case.create"] = lambda user: drafting.create_case(
            user, house.municipality, "26/99", "Sag", unit=house.unit,
            way=[(house.body, Treatment.DECIDING)],
        )  # fmt: skip
        _collect(found, acts, people)
    _collect(found, of_house(house), people)
    wrong = {
        place: outcomes
        for place, outcomes in found.items()
        if may[place] == ("forbidden" in outcomes)
    }
    assert wrong == {}
    assert set(found) == set(may)


def _collect(found: dict[tuple[str, str], set[str]], acts: dict[str, Do], people) -> None:
    for action, do in acts.items():
        for role, user in people.items():
            found.setdefault((action, role), set()).add(tried(do, user))


def test_a_case_can_be_worked_on_in_the_states_of_the_table(house):
    can = table(CASE_STATES)
    leader, officer, secretary = (house.users[one] for one in ("leader", "officer", "secretary"))
    actors = {
        "presentation.approve": leader,
        "presentation.return": leader,
        "agenda.take_in": secretary,
    }
    for state, treatment in list(cases(house)):
        for action, do in of_case(house, treatment).items():
            outcome = tried(do, actors.get(action, officer))
            assert (outcome == "done") == can[action, state], (action, state, outcome)


def test_a_meeting_can_be_worked_on_in_the_states_of_the_table(house):
    can = table(MEETING_STATES)
    signer = house.member("Ida Holm")
    for state, meeting in meetings(house):
        if state == "decided":
            assert tried(lambda user: session.close(user, meeting), house.secretary) == "done"  # noqa: B023
            refer = of_meeting(house, meeting)["item.refer"]
            assert tried(refer, house.secretary) == "done"
            continue
        for action, do in of_meeting(house, meeting).items():
            if action == "meeting.plan":
                continue
            outcome = tried(do, signer if action == "minutes.sign" else house.secretary)
            assert (outcome == "done") == can[action, state], (action, state, outcome)


# Insight


def test_a_closed_item_is_read_while_a_role_lasts_and_until_ones_minutes_are_final(house):
    stand_in = Person.objects.create(municipality=house.municipality, name="Bo Vik", slug="bo-vik")
    who = {"secretary": house.secretary, "elected": house.member("Ida Holm")}
    who["director"] = house.users["director"]
    with log.action(None, "position.give", "everybody"):
        who["member"] = User.objects.create(username="member@rolle.dk")
        Position.objects.create(
            user=who["member"], role="member", body=house.body, since="2026-01-01"
        )
        who["substitute"] = User.objects.create(username="bo@lindvig.dk", person=stand_in)
        left = Position.objects.create(
            user=who["elected"], role="member", body=house.body, since="2026-01-01"
        )
    meeting = _decided(house, substitute=stand_in, closed=True, ground="fvl. § 27")
    session.close(house.secretary, meeting)
    found = {"while_to_sign": _read_by(who, meeting)}
    over = datetime.date(2026, 6, 30)
    Position.objects.update(until=over)
    Membership.objects.filter(person=who["elected"].person).update(until=over)
    found["after_to_sign"] = _read_by(who, meeting)
    for person in list(signing.missing(meeting)):
        sign(User.objects.get(person=person), meeting)
    found["after_final"] = _read_by(who, meeting)
    Position.objects.update(until=None)
    Membership.objects.update(until=None)
    left.delete()
    found["again_final"] = _read_by(who, meeting)
    may = {(when, role): read for when, each in found.items() for role, read in each.items()}
    assert may == table(INSIGHT)


def _read_by(who: dict[str, User], meeting: Meeting) -> dict[str, bool]:
    """Whether each reads the meeting's closed item."""
    item = Meeting.objects.get(pk=meeting.pk).items.get()
    return {
        role: tried(lambda one: demand_covered(one, item), user) == "done"
        for role, user in who.items()
    }


def test_an_officer_whose_role_is_over_reads_no_cases(client, house):
    case = house.case()
    assert readable(house.officer).get() == case
    house.officer.positions.update(until=datetime.date(2026, 6, 30))
    assert not readable(house.officer).exists()
    client.force_login(house.officer)
    page = client.get("/arbejde/")
    assert page.status_code == 200
    assert case.title not in page.content.decode()


def test_the_log_of_a_case_tells_nothing_of_another_municipalitys_of_that_number(house):
    case = house.case()
    there = Municipality.objects.create(name="Nabo", slug="nabo")
    body = Body.objects.create(municipality=there, name="Udvalg", slug="u", kind=Body.COMMITTEE)
    stranger = User.objects.create(username="fremmed@nabo.dk", first_name="Fremmed")
    with log.action(None, "position.give", stranger):
        unit = Unit.objects.create(municipality=there, name="Afdeling")
        Position.objects.create(user=stranger, role=Position.OFFICER, unit=unit, since="2020-01-01")
    way = [(body, Treatment.DECIDING)]
    drafting.create_case(stranger, there, case.number, "Deres", unit=unit, way=way)
    told = [(one.action, one.actor) for one in entries_of(case)]
    assert [action for action, _actor in told].count("case.create") == 1
    assert not any("fremmed" in actor for _action, actor in told)
    with pytest.raises(Refused, match="samme kommune"):
        drafting.create_case(
            stranger, there, "9", "Deres", unit=unit, way=[(house.body, Treatment.DECIDING)]
        )


# What a secretary prepares


def test_a_secretary_begins_a_case_for_her_own_body_and_it_needs_no_step_of_hers(house):
    secretary = house.secretary
    with pytest.raises(Forbidden):
        drafting.create_case(
            secretary, house.municipality, "26/94", "Sag", unit=house.unit,
            way=[(house.council, Treatment.DECIDING)],
        )  # fmt: skip
    treatment = drafting.create_case(
        secretary, house.municipality, "26/94", "Mødeplan for 2027", unit=house.unit,
        way=[(house.body, Treatment.DECIDING)],
    ).treatments.get()  # fmt: skip
    drafting.save(secretary, treatment.presentation, {"sections": SECTIONS}, revision=1)
    step = approval.send(secretary, treatment.presentation)
    step = approval.approve(house.users["leader"], step)
    assert approval.approve(house.users["director"], step) is None
    treatment.refresh_from_db()
    assert treatment.state == Treatment.READY


# Units


def test_a_role_holds_in_the_parts_of_the_unit_and_not_above_it(house):
    with log.action(None, "unit.create", "cases.unit"):
        top = Unit.objects.create(municipality=house.municipality, name="Forvaltningen")
        house.unit.parent = top
        house.unit.save()
        chief = User.objects.create(username="chef@lindvig.dk")
        Position.objects.create(user=chief, role="leader", unit=top, since="2020-01-01")
    step = approval.send(house.officer, house.case().treatments.get(order=1).presentation)
    assert list(approval.waiting_for(chief)) == [step]
    assert approval.approve(chief, step).role == "director"
    with pytest.raises(Forbidden):
        drafting.create_case(
            house.officer, house.municipality, "26/98", "Sag", unit=top,
            way=[(house.body, Treatment.DECIDING)],
        )  # fmt: skip


def test_units_in_a_ring_do_not_hang(house):
    with log.action(None, "unit.create", "cases.unit"):
        other = Unit.objects.create(municipality=house.municipality, name="Ring", parent=house.unit)
        house.unit.parent = other
        house.unit.save()
    assert house.case()


# Nobody approves their own case


def _own(house: House):
    leader = house.users["leader"]
    case = drafting.create_case(
        leader, house.municipality, "26/97", "Lederens sag", unit=house.unit,
        way=[(house.body, Treatment.DECIDING)],
    )  # fmt: skip
    return leader, approval.send(leader, case.treatments.get().presentation)


def test_nobody_approves_their_own_case(house):
    leader, step = _own(house)
    assert not approval.waiting_for(leader)
    with pytest.raises(Refused, match="en anden skal godkende"):
        approval.approve(leader, step)
    approval.give_back(leader, step, "Det var for tidligt")


def test_who_wrote_in_anothers_case_does_not_approve_it(house):
    leader, presentation = house.users["leader"], house.case().treatments.get(order=1).presentation
    drafting.save(leader, presentation, {"title": "Lederens ord"}, revision=2)
    step = approval.send(house.officer, presentation)
    with pytest.raises(Refused, match="en anden skal godkende"):
        approval.approve(leader, step)


def test_nobody_approves_two_steps_in_a_row(house):
    """Not by two roles, nor for somebody who is away; the page says why."""
    leader, director = house.users["leader"], house.users["director"]
    absences.be_away(director, leader, *[timezone.localdate()] * 2)
    case = house.case()
    step = approval.send(house.officer, case.treatments.get(order=1).presentation)
    second = approval.approve(leader, step)
    assert not approval.waiting_for(leader)
    assert (
        "trinnet før" in approval.barred(leader, case.treatments.get(order=1).presentation).danish
    )
    with pytest.raises(Refused, match="en anden skal godkende"):
        approval.approve(leader, second)
    assert list(approval.waiting_for(director)) == [second]
    rules = {"own_approval": False, "one_approver": True, "signing_days": None}
    house_rules.decide(_administrator(), house.municipality, **rules)
    assert list(approval.waiting_for(leader)) == [second]
    assert approval.approve(leader, second).role == "secretary"


def test_one_who_approved_before_it_came_back_approves_anew(house):
    leader, presentation = house.users["leader"], house.case().treatments.get(order=1).presentation
    step = approval.approve(leader, approval.send(house.officer, presentation))
    approval.give_back(house.users["director"], step, "Uddyb")
    step = approval.send(house.officer, presentation)
    assert list(approval.waiting_for(leader)) == [step]
    approval.approve(leader, step)


def _administrator() -> User:
    with log.action(None, "position.give", "eva"):
        user = User.objects.create(username="eva@lindvig.dk")
        Position.objects.create(user=user, role="administrator", since="2020-01-01")
    return user


def test_a_municipality_may_let_people_approve_their_own(house):
    with log.action(None, "rules.set", "lindvig"):
        HouseRules.objects.create(municipality=house.municipality, own_approval=True)
    leader, step = _own(house)
    assert list(approval.waiting_for(leader)) == [step]
    approval.approve(leader, step)


# Who is who


def test_two_members_of_one_name_are_two(house):
    twin = Person.objects.create(
        municipality=house.municipality, name="Ida Holm", slug="ida-holm-2"
    )
    Membership.objects.create(person=twin, body=house.body, term="2026-2029", party="V")
    meeting = house.meeting()
    item = house.item(meeting)
    agenda.publish(house.secretary, meeting)
    session.open_meeting(house.secretary, meeting)
    votes = {person.pk: "for" for person in house.people.values()}
    with pytest.raises(NotAllowed, match="Stemmen mangler fra: Ida Holm"):
        session.decide(house.secretary, item, "Godkendt.", "approved", votes=votes)
    counted = session.decide(
        house.secretary, item, "Godkendt.", "approved", votes={**votes, twin.pk: "against"}
    )
    assert (counted.votes_for, counted.against) == (5, 1)
    with pytest.raises(NotAllowed, match="ikke i mindretal"):
        session.dissent(house.secretary, item, house.people["Ida Holm"], "Imod.")
    session.dissent(house.secretary, item, twin, "Imod.")


def test_two_absent_of_one_name_are_both_printed(house):
    twin = Person.objects.create(
        municipality=house.municipality, name="Ida Holm", slug="ida-holm-2"
    )
    Membership.objects.create(person=twin, body=house.body, term="2026-2029", party="V")
    meeting = house.meeting()
    item = house.item(meeting)
    agenda.publish(house.secretary, meeting)
    session.open_meeting(house.secretary, meeting)
    for one in (twin, house.people["Ida Holm"]):
        session.set_present(house.secretary, meeting, one, False)
    session.decide(house.secretary, item, "Godkendt.", "approved")
    assert documents.minutes(meeting).items[0].absent == ("Ida Holm", "Ida Holm")


def test_a_substitute_signs_for_the_meeting_it_stood_in_at(house):
    stand_in = Person.objects.create(municipality=house.municipality, name="Bo Vik", slug="bo-vik")
    with log.action(None, "user.create", "bo"):
        user = User.objects.create(username="bo@lindvig.dk", person=stand_in)
    meeting = _decided(house, substitute=stand_in)
    session.close(house.secretary, meeting)
    sign(user, meeting)


def test_a_member_of_a_term_that_is_over_signs_its_last_minutes(house):
    meeting = _decided(house)
    session.close(house.secretary, meeting)
    Meeting.objects.filter(pk=meeting.pk).update(date="2025-12-17")
    Membership.objects.filter(person=house.people["Ida Holm"]).update(term="2022-2025")
    sign(house.member("Ida Holm"), Meeting.objects.get(pk=meeting.pk))


def _decided(house: House, substitute: Person | None = None, **content) -> Meeting:
    meeting = house.meeting()
    item = house.item(meeting, **content)
    agenda.publish(house.secretary, meeting)
    session.open_meeting(house.secretary, meeting)
    if substitute:
        ole = house.people["Ole Brandt"]
        session.set_present(house.secretary, meeting, ole, False, substitute=substitute)
    session.decide(house.secretary, item, "Godkendt.", "approved")
    return meeting


# Back in the room, and to the council


def test_a_leave_is_undone_and_that_is_logged(house):
    meeting = house.meeting()
    item = house.item(meeting)
    agenda.publish(house.secretary, meeting)
    session.open_meeting(house.secretary, meeting)
    ida = house.people["Ida Holm"]
    session.leave(house.secretary, item, ida, "fvl. § 3")
    session.come_back(house.secretary, item, ida)
    assert not Leave.objects.exists()
    entry = Entry.objects.last()
    assert entry.action == "item.come_back"
    undone = entry.changes.order_by("table").values_list("table", "operation")
    assert list(undone) == [("meetings_conflict", "delete"), ("meetings_leave", "delete")]
    with pytest.raises(Refused, match="deltager i punktet"):
        session.come_back(house.secretary, item, ida)


@pytest.mark.parametrize("which", ["another municipality", "a committee"])
def test_a_case_is_referred_to_the_municipalitys_own_council_only(house, which):
    meeting = _decided(house)
    item, ida = meeting.items.get(), house.people["Ida Holm"]
    other = house.municipality
    if which == "another municipality":
        other = Municipality.objects.create(name="Nabo", slug="nabo")
    kind = Body.COUNCIL if which == "another municipality" else Body.COMMITTEE
    wrong = Body.objects.create(municipality=other, name="Rådet", slug="raadet", kind=kind)
    with pytest.raises(Refused, match="ikke kommunens byråd"):
        session.refer(house.secretary, item, ida, wrong)


def test_only_one_who_took_part_refers_though_another_of_the_name_did(house):
    meeting = _decided(house)
    twin = Person.objects.create(
        municipality=house.municipality, name="Ida Holm", slug="ida-holm-2"
    )
    with pytest.raises(NotAllowed, match="deltog ikke"):
        session.refer(house.secretary, meeting.items.get(), twin, house.council)


# What a withdrawal does to the rest of the way


def _on_the_way(house: House, *, skippable: bool) -> Case:
    return drafting.create_case(
        house.officer, house.municipality, "26/96", "Sag", unit=house.unit,
        way=[
            Stop(house.body, Treatment.HEARING, skippable=skippable),
            Stop(house.council, Treatment.DECIDING),
        ],
    )  # fmt: skip


@pytest.mark.parametrize(("skippable", "after"), [(True, "draft"), (False, "withdrawn")])
def test_a_withdrawal_lets_the_case_go_on_or_stops_it_as_the_way_says(house, skippable, after):
    case = _on_the_way(house, skippable=skippable)
    first, second = case.treatments.all()
    drafting.withdraw(house.officer, first, "Høringen er overflødig")
    second.refresh_from_db()
    assert second.state == after
    assert Presentation.objects.filter(treatment=second).exists() == skippable
    with pytest.raises(Refused, match="trukket tilbage"):
        drafting.withdraw(house.officer, first, "Igen")


def test_a_body_whose_turn_has_not_come_is_skipped_without_starting_the_next(house):
    case = drafting.create_case(
        house.officer, house.municipality, "26/95", "Sag", unit=house.unit,
        way=[
            (house.body, Treatment.RECOMMENDING),
            Stop(house.body, Treatment.HEARING, skippable=True),
            (house.council, Treatment.DECIDING),
        ],
    )  # fmt: skip
    drafting.withdraw(house.officer, case.treatments.get(order=2), "Overflødig")
    assert [one.state for one in case.treatments.all()] == ["draft", "withdrawn", "waiting"]


def test_an_item_without_a_case_is_never_referred(house):
    meeting = house.meeting()
    item = agenda.add_standing(house.secretary, meeting, "Eventuelt")
    agenda.publish(house.secretary, meeting)
    session.open_meeting(house.secretary, meeting)
    session.decide(house.secretary, Item.objects.get(pk=item.pk), "Intet.", "nothing_reported")
    with pytest.raises(Refused, match="ingen beslutning at indbringe"):
        session.refer(house.secretary, item, house.people["Ida Holm"], house.council)
