"""The page of a municipality."""

from __future__ import annotations

import pytest
from tests.archive.documents import item, meeting

from sagsgang.archive.publishing import publish

pytestmark = pytest.mark.django_db


def test_it_lists_committees_meetings_decisions_and_members(client):
    publish(meeting())
    publish(meeting(committee="Teknisk Udvalg", date="2026-02-01"))
    page = client.get("/lindvig/").content.decode()
    assert "<h1>Lindvig Kommune</h1>" in page
    assert '<a href="/lindvig/teknisk-udvalg/" lang="da">Teknisk Udvalg</a>' in page
    assert '<a href="/lindvig/beskaeftigelsesudvalget/2026-03-04/">' in page
    assert "Indsats for langtidsledige" in page
    assert '<a href="/lindvig/person/fatima-lindholm/">Fatima Lindholm</a>' in page


def test_members_are_those_of_the_newest_term(client):
    publish(meeting())
    publish(meeting(date="2024-03-04", members=(meeting().members[0],)))
    page = client.get("/lindvig/").content.decode()
    assert "2026-2029" in page
    assert "2022-2025" not in page


def test_one_of_the_98_without_documents_says_so_and_is_not_for_search_engines(client):
    response = client.get("/laesoe/")
    assert response.status_code == 200
    page = response.content.decode()
    assert "Her er endnu ingen dagsordener eller referater fra Læsø." in page
    assert '<meta name="robots" content="noindex">' in page


def test_a_municipality_that_there_is_not_is_not_found(client):
    assert client.get("/andeby/").status_code == 404


def test_the_number_of_questions_does_not_grow_with_the_archive(queries):
    publish(meeting())
    few = queries("/lindvig/")
    for number in range(1, 9):
        publish(meeting(item(), item("2"), date=f"2026-04-0{number}", committee=f"Udvalg {number}"))
    assert queries("/lindvig/") <= few
