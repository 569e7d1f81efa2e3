"""`sagsgang seal`: whether a file is as the municipality sealed it, and what is to be sealed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

from cyclopts import Parameter

from . import wording
from .console import complain, note
from .data import Data, ready
from .language import say
from .refusal import Refusal

if TYPE_CHECKING:
    from ..meetings.pades import Checked

Made = TypeVar("Made")


def check(
    file: Annotated[
        Path,
        Parameter(
            name=say("FIL", "FILE"),
            help=say("En PDF med et segl.", "A PDF with a seal."),
        ),
    ],
    /,
    *,
    roots: Annotated[
        list[Path] | None,
        Parameter(
            metavar=say("FIL", "FILE"),
            help=say(
                "Certifikater (PEM) fra dem, der stoles på: for eksempel udstederens rod.",
                "Certificates (PEM) of those who are trusted: the issuer's root, for instance.",
            ),
        ),
    ] = None,
) -> int:
    """The exit status: 0 where the file is what the owner of a trusted certificate signed.

    Raises:
        Refusal: the file has no seal, or pyHanko is not there.
    """
    from ..meetings import pades

    data = file.read_bytes()
    try:
        found = _done(lambda: pades.checked(data, roots or ()))
    except pades.Unsigned:
        raise Refusal(
            say(
                f"{file.name} har ikke et segl, eller den er ikke en PDF, der kan læses.",
                f"{file.name} has no seal, or is no PDF that can be read.",
            )
        ) from None
    for told in _told(found):
        note(told)
    return 0 if found.holds else 1


def _told(found: Checked) -> list[str]:
    when = found.at.astimezone().strftime("%Y-%m-%d %H:%M") if found.at else "?"
    whole = (
        say("Filen er, som den blev forseglet.", "The file is as it was sealed.")
        if found.whole
        else say(
            "Filen er ændret, efter at den blev forseglet.", "The file was changed afterwards."
        )
    )
    trusted = (
        say("Certifikatet fører til en rod, der stoles på.", "The certificate is trusted.")
        if found.trusted
        else say(
            "Certifikatet fører ikke til en rod, der stoles på. Nævn udstederens med --roots.",
            "The certificate leads to no trusted root. Name the issuer's with --roots.",
        )
    )
    stamped = (
        say("ifølge et tidsstempel", "by a time stamp")
        if found.stamped
        else say("ifølge den, der forseglede", "as the sealer says")
    )
    sealed = say(
        f"Forseglet af {found.by}, {when} ({stamped}).",
        f"Sealed by {found.by}, {when} ({stamped}).",
    )
    return [sealed, whole, trusted]


def due(*, data: Data | None = None) -> int:
    """The exit status: 0 when all was done, 1 when some mails or seals could not be made.

    Raises:
        Refusal: there are minutes to seal, and no certificate.
    """
    ready(data)
    from ..meetings import reminding, sealing, signing

    ended = signing.end_waits()
    sent, failed = reminding.remind()
    for account in failed:
        complain(account, say("Påmindelsen kunne ikke sendes.", "The reminder was not sent."))
    sealed = [_done(lambda one=one: sealing.seal(None, one)) for one in sealing.due()]  # type: ignore[misc]
    counts = (
        wording.number(len(sent), ("påmindelse", "påmindelser"), ("reminder", "reminders")),
        wording.number(
            len(ended), ("udløbet frist", "udløbne frister"), ("wait over", "waits over")
        ),
        wording.number(len(sealed), ("segl", "segl"), ("seal", "seals")),
    )
    note(f"{', '.join(counts)}.")
    return 1 if failed else 0


def _done(do: Callable[[], Made]) -> Made:
    from ..cases.refused import Refused

    try:
        return do()
    except Refused as error:
        raise Refusal(say(*error.words)) from error
