"""The auditor's pages: who reads the log, what is found and taken out of it, what the proof says."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.meetings.house import House, build

from sagsgang.cases import log
from sagsgang.cases.models import Case, Position, User
from sagsgang.cases.pages import auditing

pytestmark = pytest.mark.django_db
PAGES = ("/arbejde/log/", "/arbejde/log/hent/?form=csv", "/arbejde/log/eftersyn/")


@pytest.fixture
def house() -> House:
    return build()


@pytest.fixture
def auditor(house: House) -> Client:
    return of_role(house, Position.AUDITOR)


def of_role(house: House, role: str) -> Client:
    user = User(username=f"{role}@rolle.dk", first_name=role)
    user.set_unusable_password()
    with log.action(None, "position.give", role):
        user.save()
        Position.objects.create(user=user, role=role, since="2020-01-01")
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("role", dict(Position.ROLES))
def test_the_log_is_read_by_auditors_alone(house, role):
    client = of_role(house, role)
    wanted = 200 if role == Position.AUDITOR else 403
    assert [client.get(page).status_code for page in PAGES] == [wanted] * len(PAGES)
    assert ("Læs loggen" in client.get("/arbejde/").content.decode()) == (wanted == 200)


def test_it_is_asked_by_who_what_and_when(house, auditor):
    house.case("Tolkebistand")

    def count(query: str) -> int:
        return auditor.get(f"/arbejde/log/?{query}").context["found"].paginator.count

    assert count("who=officer&what=case.create") == 1
    assert count("who=officer&what=case.create&since=2100-01-01") == 0
    assert count("until=2000-01-01") == 0
    assert count("who=findesikke") == 0
    assert count("") > 2


def test_each_action_tells_what_it_changed(house, auditor, monkeypatch):
    house.case("Tolkebistand")
    page = auditor.get("/arbejde/log/?what=case.create").content.decode()
    assert "cases_case:" in page
    assert "Tolkebistand" in page
    assert "Mere end" not in page
    # An import changes thousands of rows in one action: no page shows them all.
    monkeypatch.setattr(auditing, "_MOST", 1)
    page = auditor.get("/arbejde/log/?what=case.create").content.decode()
    assert "Mere end 1 rækker ændret" in page
    assert page.count('class="log__change"') == 1


def test_days_in_the_wrong_order_are_told_at_the_field(auditor):
    answer = auditor.get("/arbejde/log/?since=2026-02-02&until=2026-01-01")
    assert answer.status_code == 422
    assert "ikke ligger før" in answer.content.decode()


def test_it_is_taken_out_as_it_is_filtered(house, auditor):
    house.case("Tolkebistand")
    answer = auditor.get("/arbejde/log/hent/?form=csv&what=case.create")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="log-')
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode())))
    assert {row["action"] for row in rows} == {"case.create"}
    lines = b"".join(auditor.get("/arbejde/log/hent/?form=jsonl&what=case.create")).splitlines()
    assert [json.loads(line)["action"] for line in lines] == ["case.create"]


def test_the_proof_is_told_in_words(house, auditor):
    house.case("Tolkebistand")
    assert "Loggen er intakt" in auditor.get("/arbejde/log/eftersyn/").content.decode()
    Case.objects.update(title="Ændret uden om programmet")
    page = auditor.get("/arbejde/log/eftersyn/").content.decode()
    assert "Loggen er intakt" not in page
    assert "uden om programmet" in page


def test_questions_to_the_database_do_not_grow_with_the_actions(
    house, auditor, django_assert_num_queries
):
    house.case("Den første")
    auditor.get("/arbejde/log/")
    with CaptureQueriesContext(connection) as few:
        auditor.get("/arbejde/log/")
    for number in range(4):
        house.case(f"Sag {number}")
    with django_assert_num_queries(len(few)):
        auditor.get("/arbejde/log/")
