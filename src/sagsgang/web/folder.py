"""The data folder: the database, the files of attachments, the site's secret key."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

import platformdirs

DATABASE: Final = "sagsgang.sqlite3"
FILES: Final = "files"
WORKING_FILES: Final = "working-files"
"""Those of the working house: attachments as they are handed in, open and closed."""
_KEY: Final = "secret-key"


class FolderUnusable(Exception):
    """The data folder cannot be used; the message says why and what to do."""


def data_folder(chosen: Path | None = None) -> Path:
    """The chosen folder, that of `SAGSGANG_DATA`, or the user's own; made if it is not there.

    Raises:
        FolderUnusable: it cannot be made, or nothing can be written in it.
    """
    folder = chosen or _of_environment() or platformdirs.user_data_path("sagsgang")
    folder = folder.expanduser().absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderUnusable(
            f"Datamappen {folder} kan ikke oprettes ({error.strerror}). Vælg en anden med --data."
        ) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise FolderUnusable(
            f"Der kan ikke skrives i datamappen {folder}. Giv dig selv adgang, eller vælg en anden "
            "med --data."
        )
    return folder


def _of_environment() -> Path | None:
    named = os.environ.get("SAGSGANG_DATA")
    return Path(named) if named else None


def secret_key(folder: Path) -> str:
    """The site's secret key: made the first time, readable by its owner only."""
    file = folder / _KEY
    with suppress(FileNotFoundError):
        return file.read_text("ascii").strip()
    # Written whole beside its place: two programs may start at once, and one may be killed.
    handle, part = tempfile.mkstemp(dir=folder, prefix=f".{_KEY}-")
    with os.fdopen(handle, "w", encoding="ascii") as made:
        made.write(secrets.token_urlsafe(50))
    with suppress(FileExistsError):
        os.link(part, file)
    Path(part).unlink()
    return file.read_text("ascii").strip()
