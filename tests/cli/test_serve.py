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
from bench.serving import PATIENCE, reserved

from sagsgang.cli import main


@pytest.fixture
def port() -> Iterator[int]:
    with reserved() as port:
        yield port


@pytest.fixture
def site(own_archive: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "sagsgang", "serve", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    yield process
    process.terminate()
    process.wait(timeout=PATIENCE)


def answer(port: int, address: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    """What the site answers, once it does."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
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
    assert site.wait(timeout=PATIENCE) == 0
    assert "Stoppet." in site.stderr.read()


def test_style_sheets_are_packed_and_kept_for_good(site, port):
    _status, _headers, page = answer(port, "/om/")
    [address] = re.findall(r'href="(/static/sagsgang/site[^"]+)"', gzip.decompress(page).decode())
    status, headers, _style = answer(port, address)
    assert (status, headers["Content-Encoding"]) == (200, "gzip")
    assert "immutable" in headers["Cache-Control"]


def test_a_port_that_is_taken_is_told_in_words(capsys, own_archive):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 2
    assert f"Porten {port} er optaget" in capsys.readouterr().err


def test_an_address_that_is_not_this_machines_is_told_in_words(capsys, own_archive):
    assert main(["serve", "--host", "192.0.2.1"]) == 2
    assert "Der kan ikke lyttes på 192.0.2.1" in capsys.readouterr().err
