"""The committee's rules, as the law has them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagsgang.meetings.rules.days import Rhythm, is_working_day, working_days_before
from sagsgang.meetings.rules.standing import may_dissent, may_refer
from sagsgang.meetings.rules.voting import (
    NotAllowed,
    Quorum,
    Tally,
    all_for,
    by_group,
    demand_outcome,
    tally,
    united,
)

CHOICES = st.sampled_from(["for", "against", "abstain"])


@pytest.mark.parametrize(
    ("members", "taking_part", "reached"),
    [(7, 3, False), (7, 4, True), (6, 3, True), (6, 2, False), (1, 1, True), (0, 0, False)],
)
def test_at_least_half_of_the_members_must_take_part(members, taking_part, reached):
    assert Quorum(members, taking_part).reached is reached


def test_the_quorum_is_told_in_words():
    assert Quorum(7, 3).reason.danish == (
        "3 af 7 medlemmer deltager, og mindst 4 skal deltage: Udvalget er ikke beslutningsdygtigt."
    )


@given(st.dictionaries(st.text(min_size=1, max_size=5), CHOICES))
def test_more_for_than_against_adopts_whatever_the_others_do(votes):
    keyed = dict(enumerate(votes.values()))
    counted = tally(keyed, keyed, {})
    chosen = list(votes.values())
    assert counted.adopted == (chosen.count("for") > chosen.count("against"))
    assert counted.votes_for + counted.against + counted.abstaining == len(votes)


def test_a_tie_is_a_refusal_and_says_so():
    assert not Tally(3, 3, 1).adopted
    assert Tally(3, 3, 1).reason.danish == (
        "Forkastet: 3 for, 3 imod, 1 undlod at stemme. Ved stemmelighed er forslaget ikke vedtaget."
    )


@given(CHOICES, CHOICES, CHOICES, st.sampled_from(["rejected", "approved", "noted", "other"]))
def test_the_outcome_is_what_the_vote_gave_both_ways(one, two, three, outcome):
    counted = tally({1: one, 2: two, 3: three}, [1, 2, 3], {})
    if counted.adopted == (outcome != "rejected"):
        demand_outcome(counted, outcome)
    else:
        with pytest.raises(NotAllowed, match="Udfaldet kan derfor ikke være"):
            demand_outcome(counted, outcome)


NAMES = {1: "Ida", 2: "Bo", 3: "Ole"}


def test_nobodys_vote_is_guessed():
    with pytest.raises(NotAllowed, match="mangler fra: Bo"):
        tally({1: "for"}, [1, 2], NAMES)
    with pytest.raises(NotAllowed, match="Ole deltager ikke"):
        tally({1: "for", 3: "for"}, [1], NAMES)


def test_two_of_one_name_have_two_votes():
    assert tally({1: "for", 2: "against"}, [1, 2], {1: "Bo", 2: "Bo"}) == Tally(1, 1, 0)


def test_all_for_in_one_touch_and_then_the_exceptions():
    assert all_for(["Ida", "Bo", "Ole"], {"Bo": "against"}) == {
        "Ida": "for",
        "Bo": "against",
        "Ole": "for",
    }


GROUPS = {"Ida": "A", "Bo": "A", "Ole": "V"}


def test_groups_vote_as_one():
    assert by_group(GROUPS, {"A": "for"}) == {"Ida": "for", "Bo": "for"}


@given(st.fixed_dictionaries(dict.fromkeys([*GROUPS, "Per"], CHOICES)))
def test_a_group_is_named_only_where_it_voted_as_one(votes):
    assert united(votes, GROUPS) == ({"A", "V"} if votes["Ida"] == votes["Bo"] else {"V"})


@pytest.mark.parametrize(
    ("tallied", "majority"),
    [
        (Tally(4, 3, 0), "for"),
        (Tally(3, 4, 0), "against"),
        (Tally(5, 0, 2), "for"),
        (Tally(7, 0, 0), None),
        (Tally(3, 3, 0), None),
        (Tally(3, 2, 2), None),
    ],
)
def test_a_majority_is_more_than_half_of_those_who_were_there(tallied, majority):
    assert tallied.majority == majority


@pytest.mark.parametrize(
    ("person", "votes", "allowed"),
    [
        ("Ida", {"Ida": "against", "Bo": "for", "Ole": "for"}, True),
        ("Bo", {"Ida": "against", "Bo": "for", "Ole": "for"}, False),
        ("Ida", {"Ida": "abstain", "Bo": "for", "Ole": "for"}, False),
        ("Ida", {"Ida": "for", "Bo": "against"}, True),
        ("Ida", {}, False),
        ("Per", {"Ida": "for", "Bo": "against"}, False),
    ],
)
def test_only_the_minority_of_a_vote_may_dissent(person, votes, allowed):
    if allowed:
        may_dissent(person, person, votes)
    else:
        with pytest.raises(NotAllowed):
            may_dissent(person, person, votes)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"closed": True}, "Mødet er slut"),
        ({"procedural": True}, "kun et led"),
        ({"council": True}, "indbragt for sig"),
        ({"took_part": False}, "deltog ikke"),
        ({}, None),
    ],
)
def test_a_member_may_demand_that_the_council_decide_until_the_meeting_closes(facts, words):
    given_ = dict.fromkeys(("closed", "procedural", "council"), False) | {"took_part": True}
    given_ |= facts
    if words is None:
        may_refer("Ida", **given_)
    else:
        with pytest.raises(NotAllowed, match=words):
            may_refer("Ida", **given_)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 22), False),
        (date(2026, 4, 2), False),  # Maundy Thursday
        (date(2026, 5, 1), True),  # the first of May is no public holiday; Great Prayer Day is gone
        (date(2023, 5, 5), False),  # Great Prayer Day, the last one
        (date(2026, 6, 5), False),
        (date(2026, 12, 24), False),
    ],
)
def test_days_off_are_known(day, works):
    assert is_working_day(day) is works


def test_working_days_are_counted_back_over_weekends_and_holidays():
    assert working_days_before(date(2026, 4, 8), 4) == date(2026, 3, 30)


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(0, 30))
def test_so_many_working_days_lie_between(day, count):
    first = working_days_before(day, count)
    between = [first + timedelta(n) for n in range((day - first).days)]
    assert sum(map(is_working_day, between)) == count


def test_the_first_wednesday_of_each_month_but_july():
    days = dict(Rhythm(weekday=2, ordinal=1, start_time="15:30").days(2026))
    assert list(days)[:3] == [date(2026, 1, 7), date(2026, 2, 4), date(2026, 3, 4)]
    assert len(days) == 11
    assert all(day.weekday() == 2 and is_working_day(day) for day in days)


def test_a_meeting_on_a_day_off_is_moved_and_says_why():
    days = dict(Rhythm(weekday=3, ordinal=1, start_time="15:30", months=(4,)).days(2026))
    assert days == {date(2026, 4, 9): "Flyttet en uge, fordi 02.04.2026 er en fridag."}


def test_the_last_weekday_and_a_fifth_that_is_not_there():
    assert [day for day, _ in Rhythm(1, -1, "8:00", (9,)).days(2026)] == [date(2026, 9, 29)]
    assert list(Rhythm(1, 5, "8:00", (2,)).days(2026)) == []
