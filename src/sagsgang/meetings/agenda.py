"""The agenda: taking cases in, their order, and publishing it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import Max

from sagsgang.bodies.models import Body
from sagsgang.cases import log
from sagsgang.cases.models import Treatment, User
from sagsgang.cases.refused import Refused
from sagsgang.cases.rights import demand
from sagsgang.minutes.words import Words

from . import documents, headings
from .models import Item, Meeting
from .numbering import last_given, last_number
from .wording import standing


def plan(actor: User, body: Body, date: datetime.date, start_time: str, place: str = "") -> Meeting:
    """A new meeting in the body's calendar.

    Raises:
        Forbidden: the actor may not.
        Refused: the body meets at that time already.
    """
    demand(actor, "meeting.run", body)
    if Meeting.objects.filter(body=body, date=date, start_time=start_time).exists():
        raise Refused(
            Words(
                "Udvalget har allerede et møde på det tidspunkt.",
                "The committee meets then already.",
            )
        )
    with log.action(actor, "meeting.plan", f"meetings.meeting:{body.slug}/{date}"):
        return Meeting.objects.create(body=body, date=date, start_time=start_time, place=place)


def take_in(actor: User, meeting: Meeting, treatment: Treatment) -> Item:
    """A case's presentation as the last item; after publishing it is a late one.

    Raises:
        Forbidden: the actor may not.
        Refused: the treatment is not ready, is another body's, or the meeting is over.
    """
    demand(actor, "meeting.run", meeting.body)
    with log.action(actor, "agenda.take_in", meeting):
        meeting = _unfrozen(meeting)
        stored = Treatment.objects.select_for_update().get(pk=treatment.pk)
        if stored.state != Treatment.READY or stored.body_id != meeting.body_id:
            raise Refused(
                Words(
                    "Sagen er ikke klar til dette udvalgs dagsorden. Den skal være godkendt først.",
                    "The case is not ready for this body's agenda. It must be approved first.",
                )
            )
        presentation = stored.presentation
        stored.state, stored.meets_on = Treatment.ON_AGENDA, meeting.date
        stored.save(update_fields=["state", "meets_on"])
        item = _last(meeting)
        item.presentation, item.revision = presentation, presentation.revision
        item.title = presentation.title
        item.closed, item.public_title = presentation.closed, presentation.public_title
        return place(item)


def add_standing(actor: User, meeting: Meeting, title: str) -> Item:
    """An item without a case, such as the approval of the agenda.

    Raises:
        Forbidden: the actor may not.
        Refused: the meeting is over.
    """
    demand(actor, "meeting.run", meeting.body)
    with log.action(actor, "agenda.add", meeting):
        item = _last(_unfrozen(meeting))
        item.title = title
        return place(item)


def add_usual(actor: User, meeting: Meeting) -> list[Item]:
    """The items that stand on every agenda, those that are not there yet, each in its place.

    Raises:
        Forbidden: the actor may not.
        Refused: the agenda is published, or they all stand there.
    """
    demand(actor, "meeting.run", meeting.body)
    there = set(meeting.items.filter(withdrawn=False).values_list("title", flat=True))
    lacking = [one for one in standing() if one.title not in there]
    if not lacking:
        raise Refused(
            Words("Alle de faste punkter er på dagsordenen.", "The standing items are all there.")
        )
    with log.action(actor, "agenda.add_usual", meeting):
        added = [add_standing(actor, meeting, one.title) for one in lacking]
        firsts = [item for item, one in zip(added, lacking, strict=True) if one.at == "first"]
        before = meeting.items.filter(
            title__in=[one.title for one in standing()], presentation=None
        )
        first = (
            1 + before.exclude(pk__in=[item.pk for item in added]).filter(position__lte=2).count()
        )
        for at, item in enumerate(firsts, first):
            move(actor, item, at, headings.first_of(meeting))
        return added


def move(actor: User, item: Item, position: int, heading: str | None = None) -> Item:
    """The item at a position from 1, where the others make room; under the heading there.

    `heading` is one of the agenda's; without it, it is that of the item in whose place it comes.

    Raises:
        Forbidden: the actor may not.
        Refused: the agenda is published, and numbers are given; or it has no such heading.
    """
    with _moving(actor, item) as items:
        stored = next(one for one in items if one.pk == item.pk)
        at = max(0, min(position, len(items)) - 1)
        if heading is not None and heading not in headings.of_meeting(item.meeting, items):
            raise Refused(
                Words(
                    f"Dagsordenen har ikke overskriften »{heading}«.",
                    f"The agenda has no heading “{heading}”.",
                )
            )
        stored.heading = items[at].heading if heading is None else heading
        items.remove(stored)
        items.insert(at, stored)
    return stored


def step(actor: User, item: Item, *, up: bool) -> Item:
    """The item one step up or down: past its neighbour, or under the next heading.

    Raises:
        Forbidden: the actor may not.
        Refused: the agenda is published, and numbers are given.
    """
    with _moving(actor, item) as items:
        at = next(place for place, one in enumerate(items) if one.pk == item.pk)
        stored, beside = items[at], at - 1 if up else at + 1
        if 0 <= beside < len(items) and items[beside].heading == stored.heading:
            items[at], items[beside] = items[beside], items[at]
        else:
            known = headings.of_meeting(item.meeting, items)
            under = known.index(stored.heading) + (-1 if up else 1)
            stored.heading = known[under] if 0 <= under < len(known) else stored.heading
    return stored


@contextmanager
def _moving(actor: User, item: Item) -> Iterator[list[Item]]:
    """The items of an agenda that is not out, in their order, which is kept when it is changed."""
    demand(actor, "meeting.run", item.meeting.body)
    with log.action(actor, "agenda.move", item):
        meeting = _unfrozen(item.meeting)
        if meeting.state != Meeting.PLANNED:
            raise Refused(
                Words(
                    "Dagsordenen er offentliggjort, og rækkefølgen ligger fast.",
                    "The agenda is published, and its order is fixed.",
                )
            )
        items = list(meeting.items.order_by("position", "pk"))
        yield items
        _put_in_order(meeting, items)


def place(item: Item) -> Item:
    """A new item, stored last under the heading that it comes under by itself."""
    item.heading = headings.heading_for(item)
    item.save()
    if item.meeting.state == Meeting.PLANNED:
        _put_in_order(item.meeting, list(item.meeting.items.order_by("position", "pk")))
        item.refresh_from_db(fields=["position"])
    return item


def anew(item: Item, to: Meeting, *, continues: Item | None) -> Item:
    """The item's matter as a new item at another meeting, which goes on from what stays here."""
    there = _last(to)
    there.presentation, there.revision = item.presentation, item.revision
    there.title, there.public_title, there.closed = item.title, item.public_title, item.closed
    there.continues = continues
    return place(there)


