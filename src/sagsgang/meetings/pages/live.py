"""The meeting on one screen: the items, the one that is treated, and who is there.

Every button is a form that works by itself. The script sends the same forms, keeps what is typed
at every pause, and shows what another screen has done.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Final, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sagsgang.bodies.models import Body, Person
from sagsgang.cases import drafting
from sagsgang.cases.outline import points_of
from sagsgang.cases.pages.page import in_language
from sagsgang.cases.refused import Refused
from sagsgang.cases.revisions import whole_of
from sagsgang.meetings import session, typed
from sagsgang.meetings.attendance import able_to_stand_in, taking_part
from sagsgang.meetings.models import OUTCOMES, Conflict, Item, Meeting, Taking
from sagsgang.meetings.rules.standing import may_dissent
from sagsgang.meetings.rules.voting import NotAllowed, Quorum, count, demand_outcome, tally
from sagsgang.meetings.templatetags.meetings import VOTES
from sagsgang.meetings.typed import Content, TypedMeanwhile
from sagsgang.meetings.wording import phrases
from sagsgang.minutes.word_changes import Stretch, word_changes
from sagsgang.minutes.words import Words
from sagsgang.minutes.writers.prose_html import prose_html

from .agenda import others
from .deeds import DEEDS, revision_in, role_at, typed_in
from .meeting import done, item_of, meeting_of, meeting_page, tell

KEYS: Final = (
    ("1–9", gettext_lazy("en standardformulering")),
    ("B", gettext_lazy("skriv beslutningen")),
    ("I", gettext_lazy("ændr indstillingen")),
    ("A", gettext_lazy("alle stemmer for")),
    ("V", gettext_lazy("til stemmerne; der F, I og U for hvert medlem")),
    ("D", gettext_lazy("beslut og lås; i teksten Ctrl+Enter")),
    ("U", gettext_lazy("udsæt")),
    ("M", gettext_lazy("protokollat")),
    ("K", gettext_lazy("indbring for byrådet (§ 23)")),
    ("R", gettext_lazy("fremmøde")),
    ("N / P", gettext_lazy("næste eller forrige punkt")),
    ("Esc", gettext_lazy("ud af feltet, så tasterne virker")),
    ("?", gettext_lazy("denne liste")),
)


class Seat(NamedTuple):
    """A member or substitute, as the list of those who are there shows them."""

    taking: Taking
    away: str
    """`""` for one who takes part; otherwise `absent`, `left` or `conflict`."""
    ground: str
    stands_in: str
    """Whom the person stands in for."""
    conflict: Conflict | None = None
    """Whether it is asked if the person is impartial in the item, and what the body found."""


class Ballot(NamedTuple):
    """One who may vote, and what they chose."""

    person: Person
    party: str
    choice: str


class Shown(NamedTuple):
    """What follows from what is typed: the votes counted, and the change that is made."""

    result: Words | None
    adopted: bool
    lacking: str
    """Those whose votes lack, where somebody has voted; or that the outcome is another one."""
    change: tuple[Stretch, ...]


@require_http_methods(["GET", "POST"])
def live(request: HttpRequest, meeting: int) -> HttpResponse:
    """The way into the meeting: opening it, or its first item that is not decided."""
    found = meeting_of(request, meeting)
    if request.method == "POST":
        could, told = done(request, found, {"open": _open})
        tell(request, could, told)
        return HttpResponseRedirect(reverse("live", args=[found.pk]))
    if found.state in Meeting.OVER:
        return HttpResponseRedirect(reverse("closing", args=[found.pk]))
    if found.state != Meeting.OPEN:
        return meeting_page(request, "meetings/before.html", found)
    items = list(found.items.filter(withdrawn=False))
    if not items:
        return HttpResponseRedirect(found.get_absolute_url())
    first = next((item for item in items if not item.decided_at), items[-1])
    return HttpResponseRedirect(address_of(first))


def address_of(item: Item) -> str:
    """Where the item is treated."""
    return reverse("live item", args=[item.meeting_id, item.pk])


def _open(request: HttpRequest, meeting: Meeting) -> str:
    session.open_meeting(request.user, meeting)
    return _("Mødet er åbnet. Alle medlemmer står som til stede.")


@require_http_methods(["GET", "POST"])
def live_item(request: HttpRequest, meeting: int, item: int) -> HttpResponse:
    """An item while it is treated, and afterwards what was decided."""
    found = meeting_of(request, meeting)
    if found.state in Meeting.OVER:
        return HttpResponseRedirect(reverse("closing", args=[found.pk]))
    stored = item_of(found, item)
    if request.method != "POST":
        return _shown(request, found, stored)
    name, _colon, rest = request.POST.get("do", "").partition(":")
    if name not in DEEDS:
        raise Http404
    try:
        tell(request, True, DEEDS[name](request, stored, rest))
    except TypedMeanwhile as meanwhile:
        return _shown(request, found, stored, typed_in(request), meanwhile)
    except Refused as refused:
        tell(request, False, in_language(refused.words))
    return HttpResponseRedirect(address_of(stored))


def _shown(
    request: HttpRequest,
    meeting: Meeting,
    item: Item,
    own: Content | None = None,
    meanwhile: TypedMeanwhile | None = None,
) -> HttpResponse:
    kept = typed.Typed.objects.filter(item=item).select_related("by").first()
    content = own or typed.content_of(kept)
    return meeting_page(
        request,
        "meetings/live.html",
        meeting,
        status=409 if meanwhile else 200,
        kept=kept,
        revision=kept.revision if kept else 0,
        meanwhile=in_language(meanwhile.words) if meanwhile else "",
        other=meanwhile.typed if meanwhile else None,
        content=content,
        stamp=typed.stamp(meeting),
        keys=KEYS,
        vote_words=VOTES.items(),
        **_page_of(meeting, item, content),
    )


def _page_of(meeting: Meeting, item: Item, content: Content) -> dict[str, Any]:
    left = meeting.items.filter(withdrawn=False)
    items = list(left.prefetch_related("referrals__person"))
    place = next((number for number, one in enumerate(items) if one.pk == item.pk), 0)
    seats = _seats(meeting, item)
    there = [seat for seat in seats if not seat.away]
    members = sum(not seat.taking.substitute_for_id for seat in seats)
    printed = _printed(item)
    asked = _asked(printed)
    return {
        "items": items,
        "item": item,
        "before": items[place - 1] if place else None,
        "after": items[place + 1] if place + 1 < len(items) else None,
        "seats": seats,
        "ballots": [
            Ballot(one.taking.person, one.taking.party, content.votes.get(one.taking.person_id, ""))
            for one in there
        ],
        "groups": sorted({one.taking.party for one in there if one.taking.party}),
        "quorum": Quorum(members, len(there)),
        "printed": printed,
        "asked": asked,
        "sections": _sections(printed),
        "phrases": phrases(role_at(item)),
        "outcomes": OUTCOMES,
        "shown": shown_of(content, [seat.taking.person for seat in there], asked),
        "later": _later(meeting) if not item.decided_at else [],
        "others": others(meeting) if item.presentation_id and not item.decided_at else [],
        "substitutes": list(
            able_to_stand_in(meeting).exclude(pk__in=[seat.taking.person_id for seat in seats])
        ),
        **(_decided(meeting, item, seats) if item.decided_at else {}),
    }


def _seats(meeting: Meeting, item: Item) -> list[Seat]:
    leaves = dict(item.leaves.values_list("person", "conflict"))
    asked = list(item.announced_conflicts.select_related("substitute"))
    called_in = {one.substitute_id for one in asked if one.found and one.person_id in leaves}
    conflicts = {one.person_id: one for one in asked}
    found = []
    for one in meeting.takings.select_related("person", "substitute_for"):
        there = one.present or one.person_id in called_in
        if one.substitute_for_id and not there:
            continue
        ground = leaves.get(one.person_id)
        left = "" if ground is None else ("conflict" if ground else "left")
        away = left if there else "absent"
        stands_in = one.substitute_for.name if one.substitute_for_id else ""
        found.append(Seat(one, away, ground or "", stands_in, conflicts.get(one.person_id)))
    return found


def _printed(item: Item) -> Any:
    if item.presentation is None:
        return None
    return drafting.item_of(item.presentation, str(item.number or ""), revision=item.revision)


def _asked(printed: Any) -> str:
    """What is recommended, a point on each line."""
    return "\n".join(printed.recommendation.points) if printed and printed.recommendation else ""


def _sections(printed: Any) -> list[tuple[str, SafeString]]:
    """The presentation's text, for looking something up while the item is treated."""
    if printed is None:
        return []
    return [
        (one.label, mark_safe(prose_html(one.text)))  # made of text by the house's own writer
        for one in printed.sections
        if one.kind != "recommendation"
    ]


