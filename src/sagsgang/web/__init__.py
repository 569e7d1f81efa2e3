"""The shell of the site: settings, addresses, base templates, static files.

`ready` sets the program up for one data folder; every command that touches the archive begins
with it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from .folder import FolderUnusable, data_folder

__all__ = ["FolderUnusable", "data_folder", "ready"]

SETTINGS: Final = "sagsgang.web.settings"


def ready(data: Path | None = None) -> Path:
    """The data folder, made if it is not there, with the database brought up to date.

    `data` is a folder; without it `SAGSGANG_DATA`, otherwise the user's own data folder.

    Raises:
        FolderUnusable: the folder cannot be made or written to.
    """
    folder = data_folder(data)
    os.environ["SAGSGANG_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS

    import django

    django.setup()
    from .database import bring_up_to_date

    bring_up_to_date()
    return folder
