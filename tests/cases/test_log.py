"""Nothing in the working house changes without leaving its trace."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from tests.archive.documents import meeting

from sagsgang.archive.publishing import publish
from sagsgang.bodies.models import Membership, Municipality
from sagsgang.cases import log
from sagsgang.cases.log import heads, triggers
from sagsgang.cases.log.actions import hash_of
from sagsgang.cases.log.models import Change, Entry
from sagsgang.cases.models import Case, Position, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    with log.action(None, "user.create", "cases.user:ida"):
        return User.objects.create(username="ida@lindvig.dk", first_name="Ida", last_name="Holm")


@pytest.fixture
def case(user: User) -> Case:
    municipality = Municipality.objects.create(name="Lindvig", slug="lindvig")
    with log.action(user, "case.create", "cases.case:26/1"):
        return Case.objects.create(
            municipality=municipality, number="26/1", title="Gammel titel", officer=user,
            created_at=timezone.now(),
        )  # fmt: skip


@pytest.fixture
def kept_heads(django_capture_on_commit_callbacks: Any, settings: Any, tmp_path: Path) -> Any:
    """As the test does not commit: lets what follows a commit happen, in a folder of its own."""
    settings.DATA = tmp_path
    return django_capture_on_commit_callbacks


def test_an_action_tells_who_did_what_from_what_to_what(user, case):
    with log.action(user, "case.rename", case, "Tydeligere"):
        case.title = "Ny titel"
        case.save()
    entry = Entry.objects.last()
    assert (entry.actor, entry.action, entry.reason) == (
        "ida@lindvig.dk (Ida Holm)",
        "case.rename",
        "Tydeligere",
    )
    change = entry.changes.get()
    assert json.loads(change.before)["title"] == "Gammel titel"
    assert json.loads(change.after)["title"] == "Ny titel"
    assert list(log.verify()) == []


def test_a_bulk_update_cannot_slip_by(user, case):
    with log.action(user, "case.bulk", "all"):
        Case.objects.update(title="Alle på én gang")
    assert Entry.objects.last().changes.count() == 1


def test_a_change_without_an_action_is_found(case):
    Case.objects.filter(pk=case.pk).update(title="Uden om")
    [fault] = log.verify()
    assert fault.place == f"cases_case:{case.pk}"
    assert "uden om programmet" in fault.words.danish


def test_a_raw_statement_is_found(case):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_treatment")
        cursor.execute("UPDATE cases_case SET title = 'x' WHERE id = %s", [case.pk])
    assert len(list(log.verify())) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM cases_entry",
        "UPDATE cases_entry SET actor = 'en anden'",
        "DELETE FROM cases_change",
        "UPDATE cases_change SET after = '{}'",
        "UPDATE cases_change SET entry_id = NULL",
    ],
)
def test_the_log_refuses_to_be_changed(case, statement):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert list(log.verify()) == []


@contextmanager
def without_triggers() -> Iterator[CursorWrapper]:
    """As somebody who may change the schema does it: takes the triggers away, and puts them back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        triggers.remove()
        yield cursor
    triggers.install()


def words() -> list[str]:
    return [fault.words.danish for fault in log.verify()]


def test_an_altered_entry_is_found(user, case):
    entry = Entry.objects.last()
    with without_triggers() as cursor:
        cursor.execute("UPDATE cases_entry SET actor = 'en anden' WHERE id = %s", [entry.pk])
    [told] = words()
    assert "ikke, som de blev skrevet" in told


def test_a_missing_entry_breaks_the_chain(user, case):
    for title in ("a", "b"):
        with log.action(user, "case.rename", case):
            Case.objects.update(title=title)
    middle = Entry.objects.order_by("-pk")[1]
    with without_triggers() as cursor:
        cursor.execute("DELETE FROM cases_change WHERE entry_id = %s", [middle.pk])
        cursor.execute("DELETE FROM cases_entry WHERE id = %s", [middle.pk])
    [told] = words()
    assert "Kæden er brudt" in told


# What is kept outside the database


def test_actions_that_are_cut_off_at_the_end_are_found(kept_heads, user, case):
    with kept_heads(execute=True):
        for title in ("a", "b"):
            with log.action(user, "case.rename", case):
                Case.objects.update(title=title)
    assert words() == []
    last = Entry.objects.last()
    with without_triggers() as cursor:
        cursor.execute("DELETE FROM cases_change WHERE entry_id = %s", [last.pk])
        cursor.execute("DELETE FROM cases_entry WHERE id = %s", [last.pk])
        cursor.execute("UPDATE cases_case SET title = 'a'")
    [told] = words()
    assert told == "1 handling fra log-heads i datamappen mangler i loggen."


