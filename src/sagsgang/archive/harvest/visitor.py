"""A polite visitor of one web site.

It asks for one thing at a time and takes a short rest between, says who it is, keeps the
cookies that it is given, and goes away when it is asked to: `Retry-After` is obeyed, and without
it the wait doubles from try to try. It follows redirections within the site only, and never from
a secure connection to an insecure one. What comes is limited in size and time.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, NamedTuple, Protocol, Self, TypeVar

import httpx

from sagsgang import __version__

from . import problems
from .clock import Clock
from .problems import Problem

T = TypeVar("T")

USER_AGENT: Final = f"Sagsgang/{__version__} (archive of municipal minutes)"

_GONE: Final = frozenset((HTTPStatus.NOT_FOUND, HTTPStatus.GONE))
_SHUT: Final = frozenset((HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN))
_BUSY: Final = frozenset((HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE))
_PASSING: Final = frozenset(
    (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT)
)
_PIECE: Final = 64 * 1024
_TRIES_OF_A_FAULT: Final = 2
"""A 500 is what the service gives for old ids; it may also be an accident."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How patient and how sparing a visitor is; times in seconds, sizes in bytes."""

    tries: int = 5
    rest: float = 0.2
    """Between one answer and the next question."""
    first_wait: float = 1.0
    """Before the second try; doubled for each further one."""
    longest_wait: float = 600.0
    """A site that asks for more peace than this is left, to be visited another time."""
    silence: float = 30.0
    """Without a sign of life."""
    longest_answer: float = 300.0


class Answer(NamedTuple):
    """What came: its bytes, its media type (`""` where none was told), and where it came from."""

    data: bytes
    media_type: str
    address: str


class _Again(Exception):
    """A try that failed, and may go better later."""

    def __init__(
        self, problem: Problem, *, tries: int | None = None, after: float | None = None
    ) -> None:
        super().__init__(str(problem))
        self.problem = problem
        self.tries = tries
        self.after = after


def whole(answer: Answer) -> Answer:
    """The answer as it came: the reading of those who take anything."""
    return answer


class Rules(Protocol):
    """What a site lets robots do."""

    def allow(self, address: str) -> bool:
        """Whether the address may be fetched."""

    @property
    def rest(self) -> float:
        """Seconds from one question to the next."""


