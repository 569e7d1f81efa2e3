"""A larger archive does not ask the database more often: the same questions for any size."""

from __future__ import annotations

from typing import Any

import pytest
from bench.addresses import DRAWN, FIXED, addresses
from bench.synthetic import Size, archive
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sagsgang.archive.publishing import Registry, publish

pytestmark = pytest.mark.django_db
SMALL = Size(municipalities=2, bodies=2, meetings=3, items=12, members=4)
LARGER = Size(municipalities=3, bodies=3, meetings=5, items=20, members=11)
AT_MOST = {"meeting": 15}
KINDS = (*FIXED, *DRAWN)

Counts = dict[str, int]


def counts(size: Size, each: int) -> Counts:
    """The most queries that any page of a kind needs, of so `many` pages of each."""
    registry = Registry()
    with transaction.atomic():
        for number, minutes in enumerate(archive(size)):
            publish(minutes, source_id=str(number), registry=registry)
            if number % 20 == 10 and connection.vendor == "postgresql":
                # Otherwise done beside the work, which a transaction keeps from seeing the rows.
                connection.cursor().execute("ANALYZE")
        drawn = addresses(each)
        found = {kind: max(map(queries, drawn[kind])) for kind in KINDS}
        transaction.set_rollback(True)
    return found


def queries(address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = Client().get(address)
        if answer.streaming:
            b"".join(answer.streaming_content)
    assert answer.status_code == 200, address
    return len(captured)


@pytest.fixture(scope="module")
def at_two_sizes(django_db_setup: None, django_db_blocker: Any) -> tuple[Counts, Counts]:
    with django_db_blocker.unblock():
        return counts(SMALL, each=20), counts(LARGER, each=6)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_needs_as_many_queries_in_a_larger_archive(
    at_two_sizes: tuple[Counts, Counts], kind: str
) -> None:
    small, larger = at_two_sizes
    assert larger[kind] <= small[kind]
    assert larger[kind] <= AT_MOST.get(kind, 30)