def _put_in_order(meeting: Meeting, items: list[Item]) -> None:
    """Stores the items as they stand in the list, those under one heading together."""
    known = headings.of_meeting(meeting, items)
    before = {one.pk: one for one in meeting.items.all()}
    for position, one in enumerate(sorted(items, key=lambda one: known.index(one.heading)), 1):
        if (before[one.pk].position, before[one.pk].heading) != (position, one.heading):
            meeting.items.filter(pk=one.pk).update(position=position, heading=one.heading)


def number_from(actor: User, meeting: Meeting, first: int) -> None:
    """Lets the meeting's numbers begin at `first`: those before it are not in the program.

    Raises:
        Forbidden: the actor may not.
        Refused: the agenda is published, or the number is given, or a higher one.
    """
    demand(actor, "meeting.run", meeting.body)
    with log.action(actor, "agenda.number_from", meeting):
        stored = _unfrozen(meeting)
        if stored.state != Meeting.PLANNED:
            raise Refused(
                Words(
                    "Dagsordenen er offentliggjort, og numrene ligger fast.",
                    "The agenda is published, and its numbers are fixed.",
                )
            )
        given = last_given(stored)
        if first <= given:
            raise Refused(
                Words(
                    f"Nr. {given} er brugt. Begynd ved {given + 1} eller højere.",
                    f"No. {given} is used. Begin at {given + 1} or higher.",
                )
            )
        stored.first_number = first
        stored.save(update_fields=["first_number"])


