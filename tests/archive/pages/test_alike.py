"""Items that are like another."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.archive.documents import item, meeting

from sagsgang.minutes import Section

from .reading import MEETING, Seen, published

pytestmark = pytest.mark.django_db
ALIKE = f"{MEETING}1/lignende/"


def about(title: str, **fields):
    text = f"Forvaltningen orienterer om {title.lower()}."
    return item(title=title, sections=(Section("Resume", "summary", text),), **fields)


@pytest.fixture
def archive() -> None:
    fleksjob = "Fleksjobambassadører på virksomhederne"
    published(meeting(about(fleksjob)))
    published(meeting(about(fleksjob), municipality="Horsens"))
    published(meeting(about(fleksjob), date="2026-04-01"))
    published(meeting(about("Vedtægter for havnebadet"), municipality="Aarhus"))


def test_the_same_matter_is_found_across_municipalities(client: Client, archive: None) -> None:
    links = Seen(client, ALIKE).links()
    assert "/horsens/beskaeftigelsesudvalget/2026-03-04/1/" in links.values()
    assert "/aarhus/beskaeftigelsesudvalget/2026-03-04/1/" not in links.values()


def test_other_treatments_of_the_case_are_left_to_its_page(client: Client, archive: None) -> None:
    links = Seen(client, ALIKE).links()
    assert "/lindvig/beskaeftigelsesudvalget/2026-04-01/1/" not in links.values()


def test_an_item_without_a_case_is_like_others_without_one(client: Client) -> None:
    for municipality in ("Lindvig", "Horsens"):
        one = about("Fleksjobambassadører på virksomhederne", case_number=None)
        published(meeting(one, municipality=municipality))
    assert "/horsens/beskaeftigelsesudvalget/2026-03-04/1/" in Seen(client, ALIKE).links().values()


def test_the_items_page_gets_the_list_alone(client: Client, archive: None) -> None:
    response = client.get(ALIKE, headers={"HX-Request": "true"})
    assert response.content.decode().lstrip().startswith("<section")
    assert "HX-Request" in response.headers["Vary"]


def test_nothing_alike_is_told(client: Client) -> None:
    published()
    assert "ikke andre sager, der ligner" in Seen(client, ALIKE).text()


def test_the_item_leads_there_without_script_too(client: Client, archive: None) -> None:
    assert Seen(client, f"{MEETING}1/").links()["Lignende sager"] == ALIKE
