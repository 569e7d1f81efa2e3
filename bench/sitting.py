"""A sitting with everybody at work: members who read, and secretaries who write at the same items.

    python -m bench.sitting MEMBERS ITEMS

makes such a house in SAGSGANG_DATA (and DATABASE_URL), and prints the ways in and the addresses.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median
from threading import Event
from typing import Any, Final

import httpx
from lxml import html

from bench.archive import new_database
from bench.measuring import Row, at, processor_seconds
from bench.serving import PROJECT, served

MEMBERS: Final = 40
SECRETARIES: Final = 2
READING: Final = 2.0
WRITING: Final = 0.3
"""Seconds between what a member opens, on the mean, and between a secretary's pauses."""
_DECIDED: Final = 'id="besluttet"'


# --- the house -----------------------------------------------------------------------------------


def main() -> None:
    """Prints what `fill` gives."""
    from sagsgang.web import ready

    ready()
    json.dump(fill(*map(int, sys.argv[1:])), sys.stdout)


def fill(members: int, items: int) -> dict[str, Any]:
    """A meeting that is open today: who gets in by which path, what is read, where is written."""
    from django.utils import timezone

    from bench.synthetic import Size, archive
    from sagsgang.bodies.models import Body, Municipality
    from sagsgang.cases import log
    from sagsgang.meetings import agenda, session
    from sagsgang.web.sign_in.invitations import entry

    document = next(archive(Size(1, 1, 1, items, members)))
    municipality = Municipality.objects.create(name="Lindvig", slug="lindvig")
    with log.action(None, "house.furnish", "lindvig"):
        body = Body.objects.create(
            municipality=municipality, name="Jobudvalget", slug="jobudvalget", kind=Body.COMMITTEE
        )
        staff = _staff(body)
        people = [_member(body, one.name, number) for number, one in enumerate(document.members)]
    secretaries = [staff["secretary"], staff["second secretary"]]
    meeting = agenda.plan(secretaries[0], body, timezone.localdate(), "15:30")
    for item in document.items:
        agenda.take_in(secretaries[0], meeting, _approved(staff, body, item))
    agenda.publish(secretaries[0], meeting)
    session.open_meeting(secretaries[0], meeting)
    address = meeting.get_absolute_url()
    return {
        "members": [entry(user, "") for user in people],
        "secretaries": [entry(user, "") for user in secretaries],
        "pages": ["/arbejde/", "/arbejde/moeder/", f"{address}laes/"],
        "items": [f"{address}moede/{item.pk}/" for item in meeting.items.all()],
    }


def _staff(body: Any) -> dict[str, Any]:
    from sagsgang.cases.models import Position, Unit, User

    unit = Unit.objects.create(municipality=body.municipality, name="Jobcentret")
    found = {}
    for name in ("officer", "leader", "director", "secretary", "second secretary"):
        role = name.rpartition(" ")[2]
        place = {"body": body} if role == "secretary" else {"unit": unit}
        found[name] = User.objects.create(username=f"{name.replace(' ', '.')}@lindvig.dk")
        Position.objects.create(user=found[name], role=role, since="2020-01-01", **place)
    return found


def _member(body: Any, name: str, number: int) -> Any:
    from django.utils import timezone

    from sagsgang.bodies.models import Membership, Person
    from sagsgang.bodies.terms import term_of
    from sagsgang.cases.models import User

    person = Person.objects.create(
        municipality=body.municipality, name=name, slug=f"medlem-{number}"
    )
    Membership.objects.create(person=person, body=body, term=term_of(str(timezone.localdate())))
    return User.objects.create(username=f"{number}@lindvig.dk", first_name=name, person=person)


