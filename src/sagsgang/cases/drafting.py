"""Drafting: a case, its way through bodies, and its presentations' text."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from sagsgang.bodies.models import Body, Municipality
from sagsgang.bodies.terms import term_of
from sagsgang.minutes import Attendance, Item, Minutes, Recommendation, Section
from sagsgang.minutes.model import Attachment as PrintedAttachment
from sagsgang.minutes.proof import Remark, proofread
from sagsgang.minutes.words import Words

from . import log, numbers, outline, pictures
from .accounts import Unit, User
from .figures import captioned
from .heard import told
from .models import Case, HouseRules, Presentation, Treatment
from .refused import Refused
from .revisions import (
    CONTENT,
    EditedMeanwhile,
    attached_in,
    carry_on,
    content_of,
    keep,
    revising,
    whole_of,
)
from .rights import demand
from .way import printed_way

__all__ = [
    "EditedMeanwhile",
    "Stop",
    "begin",
    "create_case",
    "go_on",
    "item_of",
    "remarks",
    "save",
    "sections_of",
    "waiting_after",
    "withdraw",
]


class Stop(NamedTuple):
    """A body on a case's way, and what it is to do there.

    The case goes on to the next body though this one's treatment is withdrawn, if it is
    `skippable`; otherwise that stops the case.
    """

    body: Body
    role: str
    skippable: bool = False


def create_case(
    actor: User,
    municipality: Municipality,
    number: str,
    title: str,
    *,
    unit: Unit,
    way: Sequence[Stop | tuple[Body, str]],
    kle: str = "",
) -> Case:
    """A new case, with the bodies that are to treat it, in order; the first may be drafted.

    It is begun in the unit, or by the secretary of the first body.
    Without a number it gets the next one in the municipality's form.

    Raises:
        Forbidden: the actor may not.
        Refused: no body is named, a body or the unit is another municipality's, the KLE number is
            none, or the number is taken or not in the municipality's form.
    """
    first = Stop(*way[0]).body if way else None
    demand(actor, "case.create", unit, first)
    if first is None:
        raise Refused(Words("Vælg mindst ét udvalg.", "Choose at least one body."))
    places = [unit, *(Stop(*one).body for one in way)]
    if any(place.municipality_id != municipality.pk for place in places):
        raise Refused(
            Words(
                "Enhed og udvalg skal høre til samme kommune.",
                "The unit and the bodies must be of one municipality.",
            )
        )
    numbers.demand_kle(kle)
    with transaction.atomic():
        # Held, so that no two cases are given one number at once.
        Municipality.objects.select_for_update().get(pk=municipality.pk)
        form = HouseRules.of(municipality).case_numbers
        number = _number(municipality, form, number, kle)
        case = Case(
            municipality=municipality, number=number, title=title,
            kle=kle or numbers.kle_in(form, number), unit=unit, officer=actor,
            created_at=timezone.now(),
        )  # fmt: skip
        with log.action(actor, "case.create", f"cases.case:{number}"):
            case.save()
            for order, stop in enumerate(way, 1):
                part = Treatment.objects.create(case=case, order=order, **Stop(*stop)._asdict())
                if order == 1:
                    begin(actor, part)
    return case


def _number(municipality: Municipality, form: str, number: str, kle: str) -> str:
    """The number as it may be used: cases are never deleted, so that none is used again."""
    cases = Case.objects.filter(municipality=municipality)
    if not number:
        taken = cases.values_list("number", flat=True)
        return numbers.following(form, taken, timezone.localdate().year, kle)
    numbers.demand_number(form, number, kle)
    if cases.filter(number=number).exists():
        raise Refused(
            Words(
                f"Sagsnummeret {number} er brugt. Find sagen, eller vælg et andet nummer.",
                f"The case number {number} is taken. Find the case, or choose another.",
            )
        )
    return number


def begin(actor: User | None, treatment: Treatment) -> Presentation:
    """The presentation of a treatment whose turn it is, begun with that of the one before it."""
    treatment.state = Treatment.DRAFT
    treatment.save(update_fields=["state"])
    before = (
        Presentation.objects.filter(
            treatment__case=treatment.case, treatment__order__lt=treatment.order
        )
        .order_by("-treatment__order")
        .first()
    )
    content = content_of(before) if before else _first(treatment.case)
    writer = actor or treatment.case.officer
    presentation = Presentation(
        treatment=treatment, edited_by=writer, edited_at=timezone.now(), **content
    )
    presentation.save()
    if before:
        carry_on(before, presentation)
    keep(presentation)
    return presentation


def _first(case: Case) -> dict[str, Any]:
    """What a case's first presentation begins with."""
    recommender = HouseRules.of(case.municipality).outline.recommender
    return {"title": case.title, "recommendation_by": recommender}


def save(
    actor: User, presentation: Presentation, content: Mapping[str, Any], *, revision: int
) -> Presentation:
    """The presentation with new content, and the old kept as a version.

    `revision` is that which the actor had before them.

    Raises:
        Forbidden: the actor may not.
        EditedMeanwhile: somebody else has saved since; the stored text stands.
        Refused: the presentation is no draft any more, is closed without a ground, or has a picture
            in it that was not taken in for it.
    """
    _check(content)
    pictures.demand_own(presentation, content.get("sections", ()))
    with revising(actor, presentation, revision, "presentation.save") as stored:
        for name in CONTENT:
            if name in content:
                setattr(stored, name, content[name])
    return stored


