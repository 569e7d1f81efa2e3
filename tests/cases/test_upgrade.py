"""A house that was made by an older version is brought up to date, its log with it."""

from __future__ import annotations

import subprocess
import sys

import pytest

# The first version's triggers named columns that are gone since.
OLDER = """
import django, os
os.environ["DJANGO_SETTINGS_MODULE"] = "sagsgang.web.settings"
django.setup()
from django.core.management import call_command
from django.db import connection
call_command("migrate", "cases", "0001", verbosity=0)
from sagsgang.cases.log import triggers
triggers.remove()
with connection.cursor() as cursor:  # whom a document named, before the log watched it
    cursor.execute("SELECT id FROM bodies_municipality ORDER BY id")
    place = cursor.fetchone()[0]
    for statement in (
        "INSERT INTO bodies_body (id, municipality_id, name, slug, kind) "
        "VALUES (1, %s, 'Udvalget', 'udvalget', 'committee')",
        "INSERT INTO bodies_person (id, municipality_id, name, slug) "
        "VALUES (1, %s, 'Ida Holm', 'ida-holm')",
    ):
        cursor.execute(statement, [place])
    cursor.execute(
        "INSERT INTO bodies_membership (person_id, body_id, term, party) "
        "VALUES (1, 1, '2026-2029', 'A')"
    )
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER log_cases_attachment_insert AFTER INSERT ON cases_attachment BEGIN "
            "INSERT INTO cases_change (token, table_name, row, operation, after) VALUES "
            "('', 'cases_attachment', NEW.id, 'insert', NEW.media_type); END"
        )
"""
NOW = """
from sagsgang import web
web.ready()
from sagsgang.cases import log
print(*(fault.place for fault in log.verify()))
"""
AGAIN = """
from importlib import import_module
from django.apps import apps
from sagsgang.cases.models import Entry
import_module("sagsgang.cases.migrations.0011_bodies_watched").begin_log(apps, None)
print(Entry.objects.filter(action="log.begin").count())
"""
CUT_SHORT = """
from sagsgang import web
web.ready()
from sagsgang.cases.log import triggers
triggers.remove()
"""


def told(program: str) -> str:
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


@pytest.mark.usefixtures("no_archive")
def test_an_older_house_is_brought_up_to_date_with_every_trigger_in_place() -> None:
    told(OLDER)
    assert told(NOW) == ""
    # Two programs that begin at the same time may both come to a migration of rows.
    assert told(NOW + AGAIN) == "1"


@pytest.mark.usefixtures("own_archive")
def test_triggers_that_a_cut_short_upgrade_left_away_are_put_back() -> None:
    told(CUT_SHORT)
    assert told(NOW) == ""
