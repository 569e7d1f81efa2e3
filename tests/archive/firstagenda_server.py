"""A web server that behaves like FirstAgenda Publication, faults and all.

It serves the agendas of Lindvig, a municipality that does not exist. What it holds can be changed
while it runs, and any address can be given faults that strike before it answers as it should.
"""

from __future__ import annotations

import json
import threading
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import typst

NO_ID = "00000000-0000-0000-0000-000000000000"
GROUP = "Udvalg 2026-2029"
COMMITTEE = "Beskæftigelsesudvalget"
COOKIE = "session=gaest-1"

Json = dict[str, Any]
Answer = Callable[[BaseHTTPRequestHandler], None]


def id_of(name: str) -> str:
    """A guid that is always the same for the same name."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"https://dagsordener.lindvig.example/{name}"))


def answer(
    status: int = 200,
    body: bytes = b"",
    media_type: str = "application/json; charset=utf-8",
    promised: int | None = None,
    **headers: str,
) -> Answer:
    """An answer; `promised` is the length that it claims to have."""

    def give(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", media_type)
        handler.send_header("Content-Length", str(len(body) if promised is None else promised))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)
        # One who promised more than came is heard no more of.
        handler.close_connection = promised is not None

    return give


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    """No answer at all: the connection closes."""
    handler.close_connection = True
    handler.connection.close()


CUT = answer(body=b'{"Id": "', promised=5_000)
WRONG_JSON = answer(body=b'{"Id": "6d1f", "Dagsordenpunkter": [{')
SIGN_IN_PAGE = answer(body=b"<!doctype html><p>Log ind", media_type="text/html; charset=utf-8")


@cache
def pdf_of(markup: str) -> bytes:
    """A PDF file that Typst has set."""
    settings = '#set page(paper: "a4")\n#set text(font: "Libertinus Serif", lang: "da")\n'
    return bytes(typst.compile((settings + markup).encode(), ignore_system_fonts=True))


def item(number: str, title: str, **values: Any) -> Json:
    """An item as the service gives it, with both old and new names."""
    return {
        "Id": id_of(f"punkt {number} {title}"),
        "AgendaUid": id_of("uid"),
        "IsOpen": True,
        "Number": number,
        "Punktnummer": number,
        "CaseNumber": f"2026-{int(number):06}",
        "SagsNummer": f"2026-{int(number):06}",
        "Caption": title,
        "Navn": title,
        "Felter": [
            {
                "Navn": "",
                "Html": f"<h3>Sagsfremstilling</h3><p>Forvaltningen orienterer om {title}.</p>"
                "<h3>Beslutning</h3><p>Godkendt.</p>",
                "Tekst": None,
                "DocumentId": NO_ID,
                "Link": None,
            }
        ],
        "Bilag": [],
        "Presentations": None,
        "ItemDecision": None,
        "Lydfiler": None,
        "Ressourcer": None,
        **values,
    }


class FirstAgenda:
    """The service: its meetings, its files, its faults, and what it was asked for."""

    def __init__(self) -> None:
        self.meetings: dict[str, Json] = {}
        self.committees: dict[str, str] = {}
        self.agendas: dict[str, Json] = {}
        self.files: dict[str, tuple[bytes, str]] = {}
        self.faults: dict[str, list[Answer]] = defaultdict(list)
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.at_once = 0
        self.most_at_once = 0
        self.wants_session = False
        self.dead_id_status = 500
        self.list_extra: Json = {}
        self._lock = threading.Lock()
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                service._serve(self)

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def add(
        self,
        begins: str,
        *items: Json,
        committee: str = COMMITTEE,
        name: str = "Referat",
        released: str = "2026-05-06T10:53:07+02:00",
        key: str = "",
        **listed: Any,
    ) -> str:
        """Publishes a meeting; returns its id, by which it can be published anew or withdrawn."""
        id_ = id_of(f"møde {committee} {begins} {name} {key}")
        self.committees[id_] = committee
        supplementary = name == "Tillægsdagsorden"
        self.meetings[id_] = {
            "Id": id_,
            "Dato": begins,
            "MeetingBeginUtc": begins,
            "ReleasedDate": released,
            "Sted": "Mødelokale 2, Lindvig Rådhus",
            "Afsluttet": name.startswith("Referat"),
            "Navn": name,
            "IsSupplementaryAgenda": supplementary,
            **listed,
        }
        self.agendas[id_] = {
            "Id": id_,
            "Udvalg": {"Id": id_of(committee), "Navn": committee},
            "Moede": {
                "Id": NO_ID,
                "Dato": begins,
                "Sted": "Mødelokale 2, Lindvig Rådhus",
                "Navn": name,
                "Moededeltagere": ["Anne Berg (A)", "Bo Dal (V)", "Cille Eg (F)"],
            },
            "TillaegsDagsorden": supplementary,
            "LiveIntegrationEnabled": False,
            "Lydfiler": None,
            "Dagsordenpunkter": list(items) or [item("1", "Godkendelse af dagsorden")],
        }
        return id_

    def withdraw(self, id_: str) -> None:
        """Takes a meeting off the list; its id then fails, as old ids do."""
        del self.meetings[id_], self.agendas[id_], self.committees[id_]

    def serve_pdf(self, path: str, markup: str) -> None:
        """Gives a path a PDF file."""
        self.files[path.lower().rstrip("/")] = (pdf_of(markup), "application/pdf")

    def strike(self, path: str, *faults: Answer) -> None:
        """Lets faults strike at a path, one for each visit, before it answers as it should."""
        self.faults[path.lower().rstrip("/")] += faults

    def times_asked(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(each.lower().rstrip("/") == path.lower().rstrip("/") for each in self.asked)

    def _serve(self, handler: BaseHTTPRequestHandler) -> None:
        with self._lock:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            self._answer(handler)(handler)
        finally:
            with self._lock:
                self.at_once -= 1

    def _answer(self, handler: BaseHTTPRequestHandler) -> Answer:
        parts = urlsplit(handler.path)
        self.asked.append(parts.path)
        self.headers.append(dict(handler.headers))
        path = parts.path.lower().rstrip("/")
        if self.faults[path]:
            return self.faults[path].pop(0)
        if path == "/home/anonymousauthentication":
            [back] = parse_qs(parts.query)["callback"]
            return answer(302, Location=back, Set_Cookie=f"{COOKIE}; Path=/; HttpOnly")
        if self.wants_session and "session=" not in handler.headers.get("Cookie", ""):
            return SIGN_IN_PAGE
        return self._content(path)

    def _content(self, path: str) -> Answer:
        if not path:
            return answer(body=b"<!doctype html><title>Dagsordener</title>", media_type="text/html")
        if path == "/api/agenda/udvalgsliste":
            return answer(body=json.dumps(self._list()).encode())
        if path.startswith("/api/agenda/dagsorden/"):
            agenda = self.agendas.get(path.rpartition("/")[2])
            if agenda is None:
                return answer(self.dead_id_status, b'{"Message": "An error has occurred."}')
            return answer(body=json.dumps(agenda).encode())
        if path in self.files:
            data, media_type = self.files[path]
            return answer(body=data, media_type=media_type)
        return answer(404, b"<!doctype html>", "text/html")

    def _list(self) -> Json:
        committees: dict[str, Json] = {}
        for id_, listed in self.meetings.items():
            name = self.committees[id_]
            committee = committees.setdefault(
                name,
                {
                    "Id": id_of(name),
                    "Navn": name,
                    "OrganisationId": id_of("Lindvig"),
                    "Historisk": False,
                    "Moeder": [],
                },
            )
            committee["Moeder"].append(listed)
        return {"Udvalg": {GROUP: list(committees.values())}, **self.list_extra}


@contextmanager
def running() -> Iterator[FirstAgenda]:
    """A service that listens on this machine for as long as the block lasts."""
    service = FirstAgenda()
    thread = threading.Thread(target=service.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.server.shutdown()
        service.server.server_close()
