"""Backups: the whole archive in one file, made while it runs, and put back whole or not at all.

The file is a zip. Beside the manifest it holds the database, the files of attachments, the
municipality's own KLE, and the site's secret key, without which links in mails that were sent
would no longer be known. It is as
confidential as the data folder: documents that are held back are in it.

The database is a copy of the SQLite file, or every table's rows as JSON Lines (`portable`), which
go into SQLite and PostgreSQL alike. An archive on PostgreSQL is always backed up as rows.
"""

from __future__ import annotations

from .manifest import Manifest, Unusable
from .restoring import restore
from .writing import backup

__all__ = ["Manifest", "Unusable", "backup", "restore"]
