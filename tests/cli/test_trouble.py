"""Disks and databases that fail, in words that say what to do."""

from __future__ import annotations

import errno
import sqlite3

import pytest
from django.db import OperationalError

from sagsgang.cli.gathering import said
from sagsgang.cli.trouble import of_database


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("database or disk is full", "Disken er fuld."),
        ('could not extend file "base/5/1": No space left on device', "Disken er fuld."),
        ("database is locked", "Databasen er optaget"),
        ("database disk image is malformed", "Databasen er beskadiget."),
        ("file is not a database", "Databasen er beskadiget."),
        ("connection to server at x failed: Connection refused", "Databasen svarer ikke."),
        ("disk I/O error", "Der kan ikke skrives i databasen."),
        ("attempt to write a readonly database", "Der kan ikke skrives i databasen."),
    ],
)
@pytest.mark.parametrize("kind", [OperationalError, sqlite3.OperationalError])
def test_an_error_of_the_database_is_explained(
    kind: type[Exception], message: str, told: str
) -> None:
    assert of_database(kind(message)).startswith(told)


@pytest.mark.parametrize(
    "error", [OperationalError("no such table: x"), ValueError("disk is full")]
)
def test_what_is_a_fault_of_ours_is_not_explained_away(error: Exception) -> None:
    assert of_database(error) == ""


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_called_one(number: int) -> None:
    assert said(OSError(number, "x")).startswith("Disken er fuld.")
