"""The manifest in a folder that `--out` named: which document each file there was written from."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

MANIFEST: Final = ".sagsgang-read.json"
_FORMAT: Final = 1


class Stamp(NamedTuple):
    """What a file was when it was read: bytes, time of its last change (ns), SHA-256."""

    size: int
    changed: int
    sha256: str


class Entry(NamedTuple):
    """What a file in the folder was written from, and how (a fingerprint of the options)."""

    source: str
    stamp: Stamp
    settings: str


def load(folder: Path) -> dict[str, Entry]:
    """The manifest of a folder: file name to what it was written from.

    One that is not there, cannot be read or is of another format counts for nothing.
    """
    try:
        data = json.loads((folder / MANIFEST).read_bytes())
        if data["format"] != _FORMAT:
            return {}
        files = data["files"].items()
        return {name: _entry(value) for name, value in files if safe(name) == name}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def text(entries: Mapping[str, Entry]) -> Iterator[bytes]:
    """A manifest as JSON, an entry on each line."""
    yield f'{{"format": {_FORMAT}, "files": {{'.encode()
    before = "\n"
    for name, (source, stamp, settings) in sorted(entries.items()):
        entry = {
            "source": source,
            "size": stamp.size,
            "mtime_ns": stamp.changed,
            "sha256": stamp.sha256,
            "settings": settings,
        }
        yield f"{before}{json.dumps(name)}: {json.dumps(entry)}".encode("ascii")
        before = ",\n"
    yield b"\n}}\n"


def paths(folder: Path, names: Iterable[str]) -> set[str]:
    """Absolute paths of files in a folder, by the names that its manifest has."""
    root = os.path.abspath(folder)  # noqa: PTH100 (links are left as they are)
    return {os.path.join(root, *name.split("/")) for name in names}  # noqa: PTH118 (speed)


def written_here(folder: Path) -> set[str]:
    """Absolute paths of the files in a folder that were written from other files in it."""
    root = os.path.join(os.path.abspath(folder), "")  # noqa: PTH100, PTH118
    entries = load(folder).items()
    return paths(folder, (name for name, entry in entries if entry.source.startswith(root)))


def written(folder: Path) -> set[str]:
    """Absolute paths of the files in a folder that its manifest knows."""
    return paths(folder, load(folder))


def safe(relative: str) -> str:
    """A relative path that stays within the folder, and hides no file."""
    parts = [part.lstrip(".") for part in relative.replace("\\", "/").split("/")]
    return "/".join(part for part in parts if part) or "dokument"


def _entry(value: Mapping[str, Any]) -> Entry:
    stamp = Stamp(int(value["size"]), int(value["mtime_ns"]), str(value["sha256"]))
    return Entry(str(value["source"]), stamp, cast(str, value["settings"]))
