"""The meeting itself: who is there, what is decided and how they voted, until it is closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db.models import Q
from django.utils import timezone

from sagsgang.bodies.models import Body, Person
from sagsgang.cases import log
from sagsgang.cases.drafting import begin, go_on
from sagsgang.cases.models import Case, Treatment, User
from sagsgang.cases.refused import Refused
from sagsgang.cases.rights import demand
from sagsgang.minutes.model import Outcome
from sagsgang.minutes.words import Words

from . import documents, impartiality, kept_minutes
from .agenda import anew, next_number
from .attendance import memberships, quorum, taking_part
from .holding import held
from .models import Correction, Dissent, Item, Leave, Meeting, Referral, Taking, Typed, Vote
from .rules.standing import may_dissent, may_refer
from .rules.voting import Choice, NotAllowed, Tally, demand_outcome, tally

_AFTER = {"referred_back": Treatment.DRAFT, "postponed": Treatment.READY}
"""The state of a treatment that its body has not finished."""


def open_meeting(actor: User, meeting: Meeting) -> None:
    """Opens the meeting with every member of the term present, until they are marked absent.

    Raises:
        Forbidden: the actor may not.
        Refused: its agenda is not published, or it has been opened.
    """
    demand(actor, "meeting.run", meeting.body)
    with log.action(actor, "meeting.open", meeting):
        stored = _locked(meeting)
        if stored.state != Meeting.CALLED:
            raise Refused(
                Words(
                    "Mødet kan åbnes, når dagsordenen er offentliggjort.",
                    "The meeting can be opened when its agenda is published.",
                )
            )
        for member in memberships(meeting):
            Taking.objects.create(meeting=stored, person=member.person, party=member.party)
        stored.state, stored.opened_at = Meeting.OPEN, timezone.now()
        stored.save(update_fields=["state", "opened_at"])


def set_present(
    actor: User,
    meeting: Meeting,
    person: Person,
    present: bool,
    *,
    substitute: Person | None = None,
) -> None:
    """Marks a member present or absent; `substitute` stands in for one who is absent.

    Raises:
        Forbidden: the actor may not.
        Refused: the meeting is not open, the person is no member of it, the substitute is one, or
            somebody else sits in the seat.
    """
    with _running(actor, meeting, "meeting.attendance") as stored:
        taking = stored.takings.filter(person=person).first()
        if taking is None:
            raise Refused(Words(f"{person} er ikke medlem.", f"{person} is no member."))
        if substitute and stored.takings.filter(person=substitute, substitute_for=None).exists():
            raise Refused(
                Words(
                    f"{substitute} er selv medlem og kan ikke være stedfortræder.",
                    f"{substitute} is a member and cannot be a substitute.",
                )
            )
        if taking.substitute_for_id:
            _demand_free_seat(stored, taking, present, substitute)
        taking.present = present
        taking.save(update_fields=["present"])
        if present or substitute:
            # A seat has one vote: who stood in before goes.
            stored.takings.filter(substitute_for=person).update(present=False)
        if substitute and not present:
            Taking.objects.update_or_create(
                meeting=stored,
                person=substitute,
                defaults={"substitute_for": person, "party": taking.party, "present": True},
            )


def _demand_free_seat(
    meeting: Meeting, taking: Taking, present: bool, substitute: Person | None
) -> None:
    """Nothing, where a substitute may come or go: a seat has one vote."""
    seat = taking.substitute_for
    if substitute:
        raise Refused(
            Words(
                f"{taking.person} er selv stedfortræder. Vælg en stedfortræder for {seat}.",
                f"{taking.person} is a substitute. Choose a substitute for {seat}.",
            )
        )
    others = meeting.takings.filter(Q(person=seat) | Q(substitute_for=seat), present=True)
    if present and others.exclude(pk=taking.pk).exists():
        raise Refused(
            Words(
                f"{seat} eller en anden stedfortræder er til stede.",
                f"{seat} or another substitute is there.",
            )
        )


def leave(actor: User, item: Item, person: Person, conflict: str = "") -> None:
    """Lets a member sit out one item; `conflict` is the ground the body found, if it did.

    Raises:
        Forbidden: the actor may not.
        Refused: the meeting is not open, the item is decided, or the person is not there.
    """
    with _running(actor, item.meeting, "item.leave") as meeting:
        stored = _undecided(item)
        if not meeting.takings.filter(person=person, present=True).exists():
            raise Refused(Words(f"{person} er ikke til stede.", f"{person} is not there."))
        if conflict:
            announced = impartiality.announce(actor, stored, person, conflict)
            impartiality.find(actor, announced, True)
        else:
            # One whom the body found not impartial stays that.
            Leave.objects.get_or_create(item=stored, person=person)


def come_back(actor: User, item: Item, person: Person) -> None:
    """Lets a member take part in an item again, who was marked as out of the room by mistake.

    Raises:
        Forbidden: the actor may not.
        Refused: the meeting is not open, the item is decided, or the person takes part.
    """
    with _running(actor, item.meeting, "item.come_back", item):
        stored = _undecided(item)
        gone = stored.leaves.filter(person=person)
        if not gone.exists():
            raise Refused(Words(f"{person} deltager i punktet.", f"{person} takes part already."))
        gone.delete()
        impartiality.forget(stored, person)


def decide(
    actor: User,
    item: Item,
    text: str,
    outcome: Outcome,
    *,
    votes: Mapping[int, Choice] | None = None,
    public_text: str = "",
    procedural: bool = False,
) -> Tally | None:
    """Records the decision and locks the item; the case goes on to the next body by itself.

    `votes` are choices by person's key, of everybody who takes part; without them the decision
    was made without a vote. `public_text` is what is published of a closed item's decision.

    Raises:
        Forbidden: the actor may not.
        Refused: the meeting is not open, or the item is decided.
        NotAllowed: there is no quorum, a vote is missing or a stranger's, or the result of the
            vote is not what the outcome says.
    """
    with _running(actor, item.meeting, "item.decide", item):
        stored = _undecided(item)
        if not text.strip():
            raise Refused(Words("Skriv beslutningen.", "Write the decision."))
        there = quorum(stored)
        if not there.reached:
            raise NotAllowed(there.reason)
        impartiality.demand_decided_on(stored)
        counted = _count(stored, votes) if votes is not None else None
        if counted:
            demand_outcome(counted, outcome)
        stored.decision, stored.outcome = text.strip(), outcome
        stored.public_decision = public_text.strip()
        stored.procedural = procedural or outcome == "postponed"
        lock(stored)
        _go_on(stored)
    return counted


def _count(item: Item, votes: Mapping[int, Choice]) -> Tally:
    entitled = [person.pk for person in taking_part(item)]
    named = Person.objects.filter(pk__in=[*entitled, *votes])
    counted = tally(votes, entitled, dict(named.values_list("pk", "name")))
    Vote.objects.bulk_create(
        Vote(item=item, person_id=pk, choice=choice) for pk, choice in votes.items()
    )
    return counted


def lock(item: Item) -> None:
    """Keeps the decision, who was there for it, and a number for what came up at the meeting."""
    item.decided_at = timezone.now()
    item.there = sorted(person.pk for person in taking_part(item))
    if item.number is None:
        item.number = next_number(item.meeting)
    item.save()
    Typed.objects.filter(item=item).delete()


def _go_on(item: Item) -> None:
    """Lets the case's next body have its turn; a case that is put off stays with this one."""
    if item.presentation is None:
        return
    treatment = item.presentation.treatment
    treatment.state = _AFTER.get(item.outcome, Treatment.DECIDED)
    if treatment.state != Treatment.DECIDED:
        treatment.meets_on = None
    treatment.save(update_fields=["state", "meets_on"])
    if treatment.state == Treatment.DECIDED:
        go_on(treatment)


