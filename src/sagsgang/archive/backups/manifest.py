"""What a backup says of itself: which program made it, when, and the hash of everything in it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from django.db import connections
from django.db.migrations.loader import MigrationLoader

FORMAT: Final = 1
NAME: Final = "manifest.json"
DATABASE: Final = "sagsgang.sqlite3"
KEY: Final = "secret-key"
HEADS: Final = "log-heads"
"""The heads of the working house's log."""
ROWS: Final = "rows/"
FILES: Final = "files/"
WORKING_FILES: Final = "working-files/"

Kind = Literal["sqlite", "rows"]

_ENTRY: Final = re.compile(
    r"sagsgang\.sqlite3|secret-key|log-heads|kle\.xml|rows/[a-z_]+\.[a-z_]+\.jsonl|(?:working-)?files/[0-9a-f]{2}/[0-9a-f]{62}"
)
_HASH: Final = re.compile(r"[0-9a-f]{64}")


class Unusable(Exception):
    """A backup that cannot be put back, in both languages."""

    def __init__(self, danish: str, english: str) -> None:
        super().__init__(danish)
        self.danish = danish
        self.english = english


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a backup: `entries` are SHA-256 by the names in the zip.

    `lost` are hashes of attachments' files that were not in the store when it was made.
    """

    kind: Kind
    made_at: str
    program: str
    migrations: tuple[str, ...]
    publications: int
    lost: tuple[str, ...]
    entries: Mapping[str, str]

    def to_json(self) -> str:
        """The text of the manifest."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: bytes) -> Manifest:
        """The manifest.

        Raises:
            Unusable: it is not one, or the backup was made by a newer program.
        """
        try:
            given = json.loads(text)
            if given.pop("format") != FORMAT:
                raise _newer(given["program"])
            given["migrations"] = tuple(given["migrations"])
            manifest = cls(**{**given, "lost": tuple(given["lost"])})
            good = all(_is_entry(*entry) for entry in manifest.entries.items())
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise no_backup() from error
        if not good or manifest.kind not in ("sqlite", "rows"):
            raise no_backup()
        if not set(manifest.migrations) <= set(known_migrations()):
            raise _newer(manifest.program)
        return manifest


def _is_entry(name: Any, sha256: Any) -> bool:
    return bool(_ENTRY.fullmatch(name) and _HASH.fullmatch(sha256))


def known_migrations() -> list[str]:
    """The changes of the database that this program knows, as `archive.0001_initial`."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return sorted(f"{app}.{name}" for app, name in loader.disk_migrations)


def applied_migrations(using: str) -> tuple[str, ...]:
    """Those that have been carried out in the database."""
    applied = MigrationLoader(connections[using]).applied_migrations
    return tuple(sorted(f"{app}.{name}" for app, name in applied))


def no_backup() -> Unusable:
    """What to say of a file that is none of ours."""
    return Unusable(
        "Filen er ikke en sikkerhedskopi fra Sagsgang, eller den er ikke hel.",
        "The file is not a backup made by Sagsgang, or it is not whole.",
    )


def _newer(program: str) -> Unusable:
    return Unusable(
        f"Sikkerhedskopien er lavet af en nyere udgave af Sagsgang ({program}). Opdatér "
        "programmet, og prøv igen.",
        f"The backup was made by a newer version of Sagsgang ({program}). Update the program, and "
        "try again.",
    )
