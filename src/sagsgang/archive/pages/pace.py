"""How often one address may ask for what is dear to answer.

Each process of the site counts for itself, in memory: with four processes an address may ask up to
four times as often as the setting says. That is enough against one who asks without end, costs no
question to the database, and leaves nothing written down about who searched.
"""

from __future__ import annotations

import functools
import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from .page import Page, shown

_MOST_ADDRESSES: Final = 10_000
_MINUTE: Final = 60.0


class Pace:
    """A purse for each address: a question costs one coin, and coins come back with time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._purses: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, address: str, a_minute: int) -> int:
        """The whole seconds until the address may ask again; 0 where it may now, and has.

        An address may ask `a_minute` times at once, and then as often as that makes on average;
        at 0 there is no limit.
        """
        if a_minute <= 0:
            return 0
        now, rate = self._clock(), a_minute / _MINUTE
        with self._lock:
            coins, then = self._purses.pop(address, (float(a_minute), now))
            coins = min(a_minute, coins + (now - then) * rate)
            may = coins >= 1
            self._purses[address] = (coins - 1 if may else coins, now)
            if len(self._purses) > _MOST_ADDRESSES:
                self._purses.popitem(last=False)
        return 0 if may else math.ceil((1 - coins) / rate)


_PACE: Final = Pace()

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
