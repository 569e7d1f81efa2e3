"""The log's heads, kept outside the database: a line for each action, in a file that only grows.

Whoever may change the database can take the last actions away, or write the whole chain anew. The
file tells that there was more, and what it was. It is `log-heads` in the data folder; a copy of it
on another machine makes the proof stronger. Several programs may write it at once, for a line is
written in one piece.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from django.conf import settings

from sagsgang.archive.backups.manifest import HEADS

_DIGITS: Final = 64


def file() -> Path:
    """Where the heads are."""
    return Path(settings.DATA) / HEADS


def keep(number: int, sha256: str) -> None:
    """Adds an action's number and hash, on the disk when this is done.

    Raises:
        OSError: it cannot be written.
    """
    handle = os.open(file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, f"{number} {sha256}\n".encode("ascii"))
        os.fsync(handle)
    finally:
        os.close(handle)


def kept() -> dict[int, str]:
    """The hash of each action that was kept, by its number; a line that is cut is left out."""
    found = {}
    with suppress(FileNotFoundError):
        for line in file().read_text("ascii", "replace").splitlines():
            number, _space, sha256 = line.partition(" ")
            if number.isdecimal() and len(sha256) == _DIGITS:
                found[int(number)] = sha256
    return found
