"""Facets in one number, and what is counted from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagsgang.archive.search.facets import OUTCOMES, PARTIES, Facets, Filters, count

any_facets = st.builds(
    Facets,
    body=st.integers(1, 65_535),
    year=st.integers(1970, 2096),
    outcome=st.sampled_from(OUTCOMES),
    kle=st.sampled_from(["", "00", "15", "99"]),
    parties=st.frozensets(st.sampled_from(PARTIES)),
)
MUNICIPALITIES = {1: 10, 2: 10, 3: 20}
ROWS = [
    (Facets(1, 2024, "approved", "15", frozenset("A")).packed, 4),
    (Facets(2, 2025, "postponed", "15").packed, 3),
    (Facets(3, 2025, "approved", "00", frozenset("AØ")).packed, 2),
    (Facets(3, 2024, "", "", frozenset()).packed, 1),
]


def values(facet: str, filters: Filters) -> dict:
    return dict(count(ROWS, filters, MUNICIPALITIES).values[facet])


@given(any_facets)
def test_one_number_keeps_all_of_it(facets):
    assert 0 <= facets.packed < 2**63
    counted = count([(facets.packed, 7)], Filters(), {facets.body: 5})
    assert counted.total == 7
    assert counted.values["body"] == {facets.body: 7}
    assert counted.values["municipality"] == {5: 7}
    assert counted.values["year"] == {facets.year: 7}
    assert counted.values["outcome"] == ({facets.outcome: 7} if facets.outcome else {})
    assert counted.values["kle"] == ({facets.kle: 7} if facets.kle else {})
    assert counted.values["party"] == dict.fromkeys(facets.parties, 7)


def test_there_is_room_for_65_535_bodies():
    with pytest.raises(OverflowError, match=r"65\.535"):
        _ = Facets(65_536, 2024).packed


def test_without_filters_everything_is_counted():
    counted = count(ROWS, Filters(), MUNICIPALITIES)
    assert counted.total == 10
    assert counted.values["municipality"] == {10: 7, 20: 3}
    assert counted.values["outcome"] == {"approved": 6, "postponed": 3}
    assert counted.values["party"] == {"A": 6, "Ø": 2}


def test_a_facet_is_counted_under_the_filters_of_the_others():
    chosen = Filters(outcome=frozenset({"approved"}))
    assert count(ROWS, chosen, MUNICIPALITIES).total == 6
    assert values("outcome", chosen) == {"approved": 6, "postponed": 3}
    assert values("year", chosen) == {2024: 4, 2025: 2}
    both = Filters(outcome=frozenset({"approved"}), year=frozenset({2025}))
    assert count(ROWS, both, MUNICIPALITIES).total == 2
    assert values("outcome", both) == {"approved": 2, "postponed": 3}
    assert values("year", both) == {2024: 4, 2025: 2}
    assert values("kle", both) == {"00": 2}


def test_bodies_are_counted_within_the_municipality_and_municipalities_without_bodies():
    chosen = Filters(municipality=frozenset({10}), body=frozenset({2}))
    assert count(ROWS, chosen, MUNICIPALITIES).total == 3
    assert values("body", chosen) == {1: 4, 2: 3}
    assert values("municipality", chosen) == {10: 7, 20: 3}


def test_parties_are_any_of_those_asked_for():
    chosen = Filters(party=frozenset("Ø"))
    assert count(ROWS, chosen, MUNICIPALITIES).total == 2
    assert values("party", chosen) == {"A": 6, "Ø": 2}
    assert values("year", chosen) == {2025: 2}
