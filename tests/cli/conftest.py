"""What the tests of the command line share: invented minutes, and ways to run the program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import pytest

from sagsgang.cli import language, main

MINUTES = """\
# Lindvig Kommune

## Beskæftigelsesudvalget

Referat

Onsdag den 18. juni 2025 kl. 15:00

Mødelokale 2

## 1. Godkendelse af dagsorden

Sagsnr.: 15.20.00-A00-{number}-25

### Indstilling

Direktionen indstiller, at dagsordenen godkendes.

### Beslutning

Godkendt.

## 2. Orientering om ledigheden

### Beslutning

Udvalget tog orienteringen til efterretning.
"""


class Finished(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def names(self) -> list[str]:
        return [line["source"]["name"] for line in self.lines]


class Write(Protocol):
    def __call__(self, name: str, number: int = 1) -> Path: ...


Sagsgang = Callable[..., Finished]


@pytest.fixture(autouse=True)
def danish_user(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A Danish user, on no terminal in particular."""
    for variable in ("LANGUAGE", "LC_MESSAGES", "LANG", "COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LC_ALL", "da_DK.UTF-8")
    language.speak(None)
    yield
    language.speak(None)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that the test stands in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def write(desk: Path) -> Write:
    """Writes invented minutes to a file; `number` makes them differ."""

    def write(name: str, number: int = 1) -> Path:
        path = desk / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(MINUTES.format(number=number), "utf-8")
        return path

    return write


@pytest.fixture
def sagsgang(capfd: pytest.CaptureFixture[str]) -> Sagsgang:
    """Runs a command in this process."""

    def run(*arguments: str | Path) -> Finished:
        capfd.readouterr()
        status = main([str(argument) for argument in arguments])
        printed = capfd.readouterr()
        return Finished(status, printed.out, printed.err)

    return run


@pytest.fixture
def apart() -> Sagsgang:
    """Runs a command in a process of its own, as a user does."""

    def run(*arguments: str | Path, **environment: str) -> Finished:
        done = subprocess.run(
            [sys.executable, "-m", "sagsgang", *map(str, arguments)],
            env=os.environ | {"PYTHONUTF8": "1"} | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=600,
            check=False,
        )
        return Finished(done.returncode, done.stdout, done.stderr)

    return run
