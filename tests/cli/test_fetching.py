"""Documents from the web, from a server of the test's own."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sagsgang.cli.fetching import fetch
from sagsgang.cli.gathering import Unavailable

Answer = Callable[[BaseHTTPRequestHandler], None]


class Server(ThreadingHTTPServer):
    """A server that keeps still about visitors who leave in the middle of an answer."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        pass


class Site:
    """A web site: what each path answers, and which paths were asked for."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.answers[self.path](self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def gives(
        self, path: str, data: bytes = b"", status: int = 200, promise: int = 0, **headers: str
    ) -> str:
        """Lets a path answer with data; `promise` is how much more it says will come."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            handler.send_header("Content-Length", str(len(data) + promise))
            for name, value in headers.items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(data)

        self.answers[path] = answer
        return self.address + path


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("no_proxy", "*")
    site = Site()
    thread = threading.Thread(target=site.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield site
    site.server.shutdown()
    site.server.server_close()


def problem_of(address: str, limit: int = 1000, seconds: float = 10) -> str:
    with pytest.raises(Unavailable) as problem:
        fetch(address, limit, seconds)
    return str(problem.value)


def test_a_document_is_fetched(site: Site) -> None:
    fetched = fetch(site.gives("/a.pdf", b"data"), 1000)
    assert fetched == (b"data", f"{site.address}/a.pdf")


def test_danish_letters_and_spaces_in_an_address_are_sent_as_they_must_be(site: Site) -> None:
    site.gives("/m%C3%B8de%201.pdf?q=%C3%A6", b"data")
    assert fetch(f"{site.address}/møde 1.pdf?q=æ#side", 1000).data == b"data"
    assert fetch(f"{site.address}/m%C3%B8de%201.pdf?q=%C3%A6", 1000).data == b"data"


def test_redirections_are_followed_on_the_web(site: Site) -> None:
    site.gives("/ny.pdf", b"data")
    address = site.gives("/gammel.pdf", status=302, Location="/ny.pdf")
    assert fetch(address, 1000) == (b"data", f"{site.address}/ny.pdf")


@pytest.mark.parametrize("location", ["file:///etc/hosts", "ftp://127.0.0.1/a", "data:,x"])
def test_redirections_lead_nowhere_but_to_the_web(site: Site, location: str) -> None:
    address = site.gives("/a.pdf", status=302, Location=location)
    assert "ikke er en webadresse" in problem_of(address)


def test_redirections_in_a_ring_end(site: Site) -> None:
    address = site.gives("/a.pdf", status=301, Location="/a.pdf")
    assert "i ring" in problem_of(address)
    assert len(site.asked) < 20


@pytest.mark.parametrize(
    ("status", "said"),
    [(404, "ikke noget på adressen (404)"), (403, "ikke adgang (403)"), (500, "fejl (500)")],
)
def test_a_refusal_is_told_with_its_number(site: Site, status: int, said: str) -> None:
    assert said in problem_of(site.gives("/a.pdf", status=status))


def test_a_document_over_the_limit_is_not_read(site: Site) -> None:
    assert len(fetch(site.gives("/a", b"x" * 1000), 1000).data) == 1000
    assert "MB" in problem_of(site.gives("/b", b"x" * 1001), limit=1000)


def test_a_stream_without_end_ends_at_the_limit(site: Site) -> None:
    def pour(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 65536)

    site.answers["/a"] = pour
    assert "MB" in problem_of(f"{site.address}/a", limit=2**20)


def test_a_server_that_drips_is_left(site: Site) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(200):
            handler.wfile.write(b"x")
            time.sleep(0.02)

    site.answers["/a"] = drip
    assert "for længe" in problem_of(f"{site.address}/a", seconds=0.2)


def test_a_server_that_is_silent_is_left(site: Site) -> None:
    site.answers["/a"] = lambda _: time.sleep(5)
    assert "for længe" in problem_of(f"{site.address}/a", seconds=0.2)


def test_a_document_that_breaks_off_is_not_taken_for_a_whole_one(site: Site) -> None:
    assert "afbrudt" in problem_of(site.gives("/a.pdf", b"halv", promise=4))


def test_a_server_that_is_not_there_is_told_of() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        assert "svarer ikke" in problem_of(f"http://127.0.0.1:{port}/a.pdf")


@pytest.mark.parametrize(
    "address", ["http://", "http://[::1", "http://a b/", "http://x:port/", "https://" + "æ" * 300]
)
def test_an_address_that_is_none_is_told_of(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    assert "Adressen" in problem_of(address)
