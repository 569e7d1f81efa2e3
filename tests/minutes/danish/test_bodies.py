"""Names of political bodies in running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagsgang.minutes.danish.bodies import (
    basic_form,
    find_bodies,
    first_body,
    may_name_body,
    same_body,
)


def names(text: str) -> list[str]:
    return [body.name for body in find_bodies(text)]


@pytest.mark.parametrize(
    "rest", ["den 4. maj 2025", "d. 4. maj", "som mødes i maj", "idet det haster"]
)
def test_what_follows_a_comma_may_go_on_with_the_sentence(rest: str) -> None:
    assert names(f"Udvalget for Job og Vækst, {rest}") == ["Udvalget for Job og Vækst"]


@pytest.mark.parametrize(
    "name",
    [
        "Beskæftigelsesudvalget",
        "Beskæftigelses- og Integrationsudvalget",
        "Børne-, Unge- og Familieudvalget",
        "Job- & Vækstudvalget",
        "Udvalget for Job og Vækst",
        "Udvalget for Job, Vækst og Unge",
        "Udvalg for Beskæftigelse",
        "Kultur og Fritidsudvalget",
        "Byrådet",
        "Lindvig Byråd",
        "Kommunalbestyrelsen",
        "Det Lokale Arbejdsmarkedsråd",
        "Handicaprådet",
        "Magistraten",
        "Børne- og ungeudvalget",
        "LAR-udvalget",
        "Huslejenævnet",
        "Dialogforum",
    ],
)
def test_bodies_are_found_whole(name: str) -> None:
    assert names(name) == [name]
    assert names(f"Sagen sendes til {name} den 5. maj.") == [name]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Økonomiudvalget og Byrådet", ["Økonomiudvalget", "Byrådet"]),
        ("Plan- og Boligudvalget, Økonomiudvalget og Byrådet", [
            "Plan- og Boligudvalget", "Økonomiudvalget", "Byrådet",
        ]),
        ("Økonomiudvalgets møde", ["Økonomiudvalget"]),
        ("Møde i Byrådet", ["Byrådet"]),
        ("På Byrådets vegne", ["Byrådet"]),
        ("REFERAT Beskæftigelsesudvalget d. 05-02-2025", ["Beskæftigelsesudvalget"]),
    ],
)  # fmt: skip
def test_what_stands_around_a_name_is_no_part_of_it(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "udvalget",
        "Udvalget godkendte sagen.",
        "rådet og nævnet",
        "et udvalg",
        "Det sociale område er vokset.",
        "Beskæftigelsesområdet",
        "Forvaltningen",
        "de stående udvalg",
        "fagudvalg",
        "",
    ],
)
def test_common_nouns_are_no_names(text: str) -> None:
    assert names(text) == []


def test_offsets_are_those_of_the_name_as_printed() -> None:
    text = "Møde i Økonomiudvalget og Byrådets formandskab"
    printed = [text[body.start : body.end] for body in find_bodies(text)]

    assert printed == ["Økonomiudvalget", "Byrådets"]


def test_the_first_body() -> None:
    assert first_body("Fra Økonomiudvalget til Byrådet") == "Økonomiudvalget"
    assert first_body("Ingen") is None


@pytest.mark.parametrize(
    ("name", "basic"),
    [
        ("Byrådets", "Byrådet"),
        ("Magistratens", "Magistraten"),
        ("Byrådet", "Byrådet"),
        ("Byråd", "Byråd"),
    ],
)
def test_the_basic_form_has_no_genitive(name: str, basic: str) -> None:
    assert basic_form(name) == basic


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Beskæftigelses- og Integrationsudvalget", "BESKÆFTIGELSES- OG INTEGRATIONSUDVALGET"),
        ("Byrådet", "Byråd"),
        ("Job- og Vækstudvalget", "Job og vækstudvalg"),
    ],
)
def test_the_same_body_in_two_forms(one: str, other: str) -> None:
    assert same_body(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Økonomiudvalget", "Erhvervsudvalget"), (None, "Byrådet"), (None, None)],
)
def test_other_bodies(one: str | None, other: str | None) -> None:
    assert not same_body(one, other)


WORDS = st.lists(
    st.one_of(
        st.sampled_from(
            ["Økonomiudvalget", "og", "Byrådet", "Børne-", "Ungeudvalget", "udvalget", "for", ",", "Den", "i",
             "Møde", "råd", "Lindvig", "/", "&", "Udvalget for Job"]
        ),
        st.text(max_size=6),
    ),
    max_size=12,
).map(" ".join)  # fmt: skip


@given(WORDS)
def test_names_stand_in_the_text_in_order(text: str) -> None:
    bodies = find_bodies(text)

    assert all(text[body.start : body.end].startswith(body.name) for body in bodies)
    assert [body.start for body in bodies] == sorted(body.start for body in bodies)
    assert not bodies or may_name_body(text)


@pytest.mark.parametrize(
    "letters", ["x" * 50_000, "A" * 50_000, "aA" * 25_000, "Alfa- og " * 5_000]
)
def test_time_is_linear(letters: str) -> None:
    """A second's work if it were quadratic would be hours."""
    assert find_bodies(f"Byrådet {letters}")[0].name == "Byrådet"
