"""The approval chain: officer, leader, director, secretary; each approves or returns.

A chain is a sequence of roles. What is asked about is one revision: a presentation that is
returned becomes a draft again, and the chain begins anew when it is sent.
"""

from __future__ import annotations

from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from sagsgang.minutes.words import Words

from . import log
from .accounts import Position, User
from .drafting import Refused, remarks
from .models import Approval, Presentation, Treatment
from .rights import demand, may

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
        Refused: the step is answered already.
    """
    with log.action(actor, "presentation.approve", approval.presentation, comment):
        stored = _open_step(actor, approval)
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
    if not comment.strip():
        raise Refused(
            Words(
                "Skriv, hvad der skal rettes, så sagsbehandleren ved det.",
                "Write what is to be mended, so that the officer knows.",
            )
        )
    with log.action(actor, "presentation.return", approval.presentation, comment):
        stored = _open_step(actor, approval)
        _answer(stored, actor, Approval.RETURNED, comment)
        treatment = stored.presentation.treatment
        treatment.state = Treatment.DRAFT
        treatment.save(update_fields=["state"])


def waiting_for(user: User) -> QuerySet[Approval]:
    """The steps that wait for the user, oldest first."""
    asked = Approval.objects.filter(
        answer=Approval.ASKED, presentation__treatment__state=Treatment.APPROVING
    ).select_related("presentation__treatment__case__unit", "presentation__treatment__body")
    return asked.filter(pk__in=[one.pk for one in asked if _asks(user, one)]).order_by("asked_at")


def _demand_clean(presentation: Presentation) -> None:
    grave = [one for one in remarks(presentation) if one.severity == "error"]
    if grave:
        first = grave[0]
        raise Refused(
            Words(
                f"Ret det først: {first.words.danish} ({first.place})",
                f"Mend this first: {first.words.english} ({first.place})",
            )
        )


def _ask(presentation: Presentation, role: str) -> Approval:
    return Approval.objects.create(
        presentation=presentation,
        revision=presentation.revision,
        role=role,
        asked_at=timezone.now(),
    )


def _asks(user: User, approval: Approval) -> bool:
    return may(user, f"approve.{approval.role}", _where(approval))


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
