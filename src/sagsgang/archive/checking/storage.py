"""Whether the database, the store of files and what is held back are whole."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.db import connection

from .. import files
from ..canonical import hash_of
from ..models import Held, StoredFile
from .fault import Fault

_MOST: Final = 20
_PIECE: Final = 2**20


def database() -> Iterator[Fault]:
    """What the database itself finds wrong with its tables; PostgreSQL sees to that by itself."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA integrity_check({_MOST})")
        for (message,) in cursor.fetchall():
            if message != "ok":
                yield Fault(
                    "sagsgang.sqlite3",
                    f"Databasen er beskadiget: {message}",
                    f"The database is damaged: {message}",
                )
        cursor.execute("PRAGMA foreign_key_check")
        for table, *_ in cursor.fetchmany(_MOST):
            yield Fault(
                table,
                "En række peger på noget, der ikke er der.",
                "A row points to something that is not there.",
            )


def stored_files() -> Iterator[Fault]:
    """A fault for each file that is not in the store, or is not what it was."""
    for file in StoredFile.objects.order_by("pk").only("sha256", "size").iterator():
        path = files.path_of(file.sha256)
        place = f"files/{file.sha256[:2]}/{file.sha256[2:]}"
        try:
            size, sha256 = path.stat().st_size, _hash_of(path)
        except OSError:
            yield Fault(place, "Filen er der ikke.", "The file is not there.")
            continue
        if (size, sha256) != (file.size, file.sha256):
            yield Fault(
                place,
                "Filen er ikke den, der blev gemt.",
                "The file is not the one that was stored.",
            )


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def held() -> Iterator[Fault]:
    """A fault for each document that is held back, and could not be released."""
    for one in Held.objects.iterator():
        try:
            whole = hash_of(json.loads(zlib.decompress(one.packed))["document"]) == one.sha256
        except (zlib.error, ValueError, TypeError, KeyError):
            whole = False
        if not whole:
            yield Fault(
                f"held {one.pk}",
                "Dokumentet, der er holdt tilbage, kan ikke læses.",
                "The document that is held back cannot be read.",
            )