def _later(meeting: Meeting) -> list[Meeting]:
    """The meetings that an item can be postponed to, the next one first."""
    later = Meeting.objects.filter(body=meeting.body_id, date__gt=meeting.date)
    return list(later.exclude(state__in=Meeting.OVER).order_by("date", "start_time")[:12])


def _points(item: Item) -> str:
    """What is recommended, as `_asked`: read without the rest of the presentation."""
    if item.presentation is None:
        return ""
    return "\n".join(points_of(whole_of(item.presentation, item.revision)))


def shown_of(content: Content, there: Iterable[Person], asked: str) -> Shown:
    """What follows from what is typed."""
    change = word_changes(asked, content.text) if content.outcome == "amended" and asked else ()
    if not content.votes:
        return Shown(None, False, "", change)
    names = {person.pk: person.name for person in there}
    try:
        counted = tally(content.votes, names, names)
        if content.outcome:
            demand_outcome(counted, content.outcome)
    except NotAllowed as lacking:
        return Shown(None, False, in_language(lacking.words), change)
    return Shown(counted.reason, counted.adopted, "", change)


def _decided(meeting: Meeting, item: Item, seats: list[Seat]) -> dict[str, Any]:
    votes = dict(item.votes.values_list("person", "choice"))
    minority = []
    for seat in seats:
        with suppress(NotAllowed):
            may_dissent(seat.taking.person_id, seat.taking.person.name, votes)
            minority.append(seat.taking.person)
    referable = (
        item.presentation is not None and not item.procedural and meeting.body.kind != Body.COUNCIL
    )
    return {
        "votes": item.votes.select_related("person").order_by("choice", "person__name"),
        "result": count(votes).reason if votes else None,
        "minority": minority,
        "dissents": item.dissents.select_related("person"),
        "referrals": item.referrals.select_related("person", "treatment__body"),
        "may_refer": [
            seat.taking.person for seat in seats if seat.taking.person_id in (item.there or ())
        ]
        if referable
        else [],
        "continued": item.continued_by.select_related("meeting__body").first(),
    }


