"""A body's rules of procedure: how items are numbered, when agendas are out, and their headings."""

from __future__ import annotations

from collections.abc import Sequence

from sagsgang.bodies.models import Body
from sagsgang.cases import log
from sagsgang.cases.models import User
from sagsgang.cases.refused import Refused
from sagsgang.cases.rights import demand
from sagsgang.minutes.words import Words

from .models import RulesOfProcedure


def decide(
    actor: User,
    body: Body,
    *,
    numbering: str,
    notice: int | None,
    headings: Sequence[tuple[str, str]],
) -> RulesOfProcedure:
    """The body's rules as they are now; `headings` are titles, and what comes under each by itself.

    Agendas that are out stay as they are; a later item is numbered by the new rule, and never
    with a number that its meeting has.

    Raises:
        Forbidden: the actor does not run the body's meetings.
        Refused: two headings have one title.
    """
    demand(actor, "meeting.run", body)
    titles = [title for title, _takes in headings]
    if len(set(titles)) < len(titles):
        raise Refused(
            Words("To overskrifter er ens. Kald dem noget forskelligt.", "Two headings are alike.")
        )
    with log.action(actor, "procedure.decide", f"bodies.body:{body.pk}"):
        given = {
            "numbering": numbering,
            "notice": notice,
            "headings": [{"title": title, "takes": takes} for title, takes in headings],
        }
        return RulesOfProcedure.objects.update_or_create(body=body, defaults=given)[0]
