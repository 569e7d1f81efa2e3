"""What a folder or a file of documents has that an import is to read, and what it has already.

A file is known again by its size and time, or by its SHA-256 where only its time is another. A file
that holds a meeting on each line (JSON Lines) is known in the same way, and its lines by theirs, so
that one line more costs one document more.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from .models import Seen, Source

LINES: Final = frozenset({".jsonl", ".ndjson"})
"""Endings of files with a document on each line."""

_OWN: Final = b'"format_version"'
_BETWEEN: Final = "//"
"""Parts a line's hash from its file's path, in which it never stands."""
_LONGEST_KEY: Final = 500


class File(NamedTuple):
    """A file of the source: `relative` is its path in it, with `/` between the parts."""

    path: str
    relative: str
    size: int = 0


class Piece(NamedTuple):
    """A document to read: a file, or `part` of one (first byte, bytes).

    `key` is what its source knows it by, `name` what messages call it.
    """

    key: str
    path: str
    name: str
    size: int
    part: tuple[int, int] | None = None

    @property
    def file(self) -> str:
        """What the file that it is in is known by."""
        return self.key.rpartition(_BETWEEN)[0] if self.part else self.key


class Known(NamedTuple):
    """What is noted of a document that was seen before."""

    mark: str
    published: bool


@dataclass(slots=True)
class Survey:
    """What a source has now: documents `to_read`, and how many are unchanged.

    `whole` tells whether everything that the source has was looked at. `touched` are new marks of
    files of which only the time has changed, `lined` the marks of files with documents on their
    lines, to be noted when all of those are in the archive. `missing` are keys of documents that
    the source had before.
    """

    source: Source
    settings: str
    whole: bool
    to_read: list[Piece] = field(default_factory=list)
    unchanged: int = 0
    touched: dict[str, str] = field(default_factory=dict)
    lined: dict[str, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)

    @property
    def total(self) -> int:
        """How many documents there are."""
        return self.unchanged + len(self.to_read)


def survey(source: Source, files: Iterable[File], *, settings: str, whole: bool) -> Survey:
    """What is to be read of the files, in their order.

    `settings` is a fingerprint of all that a document depends on beside its file.

    Raises:
        OSError: a file with documents on its lines cannot be read to its end.
    """
    known = {
        key: Known(mark, publication is not None)
        for key, mark, publication in Seen.objects.filter(source=source)
        .values_list("key", "mark", "publication")
        .iterator()
    }
    found = Survey(source, settings, whole, missing=set(known))
    lines: dict[str, list[str]] = defaultdict(list)
    for key in known:
        file, between, _ = key.rpartition(_BETWEEN)
        if between:
            lines[file].append(key)
    for file in files:
        key = key_of(file.relative)
        if key not in known or not _is_unchanged(found, file, key, known[key]):
            _look_into(found, file, key, known)
        elif known[key].published:
            _pass_over(found, [key])
        else:
            _pass_over(found, lines[key])
            found.missing.discard(key)
    return found


def key_of(relative: str) -> str:
    """What a file is known by: its path in the source, or the beginning of one that is long."""
    if len(relative) <= _LONGEST_KEY - 40:
        return relative
    return f"{relative[: _LONGEST_KEY - 80]}…{_digest(relative.encode('utf-8', 'replace'))}"


def mark_of(size: int, changed: int, sha256: str, settings: str) -> str:
    """What is noted of a file: bytes, time of its last change (ns), hash, and how it was read."""
    return f"{size} {changed} {sha256} {settings}"


def has_lines(path: Path) -> bool:
    """Whether a file holds a document on each line: by its ending, or by its first two lines."""
    if path.suffix.lower() in LINES:
        return True
    if path.suffix.lower() != ".json":
        return False
    with path.open("rb") as file:
        first, second = file.readline(), file.readline()
    return _OWN in first and second.lstrip().startswith(b"{")


def _pass_over(found: Survey, keys: list[str]) -> None:
    found.unchanged += len(keys)
    found.missing.difference_update(keys)


def _is_unchanged(found: Survey, file: File, key: str, known: Known) -> bool:
    size, _, rest = known.mark.partition(" ")
    changed, _, rest = rest.partition(" ")
    sha256, _, settings = rest.partition(" ")
    if settings != found.settings:
        return False
    try:
        now = os.stat(file.path)  # noqa: PTH116 (speed)
        if str(now.st_size) != size:
            return False
        if str(now.st_mtime_ns) == changed:
            return True
        if _hash_of(file.path) != sha256:
            return False
    except OSError:
        return False
    found.touched[key] = mark_of(now.st_size, now.st_mtime_ns, sha256, settings)
    return True


def _look_into(found: Survey, file: File, key: str, known: dict[str, Known]) -> None:
    """Notes what is to be read of a file that is new or has changed."""
    try:
        lined = has_lines(Path(file.path))
    except OSError:
        lined = False  # who reads it tells what is wrong with it
    if lined:
        found.missing.discard(key)
        for piece in _lines(found, file, key):
            found.missing.discard(piece.key)
            if known.get(piece.key) == (found.settings, True):
                found.unchanged += 1
            else:
                found.to_read.append(piece)
    else:
        found.missing.discard(key)
        found.to_read.append(Piece(key, file.path, file.relative, file.size))


def _lines(found: Survey, file: File, key: str) -> Iterator[Piece]:
    """The documents on the lines of a file, each once; afterwards the file's mark is known."""
    first, whole, seen = 0, hashlib.sha256(), set()
    with Path(file.path).open("rb") as opened:
        changed = os.fstat(opened.fileno()).st_mtime_ns
        for number, line in enumerate(opened, 1):
            whole.update(line)
            digest = _digest(line.strip())
            if line.strip() and digest not in seen:
                seen.add(digest)
                name = f"{file.relative}, linje {number}"
                part = (first, len(line))
                yield Piece(f"{key}{_BETWEEN}{digest}", file.path, name, len(line), part)
            first += len(line)
    found.lined[key] = mark_of(first, changed, whole.hexdigest(), found.settings)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def _hash_of(path: str) -> str:
    with open(path, "rb") as file:  # noqa: PTH123 (speed)
        return hashlib.file_digest(file, "sha256").hexdigest()
