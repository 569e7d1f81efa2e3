"""What older versions of the program made anew each time, and is kept now.

That is the outline of the meetings that were called then, and the minutes of those that are over.
"""

from __future__ import annotations

import logging
from typing import Final

from django.db import transaction

from sagsgang.cases import log
from sagsgang.cases.outline import Outline

from .models import Meeting

_LOG: Final = logging.getLogger(__name__)


def keep_from_before() -> None:
    """Keeps it, and tells the log; where nothing is lacking, nothing is done.

    A meeting that cannot be printed is told of to whoever runs the site, and keeps nobody out.
    """
    called = Meeting.objects.exclude(state=Meeting.PLANNED).order_by("pk")
    without_outline = list(called.filter(kept_outline__isnull=True))
    without_minutes = list(
        called.filter(state__in=Meeting.OVER, kept=None).values_list("pk", flat=True)
    )
    if without_outline or without_minutes:
        # What prints documents takes a while to come: most of the time it is not needed here.
        from . import documents, kept_minutes

        for meeting in without_outline:
            _keep(meeting, documents.outline_of(meeting))
        for meeting in Meeting.objects.filter(pk__in=without_minutes).order_by("pk"):
            try:
                with transaction.atomic():
                    kept_minutes.latest(meeting)
            except Exception:  # whatever is wrong with one meeting, the others are kept
                _LOG.exception("The minutes of %s could not be kept", meeting)


def _keep(meeting: Meeting, outline: Outline) -> None:
    with log.action(None, "meeting.keep_outline", meeting):
        stored = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if stored.kept_outline is None:
            stored.kept_outline = outline.kept()
            stored.save(update_fields=["kept_outline"])
