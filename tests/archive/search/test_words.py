"""What Danish words are found under, and what they must not be found under."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagsgang.archive.search import dictionary
from sagsgang.archive.search.analyser import Analyser, left_out
from sagsgang.archive.search.lexicon import Lexicon, corrections
from sagsgang.archive.search.tokens import forms, tokens
from sagsgang.archive.search.words import read_word

LEXICON = Lexicon()
ANALYSER = Analyser(LEXICON)


def keys(form: str) -> tuple[str, ...]:
    return read_word(form, LEXICON).keys


def parts(form: str) -> dict[str, str]:
    return {form[part.start : part.end]: part.lemma for part in read_word(form, LEXICON).parts}


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("ledige", "ledig"),
        ("langtidsledige", "langtidsledig"),
        ("kontanthjælpsmodtagernes", "kontanthjælpsmodtager"),
        ("jobcentret", "jobcenter"),
        ("jobcenteret", "jobcenter"),
        ("rusmiddelcentrene", "rusmiddelcenter"),
        ("indsatserne", "indsats"),
        ("kurserne", "kursus"),
        ("områder", "område"),
        ("priser", "pris"),
        ("frister", "frist"),
        ("hallerne", "hal"),
        ("sagsbehandlere", "sagsbehandler"),
        ("børn", "barn"),
        ("ældre", "ældre"),
    ],
)
def test_an_inflected_form_is_found_under_its_word(form, lemma):
    assert keys(form)[0] == lemma


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ledighed", "leder"),
        ("ledige", "ledere"),
        ("ledelse", "ledig"),
        ("borger", "borg"),
        ("borgere", "borge"),
        ("efterretning", "retning"),
        ("årsager", "år"),
        ("sundhed", "sund"),
        ("rådhuset", "råd"),
        ("virksomhed", "virksom"),
        ("regnskab", "regn"),
        ("vejleder", "leder"),
        ("dagsorden", "dag"),
    ],
)
def test_words_that_only_look_alike_do_not_meet(one, other):
    found = {*keys(one), *parts(one).values()}
    assert not found & set(keys(other))


def test_a_word_that_may_be_two_is_found_under_both():
    assert keys("modtager") == ("modtager", "modtage")
    assert keys("klager") == ("klage", "klager")


@pytest.mark.parametrize(
    ("form", "inside"),
    [
        ("langtidsledige", {"langtids": "langtid", "ledige": "ledig"}),
        ("kontanthjælpsreformen", {"kontanthjælp": "kontanthjælp", "reformen": "reform"}),
        ("kontanthjælpsmodtagere", {"kontanthjælp": "kontanthjælp", "modtagere": "modtager"}),
        ("sygedagpengemodtagere", {"sygedagpenge": "sygedagpenge", "dagpenge": "dagpenge"}),
        ("arbejdsmarkedsfordelingsordning", {"arbejdsmarked": "arbejdsmarked"}),
        ("ungeindsats", {"ung": "ung", "indsats": "indsats"}),
        ("jobkonsulenten", {"job": "job", "konsulenten": "konsulent"}),
        ("løntilskud", {"løn": "løn", "tilskud": "tilskud"}),
        ("uddannelsesmål", {"uddannelse": "uddannelse", "mål": "mål"}),
        ("revisionsåret", {"revision": "revision", "året": "år"}),
        ("trapperefusion", {"trappe": "trappe", "refusion": "refusion"}),
        ("ips-indsatsen", {"ips": "ips", "indsatsen": "indsats"}),
        ("ledighed", {"ledig": "ledig"}),
        ("virksomhedsrettede", {"virksomhed": "virksomhed"}),
        ("stofmisbrugere", {"misbrug": "misbrug"}),
    ],
)
def test_a_compound_is_found_under_its_parts(form, inside):
    found = read_word(form, LEXICON).parts
    there = {(form[part.start : part.end], part.lemma) for part in found}
    lemmas = {part.lemma for part in found}
    assert {lemma for _, lemma in inside.items()} <= lemmas
    assert {text for text, _ in inside.items()} <= {text for text, _ in there} | lemmas


@pytest.mark.parametrize(
    ("form", "also"),
    [("aarhus", "århus"), ("café", "cafe"), ("job-centret", "jobcenter"), ("ips'en", "ips")],
)
def test_other_ways_to_write_a_word(form, also):
    assert also in keys(form)


@pytest.mark.parametrize("form", ["bölle", "måned", "sætte", "ørken", "käthe"])
def test_letters_of_their_own_are_kept(form):
    assert all(set(key) & set("æøåäö") for key in keys(form))


def found_under(text: str) -> set[str]:
    analysed = list(ANALYSER.text(text))
    found = {key for _, word in analysed for key in word.keys}
    return found | {part.lemma for _, word in analysed for part in word.parts}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Sagsnr. 15.20.00-A00-14-25", "15.20.00-a00-14-25"),
        ("Sagsnr. 15.20.00-A00-14-25", "15.20.00"),
        ("Sagsnr. 15.20.00-A00-14-25", "15.20"),
        ("sag 22/18533.", "22/18533"),
        ("sag 22/18533.", "18533"),
        ("efter § 23.", "§23"),
        ("efter §§ 23-25", "§23"),
        ("lovens § 23 a, stk. 2", "§23a"),
        ("på 1.240.000,50 kr.", "1240000,50"),
        ("perioden 2022-2025", "2025"),
        ("Poul-Erik Tangholm", "poul-erik"),
        ("Poul-Erik Tangholm", "erik"),
        ("A\u030arhus", "århus"),
        ("kontant\u00adhjælp", "kontanthjælp"),
    ],
)
def test_numbers_references_and_names(text, key):
    assert key in found_under(text)


def test_a_last_part_printed_once_belongs_to_all():
    text = forms("Beskæftigelses-, social- og integrationsudvalget holdt møde.")
    assert list(left_out(text, ANALYSER.word)) == ["beskæftigelsesudvalg", "socialudvalg"]
    assert list(left_out(forms("Social- og andet"), ANALYSER.word)) == []


def test_parts_are_learnt_from_an_archive():
    assert (
        read_word("kompasforløbet", Lexicon()).parts == read_word("kompasforløbet", LEXICON).parts
    )
    unknown = read_word("blimpforløbet", LEXICON)
    assert [part.lemma for part in unknown.parts] == []
    learnt = read_word("blimpforløbet", Lexicon({"blimp": 3}))
    assert [part.lemma for part in learnt.parts] == ["blimp", "forløb"]


@given(st.text(alphabet="abdefghijklmnoprstuvyæøå-'’é s\u030a\u00ad", max_size=60))
def test_any_word_has_keys_and_parts_inside_it(text):
    for token in tokens(text):
        word = read_word(token.form.rstrip("-"), LEXICON)
        assert word.keys
        assert all(key for key in word.keys)
        assert all(0 <= part.start < part.end <= len(token.form) for part in word.parts)
        assert read_word(token.form.rstrip("-"), LEXICON) == word


@given(st.text(alphabet="abæøå-'’é s\u030a\u00ad12./§_", max_size=60))
def test_the_quick_way_gives_the_same_forms(text):
    assert forms(text) == [token.form for token in tokens(text)]


def test_the_shipped_words_are_those_of_the_dictionary():
    assert sorted(dictionary.own_words()) == dictionary.gathered_words(), (
        "run python -m sagsgang.archive.search.dictionary"
    )


def test_corrections_are_not_listed_twice():
    compounds = corrections()["compounds"]
    for name in ("short", "never_first", "never_last", "whole", "common", "endings"):
        assert len(compounds[name]) == len(set(compounds[name])), name
    assert set(compounds["first_only"]) <= set(compounds["short"])