class Visitor:
    """Fetches what a site has, one thing at a time."""

    def __init__(self, manners: Manners | None = None, clock: Clock | None = None) -> None:
        self._manners = manners or Manners()
        self._clock = clock or Clock()
        self._met = False
        self._rested = self._clock.elapsed()
        self._client = httpx.Client(
            headers={"User-Agent": USER_AGENT, "Accept-Language": "da"},
            timeout=self._manners.silence,
            follow_redirects=True,
            max_redirects=10,
            limits=httpx.Limits(max_connections=1),
            # Asked before each question, those that redirections lead to among them.
            event_hooks={"request": [self._stay]},
        )
        self._asked = httpx.URL()
        self._rules: Rules | None = None
        self._rest = self._manners.rest

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def obey(self, rules: Rules) -> None:
        """Fetches from now on only what the rules allow, and rests as long as they say."""
        self._rules = rules
        self._rest = max(self._manners.rest, min(rules.rest, self._manners.longest_wait))

    def fetch(self, address: str, limit: int, read: Callable[[Answer], T]) -> T:
        """What `read` makes of the answer at `address`, which is at most `limit` bytes.

        `read` raises `ValueError` for an answer that is not what was asked for: it is asked again.

        Raises:
            Gone: there is nothing at the address.
            Stopped: the site is not to be asked for more now.
            Problem: it could not be had, though the site may have more.
        """
        tried = 0
        while True:
            try:
                return self._try(address, limit, read)
            except _Again as again:
                tried += 1
                if tried >= (again.tries or self._manners.tries):
                    raise again.problem from None
                self._clock.sleep(self._wait(tried, again))

    def _wait(self, tried: int, again: _Again) -> float:
        """Seconds before the next try.

        Raises:
            Stopped: the site asks for more than is waited.
        """
        if again.after is None:
            doubled: float = self._manners.first_wait * 2 ** (tried - 1)
            return min(doubled * (0.75 + self._clock.chance() / 2), self._manners.longest_wait)
        if again.after > self._manners.longest_wait:
            raise problems.busy(self._clock.now() + dt.timedelta(seconds=again.after)) from None
        return again.after

    def _try(self, address: str, limit: int, read: Callable[[Answer], T]) -> T:
        try:
            answer = self._answer(address, limit)
        except httpx.HTTPError as error:
            raise self._failed(address, error) from error
        except httpx.InvalidURL as error:
            raise problems.ill_written(address) from error
        except UnicodeError as error:
            # A cookie or a redirection with letters that HTTP cannot carry.
            raise problems.garbled() from error
        finally:
            self._rested = self._clock.elapsed() + self._rest
        try:
            return read(answer)
        except ValueError as error:
            raise _Again(problems.garbled()) from error

    def _answer(self, address: str, limit: int) -> Answer:
        pause = self._rested - self._clock.elapsed()
        if pause > 0:
            self._clock.sleep(pause)
        deadline = self._clock.elapsed() + self._manners.longest_answer
        self._asked = httpx.URL(address)
        with self._client.stream("GET", address) as response:
            self._met = True
            self._judge(response)
            data = self._body(response, limit, deadline)
            media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            return Answer(data, media_type, str(response.url))

    def _stay(self, request: httpx.Request) -> None:
        """Nothing, where a question may be asked.

        Raises:
            Lasting: it would be of another site, or without the security of the first, or the
                site asks robots not to.
        """
        if request.url.scheme not in ("http", "https"):
            raise problems.in_a_ring()
        if not _is_within(request.url, self._asked):
            raise problems.led_away(str(request.url.copy_with(raw_path=b"/")))
        if self._rules and not self._rules.allow(str(request.url)):
            raise problems.kept_out()

    def _body(self, response: httpx.Response, limit: int, deadline: float) -> bytes:
        pieces: list[bytes] = []
        size = 0
        for piece in response.iter_bytes(_PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                raise problems.too_large(limit)
            if self._clock.elapsed() > deadline:
                raise _Again(problems.slow(), tries=_TRIES_OF_A_FAULT)
        return b"".join(pieces)

    def _judge(self, response: httpx.Response) -> None:
        """Lets a good answer pass, and raises what the others mean."""
        code = response.status_code
        if response.is_success:
            return
        if code in _GONE:
            raise problems.gone(code)
        if code in _SHUT:
            raise problems.refused(code)
        if code in _BUSY:
            raise _Again(problems.busy(), after=self._asked_for(response))
        if code in _PASSING:
            raise _Again(problems.failing(code))
        if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise _Again(problems.gone(code), tries=_TRIES_OF_A_FAULT)
        raise problems.failing(code)

    def _asked_for(self, response: httpx.Response) -> float | None:
        """Seconds that `Retry-After` asks for, as a number or until a date, or `None`."""
        value = response.headers.get("Retry-After", "").strip()
        if value.isascii() and value.isdigit():
            return float(value[:9])
        try:
            until = email.utils.parsedate_to_datetime(value)
        except ValueError:
            return None
        if until.tzinfo is None:
            until = until.replace(tzinfo=dt.UTC)
        return max(0.0, (until - self._clock.now()).total_seconds())

    def _failed(self, address: str, error: httpx.HTTPError) -> Exception:
        """What a failure between the program and the site means."""
        if isinstance(error, httpx.TooManyRedirects | httpx.UnsupportedProtocol):
            return problems.in_a_ring()
        if isinstance(error, httpx.TimeoutException):
            return _Again(problems.slow())
        if isinstance(error, httpx.ConnectError):
            if _is_of_certificate(error):
                return problems.insecure()
            if not self._met:
                return problems.unreached(address)
            return _Again(problems.unreached(address))
        return _Again(problems.cut())


def _is_within(address: httpx.URL, asked: httpx.URL) -> bool:
    """Whether an address is on the site that was asked, and no less secure."""
    if address.host != asked.host:
        return False
    if address.scheme == asked.scheme:
        return address.port == asked.port
    return (asked.scheme, address.scheme, asked.port, address.port) == ("http", "https", None, None)


def _is_of_certificate(error: BaseException) -> bool:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
