"""The versions of a meeting's documents."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.archive.documents import item, meeting

from .reading import BODY, MEETING, Seen, published, steps_down_by_one

pytestmark = pytest.mark.django_db


def test_versions_are_listed_the_newest_first_with_the_reason(client: Client) -> None:
    published()
    second = published(meeting(item(title="Indsats for unge")), reason="Titlen var forkert.")
    page = Seen(client, f"{MEETING}versioner/")
    newest, oldest = (" ".join(line.text_content().split()) for line in page.all(".entries")[0])
    assert newest.startswith("Referat, rettet udgave 1 gælder nu")
    assert "Titlen var forkert." in newest
    assert second.sha256 in newest
    assert "gælder nu" not in oldest
    links = page.links()
    assert links["Hvad blev ændret siden »Referat«?"] == f"{MEETING}sammenlign/1/2/"
    assert links["Referat"] == f"{MEETING}version/1/"


def test_the_supplement_has_versions_of_its_own(client: Client) -> None:
    day = {"date": "2099-03-04"}
    published(meeting(kind="agenda", **day))
    extra = item("2", "Varsling", case_number="25/7")
    published(meeting(extra, kind="supplementary_agenda", **day))
    published(meeting(extra, item("3"), kind="supplementary_agenda", **day))
    address = f"{BODY}2099-03-04/"
    links = Seen(client, f"{address}versioner/").links()
    assert links["Tillægsdagsorden, rettet udgave 1"] == f"{address}tillaeg/2/"
    assert links["Dagsorden"] == f"{address}version/1/"
    changes = links["Hvad blev ændret siden »Tillægsdagsorden«?"]
    assert changes == f"{address}tillaeg/sammenlign/1/2/"
    assert "Punktet er nyt." in Seen(client, changes).text()


def test_minutes_are_named_for_themselves_though_the_agenda_was_a_version_before(
    client: Client,
) -> None:
    published(meeting(kind="agenda"))
    published()
    published(meeting(item(title="Indsats for unge")), reason="Titlen var forkert.")
    names = [line.text_content() for line in Seen(client, f"{MEETING}versioner/").all("h2/a")]
    assert names == ["Referat, rettet udgave 1", "Referat", "Dagsorden"]
    for version, name in enumerate(reversed(names), 1):
        assert Seen(client, f"{MEETING}version/{version}/").text("header/p[1]").startswith(name)
    assert "Referat fra" in Seen(client, f"{MEETING}version/2/").section("kilde")
    told = Seen(client, f"{MEETING}sammenlign/1/2/").text(".lead")
    assert told.startswith("Fra »Dagsorden« (")


def test_an_old_version_is_whole_and_says_that_there_is_a_newer(client: Client) -> None:
    first = published()
    published(meeting(item(title="Indsats for unge")))
    page = Seen(client, f"{MEETING}version/1/")
    assert "Indsats for langtidsledige" in page.text()
    assert "Flere er i job end sidste år." in page.text()
    assert page.links()["Der er kommet en nyere version."] == MEETING
    assert first.sha256 in page.section("kilde")
    assert page.anchors_lead_somewhere()
    assert steps_down_by_one(page.levels())


def test_the_version_that_holds_says_so(client: Client) -> None:
    published()
    assert "gælder nu" in Seen(client, f"{MEETING}version/1/").text(".aside-note")


def test_search_engines_are_led_to_the_meeting(client: Client) -> None:
    published()
    page = Seen(client, f"{MEETING}version/1/")
    assert page.tree.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_a_version_that_is_not_there(client: Client) -> None:
    published()
    response = client.get(f"{MEETING}version/7/")
    assert response.status_code == 404
    assert f'href="{MEETING}versioner/"' in response.content.decode()
