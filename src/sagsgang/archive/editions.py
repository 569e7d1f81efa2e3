"""Which edition of what is public a reader has: a number that grows with each change.

Each municipality has its own. Numbers are given while nobody else writes (`writing.alone`), so
whoever sees a number sees all that was published under it and under those before. They are taken
from the clock, so that an archive that was put back from a backup never gives one again, and
never from the clock alone, which may go back.
"""

from __future__ import annotations

import time
from typing import Final

from django.db import connection
from django.db.models import Max

from sagsgang.bodies.models import Municipality

from .models import Edition

_MOVE: Final = """
    INSERT INTO archive_edition (municipality_id, number)
    SELECT %s, CASE WHEN known.latest < %s THEN %s ELSE known.latest + 1 END
    FROM (SELECT COALESCE(MAX(number), 0) AS latest FROM archive_edition) AS known
    WHERE TRUE
    ON CONFLICT (municipality_id) DO UPDATE SET number = excluded.number"""
"""Asked for each document that is published, and so written out."""


def move(municipality: int) -> None:
    """Gives the municipality a new edition: something public of it has changed."""
    now = time.time_ns() // 1000
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, [municipality, now, now])


def move_all() -> None:
    """Gives every municipality that has meetings a new edition."""
    shown = Municipality.objects.filter(bodies__meetings__isnull=False)
    for municipality in shown.values_list("pk", flat=True).distinct():
        move(municipality)


def edition_of(municipality: str | None = None) -> int | None:
    """The number of a municipality's edition, or without its slug of the whole site's."""
    editions = Edition.objects.all()
    if municipality is None:
        return editions.aggregate(latest=Max("number"))["latest"]
    return editions.filter(municipality__slug=municipality).values_list("number", flat=True).first()
