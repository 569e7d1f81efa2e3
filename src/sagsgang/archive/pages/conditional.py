"""Whether a reader has the page already: what it was made from is told by one look.

All that the archive's pages show comes from publications, and each publication is a new edition of
its municipality (`editions`). The edition, the day (which is marked on lines of time), the language
and the program's version tell one state of a page from another. No time is told: two changes may
come in one second.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import condition, require_safe

from sagsgang import __version__

from ..editions import edition_of

View = Callable[..., HttpResponse]


def fresh(view: View) -> View:
    """A view of one municipality: who has the page as it is now gets 304."""
    return _conditional(view, lambda named: edition_of(named["municipality"]))


def fresh_everywhere(view: View) -> View:
    """A view that also shows other municipalities: who has the page as it is now gets 304."""
    return _conditional(view, lambda _named: edition_of())


def _conditional(view: View, edition: Callable[[dict[str, Any]], int | None]) -> View:
    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, **named: Any) -> HttpResponse:
        # Asked before the page is made: it may be newer than its mark, and never older.
        mark = _mark(request, edition(named))
        response = condition(etag_func=lambda *_args, **_named: mark)(view)(request, **named)
        # Kept, but asked about each time: a correction must be seen when it is published.
        patch_cache_control(response, no_cache=True)
        return response

    return answered


def _mark(request: HttpRequest, edition: int | None) -> str:
    htmx = request.headers.get("HX-Request", "")
    seen = (
        edition,
        timezone.localdate(),
        get_language(),
        __version__,
        request.get_full_path(),
        htmx,
    )
    return f'"{hashlib.sha256(repr(seen).encode()).hexdigest()[:24]}"'
