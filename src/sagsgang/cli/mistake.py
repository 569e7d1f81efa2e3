"""What a user is told of a mistake of ours: enough to report it, and no traceback."""

from __future__ import annotations

from pathlib import Path

from .language import say


def told(error: BaseException) -> str:
    """A sentence about an exception that nobody foresaw: its kind, and where it arose."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f", {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    what = f"{type(error).__name__}{where}"
    return say(
        f"Det er en fejl i Sagsgang ({what}). Meld den gerne, og fortæl, hvad du læste.",
        f"This is a fault in Sagsgang ({what}). Please report it, and tell what you read.",
    )
