"""How often one address may ask."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from sagsgang.archive.pages import pace
from sagsgang.archive.pages.pace import Pace, asker


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_who_asks_calmly_never_waits():
    clock = Clock()
    own = Pace(clock)
    for _ in range(300):
        assert own.wait("a", 60) == 0
        clock.now += 1


def test_who_asks_without_end_waits_until_a_coin_has_come_back():
    clock = Clock()
    own = Pace(clock)
    assert [own.wait("a", 6) for _ in range(7)] == [0, 0, 0, 0, 0, 0, 10]
    clock.now += 4
    assert own.wait("a", 6) == 6
    clock.now += 6
    assert own.wait("a", 6) == 0


def test_at_nought_there_is_no_limit():
    own = Pace(Clock())
    assert [own.wait("a", 0) for _ in range(100)] == [0] * 100


def test_others_do_not_wait_for_it():
    own = Pace(Clock())
    assert own.wait("a", 1) == 0
    assert own.wait("a", 1) == 60
    assert own.wait("b", 1) == 0


def test_the_memory_of_addresses_is_bounded():
    own = Pace(Clock())
    for number in range(pace._MOST_ADDRESSES + 500):
        own.wait(str(number), 60)
    assert len(own._purses) == pace._MOST_ADDRESSES


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "who"),
    [
        ("192.0.2.1", "", 0, "192.0.2.1"),
        ("192.0.2.1", "203.0.113.9", 0, "192.0.2.1"),
        ("192.0.2.1", "203.0.113.9", 1, "203.0.113.9"),
        ("192.0.2.1", "198.51.100.7, 203.0.113.9", 1, "203.0.113.9"),
        ("192.0.2.1", "", 2, "192.0.2.1"),
        ("2001:db8:1:2:3::9", "", 0, "2001:db8:1:2::/64"),
        ("", "", 0, ""),
    ],
)
def test_who_asks_is_told_by_proxies_that_are_known_only(remote, forwarded, proxies, who, settings):
    settings.PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory(headers=headers, REMOTE_ADDR=remote).get("/")
    assert asker(request) == who


def test_the_answer_to_haste_is_in_words_with_a_time(settings, monkeypatch):
    monkeypatch.setattr(pace, "_PACE", Pace(Clock()))
    settings.SEARCHES_PER_MINUTE = 2
    view = pace.paced(lambda request: HttpResponse("svar"))
    request = RequestFactory().get("/soeg/")
    assert [view(request).content for _ in range(2)] == [b"svar", b"svar"]
    response = view(request)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "30")
    assert "Vent 30 sekunder" in response.content.decode()
