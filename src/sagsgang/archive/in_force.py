"""Which publications are in force, asked of the database."""

from __future__ import annotations

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from .models import Publication
from .strands import MAIN


def _later() -> Exists:
    """Whether a later version of the same document has come."""
    return Exists(
        Publication.objects.filter(
            meeting=OuterRef("meeting"),
            strand=OuterRef("strand"),
            version__gt=OuterRef("version"),
        )
    )


def supplements() -> QuerySet[Publication]:
    """The latest version of each supplementary agenda."""
    return Publication.objects.exclude(strand=MAIN).filter(~_later())


def current() -> ExpressionWrapper:
    """Whether a publication is its meeting's current one, or the latest of a supplement."""
    return ExpressionWrapper(
        Q(meeting__current=F("pk")) | ~Q(strand=MAIN) & Q(~_later()), BooleanField()
    )


def shown() -> Q:
    """Those that a meeting's items come from: its minutes, or its agenda with all supplements."""
    beside = ~Q(strand=MAIN) & ~Q(meeting__kind="minutes")
    return Q(meeting__current=F("pk")) | beside & Q(~_later())
