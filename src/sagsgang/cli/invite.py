"""`sagsgang invite`: a link that lets somebody choose name and password, once."""

from __future__ import annotations

import sys
from typing import Annotated

from cyclopts import Parameter

from .address import Address
from .console import note
from .data import Data, ready
from .language import say
from .refusal import Refusal


def invite(
    mail: Annotated[
        str,
        Parameter(
            metavar=say("MAIL", "MAIL"),
            help=say("Mailadressen, der logges ind med.", "The address to sign in with."),
        ),
    ],
    *,
    name: Annotated[
        str,
        Parameter(help=say("Navnet på den, der inviteres.", "The name of whoever is invited.")),
    ] = "",
    administrator: Annotated[
        bool,
        Parameter(
            help=say(
                "Lad vedkommende invitere andre og give roller.",
                "Let them invite others and give roles.",
            )
        ),
    ] = False,
    start_over: Annotated[
        bool,
        Parameter(
            help=say(
                "Lad en konto, der er i brug, begynde forfra: Adgangskoden og det andet trin "
                "gælder ikke mere, og ejeren får besked på mail.",
                "Let an account that is in use begin anew: its password and second factor are no "
                "longer valid, and its owner is told by mail.",
            )
        ),
    ] = False,
    address: Address = None,
    data: Data | None = None,
) -> int:
    """The exit status: 0 with the link on standard output."""
    ready(data)
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from ..archive.subscriptions.mails import address_in_mails
    from ..web.sign_in.invitations import in_use, invitation
    from ..web.sign_in.invitations import invite as invited
    from ..web.sign_in.recovery import begin_anew

    try:
        validate_email(mail)
    except ValidationError:
        raise Refusal(
            say(f"{mail} er ikke en mailadresse.", f"{mail} is no e-mail address.")
        ) from None
    site = address or address_in_mails()
    user = invited(mail, name, administrator=administrator)
    if in_use(user) and not start_over:
        raise Refusal(
            say(
                f"{mail} bruger sin konto og kan vælge en ny adgangskode under »Glemt "
                "adgangskode«. Er det andet trin også tabt, så kør kommandoen med --start-over.",
                f"{mail} uses the account and can choose a new password under »Glemt "
                "adgangskode«. If the second factor is lost too, run this with --start-over.",
            )
        )
    if in_use(user):
        begin_anew(user)
    link = invitation(user, site)
    sys.stdout.write(f"{link}\n")
    note(say("Linket kan bruges én gang inden for et døgn.", "The link can be used once in a day."))
    return 0