def take_off(actor: User, item: Item, reason: str) -> None:
    """Takes an item off; after publishing it stays, marked as withdrawn, with its number.

    Raises:
        Forbidden: the actor may not.
        Refused: it is decided.
    """
    demand(actor, "meeting.run", item.meeting.body)
    with log.action(actor, "agenda.take_off", item, reason):
        meeting = _unfrozen(item.meeting)
        stored = meeting.items.get(pk=item.pk)
        if stored.decided_at:
            raise Refused(Words("Punktet er besluttet.", "The item is decided."))
        if stored.withdrawn:
            raise Refused(Words("Punktet er allerede taget af.", "The item was withdrawn already."))
        if stored.presentation:
            treatment = stored.presentation.treatment
            treatment.state, treatment.meets_on = Treatment.READY, None
            treatment.save(update_fields=["state", "meets_on"])
        if stored.number is None:
            stored.delete()
        else:
            stored.withdrawn = True
            stored.save(update_fields=["withdrawn"])


def publish(actor: User, meeting: Meeting, reason: str = "") -> None:
    """Numbers the items and publishes the agenda, or the late items as a supplementary agenda.

    Where there are no new items but some that were withdrawn, what was published is published
    anew without them. `reason` is why it goes out after its last day, for the log.

    Raises:
        Forbidden: the actor may not.
        Refused: there is nothing to publish, or the archive holds it back.
    """
    demand(actor, "meeting.publish", meeting.body)
    with log.action(actor, "agenda.publish", meeting, reason):
        meeting = _unfrozen(meeting)
        first = meeting.state == Meeting.PLANNED
        new = list(meeting.items.filter(number=None).order_by("position"))
        withdrawn = list(meeting.items.filter(withdrawn=True).order_by("number"))
        if not new and not withdrawn:
            raise Refused(Words("Der er ingen nye punkter.", "There are no new items."))
        number = next_number(meeting)
        for count, item in enumerate(new):
            item.number, item.late = number + count, not first
            item.save(update_fields=["number", "late"])
        if first:
            meeting.state = Meeting.CALLED
            meeting.kept_outline = documents.outline_of(meeting).kept()
            meeting.save(update_fields=["state", "kept_outline"])
        late = {item.late for item in [*new, *withdrawn]}
        for one in sorted(late):
            document = documents.in_print(meeting, documents.agenda(meeting, late=one))
            documents.publish(document, _gone(withdrawn, one))


def _gone(withdrawn: list[Item], late: bool) -> str:
    """Why an agenda is published anew, if items were taken off it."""
    numbers = [str(item.number) for item in withdrawn if item.late == late]
    return f"Taget af dagsordenen: punkt {', '.join(numbers)}." if numbers else ""


def next_number(meeting: Meeting) -> int:
    """The next item's number: counted as the body has decided, and never used again."""
    Body.objects.select_for_update().get(pk=meeting.body_id)
    return last_number(meeting) + 1


def _unfrozen(meeting: Meeting) -> Meeting:
    stored = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if stored.state in Meeting.OVER:
        raise Refused(
            Words("Mødet er slut, og dagsordenen er låst.", "The meeting is over; it is locked.")
        )
    return stored


def _last(meeting: Meeting) -> Item:
    position = (meeting.items.aggregate(Max("position"))["position__max"] or 0) + 1
    return Item(meeting=meeting, position=position, late=meeting.state != Meeting.PLANNED)
