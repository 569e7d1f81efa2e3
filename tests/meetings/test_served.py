"""A sitting as it is served: many read, two write at the same items, and the site is killed."""

from __future__ import annotations

import os
import random
import time
from functools import partial
from pathlib import Path

import pytest
from bench.serving import PATIENCE, Served, reserved, served
from bench.sitting import Sitting, made
from tests.archive.processes import command

pytestmark = [
    pytest.mark.usefixtures("unmeasured"),
    pytest.mark.skipif(os.name != "posix", reason="kill -9"),
]
MEMBERS, ITEMS, WORDS = 6, 6, 3


def test_nothing_that_was_acknowledged_is_lost(own_archive: Path, tmp_path: Path) -> None:
    told = made(os.environ, MEMBERS, ITEMS)
    items, errors = told["items"], tmp_path / "errors"
    with reserved() as port, served(os.environ, workers=2, port=port, errors=errors) as site:
        sitting = Sitting(site.root, told)
        sitting.hold(items[:3], WORDS)
        assert sitting.faults == []
        assert sitting.lost() == []
        assert "ERROR" not in errors.read_text("utf-8")
        sitting.hold(items[3:], WORDS, meanwhile=partial(kill, site, sitting))
        with served(os.environ, port=port):
            assert sitting.lost() == []
    assert command("audit", "verify").status == 0


def kill(site: Served, sitting: Sitting) -> None:
    """Ends the site while the secretaries write and decide."""
    enough = sitting.acknowledged + random.randint(2, 3 * WORDS)
    end = time.monotonic() + PATIENCE
    while sitting.acknowledged < enough and time.monotonic() < end:
        time.sleep(0.002)
    site.kill()
