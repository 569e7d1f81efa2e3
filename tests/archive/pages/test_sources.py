"""The page of the sources."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from sagsgang.archive.models import Held, Run, Source

pytestmark = pytest.mark.django_db


def source(
    name: str = "Lindvigs dagsordener", key: str = "https://dagsordener.lindvig.example"
) -> Source:
    return Source.objects.create(key=key, name=name, kind="harvest" if "://" in key else "import")


def run(of: Source, day: int, **counted) -> Run:
    started = dt.datetime(2026, 3, day, 3, 0, tzinfo=dt.UTC)
    given = {"ended_at": started + dt.timedelta(minutes=4), "complete": True}
    return Run.objects.create(source=of, started_at=started, **{**given, **counted})


def test_without_sources_it_says_what_will_be_here(client):
    assert "Her er endnu ingen kilder." in client.get("/kilder/").content.decode()


def test_a_run_is_shown_with_what_came_of_it(client):
    run(source(), 5, seen=1412, new=12, failed=1, problems=["Punkt 3 kunne ikke hentes: 500"])
    page = client.get("/kilder/").content.decode()
    assert "1.412" in page
    assert "5. marts 2026 kl. 04.04" in page
    assert "1 problem ved den seneste gennemgang" in page
    assert "Punkt 3 kunne ikke hentes: 500" in page


def test_a_source_is_as_fresh_as_its_last_complete_run(client):
    one = source()
    run(one, 5)
    run(one, 9, complete=False, ended_at=None)
    page = client.get("/kilder/").content.decode()
    assert '<dd><time datetime="2026-03-05T04:04:00+01:00">' in page
    assert "afbrudt eller i gang" in page


def test_the_place_of_a_folder_is_not_told(client):
    source("Referater fra arkivet", "/srv/hemmelig/mappe")
    page = client.get("/kilder/").content.decode()
    assert "Referater fra arkivet" in page
    assert "hemmelig" not in page


def test_the_names_of_files_that_could_not_be_read_are_not_told(client):
    run(source("Referater", "/srv/mappe"), 5, failed=1, problems=["hemmelig.pdf: Kan ikke læses."])
    assert "hemmelig" not in client.get("/kilder/").content.decode()


def test_documents_that_are_held_back_are_counted_not_named(client):
    Held.objects.create(
        sha256="0" * 64, title="Lindvig 4. marts", findings=[], packed=b"", held_at=timezone.now()
    )
    page = client.get("/kilder/").content.decode()
    assert "1 dokument holdes tilbage" in page
    assert "Lindvig 4. marts" not in page


def test_the_number_of_questions_does_not_grow_with_sources_and_runs(queries):
    run(source(), 5)
    few = queries("/kilder/")
    for number in range(5):
        one = source(f"Kilde {number}", f"https://{number}.example")
        for day in range(1, 20):
            run(one, day)
    assert queries("/kilder/") == few
