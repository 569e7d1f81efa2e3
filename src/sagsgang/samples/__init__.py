"""The sample documents: invented minutes of one committee, printed in the ways that are common.

Lindvig Kommune, its committee and everyone named in the documents are invented. Ten documents,
from autumn 2025 to autumn 2026, each in a printed style of its own, as the file's name says.
"""

from __future__ import annotations

from pathlib import Path

_FORMATS = frozenset({".md", ".txt"})


def folder() -> Path:
    """The folder that the sample documents lie in."""
    return Path(__file__).resolve().parent


def paths() -> list[Path]:
    """The sample documents in order: by the number that begins their names."""
    return sorted(path for path in folder().iterdir() if path.suffix in _FORMATS)