def test_a_chain_that_is_written_anew_is_found(kept_heads, user, case):
    with kept_heads(execute=True), log.action(user, "case.rename", case):
        Case.objects.update(title="a")
    entry = Entry.objects.last()
    entry.actor = "en anden"
    sha256 = hash_of(entry, list(entry.changes.all()))
    with without_triggers() as cursor:
        cursor.execute(
            "UPDATE cases_entry SET actor = %s, hash = %s WHERE id = %s",
            [entry.actor, sha256, entry.pk],
        )
    [told] = words()
    assert "en anden end den, der står i datamappens log-heads" in told


def test_an_action_that_was_rolled_back_has_no_head(kept_heads, user, case):
    with kept_heads(execute=True), transaction.atomic():
        with log.action(user, "case.rename", case):
            Case.objects.update(title="a")
        transaction.set_rollback(True)
    assert heads.kept() == {}


# What slips past the triggers


def test_a_trigger_that_is_not_there_is_found(case):
    place = "cases_case.log_cases_case_update"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER log_cases_case_update")
        else:
            place = "cases_case.log_rows"
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE cases_case DISABLE TRIGGER log_rows")
    [fault] = log.verify()
    assert fault.place == place
    triggers.install()
    assert words() == []


def test_a_trigger_that_does_something_else_is_found(case):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER log_cases_case_update")
            cursor.execute(
                "CREATE TRIGGER log_cases_case_update AFTER UPDATE ON cases_case "
                "BEGIN SELECT 1; END"
            )
        else:
            cursor.execute(
                "CREATE OR REPLACE FUNCTION sagsgang_log() RETURNS trigger AS "
                "'BEGIN RETURN NULL; END' LANGUAGE plpgsql"
            )
    [fault] = log.verify()
    assert "trigger mangler eller er en anden" in fault.words.danish


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE cases_case SET title = 'x'", "cases_case:{}"),
        ("DELETE FROM cases_case", "cases_case:{}"),
        ("INSERT INTO cases_unit (id, municipality_id, name) SELECT 77, min(id), 'x' "
         "FROM bodies_municipality", "cases_unit:77"),
    ],
)  # fmt: skip
def test_what_changed_while_the_triggers_were_away_is_found(case, statement, place):
    with without_triggers() as cursor:
        cursor.execute(statement)
    assert [fault.place for fault in log.verify()] == [place.format(case.pk)]
    assert "uden at det er logget" in words()[0]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("table", ["cases_case", "cases_entry", "cases_position"])
def test_a_table_is_not_emptied_at_one_stroke(case, table):
    with log.action(None, "position.give", case.officer):
        Position.objects.create(user=case.officer, role="leader", since="2026-01-01")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(f"TRUNCATE {table} CASCADE")
    assert words() == []


# What the log does not tell


def test_a_password_is_not_in_the_log_but_that_it_changed_is(user):
    with log.action(user, "user.password", user):
        user.set_password("KODEORD")
        user.save()
    change = Entry.objects.last().changes.get()
    assert json.loads(change.after)["password"] == "*** changed"
    assert not any(
        user.password in (one.after or "") + (one.before or "") for one in Change.objects.all()
    )
    assert words() == []


def test_signing_in_is_no_change_of_the_account(user):
    User.objects.update(last_login=timezone.now())
    assert words() == []


def test_an_account_that_is_changed_past_the_program_is_found(user):
    User.objects.update(is_superuser=True)
    [fault] = log.verify()
    assert fault.place == f"cases_user:{user.pk}"


def test_an_action_that_fails_leaves_nothing(user, case):
    before = (Entry.objects.count(), Change.objects.count())

    def fail() -> None:
        with log.action(user, "case.rename", case):
            Case.objects.update(title="x")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (Entry.objects.count(), Change.objects.count()) == before
    assert Case.objects.get().title == "Gammel titel"


def test_an_action_within_another_is_a_part_of_it(user, case):
    with log.action(user, "outer", case):
        Case.objects.update(title="a")
        with log.action(user, "inner", case):
            Case.objects.update(title="b")
    entry = Entry.objects.last()
    assert (entry.action, entry.changes.count()) == ("outer", 2)


def test_an_action_that_changes_nothing_is_no_entry(user, case):
    with log.action(user, "case.look", case):
        Case.objects.get()
    assert [entry.action for entry in Entry.objects.all()] == ["user.create", "case.create"]


def test_what_a_published_document_changes_in_bodies_is_an_action_of_its_own():
    """Who is a member reads what is closed, so nobody becomes one without leaving a trace."""
    publish(meeting())
    publish(meeting(date="2026-04-01"))
    told = Entry.objects.values_list("actor", "action", "subject")
    assert list(told) == [("Sagsgang", "archive.write", "archive")]
    tables = Change.objects.values_list("table", flat=True).distinct().order_by("table")
    assert list(tables) == ["bodies_body", "bodies_membership", "bodies_person"]
    assert list(log.verify()) == []
    Membership.objects.update(until="2027-01-01")
    assert {fault.place for fault in log.verify()} == {
        f"bodies_membership:{one.pk}" for one in Membership.objects.all()
    }
