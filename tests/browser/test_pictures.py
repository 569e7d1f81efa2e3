"""The pictures of the site in the guide, taken of the demo.

`UPDATE_PICTURES=1 make test` takes them anew. Browsers draw letters a little differently, so what
is compared is not their pixels: it is that each page is there, and that its picture has its size.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from .conftest import PROJECT, filled

PICTURES = PROJECT / "docs" / "pictures"
SAMPLES = PROJECT / "src" / "sagsgang" / "samples"
NAME = "Lindvig Kommunes referater (opdigtede)"
SIZE = {"width": 1200, "height": 900}
COMMITTEE = "/lindvig/beskaeftigelses-og-erhvervsudvalget/"
PAGES = {
    "front": "/",
    "committee": COMMITTEE,
    "item": f"{COMMITTEE}2026-09-09/58/",
    "search": "/soeg/?q=ledig",
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    importing = ("sagsgang", "import", str(SAMPLES), "--name", NAME)
    with filled(tmp_path_factory.mktemp("demo"), *importing) as (root, _told):
        yield root


@pytest.mark.parametrize("name", PAGES)
def test_the_picture_is_of_a_page_that_there_is(chromium: Browser, demo: str, name: str) -> None:
    page = chromium.new_page(viewport=SIZE)
    answer = page.goto(demo + PAGES[name], wait_until="networkidle")
    assert answer is not None
    assert answer.status == 200
    file = PICTURES / f"{name}.png"
    if os.environ.get("UPDATE_PICTURES"):
        page.screenshot(path=file)
    page.close()
    assert size_of(file) == (SIZE["width"], SIZE["height"])


def size_of(picture: Path) -> tuple[int, int]:
    """Width and height of a PNG file."""
    head = picture.read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    return struct.unpack(">II", head[16:24])
