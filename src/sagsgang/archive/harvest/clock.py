"""Time and chance as a harvest meets them; tests bring their own, and do not wait."""

from __future__ import annotations

import datetime as dt
import random
import time


class Clock:
    """The real time, and real waiting."""

    def now(self) -> dt.datetime:
        """The moment, with a zone."""
        return dt.datetime.now(dt.UTC)

    def elapsed(self) -> float:
        """Seconds since some moment, never going back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Waits."""
        time.sleep(seconds)

    def chance(self) -> float:
        """A number from 0 to 1, so that many programs do not come back at the same moment."""
        return random.random()
