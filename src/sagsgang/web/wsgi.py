"""The site as a WSGI application, for any server that speaks it."""

from __future__ import annotations

import os

import django
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sagsgang.web.settings")
django.setup()

from .static_files import gather  # noqa: E402  its storage reads the settings

gather()
application = get_wsgi_application()
