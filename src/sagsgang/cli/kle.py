"""`sagsgang kle`: takes the municipality's own copy of KLE in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from . import wording
from .console import note
from .data import Data, ready
from .language import say
from .refusal import Refusal


def kle(
    file: Annotated[
        Path,
        Parameter(
            name=say("FIL", "FILE"),
            help=say("Emneplanen fra KL (XML).", "KL's subject plan (XML)."),
        ),
    ],
    /,
    *,
    data: Data | None = None,
) -> int:
    """The exit status: 0 when the subjects are those of the file.

    Raises:
        Refusal: the file is no subject plan.
    """
    ready(data)
    from ..archive.kle import NoPlan, take_in

    try:
        taken = take_in(file.read_bytes())
    except NoPlan:
        raise Refusal(
            say(
                f"{file.name} er ikke en emneplan fra KL, eller den er ikke hel. Hent emneplanen "
                "som XML hos KL, og prøv igen.",
                f"{file.name} is no subject plan from KL, or not whole. Fetch the plan as XML from "
                "KL, and try again.",
            )
        ) from None
    over = sum(one.is_over for one in taken.subjects.values())
    counted = wording.number(len(taken.subjects), ("emne", "emner"), ("subject", "subjects"))
    note(say(f"{counted}, heraf {over} udgåede.", f"{counted}, {over} of them ended."))
    return 0
