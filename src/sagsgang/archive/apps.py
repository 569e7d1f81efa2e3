"""The Django app of the public archive."""

from __future__ import annotations

from django.apps import AppConfig


class Archive(AppConfig):
    """What is public."""

    name = "sagsgang.archive"
    label = "archive"
