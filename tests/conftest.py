"""What all tests share: the real documents beside the project, and how hard hypothesis tries."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Their tests touch the database: they run on SQLite, and once more on PostgreSQL.
DATABASES = {"no_archive", "own_archive", "db", "transactional_db"}
# The longest modules begin, so that no process is left with one at the end. Those that need a
# browser cannot: it keeps a process from using the database afterwards.
LONGEST = ("test_killed.py", "test_seeds.py", "test_leak.py", "test_docs.py")
PROJECT = Path(__file__).resolve().parents[1]
SEEDS = PROJECT.parent / "shared" / "seeds"

# How long the tests wait for what must come: a shared machine is slow now and then.
PATIENCE = 120
# Time is measured by the benchmarks, not by deadlines. What is tried is the same every time, so
# that a test fails for a change and never by chance; `thorough` is there to look for more.
settings.register_profile(
    "default",
    deadline=None,
    max_examples=50,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "thorough", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
if settings.get_current_profile_name() == "default":
    # Else it also tries words and numbers of the modules that happen to be loaded by then.
    providers.HypothesisProvider._local_constants = providers._local_constants


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what touches a database, as it is to run on both, and lets the longest begin.

    Properties run the same lines again and again, which tests of the rules run too: coverage does
    not follow them, as that doubles their time.
    """
    items.sort(key=lambda item: item.path.name not in LONGEST)
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("no_cover")
        fixtures = DATABASES.intersection(getattr(item, "fixturenames", ()))
        if fixtures or any(item.iter_markers("django_db")):
            item.add_marker("archive")


@pytest.fixture(scope="session", autouse=True)
def _no_files_of_the_users(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What the site keeps in its data folder is kept elsewhere while it is tested."""
    from django.conf import settings as site

    site.DATA = tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser for all tests that look or print with one: a process can have one Playwright."""
    from playwright.sync_api import expect, sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        pytest.skip("Chromium is not installed (Debian: sudo apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        browser.on("context", lambda context: context.set_default_timeout(PATIENCE * 1000))
        expect.set_options(timeout=PATIENCE * 1000)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's root folder."""
    return PROJECT


@pytest.fixture(scope="session")
def seeds() -> list[Path]:
    """The five real sets of minutes that lie beside the project, and are no part of it."""
    found = sorted(SEEDS.glob("*.txt"))
    if not found:
        pytest.skip("the real documents are not beside the project (../shared/seeds)")
    return found


@pytest.fixture(scope="module")
def unmeasured() -> Iterator[None]:
    """No coverage in a module's other processes: it doubles their time, and a kill leaves none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
        yield


@pytest.fixture
def no_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where an archive is to be, for commands in processes of their own; they find it themselves.

    Where the tests run on PostgreSQL, there is a new database, with nothing in it.
    """
    with _place(tmp_path / "archive", "template1") as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        yield tmp_path / "archive"


@pytest.fixture
def own_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty_archive: Path
) -> Iterator[Path]:
    """An archive with nothing in it, for commands in processes of their own.

    It is a copy of one that was made, which takes much less time than making it.
    """
    shutil.copytree(empty_archive, tmp_path / "archive")
    with _place(tmp_path / "archive", _name(empty_archive)) as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        yield tmp_path / "archive"


@pytest.fixture(scope="session")
def empty_archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The data folder of an archive with nothing in it, to be copied."""
    folder = tmp_path_factory.mktemp("made") / "archive"
    program = "from sagsgang import web; web.ready()"
    with _place(folder, "template1") as environment:
        subprocess.run([sys.executable, "-c", program], env=os.environ | environment, check=True)
        yield folder


@contextmanager
def _place(folder: Path, template: str) -> Iterator[dict[str, str]]:
    """What the environment says of an archive in that folder.

    On PostgreSQL its database is a copy of `template`, and is there for as long.
    """
    environment = {"SAGSGANG_DATA": str(folder)}
    server = os.environ.get("DATABASE_URL")
    if server is None:
        yield environment
        return
    import psycopg

    name = _name(folder)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        address = urlsplit(server)._replace(path=f"/{name}").geturl()
        yield environment | {"DATABASE_URL": address}
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _name(folder: Path) -> str:
    """What the database of the archive in a folder is called on PostgreSQL."""
    return f"own_{os.getpid()}_{abs(hash(folder)):x}"
