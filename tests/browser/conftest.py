"""A site with an archive of its own, and Chromium to look at it with.

The site runs as a process of its own, as it does for readers, with the headers and files that they
get. Where Chromium or a page is missing the tests skip and say so.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from bench.serving import PROJECT, served
from playwright.sync_api import Browser, BrowserContext, Page


@dataclass(frozen=True)
class Site:
    """Where the site is, and an address of each kind of page in it."""

    root: str
    addresses: dict[str, str]

    def __getitem__(self, kind: str) -> str:
        return self.root + self.addresses[kind]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with filled(tmp_path_factory.mktemp("site"), "tests.browser.archive") as (root, addresses):
        yield Site(root, json.loads(addresses))


@contextmanager
def filled(data: Path, *module: str) -> Iterator[tuple[str, bytes]]:
    """The address of a running site that a module has filled, and what the module printed."""
    environment = os.environ | {
        "SAGSGANG_DATA": str(data),
        "PYTHONPATH": os.pathsep.join((str(PROJECT / "src"), str(PROJECT))),
    }
    # What answers pages is measured where it answers in the tests' own process.
    environment.pop("COVERAGE_PROCESS_CONFIG", None)
    environment.pop("DATABASE_URL", None)
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    run = subprocess.run(
        [sys.executable, "-m", *module],
        env=environment,
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        check=True,
    )
    with served(environment) as running:
        yield running.root, run.stdout


@pytest.fixture
def context(chromium: Browser, site: Site) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=site.root, viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
