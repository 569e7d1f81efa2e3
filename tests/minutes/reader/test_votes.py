"""Votes that decisions record, by name, by party, by group and in lists."""

from __future__ import annotations

import pytest

from sagsgang.minutes.model import Vote
from sagsgang.minutes.reader.vocabulary import builtin
from sagsgang.minutes.reader.votes import is_party, voters, votes_of


def votes(text: str, *roster: str) -> dict[str, list[str]]:
    """The voters of a text with one vote, by choice."""
    found = votes_of(text, roster, builtin())
    assert len({vote.choice for vote in found}) == len(found)
    return {vote.choice: list(vote.voters) for vote in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ida Holm stemte imod.", {"against": ["Ida Holm"]}),
        ("Ida Holm stemmer mod.", {"against": ["Ida Holm"]}),
        ("Ida Holm (A) og Bo Lind (V) stemte for.", {"for": ["Ida Holm", "Bo Lind"]}),
        ("Ida Holm undlod at stemme.", {"abstain": ["Ida Holm"]}),
        ("Ida Holm stemte hverken for eller imod.", {"abstain": ["Ida Holm"]}),
        ("Godkendt. Ida Holm stemte imod.", {"against": ["Ida Holm"]}),
        ("Indstillingen blev godkendt, idet Ida Holm stemte imod.", {"against": ["Ida Holm"]}),
        (
            "Ida Holm og Bo Lind stemte for, mens Per Dal stemte imod, "
            "og Eva Krog undlod at stemme.",
            {"for": ["Ida Holm", "Bo Lind"], "against": ["Per Dal"], "abstain": ["Eva Krog"]},
        ),
        (
            "Et flertal af Socialudvalget (Ida Holm, Bo Lind og Per Dal) stemte for.\n\n"
            "Eva Krog stemte imod.",
            {"for": ["Ida Holm", "Bo Lind", "Per Dal"], "against": ["Eva Krog"]},
        ),
        (
            "Et flertal bestående af Ida Holm, Bo Lind og Per Dal stemte for.",
            {"for": ["Ida Holm", "Bo Lind", "Per Dal"]},
        ),
        ("Følgende stemte for: Ida Holm, Bo Lind.", {"for": ["Ida Holm", "Bo Lind"]}),
    ],
)
def test_votes_by_name(text: str, expected: dict[str, list[str]]) -> None:
    assert votes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Venstre undlod at stemme.", {"abstain": ["Venstre"]}),
        ("Venstre og Dansk Folkeparti stemte imod.", {"against": ["Venstre", "Dansk Folkeparti"]}),
        ("Ad 1 og 2: Godkendt. N og Ø stemte imod.", {"against": ["N", "Ø"]}),
        ("Liste Ø stemte imod.", {"against": ["Liste Ø"]}),
        ("Byrådsgruppe Ø stemte imod.", {"against": ["Byrådsgruppe Ø"]}),
        ("Venstres gruppe stemte imod.", {"against": ["Venstres gruppe"]}),
        ("Medlemmerne fra Venstre stemte imod.", {"against": ["Venstre"]}),
        ("2 medlemmer (C+O) stemte imod.", {"against": ["C", "O"]}),
        (
            "Enhedslisten og Ida Holm (løsgænger) stemte imod.",
            {"against": ["Enhedslisten", "Ida Holm"]},
        ),
        (
            "Godkendt med stemmerne fra A, F og Ø mod stemmerne fra V.",
            {"for": ["A", "F", "Ø"], "against": ["V"]},
        ),
    ],
)
def test_votes_by_party(text: str, expected: dict[str, list[str]]) -> None:
    assert votes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "For stemte: A, B, F og Ø.\n\nImod stemte: C, A. Ben Dal (løsgænger), O og V.",
            {"for": ["A", "B", "F", "Ø"], "against": ["C", "A. Ben Dal", "O", "V"]},
        ),
        (
            "For: Gruppe A, F, O, V, C og B.\n\nImod: Liste H og Gruppe Ø.",
            {
                "for": ["Gruppe A", "F", "O", "V", "C", "B"],
                "against": ["Liste H", "Gruppe Ø"],
            },
        ),
        (
            "For stemte: 5 (A+T+V)\nImod stemte: 2 (C+O)\nUndlod at stemme: 1 (B)",
            {"for": ["A", "T", "V"], "against": ["C", "O"], "abstain": ["B"]},
        ),
        (
            "For stemte 5 (A+T+V)\nImod stemte 2 (C+O)",
            {"for": ["A", "T", "V"], "against": ["C", "O"]},
        ),
        (
            "For forslaget stemte liste A og D. Imod stemte liste V. Forslaget vedtaget.",
            {"for": ["liste A", "D"], "against": ["liste V"]},
        ),
        (
            "For stemte: Ida Holm; Imod stemte: Bo Lind",
            {"for": ["Ida Holm"], "against": ["Bo Lind"]},
        ),
        ("For stemte: Ida Holm\nImod stemte:\nUndlod at stemme:", {"for": ["Ida Holm"]}),
        (
            "- For stemte: Ida Holm\n- Imod stemte: Bo Lind",
            {"for": ["Ida Holm"], "against": ["Bo Lind"]},
        ),
    ],
)
def test_votes_in_lists(text: str, expected: dict[str, list[str]]) -> None:
    assert votes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Godkendt.",
        "Godkendt med 42 stemmer mod 4. 8 medlemmer undlod at stemme.",
        "Godkendt med 43 stemmer imod 7.",
        "Godkendt uden afstemning.",
        "Et flertal stemte for.",
        "Udvalget stemte imod.",
        "Det er bestemt, at Ida Holm deltager.",
        "Frist for svar: Ida Holm skriver i maj.",
        'Ida Holm sagde: "Bo Lind stemte imod i 2024."',
    ],
)
def test_nobody_is_said_to_have_voted(text: str) -> None:
    assert votes(text) == {}


