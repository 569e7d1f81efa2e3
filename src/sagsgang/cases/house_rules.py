"""What a municipality decides on how its own house works, written down by its administrators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sagsgang.bodies.models import Municipality
from sagsgang.minutes.words import Words
from sagsgang.minutes.writers.style import StyleError, demand_labels

from . import log, numbers
from .accounts import User
from .models import HouseRules
from .outline import GIVEN, Outline, Row
from .refused import Refused
from .rights import demand

ACTION = "people.manage"


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
    demand(actor, ACTION)
    with log.action(actor, "rules.set", f"bodies.municipality:{municipality.slug}"):
        return HouseRules.objects.update_or_create(
            municipality=municipality,
            defaults={
                "own_approval": own_approval,
                "one_approver": one_approver,
                "signing_days": signing_days,
            },
        )[0]


def set_outline(
    actor: User,
    municipality: Municipality,
    outline: Outline,
    *,
    case_numbers: str,
    codes: Mapping[str, str],
) -> HouseRules:
    """The municipality's rules with another outline, form of case numbers and names of bodies.

    Presentations that are drafts follow it from now on, agendas that are published do not.

    Raises:
        Forbidden: the actor may not.
        Refused: a label is missing or stands twice, or the form of case numbers is none.
    """
    demand(actor, ACTION)
    outline = replace(outline, rows=tuple(map(_row, outline.rows)))
    _demand_labels(outline)
    numbers.demand_form(case_numbers)
    with log.action(actor, "house.outline", f"bodies.municipality:{municipality.slug}"):
        return HouseRules.objects.update_or_create(
            municipality=municipality,
            defaults={
                "kept_outline": outline.kept(),
                "case_numbers": case_numbers,
                "codes": {slug: code for slug, code in codes.items() if code},
            },
        )[0]


def _row(row: Row) -> Row:
    return row._replace(label=row.label.strip(), required=row.required and _can_lack(row))


def _can_lack(row: Row) -> bool:
    """Whether a row's text is the officer's, so that it can be lacking."""
    return row.kind not in GIVEN or row.kind == "recommendation"


def _demand_labels(outline: Outline) -> None:
    labels = [row.label for row in outline.rows]
    if not any(row.kind == "decision" for row in outline.rows):
        raise Refused(
            Words(
                "Der skal være en plads til beslutningen.",
                "There must be a place for the decision.",
            )
        )
    if not all(labels):
        raise Refused(Words("Et afsnit mangler sin overskrift.", "A section lacks its heading."))
    twice = next((label for label in labels if labels.count(label) > 1), None)
    if twice:
        raise Refused(
            Words(f"»{twice}« står to gange.", f"“{twice}” stands twice among the headings.")
        )
    try:
        for row in outline.rows:
            demand_labels(row.label)
    except StyleError as error:
        raise Refused(Words(str(error), str(error))) from None
