"""Files of the whole archive: made once for each edition, kept in the data folder, sent from there.

A file is named by all that it depends on, written beside its place and moved there whole. One
program makes it while the others send the one before.
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from filelock import FileLock, Timeout
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

from sagsgang import __version__
from sagsgang.archive.editions import edition_of

_LOG: Final = logging.getLogger(__name__)
_COMING: Final = ".coming-"
_LOCK: Final = "lock"
_KEPT: Final = 4
"""How many files of a name stay: some may still be read, or be of another address of the site."""


class BeingMade(Exception):
    """Another program makes the first file of the name just now."""


class Kept(NamedTuple):
    """A file that has been made, and what tells it from those before and after."""

    path: Path
    mark: str


def kept(name: str, site: str, pieces: Iterable[bytes]) -> Kept:
    """The file of the archive as it is now; made of `pieces` where it has not been made yet.

    While another program makes it, or where it cannot be written, the one before.

    Raises:
        BeingMade: another program makes it, and there is none before.
        OSError: it cannot be written, and there is none before.
    """
    folder = Path(settings.DATA) / "bulk" / name
    # Asked before the documents are read: the file may be newer than its mark, and never older.
    edition = edition_of()
    begins = f"{_short(site)}-"
    path = folder / f"{begins}{_short(f'{edition} {__version__}')}"
    if not path.exists():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with FileLock(folder / _LOCK, blocking=False):
                if not path.exists():
                    _make(path, pieces)
                    _clear(folder)
        except OSError as error:
            path = _instead(_made(folder, begins), error)
    return Kept(path, path.name)


def sent(file: Kept, request: HttpRequest, media_type: str, name: str) -> HttpResponse:
    """The file, or the part of it that is asked for, or that the reader has it already (304)."""
    etag = f'"{file.mark}"'
    # Two files may be made in one second, so only the mark tells them apart.
    request.META.pop("HTTP_IF_MODIFIED_SINCE", None)
    if request.META.get("HTTP_IF_RANGE", etag) != etag:
        request.META.pop("HTTP_RANGE", None)
    headers = [
        ("Content-Type", media_type),
        ("Content-Disposition", f'attachment; filename="{name}"'),
        # What is compressed, or asked for in parts, is not to be compressed on its way.
        ("Content-Encoding", "identity"),
        ("Accept-Ranges", "bytes"),
        ("Cache-Control", "no-cache"),
        ("ETag", etag),
    ]
    response: HttpResponse = WhiteNoiseMiddleware.serve(
        StaticFile(str(file.path), headers), request
    )
    return response


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _make(path: Path, pieces: Iterable[bytes]) -> None:
    """Writes the file beside its place, and moves it there when it is whole."""
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=_COMING)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(path)
    finally:
        Path(part).unlink(missing_ok=True)


def _clear(folder: Path) -> None:
    """Takes away files that are too old, and what was never finished."""
    for left in folder.glob(f"{_COMING}*"):
        left.unlink(missing_ok=True)
    for old in _made(folder)[_KEPT:]:
        old.unlink(missing_ok=True)


def _instead(earlier: list[Path], error: OSError) -> Path:
    """The one before, where the file cannot be made now.

    Raises:
        BeingMade: another program makes it, and there is none before.
        OSError: it cannot be written, and there is none before.
    """
    if not isinstance(error, Timeout):
        _LOG.error("The whole archive cannot be written to a file: %s", error)
    if earlier:
        return earlier[0]
    if isinstance(error, Timeout):
        raise BeingMade from error
    raise error


def _made(folder: Path, begins: str = "[0-9a-f]") -> list[Path]:
    """The files that have been made, the newest first."""
    return sorted(folder.glob(f"{begins}*"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
