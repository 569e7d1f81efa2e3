"""The Django app of meetings."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class Meetings(AppConfig):
    """Agenda, the meeting itself, minutes and signatures."""

    name = "sagsgang.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Sees to it that the tables are watched whenever they have been changed."""
        from sagsgang.cases.log import triggers

        post_migrate.connect(triggers.install, sender=self)
