"""What the buttons of the meeting's screen do: each is one action, told in a few words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from sagsgang.archive.pages.wording import day_said
from sagsgang.bodies.models import Body, Person
from sagsgang.cases.pages.page import in_language
from sagsgang.cases.refused import Refused
from sagsgang.meetings import impartiality, moving, session, typed
from sagsgang.meetings.attendance import taking_part
from sagsgang.meetings.models import CHOICES, OUTCOMES, Conflict, Item, Meeting
from sagsgang.meetings.rules.voting import Choice, all_for, by_group
from sagsgang.meetings.typed import Content
from sagsgang.meetings.wording import phrases
from sagsgang.minutes.words import Words

Deed = Callable[[HttpRequest, Item, str], str]
"""Does something at an item with what stands after the button's colon; returns what to tell."""


def typed_in(request: HttpRequest) -> Content:
    """The decision as the form has it; what is no outcome or no vote is left out."""
    outcome = request.POST.get("outcome", "")
    votes: dict[int, Choice] = {}
    for name, value in request.POST.items():
        kind, _dash, person = name.partition("-")
        if kind == "vote" and person.isdecimal() and value in dict(CHOICES):
            votes[int(person)] = value
    return Content(
        text=request.POST.get("text", "").replace("\r\n", "\n"),
        public_text=request.POST.get("public_text", "").replace("\r\n", "\n"),
        outcome=outcome if outcome in dict(OUTCOMES) else "",
        votes=votes,
    )


def revision_in(request: HttpRequest) -> int:
    """The revision that the form was begun from."""
    value = request.POST.get("revision", "")
    return int(value) if value.isdecimal() else 0


def role_at(item: Item) -> str:
    """What the body is to do with the item's case; `""` where there is none."""
    return item.presentation.treatment.role if item.presentation else ""


def _keep(request: HttpRequest, item: Item, _rest: str) -> str:
    typed.keep(request.user, item, typed_in(request), revision_in(request))
    return _("Gemt.")


def _changed(request: HttpRequest, item: Item, **changes: object) -> None:
    """Keeps what is typed with some of it changed by a button."""
    content = typed_in(request)
    given = {"text": content.text, "public_text": content.public_text}
    given |= {"outcome": content.outcome, "votes": content.votes, **changes}
    typed.keep(request.user, item, Content(**given), revision_in(request))


def _phrase(request: HttpRequest, item: Item, rest: str) -> str:
    known = phrases(role_at(item))
    if not rest.isdecimal() or not 1 <= int(rest) <= len(known):
        raise Http404
    phrase = known[int(rest) - 1]
    _changed(request, item, text=phrase.text, outcome=phrase.outcome)
    return ""


def _all(request: HttpRequest, item: Item, rest: str) -> str:
    choice = _choice(rest)
    everybody = [person.pk for person in taking_part(item)]
    votes = all_for(everybody) if choice == "for" else dict.fromkeys(everybody, choice)
    _changed(request, item, votes=votes)
    return ""


def _group(request: HttpRequest, item: Item, rest: str) -> str:
    party, _colon, choice = rest.rpartition(":")
    there = {person.pk for person in taking_part(item)}
    takings = item.meeting.takings.filter(person__in=there)
    groups = dict(takings.values_list("person", "party"))
    votes = typed_in(request).votes | by_group(groups, {party: _choice(choice)})
    _changed(request, item, votes=votes)
    return ""


def _choice(value: str) -> Choice:
    if value not in dict(CHOICES):
        raise Http404
    return value


def _no_vote(request: HttpRequest, item: Item, _rest: str) -> str:
    _changed(request, item, votes={})
    return ""


def _decide(request: HttpRequest, item: Item, _rest: str) -> str:
    counted = typed.decide(request.user, item, typed_in(request), revision_in(request))
    return f"{_('Besluttet og låst.')} {in_language(counted.reason) if counted else ''}".strip()


def _postpone(request: HttpRequest, item: Item, _rest: str) -> str:
    key = request.POST.get("to", "")
    if not key.isdecimal():
        raise Refused(Words("Vælg et senere møde.", "Choose a later meeting."))
    later = get_object_or_404(Meeting, pk=key)
    session.postpone(request.user, item, later, request.POST.get("why", "").strip() or "Udsat.")
    return _("Udsat til %(day)s.") % {"day": day_said(later.date)}


def _move_case(request: HttpRequest, item: Item, _rest: str) -> str:
    return move_case(request, item)


def move_case(request: HttpRequest, item: Item) -> str:
    """Moves the item's case to the chosen body; tells where it stands now."""
    key = request.POST.get("body", "")
    body = get_object_or_404(Body, pk=key if key.isdecimal() else None)
    there = moving.move_case(request.user, item, body)
    told = {"title": item.title, "body": body}
    if there is None:
        return _("»%(title)s« er flyttet og klar til den næste dagsorden i %(body)s.") % told
    told["day"] = day_said(there.meeting.date)
    return _("»%(title)s« står nu på dagsordenen for %(body)s %(day)s.") % told


