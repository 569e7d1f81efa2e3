"""The visitor of a site: polite, patient within limits, and clear about what went wrong."""

from __future__ import annotations

import json
import re
import threading
from typing import Any

import pytest

import sagsgang
from sagsgang.archive.harvest.problems import Gone, Problem, Refused, Stopped
from sagsgang.archive.harvest.visitor import Answer, Manners, Visitor, whole

from ..firstagenda_server import CUT, WRONG_JSON, FirstAgenda, answer, hang_up
from .conftest import PatientClock

PAGE = "/side"


@pytest.fixture
def page(service: FirstAgenda) -> str:
    service.files[PAGE] = (b'{"a": 1}', "application/json")
    return service.address + PAGE


def parsed(answer: Answer) -> Any:
    return json.loads(answer.data)


def fetched(page: str, clock: PatientClock, limit: int = 1000, **manners: Any) -> Any:
    with Visitor(Manners(**manners), clock) as visitor:
        return visitor.fetch(page, limit, parsed)


def waits(clock: PatientClock) -> list[float]:
    """What was slept before new tries; the rest between questions is shorter than a second."""
    return [seconds for seconds in clock.slept if seconds >= 0.5]


def test_it_says_which_program_it_is(service: FirstAgenda, page: str, clock: PatientClock) -> None:
    assert fetched(page, clock) == {"a": 1}
    [headers] = service.headers
    assert headers["User-Agent"].startswith(f"Sagsgang/{sagsgang.__version__} ")


def test_it_rests_between_questions(page: str, clock: PatientClock) -> None:
    with Visitor(Manners(rest=0.25), clock) as visitor:
        for _ in range(3):
            visitor.fetch(page, 1000, whole)
    assert clock.slept == [0.25, 0.25]


def test_cookies_are_kept_through_redirections(service: FirstAgenda, clock: PatientClock) -> None:
    service.wants_session = True
    service.files[PAGE] = (b"{}", "application/json")
    hop = f"/Home/AnonymousAuthentication?callback={service.address}{PAGE}"
    assert fetched(service.address + hop, clock) == {}
    assert fetched(service.address + hop, clock) == {}


def test_a_cookie_that_cannot_be_sent_back(
    service: FirstAgenda, page: str, clock: PatientClock
) -> None:
    cookie = "session=gæst".encode().decode("latin-1")
    service.strike(PAGE, answer(302, Location=PAGE, Set_Cookie=cookie))
    with pytest.raises(Problem, match="noget andet end det, der blev bedt om"):
        fetched(page, clock)


@pytest.mark.parametrize("code", [429, 503])
class TestASiteThatIsBusy:
    def test_is_given_the_seconds_that_it_asks_for(
        self, service: FirstAgenda, page: str, clock: PatientClock, code: int
    ) -> None:
        service.strike(PAGE, answer(code, Retry_After="7"), answer(code, Retry_After="20"))
        assert fetched(page, clock) == {"a": 1}
        assert waits(clock) == [7, 20]

    def test_is_left_alone_until_the_date_that_it_names(
        self, service: FirstAgenda, page: str, clock: PatientClock, code: int
    ) -> None:
        # The clock of the test begins at 9:00:00.
        service.strike(PAGE, answer(code, Retry_After="Mon, 02 Nov 2026 09:01:30 GMT"))
        fetched(page, clock)
        assert waits(clock) == [90]

    @pytest.mark.parametrize("asked", ["Mon, 02 Nov 2026 08:00:00 GMT", "0"])
    def test_may_be_asked_again_at_once(
        self, service: FirstAgenda, page: str, clock: PatientClock, code: int, asked: str
    ) -> None:
        service.strike(PAGE, answer(code, Retry_After=asked))
        fetched(page, clock)
        assert waits(clock) == []

    @pytest.mark.parametrize("asked", ["", "snart", "-5", "1e9", "²"])
    def test_waits_double_where_it_says_nothing_that_can_be_understood(
        self, service: FirstAgenda, page: str, clock: PatientClock, code: int, asked: str
    ) -> None:
        busy = answer(code, Retry_After=asked.encode().decode("latin-1"))
        service.strike(PAGE, busy, busy, busy)
        fetched(page, clock)
        assert waits(clock) == [1, 2, 4]

    def test_is_not_waited_for_by_the_hour(
        self, service: FirstAgenda, page: str, clock: PatientClock, code: int
    ) -> None:
        service.strike(PAGE, answer(code, Retry_After="7200"))
        with pytest.raises(Stopped, match=r"vente til 02-11-2026 kl. 12:00") as stopped:
            fetched(page, clock)
        assert "2026-11-02 at 12:00" in stopped.value.english
        assert waits(clock) == []

    def test_is_left_when_it_stays_busy(
        self, service: FirstAgenda, page: str, clock: PatientClock, code: int
    ) -> None:
        service.strike(PAGE, *[answer(code)] * 9)
        with pytest.raises(Stopped, match="har for travlt"):
            fetched(page, clock, tries=4)
        assert service.times_asked(PAGE) == 4
        assert waits(clock) == [1, 2, 4]


