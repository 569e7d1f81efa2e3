"""The approval chain: officer, leader, director, secretary; each approves or returns.

A chain is a sequence of roles. What is asked about is one revision: a presentation that is
returned becomes a draft again, and the chain begins anew when it is sent; so does one that all have
approved, when the secretary returns it. Nobody approves what they
prepared themselves, unless the municipality's rules let them.
"""

from __future__ import annotations

from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from sagsgang.minutes.words import Words

from . import attachments, log
from .accounts import Position, User
from .models import Approval, HouseRules, Presentation, Treatment
from .proofreading import standing
from .refused import Refused
from .rights import bodies, demand, units

CHAIN: Final = (Position.LEADER, Position.DIRECTOR, Position.SECRETARY)


def send(actor: User, presentation: Presentation) -> Approval:
    """Sends a draft to the first of the chain.

    Raises:
        Forbidden: the actor may not.
        Refused: it is no draft, or the proofreader finds a fault that must be mended first.
    """
    demand(actor, "presentation.send", presentation.treatment.case.unit)
    with log.action(actor, "presentation.send", presentation):
        # Locked as `drafting.save` locks it: what is sent is what was proofread.
        stored = Presentation.objects.select_for_update().get(pk=presentation.pk)
        treatment = Treatment.objects.select_for_update().get(pk=stored.treatment_id)
        if treatment.state != Treatment.DRAFT:
            raise Refused(
                Words(
                    "Sagen er ikke en kladde: Den er allerede sendt, eller den er trukket tilbage.",
                    "The case is no draft: it has been sent already, or was withdrawn.",
                )
            )
        _demand_clean(stored)
        treatment.state = Treatment.APPROVING
        treatment.save(update_fields=["state"])
        return _ask(stored, CHAIN[0])


def approve(actor: User, approval: Approval, comment: str = "") -> Approval | None:
    """Approves, and asks the next of the chain; `None` when the last one has approved.

    Raises:
        Forbidden: the actor does not have the role that is asked.
        Refused: the step is answered already, or the actor prepared the case.
    """
    with log.action(actor, "presentation.approve", approval.presentation, comment):
        stored = _open_step(actor, approval)
        _demand_another(actor, stored.presentation)
        _answer(stored, actor, Approval.APPROVED, comment)
        later = CHAIN[CHAIN.index(stored.role) + 1 :]
        if later:
            return _ask(stored.presentation, later[0])
        treatment = stored.presentation.treatment
        treatment.state = Treatment.READY
        treatment.save(update_fields=["state"])
        return None


def give_back(actor: User, approval: Approval, comment: str) -> None:
    """Returns the presentation to its writer, with what is to be done.

    Raises:
        Forbidden: the actor does not have the role that is asked.
        Refused: the step is answered already, or nothing is said of what to do.
    """
    _demand_told(comment)
    with log.action(actor, "presentation.return", approval.presentation, comment):
        stored = _open_step(actor, approval)
        _answer(stored, actor, Approval.RETURNED, comment)
        treatment = stored.presentation.treatment
        treatment.state = Treatment.DRAFT
        treatment.save(update_fields=["state"])


def reopen(actor: User, presentation: Presentation, comment: str) -> None:
    """Returns what the whole chain has approved, before it stands on an agenda or after it is off.

    Raises:
        Forbidden: the actor is not the body's secretary.
        Refused: it is not ready for an agenda, or nothing is said of what to do.
    """
    demand(actor, f"approve.{Position.SECRETARY}", presentation.treatment.body)
    _demand_told(comment)
    with log.action(actor, "presentation.return", presentation, comment):
        treatment = Treatment.objects.select_for_update().get(pk=presentation.treatment_id)
        if treatment.state != Treatment.READY:
            raise Refused(
                Words(
                    "Sagen venter ikke på en dagsorden. Står den på en, så tag den af først.",
                    "The case does not wait for an agenda. If it stands on one, take it off first.",
                )
            )
        _answer(_ask(presentation, Position.SECRETARY), actor, Approval.RETURNED, comment)
        treatment.state = Treatment.DRAFT
        treatment.save(update_fields=["state"])


