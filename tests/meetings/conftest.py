from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .house import House, build


@pytest.fixture
def house(db: None, settings: Any, tmp_path: Path) -> House:
    """The house, with its files in a folder of the test's own."""
    settings.WORKING_ROOT, settings.MEDIA_ROOT = tmp_path / "working", tmp_path / "files"
    return build()
