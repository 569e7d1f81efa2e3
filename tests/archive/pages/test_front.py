"""The front page."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from tests.archive.documents import item, meeting

from sagsgang.archive.models import Run, Source
from sagsgang.archive.publishing import publish
from sagsgang.minutes import Decision, Vote

pytestmark = pytest.mark.django_db


def test_an_archive_without_anything_says_what_will_be_here(client):
    page = client.get("/").content.decode()
    assert "Her er endnu ingen referater." in page
    assert "sagsgang import" in page


def test_the_latest_decisions_lead_to_their_items(client):
    publish(
        meeting(
            item(
                decisions=(
                    Decision("Udvalget afviste forslaget enstemmigt og uden videre.", "rejected"),
                )
            )
        )
    )
    page = client.get("/").content.decode()
    assert (
        '<a href="/lindvig/beskaeftigelsesudvalget/2026-03-04/1/">Indsats for langtidsledige</a>'
        in page
    )
    assert "Afvist" in page
    assert "Udvalget afviste forslaget enstemmigt" in page


def test_a_closed_item_is_not_told_of(client):
    publish(meeting(item(), item("2", "Hemmelig lejeaftale", closed=True, decisions=())))
    assert "Hemmelig" not in client.get("/").content.decode()


def test_items_that_stand_on_every_agenda_give_room_to_others(client):
    standing = [
        item(str(n), title) for n, title in enumerate(("Godkendelse af dagsorden", "Eventuelt"), 2)
    ]
    publish(meeting(item(), *standing))
    page = client.get("/").content.decode()
    assert "Godkendelse af dagsorden" not in page
    assert "Indsats for langtidsledige" in page


def test_what_was_voted_on_comes_before_what_was_not(client):
    quiet = [item(str(n), f"En stille sag nummer {n}", case_number=None) for n in range(1, 5)]
    contested = item(
        "9",
        "En omstridt sag",
        case_number=None,
        votes=(Vote("for", ("A", "V")), Vote("against", ("F",))),
    )
    publish(meeting(*quiet, contested))
    page = client.get("/").content.decode()
    assert "En omstridt sag" in page
    assert "Afstemning" in page
    assert "En stille sag nummer 4" not in page


def test_a_coming_meeting_is_told_with_its_time(client):
    date = timezone.localdate() + dt.timedelta(days=9)
    publish(meeting(item(decisions=()), kind="agenda", date=date.isoformat()))
    page = client.get("/").content.decode()
    assert f'href="/lindvig/beskaeftigelsesudvalget/{date.isoformat()}/"' in page
    assert "kl. 15.30" in page


def test_a_municipality_is_chosen_in_the_address(client):
    publish(meeting())
    publish(meeting(item(title="En sag i Horsens by"), municipality="Horsens"))
    page = client.get("/?kommune=horsens").content.decode()
    assert "En sag i Horsens by" in page
    assert "Indsats for langtidsledige" not in page
    assert "Udvalg i Horsens" in page


def test_the_only_municipality_needs_no_choosing(client):
    publish(meeting())
    page = client.get("/").content.decode()
    assert "Udvalg i Lindvig" in page
    assert "<select" not in page


def test_a_source_tells_when_it_was_last_gone_through(client):
    publish(meeting())
    source = Source.objects.create(
        key="https://dagsordener.lindvig.example", name="Lindvigs dagsordener", kind="harvest"
    )
    ended = dt.datetime(2026, 3, 5, 3, 10, tzinfo=dt.UTC)
    Run.objects.create(source=source, started_at=ended, ended_at=ended, complete=True)
    page = client.get("/").content.decode()
    assert "Lindvigs dagsordener" in page
    assert "5. marts 2026 kl. 04.10" in page


def test_the_number_of_questions_does_not_grow_with_the_archive(queries):
    publish(meeting())
    few = queries("/?kommune=lindvig")
    for number in range(1, 8):
        publish(meeting(date=f"2026-04-0{number}"))
        publish(meeting(date=f"2026-05-0{number}", municipality="Horsens"))
    assert queries("/?kommune=lindvig") <= few + 1
    assert queries("/") <= 10
