"""What the main groups of KLE are called, told by the municipality's own copy of KLE.

KLE is KL's copyright, so no text of it comes with the program: only numbers are read out of case
numbers. A municipality that has KLE puts its subject plan (XML) in the data folder as `kle.xml`.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from lxml import etree

FILE: Final = "kle.xml"
_NUMBER: Final = re.compile(r"\d\d")
_LONGEST: Final = 200

logger = logging.getLogger(__name__)


def main_groups() -> Mapping[str, str]:
    """The names of main groups by their two digits; empty where there is no file of them."""
    path = Path(settings.DATA) / FILE
    try:
        found = path.stat()
    except OSError:
        return {}
    return _read(path, found.st_mtime_ns, found.st_size)


def named(number: str) -> str:
    """A main group with its name, where it is known: `15 Navnet`."""
    name = main_groups().get(number)
    return f"{number} {name}" if name else number


@lru_cache(maxsize=4)
def _read(path: Path, _time: int, _size: int) -> Mapping[str, str]:
    """The names in a file, which is read once; a file that cannot be read is as none."""
    try:
        return dict(_groups(path))
    except (OSError, etree.XMLSyntaxError) as error:
        logger.warning("%s cannot be read: %s", path, error)
        return {}


def _groups(path: Path) -> Iterator[tuple[str, str]]:
    events = etree.iterparse(
        path, tag="{*}Hovedgruppe", resolve_entities=False, no_network=True, load_dtd=False
    )
    for _, group in events:
        number = (group.findtext("{*}HovedgruppeNr") or "").strip()
        title = " ".join((group.findtext("{*}HovedgruppeTitel") or "").split())
        if _NUMBER.fullmatch(number) and title:
            yield number, title[:_LONGEST]
        group.clear()
