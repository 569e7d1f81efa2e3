"""The database that the tests run on is the one that they say."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db
PROGRAM = (
    "import sagsgang.web; sagsgang.web.ready()\n"
    "from sagsgang.bodies.models import Municipality\n"
    "from django.db import connection\n"
    "print(connection.vendor, Municipality.objects.count())"
)


def test_the_run_on_postgresql_is_on_postgresql() -> None:
    on_postgresql = os.environ.get("DATABASE_URL", "").startswith("postgresql:")
    assert connection.vendor == ("postgresql" if on_postgresql else "sqlite")


def test_the_server_is_no_older_than_what_is_promised() -> None:
    if connection.vendor == "postgresql":
        assert connection.pg_version >= 15_00_00
    else:
        assert connection.Database.sqlite_version_info >= (3, 35)


def test_a_command_in_its_own_process_has_an_archive_of_its_own(no_archive: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == [connection.vendor, "98"]
    assert (no_archive / "sagsgang.sqlite3").exists() == (connection.vendor == "sqlite")


@pytest.mark.django_db
def test_the_migrations_are_those_of_the_models() -> None:
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
