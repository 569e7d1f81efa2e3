"""Statements, reservations, and referral to the council."""

from __future__ import annotations

import pytest

from sagsgang.minutes.model import Statement
from sagsgang.minutes.reader.dissent import referrals_of, statements_of
from sagsgang.minutes.reader.vocabulary import builtin


def statements(text: str, *roster: str) -> list[tuple[list[str], str | None]]:
    return [(list(one.by), one.text) for one in statements_of(text, roster, builtin())]


def referrals(text: str, *roster: str) -> list[str]:
    return referrals_of(text, roster, builtin())


SAID = "Taksten er for høj. Vi kan ikke godkende den."


@pytest.mark.parametrize(
    "introduction",
    [
        "stemte imod med henvisning til følgende protokollat:",
        "stemte imod med følgende begrundelse:",
        "afgav følgende protokolbemærkning:",
        "afgiver følgende mindretalsudtalelse:",
        "ønskede at videreføre følgende protokolbemærkning fra behandlingen i Økonomiudvalget:",
        "ønskede følgende bemærkning tilført beslutningsprotokollen:",
        "ønsker følgende ført til protokol:",
        "fremsatte følgende særudtalelse:",
        "havde følgende protokollat:",
    ],
)
def test_whose_statement_it_is_and_what_it_says(introduction: str) -> None:
    assert statements(f'Ida Holm {introduction} "{SAID}"') == [(["Ida Holm"], SAID)]
    assert statements(f"Ida Holm (A) og Venstre {introduction}\n\n”{SAID}”") == [
        (["Ida Holm", "Venstre"], SAID)
    ]


@pytest.mark.parametrize("marks", ['""', "””", "“”", "„“", "»«", "«»"])
def test_quotation_marks_are_left_out(marks: str) -> None:
    text = f"SF afgav følgende protokolbemærkning: {marks[0]}{SAID}{marks[1]}"

    assert statements(text) == [(["SF"], SAID)]


def test_a_statement_without_quotation_marks_is_its_paragraph() -> None:
    text = f"SF afgav følgende protokolbemærkning:\n\n{SAID}\n\nVenstre undlod at stemme."

    assert statements(text) == [(["SF"], SAID)]


def test_a_statement_in_several_paragraphs() -> None:
    said = "Taksten er for høj.\n\nDet er usocialt."
    text = f'SF afgav følgende protokolbemærkning: "{said}"\n\nGodkendt.'

    assert statements(text) == [(["SF"], said)]


def test_several_statements() -> None:
    text = (
        "Et flertal stemte for.\n\n"
        'Ida Holm stemte imod med henvisning til følgende protokollat: "Taksten er for høj."\n\n'
        'Bo Lind afgav følgende protokolbemærkning: "Taksten er for lav." '
        "Per Dal kan ikke tiltræde beslutningen."
    )

    assert statements(text) == [
        (["Ida Holm"], "Taksten er for høj."),
        (["Bo Lind"], "Taksten er for lav."),
        (["Per Dal"], None),
    ]


def test_what_is_printed_twice_counts_once() -> None:
    text = f'SF afgav følgende protokolbemærkning: "{SAID}"\n\nIda Holm tog forbehold.'

    assert statements(f"{text}\n\n{text}") == [(["SF"], SAID), (["Ida Holm"], None)]


def test_a_heading_of_a_statement() -> None:
    text = f"Mindretalsudtalelse fra Ida Holm og SF: {SAID}"

    assert statements(text) == [(["Ida Holm", "SF"], SAID)]


