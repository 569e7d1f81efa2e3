"""What each address has left to ask for, in a small file that all processes of the site share.

The file has a fixed number of places, and an address has the place that a keyed hash gives it. So
nothing is written down about who asked: there is no address in the file, and none can be found by
trying. Two addresses that get one place share what is in it, which is as good as never the case.
"""

from __future__ import annotations

import fcntl
import hashlib
import mmap
import os
import struct
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Final

_PLACE: Final = struct.Struct("dd")
_PLACES: Final = 2**16
_SIZE: Final = _PLACES * _PLACE.size


class Purses:
    """Coins and when they were counted, at a place for each address."""

    def __init__(self, path: Path, secret: str) -> None:
        self._key = hashlib.sha256(secret.encode()).digest()
        self._lock = Lock()
        try:
            self._file = _opened(path)
        except OSError:
            # A folder that cannot be written, or a full disk: each process counts for itself.
            self._file = -1
        self._places = mmap.mmap(self._file, _SIZE)

    def change(self, address: str, changed: Callable[[float, float], tuple[float, float]]) -> None:
        """Puts what `changed` makes of an address's coins and time in their place, undisturbed.

        Both are 0 at first.
        """
        at = self._place(address) * _PLACE.size
        with self._lock:
            if self._file >= 0:
                fcntl.lockf(self._file, fcntl.LOCK_EX, _PLACE.size, at)
            try:
                coins, then = _PLACE.unpack_from(self._places, at)
                _PLACE.pack_into(self._places, at, *changed(coins, then))
            finally:
                if self._file >= 0:
                    fcntl.lockf(self._file, fcntl.LOCK_UN, _PLACE.size, at)

    def _place(self, address: str) -> int:
        digest = hashlib.blake2b(address.encode(), key=self._key, digest_size=4).digest()
        return int.from_bytes(digest, "big") % _PLACES


def _opened(path: Path) -> int:
    """The file, with room on the disk for all of it: where that lacks, writing would be fatal.

    Raises:
        OSError: it cannot be written, or there is no room.
    """
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        os.posix_fallocate(file, 0, _SIZE)
    except OSError:
        os.close(file)
        raise
    return file
