"""Two secretaries at once, each with what the other needs: neither is stopped."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.archive.processes import READY, program

pytestmark = pytest.mark.usefixtures("unmeasured")

PREPARE = (
    READY
    + """
import datetime
from django.utils import timezone
from sagsgang.cases import log
from sagsgang.meetings import agenda, moving
from tests.meetings.house import build
house = build()
with log.action(None, "position.give", "test"):
    house.secretary.positions.create(role="secretary", body=house.council, since="2020-01-01")
day = timezone.localdate() + datetime.timedelta(days=20)
here, there = (agenda.plan(house.secretary, body, day, "15:30") for body in (house.body, house.council))
first, second = house.item(here), house.item(here)
print(first.pk, house.council.pk, moving.move_case(house.secretary, second, house.council).pk, house.body.pk)
"""
)
MOVE = (
    READY
    + """
import time
from django.db import connection, transaction
from sagsgang.bodies.models import Body
from sagsgang.cases.models import User
from sagsgang.meetings import moving
from sagsgang.meetings.models import Item
mine, theirs, item, body = sys.argv[1:]
def once_it_holds(execute, sql, params, many, context):
    result = execute(sql, params, many, context)
    if "FOR UPDATE" in sql and "meetings_meeting" in sql and not Path(mine).exists():
        Path(mine).touch()
        end = time.monotonic() + 2  # the other holds its own by now, or waits for this one's
        while not Path(theirs).exists() and time.monotonic() < end:
            time.sleep(0.01)
    return result
with connection.execute_wrapper(once_it_holds):
    secretary = User.objects.get(username="secretary@lindvig.dk")
    moving.move_case(secretary, Item.objects.get(pk=item), Body.objects.get(pk=body))
"""
)
WHERE = (
    READY
    + """
from sagsgang.meetings.models import Item
print(*Item.objects.order_by("pk").values_list("meeting__body__slug", flat=True))
"""
)


def test_cases_that_are_moved_in_opposite_directions_both_arrive(
    own_archive: Path, tmp_path: Path
) -> None:
    prepared = program(PREPARE)
    assert prepared.status == 0, prepared.err
    told = prepared.out.split()
    signs = [str(tmp_path / "one"), str(tmp_path / "other")]
    run = [
        subprocess.Popen(
            [sys.executable, "-c", MOVE, *own, *given],
            stderr=subprocess.PIPE,
            env=os.environ,
            text=True,
        )
        for own, given in ((signs, told[:2]), (signs[::-1], told[2:]))
    ]
    for process in run:
        _out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
    assert sorted(program(WHERE).out.split()) == ["byraadet", "jobudvalget"]
