"""Proofreading a meeting's documents before they go out, and answering for what is remarked.

A remark that was answered for in a presentation, before the case was approved, is not made again.
"""

from __future__ import annotations

from dataclasses import replace

from sagsgang.cases import log
from sagsgang.cases.models import Acceptance as InPresentation
from sagsgang.cases.models import User
from sagsgang.cases.proofreading import answer
from sagsgang.cases.rights import demand
from sagsgang.minutes import Minutes
from sagsgang.minutes.proof import Remark, proofread

from . import documents
from .models import Acceptance, Meeting


def standing(meeting: Meeting, document: Minutes) -> list[Remark]:
    """The remarks on one of the meeting's documents that nobody has answered for."""
    here = Acceptance.objects.filter(meeting=meeting).values_list("key", flat=True)
    before = InPresentation.objects.filter(presentation__items__meeting=meeting)
    accepted = {*here, *before.values_list("key", flat=True)}
    written = _as_written(meeting, document)
    return [one for one in proofread(written) if one.key not in accepted]


def _as_written(meeting: Meeting, document: Minutes) -> Minutes:
    """The document with its titles as they were written: a remark is known by its item's title."""
    before = documents.style_of(meeting).before_titles(document.committee)
    items = (
        replace(one, title=one.title.removeprefix(f"{before} ")) if before and one.title else one
        for one in document.items
    )
    return replace(document, items=tuple(items))


def accept(actor: User, meeting: Meeting, document: Minutes, key: str, reason: str) -> Acceptance:
    """Lets a remark stand, with the reason; it comes back when its words are changed.

    Raises:
        Forbidden: the actor may not.
        Refused: there is no such remark any more, or no reason is given.
    """
    demand(actor, "meeting.publish", meeting.body)
    with log.action(actor, "meeting.accept", meeting, reason.strip()):
        return answer(actor, meeting.acceptances, standing(meeting, document), key, reason)
