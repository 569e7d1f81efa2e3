"""The approval chain: officer, leader, director, secretary; each approves or returns.

A chain is a sequence of roles; what the body's own secretary has written needs no step of hers.
What is asked about is one revision: a presentation that is returned becomes a draft again, and the
chain begins anew when it is sent; so does one that all have approved, when the secretary returns
it. Nobody approves what they prepared themselves, nor two steps in a row, unless the municipality's
rules let them: where leader and director are one, say.
"""

from __future__ import annotations

from typing import Final

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from sagsgang.minutes.words import Words

from . import attachments, log
from .accounts import Position, User
from .models import Approval, HouseRules, Presentation, Treatment
from .proofreading import standing
from .refused import Refused
from .revisions import refreshed
from .rights import bodies, demand, may, units

CHAIN: Final = (Position.LEADER, Position.DIRECTOR, Position.SECRETARY)


def send(actor: User, presentation: Presentation) -> Approval:
    """Sends a draft to the first of the chain.

    Raises:
        Forbidden: the actor may not.
        Refused: it is no draft, or the proofreader finds a fault that must be mended first.
    """
    sent = presentation.treatment
    demand(actor, "presentation.send", sent.case.unit, sent.body)
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
        refreshed(stored)
        treatment.state = Treatment.APPROVING
        treatment.save(update_fields=["state"])
        return _ask(stored, CHAIN[0])


def approve(actor: User, approval: Approval, comment: str = "") -> Approval | None:
    """Approves, and asks the next of the chain; `None` when the last one has approved.

    Raises:
        Forbidden: the actor does not have the role that is asked.
        Refused: the step is answered already, or the actor prepared the case or answered the step
            before.
    """
    with log.action(actor, "presentation.approve", approval.presentation, comment):
        stored = _open_step(actor, approval)
        _demand_another(actor, stored)
        _answer(stored, actor, Approval.APPROVED, comment)
        chain = chain_of(stored.presentation)
        later = [role for role in chain if CHAIN.index(role) > CHAIN.index(stored.role)]
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
    rules = f"{case}__municipality__house_rules"
    before = Approval.objects.filter(presentation=OuterRef("presentation"), pk__lt=OuterRef("pk"))
    return (
        Approval.objects.annotate(
            before=Subquery(before.order_by("-pk").values("answer")[:1]),
            before_by=Subquery(before.order_by("-pk").values("answered_by")[:1]),
        )
        .filter(
            mine,
            Q(**{f"{rules}__own_approval": True}) | ~theirs,
            Q(**{f"{rules}__one_approver": True})
            | ~Q(before=Approval.APPROVED, before_by=user.pk)
            | Q(before=None),
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


def barred(user: User, presentation: Presentation) -> Words | None:
    """Why the user, whose role is asked, may not approve; `None` where nothing hinders."""
    step = presentation.approvals.filter(answer=Approval.ASKED).order_by("-pk").first()
    if step is None or presentation.treatment.state != Treatment.APPROVING:
        return None
    if not may(user, f"approve.{step.role}", _where(step)):
        return None
    try:
        _demand_another(user, step)
    except Refused as refused:
        return refused.words
    return None


def chain_of(presentation: Presentation) -> tuple[str, ...]:
    """The roles that are asked about the presentation, in order."""
    written_by_secretary = may(
        presentation.edited_by, f"approve.{Position.SECRETARY}", presentation.treatment.body
    )
    return CHAIN[:-1] if written_by_secretary else CHAIN


def _demand_another(actor: User, step: Approval) -> None:
    presentation = step.presentation
    case = presentation.treatment.case
    rules = HouseRules.of(case.municipality)
    before = presentation.approvals.filter(pk__lt=step.pk).order_by("-pk").first()
    twice = before and before.answer == Approval.APPROVED and before.answered_by_id == actor.pk
    if twice and not rules.one_approver:
        raise Refused(
            Words(
                "Du har selv godkendt trinnet før, så en anden skal godkende dette.",
                "You approved the step before yourself, so somebody else must approve this one.",
            )
        )
    own = actor.pk in (case.officer_id, presentation.edited_by_id)
    if own and not rules.own_approval:
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
