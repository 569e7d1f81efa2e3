"""What a municipality decides on how its own house works, written down by its administrators."""

from __future__ import annotations

from sagsgang.bodies.models import Municipality

from . import log
from .accounts import User
from .models import HouseRules
from .rights import demand


def decide(
    actor: User,
    municipality: Municipality,
    *,
    own_approval: bool,
    one_approver: bool,
    signing_days: int | None,
) -> HouseRules:
    """The municipality's rules, as they are from now on.

    Raises:
        Forbidden: the actor may not.
    """
    demand(actor, "people.manage")
    with log.action(actor, "rules.set", f"bodies.municipality:{municipality.slug}"):
        return HouseRules.objects.update_or_create(
            municipality=municipality,
            defaults={
                "own_approval": own_approval,
                "one_approver": one_approver,
                "signing_days": signing_days,
            },
        )[0]