def postpone(actor: User, item: Item, to: Meeting, text: str = "Udsat.") -> Item:
    """Postpones an item to a later meeting of the body, where it stands as a new item.

    Raises:
        Forbidden: the actor may not.
        Refused: the meeting is not open, the item is decided, or `to` is no later meeting of
            the body that still takes items.
    """
    with _running(actor, item.meeting, "item.postpone", item, beside=to) as meeting:
        stored = _undecided(item)
        later = Meeting.objects.get(pk=to.pk)
        if later.body_id != meeting.body_id or later.date <= meeting.date or later.closed_at:
            raise Refused(
                Words("Vælg et senere møde i udvalget.", "Choose a later meeting of the body.")
            )
        stored.decision, stored.outcome, stored.procedural = text, "postponed", True
        lock(stored)
        if stored.presentation:
            Treatment.objects.filter(presentation=stored.presentation).update(meets_on=later.date)
        return anew(stored, later, continues=stored)


def dissent(actor: User, item: Item, person: Person, text: str) -> Dissent:
    """Enters a dissenting opinion, which counts when its author has approved the words.

    Raises:
        Forbidden: the actor may not.
        Refused: the meeting is not open.
        NotAllowed: the person was not in the minority of a vote.
    """
    with _running(actor, item.meeting, "item.dissent", item):
        votes: dict[int, Choice] = dict(item.votes.values_list("person", "choice"))
        may_dissent(person.pk, person.name, votes)
        return Dissent.objects.create(item=item, person=person, text=text.strip())


