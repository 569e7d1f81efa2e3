"""CPR-like numbers are found by date and context; other numbers are let be."""

from __future__ import annotations

import pytest

from sagsgang.minutes.danish.cpr import find_cpr


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("(CPR 010190-1234)", "certain"),
        ("personnummer 0101901234", "certain"),
        ("cpr-nr.: 010190 1234", "certain"),
        ("Borger 070761-4285 søger", "certain"),
        ("Borger 0707614285 søger", "likely"),
        ("Borger 010190-1234.", "possible"),
        ("01.01.90-1234", "possible"),
        ("010190–1234", "possible"),
        ("født 010190 - 1234)", "possible"),
    ],
)
def test_what_looks_like_a_cpr_number_is_found(text, certainty):
    [find] = find_cpr(text)
    assert find.certainty == certainty
    assert text[find.start].isdigit()
    assert text[find.end - 1].isdigit()


@pytest.mark.parametrize(
    "text",
    [
        "410190-1234",  # no such day
        "011390-1234",  # no such month
        "310290-1234",  # 31 February
        "15.20.00-P27-1-24",
        "tlf. 70 10 20 30",
        "120125 1000",
        "2.061.637 kr.",
        "0101901234",  # ten digits, no modulus, nothing said
        "01.01.2026-1234",
        "EAN 5798001234567",
        "21-010190-12345",
        "",
    ],
)
def test_other_numbers_are_let_be(text):
    assert find_cpr(text) == []


def test_the_real_documents_have_none(seeds):
    assert [find_cpr(path.read_text("utf-8")) for path in seeds] == [[]] * len(seeds)
