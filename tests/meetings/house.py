"""A municipality with its people, for tests of the working house."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.utils import timezone

from sagsgang.bodies.models import Body, Membership, Municipality, Person
from sagsgang.bodies.people import Register
from sagsgang.cases import approval, attachments, drafting, log
from sagsgang.cases.models import Case, Position, Treatment, Unit, User
from sagsgang.meetings import agenda, signing
from sagsgang.meetings.models import Item, Meeting, Signature
from sagsgang.minutes.danish.slugs import slug_of

MEMBERS = {
    "Karin Østergaard": "A",
    "Jens Mølgaard": "V",
    "Fatima Lindholm": "F",
    "Ole Brandt": "C",
    "Ida Holm": "A",
}
SECTIONS = [
    {"label": "Sagsfremstilling", "kind": "presentation", "text": "Flere er i job end sidste år."},
]


@dataclass
class House:
    """Lindvig: a committee, the council, a unit, and everybody who works there."""

    municipality: Municipality
    body: Body
    council: Body
    unit: Unit
    users: dict[str, User]
    people: dict[str, Person]
    numbers: int = field(default=0)

    @property
    def officer(self) -> User:
        return self.users["officer"]

    @property
    def secretary(self) -> User:
        return self.users["secretary"]

    def member(self, name: str) -> User:
        return User.objects.get(person=self.people[name])

    def sit(self, name: str, party: str) -> None:
        """Lets somebody have a seat in the committee."""
        person = Person.objects.create(
            municipality=self.municipality, name=name, slug=slug_of(name)
        )
        Membership.objects.create(person=person, body=self.body, term="2026-2029", party=party)
        User.objects.create(username=f"{person.slug}@lindvig.dk", first_name=name, person=person)
        self.people[name] = person

    def stranger(self, name: str, *seats: Body) -> Person:
        """Somebody of the municipality, who may have a seat in other bodies than the committee."""
        with log.action(None, "house.furnish", "bodies.person"):
            person = Register(self.municipality).elected(name)
            for body in seats:
                Membership.objects.create(person=person, body=body, term="2026-2029")
        return person

    def case(self, title: str = "Indsats for langtidsledige", **content) -> Case:
        """A case that the committee treats before the council, with its text written."""
        self.numbers += 1
        case = drafting.create_case(
            self.officer,
            self.municipality,
            f"26/{self.numbers:05}",
            title,
            unit=self.unit,
            way=[(self.body, Treatment.RECOMMENDING), (self.council, Treatment.DECIDING)],
        )
        presentation = case.treatments.get(order=1).presentation
        drafting.save(self.officer, presentation, {"sections": SECTIONS, **content}, revision=1)
        return case

    def approved(self, *args, **content) -> Treatment:
        """A treatment that the whole chain has approved."""
        return self.through(self.case(*args, **content).treatments.get(order=1))

    def ready_with(self, *titles: tuple[str, bool]) -> Treatment:
        """An approved treatment with attachments: their titles, and whether they are closed."""
        treatment = self.case().treatments.get(order=1)
        for title, closed in titles:
            revision = treatment.presentation.revision
            name = f"{title}.txt"
            attachments.add(
                self.officer, treatment.presentation, name, f"{title} {closed}".encode(),
                revision=revision, closed=closed,
            )  # fmt: skip
            treatment.presentation.refresh_from_db()
        return self.through(treatment)

    def through(self, treatment: Treatment) -> Treatment:
        """The treatment, approved by the whole chain."""
        step = approval.send(self.officer, treatment.presentation)
        while step is not None:
            step = approval.approve(self.users[step.role], step)
        treatment.refresh_from_db()
        return treatment

    def meeting(self, day: int = 4, month: int = 3) -> Meeting:
        date = datetime.date(2026, month, day)
        return agenda.plan(self.secretary, self.body, date, "15:30", "Rådhuset")

    def item(self, meeting: Meeting, *args, **content) -> Item:
        return agenda.take_in(self.secretary, meeting, self.approved(*args, **content))


def just_signed_in(user: User) -> signing.SignedIn:
    """The proof that the user has signed in a moment ago."""
    return signing.SignedIn(user.pk, timezone.now())


def sign(user: User, meeting: Meeting) -> Signature:
    read = signing.corrections_of(meeting)
    return signing.sign(user, meeting, just_signed_in(user), corrections=read)


def refuse(user: User, meeting: Meeting, reason: str) -> Signature:
    read = signing.corrections_of(meeting)
    return signing.refuse(user, meeting, just_signed_in(user), reason, corrections=read)


def build() -> House:
    """The house, with positions that hold today."""
    municipality = Municipality.objects.create(name="Lindvig", slug="lindvig")
    with log.action(None, "house.furnish", "bodies.municipality:lindvig"):
        body = Body.objects.create(
            municipality=municipality, name="Jobudvalget", slug="jobudvalget", kind=Body.COMMITTEE
        )
        council = Body.objects.create(
            municipality=municipality, name="Byrådet", slug="byraadet", kind=Body.COUNCIL
        )
        return _furnished(municipality, body, council)


def _furnished(municipality: Municipality, body: Body, council: Body) -> House:
    unit = Unit.objects.create(municipality=municipality, name="Jobcentret")
    users = {}
    for role, place in (
        ("officer", {"unit": unit}),
        ("leader", {"unit": unit}),
        ("director", {"unit": unit}),
        ("secretary", {"body": body}),
    ):
        users[role] = User.objects.create(username=f"{role}@lindvig.dk", first_name=role.title())
        Position.objects.create(
            user=users[role], role=role, since=datetime.date(2020, 1, 1), **place
        )
    house = House(municipality, body, council, unit, users, {})
    for name, party in MEMBERS.items():
        house.sit(name, party)
    return house