@pytest.mark.parametrize("fault", [CUT, WRONG_JSON, hang_up, answer(502), answer(504), answer(408)])
class TestAPassingFault:
    def test_is_overcome(
        self, service: FirstAgenda, page: str, clock: PatientClock, fault: Any
    ) -> None:
        service.strike(PAGE, fault, fault)
        assert fetched(page, clock) == {"a": 1}
        assert waits(clock) == [1, 2]

    def test_that_does_not_pass_is_told(
        self, service: FirstAgenda, page: str, clock: PatientClock, fault: Any
    ) -> None:
        service.strike(PAGE, *[fault] * 9)
        with pytest.raises(Problem, match=re.escape("Prøv igen senere.")) as problem:
            fetched(page, clock, tries=3)
        assert "Try again later." in problem.value.english
        assert not isinstance(problem.value, Gone | Stopped | Refused)
        assert service.times_asked(PAGE) == 3


@pytest.mark.parametrize(("code", "asked"), [(404, 1), (410, 1), (500, 2)])
def test_what_the_site_no_longer_has(
    service: FirstAgenda, page: str, clock: PatientClock, code: int, asked: int
) -> None:
    service.strike(PAGE, *[answer(code)] * 9)
    with pytest.raises(Gone, match=f"svar {code}"):
        fetched(page, clock)
    assert service.times_asked(PAGE) == asked


def test_an_accident_on_the_server_is_not_the_end(
    service: FirstAgenda, page: str, clock: PatientClock
) -> None:
    service.strike(PAGE, answer(500))
    assert fetched(page, clock) == {"a": 1}


@pytest.mark.parametrize("code", [401, 403])
def test_a_shut_door_is_not_knocked_at_again(
    service: FirstAgenda, page: str, clock: PatientClock, code: int
) -> None:
    service.strike(PAGE, answer(code))
    with pytest.raises(Refused, match=f"giver ikke adgang .svar {code}"):
        fetched(page, clock)
    assert service.times_asked(PAGE) == 1


def test_no_more_is_taken_in_than_the_limit(
    service: FirstAgenda, page: str, clock: PatientClock
) -> None:
    service.files["/stor"] = (b'"' + b"x" * 1_999_998 + b'"', "application/json")
    assert len(fetched(f"{service.address}/stor", clock, limit=2_000_000)) == 1_999_998
    with pytest.raises(Problem, match="over 1 MB"):
        fetched(f"{service.address}/stor", clock, limit=1_999_999)


def test_an_answer_that_never_ends_is_not_waited_for(
    service: FirstAgenda, clock: PatientClock
) -> None:
    over = threading.Event()

    def drip(handler: Any) -> None:
        answer(body=b"[", promised=10)(handler)
        over.wait(10)

    service.strike(PAGE, drip, drip, drip)
    with pytest.raises(Problem, match="for længe om at svare"):
        fetched(service.address + PAGE, clock, silence=0.05, tries=2)
    over.set()


def test_a_slow_drip_is_not_taken_in_for_ever(service: FirstAgenda, clock: PatientClock) -> None:
    class Ageing(PatientClock):
        def elapsed(self) -> float:
            self._seconds += 100
            return self._seconds

    service.files[PAGE] = (b"[" + b" " * 500_000 + b"]", "application/json")
    with pytest.raises(Problem, match="for længe om at svare"):
        fetched(service.address + PAGE, Ageing(), limit=1_000_000, longest_answer=150)


def test_redirections_in_a_ring(service: FirstAgenda, page: str, clock: PatientClock) -> None:
    service.strike(PAGE, *[answer(302, Location=PAGE)] * 99)
    with pytest.raises(Problem, match="i ring"):
        fetched(page, clock)
    assert service.times_asked(PAGE) < 20


@pytest.mark.parametrize("location", ["file:///etc/hosts", "ftp://127.0.0.1/a"])
def test_redirections_lead_nowhere_but_to_the_web(
    service: FirstAgenda, page: str, clock: PatientClock, location: str
) -> None:
    service.strike(PAGE, answer(302, Location=location))
    with pytest.raises(Problem, match="ikke er en webadresse"):
        fetched(page, clock)


def test_a_server_that_is_not_there(clock: PatientClock, service: FirstAgenda) -> None:
    service.server.server_close()
    with pytest.raises(Stopped, match="ingen forbindelse til"):
        fetched(f"{service.address}/a", clock)
    assert waits(clock) == []


def test_a_server_that_goes_away_is_waited_for(
    service: FirstAgenda, page: str, clock: PatientClock
) -> None:
    with Visitor(Manners(), clock) as visitor:
        service.strike(PAGE, answer(body=b"{}", Connection="close"))
        visitor.fetch(page, 1000, whole)
        service.server.shutdown()
        service.server.server_close()
        with pytest.raises(Stopped, match="ingen forbindelse til"):
            visitor.fetch(page, 1000, whole)
    assert waits(clock) == [1, 2, 4, 8]
