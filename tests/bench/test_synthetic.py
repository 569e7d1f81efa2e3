"""The invented archive that speed is measured on is like a real one, and the same every time."""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from statistics import mean

import pytest
from bench.synthetic import Place, Size

from bench import synthetic
from sagsgang.bodies.municipalities import municipalities
from sagsgang.minutes import Minutes, read_bytes

SIZE = Size(municipalities=3, bodies=5, meetings=8, items=12)


@pytest.fixture(scope="module")
def meetings() -> list[Minutes]:
    return list(synthetic.archive(SIZE))


def test_the_same_seed_gives_the_same_archive(meetings: list[Minutes]) -> None:
    assert list(synthetic.archive(SIZE)) == meetings
    assert list(synthetic.archive(SIZE, seed=2)) != meetings


def test_a_meeting_can_be_made_without_those_before_it(meetings: list[Minutes]) -> None:
    assert synthetic.minutes(Place(1, 2, 4, 7), SIZE) == meetings[-1]


@pytest.mark.parametrize(("meetings", "items"), [(2000, 24_000), (20_000, 240_000)])
def test_the_sizes_that_are_measured(meetings: int, items: int) -> None:
    size = Size.of(meetings)
    assert size.municipalities * size.bodies * size.meetings == meetings
    assert meetings * size.items == items


def test_items_have_as_many_words_as_real_ones(meetings: list[Minutes]) -> None:
    words = [
        sum(len(section.text.split()) for section in item.sections)
        for minutes in meetings
        for item in minutes.items
        if not item.closed
    ]
    assert 150 <= mean(words) <= 200


def test_a_case_keeps_its_title_and_returns_at_later_meetings(meetings: list[Minutes]) -> None:
    treatments = defaultdict(list)
    for minutes in meetings:
        for item in minutes.items:
            if item.case_number:
                case = (minutes.municipality, item.case_number)
                treatments[case].append((minutes.date, item.title))
    assert all(len({title for _, title in each}) == 1 for each in treatments.values())
    returned = [each for each in treatments.values() if len({day for day, _ in each}) > 1]
    assert len(returned) > len(treatments) / 10
    assert all(earlier <= later for each in returned for (earlier, _), (later, _) in pairwise(each))


def test_closed_items_say_nothing(meetings: list[Minutes]) -> None:
    closed = [item for minutes in meetings for item in minutes.items if item.closed]
    assert closed
    assert {item.title for item in closed} == {None, "Lukket punkt"}
    assert not any(item.sections or item.decisions or item.case_number for item in closed)


def test_there_are_votes_dissent_and_absence(meetings: list[Minutes]) -> None:
    items = [item for minutes in meetings for item in minutes.items]
    assert any(item.votes for item in items)
    assert any(item.statements for item in items)
    assert any(item.absent for item in items)
    assert any(member.present is False for minutes in meetings for member in minutes.members)


def test_the_municipalities_are_invented(meetings: list[Minutes]) -> None:
    names = {minutes.municipality for minutes in meetings}
    assert len(names) == SIZE.municipalities
    assert not names & {name for _, name, _ in municipalities()}


def test_what_is_written_is_read_back_as_it_was(tmp_path: Path) -> None:
    assert synthetic.write(tmp_path, meetings=4) == 48
    for path, expected in zip(
        sorted(tmp_path.iterdir()), synthetic.archive(Size.of(4)), strict=True
    ):
        assert read_bytes(path.read_bytes(), path.name) == expected
        assert json.loads(path.read_text(encoding="utf-8"))["format_version"] == "1"