def test_each_voter_is_listed_once_in_the_spelling_of_the_head() -> None:
    text = (
        "Et flertal (Ida holm, Bo Lind og Per Dal) stemte for.\n\nIda Holm og Bo Lind stemte for."
    )

    assert votes(text, "Ida Holm") == {"for": ["Ida Holm", "Bo Lind", "Per Dal"]}


def test_a_vote_that_is_printed_twice_counts_once() -> None:
    text = "For stemte: A og B\nImod stemte: C"

    assert votes_of(f"{text}\n\n{text}", (), builtin()) == votes_of(text, (), builtin())


def test_votes_on_several_parts_of_a_case_follow_one_another() -> None:
    text = "Ad 1\nFor stemte: A og V\nImod stemte: C\nAd 2\nFor stemte: A\nImod stemte: C og V"

    assert votes_of(text, (), builtin()) == [
        Vote("for", ("A", "V")),
        Vote("against", ("C",)),
        Vote("for", ("A",)),
        Vote("against", ("C", "V")),
    ]


@pytest.mark.parametrize(
    "words", ["Venstre", "SF", "SFs", "Det Radikale Venstre", "A", "Ø", "Liste H", "V-gruppen"]
)
def test_parties(words: str) -> None:
    assert is_party(words, builtin())


@pytest.mark.parametrize("words", ["", "Ida Holm", "venstre", "a", "8", "Liste", "Venstre og SF"])
def test_what_is_no_party(words: str) -> None:
    assert not is_party(words, builtin())


def test_voters_are_persons_and_parties_in_their_order() -> None:
    found = voters("Ida Holm (A), Venstre, Bo Lind og Ø", (), builtin())

    assert found == ["Ida Holm", "Venstre", "Bo Lind", "Ø"]


@pytest.mark.parametrize(
    "text",
    [
        "Ida Holm stemte imod. " * 4_500,
        "Ida Holm, " * 10_000 + "stemte for",
        "stemte for " * 9_000,
        "For stemte: A, " * 6_000,
        "For: Imod: " * 9_000,
        "(A " * 33_000 + "stemte for",
        "stemte " + "a" * 100_000,
        "mens og idet " * 8_000 + "stemte imod",
        " ".join(f"Ida Holm{'abcdefghij'[n % 10] * (n % 50)} stemte for." for n in range(3_000)),
    ],
)
def test_any_text_is_read(text: str) -> None:
    assert all(vote.voters for vote in votes_of(text, ("Ida Holm",), builtin()))
