"""Whatever a secretary, an officer and the members do, in any order, some things always hold."""

from __future__ import annotations

import datetime
from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from sagsgang.archive.models import Publication
from sagsgang.bodies.models import Person
from sagsgang.bodies.terms import term_of
from sagsgang.cases import approval, drafting, log
from sagsgang.cases.drafting import Refused
from sagsgang.cases.models import Approval, Case, Treatment, User
from sagsgang.meetings import agenda, documents, moving, procedure, session, signing
from sagsgang.meetings.attendance import taking_part
from sagsgang.meetings.models import Item, Meeting
from sagsgang.meetings.rules.voting import NotAllowed

from .house import build, sign

CHOICES = st.sampled_from(["for", "against", "abstain"])


class Life(RuleBasedStateMachine):
    """Cases and meetings of one committee; what is refused is refused in words."""

    def __init__(self) -> None:
        super().__init__()
        self.life = transaction.atomic()
        self.life.__enter__()
        self.house = build()
        self.substitute = self.house.stranger("Bent Lund")
        self.locked: dict[int, tuple] = {}
        self.published: dict[int, str] = {}
        self.numbers: dict[tuple[int | str, int], int] = {}
        self.numbering = ""
        self.day = datetime.date(2026, 11, 4)

    def teardown(self) -> None:
        """What went on left a log that is whole; a fault in it stays, so that once is enough."""
        assert list(log.verify()) == []
        transaction.set_rollback(True)
        self.life.__exit__(None, None, None)

    @initialize(numbering=st.sampled_from(["meeting", "year", "term"]))
    def begin(self, numbering: str) -> None:
        """A meeting that has begun, and a later one to postpone to."""
        by, body = self.house.secretary, self.house.body
        procedure.decide(by, body, numbering=numbering, notice=None, headings=[])
        self.numbering = numbering
        self.plan()
        self.plan()
        first = self._meeting(0)
        for _ in range(2):
            self.house.item(first)
        agenda.add_standing(self.house.secretary, first, "Eventuelt")
        agenda.publish(self.house.secretary, first)
        session.open_meeting(self.house.secretary, first)

    # What people do

    @rule(steps=st.integers(0, 4))
    def prepare(self, steps: int) -> None:
        """A case on its way: drafted, sent, approved by some of the chain."""
        if Case.objects.count() > 6:
            return
        step = self.house.case().treatments.get(order=1).presentation
        if steps:
            step = approval.send(self.house.officer, step)
        for _ in range(steps - 1):
            step = approval.approve(self.house.users[step.role], step)

    @rule(back=st.booleans())
    def answer(self, back: bool) -> None:
        step = Approval.objects.filter(answer="asked").first()
        if step is None:
            return
        if back and step.role == "leader":
            approval.give_back(self.house.users["leader"], step, "Uddyb økonomien")
        else:
            approval.approve(self.house.users[step.role], step)

    @rule()
    def plan(self) -> None:
        if Meeting.objects.count() < 4:
            self.day += datetime.timedelta(days=28)
            agenda.plan(self.house.secretary, self.house.body, self.day, "15:30")

    @rule(which=st.integers(0, 3))
    def take_in(self, which: int) -> None:
        meeting = self._meeting(which)
        ready = Treatment.objects.filter(body=self.house.body, state="ready")
        treatment = ready.last() or Treatment.objects.filter(body=self.house.body).last()
        if meeting and treatment:
            self._try(lambda: agenda.take_in(self.house.secretary, meeting, treatment))

    @rule(which=st.integers(0, 3))
    def publish(self, which: int) -> None:
        meeting = self._meeting(which)
        if meeting:
            self._try(lambda: agenda.publish(self.house.secretary, meeting))

    @rule(which=st.integers(0, 3))
    def open(self, which: int) -> None:
        meeting = self._meeting(which)
        if meeting:
            self._try(lambda: session.open_meeting(self.house.secretary, meeting))

    @rule(
        which=st.integers(0, 3), who=st.integers(0, 4), present=st.booleans(), stands=st.booleans()
    )
    def attend(self, which: int, who: int, present: bool, stands: bool) -> None:
        """Somebody comes or goes, perhaps with a substitute in their place."""
        meeting, person = self._meeting(which), self._person(who)
        substitute = self.substitute if stands else None
        self._try(
            lambda: session.set_present(
                self.house.secretary, meeting, person, present, substitute=substitute
            )
        )

    @rule(which=st.integers(0, 9), who=st.integers(0, 4), ground=st.sampled_from(["", "Nabo"]))
    def leave(self, which: int, who: int, ground: str) -> None:
        item, person = self._item(which), self._person(who)
        self._try(lambda: session.leave(self.house.secretary, item, person, ground))

    @rule(which=st.integers(0, 9), who=st.integers(0, 4))
    def come_back(self, which: int, who: int) -> None:
        item, person = self._item(which), self._person(who)
        self._try(lambda: session.come_back(self.house.secretary, item, person))

    @rule(which=st.integers(0, 9), choices=st.lists(CHOICES, min_size=5, max_size=5))
    def vote(self, which: int, choices: list) -> None:
        item = self._item(which)
        votes = dict(zip((one.pk for one in taking_part(item)), choices, strict=False))
        self._try(
            lambda: session.decide(self.house.secretary, item, "Godkendt.", "approved", votes=votes)
        )

    @rule(which=st.integers(0, 9))
    def decide(self, which: int) -> None:
        item = self._item(which)
        self._try(lambda: session.decide(self.house.secretary, item, "Drøftet.", "discussed"))

    @rule(which=st.integers(0, 9), to=st.integers(0, 3))
    def postpone(self, which: int, to: int) -> None:
        item, later = self._item(which), self._meeting(to)
        self._try(lambda: session.postpone(self.house.secretary, item, later))

    @rule(which=st.integers(0, 9))
    def take_off(self, which: int) -> None:
        item = self._item(which)
        self._try(lambda: agenda.take_off(self.house.secretary, item, "Ikke klar"))

    @rule(which=st.integers(0, 9))
    def refer(self, which: int) -> None:
        item, person = self._item(which), self.house.people["Ida Holm"]
        self._try(lambda: session.refer(self.house.secretary, item, person, self.house.council))

    @rule(which=st.integers(0, 3))
    def close(self, which: int) -> None:
        meeting = self._meeting(which)
        if meeting:
            self._try(lambda: session.close(self.house.secretary, meeting))
            self._try(lambda: session.publish_minutes(self.house.secretary, self._meeting(which)))

    @rule(which=st.integers(0, 9))
    def correct(self, which: int) -> None:
        item, by = self._item(which), self.house.secretary
        self._try(lambda: session.correct(by, item, "Tallet er 14.", "Tastefejl"))
        self._try(lambda: session.publish_minutes(by, self._again(item.meeting), "En rettelse"))

    @rule(which=st.integers(0, 3))
    def sign(self, which: int) -> None:
        """Everybody approves who is asked to; the last one makes the minutes final."""
        meeting = self._meeting(which)
        for person in signing.missing(meeting) if meeting.closed_at else ():
            user = User.objects.filter(person=person).first()
            if user:
                self._try(lambda user=user: sign(user, self._again(meeting)))

    @rule(which=st.integers(0, 9))
    def move_on(self, which: int) -> None:
        item = self._item(which)
        self._try(lambda: moving.move_case(self.house.secretary, item, self.house.council))

    @rule(which=st.integers(0, 9))
    def withdraw(self, which: int) -> None:
        treatments = list(Treatment.objects.order_by("pk"))
        treatment = treatments[which % len(treatments)]
        self._try(lambda: drafting.withdraw(self.house.officer, treatment, "Ikke aktuel"))

    # What always holds

    @invariant()
    def what_is_decided_stays(self) -> None:
        now = {
            item.pk: (item.decision, item.outcome, item.there, sorted(item.votes.values_list()))
            for item in Item.objects.exclude(decided_at=None)
        }
        assert {pk: now.get(pk) for pk in self.locked} == self.locked
        self.locked = now

    @invariant()
    def no_number_is_used_again(self) -> None:
        numbered = Item.objects.exclude(number=None).select_related("meeting")
        now = {(self._counted_in(item), item.number): item.pk for item in numbered}
        assert len(now) == len(numbered)
        assert {key: now.get(key) for key in self.numbers} == self.numbers
        self.numbers = now

    @invariant()
    def a_presentation_is_decided_once_between_postponements(self) -> None:
        decided = Item.objects.exclude(decided_at=None).exclude(presentation=None)
        decided = decided.filter(moved_to=None)
        final = decided.exclude(outcome="postponed").values_list("presentation", flat=True)
        assert len(final) == len(set(final))

    @invariant()
    def what_is_published_stays(self) -> None:
        now = dict(Publication.objects.values_list("pk", "sha256"))
        assert {pk: now.get(pk) for pk in self.published} == self.published
        self.published = now

    @invariant()
    def a_seat_has_one_vote(self) -> None:
        for item in Item.objects.exclude(there=None):
            assert len(item.there) <= len(self.house.people)

    @invariant()
    def the_public_house_has_what_was_published(self) -> None:
        for meeting in Meeting.objects.exclude(state=Meeting.PLANNED):
            kept = Publication.objects.filter(
                meeting__body=meeting.body, meeting__date=meeting.date, kind="minutes"
            ).last()
            if kept:
                assert kept.minutes == documents.minutes(meeting)

    def _counted_in(self, item: Item) -> int | str:
        day = item.meeting.date
        ranges = {"meeting": item.meeting_id, "year": day.year, "term": term_of(str(day))}
        return ranges[self.numbering]

    def _meeting(self, which: int) -> Meeting | None:
        meetings = list(Meeting.objects.order_by("date"))
        return meetings[which % len(meetings)] if meetings else None

    @staticmethod
    def _again(meeting: Meeting) -> Meeting:
        return Meeting.objects.get(pk=meeting.pk)

    def _person(self, which: int) -> Person:
        return list(self.house.people.values())[which]

    def _item(self, which: int) -> Item:
        items = list(Item.objects.order_by("pk"))
        return items[which % len(items)]

    @staticmethod
    def _try(do) -> None:
        with suppress(Refused, NotAllowed):
            do()


@pytest.mark.django_db
@pytest.mark.no_cover
def test_life() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=10,
            stateful_step_count=40,
            deadline=None,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
