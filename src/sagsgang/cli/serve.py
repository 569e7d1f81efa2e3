"""`sagsgang serve`: the site, until Ctrl-C."""

from __future__ import annotations

import errno
import os
import socket
import sys
import webbrowser
from typing import Annotated, Final

from cyclopts import Parameter
from cyclopts.validators import Number

from .console import note
from .data import Data, ready
from .language import say
from .refusal import Refusal

_REASONS: Final = {
    errno.EADDRINUSE: (
        "Porten {port} er optaget. Vælg en anden med --port, eller stop det, der bruger den.",
        "Port {port} is taken. Choose another with --port, or stop what uses it.",
    ),
    errno.EACCES: (
        "Porten {port} må kun en administrator bruge. Vælg en over 1023 med --port.",
        "Port {port} is for administrators only. Choose one above 1023 with --port.",
    ),
}


def serve(
    *,
    host: Annotated[
        str,
        Parameter(
            metavar=say("VÆRT", "HOST"),
            help=say(
                "Den adresse, der lyttes på: 127.0.0.1 er kun denne maskine, 0.0.0.0 er alle.",
                "The address to listen on: 127.0.0.1 is this machine only, 0.0.0.0 is all.",
            ),
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int,
        Parameter(help=say("Porten.", "The port."), validator=Number(gte=1, lte=65535)),
    ] = 8000,
    workers: Annotated[
        int | None,
        Parameter(
            help=say(
                "Antal processer. Uden: én for hver kerne, højst 4.",
                "Number of processes. Without: one for each core, at most 4.",
            ),
            validator=Number(gte=1, lte=64),
        ),
    ] = None,
    open_browser: Annotated[
        bool,
        Parameter(
            name="--open",
            help=say(
                "Åbn siden i en browser, hvis der er en.", "Open the page in a browser, if any."
            ),
        ),
    ] = False,
    data: Data | None = None,
) -> int:
    """The exit status, when the site has been stopped."""
    _see_to_port(host, port)
    ready(data)
    from ..web.static_files import gather

    gather()
    address = f"http://{_shown(host)}:{port}/"

    def begun() -> None:
        note(say(f"Sagsgang kører på {address} – stop med Ctrl-C.",
                 f"Sagsgang runs at {address} – stop with Ctrl-C."))  # fmt: skip
        _tell_first_administrator(address)
        if open_browser and _has_screen():
            webbrowser.open(address)

    server = _server(host, port, workers or min(4, os.cpu_count() or 1))
    server.on_startup(begun)
    server.serve()
    note(say("Stoppet.", "Stopped."))
    return 0


def _tell_first_administrator(address: str) -> None:
    """Where nobody can sign in yet, the link by which the first administrator does."""
    from ..web.sign_in.invitations import first_administrator, invitation

    user = first_administrator()
    if user is None:
        return
    site = os.environ.get("SAGSGANG_ADDRESS") or address
    note(
        say(
            "Ingen kan logge ind endnu. Den første administrator vælger navn og adgangskode her, "
            "én gang og inden for et døgn:",
            "Nobody can sign in yet. The first administrator chooses name and password here, once "
            "and within a day:",
        )
    )
    sys.stderr.write(f"{invitation(user, site)}\n")
    sys.stderr.flush()


def _server(host: str, port: int, workers: int):  # type: ignore[no-untyped-def]
    from granian import Granian
    from granian.constants import Interfaces

    return Granian(
        "sagsgang.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        websockets=False,
        log_enabled=False,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
    )


def _see_to_port(host: str, port: int) -> None:
    """Nothing, where the site can listen there.

    Raises:
        Refusal: it cannot, and why.
    """
    try:
        family, kind, protocol, _name, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        told = _REASONS.get(error.errno or 0)
        if told:
            raise Refusal(say(*told).format(port=port)) from None
        raise Refusal(
            say(
                f"Der kan ikke lyttes på {host} ({error.strerror}). Prøv --host 127.0.0.1.",
                f"Cannot listen on {host} ({error.strerror}). Try --host 127.0.0.1.",
            )
        ) from None


def _shown(host: str) -> str:
    """The host as a browser on this machine finds it."""
    if host in ("0.0.0.0", "::"):
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _has_screen() -> bool:
    """Whether a browser can show something; one in the terminal would take it over."""
    return os.name == "nt" or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "__CFBundleIdentifier")
    )
