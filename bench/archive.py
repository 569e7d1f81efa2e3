"""Speed and memory of the archive at two sizes; where DATABASE_URL is set, on PostgreSQL.

Seconds and milliseconds are those of this machine; the wanted ones were set on one like it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from bench import synthetic
from bench.measuring import Row, sagsgang

SIZES: Final = (2000, 20_000)
"""Meetings; each has twelve items."""
READ: Final = (
    "front", "municipality", "committee", "meeting", "item", "case", "person", "version",
    "versions", "similar cases", "sources", "feed of a municipality", "feed of a committee",
    "feed of a case", "feed of a person",
)  # fmt: skip
PROMISED: Final = dict.fromkeys(READ, 25) | {"search": 50, "search narrowed down": 50}
"""Milliseconds that the median of a kind of page may take."""


def rows(quick: bool) -> Iterator[Row]:
    """Import, pages, sitemaps and export at both sizes; each also compared with the smaller."""
    memory: dict[str, float] = {}
    for meetings in SIZES:
        with archive(meetings // 10 if quick else meetings) as (folder, environment, items):
            size = f"{items} items, {'PostgreSQL' if 'DATABASE_URL' in environment else 'SQLite'}"
            yield from import_rows(folder, environment, size, wanted=items == 24_000)
            yield from page_rows(environment, size)
            yield from streaming_rows(folder, environment, size, memory)


@contextmanager
def archive(meetings: int) -> Iterator[tuple[Path, dict[str, str], int]]:
    """A folder with minutes to import, and the environment of an archive of its own, empty."""
    folder = Path(tempfile.mkdtemp(prefix="sagsgang-bench-"))
    environment = dict(os.environ, SAGSGANG_DATA=str(folder / "data"))
    server = os.environ.get("DATABASE_URL")
    try:
        items = synthetic.write(folder / "minutes", meetings)
        if server:
            environment["DATABASE_URL"] = new_database(server, f"bench_{meetings}")
        yield folder, environment, items
    finally:
        shutil.rmtree(folder)


def new_database(server: str, name: str) -> str:
    """The address of an empty database on a PostgreSQL server."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def import_rows(
    folder: Path, environment: dict[str, str], size: str, *, wanted: bool
) -> Iterator[Row]:
    """Importing everything, once and again, against reading it without an archive."""
    minutes = folder / "minutes"
    reading = sagsgang("read", minutes, "--format", "json")
    first = sagsgang("import", minutes, environment=environment)
    again = sagsgang("import", minutes, environment=environment)
    ratio = first.seconds / reading.seconds
    yield Row(f"first import ({size})", first.seconds, "s", at_most=18 if wanted else None)
    yield Row(f"first import ({size})", first.processor_seconds, "s", "on all processors")
    yield Row(f"first import ({size})", ratio, "×", "reading the files only")
    yield Row(f"peak memory of it ({size})", first.megabytes, "MB", at_most=300)
    ratio = again.seconds / first.seconds
    yield Row(f"the same again ({size})", ratio, "×", "first import", at_most=0.25)


def page_rows(environment: dict[str, str], size: str) -> Iterator[Row]:
    """The median time of each kind of page."""
    for kind, (milliseconds, here) in asked("bench.pages", environment).items():
        at_most = PROMISED.get(kind)
        told = f"median; on the processor {here:.0f} ms"
        yield Row(f"{kind} ({size})", milliseconds, "ms", told, at_most=at_most)


def streaming_rows(
    folder: Path, environment: dict[str, str], size: str, memory: dict[str, float]
) -> Iterator[Row]:
    """What is read as a stream: sitemaps and export, and the memory they take at this size."""
    sitemap = asked("bench.pages", environment, "sitemap")
    yield Row(f"all sitemaps ({size})", sitemap["seconds"], "s")
    yield from grown("sitemaps", sitemap["megabytes"], size, memory)
    for form in ("jsonl", "parquet"):
        target = folder / f"export.{form}"
        cost = sagsgang("export", "--format", form, "--out", target, environment=environment)
        yield Row(f"export as {form} ({size})", cost.seconds, "s")
        yield from grown(f"export as {form}", cost.own_megabytes, size, memory)


def grown(what: str, megabytes: float, size: str, memory: dict[str, float]) -> Iterator[Row]:
    """Peak memory, against the same at the size before."""
    yield Row(f"peak memory, {what} ({size})", megabytes, "MB")
    if what in memory:
        ratio = megabytes / memory[what]
        yield Row(f"peak memory, {what}", ratio, "×", "a tenth of the size", at_most=1.25)
    memory[what] = megabytes


def asked(module: str, environment: dict[str, str], *arguments: str) -> dict[str, Any]:
    """The figures that a module prints when it is run in a process of its own."""
    run = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    figures: dict[str, Any] = json.loads(run.stdout)
    return figures
