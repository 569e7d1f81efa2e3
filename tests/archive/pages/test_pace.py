"""How often one address may ask."""

from __future__ import annotations

import errno
import os
import subprocess
import sys

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from sagsgang.archive.pages import pace
from sagsgang.archive.pages.pace import Pace, asker
from sagsgang.archive.pages.purses import Purses


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA = tmp_path


def test_who_asks_calmly_never_waits():
    clock = Clock()
    own = Pace("a", clock)
    for _ in range(300):
        assert own.wait("a", 60) == 0
        clock.now += 1


def test_who_asks_without_end_waits_until_a_coin_has_come_back():
    clock = Clock()
    own = Pace("a", clock)
    assert [own.wait("a", 6) for _ in range(7)] == [0, 0, 0, 0, 0, 0, 10]
    clock.now += 4
    assert own.wait("a", 6) == 6
    clock.now += 6
    assert own.wait("a", 6) == 0


def test_at_nought_there_is_no_limit():
    own = Pace("a", Clock())
    assert [own.wait("a", 0) for _ in range(100)] == [0] * 100


def test_others_do_not_wait_for_it():
    own = Pace("a", Clock())
    assert own.wait("a", 1) == 0
    assert own.wait("a", 1) == 60
    assert own.wait("b", 1) == 0


def test_processes_count_together():
    clock = Clock()
    one, other = Pace("a", clock), Pace("a", clock)
    assert [pace.wait("x", 3) for pace in (one, other, one, other)] == [0, 0, 0, 20]
    assert Pace("b", clock).wait("x", 3) == 0


SPENDER = """
import sys
from pathlib import Path
from sagsgang.archive.pages.purses import Purses
purses, taken = Purses(Path(sys.argv[1]), "secret"), 0
for _ in range(2000):
    def spent(coins, then):
        return coins + 1, 1.0
    purses.change("x", spent)
"""


def test_many_at_once_disturb_nobody(tmp_path):
    file = tmp_path / "purses"
    run = [subprocess.Popen([sys.executable, "-c", SPENDER, file]) for _ in range(3)]
    assert [one.wait(600) for one in run] == [0, 0, 0]
    found = []
    Purses(file, "secret").change("x", lambda coins, then: (found.append(coins), (coins, then))[1])
    assert found == [6000.0]


def test_where_the_disk_is_full_each_process_counts_for_itself(tmp_path, monkeypatch):
    def full(file, offset, length):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full)
    own = Pace("a", Clock())
    assert [own.wait("x", 1) for _ in range(2)] == [0, 60]
    assert (tmp_path / "pace-a").stat().st_size == 0


def test_the_file_has_its_room_on_the_disk_from_the_first(tmp_path):
    Pace("a", Clock()).wait("x", 1)
    assert (tmp_path / "pace-a").stat().st_blocks * 512 >= 2**20


def test_a_machine_that_was_started_anew_begins_anew():
    clock = Clock()
    assert [Pace("a", clock).wait("x", 1) for _ in range(2)] == [0, 60]
    clock.now = 5.0
    assert Pace("a", clock).wait("x", 1) == 0


def test_nobody_can_be_found_in_the_file(tmp_path):
    own = Pace("a", Clock())
    for number in range(3000):
        own.wait(f"192.0.2.{number}", 60)
    content = (tmp_path / "pace-a").read_bytes()
    assert len(content) == 2**20
    assert b"192.0.2" not in content


def test_a_folder_that_cannot_be_written_is_no_obstacle(settings, tmp_path):
    settings.DATA = tmp_path / "nowhere"
    own = Pace("a", Clock())
    assert [own.wait("x", 2) for _ in range(3)] == [0, 0, 30]


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
    monkeypatch.setattr(pace, "_PACE", Pace("a", Clock()))
    settings.SEARCHES_PER_MINUTE = 2
    view = pace.paced(lambda request: HttpResponse("svar"))
    request = RequestFactory().get("/soeg/")
    assert [view(request).content for _ in range(2)] == [b"svar", b"svar"]
    response = view(request)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "30")
    assert "Vent 30 sekunder" in response.content.decode()
