"""The comparison of two versions."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.archive.documents import item, meeting

from sagsgang.minutes import Section

from .reading import MEETING, Seen, published, steps_down_by_one

pytestmark = pytest.mark.django_db
COMPARISON = f"{MEETING}sammenlign/1/2/"


def presents(text: str) -> dict[str, tuple[Section, ...]]:
    return {"sections": (Section("Sagsfremstilling", "presentation", text),)}


def compared(client: Client, *versions) -> Seen:
    for minutes in versions:
        published(minutes)
    return Seen(client, COMPARISON)


def test_changes_stand_under_their_item_and_section(client: Client) -> None:
    page = compared(
        client,
        meeting(item(**presents("Puljen er på 2 mio. kr."))),
        meeting(item(**presents("Puljen er på 3 mio. kr."))),
    )
    section = page.section("aendret-1")
    assert section.startswith("Punkt 1: Indsats for langtidsledige Sagsfremstilling")
    assert page.text("del") == "Slettet [slettet: 2 slut]"
    assert page.text("ins") == "Indsat [indsat: 3 slut]"
    assert steps_down_by_one(page.levels())


def test_what_came_and_went_is_told(client: Client) -> None:
    page = compared(
        client,
        meeting(item(), item("2", "Mødeplan", case_number="26/1")),
        meeting(item(), item("3", "Budget", case_number="26/2")),
    )
    assert page.section("aendret-1") == "Punkt 3: Budget Punktet er nyt."
    assert page.section("aendret-2") == "Punkt 2: Mødeplan Punktet er taget ud."


def test_the_head_is_compared_too(client: Client) -> None:
    page = compared(client, meeting(), meeting(place="Rådhuset"))
    assert "Sted" in page.section("om-moedet")
    assert "[indsat: Rådhuset slut]" in page.section("om-moedet")


def test_marks_of_emphasis_are_no_words(client: Client) -> None:
    page = compared(
        client,
        meeting(item(**presents("Puljen er **brugt op**."))),
        meeting(item(**presents("Puljen er brugt op."))),
    )
    assert "Ordene er de samme" in page.section("aendret-1")


def test_long_passages_that_stayed_are_cut(client: Client) -> None:
    before, after = "Først. " * 200, "Sidst. " * 200
    page = compared(
        client,
        meeting(item(**presents(f"{before}to {after}"))),
        meeting(item(**presents(f"{before}tre {after}"))),
    )
    section = page.section("aendret-1")
    assert section.count("[…]") == 2
    assert len(section) < 700


def test_versions_that_say_the_same_are_told_to(client: Client) -> None:
    published()
    page = Seen(client, f"{MEETING}sammenlign/1/1/")
    assert "De to versioner siger det samme." in page.text(".empty")


def test_there_must_be_two_versions(client: Client) -> None:
    published()
    assert client.get(COMPARISON).status_code == 404
