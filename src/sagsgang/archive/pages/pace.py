"""How often one address may ask for what is dear to answer.

The processes of the site count together, in a file in the data folder (`purses`). It costs no
question to the database, and nothing is written down about who asked.
"""

from __future__ import annotations

import functools
import ipaddress
import math
import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from .page import Page, shown
from .purses import Purses

_MINUTE: Final = 60.0


class Pace:
    """A purse for each address: a question costs one coin, and coins come back with time.

    `name` is of what is asked for. The clock is the machine's, which is the same for all processes.
    """

    def __init__(self, name: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._name = name
        self._clock = clock

    def wait(self, address: str, a_minute: int) -> int:
        """The whole seconds until the address may ask again; 0 where it may now, and has.

        An address may ask `a_minute` times at once, and then as often as that makes on average;
        at 0 there is no limit.
        """
        if a_minute <= 0:
            return 0
        now, rate = self._clock(), a_minute / _MINUTE
        left = 0.0

        def spent(coins: float, then: float) -> tuple[float, float]:
            nonlocal left
            # Whoever was not here before has a full purse, as has everybody after a new start.
            fresh = not 0 < then <= now
            left = a_minute if fresh else min(a_minute, coins + (now - then) * rate)
            return (left - 1 if left >= 1 else left), now

        self._purses.change(address, spent)
        return 0 if left >= 1 else math.ceil((1 - left) / rate)

    @cached_property
    def _purses(self) -> Purses:
        return Purses(Path(settings.DATA) / f"pace-{self._name}", settings.SECRET_KEY)


_PACE: Final = Pace("searches")

View = Callable[..., HttpResponse]


def paced(view: View) -> View:
    """A view that answers 429, in words, to an address that asks too often."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *arguments: object, **named: object) -> HttpResponse:
        seconds = _PACE.wait(asker(request), settings.SEARCHES_PER_MINUTE)
        return too_many(request, seconds) if seconds else view(request, *arguments, **named)

    return answer


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """The page that asks to wait so many seconds."""
    page = Page(title=_("Det går lidt for stærkt"), indexed=False)
    response = shown(request, "errors/429.html", page, status=429, seconds=seconds)
    response["Retry-After"] = str(seconds)
    return response


def asker(request: HttpRequest) -> str:
    """Who asks: the address, or the network of 64 bits that an IPv6 address belongs to.

    Behind proxies that are known (`PROXIES`), what the outermost of them saw.
    """
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    if 0 < settings.PROXIES <= len(forwarded):
        address = forwarded[-settings.PROXIES].strip()
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if known.version == 6:
        return str(ipaddress.ip_network((known, 64), strict=False))
    return str(known)