def test_a_statement_told_in_the_third_person() -> None:
    text = "Ida Holm ønsker ført til protokol, at taksten er for høj."

    assert statements(text) == [(["Ida Holm"], "taksten er for høj.")]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Ida Holm kan ikke tiltræde beslutningen.", ["Ida Holm"]),
        ("Ida Holm og Bo Lind kunne ikke tiltræde indstillingen.", ["Ida Holm", "Bo Lind"]),
        ("Venstre kan ikke støtte forslaget.", ["Venstre"]),
        ("Ida Holm (A) tog forbehold.", ["Ida Holm"]),
        ("(B) tog forbehold.", ["B"]),
        ("2 medlemmer (N+Ø) tager forbehold frem til behandlingen.", ["N", "Ø"]),
        ("Godkendt, idet Ida Holm tog forbehold.", ["Ida Holm"]),
        ("Ida Holm ønskede sin afvigende mening ført til protokol.", ["Ida Holm"]),
    ],
)
def test_dissent_without_words_has_no_text(text: str, by: list[str]) -> None:
    assert statements(text) == [(by, None)]


@pytest.mark.parametrize(
    "text",
    [
        "Godkendt.",
        "Udvalget kan ikke tiltræde nedlæggelsen.",
        "Ida Holm kunne tiltræde indstillingen med bemærkning om taksten.",
        "Der tages forbehold for myndighedsgodkendelse.",
        "Protokollen blev godkendt.",
        f'Ida Holm stemte imod. Hun sagde: "{SAID}"',
        "Bemærkningen optages som en protokolbemærkning.",
    ],
)
def test_no_statement(text: str) -> None:
    assert statements(text) == []


def test_names_come_in_the_spelling_of_the_head() -> None:
    text = f'Ida Holmgård afgav følgende protokolbemærkning: "{SAID}"'

    assert statements_of(text, ("Ida Holmgaard",), builtin()) == [
        Statement(("Ida Holmgaard",), SAID)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ida Holm begærede sagen i Byrådet.",
        "Ida Holm begærer sagen indbragt for byrådet, jf. styrelseslovens § 23.",
        "Ida Holm (A) ønskede sagen forelagt for Kommunalbestyrelsen.",
        "Ida Holm anmodede om at få sagen behandlet i byrådet.",
        "Ida Holm krævede beslutningen indbragt for Borgerrepræsentationen.",
        "Ida Holm ønsker punktet afgjort af det samlede byråd.",
        "Ida Holm benyttede sin standsningsret.",
        "Ida Holm gjorde brug af standsningsretten.",
        "Ida Holm benyttede sin ret efter styrelseslovens § 23.",
        "Ida Holm indbragte sagen for byrådet.",
        "Ida Holm standsede beslutningen efter § 23.",
        "Godkendt. Ida Holm begærede sagen i Byrådet.",
        "Ida Holm begærede sagen i Byrådet.\n\nIda Holm begærede sagen i Byrådet.",
    ],
)
def test_referral_to_the_council(text: str) -> None:
    assert referrals(text) == ["Ida Holm"]


@pytest.mark.parametrize(
    "text",
    [
        "Godkendt.",
        "Udvalget ønsker sagen forelagt for byrådet.",
        "Ida Holm ønskede at frafalde standsningen.",
        "Sagen indstilles til byrådet.",
        'Ida Holm sagde: "Bo Lind begærede sagen i Byrådet i 2024."',
        "Ida Holm ønskede sagen drøftet på næste møde.",
    ],
)
def test_no_referral(text: str) -> None:
    assert referrals(text) == []


@pytest.mark.parametrize(
    "text",
    [
        'Ida Holm afgav følgende protokolbemærkning: "' * 2_000,
        'Ida Holm afgav følgende protokollat: "\n\n' * 2_500,
        "afgav følgende protokollat " * 4_000,
        "protokollat fra " * 6_000,
        "kan ikke tiltræde " * 5_000,
        "Ida Holm begærede sagen " * 4_000,
        "begærede " * 11_000 + "indbragt for byrådet",
        '"' * 50_000 + "protokollat",
        "stemte imod " * 8_000 + "protokollat",
    ],
)
def test_any_text_is_read(text: str) -> None:
    assert all(statement.by for statement in statements_of(text, (), builtin()))
    assert referrals_of(text, (), builtin()) in ([], ["Ida Holm"])
