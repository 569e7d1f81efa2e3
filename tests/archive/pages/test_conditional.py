"""A reader who has a page gets it again when it changed, whatever clocks say, and only then."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.archive.documents import item, meeting

from sagsgang.archive.checking import mend
from sagsgang.archive.models import Edition, Meeting
from sagsgang.archive.publishing import Registry
from sagsgang.archive.search import index

from .reading import BODY, MEETING, published

pytestmark = pytest.mark.django_db

NARROW = ["/lindvig/", BODY, MEETING, f"{MEETING}1/", f"{MEETING}versioner/"]
WIDE = f"{MEETING}1/lignende/"


class Reader:
    """Somebody who keeps a page."""

    def __init__(self, client: Client, address: str) -> None:
        self.client = client
        self.address = address
        self.mark = client.get(address).headers["ETag"]

    def has_it(self) -> bool:
        """Whether the page is still as it was kept."""
        answer = self.client.get(self.address, headers={"If-None-Match": self.mark})
        return answer.status_code == 304


@pytest.mark.parametrize("address", [*NARROW, WIDE])
def test_any_publication_of_the_municipality_is_a_change(client: Client, address: str) -> None:
    published()
    reader = Reader(client, address)
    assert reader.has_it()
    published(meeting(date="2026-04-01"))
    assert not reader.has_it()


@pytest.mark.parametrize(("address", "kept"), [*((one, True) for one in NARROW), (WIDE, False)])
def test_what_another_municipality_publishes_is_none_but_to_similar_cases(
    client: Client, address: str, kept: bool
) -> None:
    published()
    reader = Reader(client, address)
    published(meeting(municipality="Horsens"))
    assert reader.has_it() == kept


def test_one_look_tells(client: Client) -> None:
    published()
    for address in [*NARROW, WIDE]:
        reader = Reader(client, address)
        with CaptureQueriesContext(connection) as queries:
            assert reader.has_it()
        assert len(queries) == 1


def test_a_clock_that_goes_back_hides_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    published()
    reader, everywhere = Reader(client, BODY), Reader(client, WIDE)
    yesterday = timezone.now() - dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: yesterday)
    published(meeting(date="2026-04-01"))
    assert not reader.has_it()
    assert not everywhere.has_it()


def test_no_time_is_told_as_two_changes_may_come_in_one_second(client: Client) -> None:
    published()
    assert "Last-Modified" not in client.get(MEETING).headers
    published(meeting(item("1", "Rettet")))
    now = {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
    assert client.get(MEETING, headers=now).status_code == 200


def test_rows_that_are_made_anew_and_an_index_are_changes(client: Client) -> None:
    published()
    reader = Reader(client, MEETING)
    mend(Meeting.objects.get().pk, Registry())
    assert not reader.has_it()
    reader = Reader(client, WIDE)
    index.rebuild()
    assert not reader.has_it()


def test_what_an_older_backup_brought_without_editions_is_a_change(client: Client) -> None:
    published()
    Edition.objects.all().delete()
    reader = Reader(client, MEETING)
    index.rebuild()
    assert not reader.has_it()


def test_what_was_known_already_is_no_change(client: Client) -> None:
    published()
    reader = Reader(client, WIDE)
    published()
    assert reader.has_it()