def waiting_for(user: User) -> QuerySet[Approval]:
    """The steps that wait for the user, oldest first."""
    mine = Q(role=Position.SECRETARY) & Q(
        presentation__treatment__body__in=bodies(user, f"approve.{Position.SECRETARY}")
    )
    for role in (Position.LEADER, Position.DIRECTOR):
        there = units(user, f"approve.{role}")
        mine |= Q(role=role) & Q(presentation__treatment__case__unit__in=there)
    case = "presentation__treatment__case"
    theirs = Q(**{f"{case}__officer": user}) | Q(presentation__edited_by=user)
    free = Q(**{f"{case}__municipality__house_rules__own_approval": True})
    return (
        Approval.objects.filter(
            mine,
            free | ~theirs,
            answer=Approval.ASKED,
            presentation__treatment__state=Treatment.APPROVING,
        )
        .select_related("presentation__treatment__case__unit", "presentation__treatment__body")
        .order_by("asked_at")
    )


def _demand_told(comment: str) -> None:
    if not comment.strip():
        raise Refused(
            Words(
                "Skriv, hvad der skal rettes, så sagsbehandleren ved det.",
                "Write what is to be mended, so that the officer knows.",
            )
        )


def _demand_another(actor: User, presentation: Presentation) -> None:
    case = presentation.treatment.case
    own = actor.pk in (case.officer_id, presentation.edited_by_id)
    if own and not HouseRules.of(case.municipality).own_approval:
        raise Refused(
            Words(
                "Du har selv skrevet sagen, så en anden skal godkende den.",
                "You have prepared the case yourself, so somebody else must approve it.",
            )
        )


def _demand_clean(presentation: Presentation) -> None:
    grave = [one for one in standing(presentation) if one.severity == "error"]
    if grave:
        first = grave[0]
        raise Refused(
            Words(
                f"Ret det først: {first.words.danish} ({first.place})",
                f"Mend this first: {first.words.english} ({first.place})",
            )
        )
    if named := attachments.with_cpr(presentation):
        titles = ", ".join(f"»{title}«" for title in named)
        raise Refused(
            Words(
                f"Der står noget, der ligner et CPR-nummer, i bilag: {titles}. Fjern det, eller "
                "luk bilaget.",
                f"There is something like a CPR number in: {titles}. Take it out, or close the "
                "attachment.",
            )
        )


def _ask(presentation: Presentation, role: str) -> Approval:
    return Approval.objects.create(
        presentation=presentation,
        revision=presentation.revision,
        role=role,
        asked_at=timezone.now(),
    )


def _where(approval: Approval) -> object:
    """A secretary approves for the body; leader and director for the unit."""
    treatment = approval.presentation.treatment
    return treatment.body if approval.role == Position.SECRETARY else treatment.case.unit


def _open_step(actor: User, approval: Approval) -> Approval:
    stored = (
        Approval.objects.select_for_update(of=("self",))
        .select_related("presentation__treatment__case__unit", "presentation__treatment__body")
        .get(pk=approval.pk)
    )
    demand(actor, f"approve.{stored.role}", _where(stored))
    if stored.answer != Approval.ASKED:
        raise Refused(
            Words(
                f"{stored.answered_by} har allerede svaret på det.",
                f"{stored.answered_by} has answered this already.",
            )
        )
    treatment = Treatment.objects.select_for_update().get(pk=stored.presentation.treatment_id)
    if treatment.state != Treatment.APPROVING:
        raise Refused(Words("Sagen er trukket tilbage.", "The case was withdrawn."))
    return stored


def _answer(approval: Approval, actor: User, answer: str, comment: str) -> None:
    approval.answer = answer
    approval.answered_by, approval.answered_at = actor, timezone.now()
    approval.comment = comment
    approval.save()
