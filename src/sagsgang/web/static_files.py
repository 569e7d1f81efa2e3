"""Style sheets, scripts, fonts and icons: gathered in the data folder under names with a hash.

A name that changes with the content lets browsers keep a file for good. What has not been gathered
is still served, under its plain name.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from whitenoise.storage import CompressedManifestStaticFilesStorage

_STAMP: Final = "gathered"


class Hashed(CompressedManifestStaticFilesStorage):
    """Names with a hash for what is gathered, plain names for what is not."""

    manifest_strict = False

    def url(self, name: str, force: bool = False) -> str:
        """The address of a file; the plain one where it is not gathered."""
        with suppress(ValueError):
            return super().url(name, force)
        return f"{settings.STATIC_URL}{name}"


def gather() -> None:
    """Gathers the files in the data folder, if those there are not the program's own."""
    from django.core.management import call_command

    stamp, state = Path(settings.STATIC_ROOT) / _STAMP, _state()
    if stamp.exists() and stamp.read_text("ascii") == state:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(state, "ascii")


def _state() -> str:
    """A hash of which files there are, how large, and when each was changed."""
    found = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            file = Path(storage.path(name)).stat()
            found.update(f"{name} {file.st_size} {file.st_mtime_ns}\n".encode())
    return found.hexdigest()
