"""Where a document stood in the archive that it was exported from: the object `archive`.

By it, a document that comes back, or comes to another archive, keeps its version and address.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple, Self

from .strands import MAIN, strand_at

_BEGINS: Final = re.compile(r'\s*\{\s*"archive"\s*:\s*')
_MOST: Final = 1_000_000
_SLUG: Final = "[a-z0-9-]{1,120}"
_ID: Final = re.compile(
    rf"(?P<body>{_SLUG}/{_SLUG})/(?P<meeting>\d{{4}}-\d\d-\d\d(?:-kl-\d{{4}})?)(?:/(?P<strand>.+))?"
)
HEAD: Final = 4096
"""How many bytes at the beginning of a line hold the object."""


class Archived(NamedTuple):
    """The place of a document: `body` and `meeting` as in addresses, its strand and version.

    `sha256` is that of the document which stood there, and `address` that of the version.
    """

    body: str
    meeting: str
    strand: str
    version: int
    sha256: str
    address: str
    published_at: str

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self | None:
        """The place that an object `archive` tells; `None` where it is not one of ours."""
        try:
            found = _ID.fullmatch(given["id"])
            version, sha256, address = given["version"], given["sha256"], given["address"]
            published_at = datetime.datetime.fromisoformat(given["published_at"])
            strand = strand_at(found["strand"]) if found and found["strand"] else MAIN
        except (KeyError, TypeError, ValueError):
            return None
        if not found or type(version) is not int or not 1 <= version <= _MOST:
            return None
        if not isinstance(address, str) or published_at.tzinfo is None:
            return None
        return cls(
            found["body"],
            found["meeting"],
            strand,
            version,
            sha256,
            address[:1000],
            published_at.isoformat(),
        )

    def is_after(self, moment: datetime.datetime) -> bool:
        """Whether it was published after a moment."""
        return datetime.datetime.fromisoformat(self.published_at) > moment


def archived_in(head: bytes) -> Archived | None:
    """The place that the beginning of an exported line tells."""
    text = head.decode("utf-8", "replace")
    begins = _BEGINS.match(text)
    if not begins:
        return None
    try:
        given, _ = json.JSONDecoder().raw_decode(text, begins.end())
    except ValueError:
        return None
    return Archived.of(given) if isinstance(given, dict) else None
