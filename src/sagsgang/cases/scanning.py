"""Looking for viruses in what is handed in, by clamd, where the installation has one.

The protocol is clamd's `INSTREAM`: the file's bytes in pieces with their lengths before them, and a
line in return.
"""

from __future__ import annotations

import socket
import struct
from contextlib import closing
from typing import Final

from django.conf import settings

from sagsgang.minutes.words import Words

from .refused import Refused

_PIECE: Final = 2**16
_PATIENCE: Final = 30.0
"""Seconds."""


def scan(data: bytes) -> bool:
    """Whether clamd has looked at the bytes and found nothing; `False` where nobody looked.

    Raises:
        Refused: there is a virus in them; or clamd does not answer, and is required to.
    """
    if not settings.CLAMD:
        return False
    try:
        answer = _asked(data)
    except OSError:
        answer = ""
    if answer.endswith("FOUND"):
        raise Refused(
            Words(
                "Filen er afvist: Viruskontrollen fandt noget i den. Hent den på ny fra en kilde, "
                "du stoler på, eller spørg it-afdelingen.",
                "The file was refused: the virus scanner found something in it. Fetch it anew from "
                "a source that you trust, or ask the IT department.",
            )
        )
    if answer.endswith("OK"):
        return True
    if settings.CLAMD_REQUIRED:
        raise Refused(
            Words(
                "Filen kan ikke modtages lige nu, for viruskontrollen svarer ikke. Prøv igen om "
                "lidt, og sig det til it-afdelingen, hvis det bliver ved.",
                "The file cannot be taken now, for the virus scanner does not answer. Try again in "
                "a while, and tell the IT department if it goes on.",
            )
        )
    return False


def _asked(data: bytes) -> str:
    """What clamd answers, such as `stream: OK`."""
    with closing(_connected()) as clamd:
        clamd.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), _PIECE):
            piece = data[start : start + _PIECE]
            clamd.sendall(struct.pack("!L", len(piece)) + piece)
        clamd.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0") and (some := clamd.recv(4096)):
            answer += some
    return answer.rstrip(b"\0\n").decode("utf-8", "replace").strip()


def _connected() -> socket.socket:
    if settings.CLAMD.startswith("/"):
        clamd = socket.socket(socket.AF_UNIX)
        clamd.settimeout(_PATIENCE)
        try:
            clamd.connect(settings.CLAMD)
        except BaseException:
            clamd.close()
            raise
        return clamd
    host, _colon, port = settings.CLAMD.rpartition(":")
    return socket.create_connection((host, int(port)), _PATIENCE)
