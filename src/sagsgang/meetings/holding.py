"""Meetings that an action holds while it changes them, and what lies in them.

Whoever holds two takes them in the order of their keys. In any other order two that move items
between the same meetings, each the other way, would each hold what the other waits for. After the
meetings come items, and after those the cases' treatments.
"""

from __future__ import annotations

from django.db.models import Q

from .models import Meeting


def held(which: Q) -> dict[int, Meeting]:
    """The meetings, by their keys, that nobody else changes until the transaction ends."""
    rows = Meeting.objects.select_for_update().filter(which).order_by("pk")
    return {one.pk: one for one in rows}