def take_back_dissent(actor: User, entry: Dissent) -> None:
    """Takes out a dissenting opinion that its author has not approved: its words were wrong.

    Raises:
        Forbidden: the actor may not.
        Refused: the meeting is not open, or the author has approved the words.
    """
    with _running(actor, entry.item.meeting, "item.take_back_dissent", entry.item):
        stored = Dissent.objects.select_for_update().get(pk=entry.pk)
        if stored.approved_at:
            raise Refused(
                Words(
                    f"{stored.person} har godkendt ordlyden, og protokollatet ligger fast.",
                    f"{stored.person} has approved the words, and the opinion stands.",
                )
            )
        stored.delete()


def approve_dissent(author: User, entry: Dissent) -> None:
    """The author's word for what is entered in their name.

    Raises:
        Refused: somebody else tries, the meeting is closed, or it has been taken out.
    """
    with log.action(author, "dissent.approve", entry):
        if author.person_id != entry.person_id:
            raise Refused(
                Words("Kun forfatteren kan godkende det.", "Only its author can approve it.")
            )
        if _locked(entry.item.meeting).state != Meeting.OPEN:
            raise Refused(Words("Mødet er slut.", "The meeting is over."))
        stored = Dissent.objects.select_for_update().filter(pk=entry.pk).first()
        if stored is None:
            raise Refused(
                Words("Sekretæren har fjernet det.", "The secretary has taken it out meanwhile.")
            )
        stored.approved_at = stored.approved_at or timezone.now()
        stored.save(update_fields=["approved_at"])


def refer(actor: User, item: Item, person: Person, council: Body) -> Referral:
    """Records that a member demands the council's decision, and gives the council the case.

    The member says so on their own screen, or the secretary enters what was said.

    Raises:
        Forbidden: the actor neither is the member nor runs the meeting.
        Refused: the item is not decided, or is no case; or `council` is not the municipality's.
        NotAllowed: the law does not let the member (kommunestyrelsesloven § 23).
    """
    if actor.person_id != person.pk:
        demand(actor, "meeting.run", item.meeting.body)
    with log.action(actor, "item.refer", item):
        meeting = _locked(item.meeting)
        stored = Item.objects.select_for_update().get(pk=item.pk)
        if not stored.decided_at or not stored.presentation:
            raise Refused(
                Words(
                    "Der er ingen beslutning at indbringe for byrådet.",
                    "There is no decision to refer.",
                )
            )
        _demand_own_council(meeting, council)
        may_refer(
            person.name,
            took_part=person.pk in (stored.there or ()),
            closed=meeting.state != Meeting.OPEN,
            procedural=stored.procedural,
            council=meeting.body.kind == Body.COUNCIL,
        )
        earlier = stored.referrals.filter(person=person).first()
        if earlier:
            return earlier
        first = stored.referrals.first()
        return Referral.objects.create(
            item=stored,
            person=person,
            at=timezone.now(),
            treatment=first.treatment
            if first
            else _councils(stored.presentation.treatment.case, council),
        )


def council_of(body: Body) -> Body | None:
    """The council of the body's municipality, where it is in the house."""
    councils = Body.objects.filter(municipality=body.municipality_id, kind=Body.COUNCIL)
    return councils.order_by("pk").first()


def _demand_own_council(meeting: Meeting, council: Body) -> None:
    own = council.municipality_id == meeting.body.municipality_id
    if not own or council.kind != Body.COUNCIL:
        raise Refused(
            Words(
                f"{council} er ikke kommunens byråd. En sag kan kun indbringes for det.",
                f"{council} is not the municipality's council, the only one to refer to.",
            )
        )


