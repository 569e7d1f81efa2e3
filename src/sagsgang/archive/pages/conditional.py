"""Whether a reader has the page already: what it was made from is told by one look.

All that the archive's pages show comes from publications, and each publication moves a meeting's
`changed_at`. The latest of these, the day (which is marked on lines of time), the language and
the program's version tell one state of a page from another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import condition, require_safe

from sagsgang import __version__

from ..models import Meeting

View = Callable[..., HttpResponse]


def fresh(view: View) -> View:
    """A view that answers 304 to a reader who has the page as it is now, and is safe to repeat."""

    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        changed = _last_change()
        conditional = condition(
            etag_func=lambda *_args, **_named: _mark(request, changed),
            last_modified_func=lambda *_args, **_named: changed,
        )
        response = conditional(view)(request, *args, **named)
        # Kept, but asked about each time: a correction must be seen when it is published.
        patch_cache_control(response, no_cache=True)
        return response

    return answered


def _last_change() -> datetime | None:
    return Meeting.objects.order_by("-changed_at").values_list("changed_at", flat=True).first()


def _mark(request: HttpRequest, changed: datetime | None) -> str:
    htmx = request.headers.get("HX-Request", "")
    seen = (
        changed,
        timezone.localdate(),
        get_language(),
        __version__,
        request.get_full_path(),
        htmx,
    )
    return f'"{hashlib.sha256(repr(seen).encode()).hexdigest()[:24]}"'
