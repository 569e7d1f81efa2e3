"""Commands and programs in processes of their own, on an archive of the test's own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

READY = """
import hashlib, json, sys
from pathlib import Path
from sagsgang.web import ready
ready()
"""
CONTENT = (
    READY
    + """
from django.db import connection
from sagsgang.archive.backups import tables
for model in tables.models():
    digest = hashlib.sha256()
    for line in tables.lines(model, "default"):
        digest.update(line)
    print(model.__name__, model.objects.count(), digest.hexdigest())
"""
)


class Finished(NamedTuple):
    """What a process left behind."""

    status: int
    out: str
    err: str


def started(
    *arguments: str | Path, before: Callable[[], None] | None = None, **environment: str
) -> subprocess.Popen[str]:
    """A command that runs; `before` is done in its process first."""
    return subprocess.Popen(
        [sys.executable, "-m", "sagsgang", *map(str, arguments)],
        env={**os.environ, "LC_ALL": "da_DK.UTF-8", **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=before,
    )


def command(*arguments: str | Path, **environment: str) -> Finished:
    """What came of a command."""
    process = started(*arguments, **environment)
    out, err = process.communicate(timeout=600)
    return Finished(process.returncode, out, err)


def program(code: str, *arguments: str | Path, **environment: str) -> Finished:
    """What came of a program."""
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        env={**os.environ, "LC_ALL": "da_DK.UTF-8", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    return Finished(done.returncode, done.stdout, done.stderr)


def content(folder: Path) -> dict[str, tuple[int, str]]:
    """How many rows each table of an archive has, and the hash of them all."""
    done = program(CONTENT, SAGSGANG_DATA=str(folder))
    assert done.status == 0, done.err
    rows = (line.split() for line in done.out.splitlines())
    return {name: (int(count), sha256) for name, count, sha256 in rows}