def _person(rest: str) -> Person:
    if not rest.isdecimal():
        raise Http404
    return get_object_or_404(Person, pk=rest)


def _present(request: HttpRequest, item: Item, rest: str) -> str:
    person = _person(rest)
    session.set_present(request.user, item.meeting, person, True)
    return _("%(name)s er til stede.") % {"name": person}


def _absent(request: HttpRequest, item: Item, rest: str) -> str:
    person, chosen = _person(rest), request.POST.get("substitute", "")
    substitute = _person(chosen) if chosen else None
    session.set_present(request.user, item.meeting, person, False, substitute=substitute)
    if substitute:
        return _("%(substitute)s er stedfortræder for %(name)s.") % {
            "substitute": substitute,
            "name": person,
        }
    return _("%(name)s er fraværende.") % {"name": person}


def _leave(request: HttpRequest, item: Item, rest: str) -> str:
    person = _person(rest)
    session.leave(request.user, item, person)
    return _("%(name)s deltager ikke i punktet.") % {"name": person}


def _conflict(request: HttpRequest, item: Item, rest: str) -> str:
    person, ground = _person(rest), request.POST.get("ground", "").strip()
    if not ground:
        raise Refused(
            Words(
                f"Skriv, hvorfor udvalget har fundet {person} inhabil.",
                f"Write why the committee found that {person} is not impartial.",
            )
        )
    session.leave(request.user, item, person, ground[:300])
    return _("%(name)s er inhabil og deltager ikke i punktet.") % {"name": person}


def conflict_of(item: Item, rest: str) -> Conflict:
    """The announcement at the item with that key.

    Raises:
        Http404: it has none.
    """
    if not rest.isdecimal():
        raise Http404
    known = item.announced_conflicts.select_related("person", "item__meeting__body")
    return get_object_or_404(known, pk=rest)


def _found(request: HttpRequest, item: Item, rest: str) -> str:
    conflict = conflict_of(item, rest)
    impartiality.find(request.user, conflict, True)
    return _("%(name)s er inhabil og deltager ikke i punktet.") % {"name": conflict.person}


def _cleared(request: HttpRequest, item: Item, rest: str) -> str:
    conflict = conflict_of(item, rest)
    impartiality.find(request.user, conflict, False)
    return _("%(name)s er ikke inhabil og deltager i punktet.") % {"name": conflict.person}


def _call_in(request: HttpRequest, item: Item, rest: str) -> str:
    return call_in(request, conflict_of(item, rest))


def call_in(request: HttpRequest, conflict: Conflict) -> str:
    """Calls in the chosen substitute, or nobody; tells which."""
    chosen = request.POST.get("substitute", "")
    substitute = _person(chosen) if chosen else None
    impartiality.call_in(request.user, conflict, substitute)
    if substitute is None:
        return _("Ingen er kaldt ind for %(name)s.") % {"name": conflict.person}
    return _("%(substitute)s er kaldt ind til punktet for %(name)s.") % {
        "substitute": substitute,
        "name": conflict.person,
    }


def _back(request: HttpRequest, item: Item, rest: str) -> str:
    person = _person(rest)
    session.come_back(request.user, item, person)
    return _("%(name)s deltager igen.") % {"name": person}


def _dissent(request: HttpRequest, item: Item, _rest: str) -> str:
    person, text = _person(request.POST.get("person", "")), request.POST.get("text", "")
    if not text.strip():
        raise Refused(Words("Skriv protokollatet.", "Write the dissenting opinion."))
    session.dissent(request.user, item, person, text)
    return _("Protokollatet venter på, at %(name)s godkender ordlyden.") % {"name": person}


def _take_back(request: HttpRequest, item: Item, rest: str) -> str:
    if not rest.isdecimal():
        raise Http404
    entry = get_object_or_404(
        item.dissents.select_related("person", "item__meeting__body"), pk=rest
    )
    session.take_back_dissent(request.user, entry)
    return _("Protokollatet er fjernet. Skriv det igen med den rigtige ordlyd.")


def _refer(request: HttpRequest, item: Item, _rest: str) -> str:
    person = _person(request.POST.get("person", ""))
    council = session.council_of(item.meeting.body)
    if council is None:
        raise Http404
    session.refer(request.user, item, person, council)
    return _("%(name)s har begæret sagen indbragt for %(council)s.") % {
        "name": person,
        "council": council,
    }


DEEDS: Final[Mapping[str, Deed]] = {
    "keep": _keep,
    "phrase": _phrase,
    "all": _all,
    "group": _group,
    "no_vote": _no_vote,
    "decide": _decide,
    "postpone": _postpone,
    "move_case": _move_case,
    "present": _present,
    "absent": _absent,
    "leave": _leave,
    "conflict": _conflict,
    "found": _found,
    "cleared": _cleared,
    "call_in": _call_in,
    "back": _back,
    "dissent": _dissent,
    "take_back": _take_back,
    "refer": _refer,
}