def _check(content: Mapping[str, Any]) -> None:
    unknown = set(content) - set(CONTENT)
    if unknown:
        raise ValueError(f"no such parts of a presentation: {sorted(unknown)}")
    if content.get("closed") and not content.get("ground"):
        raise Refused(
            Words(
                "En lukket sag skal have en hjemmel. Skriv den, eller lad sagen være åben.",
                "A closed case needs its legal ground. Write it, or let the case be open.",
            )
        )


def item_of(
    presentation: Presentation,
    number: str | None = None,
    own: outline.Outline | None = None,
    *,
    revision: int | None = None,
    whole: bool = True,
) -> Item:
    """The presentation as an item of an agenda, with everything that is closed where `whole`.

    It is set out by an outline of its `own`, or by that which the municipality has now.
    `revision` is that which was put before the body; without it, the text as it stands.
    """
    case = presentation.treatment.case
    own = own or HouseRules.of(case.municipality).outline
    content = whole_of(presentation, revision)
    points = outline.points_of(content)
    by = content["recommendation_by"] or None
    return Item(
        number=number,
        title=content["title"],
        case_number=case.number,
        kle=case.kle or None,
        closed=content["closed"],
        sections=sections_of(content, own, whole=whole),
        recommendation=Recommendation(by, points) if points else None,
        participants=outline.participants_in(content),
        attachments=tuple(
            PrintedAttachment(one.title) for one in attached_in(content) if whole or not one.closed
        ),
        decided_by=_decided_by(case, content),
        **printed_way(content, own),
    )


def sections_of(
    content: Mapping[str, Any], own: outline.Outline, *, whole: bool = True
) -> tuple[Section, ...]:
    """The sections of a revision as they are printed, with what is closed where `whole`."""
    heard = told(content.get("hearings", ()), whole=whole)
    content = {**content, "sections": captioned(content["sections"])}
    return tuple(Section(**part._asdict()) for part in outline.printed(content, own, heard))


def _decided_by(case: Case, content: Mapping[str, Any]) -> str | None:
    """The body that decides, as it was told then; in old revisions it is not kept."""
    way = content.get("way") or {}
    if "decided_by" in way:
        return way["decided_by"]
    deciding = case.treatments.filter(role=Treatment.DECIDING).select_related("body").last()
    return deciding.body.name if deciding else None


def remarks(presentation: Presentation) -> list[Remark]:
    """What a proofreader would stop at before the presentation is approved."""
    body = presentation.treatment.body
    own, today = HouseRules.of(body.municipality).outline, str(timezone.localdate())
    members = body.memberships.filter(term=term_of(today)).order_by("person__name", "pk")
    names = members.values_list("person__name", flat=True)
    draft = Minutes(
        municipality=body.municipality.name,
        committee=body.name,
        kind="agenda",
        date=today,
        members=tuple(Attendance(name, None, True) for name in names),
        items=(dataclasses.replace(item_of(presentation), closed=False),),
    )
    content = whole_of(presentation)
    missing = outline.lacking(content, own, told(content["hearings"], whole=True))
    return [*(_missing(row, draft.items[0]) for row in missing), *proofread(draft)]


def _missing(row: outline.Row, item: Item) -> Remark:
    label = row.label if row.kind != "recommendation" else "Indstilling"
    words = Words(
        "Afsnittet skal udfyldes, men er tomt. Skriv det, eller svar, hvorfor det ikke er der.",
        "The section must be there and is empty. Write it, or answer why it is not there.",
    )
    return Remark("section_missing", "error", words, item, label)


def withdraw(actor: User, treatment: Treatment, reason: str) -> None:
    """Takes a treatment back before it stands on an agenda; what is after it goes on or stops.

    Raises:
        Forbidden: the actor may not.
        Refused: it stands on an agenda, is decided, or was withdrawn before.
    """
    demand(actor, "presentation.edit", treatment.case.unit, treatment.body)
    with log.action(actor, "treatment.withdraw", treatment, reason):
        stored = Treatment.objects.select_for_update().get(pk=treatment.pk)
        if stored.state == Treatment.ON_AGENDA:
            raise Refused(
                Words(
                    "Sagen står på en dagsorden. Bed sekretæren tage den af.",
                    "The case stands on an agenda. Ask the secretary to take it off.",
                )
            )
        if stored.state == Treatment.DECIDED:
            raise Refused(Words("Sagen er behandlet.", "The body has treated the case already."))
        if stored.state == Treatment.WITHDRAWN:
            raise Refused(Words("Sagen er trukket tilbage.", "The case was withdrawn already."))
        had_its_turn = stored.state != Treatment.WAITING
        stored.state = Treatment.WITHDRAWN
        stored.save(update_fields=["state"])
        if not stored.skippable:
            waiting_after(stored).update(state=Treatment.WITHDRAWN)
        elif had_its_turn:
            go_on(stored)


def go_on(treatment: Treatment) -> None:
    """Lets the next body have its turn, if there is one that waits."""
    after = waiting_after(treatment).first()
    if after:
        begin(None, after)


def waiting_after(treatment: Treatment) -> QuerySet[Treatment]:
    """The treatments that wait for this one, in order."""
    return Treatment.objects.filter(
        case=treatment.case_id, order__gt=treatment.order, state=Treatment.WAITING
    ).order_by("order")
