"""The notation of the vocabulary's phrases, and the sentences in which they are looked for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagsgang.minutes.reader.phrases import PhraseError, Phrases, as_printed
from sagsgang.minutes.reader.sentences import bare, sentences, spans, unquoted


def found(phrase: str, text: str) -> str | None:
    place = Phrases([phrase]).find(text)
    return text[place.start : place.end] if place else None


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("deltog ikke", "Ida Holm deltog ikke i mødet", "deltog ikke"),
        ("deltog ikke", "DELTOG IKKE", "DELTOG IKKE"),
        ("deltog ikke", "deltog, ikke", "deltog, ikke"),
        ("deltog ikke", "deltog gerne ikke", None),
        ("afbud", "afbuddet", None),
        ("afbud", "forafbud", None),
        ("sagen/punktet udgår", "Punktet udgår", "Punktet udgår"),
        ("indstilling(en/erne)", "indstillingerne", "indstillingerne"),
        ("indstilling(en/erne)", "indstilling", "indstilling"),
        ("indstilling(en/erne)", "indstillinger", None),
        ("sagen (blev/er) udsat", "sagen er udsat", "sagen er udsat"),
        ("sagen (blev/er) udsat", "sagen udsat", "sagen udsat"),
        ("(var/er) fraværende", "Ida Holm var fraværende", "var fraværende"),
        ("*udvalget", "Socialudvalget", "Socialudvalget"),
        ("*udvalget", "udvalgets", None),
        ("*chef(en)", "jobcenterchefen", "jobcenterchefen"),
        ("anbefal*", "anbefalede", "anbefalede"),
        (
            "send … tilbage",
            "send sagen og alle bilag tilbage nu",
            "send sagen og alle bilag tilbage",
        ),
        ("send … tilbage", "send tilbage", "send tilbage"),
        ("send … tilbage", "send " + "a " * 12 + "tilbage", "send " + "a " * 12 + "tilbage"),
        ("send … tilbage", "send " + "a " * 13 + "tilbage", None),
        ("punkt # udgår", "punkt 12-15 udgår", "punkt 12-15 udgår"),
        ("punkt # udgår", "punkt 1, 2 og 4 udgår", "punkt 1, 2 og 4 udgår"),
        ("punkt # udgår", "punkt udgår", None),
        ("pkt #", "pkt. 4", "pkt. 4"),
        ("a.b", "axb", None),
    ],
)
def test_notation(phrase: str, text: str, expected: str | None) -> None:
    assert found(phrase, text) == expected


@pytest.mark.parametrize(
    ("phrase", "text", "fits"),
    [
        ("udsat", "Udsat", True),
        ("udsat", "Sagen udsat", False),
        ("godkendt …", "Godkendt, idet " + "ord " * 99, True),
        ("godkendt …", "Godkendt", True),
        ("godkendt …", "Godkendte", False),
        ("(at) tiltræde", "tiltræde", True),
        ("-", "-", True),
    ],
)
def test_a_phrase_may_be_the_whole_sentence(phrase: str, text: str, fits: bool) -> None:
    assert Phrases([phrase]).fit(text) is fits


def test_the_first_place_counts_and_of_several_phrases_there_the_longest() -> None:
    phrases = Phrases(["er fraværende", "fraværende", "ikke"])
    text = "Ida er fraværende og ikke fraværende"

    assert phrases.find(text) == (4, 17)
    assert phrases.find_all(text) == [(4, 17), (21, 25), (26, 36)]


def test_what_a_sentence_opens_with() -> None:
    phrases = Phrases(["fraværende", "fraværende med afbud"])

    assert phrases.opening("Fraværende med afbud: Ida Holm") == (0, 20)
    assert phrases.opening("Ida Holm fraværende") is None


@pytest.mark.parametrize(
    "phrase", ["", " ", "… afbud", "(afbud)", "(a) (b)", "afbud (fra", "afbud)", "a*b", "x((y))"]
)
def test_what_is_no_phrase_is_refused(phrase: str) -> None:
    with pytest.raises(PhraseError, match=r"kan ikke bruges: .+\."):
        Phrases([phrase])


@pytest.mark.parametrize(
    ("phrase", "printed"),
    [
        ("stem(te/mer) imod/mod", "stemte imod"),
        ("(var/er) fraværende", "fraværende"),
        ("*udvalget anbefal*", "udvalget anbefal"),
        ("punkt # … udgår", "punkt 1 udgår"),
        ("godkendt …", "godkendt"),
    ],
)
def test_a_phrase_as_it_is_printed(phrase: str, printed: str) -> None:
    assert as_printed(phrase) == printed
    assert Phrases([phrase]).fit(printed)


WORDS = st.sampled_from(
    ["sagen", "punktet", "blev", "udsat", "12-15", "socialudvalget", "ikke", "İ", "a,", "."]
)
PHRASES = [
    "sagen/punktet (blev) udsat",
    "punktet # ikke",
    "*udvalget ikke",
    "sagen … ikke",
    "(blev) udsat",
    "udsat",
]


@given(st.lists(WORDS, max_size=12), st.sampled_from(PHRASES))
def test_a_phrase_is_found_where_its_pattern_is(words: list[str], phrase: str) -> None:
    """The quick search, by a rare word, finds what a plain search finds."""
    text = " ".join(words)
    forms = {
        "sagen/punktet (blev) udsat": r"(?:sagen|punktet)[.,:;]?\s+(?:blev[.,:;]?\s+)?udsat",
        "punktet # ikke": r"punktet[.,:;]?\s+12-15[.,:;]?\s+ikke",
        "*udvalget ikke": r"\w*udvalget[.,:;]?\s+ikke",
        "sagen … ikke": r"sagen[.,:;]?(?:\s+\S+){0,12}?[.,:;]?\s+ikke",
        "(blev) udsat": r"(?:blev[.,:;]?\s+)?udsat",
        "udsat": "udsat",
    }
    plain = re.search(rf"(?<!\w){forms[phrase]}(?!\w)", text)

    assert Phrases([phrase]).find(text) == (plain.span() if plain else None)


@given(st.text(max_size=60))
def test_any_phrase_is_a_phrase_or_refused(text: str) -> None:
    try:
        phrases = Phrases([text])
    except PhraseError:
        return
    assert phrases.find(text) is None or phrases.may_be_in(text)


@pytest.mark.parametrize(
    "text", ["a " * 50_000, "a" * 100_000, "ab " * 33_000, "1, " * 33_000, "a.b," * 25_000]
)
@pytest.mark.parametrize(
    "phrase", ["a … b … c", "*a* b", "a # b", "a (b) (b) (b) c", "*b* …  *b* c"]
)
def test_a_phrase_is_looked_for_in_any_text(phrase: str, text: str) -> None:
    assert Phrases([phrase]).find(text) is None


# --- sentences -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Godkendt. Ida Holm stemte imod.", ["Godkendt", "Ida Holm stemte imod"]),
        ("Godkendt\nUdsat", ["Godkendt", "Udsat"]),
        ("Chr. Holm og Ida B. Lind deltog ikke.", ["Chr. Holm og Ida B. Lind deltog ikke"]),
        ("Imod stemte V. Godkendt.", ["Imod stemte V", "Godkendt"]),
        ("SF stemte for SF. Udsat.", ["SF stemte for SF", "Udsat"]),
        (
            "Jf. pkt. 4 på 1.500 kr. og kl. 15.30 holdes møde.",
            ["Jf. pkt. 4 på 1.500 kr. og kl. 15.30 holdes møde"],
        ),
        ("Er det godkendt? Ja!", ["Er det godkendt", "Ja"]),
        ("1 og 2 godkendt. 3 udsat.", ["1 og 2 godkendt", "3 udsat"]),
        ("  \n\n ", []),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert list(sentences(text)) == expected


@given(st.text(alphabet='aB .\n"1,', max_size=80))
def test_sentences_stand_in_their_text_in_order(text: str) -> None:
    places = list(spans(text))

    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)


def test_of_an_endless_sentence_the_beginning_is_read() -> None:
    (sentence,) = sentences("ord " * 10_000)

    assert len(sentence) < 3_000


@given(st.text(alphabet='a »«"”.', max_size=60))
def test_quotations_are_blanked_and_places_stay(text: str) -> None:
    assert len(unquoted(text)) == len(text)


def test_a_quotation_that_ends_a_sentence_parts_it_from_the_next() -> None:
    text = 'Ida Holm sagde: "Det er ikke i orden." Udsat'

    assert list(sentences(unquoted(text))) == ["Ida Holm sagde:", "Udsat"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("1. Godkendt", "Godkendt"),
        ("2 - 5) Anbefales", "Anbefales"),
        ("Ad 1 og 2: Godkendt", "Godkendt"),
        ("Ad pkt. 3: Godkendt", "Godkendt"),
        ("a) Godkendt", "Godkendt"),
        ("- Godkendt", "Godkendt"),
        ("Godkendt (Ø tog forbehold)", "Godkendt"),
        ("Godkendt", "Godkendt"),
        ("-", "-"),
        ("2026 er godkendt", "2026 er godkendt"),
        ("(A)", "(A)"),
    ],
)
def test_a_bare_sentence(sentence: str, expected: str) -> None:
    assert bare(sentence) == expected
