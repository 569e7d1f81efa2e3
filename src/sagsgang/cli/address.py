"""The option `--address`, of the commands that print links into the site."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from .language import say

Address = Annotated[
    str | None,
    Parameter(
        metavar=say("ADRESSE", "URL"),
        help=say(
            "Webstedets adresse. Uden: SAGSGANG_ADDRESS, ellers http://127.0.0.1:8000.",
            "The site's address. Without: SAGSGANG_ADDRESS, or http://127.0.0.1:8000.",
        ),
    ),
]