def _approved(staff: dict[str, Any], body: Any, item: Any) -> Any:
    from sagsgang.cases import approval, drafting
    from sagsgang.cases.models import Case, Position, Treatment

    unit = Position.objects.get(user=staff["officer"]).unit
    case = drafting.create_case(
        staff["officer"], body.municipality, f"26/{Case.objects.count():05}", item.title or "Sag",
        unit=unit, way=[(body, Treatment.DECIDING)],
    )  # fmt: skip
    treatment = case.treatments.get()
    written = [one for one in item.sections if one.kind not in ("recommendation", "decision")]
    content = {
        "recommendation_by": "Forvaltningen",
        "recommendation_points": list(item.recommendation.points) if item.recommendation else [],
        "sections": [{"label": o.label, "kind": o.kind, "text": o.text} for o in written],
    }
    drafting.save(staff["officer"], treatment.presentation, content, revision=1)
    step = approval.send(staff["officer"], treatment.presentation)
    while step is not None:
        step = approval.approve(staff[step.role], step)
    return treatment


# --- those who are there -------------------------------------------------------------------------


@dataclass
class Person:
    """Somebody with a browser: what each answer took in seconds, and what went wrong."""

    root: str
    entry: str
    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.browser = httpx.Client(base_url=self.root, timeout=300, follow_redirects=True)
        self.ask("GET", self.entry)
        self.ask("POST", self.entry)
        self.seconds.clear()

    def ask(self, method: str, address: str, *, told: tuple[int, ...] = (), **sent: Any) -> Any:
        """An answer, or `None` where there is none; what is neither good nor `told` is a fault."""
        data = {**sent, "csrfmiddlewaretoken": self.browser.cookies.get("csrftoken", "")}
        began = time.perf_counter()
        try:
            answer = self.browser.request(method, address, data=data if method == "POST" else None)
        except httpx.TransportError as fault:
            self.faults.append(f"{method} {address}: {fault!r}")
            return None
        self.seconds.append(time.perf_counter() - began)
        if answer.status_code not in (200, *told):
            self.faults.append(f"{method} {address}: {answer.status_code}")
        return answer


class Member(Person):
    """One who reads."""

    def read(self, pages: list[str], pace: float, over: Event) -> None:
        """Turns to a page now and then (`pace` is the mean of seconds between) until it is over."""
        chance = Random(self.entry)
        while not over.wait(chance.uniform(0, 2 * pace)):
            self.ask("GET", chance.choice(pages))


class Secretary(Person):
    """One who writes; another may write at the same item."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.acknowledged: dict[str, set[str]] = {}
        self.decided: set[str] = set()

    def write(self, items: list[str], words: list[str], pace: float) -> None:
        """Writes the words at each item, one at a time, and then decides it."""
        for item in items:
            text, revision = "", 0
            for word in words:
                time.sleep(pace)
                kept = self._keep(item, word, text, revision)
                if kept is None:
                    break
                text, revision = kept
            self._decide(item, text, revision)

    def _keep(self, item: str, word: str, text: str, revision: int) -> tuple[str, int] | None:
        """What the item's text is with the word, and its revision; `None` where nothing is kept."""
        while True:
            longer = f"{text} {word}".strip()
            sent = {"text": longer, "outcome": "approved", "revision": str(revision)}
            answer = self.ask("POST", f"{item}gem/", told=(409, 410), **sent)
            if answer is None or answer.status_code not in (200, 409):
                return None
            said = answer.json()
            if answer.status_code == 200:
                self.acknowledged.setdefault(item, set()).add(word)
                return longer, said["revision"]
            text, revision = said["text"], said["revision"]

    def _decide(self, item: str, text: str, revision: int) -> None:
        sent = {"text": text, "outcome": "approved", "revision": str(revision), "do": "decide"}
        answer = self.ask("POST", item, told=(409,), **sent)
        if answer is not None and _DECIDED in answer.text:
            self.decided.add(item)


