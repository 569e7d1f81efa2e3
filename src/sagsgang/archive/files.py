"""The store of attachments' files: named by the hash of their bytes, so that none is kept twice.

A file lies at `ab/cdef…` under the data folder's `files`, where `abcdef…` is its SHA-256. It is
written beside its place and moved there whole: what is at a place is never half a file.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


def path_of(sha256: str) -> Path:
    """Where the file with that hash lies, if it is kept."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256[2:]


def keep(data: bytes) -> str:
    """The hash by which the bytes are found again, after they have been stored.

    Raises:
        OSError: they cannot be written.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    path = path_of(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, data)
    return sha256


def _write(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".coming-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
