"""KLE, KL's subject classification, as the municipality's own copy of it tells.

KLE is KL's copyright, so no text of it comes with the program: only numbers are read out of case
numbers. A municipality that has KLE hands in its subject plan, the XML that KL publishes at
api.kle-online.dk (`Hovedgruppe`, `Gruppe` and `Emne`, each with number, title, and in
`…AdministrativInfo/Historisk/UdgaaetDato` when it ended). It lies in the data folder as `kle.xml`.
"""

from __future__ import annotations

import io
import logging
import os
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from django.conf import settings
from django.utils import timezone
from lxml import etree

FILE: Final = "kle.xml"
MOST: Final = 12
"""Subjects that a search finds at once."""
_GROUP: Final = re.compile(r"\d\d")
_SUBJECT: Final = re.compile(r"\d\d\.\d\d\.\d\d")
_DAY: Final = len("2026-01-01")
_LONGEST: Final = 200

logger = logging.getLogger(__name__)


class Subject(NamedTuple):
    """A subject; `ended` is the day since when its number is not to be used, if there is one."""

    number: str
    title: str
    ended: date | None = None

    @property
    def is_over(self) -> bool:
        """Whether it has ended by today."""
        return self.ended is not None and self.ended <= timezone.localdate()


class Plan(NamedTuple):
    """A subject plan: the titles of main groups by two digits, and subjects by number."""

    main_groups: Mapping[str, str]
    subjects: Mapping[str, Subject]


class NoPlan(ValueError):
    """A file is no subject plan."""


_NOTHING: Final = Plan({}, {})


def plan() -> Plan:
    """The municipality's subject plan; empty where there is no file, or none that can be read."""
    path = Path(settings.DATA) / FILE
    try:
        found = path.stat()
    except OSError:
        return _NOTHING
    return _read(path, found.st_mtime_ns, found.st_size)


def named(number: str) -> str:
    """A main group with its name, where it is known: `15 Navnet`."""
    name = plan().main_groups.get(number)
    return f"{number} {name}" if name else number


def subject(number: str) -> Subject | None:
    """The subject with that number, where it is in the plan."""
    return plan().subjects.get(number)


def found(asked: str) -> list[Subject]:
    """The subjects in use whose number begins as asked, or whose title has all words of it."""
    asked = " ".join(asked.lower().split())
    if not asked:
        return []
    in_use = [one for one in plan().subjects.values() if not one.is_over]
    numbered = [one for one in in_use if one.number.startswith(asked)]
    worded = [one for one in in_use if all(word in one.title.lower() for word in asked.split())]
    worded.sort(key=lambda one: (not one.title.lower().startswith(asked), one.number))
    return (sorted(numbered, key=lambda one: one.number) or worded)[:MOST]


def take_in(data: bytes) -> Plan:
    """The plan in the data, which is the municipality's from now on.

    Raises:
        NoPlan: it has no subjects in it, and what there was stays.
    """
    try:
        taken = _plan_in(io.BytesIO(data))
    except etree.XMLSyntaxError as error:
        raise NoPlan(str(error)) from error
    if not taken.subjects:
        raise NoPlan(FILE)
    path = Path(settings.DATA) / FILE
    part = path.with_name(f"{FILE}.{os.getpid()}")
    part.write_bytes(data)
    part.replace(path)
    return taken


@lru_cache(maxsize=4)
def _read(path: Path, _time: int, _size: int) -> Plan:
    """The plan in a file, which is read once; a file that cannot be read is as none."""
    try:
        with path.open("rb") as file:
            return _plan_in(file)
    except (OSError, etree.XMLSyntaxError) as error:
        logger.warning("%s cannot be read: %s", path, error)
        return _NOTHING


def _plan_in(file: BinaryIO) -> Plan:
    main_groups: dict[str, str] = {}
    subjects: dict[str, Subject] = {}
    events = etree.iterparse(
        file, tag="{*}Hovedgruppe", resolve_entities=False, no_network=True, load_dtd=False
    )
    for _, group in events:
        number, title = _text(group, "HovedgruppeNr"), _text(group, "HovedgruppeTitel")
        if _GROUP.fullmatch(number) and title:
            main_groups[number] = title
        over = _ended(group, "Hovedgruppe")
        for part in group.iterfind("{*}Gruppe"):
            part_over = _ended(part, "Gruppe") or over
            for one in part.iterfind("{*}Emne"):
                number, title = _text(one, "EmneNr"), _text(one, "EmneTitel")
                if _SUBJECT.fullmatch(number) and title:
                    subjects[number] = Subject(number, title, _ended(one, "Emne") or part_over)
        group.clear()
    return Plan(main_groups, subjects)


def _ended(element: etree._Element, kind: str) -> date | None:
    written = _text(element, f"{kind}AdministrativInfo/{{*}}Historisk/{{*}}UdgaaetDato")
    try:
        return date.fromisoformat(written[:_DAY])
    except ValueError:
        return None


def _text(element: etree._Element, path: str) -> str:
    return " ".join((element.findtext(f"{{*}}{path}") or "").split())[:_LONGEST]
