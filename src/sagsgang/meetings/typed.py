"""What is typed at a meeting and not decided yet: kept at every pause, and never lost to another.

Two screens may show the same item. Each tells which revision it began from; what was kept
meanwhile from the other is not written over before somebody has seen it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from sagsgang.cases.models import User
from sagsgang.cases.refused import Refused
from sagsgang.cases.rights import demand
from sagsgang.minutes.words import Words

from . import session
from .models import Item, Meeting, Typed
from .rules.voting import Choice, Tally


@dataclass(frozen=True, slots=True)
class Content:
    """A decision as it is being written; votes by the person's key."""

    text: str = ""
    public_text: str = ""
    outcome: str = ""
    votes: Mapping[int, Choice] = field(default_factory=dict)


class TypedMeanwhile(Refused):
    """Another screen has kept something newer; `typed` is what."""

    def __init__(self, typed: Typed) -> None:
        self.typed = typed
        super().__init__(
            Words(
                f"{typed.by} har skrevet på punktet på en anden skærm, mens du skrev. Begge "
                "tekster står her: Ret din til, og gem igen.",
                f"{typed.by} has written on the item on another screen while you wrote. Both texts "
                "stand here: mend yours, and save again.",
            )
        )


def keep(actor: User, item: Item, content: Content, revision: int) -> Typed:
    """Keeps what is typed, which was begun from `revision` (0 where there was nothing).

    Raises:
        Forbidden: the actor may not.
        Refused: the meeting is not open, or the item is decided.
        TypedMeanwhile: somebody has kept something else since that revision.
    """
    demand(actor, "meeting.run", item.meeting.body)
    with transaction.atomic():
        stored = (
            Item.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=item.pk)
        )
        if stored.meeting.state != Meeting.OPEN:
            raise Refused(Words("Mødet er ikke i gang.", "The meeting is not open."))
        if stored.decided_at or stored.withdrawn:
            raise Refused(
                Words(
                    "Punktet er besluttet eller taget af på en anden skærm.",
                    "The item was decided or taken off on another screen.",
                )
            )
        before = Typed.objects.filter(item=stored).select_related("by").first()
        if before and content_of(before) == content:
            return before
        if before and before.revision != revision:
            raise TypedMeanwhile(before)
        typed = before or Typed(item=stored)
        typed.text, typed.public_text = content.text, content.public_text
        typed.outcome = content.outcome
        typed.votes = {str(person): choice for person, choice in content.votes.items()}
        typed.revision += 1
        typed.by, typed.at = actor, timezone.now()
        typed.save()
        return typed


def decide(actor: User, item: Item, content: Content, revision: int) -> Tally | None:
    """Keeps what is typed and decides it, so that no other screen's words come between the two.

    What is refused is still there to mend.

    Raises:
        Forbidden: the actor may not.
        Refused: there is no outcome, or as `keep` and `session.decide` refuse.
        TypedMeanwhile: somebody has kept something else since that revision.
    """
    with transaction.atomic():
        Meeting.objects.select_for_update().get(pk=item.meeting_id)  # before the item, as always
        keep(actor, item, content, revision)
        try:
            return _decided(actor, item, content)
        except Refused as told:
            refused = told
    raise refused


def _decided(actor: User, item: Item, content: Content) -> Tally | None:
    if not content.outcome:
        raise Refused(
            Words(
                "Vælg udfaldet, så beslutningen kan findes frem igen.",
                "Choose the outcome, so that the decision can be found again.",
            )
        )
    return session.decide(
        actor,
        item,
        content.text,
        content.outcome,
        votes=content.votes or None,
        public_text=content.public_text,
        procedural=content.outcome == "referred_back",
    )


def content_of(typed: Typed | None) -> Content:
    """What was kept, or nothing."""
    if typed is None:
        return Content()
    votes = {int(person): choice for person, choice in typed.votes.items()}
    return Content(typed.text, typed.public_text, typed.outcome, votes)


def stamp(meeting: Meeting) -> str:
    """What changes when anything at the meeting does; the same number of queries at any meeting."""
    items = meeting.items
    seen = [
        [meeting.state],
        *(
            sorted(map(str, rows))
            for rows in (
                items.values_list("pk", "number", "position", "decided_at", "withdrawn"),
                meeting.takings.values_list("person", "present", "substitute_for"),
                items.exclude(leaves=None).values_list("pk", "leaves__person", "leaves__conflict"),
                items.exclude(announced_conflicts=None).values_list(
                    "announced_conflicts__person",
                    "announced_conflicts__found",
                    "announced_conflicts__substitute",
                ),
                items.exclude(typed=None).values_list("pk", "typed__revision"),
                items.exclude(dissents=None).values_list("dissents", "dissents__approved_at"),
                items.exclude(referrals=None).values_list("pk", "referrals__person"),
            )
        ),
    ]
    return hashlib.sha256(json.dumps(seen, default=str).encode()).hexdigest()[:16]
