"""`sagsgang notify`: mails to those who follow something, with what is new."""

from __future__ import annotations

from . import trouble, wording
from .console import complain, note
from .data import Data, ready
from .language import say


def notify(*, data: Data | None = None) -> int:
    """The exit status: 0 when all mails were sent, 1 when some could not be."""
    folder = ready(data)
    from ..archive.subscriptions.sending import Busy, send_news

    try:
        sent = send_news(folder, told=trouble.said)
    except Busy:
        note(say("Der sendes allerede mails.", "Mails are being sent already."))
        return 0
    for problem in sent.problems:
        complain(say("Følger", "Subscription"), problem)
    note(
        wording.number(sent.mails, ("mail", "mails"), ("mail", "mails")) + say(" sendt.", " sent.")
    )
    return 1 if sent.problems else 0
