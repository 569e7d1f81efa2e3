"""A FirstAgenda Publication site: what can be asked of it, and where it stands.

The service gives some visitors an anonymous session first, by a cookie and a redirection. A
session is asked for at the start, and again when the site shows a page where data was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, TypeVar
from urllib.parse import quote, urlsplit

from sagsgang.minutes import UnreadableDocument
from sagsgang.minutes.sources.firstagenda import parsed_json

from . import problems
from .listing import Listing, listing_of
from .problems import Gone, Problem, Refused
from .robots import rules_of
from .visitor import Answer, Visitor, whole

T = TypeVar("T")

LARGEST_LISTING: Final = 50_000_000
LARGEST_AGENDA: Final = 50_000_000
LARGEST_FILE: Final = 100_000_000
_LARGEST_PAGE: Final = 5_000_000
_HOST: Final = re.compile(r"[\w.-]+(?::\d{1,5})?|\[[0-9a-f:.]+\](?::\d{1,5})?", re.IGNORECASE)
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def home_of(written: str) -> str:
    """The address of a site's front page without a last slash: `https://dagsordener.lindvig.dk`.

    `written` may be any page of the site, and may lack `https://`.

    Raises:
        Stopped: it is no web address.
    """
    address = written.strip()
    if not _SCHEME.match(address):
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        host = parts.netloc.rpartition("@")[2].lower()
        host.encode("idna")
    except ValueError:
        raise problems.ill_written(written) from None
    if parts.scheme.lower() not in ("http", "https") or not _HOST.fullmatch(host):
        raise problems.ill_written(written)
    return f"{parts.scheme.lower()}://{host}"


class Site:
    """A site, asked through a visitor."""

    def __init__(self, address: str, visitor: Visitor) -> None:
        self.home = home_of(address)
        self._visitor = visitor
        self._welcome = True
        """Whether it is worth asking for a session: none was asked for since something came."""

    def obey_robots(self) -> None:
        """Fetches from now on only what the site's `robots.txt` allows.

        Raises:
            Problem: it cannot be had now.
        """
        self._visitor.obey(rules_of(self.home, self._visitor))

    def listing(self) -> Listing:
        """All committees with their meetings.

        Raises:
            Problem: the list cannot be had, or the address is another kind of site.
        """
        self._ask_for_session("/")
        try:
            value = self._ask("/api/agenda/udvalgsliste", LARGEST_LISTING, _json)
            return listing_of(value)
        except (Gone, Refused, ValueError):
            raise problems.no_service(self.home) from None

    def agenda(self, meeting: str) -> Answer:
        """A meeting's JSON; it has been tried that it is JSON.

        Raises:
            Problem: it cannot be had.
        """
        return self._ask(f"/api/agenda/dagsorden/{_quoted(meeting)}", LARGEST_AGENDA, _json_bytes)

    def pdf(self, address: str) -> bytes:
        """A PDF file.

        Raises:
            Problem: it cannot be had.
        """
        return self._ask(address, LARGEST_FILE, _pdf)

    def file(self, address: str) -> Answer:
        """An attachment's file, of any kind.

        Raises:
            Problem: it cannot be had.
        """
        return self._ask(address, LARGEST_FILE, _file)

    def page(self, meeting: str, item: str = "") -> str:
        """The address that a person opens for a meeting, or for an item of it."""
        address = f"{self.home}/vis?id={_quoted(meeting)}"
        return f"{address}&punktid={_quoted(item)}" if item else address

    def meeting_pdf(self, agenda: str) -> str:
        """The address of a whole agenda or set of minutes as PDF, by its `AgendaUid`."""
        return f"{self.home}/vis/pdf/dagsorden/{_quoted(agenda)}/?redirectDirectlyToPdf=false"

    def item_pdf(self, item: str) -> str:
        """The address of one item as PDF."""
        return f"{self.home}/vis/pdf/dagsordenpunkt/{_quoted(item)}?redirectDirectlyToPdf=false"

    def document_pdf(self, document: str) -> str:
        """The address of one attachment, or of the text of a field, as PDF."""
        return f"{self.home}/vis/pdf/bilag/{_quoted(document)}/?redirectDirectlyToPdf=false"

    def whole_address(self, address: str) -> str:
        """An address that may lack scheme and host, with both."""
        if address.startswith("//"):
            return f"{self.home.partition(':')[0]}:{address}"
        return f"{self.home}{address}" if address.startswith("/") else address

    def _ask(self, address: str, limit: int, read: Callable[[Answer], T]) -> T:
        """What `read` makes of the answer, if need be in a new session."""
        address = self.whole_address(address)
        try:
            value = self._visitor.fetch(address, limit, read)
        except Refused:
            if not self._welcome:
                raise
            self._ask_for_session(f"/Home/AnonymousAuthentication?callback={quote(self.home)}%2F")
            value = self._visitor.fetch(address, limit, read)
        self._welcome = True
        return value

    def _ask_for_session(self, path: str) -> None:
        """Takes the cookies of a page; what the page says does not matter, or whether it is."""
        self._welcome = path == "/"
        try:
            self._visitor.fetch(self.home + path, _LARGEST_PAGE, whole)
        except problems.Stopped:
            raise
        except Problem:
            return


def _quoted(name: str) -> str:
    return quote(name, safe="")


def _is_page(answer: Answer) -> bool:
    start = answer.data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return start == b"<" and (answer.media_type in ("", "text/html", "application/xhtml+xml"))


def _json(answer: Answer) -> Any:
    """The JSON value of an answer.

    Raises:
        Refused: it is a web page.
        ValueError: it is something else.
    """
    if _is_page(answer):
        raise problems.a_page()
    try:
        return parsed_json(answer.data)
    except UnreadableDocument as error:
        raise ValueError(str(error)) from error


def _json_bytes(answer: Answer) -> Answer:
    _json(answer)
    return answer


def _pdf(answer: Answer) -> bytes:
    if _is_page(answer):
        raise problems.a_page()
    if b"%PDF-" not in answer.data[:1024]:
        raise ValueError("no PDF")
    return answer.data


def _file(answer: Answer) -> Answer:
    if _is_page(answer):
        raise problems.a_page()
    if not answer.data:
        raise ValueError("an empty file")
    return answer
