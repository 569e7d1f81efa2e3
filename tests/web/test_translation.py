"""The site's English: every text has its translation, and the compiled catalogue is of today.

`python -m tests.web.messages` brings the catalogue up to date and says what is left to translate.
"""

from __future__ import annotations

import re

import polib
import pytest

from .messages import CATALOGUE, messages, untranslated

PLACE = re.compile(r"%\(\w+\)s|%%")
TAG = re.compile(r"</?\w+(?: href=\"[^\"]*\")?[^>]*>")
# Signs and names that are the same in both languages.
SAME = {
    "%(kind)s: %(body)s, %(municipality)s, %(day)s",
    "For",
    "Akoma Ntoso",
    "JSON",
    "JSON API",
    "JSON Lines",
    "Markdown",
    "PDF",
    "Parquet",
    "Procedure",
    "Region %(region)s",
    "Version",
    "Word",
    "Version %(number)s",
    "version %(number)s",
    "%(count)s for",
    "Stop",
}


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def test_the_catalogue_has_the_texts_of_pages_and_code_and_no_others(catalogue) -> None:
    there = {(one.msgid, one.msgid_plural, one.msgctxt) for one in catalogue}
    shown = {(one.text, one.plural, one.context) for one in messages()}
    assert shown - there == set(), "new texts: run python -m tests.web.messages, and translate"
    assert there - shown == set(), "texts that are gone: run python -m tests.web.messages"


def test_every_text_is_translated(catalogue) -> None:
    assert untranslated(catalogue) == []


def test_a_translation_is_not_the_danish_itself(catalogue) -> None:
    assert [
        one.msgid for one in catalogue if one.msgstr == one.msgid and one.msgid not in SAME
    ] == []


def test_a_translation_has_the_same_places_and_marks(catalogue) -> None:
    for one in catalogue:
        pairs = [(one.msgid, one.msgstr)]
        if one.msgid_plural:
            pairs = [(one.msgid_plural, one.msgstr_plural[1])]
        for danish, english in pairs:
            assert sorted(PLACE.findall(english)) == sorted(PLACE.findall(danish)), danish
            assert sorted(TAG.findall(english)) == sorted(TAG.findall(danish)), danish


def test_what_is_compiled_is_what_is_written(catalogue) -> None:
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    assert {(one.msgid, one.msgstr, str(one.msgstr_plural)) for one in compiled} == {
        (one.msgid, one.msgstr, str(one.msgstr_plural)) for one in catalogue
    }
