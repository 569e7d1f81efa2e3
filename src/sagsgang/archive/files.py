"""The store of attachments' files: named by the hash of their bytes, so that none is kept twice.

A file lies at `ab/cdef…` under the data folder's `files`, where `abcdef…` is its SHA-256. It is
written beside its place and moved there whole: what is at a place is never half a file. The working
house has a store of its own in the same form, from which nothing is served to the public.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings


def path_of(sha256: str, store: Path | None = None) -> Path:
    """Where the file with that hash lies, if it is kept: in the public store, or another."""
    return Path(store or settings.MEDIA_ROOT) / sha256[:2] / sha256[2:]


def keep(data: bytes, store: Path | None = None) -> str:
    """The hash by which the bytes are found again, after they have been stored.

    Raises:
        OSError: they cannot be written.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    path = path_of(sha256, store)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, data)
    return sha256


def hashes(store: Path) -> Iterator[str]:
    """The hash of each file in a store, in order."""
    for path in sorted(store.glob("??/*")):
        if not path.name.startswith("."):
            yield path.parent.name + path.name


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
