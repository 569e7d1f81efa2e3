"""PDF files printed by headless Chromium from web pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@contextmanager
def started() -> Iterator[Browser]:
    """A browser that prints; starting one takes longer than printing."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("Chromium is not installed, which prints the web pages to PDF")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        yield browser
        browser.close()


def rendered(page: bytes, folder: Path, browser: Browser) -> bytes:
    """The bytes of a PDF file that the browser prints of `page`; works in `folder`."""
    source = folder / "page.html"
    source.write_bytes(page)
    shown = browser.new_page()
    shown.goto(source.as_uri())
    printed = shown.pdf(prefer_css_page_size=True, tagged=True)
    shown.close()
    return printed
