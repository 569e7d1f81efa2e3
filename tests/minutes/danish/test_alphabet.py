"""The order of the Danish alphabet."""

from __future__ import annotations

import pytest

from sagsgang.minutes.danish.alphabet import in_order


@pytest.mark.parametrize(
    "names",
    [
        ["Albertslund", "Vejle", "Ærø", "Ødis", "Aabenraa", "Åby", "Aarhus"],
        ["Andersen", "andersen nord", "André", "Andrés"],
        ["Børn", "Børne- og Ungeudvalget", "Bådudvalget"],
    ],
)
def test_the_last_letters_come_last_and_aa_is_one_of_them(names: list[str]) -> None:
    shuffled = names[::-1]
    assert sorted(shuffled, key=in_order) == names


def test_a_letter_in_two_parts_is_the_letter() -> None:
    assert in_order("a\u030aby") == in_order("åby") == in_order("Aaby")
