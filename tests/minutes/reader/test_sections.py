"""An item's sections: which headings open one, and what belongs to each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagsgang.minutes import Section

from .reading import BODY, HEAD, items, read, sections


def item(text: str) -> str:
    return f"{HEAD}## Punkt 1: Plan for unge\n\n{text}\n"


def divided(text: str) -> list[tuple[str, str, str]]:
    (only,) = items(item(text))
    return [(one.label, one.kind, one.text) for one in only.sections]


# --- order and labels ------------------------------------------------------------------------


def test_sections_stand_in_printed_order() -> None:
    text = "Resume\n\nKort.\n\nSagsfremstilling\n\nLangt.\n\nBeslutning\n\nGodkendt.\n\nBilag\n\nPlan.pdf"

    assert divided(text) == [
        ("Resume", "summary", "Kort."),
        ("Sagsfremstilling", "presentation", "Langt."),
        ("Beslutning", "decision", "Godkendt."),
        ("Bilag", "attachments", "Plan.pdf"),
    ]


def test_after_more_sections_than_any_item_has_nothing_is_divided_or_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sagsgang.minutes.reader.sections._MOST_PARTS", 2)
    text = "Resume\n\nKort.\n\nSagsfremstilling\n\nLangt.\n\nBeslutning\n\nGodkendt.\n\nBilag\n\nPlan.pdf"

    assert divided(text) == [
        ("Resume", "summary", "Kort."),
        ("Sagsfremstilling", "presentation", "Langt."),
        ("Beslutning", "decision", "Godkendt.\n\nBilag\n\nPlan.pdf"),
    ]


def test_the_decision_may_stand_before_the_case() -> None:
    text = "Beslutning\n\nGodkendt.\n\nGennemgang af sagen\n\nLangt.\n\nIndstilling\n\nDirektøren indstiller, at planen godkendes."

    assert [kind for _, kind, _ in divided(text)] == ["decision", "presentation", "recommendation"]
    assert items(item(text))[0].decisions[0].text == "Godkendt."


def test_text_before_the_first_label_has_none() -> None:
    assert divided("En tekst uden overskrift.\n\nBeslutning\n\nGodkendt.")[0] == (
        "", "presentation", "En tekst uden overskrift.",
    )  # fmt: skip


@pytest.mark.parametrize("label", ["Resumé:", "**RESUMÉ**", "### Resumé", "Resumé :"])
def test_labels_are_given_as_printed_without_a_colon(label: str) -> None:
    assert divided(f"{label}\n\nKort.")[0][0].upper() == "RESUMÉ"


def test_a_label_with_nothing_under_it_is_an_empty_section() -> None:
    assert divided("Resume\n\nBeslutning\n\nGodkendt.")[0] == ("Resume", "summary", "")


def test_thematic_headings_belong_to_the_presentation() -> None:
    text = "### Sagsfremstilling\n\nForst.\n\n## Styrket borgerkontakt\n\nMere.\n\n**Unge i Lindvig**\n\nSidst."

    assert divided(text) == [
        ("Sagsfremstilling", "presentation",
         "Forst.\n\nStyrket borgerkontakt\n\nMere.\n\nUnge i Lindvig\n\nSidst."),
    ]  # fmt: skip


def test_a_summary_inside_the_presentation_ends_with_the_next_theme() -> None:
    text = "## Gennemgang af sagen\n\n## Resumé\n\nKort.\n\n## Baggrund for sagen\n\nLangt.\n\nIndstilling\n\nDirektøren indstiller, at planen godkendes."

    assert [(label, kind) for label, kind, _ in divided(text)] == [
        ("Gennemgang af sagen", "presentation"),
        ("Resumé", "summary"),
        ("Gennemgang af sagen", "presentation"),
        ("Indstilling", "recommendation"),
    ]


def test_loose_labels_open_sections_where_most_items_have_them() -> None:
    body = "\n\nBaggrund\n\nDet begyndte i fjor.\n\nVurdering\n\nDet går godt.\n\nBeslutning\n\nGodkendt.\n\n"
    text = HEAD + "".join(f"## Punkt {n}: Plan {n}\n{body}" for n in (1, 2, 3))

    assert [one.label for one in items(text)[0].sections] == ["Baggrund", "Vurdering", "Beslutning"]


def test_loose_labels_are_themes_elsewhere() -> None:
    text = (
        item("Sagsfremstilling\n\nFørst.\n\nBaggrund\n\nDet begyndte i fjor.\n")
        + f"## Punkt 2: Eventuelt\n{BODY}"
    )

    assert [one.label for one in items(text)[0].sections] == ["Sagsfremstilling"]


def test_buttons_of_the_web_page_are_left_out() -> None:
    assert divided("Resume\n\nKort.\n\nTil toppen\n\nKopier link til punktet - Print") == [
        ("Resume", "summary", "Kort.")
    ]


# --- recommendations -------------------------------------------------------------------------


def test_a_line_opens_the_recommendation_where_no_heading_is_printed() -> None:
    text = "Sagsfremstilling\n\nLangt.\n\nDirektøren for Job og Vækst indstiller\n\nat planen godkendes\n\nBeslutning\n\nGodkendt."
    (only,) = items(item(text))

    assert [one.kind for one in only.sections] == ["presentation", "recommendation", "decision"]
    assert only.recommendation is not None
    assert only.recommendation.by == "Direktøren for Job og Vækst"
    assert only.recommendation.points == ("planen godkendes",)


def test_inside_a_recommendation_such_a_line_is_text() -> None:
    text = "Indstilling\n\nDirektøren indstiller, at\n\nplanen godkendes\n\nØkonomiudvalget anbefaler\n\nat pengene gives"

    assert len(divided(text)) == 1


# --- decisions and absence -------------------------------------------------------------------


def test_decisions_of_several_bodies_are_sections_of_their_own() -> None:
    text = (
        "Beslutning i Økonomiudvalget den 10. februar 2025\n\nAnbefales.\n\n"
        "Beslutning i Byrådet den 25. februar 2025\n\nGodkendt."
    )

    assert [(label, text) for label, _, text in divided(text)] == [
        ("Beslutning i Økonomiudvalget den 10. februar 2025", "Anbefales."),
        ("Beslutning i Byrådet den 25. februar 2025", "Godkendt."),
    ]


def test_body_and_date_may_stand_on_the_line_below_the_label() -> None:
    text = "Beslutning\n\nØkonomiudvalget, 10. februar 2025\n\nAnbefales."
    (decision,) = items(item(text))[0].decisions

    assert (decision.committee, decision.date, decision.text) == (
        "Økonomiudvalget", "2025-02-10", "Anbefales.",
    )  # fmt: skip


def test_body_and_date_head_a_decision_where_no_word_for_it_is_printed() -> None:
    text = "Indstilling\n\nDirektøren indstiller, at planen godkendes.\n\nBeskæftigelsesudvalget, 05-02-2025, pkt. 1\n\nGodkendt."
    (decision,) = items(item(text))[0].decisions

    assert (decision.text, decision.outcome) == ("Godkendt.", "approved")


def test_absence_does_not_end_the_decision_that_it_interrupts() -> None:
    text = (
        "Beslutning\n\nFraværende:\n\nBo Lind\n\nGodkendt med bemærkning om, at planen følges op."
    )
    (only,) = items(item(text))

    assert only.decisions[0].text == "Godkendt med bemærkning om, at planen følges op."
    assert only.absent == ("Bo Lind",)


def test_absence_may_follow_the_decision() -> None:
    text = "Beslutning\n\nGodkendt.\n\nFraværende:\n\nBo Lind og Ea Krog"
    (only,) = items(item(text))

    assert only.decisions[0].text == "Godkendt."
    assert only.absent == ("Bo Lind", "Ea Krog")


@pytest.mark.parametrize("nobody", ["Ingen", "-", "Intet"])
def test_nobody_may_be_absent(nobody: str) -> None:
    (only,) = items(item(f"Fraværende:\n\n{nobody}\n\nBeslutning\n\nGodkendt."))

    assert only.absent == ()
    assert only.decisions[0].text == "Godkendt."


def test_a_decision_may_stand_under_no_heading_at_all() -> None:
    text = HEAD + "## Punkt 1: Godkendelse af dagsorden\n\nGodkendt.\n\n## Punkt 2: Plan\n" + BODY

    assert items(text)[0].decisions[0].outcome == "approved"


# --- text ------------------------------------------------------------------------------------


def test_paragraphs_lists_and_lines_keep_their_distance() -> None:
    text = "Resume\n\nFørst.\n\nDernæst:\n\n- et\n- to\n  - tre\n\nSidst\nog en linje"

    assert divided(text)[0][2] == "Først.\n\nDernæst:\n\n- et\n- to\n  - tre\n\nSidst\nog en linje"


def test_tables_are_pipes() -> None:
    text = "Resume\n\nÅr\tAntal\tNote\n2024\t12\ta | b\n2025\t13"

    assert divided(text)[0][2] == (
        "| År | Antal | Note |\n| --- | --- | --- |\n| 2024 | 12 | a \\| b |\n| 2025 | 13 |  |"
    )


def test_a_routing_matrix_is_its_codes_and_marks() -> None:
    text = "Kommunikation\n\n| DIR | ØKU | BEU |\n|---|---|---|\n|  | x |  |\n\nResume\n\nKort."
    (only,) = items(item(text))

    assert divided(text)[0] == ("Kommunikation", "routing", "DIR ØKU BEU\nx")
    assert [(one.code, one.marked) for one in only.routing] == [
        ("DIR", False), ("ØKU", True), ("BEU", False),
    ]  # fmt: skip
    assert only.tables == ()


def test_communication_without_codes_is_no_matrix() -> None:
    text = item("Sagsfremstilling\n\nFørst.\n\nKommunikation\n\nVi skriver til de unge.")

    assert sections(text) == [("Sagsfremstilling", "presentation")]


def test_a_heading_that_no_table_knows_but_that_returns_ends_the_decision() -> None:
    one = "Beslutning\n\nGodkendt.\n\nVores tanker\n\nUdvalget afviste planen i 2019.\n\n"
    text = HEAD + "".join(f"Punkt {n}: Sag om {n}\n\n{one}" for n in range(1, 5))
    decisions = [decision for item in items(text) for decision in item.decisions]

    assert [decision.text for decision in decisions] == ["Godkendt."] * 4


def test_names_that_return_stay_in_the_decision() -> None:
    one = "Beslutning\n\nGodkendt.\n\nFraværende:\n\nIda Holm\n\n"
    text = HEAD + "".join(f"Punkt {n}: Sag om {n}\n\n{one}" for n in range(1, 5))

    assert [item.absent for item in items(text)] == [("Ida Holm",)] * 4


def test_a_decision_with_a_loose_heading_is_not_sought_under_body_and_date() -> None:
    one = "Vedtagelse\n\nGodkendt.\n\nSagsfremstilling\n\nByrådet 5. februar 2025\n\nLangt.\n\n"
    text = HEAD.replace("Beskæftigelsesudvalget", "Byrådet") + "".join(
        f"Punkt {n}: Sag om {n}\n\n{one}" for n in range(1, 5)
    )

    assert [len(item.decisions) for item in items(text)] == [1] * 4


def test_body_and_date_in_capitals_head_decisions() -> None:
    one = (
        "Sagsfremstilling\n\nLangt.\n\nSOCIAL- OG SUNDHEDSUDVALGET, DEN 05-02-2025\n\nGodkendt.\n\n"
    )
    text = HEAD.replace("Beskæftigelsesudvalget", "Social- og Sundhedsudvalget") + "".join(
        f"Punkt {n}: Sag om {n}\n\n{one}" for n in range(1, 5)
    )

    assert [item.decisions[0].outcome for item in items(text)] == ["approved"] * 4
    assert items(text)[0].decisions[0].committee == "Social- og Sundhedsudvalget"


def test_a_decision_may_have_run_into_its_heading() -> None:
    (one,) = items(item("Beslutning i Social- og Sundhedsudvalget den 5. februar 2025 Godkendt."))

    assert one.decisions[0].text == "Godkendt."
    assert one.sections[-1].label == "Beslutning i Social- og Sundhedsudvalget den 5. februar 2025"


def test_a_comma_may_part_the_word_for_decision_from_the_body() -> None:
    (one,) = items(item("Beslutning, Byrådet, 5. februar 2025\n\nGodkendt."))

    assert one.decisions[0].committee == "Byrådet"


def test_the_presentations_signature() -> None:
    text = item("Sagsfremstilling\n\nLangt.\n\n/KARB\n\nBilag\n\nPlan.pdf")

    assert items(text)[0].author == "KARB"
    assert items(text)[0].sections[0].text == "Langt.\n\n/KARB"


def test_places_point_into_the_text() -> None:
    text = item("Resume\n\nKort om æøå.\n\nBeslutning\n\nGodkendt.")
    places = [one.place for one in items(text)[0].sections]

    assert [text[one.start : one.end] for one in places if one] == ["Kort om æøå.", "Godkendt."]


# --- properties ------------------------------------------------------------------------------

LABELS = st.sampled_from(
    ["Resume", "Indstilling", "Beslutning", "Sagsfremstilling", "Bilag", "Fraværende", "Økonomi",
     "Beslutning i Byrådet den 5. maj 2025", "Direktøren indstiller", "## Tema", "**Baggrund**"]
)  # fmt: skip
LINES = st.lists(
    st.one_of(
        LABELS,
        st.sampled_from(["Godkendt.", "Ida Holm og Bo Lind", "Ingen", "at planen godkendes", "/KARB",
                         "- et punkt", "1. et punkt", "a\tb\tc", "| x | y |", "Byrådet, 5. maj 2025"]),
        st.from_regex(r"[A-Za-zæøå ,.]{1,40}", fullmatch=True),
    ),
    max_size=25,
).map("\n\n".join)  # fmt: skip


def words(text: str) -> set[str]:
    found = set("".join(c if c.isalnum() else " " for c in text).split())
    return found - {"o"}  # a bullet


@given(LINES)
def test_every_word_of_the_items_is_in_a_title_a_section_or_a_finding(text: str) -> None:
    text = item(text)
    minutes = read(text)
    kept = [finding.message for finding in minutes.findings]
    for one in minutes.items:
        kept += [one.title or "", one.case_number or "", *map(all_text, one.sections)]
    first = minutes.items[0].place if minutes.items else None

    assert words(text[first.start if first else 0 :]) <= words(f"Punkt 1 {' '.join(kept)}")


def all_text(section: Section) -> str:
    return f"{section.label} {section.text}"


def test_a_decision_may_stand_on_the_line_of_its_body_and_date() -> None:
    text = (
        "REFERAT Byrådet d. 22-11-2024\n\nPunkt 1: Plan for unge\n\nBeslutning Socialudvalget, "
        "24.10.2024\n\nAnbefales.\n\nØkonomiudvalget, 31.10.2024 Ida Holm var fraværende. "
        "Anbefales.\n\nByrådet, 22.11.2024 Godkendt.\n\nSagsfremstilling\n\nPlanen er klar.\n"
    )
    (item,) = items(text)

    assert [(one.committee, one.date, one.outcome) for one in item.decisions] == [
        ("Socialudvalget", "2024-10-24", "recommended"),
        ("Økonomiudvalget", "2024-10-31", "recommended"),
        ("Byrådet", "2024-11-22", "approved"),
    ]


def test_body_and_date_over_a_decision_may_stand_on_two_lines() -> None:
    text = "REFERAT Byrådet d. 22-11-2024\n\n" + "".join(
        f"Punkt {n}: Plan {n}\n\nIndstilling\n\nDet indstilles, at planen godkendes.\n\n"
        "Byrådet\nden 22. november 2024\nGodkendt.\n\n"
        for n in (1, 2)
    )

    assert [[(d.text, d.date) for d in item.decisions] for item in items(text)] == [
        [("Godkendt.", "2024-11-22")]
    ] * 2


def test_the_bodys_name_alone_may_head_the_decisions() -> None:
    text = "REFERAT Byrådet d. 22-11-2024\n\n" + "".join(
        f"Punkt {n}: Plan {n}\n\nIndstilling\n\nDet indstilles, at planen godkendes.\n\n"
        "Byrådet\nGodkendt.\n\n"
        for n in (1, 2, 3)
    )

    assert [[d.outcome for d in item.decisions] for item in items(text)] == [["approved"]] * 3


def test_a_decision_that_the_presentation_quotes_is_not_the_items() -> None:
    text = "REFERAT Byrådet d. 22-11-2024\n\n" + "".join(
        f"Punkt {n}: Plan {n}\n\nBeslutning\n\nGodkendt.\n\nSagsfremstilling\n\n"
        "Af udvalgets referat fremgår:\n\nBeslutning: Sagen udsat til juni.\n\n"
        for n in (1, 2)
    )

    assert [[d.outcome for d in item.decisions] for item in items(text)] == [["approved"]] * 2
