"""`sagsgang audit`: the proof of the log, and the log as data."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from tests.archive.processes import READY, program

from .conftest import Sagsgang

WORK = (
    READY
    + """
from sagsgang.cases import log
from sagsgang.cases.models import User
for name in ("Ida", "Bo"):
    with log.action(None, "user.create", "cases.user:" + name):
        user = User.objects.create(username=name.lower() + "@lindvig.dk", first_name=name)
    with log.action(user, "user.rename", user, "Gift"):
        user.last_name = "=1+1"
        user.save()
"""
)
CUT = (
    READY
    + """
from django.db import connection
from sagsgang.cases.log import triggers
triggers.remove()
with connection.cursor() as cursor:
    cursor.execute("DELETE FROM cases_change WHERE entry_id = 4")
    cursor.execute("DELETE FROM cases_entry WHERE id = 4")
    cursor.execute("UPDATE cases_user SET last_name = '' WHERE first_name = 'Bo'")
triggers.install()
"""
)


@pytest.fixture
def worked(own_archive: Path) -> None:
    """A data folder in which two accounts were made, and renamed."""
    done = program(WORK)
    assert done.status == 0, done.err


@pytest.mark.usefixtures("worked")
def test_a_log_that_is_whole_is_told(apart: Sagsgang) -> None:
    told = "4 handlinger kontrolleret: Loggen er intakt, og alt er, som den siger.\n"
    assert apart("audit", "verify") == (0, "", told)


@pytest.mark.usefixtures("worked")
def test_a_log_that_was_cut_is_told(apart: Sagsgang) -> None:
    assert program(CUT).status == 0
    done = apart("audit", "verify", "--language", "en")
    assert done.status == 1
    assert done.err.splitlines() == [
        "✗ #4: 1 action of log-heads in the data folder: missing in the log.",
        "3 actions checked: 1 fault.",
    ]


@pytest.mark.usefixtures("worked")
def test_the_log_is_exported_as_asked(apart: Sagsgang) -> None:
    assert [one["action"] for one in apart("audit", "export").lines] == [
        "user.create", "user.rename", "user.create", "user.rename",
    ]  # fmt: skip
    [one] = apart("audit", "export", "--who", "bo@").lines
    assert (one["actor"], one["reason"]) == ("bo@lindvig.dk (Bo =1+1)", "Gift")
    assert one["changes"][0]["after"]["last_name"] == "=1+1"
    assert apart("audit", "export", "--what", "user.create", "--until", "2020-01-01").out == ""
    assert len(apart("audit", "export", "--since", "2020-01-01", "--what", "rename").lines) == 2


@pytest.mark.usefixtures("worked")
def test_the_log_is_a_table_without_formulas(apart: Sagsgang, tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    done = apart("audit", "export", "--who", "Ida", "--format", "csv", "--out", file)
    assert done == (0, "", f"Loggen er skrevet i {file}.\n")
    [row] = csv.DictReader(io.StringIO(file.read_text("utf-8")))
    assert (row["column"], row["before"], row["after"]) == ("last_name", "", "'=1+1")


def test_a_group_of_commands_lists_them(apart: Sagsgang) -> None:
    done = apart("audit")
    assert "audit KOMMANDO" in done.out
    assert "verify" in done.out
    assert "export" in done.out
