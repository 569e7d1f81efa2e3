"""Whatever the text: minutes with findings, or a refusal. Never a crash, never hours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagsgang.minutes import Minutes, UnreadableDocument, read_bytes

from .reading import BODY, HEAD

PIECES = st.sampled_from(
    [
        "# REFERAT Beskæftigelsesudvalget d. 05-02-2025", "Mødedato: 5. februar 2025", "Medlemmer", "Ida Holm (A)",
        "Indholdsfortegnelse", "Punkt 1: Plan ........ 3", "1. Plan 3", "## Punkt 1: Plan", "Punkt 2: Lukket:", "57.",
        "57", "Sag nr. 48", "Pkt. 102", "HR 1. Plan", "116Godkendelse", "Sagsnr.: 22/18533", "15.00.00-A00-14-25",
        "Åben sag", "Lukkede punkter", "Resume", "Indstilling", "Beslutning", "Beslutning i Byrådet den 5. maj 2025",
        "Byrådet, 5. maj 2025, pkt. 3", "BeslutningGodkendt.", "Godkendt.", "Fraværende", "Bilag", "Plan.pdf", "/KARB",
        "Kommunikation", "DIR ØKU BEU", "X", "1. at planen godkendes", "- punkt", "a\tb\tc", "| a | b |", "|---|", "**",
        "**fed**", "*", "#", "[x](http://x)", "<b>x</b>", "&amp;", "\f", "\x00", "Side 2 af 6", "Transkript", "Til toppen",
        "Meddelelser57. Godkendelse", "Beslutning " * 30, "A" * 300, "22. januar", "6. september 2018", "For stemte A.",
        "Underskriftsside", "Punkt 2 udsættes.", "( )", "...", "..... 3", "1", "x.", "I alt\t1\t2\t4", "😀",
    ]
)  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=40)


def reading(data: bytes) -> Minutes | str:
    """The minutes in the bytes, or why they cannot be read."""
    try:
        return read_bytes(data)
    except UnreadableDocument as refusal:
        return str(refusal)


@given(TEXTS, st.sampled_from(["\n", "\n\n", " ", ""]))
def test_any_text_is_read_or_refused_with_a_reason(pieces: list[str], between: str) -> None:
    found = reading(between.join(pieces).encode("utf-8", "replace"))

    assert found
    if isinstance(found, Minutes):
        assert Minutes.from_dict(found.to_dict()) == found


@given(st.binary(max_size=300))
def test_so_are_any_bytes(data: bytes) -> None:
    assert reading(data)


@given(TEXTS)
def test_reading_gives_the_same_each_time(pieces: list[str]) -> None:
    data = (HEAD + "\n\n".join(pieces)).encode("utf-8", "replace")

    assert reading(data) == reading(data)


# Each would take minutes if any step looked back over all that it has read.
MANY = {
    "numbers": "1. x\n" * 10_000,
    "headings": "# Overskrift\n\n" * 5_000,
    "items": "".join(f"## Punkt {n}: Sag {n}\n{BODY}" for n in range(1, 600)),
    "contents": "Indholdsfortegnelse\n\n" + "".join(f"Sag nummer {n} ..... {n}\n" for n in range(5_000)),
    "plain contents": "Indholdsfortegnelse\n\n" + "".join(f"Sag nummer {n}\n\n" for n in range(3_000)) + BODY * 100,
    "labels": "Beslutning\n\n" * 5_000,
    "summaries": "Resume\n\n" * 5_000,
    "absence": "Beslutning\n\nGodkendt.\n\nFraværende\n\nBo Lind\n\nMere.\n\n" * 1_000,
    "absences": "## Punkt 1: A\n\nBeslutning\n\nGodkendt.\n\n" + "Fraværende\n\nEn tekst.\n\n" * 2_000,
    "marks": "Sagsnr.: 22/1234\n\nUdskriv\n\nUdskriv\n\nUdskriv\n\nUdskriv\n\nUdskriv\n\n" * 1_000,
    "wrapped": "Dette er en linje, som et program har brudt, fordi den er for lang, og\n" * 5_000,
    "footers": "en linje, som går videre på den næste side, og som ikke ender her\n\nSide 1\n\n" * 2_000,
    "one word": "x" * 500_000,
    "capitals": "Beslutning " + "A" * 200_000,
    "figures": "1" * 500_000,
    "dots": "." * 200_000 + "\tx",
    "stars": "*" * 200_000,
    "hashes": "# " + "#" * 200_000 + "x",
    "tabs": "a\t" * 100_000,
    "pipes": "|a|b|\n" * 5_000 + "|" + "a|" * 5_000,
    "accents": "a" + "\u0327\u0301" * 100_000,
    "members": "Medlemmer\n\n" + "Ida Holm (A), Bo Lind (V), " * 3_000,
    "pages": "## Punkt 1: A\n" + "\f\n" * 5_000,
}  # fmt: skip


@pytest.mark.parametrize("name", MANY)
def test_time_is_linear_in_the_text(name: str) -> None:
    assert read_bytes(MANY[name].encode()).source is not None