@require_POST
def keep(request: HttpRequest, meeting: int, item: int) -> JsonResponse:
    """Keeps what is typed, for the script; tells what follows from it."""
    found = meeting_of(request, meeting)
    stored = item_of(found, item)
    content = typed_in(request)
    try:
        kept = typed.keep(request.user, stored, content, revision_in(request))
    except TypedMeanwhile as meanwhile:
        other = {"text": meanwhile.typed.text, "revision": meanwhile.typed.revision}
        return JsonResponse({"told": in_language(meanwhile.words), **other}, status=409)
    except Refused as refused:
        return JsonResponse({"told": in_language(refused.words)}, status=410)
    asked = _points(stored) if content.outcome == "amended" else ""
    there = taking_part(stored) if content.votes else []
    said = render_to_string("meetings/said.html", {"shown": shown_of(content, there, asked)})
    clock = timezone.localtime(kept.at).strftime("%H.%M")
    saved = _("gemt kl. %(clock)s") % {"clock": clock}
    return JsonResponse(
        {"revision": kept.revision, "saved": saved, "said": said, "stamp": typed.stamp(found)}
    )


@require_GET
def state(request: HttpRequest, meeting: int) -> JsonResponse:
    """What changes when anything at the meeting does: screens ask for it to stay in step."""
    return JsonResponse({"stamp": typed.stamp(meeting_of(request, meeting))})
