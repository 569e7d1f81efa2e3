"""A meeting's items as somebody reads them: each a leaf, with all that belongs to it at hand.

The number of questions to the database is the same however many items there are.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Final, NamedTuple

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sagsgang.archive import models as public
from sagsgang.archive.case_keys import case_key
from sagsgang.archive.pages.reading import Part, html_of, parts_of
from sagsgang.bodies.models import Body
from sagsgang.cases.drafting import sections_of
from sagsgang.cases.figures import figures_in
from sagsgang.cases.models import Treatment, User, Version
from sagsgang.cases.outline import Outline
from sagsgang.cases.revisions import Attached, attached_in
from sagsgang.meetings import documents, notes
from sagsgang.meetings.insight import Insight, insight
from sagsgang.meetings.models import (
    Conflict,
    Dissent,
    Item,
    Meeting,
    Question,
    Referral,
    Vote,
)
from sagsgang.meetings.rules.standing import may_refer
from sagsgang.meetings.rules.voting import NotAllowed
from sagsgang.minutes import Item as Printed

NOTHING: Final = notes.Written()
_EARLIER: Final = 3
"""Earlier treatments shown of a case, the latest first."""


class Earlier(NamedTuple):
    """What a body decided in the case before."""

    date: dt.date
    body: str
    outcome: str
    decision: SafeString
    address: str


class Poll(NamedTuple):
    """Who chose the same in a vote."""

    choice: str
    names: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """An item; where it is not covered, there is nothing in it but what was set to be public."""

    item: Item
    anchor: str
    title: str
    covered: bool
    conflict: bool = False
    case_number: str = ""
    decider: str = ""
    parts: Sequence[Part] = ()
    attachments: Sequence[Attached] = ()
    decision: SafeString | str = ""
    polls: Sequence[Poll] = ()
    dissents: Sequence[Dissent] = ()
    to_approve: Sequence[Dissent] = ()
    corrections: Sequence[Any] = ()
    questions: Sequence[Question] = ()
    referrals: Sequence[Referral] = ()
    may_refer: bool = False
    """Whether the reader can demand that the council decide."""
    announced: Conflict | None = None
    """That the reader may not be impartial, as it was announced."""
    earlier: Sequence[Earlier] = ()
    note: notes.Written = NOTHING
    next: str = ""
    """The anchor of the item after it."""


def leaves(user: User, meeting: Meeting) -> list[Leaf]:
    """The items on the agenda that the user may read of, in their order.

    Raises:
        Forbidden: the user may read nothing of the meeting.
    """
    seen = insight(user, meeting)
    items = list(_items(meeting, user))
    covered = [item for item in items if seen.covers(item)]
    contents = _contents(covered)
    written = notes.of_user(user, covered)
    before = _earlier(seen, meeting, covered)
    own = documents.outline_of(meeting)
    found = []
    for item, after in zip_longest(items, items[1:]):
        ways = {"anchor": _anchor(item), "next": _anchor(after) if after else ""}
        if not seen.covers(item):
            title = item.public_title or _("Lukket punkt")
            conflict = seen.in_conflict(item)
            found.append(Leaf(item, title=title, covered=False, conflict=conflict, **ways))
            continue
        found.append(
            Leaf(
                item,
                title=item.title,
                covered=True,
                **ways,
                **_matter(seen, item, contents.get(item.pk), own),
                **_outcome(user, item),
                questions=item.questions.all(),
                announced=next(iter(item.announced_conflicts.all()), None),
                earlier=before.get(item.pk, ()),
                note=written.get(item.pk, NOTHING),
            )
        )
    return found


def _anchor(item: Item) -> str:
    return f"punkt-{item.number}"


def _items(meeting: Meeting, user: User) -> Iterable[Item]:
    if meeting.state == Meeting.PLANNED:
        return ()
    return (
        meeting.items.exclude(number=None)
        .order_by("position")
        .select_related("presentation__treatment__case", "meeting__body", "moved_to")
        .prefetch_related(
            Prefetch(
                "presentation__treatment__case__treatments",
                Treatment.objects.filter(role=Treatment.DECIDING).select_related("body"),
            ),
            Prefetch("votes", Vote.objects.select_related("person").order_by("person__name")),
            Prefetch("dissents", Dissent.objects.select_related("person").order_by("pk")),
            Prefetch("questions", Question.objects.select_related("asked_by", "answered_by")),
            Prefetch("announced_conflicts", Conflict.objects.filter(person=user.person_id)),
            Prefetch("referrals", Referral.objects.select_related("person", "treatment__body")),
            "corrections",
        )
    )


def _contents(items: Sequence[Item]) -> dict[int, Mapping[str, Any]]:
    """What stood in each item's presentation when it was put on the agenda."""
    wanted = {(one.presentation_id, one.revision): one.pk for one in items if one.presentation_id}
    versions = Version.objects.filter(
        presentation__in={presentation for presentation, _revision in wanted},
        revision__in={revision for _presentation, revision in wanted if revision is not None},
    )
    return {
        wanted[one.presentation_id, one.revision]: one.content
        for one in versions
        if (one.presentation_id, one.revision) in wanted
    }


