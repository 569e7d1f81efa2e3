"""Putting a backup back: looked through first, and then whole or not at all.

The database is replaced in one transaction, which readers and writers of the old one see as any
other. Files of attachments are named by their hashes, so those of the backup are put beside those
that are there.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from contextlib import closing
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection, connections, transaction
from django.dispatch import Signal

from .. import files
from ..kle import FILE as KLE
from ..search import index
from . import tables
from .manifest import (
    DATABASE,
    FILES,
    HEADS,
    KEY,
    NAME,
    ROWS,
    WORKING_FILES,
    Manifest,
    Unusable,
    no_backup,
)

_PIECE: Final = 2**20
_STAGE: Final = ".restoring-"
"""Begins the name of the folder that a database is unpacked in; one that was left is taken away."""


replacing_rows, rows_replaced = Signal(), Signal()
"""Sent around the putting back of rows: what watches them is to look away meanwhile."""


class NotEmpty(Unusable):
    """An archive that has something already, and was not said to be replaced."""


def restore(source: Path, *, replace: bool = False) -> Manifest:
    """Puts the archive of a backup in the place of the one that is there, and tells what it is.

    Raises:
        Unusable: the file is no whole backup, or not one for this database.
        NotEmpty: there is an archive already, and it is not to be replaced.
        OSError: a file cannot be read or written; the archive is as it was.
        DatabaseError: the database cannot be written; the archive is as it was.
    """
    if not replace and tables.in_use():
        raise NotEmpty(
            "Der er allerede noget i arkivet. Skal det erstattes, så kør igen med --replace.",
            "There is something in the archive already. To replace it, run again with --replace.",
        )
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = Manifest.from_json(archive.read(NAME))
            _look_through(archive, manifest)
            _put_files(archive, manifest)
            if manifest.kind == "rows":
                _put_rows(archive)
            else:
                _put_database(archive)
            _put_beside(archive, manifest)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError) as error:
        raise no_backup() from error
    return manifest


def _look_through(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Nothing, where everything that the manifest names is there as it was."""
    if manifest.kind == "sqlite" and connection.vendor != "sqlite":
        raise Unusable(
            "Sikkerhedskopien er af en SQLite-database og kan kun gendannes i en. Lav en, der "
            "passer her, med sagsgang backup --portable.",
            "The backup is of an SQLite database, and can only be put back in one. Make one that "
            "fits here with sagsgang backup --portable.",
        )
    for name, sha256 in manifest.entries.items():
        if _hash_of(archive, name) != sha256:
            raise no_backup()
        if name.startswith((FILES, WORKING_FILES)) and "".join(name.split("/")[1:]) != sha256:
            raise no_backup()


def _hash_of(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _put_files(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    for name, sha256 in manifest.entries.items():
        if name.startswith((FILES, WORKING_FILES)):
            working = name.startswith(WORKING_FILES)
            path = files.path_of(sha256, settings.WORKING_ROOT if working else None)
            if not path.exists():
                _unpack(archive, name, path)


def _unpack(archive: zipfile.ZipFile, name: str, path: Path, mode: int = 0o644) -> None:
    """Puts a file of the backup in its place, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=".coming-")
    try:
        with os.fdopen(handle, "wb") as file, archive.open(name) as packed:
            while piece := packed.read(_PIECE):
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        Path(part).chmod(mode)
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def _put_beside(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Puts the key, KLE and the log's heads back; heads of the log that was replaced go with it."""
    folder = Path(settings.DATA)
    if KEY in manifest.entries:
        _unpack(archive, KEY, folder / KEY, 0o600)
    if KLE in manifest.entries:
        _unpack(archive, KLE, folder / KLE)
    if HEADS in manifest.entries:
        _unpack(archive, HEADS, folder / HEADS, 0o600)
    else:
        (folder / HEADS).unlink(missing_ok=True)


def _put_database(archive: zipfile.ZipFile) -> None:
    """Copies the backup's database into the archive's own, in one transaction of SQLite."""
    database = Path(connection.settings_dict["NAME"])
    for left in database.parent.glob(f"{_STAGE}*"):
        shutil.rmtree(left)
    with tempfile.TemporaryDirectory(dir=database.parent, prefix=_STAGE) as folder:
        copy = Path(folder) / DATABASE
        _unpack(archive, DATABASE, copy)
        connections.close_all()
        with closing(sqlite3.connect(copy)) as source:
            if source.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
                raise no_backup()
            with closing(sqlite3.connect(database, timeout=20)) as target:
                source.backup(target)


@transaction.atomic
def _put_rows(archive: zipfile.ZipFile) -> None:
    """Puts every table's rows in the place of those that are there.

    The terms of the search are kept by each database in its own way, and made anew.
    """
    replacing_rows.send(tables)
    tables.empty()
    for model in tables.models():
        name = ROWS + tables.name_of(model)
        if name in archive.namelist():
            with archive.open(name) as file:
                tables.read(model, file)
    tables.count_on()
    connection.check_constraints()
    rows_replaced.send(tables)
    index.rebuild()
