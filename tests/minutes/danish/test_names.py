"""Names of persons in lists and in sentences, and whether two names are one person's."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagsgang.minutes.danish.names import (
    Person,
    find_persons,
    in_roster,
    looks_like_name,
    same_person,
    split_persons,
)

IDA, BO, PER = Person("Ida Holm"), Person("Bo Lind"), Person("Per W. Dal")


@pytest.mark.parametrize(
    "text",
    [
        "Ida Holm, Bo Lind, Per W. Dal",
        "Ida Holm, Bo Lind og Per W. Dal.",
        "Ida Holm; Bo Lind; Per W. Dal",
        "Ida Holm - Bo Lind - Per W. Dal",
        "Ida Holm\nBo Lind\nPer W. Dal",
        "- Ida Holm\n- Bo Lind\n- Per W. Dal",
        "• Ida Holm • Bo Lind • Per W. Dal",
        "1. Ida Holm\n2. Bo Lind\n3. Per W. Dal",
        "Ida  \nHolm, Bo Lind, Per W.\nDal",
        "Ida Holm, Bo Lind samt Per W. Dal",
        "**Ida Holm**, Bo Lind, Per W. Dal",
        "Mødedeltagere Ida Holm, Bo Lind, Per W. Dal",
    ],
)
def test_names_are_parted_in_every_printed_way(text: str) -> None:
    assert split_persons(text) == [IDA, BO, PER]


@pytest.mark.parametrize(
    ("printed", "party"),
    [
        ("Ida Holm (A)", "A"),
        ("Ida Holm (Ø)", "Ø"),
        ("Ida Holm (A/F)", "A/F"),
        ("Ida Holm (Liste L)", "L"),
        ("Ida Holm, A", "A"),
        ("Ida Holm A", "A"),
        ("Ida Holm (Venstre)", "V"),
        ("Ida Holm (UP)", "independent"),
        ("Ida Holm (Uden for parti)", "independent"),
        ("Ida Holm (uden for partierne)", "independent"),
        ("Ida Holm (løsgænger)", "independent"),
        ("Ida Holm (A, formand)", "A"),
        ("Ida Holm (formand) (A)", "A"),
        ("Ida Holm", None),
        ("Ida Holm (sag 48-52)", None),
    ],
)
def test_the_party_stands_in_brackets_or_after_the_name(printed: str, party: str | None) -> None:
    assert split_persons(f"{printed}; Bo Lind (V)") == [
        Person("Ida Holm", party),
        Person("Bo Lind", "V"),
    ]


@pytest.mark.parametrize(
    ("printed", "present"),
    [
        ("Ida Holm (Fravær)", False),
        ("Ida Holm (Fraværende)", False),
        ("Ida Holm (afbud)", False),
        ("Ida Holm - afbud", False),
        ("Ida Holm, fraværende med afbud", False),
        ("Ida Holm (deltog ikke)", False),
        ("Ida Holm (A) (afbud)", False),
        ("Fraværende: Ida Holm", False),
        ("Afbud fra Ida Holm", False),
        ("Ida Holm (til stede)", True),
        ("Ida Holm", None),
        ("Ida Holm (F), sag 48-52", None),
    ],
)
def test_presence_is_known_only_where_it_is_said(printed: str, present: bool | None) -> None:
    (person,) = split_persons(printed)
    assert (person.name, person.present) == ("Ida Holm", present)


@pytest.mark.parametrize(
    "printed",
    [
        "Borgmester Ida Holm",
        "Formand Ida Holm",
        "Formand: Ida Holm",
        "Udvalgsformand Ida Holm",
        "Rådmand Ida Holm",
        "1. viceborgmester Ida Holm",
        "Viceborgmester Ida Holm",
        "Ida Holm, formand",
        "Ida Holm (formand)",
        "Ida Holm formand",
        "Ida Holm, 1. viceborgmester",
    ],
)
def test_an_office_is_no_part_of_the_name(printed: str) -> None:
    assert split_persons(printed) == [IDA]


@pytest.mark.parametrize("text", ["", "-", "–", "Ingen", "Ingen.", "Fraværende: Ingen"])
def test_nobody_is_named(text: str) -> None:
    assert split_persons(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Godkendt.",
        "Udvalget drøftede sagen.",
        "Ida Holm og Bo Lind stemte imod.",
        "Ida Holm deltog ikke i mødet.",
        "Venstre og Socialdemokratiet",
        "Dansk Folkeparti, Liberal Alliance",
        "Beskæftigelses- og Integrationsudvalget",
        "Taget til efterretning",
        "Ole skrald",
    ],
)
def test_a_sentence_or_a_party_is_no_list_of_names(text: str) -> None:
    assert split_persons(text) == []


def test_a_slip_in_one_name_of_a_list_does_not_spoil_the_list() -> None:
    names = [person.name for person in split_persons("Ida Holm, Bo Lind, Eva krog og Per W. Dal")]
    assert names == ["Ida Holm", "Bo Lind", "Eva krog", "Per W. Dal"]


def test_a_stand_in_is_not_the_one_who_is_absent() -> None:
    assert split_persons("Ida Holm (A) - Bo Lind (V) mødte som stedfortræder.") == [
        Person("Ida Holm", "A")
    ]


def test_labels_inside_a_list_tell_who_was_there() -> None:
    persons = split_persons("Til stede: Ida Holm, Bo Lind; Fraværende: Per W. Dal")
    assert [person.present for person in persons] == [True, True, False]


@pytest.mark.parametrize(
    "name",
    [
        "Ida Holm",
        "Ida W. Holm",
        "W. Holm",
        "H.C. Holm",
        "Jens Chr. Holm",
        "Hans Holm",
        "Ida von Holm",
        "Ida af Holm",
        "Fatima el-Hage",
        "Al-Mustafa Ali",
        "Anne-Marie O'Neil",
        "Karen Kjær-Holm",
        "Maj Holm",
        "August Holm",
        "Øjvind Ås",
        "Bo Bo",
    ],
)
def test_a_full_name_looks_like_one(name: str) -> None:
    assert looks_like_name(name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ida",
        "Ida W.",
        "ida holm",
        "Ida holm",
        "Ida Holm 2",
        "Ida Holm deltog",
        "Beskæftigelsesudvalget Lindvig",
        "Lindvig Kommune",
        "Byrådet Lindvig",
        "Godkendt Tiltrådt",
        "Taget Til Efterretning",
        "Marts Måned",
        "I Lindvig",
        "IPS Ung",
        "Aktuelle IPS-forløb",
        "Jobcenter Lindvig",
        "Social- Sundhed",
        "Et To Tre Fire Fem Seks",
        "Ida " * 30,
    ],
)
def test_other_words_do_not_look_like_a_name(text: str) -> None:
    assert not looks_like_name(text)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ida Holm", "ida holm"),
        ("Ida Kirkegaard", "Ida Kirkegård"),
        ("Ida Holmgren", "Ida Holmgreen"),
        ("Ida Holmgren", "Ida Holmgran"),
        ("Ida W Holm", "Ida W. Holm"),
        ("Ida  Holm", "Ida Holm"),
    ],
)
def test_two_spellings_of_one_person(a: str, b: str) -> None:
    assert same_person(a, b)
    assert same_person(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Kim Bo", "Tim Bo"),
        ("Ida Holmgren", "Ida Holmgaard"),
        ("Ida Holmgren", "Ida W. Holmgren"),
        ("Ida Holmgren", "Eva Holmgren"),
    ],
)
def test_two_persons(a: str, b: str) -> None:
    assert not same_person(a, b)


def test_the_roster_gives_the_spelling() -> None:
    roster = ["Ida Kirkegaard", "Eva Krog"]
    assert in_roster("Ida Kirkegård", roster) == "Ida Kirkegaard"
    assert in_roster("Eva krog", roster) == "Eva Krog"
    assert in_roster("Eva Krogh-Dal", roster) == "Eva Krogh-Dal"


def test_an_exact_spelling_goes_before_a_near_one() -> None:
    assert in_roster("Lene Holmgren", ["Lone Holmgren", "Lene Holmgren"]) == "Lene Holmgren"


def test_a_name_near_to_two_members_is_left_as_printed() -> None:
    assert in_roster("Lane Holmgren", ["Lone Holmgren", "Lene Holmgren"]) == "Lane Holmgren"


def test_names_are_found_in_a_sentence_without_their_titles() -> None:
    text = (
        "Afdelingsleder Ida Holm fra Jobcenter Lindvig og borgmester Bo von Lind deltog. "
        "Eva Krog stemte imod, da Lindvig Kommune ikke har midler."
    )
    found = find_persons(text)
    assert [name for name, _, _ in found] == ["Ida Holm", "Bo von Lind", "Eva Krog"]
    assert all(text[start:end] == name for name, start, end in found)


def test_a_name_does_not_run_over_a_full_stop_or_a_blank_line() -> None:
    names = [name for name, _, _ in find_persons("Ida Holm. Bo Lind\n\nEva Krog")]
    assert names == ["Ida Holm", "Bo Lind", "Eva Krog"]


FIRST = st.sampled_from("Ida Bo Eva Per Anne-Marie Maj Søren Åse Hans Øjvind Fatima".split())
LAST = st.sampled_from("Holm Lind Krog Dal Kjær-Holm O'Neil Ås Kirkegaard".split())
NAMES = st.builds(lambda first, last: f"{first} {last}", FIRST, LAST)
PARTIES = st.sampled_from([None, "A", "V", "Ø", "Å", "A/F"])


@given(
    st.lists(st.builds(Person, NAMES, PARTIES, st.sampled_from([None, False])), min_size=1),
    st.sampled_from([", ", "; ", "\n", "\n- ", " - "]),
)
def test_a_written_list_is_read_again(persons: list[Person], separator: str) -> None:
    printed = separator.join(
        person.name
        + (f" ({person.party})" if person.party else "")
        + (" (Fravær)" if person.present is False else "")
        for person in persons
    )
    assert split_persons(printed) == persons


@given(NAMES)
def test_a_name_in_a_sentence_is_found(name: str) -> None:
    assert [found for found, _, _ in find_persons(f"Her stemte {name} imod.")] == [name]


@given(st.text(), st.text())
def test_no_text_is_too_odd(a: str, b: str) -> None:
    assert same_person(a, b) is same_person(b, a)
    assert in_roster(a, [b]) in {a, b}
    for text in (a, f"{a}, {b}", f"Ida Holm ({a}), {b}"):
        split_persons(text)
        for name, start, end in find_persons(text):
            assert looks_like_name(name)
            assert text[start:end] == name


@pytest.mark.parametrize(
    "piece", ["A ", "(", "A.", "a-", "a'", "Ida ", "Ida Holm, ", "Ida\n", " og "]
)
def test_long_nonsense_is_read_in_one_pass(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert split_persons(text) == []
    assert len(find_persons(text)) <= text.count("Holm")
    assert not looks_like_name(text)
    assert not same_person(text, text[:-1] + "x y")
    split_persons(text[:5000])


def test_the_members_in_the_heads_of_real_minutes_are_read(seeds: list[Path]) -> None:
    heads = [
        line.replace("**", "").removeprefix("Mødedeltagere")
        for seed in seeds
        for line in seed.read_text("utf-8").splitlines()[:12]
        if "Mødedeltagere" in line and "Uden for parti" in line
    ]
    assert len(heads) == 1
    persons = split_persons(heads[0])
    assert len(persons) == heads[0].count("(")
    assert all(person.party for person in persons)
    assert [person.party for person in persons].count("independent") == 1
