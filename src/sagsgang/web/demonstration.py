"""The demonstration's working house: the invented Lindvig Kommune in mid-season.

It is made by the same actions that people have, so that the log tells of every step. Its users
come in by one-time links. They share a password, to show again who they are when they approve: it
is made of the site's own key, so no two sites have the same, and no site has it by default. Where
pyHanko is installed, the minutes that all have approved are sealed, with a certificate for trial
that is made here (`meetings.trial`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Final

import typst
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from sagsgang.bodies.models import Body, Membership, Municipality, Person
from sagsgang.bodies.terms import term_of
from sagsgang.cases import approval, attachments, drafting, hearing, log
from sagsgang.cases.models import Case, Position, Presentation, Treatment, Unit, User
from sagsgang.meetings import agenda, pades, questions, sealing, session, signing, trial
from sagsgang.meetings.attendance import taking_part
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.rules.days import is_working_day
from sagsgang.minutes.danish.slugs import slug_of

_HOST: Final = "lindvig.example"
_UNIT_ROLES: Final = (Position.OFFICER, Position.LEADER, Position.DIRECTOR)
_SHOWN: Final = (
    Position.SECRETARY, Position.OFFICER, Position.LEADER, Position.DIRECTOR, Position.MEMBER,
    Position.ADMINISTRATOR,
)  # fmt: skip

_SECTIONS: Final = {
    "summary": "Resume",
    "presentation": "Sagsfremstilling",
    "economy": "Økonomi",
    "law": "Lovgrundlag",
}
_PAPER: Final = """
#set document(title: sys.inputs.title)
#set text(lang: "da")
#heading(sys.inputs.title)
#for line in sys.inputs.text.split("\n\n") [#par(line)]
"""


class NotEmpty(Exception):
    """There are accounts that are not the demonstration's."""


def furnished() -> list[tuple[str, User]]:
    """The demonstration's users by their roles, with the house made where it was not.

    Raises:
        NotEmpty: others work in this house already.
    """
    if (
        User.objects.exclude(username__endswith=f"@{_HOST}")
        .exclude(username="administrator")
        .exists()
    ):
        raise NotEmpty
    if not User.objects.filter(username__endswith=f"@{_HOST}").exists():
        with transaction.atomic():
            _House(tomllib.loads((files(__package__) / "demonstration.toml").read_text("utf-8")))
    found = {}
    for position in Position.objects.select_related("user").order_by("pk"):
        found.setdefault(position.role, position.user)
    shown = [(role, found[role]) for role in _SHOWN if role in found]
    for _role, user in shown:
        _let_in(user)
    return shown


def password() -> str:
    """The password that the demonstration's users share on this site."""
    key = f"sagsgang.demonstration {settings.SECRET_KEY}".encode()
    digits = f"{int(hmac.new(key, b'password', hashlib.sha256).hexdigest(), 16):09}"[-9:]
    return f"lindvig-{digits[:3]}-{digits[3:6]}-{digits[6:]}"


def password_of(user: User) -> str:
    """The demonstration's password, where the user is one of its own and has it; otherwise `""`."""
    invented = user.username.endswith(f"@{_HOST}")
    return password() if invented and user.check_password(password()) else ""


def _let_in(user: User) -> None:
    """Takes back what somebody tried out, so that the user's new link leads in again."""
    user.authenticator_set.all().delete()
    if not user.check_password(password()):
        user.set_password(password())
        with log.action(None, "house.furnish", user):
            user.save(update_fields=["password"])


def _paper(name: str, text: str) -> bytes:
    """A page of paper (PDF) with the text under its name."""
    told = {"title": name.removesuffix(".pdf"), "text": text}
    return bytes(typst.compile(_PAPER.encode(), sys_inputs=told))


