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
from sagsgang.bodies.terms import term_of
from sagsgang.cases import approval, log
from sagsgang.cases.drafting import Refused
from sagsgang.cases.models import Approval, Case, Treatment
from sagsgang.meetings import agenda, documents, procedure, session
from sagsgang.meetings.models import Item, Meeting
from sagsgang.meetings.rules.voting import NotAllowed

from .house import build

CHOICES = st.sampled_from(["for", "against", "abstain"])


class Life(RuleBasedStateMachine):
    """Cases and meetings of one committee; what is refused is refused in words."""

    def __init__(self) -> None:
        super().__init__()
        self.life = transaction.atomic()
        self.life.__enter__()
        self.house = build()
        self.locked: dict[int, tuple[str, str]] = {}
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

    @rule(which=st.integers(0, 9), choices=st.lists(CHOICES, min_size=5, max_size=5))
    def vote(self, which: int, choices: list) -> None:
        item = self._item(which)
        votes = dict(zip((one.pk for one in self.house.people.values()), choices, strict=True))
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

    # What always holds

    @invariant()
    def what_is_decided_stays(self) -> None:
        now = {
            item.pk: (item.decision, item.outcome) for item in Item.objects.exclude(decided_at=None)
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
        final = decided.exclude(outcome="postponed").values_list("presentation", flat=True)
        assert len(final) == len(set(final))

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

    def _item(self, which: int) -> Item:
        items = list(Item.objects.order_by("pk"))
        return items[which % len(items)]

    @staticmethod
    def _try(do) -> None:
        with suppress(Refused, NotAllowed):
            do()


@pytest.mark.django_db
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