class Sitting:
    """Everybody who is there, signed in."""

    def __init__(self, root: str, told: dict[str, Any]) -> None:
        self.pages: list[str] = told["pages"]
        self.members = [Member(root, entry) for entry in told["members"]]
        self.secretaries = [Secretary(root, entry) for entry in told["secretaries"]]

    def hold(
        self,
        items: Sequence[str],
        words: int,
        *,
        reading: float = 0,
        writing: float = 0,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> None:
        """Lets the members read until the secretaries have written and decided all the items.

        `reading` and `writing` are seconds of thought between what each does.
        """
        over = Event()
        with ThreadPoolExecutor(len(self.members) + len(self.secretaries)) as room:
            for one in self.members:
                room.submit(one.read, self.pages, reading, over)
            writes = [
                room.submit(one.write, items, [f"{name}{turn}" for turn in range(words)], writing)
                for name, one in zip("ab", self.secretaries, strict=True)
            ]
            try:
                meanwhile()
                for each in writes:
                    each.result()
            finally:
                over.set()

    @property
    def faults(self) -> list[str]:
        """Everything that was answered wrongly, or not at all."""
        return [fault for one in (*self.members, *self.secretaries) for fault in one.faults]

    @property
    def acknowledged(self) -> int:
        """How many words somebody was told are kept."""
        # In lists, as they are written to meanwhile.
        return sum(
            len(some) for one in self.secretaries for some in list(one.acknowledged.values())
        )

    def lost(self) -> list[str]:
        """Words and decisions that somebody was told are kept, and that are not there."""
        items = {item for one in self.secretaries for item in (*one.acknowledged, *one.decided)}
        return [each for item in sorted(items) for each in self._lost_at(item)]

    def _lost_at(self, item: str) -> Iterator[str]:
        said = self.secretaries[0].ask("GET", item).text
        there = html.document_fromstring(said).xpath(
            "//*[@id='besluttet']/p[2] | //textarea[@id='tekst']"
        )
        words = {word for one in there for word in one.text_content().split()}
        for one in self.secretaries:
            yield from (f"{word} at {item}" for word in one.acknowledged.get(item, set()) - words)
            if item in one.decided and _DECIDED not in said:
                yield f"the decision of {item}"


# --- measured ------------------------------------------------------------------------------------


def made(environment: Mapping[str, str], members: int, items: int) -> dict[str, Any]:
    """What `fill` gives, in a process of its own.

    Raises:
        CalledProcessError: it could not be made.
    """
    run = subprocess.run(
        [sys.executable, "-m", "bench.sitting", str(members), str(items)],
        env=dict(environment),
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        check=True,
    )
    told: dict[str, Any] = json.loads(run.stdout)
    return told


def rows(quick: bool) -> Iterator[Row]:
    """Faults, what was lost, and how long members and secretaries wait while all are at work."""
    items = 3 if quick else 12
    with tempfile.TemporaryDirectory() as temporary:
        environment = {**os.environ, "SAGSGANG_DATA": str(Path(temporary) / "archive")}
        if server := environment.get("DATABASE_URL"):
            environment["DATABASE_URL"] = new_database(server, "bench_sitting")
        where = "PostgreSQL" if server else "SQLite"
        asked = f"{MEMBERS} members, {SECRETARIES} secretaries on {where}"
        told = made(environment, MEMBERS, items)
        with served(environment, workers=os.cpu_count() or 1) as site:
            sitting = Sitting(site.root, told)
            worked = processor_seconds(site.process.pid)
            sitting.hold(told["items"], 10, reading=READING, writing=WRITING)
            worked = processor_seconds(site.process.pid) - worked
            read = sorted(each for one in sitting.members for each in one.seconds)
            written = sorted(each for one in sitting.secretaries for each in one.seconds)
            lost = sitting.lost()
        yield Row("wrong answers", len(sitting.faults), "×", asked, at_most=0)
        yield Row("words and decisions that were lost", len(lost), "×", asked, at_most=0)
        yield Row("a member's page, median", median(read) * 1000, "ms", asked)
        yield Row("a member's page, 95th percentile", at(read, 0.95), "ms", asked, at_most=300)
        yield Row("what a secretary writes, median", median(written) * 1000, "ms", asked)
        yield Row(
            "what a secretary writes, 95th percentile", at(written, 0.95), "ms", asked, at_most=300
        )
        answers = len(read) + len(written)
        yield Row("processor time of an answer", worked / answers * 1000, "ms", f"of {answers}")


if __name__ == "__main__":
    main()