class _House:
    """The house while it is made."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.told = told
        self.today = timezone.localdate()
        self.municipality = Municipality.objects.get_or_create(
            name=told["municipality"], defaults={"slug": slug_of(told["municipality"])}
        )[0]
        self.password = make_password(password())
        with log.action(None, "house.furnish", f"bodies.municipality:{self.municipality.slug}"):
            self.committee = self._body(told["committee"], Body.COMMITTEE)
            self.council = self._body(told["council"], Body.COUNCIL)
            self.unit = Unit.objects.create(municipality=self.municipality, name=told["unit"])
            self.staff = {role: self._user(name) for role, name in told["staff"].items()}
            for role, user in self.staff.items():
                self._give(user, role)
            self.members = [self._member(name) for name in told["members"]]
        self._season()

    def _season(self) -> None:
        earlier = self._meeting(self._day(-42))
        held = self._meeting(self._day(-14))
        now = self._meeting(self._day(0))
        coming = self._meeting(self._day(16))
        meetings = {"earlier": earlier, "held": held, "today": now, "coming": coming}
        for case in self.told["case"]:
            self._case(case, meetings.get(case["stage"]))
        for meeting in (earlier, held, now):
            agenda.publish(self.secretary, meeting)
        self._answer_questions(now)
        for meeting, answers in ((earlier, len(self.members)), (held, self.told["signed"])):
            self._hold(meeting)
            for user in self.members[len(self.members) - answers :]:
                signed_in = signing.SignedIn(user.pk, timezone.now())
                signing.sign(user, meeting, signed_in, corrections=0)
            meeting.refresh_from_db()
            session.publish_minutes(self.secretary, meeting)
        self._seal(earlier)

    @property
    def secretary(self) -> User:
        return self.staff[Position.SECRETARY]

    @property
    def officer(self) -> User:
        return self.staff[Position.OFFICER]

    def _body(self, name: str, kind: str) -> Body:
        return Body.objects.get_or_create(
            municipality=self.municipality,
            slug=slug_of(name),
            defaults={"name": name, "kind": kind},
        )[0]

    def _user(self, name: str, person: Person | None = None) -> User:
        mail = f"{slug_of(name)}@{_HOST}"
        return User.objects.create(
            username=mail, email=mail, first_name=name, person=person, password=self.password
        )

    def _give(self, user: User, role: str) -> None:
        place: dict[str, object] = {}
        if role in _UNIT_ROLES:
            place = {"unit": self.unit}
        elif role in (Position.SECRETARY, Position.MEMBER):
            place = {"body": self.committee}
        since = dt.date(self.today.year - 1, 1, 1)  # also where the season began last year
        Position.objects.create(user=user, role=role, since=since, **place)

    def _member(self, name: str) -> User:
        person = Person.objects.get_or_create(
            municipality=self.municipality, slug=slug_of(name), defaults={"name": name}
        )[0]
        for term in {term_of(str(self._day(days))) for days in (-42, 0)}:
            Membership.objects.get_or_create(person=person, body=self.committee, term=term)
        user = self._user(name, person)
        self._give(user, Position.MEMBER)
        return user

    def _day(self, from_today: int) -> dt.date:
        """A day near it; a working day, unless it is today, when the meeting is to be held."""
        day = self.today + dt.timedelta(days=from_today)
        while from_today and not is_working_day(day):
            day += dt.timedelta(days=1 if from_today > 0 else -1)
        return day

    def _meeting(self, day: dt.date) -> Meeting:
        return agenda.plan(self.secretary, self.committee, day, "15:30", self.told["place"])

    def _case(self, case: Mapping[str, Any], meeting: Meeting | None) -> None:
        made = drafting.create_case(
            self.officer,
            self.municipality,
            case["number"],
            case["title"],
            unit=self.unit,
            way=self._way(case),
        )
        treatment = made.treatments.get(order=1)
        self._write(treatment.presentation, case)
        self._ask_others(made, case)
        stage = case["stage"]
        if stage == "draft":
            return
        step = approval.send(self.officer, treatment.presentation)
        if stage == "returned":
            approval.give_back(self.staff[step.role], step, case["comment"])
        if stage in ("returned", "approving"):
            return
        later: Any = step
        while later is not None:
            later = approval.approve(self.staff[later.role], later)
        if meeting:
            treatment.refresh_from_db()
            agenda.take_in(self.secretary, meeting, treatment)

    def _way(self, case: Mapping[str, Any]) -> list[tuple[Body, str]]:
        if "settled_by_council" in case:
            return [
                (self.committee, Treatment.RECOMMENDING),
                (self.council, Treatment.DECIDING),
            ]
        return [(self.committee, Treatment.DECIDING)]

    def _ask_others(self, case: Case, told: Mapping[str, Any]) -> None:
        """The case's hearing, with the answers that came."""
        if not (asked := told.get("hearing")):
            return
        sent_on, deadline = self._day(-10), self._day(4)
        round_ = hearing.send_out(
            self.officer, case, asked["subject"], asked["answers"], sent_on=sent_on,
            deadline=deadline,
        )  # fmt: skip
        for reply in round_.replies.order_by("pk"):
            if text := asked["answers"][reply.recipient]:
                hearing.answer(self.officer, reply, text, answered_on=self._day(-3))

    def _write(self, presentation: Presentation, case: Mapping[str, Any]) -> None:
        sections = [
            {"label": label, "kind": kind, "text": case[kind].strip()}
            for kind, label in _SECTIONS.items()
            if kind in case
        ]
        content = {
            "sections": sections,
            "recommendation_by": "Forvaltningen" if case["points"] else "",
            "recommendation_points": case["points"],
            "closed": "ground" in case,
            "ground": case.get("ground", ""),
            "public_title": case.get("public_title", ""),
        }
        saved = drafting.save(self.officer, presentation, content, revision=presentation.revision)
        for attachment in case.get("attachment", ()):
            name, text = attachment["name"], attachment["text"].strip()
            attachments.add(
                self.officer,
                saved,
                name,
                _paper(name, text) if name.endswith(".pdf") else text.encode(),
                revision=saved.revision,
                closed=attachment.get("closed", False),
            )

    def _answer_questions(self, meeting: Meeting) -> None:
        told = {case["title"]: case["question"] for case in self.told["case"] if "question" in case}
        for item in meeting.items.filter(title__in=told).order_by("position"):
            asked = questions.ask(self.members[0], item, told[item.title]["text"])
            questions.answer(self.officer, asked, told[item.title]["answer"])

    def _hold(self, meeting: Meeting) -> None:
        session.open_meeting(self.secretary, meeting)
        told = {case["title"]: case for case in self.told["case"]}
        for item in meeting.items.order_by("position"):
            case = told[item.title]
            votes = None
            if against := case.get("against"):
                votes = {
                    person.pk: "against" if person.name in against else "for"
                    for person in taking_part(item)
                }
            session.decide(self.secretary, item, case["decision"], case["outcome"], votes=votes)
        session.close(self.secretary, meeting)

    def _seal(self, meeting: Meeting) -> None:
        if pades.installed():
            trial.make(settings.TRIAL_SEAL, f"{self.municipality.name} Kommune (opdigtet)")
            sealing.seal(self.secretary, meeting)
