"""Making a backup: a copy of the database as it is at one moment, and all that belongs to it."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Final

from django.conf import settings
from django.db import connection, connections, transaction
from django.utils import timezone

from sagsgang import __version__

from .. import files
from ..kle import FILE as KLE
from ..models import Publication, StoredFile
from . import tables
from .manifest import (
    DATABASE,
    FILES,
    HEADS,
    KEY,
    NAME,
    ROWS,
    WORKING_FILES,
    Kind,
    Manifest,
    applied_migrations,
)

_SNAPSHOT: Final = "snapshot"
_PIECE: Final = 2**20
_QUICKLY: Final = 1


def backup(target: Path, *, portable: bool = False) -> Manifest:
    """Writes the whole archive to a file, and tells what is in it; others may work meanwhile.

    At any moment the file that was there before is there, or the new one, whole. `portable` asks
    for rows that go into PostgreSQL too.

    Raises:
        OSError: the file cannot be written.
        DatabaseError: the database cannot be read, or copied for want of room.
    """
    part = target.with_name(f".{target.name}.part")
    copy = target.with_name(f".{target.name}.database.part")
    heads = Path(settings.DATA) / HEADS
    # Read before the database: what is done meanwhile may be in that and not in these.
    before = heads.read_bytes() if heads.exists() else b""
    try:
        with _moment(copy) as using:
            manifest = _write(part, copy, using, before, portable=portable)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
        _take_away(copy)
    return manifest


def _take_away(copy: Path) -> None:
    """Deletes a copy of the database, and what SQLite left beside it where the disk was full."""
    for ending in ("", "-journal", "-wal", "-shm"):
        copy.with_name(copy.name + ending).unlink(missing_ok=True)


@contextmanager
def _moment(copy: Path) -> Iterator[str]:
    """The alias of a database that stands still: a copy, or what one transaction sees."""
    if connection.vendor == "sqlite":
        _take_away(copy)
        _copy(Path(connection.settings_dict["NAME"]), copy)
        connections.databases[_SNAPSHOT] = {**connection.settings_dict, "NAME": copy}
        try:
            yield _SNAPSHOT
        finally:
            connections[_SNAPSHOT].close()
            del connections[_SNAPSHOT]
            del connections.databases[_SNAPSHOT]
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield connection.alias


def _copy(database: Path, copy: Path) -> None:
    """Copies the database as it is now, without what it has deleted; nobody has to wait."""
    os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(database, timeout=20)) as source:
        source.execute("VACUUM INTO ?", (str(copy),))


def _write(part: Path, copy: Path, using: str, heads: bytes, *, portable: bool) -> Manifest:
    kind: Kind = "rows" if portable or connection.vendor != "sqlite" else "sqlite"
    with _private(part) as file, zipfile.ZipFile(file, "w", compresslevel=_QUICKLY) as archive:
        entries = dict(_tables(archive, using) if kind == "rows" else _database(archive, copy))
        for name in (KEY, KLE):
            if (beside := Path(settings.DATA) / name).exists():
                entries[name] = _add(archive, name, beside)
        if heads:
            with _entry(archive, HEADS, zipfile.ZIP_DEFLATED) as entry:
                entry.write(heads)
            entries[HEADS] = entry.sha256
        kept = StoredFile.objects.using(using).values_list("sha256", flat=True).iterator()
        lost = tuple(sha256 for sha256 in kept if not _add_file(archive, sha256, entries))
        for sha256 in files.hashes(Path(settings.WORKING_ROOT)):
            _add_file(archive, sha256, entries, Path(settings.WORKING_ROOT), WORKING_FILES)
        manifest = Manifest(
            kind=kind,
            made_at=timezone.now().isoformat(timespec="seconds"),
            program=__version__,
            migrations=applied_migrations(using),
            publications=Publication.objects.using(using).count(),
            lost=lost,
            entries=entries,
        )
        archive.writestr(NAME, manifest.to_json(), zipfile.ZIP_DEFLATED)
    return manifest


def _database(archive: zipfile.ZipFile, copy: Path) -> Iterator[tuple[str, str]]:
    yield DATABASE, _add(archive, DATABASE, copy, zipfile.ZIP_DEFLATED)


def _tables(archive: zipfile.ZipFile, using: str) -> Iterator[tuple[str, str]]:
    for model in tables.models():
        name = ROWS + tables.name_of(model)
        with _entry(archive, name, zipfile.ZIP_DEFLATED) as entry:
            for line in tables.lines(model, using):
                entry.write(line)
        yield name, entry.sha256


def _add_file(
    archive: zipfile.ZipFile,
    sha256: str,
    entries: dict[str, str],
    store: Path | None = None,
    under: str = FILES,
) -> bool:
    """Whether a file of an attachment is in the store as it was, and in the backup now."""
    path = files.path_of(sha256, store)
    try:
        with path.open("rb") as file:
            whole = hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False
    if whole:
        name = f"{under}{sha256[:2]}/{sha256[2:]}"
        entries[name] = _add(archive, name, path)
    return whole


def _add(archive: zipfile.ZipFile, name: str, path: Path, how: int = zipfile.ZIP_STORED) -> str:
    """The SHA-256 of a file that has been put in."""
    with path.open("rb") as file, _entry(archive, name, how) as entry:
        while piece := file.read(_PIECE):
            entry.write(piece)
    return entry.sha256


class _Entry:
    """A file in the zip while it is written, and its hash."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def write(self, piece: bytes) -> None:
        self._digest.update(piece)
        self._file.write(piece)


@contextmanager
def _entry(archive: zipfile.ZipFile, name: str, how: int) -> Iterator[_Entry]:
    about = zipfile.ZipInfo(name, timezone.localtime().timetuple()[:6])
    about.compress_type = how
    about.external_attr = 0o600 << 16
    with archive.open(about, "w", force_zip64=True) as file:
        yield _Entry(file)


@contextmanager
def _private(path: Path) -> Iterator[IO[bytes]]:
    """A file that only its owner may read, on the disk when it is left."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
