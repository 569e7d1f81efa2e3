"""Nothing in the working house changes without leaving its trace."""

from __future__ import annotations

import json

import pytest
from django.db import DatabaseError, connection, transaction

from sagsgang.bodies.models import Municipality
from sagsgang.cases import log
from sagsgang.cases.log.models import Change, Entry
from sagsgang.cases.models import Case, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return User.objects.create(username="ida@lindvig.dk", first_name="Ida", last_name="Holm")


@pytest.fixture
def case(user: User) -> Case:
    from django.utils import timezone

    municipality = Municipality.objects.create(name="Lindvig", slug="lindvig")
    with log.action(user, "case.create", "cases.case:26/1"):
        return Case.objects.create(
            municipality=municipality, number="26/1", title="Gammel titel", officer=user,
            created_at=timezone.now(),
        )  # fmt: skip


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


def test_an_altered_entry_is_found(user, case):
    entry = Entry.objects.get()
    table = "cases_entry"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER log_entry_fixed")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER log_kept")
        cursor.execute(f"UPDATE {table} SET actor = 'en anden' WHERE id = %s", [entry.pk])
    [fault] = log.verify()
    assert "ikke, som de blev skrevet" in fault.words.danish


def test_a_missing_entry_breaks_the_chain(user, case):
    for title in ("a", "b"):
        with log.action(user, "case.rename", case):
            Case.objects.update(title=title)
    middle = Entry.objects.order_by("pk")[1]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER log_entry_kept")
            cursor.execute("DROP TRIGGER log_change_kept")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in ("cases_entry", "cases_change"):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER log_kept")
        cursor.execute("DELETE FROM cases_change WHERE entry_id = %s", [middle.pk])
        cursor.execute("DELETE FROM cases_entry WHERE id = %s", [middle.pk])
    assert ["brudt" in fault.words.danish for fault in log.verify()] == [True]


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
    assert Entry.objects.count() == 1
