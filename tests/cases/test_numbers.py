"""Case numbers in a municipality's own form."""

from __future__ import annotations

import pytest

from sagsgang.cases.numbers import demand_form, demand_number, following, kle_in
from sagsgang.cases.refused import Refused

KLE = "{kle}-{facet}-{nr}-{år:2}"
YEARLY = "{år}-{nr:6}"


@pytest.mark.parametrize(
    ("form", "number"),
    [
        (KLE, "00.01.00-A00-6-24"),
        (KLE, "15.20.00-P27-114-26"),
        (YEARLY, "2024-012345"),
        ("{år:2}/{nr}", "22/18533"),
        ("{år:2}-{nr}-{kle}-{facet}", "24-1-15.20.00-P27"),
        ("", "hvad som helst"),
    ],
)
def test_numbers_in_the_form_may_be_used(form: str, number: str) -> None:
    demand_form(form)
    demand_number(form, number)


@pytest.mark.parametrize(
    ("form", "number"),
    [(KLE, "22/18533"), (YEARLY, "2024-12345"), (YEARLY, "24-012345"), (KLE, "15.20-A00-1-26")],
)
def test_others_may_not(form: str, number: str) -> None:
    with pytest.raises(Refused, match="Skriv det som"):
        demand_number(form, number)


def test_the_subject_in_a_number_is_the_cases() -> None:
    demand_number(KLE, "15.20.00-A00-1-26", "15.20.00")
    with pytest.raises(Refused, match="KLE-nummer"):
        demand_number(KLE, "15.20.00-A00-1-26", "00.01.00")
    assert kle_in(KLE, "15.20.00-A00-1-26") == "15.20.00"
    assert kle_in(YEARLY, "2026-000001") == ""


@pytest.mark.parametrize("form", ["{sag}-{nr}", "{år}", "{nr}-{nr}", "{nr", "fast"])
def test_a_form_that_gives_no_numbers_is_refused(form: str) -> None:
    with pytest.raises(Refused):
        demand_form(form)


def test_the_next_number_follows_the_highest_that_is_like_it() -> None:
    taken = ["15.20.00-A00-9-26", "15.20.00-A00-10-26", "00.01.00-A00-40-26", "15.20.00-A00-99-25"]
    assert following(KLE, taken, 2026, "15.20.00") == "15.20.00-A00-11-26"
    assert following(YEARLY, ["2026-000041", "2025-000100", "skæv"], 2026) == "2026-000042"
    assert following(YEARLY, [], 2027) == "2027-000001"
    with pytest.raises(Refused, match="KLE-nummeret"):
        following(KLE, taken, 2026)
