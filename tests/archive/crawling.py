"""The site as a reader comes upon it: every page that links lead to, from the front page on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from lxml import etree, html

HOST = "testserver"
ADDRESSES = ("href", "src", "action", "hx-get", "content")


@dataclass(frozen=True)
class Visited:
    """An answer, and the page that led to it."""

    address: str
    came_from: str
    status: int
    media_type: str
    headers: dict[str, str]
    body: bytes

    @property
    def page(self) -> html.HtmlElement:
        return html.document_fromstring(self.body)

    @property
    def is_html(self) -> bool:
        return self.media_type == "text/html"

    @property
    def is_page(self) -> bool:
        """Whether it is a whole page, not a part that script puts into one."""
        return self.is_html and b"<html" in self.body

    @property
    def is_xml(self) -> bool:
        return self.media_type.endswith("xml")


def crawl(client: Client, start: tuple[str, ...] = ("/",), limit: int = 2000) -> list[Visited]:
    """Every answer that links within the site lead to, each once.

    What a page with a question in its address asks of itself in turn is left alone: facets on
    facets have no end.
    """
    waiting = [(address, "") for address in start]
    known = set(start)
    visited = []
    while waiting:
        address, came_from = waiting.pop(0)
        answer = client.get(address, REMOTE_ADDR=f"10.1.{len(visited) // 250}.{len(visited) % 250}")
        visited.append(_visited(address, came_from, answer))
        assert len(visited) < limit, f"the site has no end: {address} from {came_from}"
        for found in _links(visited[-1]):
            if found not in known and not _asks_further(address, found):
                known.add(found)
                waiting.append((found, address))
    return visited


def _visited(address: str, came_from: str, answer: HttpResponse) -> Visited:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    media_type = answer.headers.get("Content-Type", "").partition(";")[0]
    headers = dict(answer.headers.items())
    return Visited(address, came_from, answer.status_code, media_type, headers, body)


def _asks_further(address: str, found: str) -> bool:
    before, after = urlsplit(address), urlsplit(found)
    return before.path == after.path and bool(before.query and after.query)


def _links(visited: Visited) -> Iterator[str]:
    if visited.status != 200:
        return
    for link in _named(visited):
        target = urlsplit(urldefrag(urljoin(f"http://{HOST}{visited.address}", link)).url)
        if target.netloc == HOST and not target.path.startswith("/static/"):
            yield target.path + (f"?{target.query}" if target.query else "")


def _named(visited: Visited) -> Iterator[str]:
    if visited.is_page:
        for element in visited.page.iter(etree.Element):
            if element.tag == "form" and element.get("method", "get").lower() != "get":
                continue
            yield from (element.get(name) for name in ("href", "src", "action", "hx-get")
                        if element.get(name))  # fmt: skip
    elif visited.is_xml and "akn" not in visited.media_type:
        # The references of Akoma Ntoso name things; they are no addresses of pages.
        for element in etree.fromstring(visited.body).iter(etree.Element):
            yield from filter(None, [element.get("href")])
            if etree.QName(element).localname == "loc":
                yield element.text or ""
