"""Impartiality: announced by a member or the secretary, decided on by the body.

Forvaltningsloven §§ 3-6: a member for whom there may be a ground tells it beforehand; the body
decides, without the member, whether the member may take part. One who may not leaves the room for
the item, and a substitute may be called in for it (kommunestyrelsesloven §§ 15 and 28).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from sagsgang.bodies.models import Person
from sagsgang.cases import log
from sagsgang.cases.models import User
from sagsgang.cases.refused import Refused
from sagsgang.cases.rights import Forbidden, demand
from sagsgang.minutes.words import Words

from .attendance import memberships, taking_part
from .models import Conflict, Item, Leave, Meeting, Taking

_RUN = "meeting.run"


def announce(actor: User, item: Item, person: Person, ground: str) -> Conflict:
    """Records that the person may not be impartial in the item; said again, the ground is new.

    Raises:
        Forbidden: the actor neither is the person nor runs the meeting.
        Refused: no ground is given, the item is decided, or the person is no member.
    """
    _demand_own(actor, item, person)
    if not ground.strip():
        raise Refused(
            Words(
                f"Skriv, hvorfor {person} kan være inhabil.",
                f"Write why {person} may not be impartial.",
            )
        )
    with _undecided(actor, item, "conflict.announce") as stored:
        takings = stored.meeting.takings.filter(person=person)
        if not (memberships(stored.meeting).filter(person=person) or takings).exists():
            raise Refused(Words(f"{person} er ikke medlem.", f"{person} is no member."))
        before = stored.announced_conflicts.filter(person=person).first()
        if before and before.found is not None:
            raise _decided_on(before)
        given = {"ground": ground.strip()[:300], "announced_by": actor}
        given["announced_at"] = timezone.now()
        return Conflict.objects.update_or_create(item=stored, person=person, defaults=given)[0]


def take_back(actor: User, conflict: Conflict) -> None:
    """Takes back an announcement that the body has not decided on.

    Raises:
        Forbidden: the actor neither is the person nor runs the meeting.
        Refused: the body has decided, or the item is.
    """
    _demand_own(actor, conflict.item, conflict.person)
    with _undecided(actor, conflict.item, "conflict.take_back") as item:
        stored = item.announced_conflicts.filter(pk=conflict.pk).first()
        if stored and stored.found is not None:
            raise _decided_on(stored)
        if stored:
            stored.delete()


def find(actor: User, conflict: Conflict, found: bool) -> None:
    """Records what the body decided: whether the member is not impartial and leaves for the item.

    Raises:
        Forbidden: the actor does not run the meeting.
        Refused: the meeting is not open, or the item is decided.
    """
    demand(actor, _RUN, conflict.item.meeting.body)
    with _undecided(actor, conflict.item, "conflict.find") as item:
        if item.meeting.state != Meeting.OPEN:
            raise Refused(
                Words(
                    "Udvalget tager stilling på mødet, og det er ikke i gang.",
                    "The committee decides at the meeting, which is not open.",
                )
            )
        stored = item.announced_conflicts.get(pk=conflict.pk)
        stored.found = found
        stored.save(update_fields=["found"])
        if found:
            conflicted = {"conflict": stored.ground}
            Leave.objects.update_or_create(item=item, person=stored.person, defaults=conflicted)
            _seat(stored, item.meeting)
        else:
            item.leaves.filter(person=stored.person).exclude(conflict="").delete()


def call_in(actor: User, conflict: Conflict, substitute: Person | None) -> None:
    """Calls a substitute in for the item, or nobody after all.

    Raises:
        Forbidden: the actor does not run the meeting.
        Refused: the substitute is a member or stands in for another, or the item is decided.
    """
    demand(actor, _RUN, conflict.item.meeting.body)
    with _undecided(actor, conflict.item, "conflict.call_in") as item:
        stored = item.announced_conflicts.get(pk=conflict.pk)
        if substitute:
            _demand_free(item, stored, substitute)
        stored.substitute = substitute
        stored.save(update_fields=["substitute"])
        if stored.found:
            _seat(stored, item.meeting)


def forget(item: Item, person: Person) -> None:
    """Undoes that the body found somebody not impartial; what was announced before waits again."""
    conflict = item.announced_conflicts.filter(person=person, found=True).first()
    if conflict and conflict.announced_at < item.meeting.opened_at:
        conflict.found = None
        conflict.save(update_fields=["found"])
    elif conflict:
        conflict.delete()


def demand_decided_on(item: Item) -> None:
    """Nothing, where the body has decided on every announcement of those who take part.

    Raises:
        Refused: it has not.
    """
    waiting = item.announced_conflicts.filter(found=None, person__in=taking_part(item))
    names = ", ".join(one.person.name for one in waiting.select_related("person"))
    if names:
        raise Refused(
            Words(
                f"Der er rejst spørgsmål om habilitet: {names}. Noter, hvad udvalget fandt, før "
                "punktet besluttes.",
                f"It is asked whether somebody is impartial: {names}. Record what the committee "
                "found before the item is decided.",
            )
        )


def _seat(conflict: Conflict, meeting: Meeting) -> None:
    """The substitute's place at the meeting: at nothing else than the item."""
    if conflict.substitute_id is None:
        return
    party = meeting.takings.filter(person=conflict.person_id).values_list("party", flat=True)
    Taking.objects.get_or_create(
        meeting=meeting,
        person_id=conflict.substitute_id,
        defaults={
            "substitute_for_id": conflict.person_id,
            "party": party.first() or "",
            "present": False,
        },
    )


def _demand_free(item: Item, conflict: Conflict, substitute: Person) -> None:
    meeting = item.meeting
    member = memberships(meeting).filter(person=substitute).exists()
    others = item.announced_conflicts.exclude(pk=conflict.pk).filter(substitute=substitute)
    sits = meeting.takings.filter(person=substitute, present=True)
    if member or others.exists() or sits.exists():
        raise Refused(
            Words(
                f"{substitute} sidder i udvalget eller er allerede stedfortræder.",
                f"{substitute} sits on the committee, or stands in for somebody already.",
            )
        )


def sits(user: User, meeting: Meeting) -> bool:
    """Whether the user is a member of the body in the meeting's term, or stands in for one."""
    if user.person_id is None:
        return False
    stands_in = meeting.takings.filter(person=user.person_id).exclude(substitute_for=None)
    return memberships(meeting).filter(person=user.person_id).exists() or stands_in.exists()


def _demand_own(actor: User, item: Item, person: Person) -> None:
    if actor.person_id != person.pk:
        demand(actor, _RUN, item.meeting.body)
    elif not sits(actor, item.meeting):
        raise Forbidden(_RUN)


def _decided_on(conflict: Conflict) -> Refused:
    return Refused(
        Words(
            f"Udvalget har taget stilling til, om {conflict.person} er inhabil.",
            f"The committee has decided whether {conflict.person} is impartial.",
        )
    )


@contextmanager
def _undecided(actor: User, item: Item, name: str) -> Iterator[Item]:
    """An action on an item that is not decided, at a meeting that is not over."""
    with log.action(actor, name, item):
        meeting = Meeting.objects.select_for_update().get(pk=item.meeting_id)
        stored = Item.objects.select_for_update().get(pk=item.pk)
        if stored.decided_at or stored.withdrawn or meeting.state in Meeting.OVER:
            raise Refused(
                Words(
                    "Punktet er besluttet eller taget af dagsordenen.",
                    "The item is decided, or was taken off the agenda.",
                )
            )
        stored.meeting = meeting
        yield stored
