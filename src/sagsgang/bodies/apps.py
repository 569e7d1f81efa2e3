"""The Django app of municipalities, bodies and people."""

from __future__ import annotations

from django.apps import AppConfig


class Bodies(AppConfig):
    """Municipalities, bodies and people."""

    name = "sagsgang.bodies"
    label = "bodies"
