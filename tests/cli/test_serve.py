"""`sagsgang serve`."""

from __future__ import annotations

import gzip
import http.client
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sagsgang.cli import main


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def site(own_archive: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "sagsgang", "serve", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    yield process
    process.kill()
    process.wait()


def answer(port: int, address: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    """What the site answers, once it does."""
    for _ in range(150):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        except ConnectionError:
            time.sleep(0.1)
    raise AssertionError("the site does not answer")


def test_the_site_says_where_it_is_answers_and_stops_when_asked(site, port):
    assert f"http://127.0.0.1:{port}/" in site.stderr.readline()
    status, _headers, _page = answer(port, "/")
    assert status == 200
    site.send_signal(signal.SIGINT)
    assert site.wait(timeout=15) == 0
    assert "Stoppet." in site.stderr.read()


def test_style_sheets_are_packed_and_kept_for_good(site, port):
    _status, _headers, page = answer(port, "/om/")
    [address] = re.findall(r'href="(/static/sagsgang/site[^"]+)"', gzip.decompress(page).decode())
    status, headers, _style = answer(port, address)
    assert (status, headers["Content-Encoding"]) == (200, "gzip")
    assert "immutable" in headers["Cache-Control"]


def test_a_port_that_is_taken_is_told_in_words(capsys, port, own_archive):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        assert main(["serve", "--port", str(port)]) == 2
    assert f"Porten {port} er optaget" in capsys.readouterr().err


def test_an_address_that_is_not_this_machines_is_told_in_words(capsys, own_archive):
    assert main(["serve", "--host", "192.0.2.1"]) == 2
    assert "Der kan ikke lyttes på 192.0.2.1" in capsys.readouterr().err