def _matter(
    seen: Insight, item: Item, content: Mapping[str, Any] | None, own: Outline
) -> dict[str, Any]:
    """What is put before the body."""
    if item.presentation is None or content is None:
        return {}
    case = item.presentation.treatment.case
    whole = seen.covers_closed_parts(item)
    sections = sections_of(content, own, whole=whole)
    printed = Printed(str(item.number), item.title, sections=sections)
    return {
        "case_number": case.number,
        "decider": next((one.body.name for one in reversed(case.treatments.all())), ""),
        "parts": parts_of(printed, f"p{item.number}-", _pictures(item, content)),
        "attachments": [one for one in attached_in(content) if whole or not one.closed],
    }


def _pictures(item: Item, content: Mapping[str, Any]) -> dict[str, str]:
    """The addresses of the item's pictures, by their captions."""
    return {
        one.caption: reverse("item attachment", args=[item.pk, one.sha256])
        for one in figures_in(content["sections"])
    }


def _outcome(user: User, item: Item) -> dict[str, Any]:
    """What the body decided, when it has."""
    mine = [
        one
        for one in item.dissents.all()
        if one.approved_at is None and one.person_id == user.person_id
    ]
    if item.withdrawn:
        told = [_("Punktet er taget af dagsordenen.")]
        if item.moved_to:
            told.append(_("Sagen behandles i %(body)s.") % {"body": item.moved_to})
        return {"decision": html_of(" ".join(told))}
    if not item.decided_at:
        return {"to_approve": mine}
    return {
        "decision": html_of(item.decision),
        "polls": _polls(item.votes.all()),
        "dissents": [one for one in item.dissents.all() if one.approved_at],
        "to_approve": mine,
        "corrections": item.corrections.all(),
        "referrals": item.referrals.all(),
        "may_refer": _may_refer(user, item),
    }


def _may_refer(user: User, item: Item) -> bool:
    if user.person_id in {one.person_id for one in item.referrals.all()} or not item.presentation:
        return False
    try:
        may_refer(
            "",
            took_part=user.person_id in (item.there or ()),
            closed=item.meeting.state != Meeting.OPEN,
            procedural=item.procedural,
            council=item.meeting.body.kind == Body.COUNCIL,
        )
    except NotAllowed:
        return False
    return True


def _polls(votes: Iterable[Vote]) -> list[Poll]:
    words = {"for": _("For"), "against": _("Imod"), "abstain": _("Undlod at stemme")}
    names = defaultdict(list)
    for vote in votes:
        names[vote.choice].append(vote.person.name)
    return [Poll(word, ", ".join(names[key])) for key, word in words.items() if names[key]]


def _earlier(seen: Insight, meeting: Meeting, items: Sequence[Item]) -> dict[int, list[Earlier]]:
    """What was decided in the items' cases before the meeting: in this house, and in the archive.

    What other bodies have closed is not told of.
    """
    cases = {one.presentation.treatment.case_id: one for one in items if one.presentation}
    found: dict[int, list[Earlier]] = defaultdict(list)
    if not cases:
        return found
    house = (
        Item.objects.filter(
            Q(meeting__body=meeting.body) | Q(meeting__state__in=Meeting.OVER, closed=False),
            presentation__treatment__case__in=cases,
            decided_at__isnull=False,
            meeting__date__lt=meeting.date,
        )
        .select_related("meeting__body", "presentation__treatment")
        .order_by("-meeting__date", "-pk")
    )
    told = set()
    for one in house:
        case = one.presentation.treatment.case_id
        told.add((case, one.meeting.body_id, one.meeting.date))
        if seen.covers(one):
            address = f"{one.meeting.get_absolute_url()}laes/#punkt-{one.number}"
            own = one.meeting.body_id == meeting.body_id
            found[cases[case].pk].append(
                Earlier(
                    one.meeting.date,
                    one.meeting.body.name,
                    one.outcome,
                    html_of(one.decision),
                    address if own else "",
                )
            )
    keys = {case_key(one.presentation.treatment.case.number): one for one in cases.values()}
    for row in _published(meeting, keys):
        item = keys[row.case.key]
        case = item.presentation.treatment.case_id
        if (case, row.meeting.body_id, row.meeting.date) not in told:
            found[item.pk].append(
                Earlier(
                    row.meeting.date,
                    row.meeting.body.name,
                    row.outcome,
                    html_of(row.decision),
                    row.get_absolute_url(),
                )
            )
    return {key: sorted(some, reverse=True)[:_EARLIER] for key, some in found.items()}


def _published(meeting: Meeting, keys: Iterable[str]) -> Iterable[public.Item]:
    return (
        public.Item.objects.filter(
            case__municipality=meeting.body.municipality_id,
            case__key__in=list(keys),
            meeting__kind="minutes",
            meeting__date__lt=meeting.date,
        )
        .exclude(decision="")
        .select_related("case", "meeting__body__municipality")
        .order_by("-meeting__date")
    )
