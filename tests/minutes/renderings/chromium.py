"""PDF files printed by headless Chromium from web pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def printed(page: bytes, folder: Path, browser: Browser) -> bytes:
    """The bytes of a PDF file that the browser prints of `page`; works in `folder`."""
    source = folder / "page.html"
    source.write_bytes(page)
    shown = browser.new_page()
    shown.goto(source.as_uri())
    data = shown.pdf(prefer_css_page_size=True, tagged=True)
    shown.close()
    return data
