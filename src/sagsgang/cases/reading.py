"""Which cases somebody may read: those of their units, and those that their bodies treat.

Whoever answers in the approval chain, for themselves or for somebody who is away, reads what they
are asked about. The officer of a case, and whoever has answered about it, reads it for as long as
they have a role in preparing cases, or answer for one who has.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from . import approval
from .accounts import User
from .models import Case, Presentation
from .rights import Forbidden, bodies, serves, units

_ACTION = "case.read"
_PREPARING = (_ACTION, *(f"approve.{role}" for role in approval.CHAIN))


def readable(user: User) -> QuerySet[Case]:
    """The cases that the user may read."""
    ours = Q(unit__in=units(user, _ACTION))
    treated = Q(treatments__body__in=bodies(user, _ACTION))
    chain = "treatments__presentation__approvals"
    answered = Q(**{f"{chain}__in": approval.waiting_for(user)})
    if any(serves(user, action) for action in _PREPARING):
        ours |= Q(officer=user)
        answered |= Q(**{f"{chain}__answered_by": user})
    return Case.objects.filter(
        Q(pk__in=Case.objects.filter(ours).values("pk"))
        | Q(pk__in=Case.objects.filter(treated).values("pk"))
        | Q(pk__in=Case.objects.filter(answered).values("pk"))
    )


def demand_readable(user: User, case: Case) -> None:
    """Nothing, where the user may read the case.

    Raises:
        Forbidden: the user may not.
    """
    if not readable(user).filter(pk=case.pk).exists():
        raise Forbidden(_ACTION)


def presentation_for(user: User, pk: int) -> Presentation:
    """The presentation with its case, unit and body.

    Raises:
        Presentation.DoesNotExist: there is none.
        Forbidden: the user may not read it.
    """
    found = Presentation.objects.select_related(
        "treatment__case__unit",
        "treatment__case__officer",
        "treatment__case__municipality__house_rules",
        "treatment__body__municipality",
        "edited_by",
    ).get(pk=pk)
    demand_readable(user, found.treatment.case)
    return found