def _councils(case: Case, council: Body) -> Treatment:
    last = case.treatments.order_by("-order")[0]
    over = (Treatment.DECIDED, Treatment.WITHDRAWN)
    waiting = case.treatments.filter(body=council).exclude(state__in=over).first()
    if waiting:
        return waiting
    treatment = Treatment.objects.create(
        case=case, body=council, order=last.order + 1, role=Treatment.DECIDING
    )
    begin(None, treatment)
    return treatment


def close(actor: User, meeting: Meeting) -> None:
    """Closes the meeting: from here on nothing is decided, referred or voted on.

    Raises:
        Forbidden: the actor may not.
        Refused: an item is not decided, or a dissenting opinion waits for its author.
    """
    with _running(actor, meeting, "meeting.close") as stored:
        left = stored.items.filter(decided_at=None, withdrawn=False)
        if left:
            numbers = ", ".join(str(item.number or f"»{item.title}«") for item in left)
            raise Refused(
                Words(
                    f"Disse punkter mangler en beslutning: {numbers}. Beslut, udsæt eller tag dem "
                    "af.",
                    f"No decision on: {numbers}. Decide, postpone or take them off.",
                )
            )
        if Dissent.objects.filter(item__meeting=stored, approved_at=None).exists():
            raise Refused(
                Words(
                    "Et protokollat venter på, at medlemmet godkender ordlyden.",
                    "A dissenting opinion waits for its author's approval.",
                )
            )
        stored.state, stored.closed_at = Meeting.CLOSED, timezone.now()
        stored.save(update_fields=["state", "closed_at"])
        kept_minutes.keep(stored)


def correct(actor: User, item: Item, text: str, reason: str) -> Correction:
    """Adds a correction to a decided item after the meeting; the decision stays as it was.

    Raises:
        Forbidden: the actor may not.
        Refused: there is no reason, or the meeting is not closed.
    """
    demand(actor, "meeting.run", item.meeting.body)
    if not reason.strip() or not text.strip():
        raise Refused(Words("Skriv rettelsen og grunden.", "Write the correction and its reason."))
    with log.action(actor, "item.correct", item, reason):
        meeting = _locked(item.meeting)
        if not meeting.closed_at:
            raise Refused(Words("Mødet er ikke slut.", "The meeting is not over."))
        before = kept_minutes.latest(meeting)
        correction = Correction.objects.create(
            item=item, text=text.strip(), reason=reason.strip(), author=actor, at=timezone.now()
        )
        kept_minutes.corrected(before, correction)
        return correction


def publish_minutes(actor: User, meeting: Meeting, reason: str = "") -> None:
    """Publishes the minutes, without what is closed; a correction is a new version.

    Raises:
        Forbidden: the actor may not.
        Refused: the meeting is not closed, or the archive holds the minutes back.
    """
    demand(actor, "meeting.publish", meeting.body)
    if not meeting.closed_at:
        raise Refused(Words("Mødet er ikke slut.", "The meeting is not over."))
    with log.action(actor, "minutes.publish", meeting, reason):
        documents.publish(kept_minutes.latest(meeting).public, reason)


def _locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


@contextmanager
def _running(
    actor: User, meeting: Meeting, name: str, subject: Item | None = None,
    *, beside: Meeting | None = None,
) -> Iterator[Meeting]:  # fmt: skip
    """An action in a meeting that is open, by somebody who runs it; `beside` is held too."""
    demand(actor, "meeting.run", meeting.body)
    with log.action(actor, name, subject or meeting):
        both = [one.pk for one in (meeting, beside) if one]
        stored = held(Q(pk__in=both))[meeting.pk]
        if stored.state != Meeting.OPEN:
            raise Refused(Words("Mødet er ikke i gang.", "The meeting is not open."))
        yield stored


def _undecided(item: Item) -> Item:
    stored = Item.objects.select_for_update().get(pk=item.pk)
    if stored.withdrawn:
        raise Refused(Words("Punktet er taget af.", "The item was withdrawn."))
    if stored.decided_at:
        raise Refused(
            Words(
                "Punktet er besluttet og låst. Efter mødet kan der tilføjes en rettelse.",
                "The item is decided and locked. A correction can be added after the meeting.",
            )
        )
    return stored
