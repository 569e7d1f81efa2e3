"""A case's way as it is kept with a revision: the bodies before and after, and the matrix of them.

What is kept are JSON values. Bodies that treat the case behind closed doors are not told of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sagsgang.bodies.models import Body
from sagsgang.minutes import Reference, RoutingMark, Step

from .models import HouseRules, Treatment
from .outline import Outline

_LEFT_OUT = frozenset(("og", "for", "i", "af"))


def way_of(treatment: Treatment) -> dict[str, Any]:
    """Where the case has been, where it goes, and which of the municipality's bodies get it."""
    case = treatment.case
    rows = list(
        case.treatments.exclude(state=Treatment.WITHDRAWN)
        .select_related("body", "presentation")
        .order_by("order")
    )
    told = [one for one in rows if not _is_closed(one)]
    rules = HouseRules.of(case.municipality)
    bodies = Body.objects.filter(municipality=case.municipality).order_by("-kind", "name")
    marked = {one.body_id for one in told} | {treatment.body_id}
    deciding = [one.body.name for one in rows if one.role == Treatment.DECIDING]
    return {
        "before": [_stop(one) for one in told if one.order < treatment.order and one.meets_on],
        "after": [_stop(one) for one in told if one.order > treatment.order],
        "matrix": [[code_of(body, rules.codes), body.pk in marked] for body in bodies],
        "decided_by": deciding[-1] if deciding else None,
    }


def code_of(body: Body, codes: Mapping[str, str]) -> str:
    """A body's short name: the municipality's own, or the first letters.

    >>> code_of(Body(name="Byrådet", slug="byraadet"), {})
    'BYR'
    >>> code_of(Body(name="Social- og Sundhedsudvalget", slug="s"), {})
    'SS'
    """
    words = [word for word in re.findall(r"\w+", body.name) if word.lower() not in _LEFT_OUT]
    initials = words[0][:3] if len(words) == 1 else "".join(word[0] for word in words)
    return codes.get(body.slug) or initials.upper()


def printed_way(content: Mapping[str, Any], outline: Outline) -> dict[str, Any]:
    """The fields of an item that tell of the way in a revision, as far as the outline prints it.

    What has a section of its own stands there as it is written.
    """
    way = content.get("way")
    if not way:
        return {}
    fields = {
        "related": tuple(Reference(body, day) for body, day in way["before"]),
        "next_steps": tuple(Step(body, day) for body, day in way["after"]),
        "routing": tuple(RoutingMark(code, marked) for code, marked in way["matrix"]),
    }
    written = {section["kind"] for section in content["sections"] if section["text"]}
    return {
        name: told for name, told in fields.items() if outline.prints(name) and name not in written
    }


def _stop(one: Treatment) -> list[str | None]:
    return [one.body.name, str(one.meets_on) if one.meets_on else None]


def _is_closed(one: Treatment) -> bool:
    presentation = getattr(one, "presentation", None)
    return presentation is not None and presentation.closed
