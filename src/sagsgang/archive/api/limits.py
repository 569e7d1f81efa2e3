"""How often one reader may ask."""

from __future__ import annotations

import threading

from django.conf import settings
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from sagsgang.archive.pages.pace import Pace, asker


class PerReader(BaseThrottle):
    """So many requests a minute from one address as the setting of this name says."""

    def __init__(self, setting: str) -> None:
        self._setting = setting
        self._pace = Pace(f"api-{setting.lower()}")
        self._answer = threading.local()

    def allow_request(self, request: HttpRequest) -> bool:
        """Whether the reader may ask now."""
        self._answer.seconds = self._pace.wait(asker(request), getattr(settings, self._setting))
        return not self._answer.seconds

    def wait(self) -> float:
        """The seconds to wait, for the request that was refused last."""
        return float(self._answer.seconds)
