"""`sagsgang demo`: the invented municipality's working house, and a way in for each role."""

from __future__ import annotations

import sys

from .address import Address
from .console import note
from .data import Data, ready
from .language import say
from .refusal import Refusal


def demo(
    *,
    address: Address = None,
    data: Data | None = None,
) -> int:
    """The exit status: 0 with a line for each role on standard output."""
    ready(data)
    from django.utils import translation

    from ..archive.subscriptions.mails import address_in_mails
    from ..cases.wording import ROLES
    from ..web.demonstration import NotEmpty, furnished, password
    from ..web.sign_in.invitations import entry
    from .language import spoken

    site = address or address_in_mails()
    try:
        people = furnished()
    except NotEmpty:
        raise Refusal(
            say(
                "Her arbejder nogen i forvejen. Vælg en tom datamappe til demonstrationen: --data.",
                "Somebody works here already. Choose an empty data folder for it: --data.",
            )
        ) from None
    note(
        say(
            "Gå ind som en af de opdigtede medarbejdere og medlemmer. Hvert link kan bruges én "
            "gang; kør kommandoen igen for at få nye.",
            "Enter as one of the invented staff and members. Each link can be used once; run the "
            "command again for new ones.",
        )
    )
    with translation.override(spoken()):
        for role, user in people:
            sys.stdout.write(f"{ROLES[role]}, {user}:\n  {entry(user, site)}\n")
    note(
        say(
            "Når de skal bekræfte, hvem de er, har de alle denne adgangskode:",
            "When they are to confirm who they are, they all have this password:",
        )
    )
    sys.stdout.write(f"  {password()}\n")
    return 0
