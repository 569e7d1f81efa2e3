"""The Django app of cases."""

from __future__ import annotations

from functools import partial

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class Cases(AppConfig):
    """Cases, accounts and the log."""

    name = "sagsgang.cases"
    label = "cases"

    def ready(self) -> None:
        """Sees to it that the tables are watched whenever they have been changed."""
        from sagsgang.archive.backups import restoring
        from sagsgang.bodies import logged

        from .log import action, triggers

        triggers.connect()
        logged.by(partial(action, None))
        # SQLite alters no table of which a trigger names a column that goes.
        pre_migrate.connect(triggers.remove_for_changes, sender=self)
        post_migrate.connect(triggers.install, sender=self)
        restoring.replacing_rows.connect(triggers.remove)
        restoring.rows_replaced.connect(triggers.install)
