"""PDF files printed by headless Chromium from web pages."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

_TIME_LIMIT = 60


@cache
def _program() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def rendered(page: bytes, folder: Path) -> bytes:
    """The bytes of a PDF file that Chromium prints of `page`; works in `folder`."""
    program = _program()
    if program is None:
        pytest.skip("Chromium is not installed, which prints the web pages to PDF")
    source, printed = folder / "page.html", folder / "page.pdf"
    source.write_bytes(page)
    command = [
        program,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-pdf-header-footer",
        f"--user-data-dir={folder / 'profile'}",
        f"--print-to-pdf={printed}",
        source.as_uri(),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=_TIME_LIMIT)
    return printed.read_bytes()
