"""About the site, and the accessibility statement."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


def test_about_tells_what_is_quoted_and_what_is_inferred(client):
    page = client.get("/om/").content.decode()
    assert "<h1>Om Sagsgang</h1>" in page
    assert "Det er den citerede beslutning, der gælder" in page


def test_the_statement_has_what_the_law_asks_for(client):
    page = client.get("/tilgaengelighed/").content.decode()
    for part in (
        "Overensstemmelsesstatus",
        "Indhold, som ikke er tilgængeligt",
        "Udarbejdelse af erklæringen",
        "Feedback og kontaktoplysninger",
        "Håndhævelsesprocedure",
    ):
        assert f"<h2>{part}</h2>" in page


def test_without_a_contact_the_statement_says_so(client):
    assert (
        "har ikke oplyst, hvor man kan henvende sig"
        in client.get("/tilgaengelighed/").content.decode()
    )


def test_whom_to_ask_stands_in_it(client, settings):
    settings.OPERATOR = "Lindvig Kommune"
    settings.CONTACT = "referater@lindvig.example"
    settings.PHONE = "00 00 00 00"
    page = client.get("/tilgaengelighed/").content.decode()
    assert "Lindvig Kommune er forpligtet" in page
    assert 'href="mailto:referater@lindvig.example"' in page
    assert "00 00 00 00" in page


def test_the_short_address_leads_to_the_official_statement(client, settings):
    assert client.get("/was").headers["Location"] == "/tilgaengelighed/"
    settings.STATEMENT = "https://was.digst.dk/lindvig-dk"
    assert client.get("/was").headers["Location"] == "https://was.digst.dk/lindvig-dk"
