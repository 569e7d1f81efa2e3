"""A FirstAgenda service for tests, and a clock that nobody waits for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from sagsgang.archive.harvest.clock import Clock

from ..firstagenda_server import FirstAgenda, running


class PatientClock(Clock):
    """Time that goes on only when somebody sleeps, and what they slept."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self._seconds = 1000.0

    def now(self) -> dt.datetime:
        start = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)
        return start + dt.timedelta(seconds=self._seconds - 1000)

    def elapsed(self) -> float:
        return self._seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self._seconds += seconds

    def chance(self) -> float:
        return 0.5


@pytest.fixture
def clock() -> PatientClock:
    return PatientClock()


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[FirstAgenda]:
    monkeypatch.setenv("no_proxy", "*")
    with running() as service:
        yield service
