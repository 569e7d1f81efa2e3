"""Documents from the web: one address, its bytes, and limits on both size and time."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from http import HTTPStatus
from typing import Final, NamedTuple

from .. import __version__
from .gathering import Unavailable, is_address
from .language import say

MAX_SECONDS: Final = 120.0
_PATIENCE: Final = 30.0
"""Seconds without a sign of life from the server."""
_PIECE: Final = 64 * 1024


class Fetched(NamedTuple):
    """What an address gave: the bytes, and the address after redirections."""

    data: bytes
    address: str


def fetch(address: str, limit: int, seconds: float = MAX_SECONDS) -> Fetched:
    """The bytes at a web address: at most `limit` of them, in at most `seconds`.

    Raises:
        Unavailable: nothing came, or more than the limits allow.
    """
    deadline = time.monotonic() + seconds
    try:
        request = urllib.request.Request(_ascii(address), headers=_HEADERS)
        with _opener().open(request, timeout=min(_PATIENCE, seconds)) as answer:
            return Fetched(_read(answer, limit, deadline), answer.url)
    except urllib.error.HTTPError as error:
        error.close()
        raise Unavailable(_refused(error.code)) from error
    except urllib.error.URLError as error:
        raise Unavailable(_unreached(error.reason)) from error
    except (http.client.HTTPException, OSError, ValueError) as error:
        raise Unavailable(_unreached(error)) from error


class _WebOnly(urllib.request.HTTPRedirectHandler):
    """Follows redirections to other web addresses, and to nothing else."""

    def redirect_request(
        self, req: urllib.request.Request, fp: object, code: int, msg: str, headers: object,
        newurl: str,
    ) -> urllib.request.Request | None:  # fmt: skip
        if not is_address(newurl):
            raise Unavailable(_refused(code))
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def _opener() -> urllib.request.OpenerDirector:
    """An opener for the web alone; `build_opener` would also open files and FTP."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _WebOnly(),
    ):
        opener.add_handler(handler)
    return opener


_HEADERS: Final = {
    "User-Agent": f"sagsgang/{__version__}",
    "Accept": "*/*",
    "Accept-Encoding": "identity",
}


def _ascii(address: str) -> str:
    """An address as it is sent: `https://lindvig.dk/møde 1.pdf` with `m%C3%B8de%201.pdf`."""
    parts = urllib.parse.urlsplit(address.strip())
    host = (parts.hostname or "").encode("idna").decode("ascii")
    if not host:
        raise ValueError("no server in the address")
    if ":" in host:
        host = f"[{host}]"
    if parts.port is not None:
        host = f"{host}:{parts.port}"
    return urllib.parse.urlunsplit(
        parts._replace(
            netloc=host,
            path=urllib.parse.quote(parts.path, safe="/%:@!$&'()*+,;=~"),
            query=urllib.parse.quote(parts.query, safe="/%:@!$&'()*+,;=~?"),
            fragment="",
        )
    )


def _read(answer: http.client.HTTPResponse, limit: int, deadline: float) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := answer.read1(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            megabytes = limit // 2**20
            raise Unavailable(
                say(
                    f"Dokumentet er over {megabytes} MB, og det læses ikke.",
                    f"The document is more than {megabytes} MB, and is not read.",
                )
            )
        if time.monotonic() > deadline:
            raise Unavailable(_too_slow())
    if answer.length:
        raise Unavailable(
            say(
                "Forbindelsen blev afbrudt, før hele dokumentet var hentet. Prøv igen.",
                "The connection broke before the whole document had come. Try again.",
            )
        )
    return b"".join(pieces)


def _refused(code: int) -> str:
    if code in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return say(
            f"Der er ikke noget på adressen ({code}). Se efter, om den er rigtig.",
            f"There is nothing at the address ({code}). Check that it is right.",
        )
    if code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return say(
            f"Serveren giver ikke adgang ({code}). Hent dokumentet i en browser, og læs filen.",
            f"The server gives no access ({code}). Fetch the document in a browser, and read it.",
        )
    if code in range(300, 400):
        return say(
            f"Siden henviser i ring eller til noget, som ikke er en webadresse ({code}). Find "
            "dokumentets egen adresse, og brug den.",
            f"The page redirects in a circle, or to something that is no web address ({code}). "
            "Find the document's own address, and use that.",
        )
    return say(
        f"Serveren svarede med en fejl ({code}). Prøv igen senere.",
        f"The server answered with an error ({code}). Try again later.",
    )


def _unreached(reason: object) -> str:
    if isinstance(reason, TimeoutError):
        return _too_slow()
    if isinstance(reason, ssl.SSLCertVerificationError):
        return say(
            "Serverens certifikat kan ikke godkendes, så forbindelsen er ikke sikker.",
            "The server's certificate cannot be verified, so the connection is not secure.",
        )
    if isinstance(reason, socket.gaierror):
        return say(
            "Serveren findes ikke, eller der er ingen forbindelse til nettet.",
            "The server does not exist, or there is no connection to the network.",
        )
    if isinstance(reason, ValueError | http.client.InvalidURL):
        return say("Adressen er ikke skrevet rigtigt.", "The address is not well written.")
    return say(
        "Serveren svarer ikke. Prøv igen senere.",
        "The server does not answer. Try again later.",
    )


def _too_slow() -> str:
    return say(
        "Serveren var for længe om at svare. Prøv igen senere.",
        "The server took too long to answer. Try again later.",
    )
