"""Proofreading: what a careful secretary would stop at before minutes or an agenda go out.

`proofread` is a pure function over `Minutes`, whoever wrote them: a draft before its approval and
published minutes of any municipality are read alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from ..model import Minutes
from . import attachments, dates, figures, language, markup, names, parts, privacy, references
from .remark import Remark, Severity

__all__ = ["CHECKS", "Remark", "Severity", "proofread"]

CHECKS: Final[tuple[Callable[[Minutes], Iterable[Remark]], ...]] = (
    parts.check,
    privacy.check,
    attachments.check,
    dates.check,
    references.check,
    names.check,
    figures.check,
    markup.check,
    language.check,
)


def proofread(minutes: Minutes) -> list[Remark]:
    """What should be looked at, item by item in the document's order; what is grave comes first.

    Remarks on the document as a whole stand before those on its items.
    """
    order = {id(item): position for position, item in enumerate(minutes.items, 1)}
    remarks = [remark for check in CHECKS for remark in check(minutes)]
    grave: dict[Severity, int] = {"error": 0, "warning": 1, "advice": 2}
    return sorted(
        remarks,
        key=lambda one: (order.get(id(one.item), 0), grave[one.severity]),
    )
