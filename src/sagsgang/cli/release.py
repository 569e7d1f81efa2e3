"""`sagsgang release`: a document that was held back is published, and somebody answers for it."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from .console import note
from .data import Data, ready
from .harmless import harmless
from .language import say
from .refusal import Refusal


def release(
    number: Annotated[
        int,
        Parameter(
            name=say("NUMMER", "NUMBER"),
            help=say("Dokumentets nummer i sagsgang held.", "Its number in sagsgang held."),
        ),
    ],
    /,
    *,
    by: Annotated[
        str,
        Parameter(
            metavar=say("NAVN", "NAME"),
            help=say(
                "Hvem der frigiver det. Navnet gemmes sammen med dokumentet.",
                "Who releases it. The name is kept with the document.",
            ),
        ),
    ] = "",
    why: Annotated[
        str,
        Parameter(
            metavar=say("GRUND", "REASON"),
            help=say(
                "Hvorfor det må offentliggøres. Grunden gemmes sammen med dokumentet.",
                "Why it may be published. The reason is kept with the document.",
            ),
        ),
    ] = "",
    data: Data | None = None,
) -> int:
    """The exit status, after the document has been published.

    Raises:
        Refusal: nobody or no reason is named, or there is no such document.
    """
    ready(data)
    from ..archive import publishing
    from ..archive.models import Held

    if not by.strip() or not why.strip():
        raise Refusal(
            say(
                "Skriv, hvem der frigiver dokumentet (--by), og hvorfor (--why).",
                "Tell who releases the document (--by), and why (--why).",
            )
        )
    waiting = Held.objects.filter(pk=number).first()
    if waiting is None:
        raise Refusal(
            say(
                f"Der er intet dokument {number}, som er holdt tilbage. Se sagsgang held.",
                f"No document {number} is held back. See sagsgang held.",
            )
        )
    title = harmless(waiting.title)
    try:
        outcome = publishing.release(waiting, by=by, why=why)
    except (publishing.NotPublishable, ValueError) as error:
        raise Refusal(str(error)) from error
    address = outcome.publication.get_absolute_url() if outcome.publication else ""
    note(say(f"{title} er offentliggjort: {address}", f"{title} is published: {address}"))
    return 0
