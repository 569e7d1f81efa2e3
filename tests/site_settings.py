"""Settings of the site under test: the project's own, with a data folder that is thrown away."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="sagsgang-test-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["SAGSGANG_DATA"] = _folder

from sagsgang.web.settings import *  # noqa: E402, F403

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Tests sign in often, and test passwords need no strength against guessing.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Without ORDER BY a database may answer in any order, and PostgreSQL does: SQLite is told to
# answer such a query backwards, so that a list whose order somebody relies on is found here.
if "init_command" in DATABASES["default"].get("OPTIONS", {}):  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA reverse_unordered_selects=ON;"  # noqa: F405
