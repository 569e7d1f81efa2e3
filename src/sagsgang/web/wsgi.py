"""The site as a WSGI application, for any server that speaks it."""

from __future__ import annotations

import os
from contextlib import suppress
from threading import Thread

import django
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sagsgang.web.settings")
django.setup()

from .static_files import gather  # noqa: E402  its storage reads the settings

gather()
application = get_wsgi_application()


def warm() -> None:
    """Loads what the first reader would wait for: the pages' code and the words of the search."""
    from django.urls import get_resolver

    from sagsgang.archive.search import state

    get_resolver().check()
    with suppress(DatabaseError):
        state.analyser().word("beskæftigelse")
    connection.close()


Thread(target=warm, daemon=True).start()
