"""A harvest stays on the site that was named, and out of what robots are asked to leave alone."""

from __future__ import annotations

import httpx
import pytest

from sagsgang.archive.harvest.harvesting import Wishes, harvest
from sagsgang.archive.harvest.problems import Gone, Lasting, Problem
from sagsgang.archive.harvest.robots import Rules, rules_of
from sagsgang.archive.harvest.visitor import Manners, Visitor, _is_within, whole
from sagsgang.archive.models import Meeting, Run

from ..firstagenda_server import FirstAgenda, answer, running
from .conftest import PatientClock

PAGE = "/side"


def fetched(address: str, clock: PatientClock) -> bytes:
    with Visitor(Manners(), clock) as visitor:
        return visitor.fetch(address, 1000, whole).data


def test_a_redirection_within_the_site_is_followed(
    service: FirstAgenda, clock: PatientClock
) -> None:
    service.files["/der"] = (b"her", "text/plain")
    service.strike(PAGE, answer(302, Location="/der"))
    assert fetched(service.address + PAGE, clock) == b"her"


def test_one_to_another_site_is_not(service: FirstAgenda, clock: PatientClock) -> None:
    with running() as other:
        other.files["/hemmelig"] = (b"hemmeligt", "text/plain")
        service.strike(PAGE, answer(302, Location=f"{other.address}/hemmelig"))
        with pytest.raises(Lasting, match="ikke er den side, der høstes") as problem:
            fetched(service.address + PAGE, clock)
        assert other.asked == []
    assert "/hemmelig" not in problem.value.danish


@pytest.mark.parametrize(
    ("asked", "led_to", "within"),
    [
        ("https://a.dk/1", "https://a.dk/2", True),
        ("https://a.dk/1", "https://A.dk:443/2", True),
        ("http://a.dk/1", "https://a.dk/2", True),
        ("https://a.dk/1", "http://a.dk/2", False),
        ("http://a.dk/1", "http://b.dk/1", False),
        ("http://a.dk/1", "http://a.dk.b.dk/1", False),
        ("http://a.dk/1", "http://a.dk:8080/1", False),
        ("http://a.dk:8080/1", "https://a.dk/1", False),
        ("http://a.dk/1", "http://a.dk@b.dk/1", False),
    ],
)
def test_what_is_within(asked: str, led_to: str, within: bool) -> None:
    assert _is_within(httpx.URL(led_to), httpx.URL(asked)) == within


def rules(service: FirstAgenda, text: str) -> None:
    service.files["/robots.txt"] = (text.encode(), "text/plain")


class TestRules:
    def read(self, service: FirstAgenda, clock: PatientClock) -> Rules:
        with Visitor(Manners(), clock) as visitor:
            return rules_of(service.address, visitor)

    def test_are_read_as_written_today(self, service: FirstAgenda, clock: PatientClock) -> None:
        rules(service, "User-agent: *\nDisallow: /vis/*/bilag$\nAllow: /vis/arkiv/bilag\n")
        found = self.read(service, clock)
        assert not found.allow(f"{service.address}/vis/2/bilag")
        assert found.allow(f"{service.address}/vis/arkiv/bilag")
        assert found.allow(f"{service.address}/api/agenda/udvalgsliste")

    def test_of_this_program_count_before_those_of_all(
        self, service: FirstAgenda, clock: PatientClock
    ) -> None:
        rules(service, "User-agent: *\nDisallow: /\n\nUser-agent: sagsgang\nDisallow: /luk\n")
        found = self.read(service, clock)
        assert found.allow(f"{service.address}/")
        assert not found.allow(f"{service.address}/luk")

    @pytest.mark.parametrize("code", [404, 410, 403, 500])
    def test_that_are_not_there_allow_everything(
        self, service: FirstAgenda, clock: PatientClock, code: int
    ) -> None:
        service.strike("/robots.txt", *[answer(code)] * 2)
        assert self.read(service, clock).allow(f"{service.address}/")

    def test_of_another_site_are_none(self, service: FirstAgenda, clock: PatientClock) -> None:
        with running() as other:
            rules(other, "User-agent: *\nDisallow: /\n")
            there = f"{other.address}/robots.txt"
            service.strike("/robots.txt", answer(302, Location=there))
            assert self.read(service, clock).allow(f"{service.address}/")
            assert other.asked == []

    def test_that_cannot_be_had_now_are_waited_for(
        self, service: FirstAgenda, clock: PatientClock
    ) -> None:
        service.strike("/robots.txt", *[answer(503)] * 9)
        with pytest.raises(Problem, match="for travlt"):
            self.read(service, clock)

    def test_are_obeyed_in_redirections_too(
        self, service: FirstAgenda, clock: PatientClock
    ) -> None:
        rules(service, "User-agent: *\nDisallow: /luk\nCrawl-delay: 4\n")
        service.strike(PAGE, answer(302, Location="/luk"))
        with Visitor(Manners(rest=0.2), clock) as visitor:
            visitor.obey(rules_of(service.address, visitor))
            for path in ("/luk", PAGE):
                with pytest.raises(Lasting, match="robotter"):
                    visitor.fetch(service.address + path, 1000, whole)
            with pytest.raises(Gone):
                visitor.fetch(f"{service.address}/andet", 1000, whole)
        assert service.times_asked("/luk") == 0
        assert clock.slept[-1] == pytest.approx(4)


@pytest.mark.django_db
class TestAHarvest:
    def test_is_none_where_robots_are_not_wanted(
        self, service: FirstAgenda, clock: PatientClock
    ) -> None:
        service.add("2026-05-04T14:00:00+02:00")
        rules(service, "User-agent: *\nDisallow: /\n")
        with pytest.raises(Problem, match="--ignore-robots"):
            harvest(service.address, Wishes(municipality="Lindvig"), clock=clock)
        assert set(service.asked) == {"/robots.txt"}
        assert "robots.txt" in Run.objects.get().problems[0]
        assert not Meeting.objects.exists()

    def test_goes_on_where_that_is_said(self, service: FirstAgenda, clock: PatientClock) -> None:
        service.add("2026-05-04T14:00:00+02:00")
        rules(service, "User-agent: *\nDisallow: /\n")
        wishes = Wishes(municipality="Lindvig", ignore_robots=True)
        assert harvest(service.address, wishes, clock=clock).new == 1
        assert service.times_asked("/robots.txt") == 0

    def test_leaves_only_out_what_is_named(self, service: FirstAgenda, clock: PatientClock) -> None:
        service.add("2026-05-04T14:00:00+02:00")
        kept_out = service.add("2026-06-01T14:00:00+02:00")
        rules(service, f"User-agent: *\nDisallow: /api/agenda/dagsorden/{kept_out}\n")
        run = harvest(service.address, Wishes(municipality="Lindvig"), clock=clock)
        assert (run.new, run.failed) == (1, 1)
        assert "robotter" in run.problems[0]

    def test_does_not_take_a_site_that_keeps_much_for_itself_to_be_away(
        self, service: FirstAgenda, clock: PatientClock
    ) -> None:
        kept_out = [service.add(f"2026-06-{day:02}T14:00:00+02:00") for day in range(1, 13)]
        service.add("2026-05-04T14:00:00+02:00")
        rules(
            service,
            "".join(
                [
                    "User-agent: *\n",
                    *(f"Disallow: /api/agenda/dagsorden/{one}\n" for one in kept_out),
                ]
            ),
        )
        run = harvest(service.address, Wishes(municipality="Lindvig"), clock=clock)
        assert (run.new, run.failed) == (1, 12)
