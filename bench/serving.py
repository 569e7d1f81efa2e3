"""The site as it is served: a process of its own, on a free port, which may be killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

PROJECT = Path(__file__).resolve().parents[1]
PATIENCE = 300
"""Seconds, for a site to begin or to end: more than a busy machine takes."""


@dataclass(frozen=True)
class Served:
    """Where a site is, and its process."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def root(self) -> str:
        """The address of its front page, without the last slash."""
        return f"http://127.0.0.1:{self.port}"

    def kill(self) -> None:
        """Ends it and its workers at once, whatever they are doing (POSIX)."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def served(
    environment: Mapping[str, str],
    *,
    workers: int = 1,
    port: int = 0,
    errors: Path | None = None,
) -> Iterator[Served]:
    """A running site, which is stopped afterwards; what goes wrong in it is added to `errors`.

    Raises:
        RuntimeError: it ends, or does not answer.
    """
    if not port:
        with (
            reserved() as port,
            served(environment, workers=workers, port=port, errors=errors) as it,
        ):
            yield it
        return
    with open(errors or os.devnull, "ab") as log:  # noqa: PTH123  os.devnull is no path of ours
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "sagsgang",
                "serve",
                "--port",
                str(port),
                "--workers",
                str(workers),
            ],
            env=environment,
            cwd=PROJECT,
            stdout=subprocess.DEVNULL,
            stderr=log,
            start_new_session=True,
        )
    site = Served(port, process)
    try:
        _wait_for(site)
        yield site
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


@contextmanager
def reserved() -> Iterator[int]:
    """A port that a site of one's own can listen on, and no other program gets meanwhile."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        yield int(held.getsockname()[1])


def _wait_for(site: Served) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            urlopen(site.root, timeout=PATIENCE).close()
        except OSError:
            if site.process.poll() is not None:
                raise RuntimeError("the site has ended") from None
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{site.root} does not answer")
