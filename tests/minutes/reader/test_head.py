"""The head of a document: what, who, when and where, in every printed form."""

from __future__ import annotations

import pytest

from sagsgang.minutes import Attendance

from .reading import BODY, findings, read

ITEMS = f"\n\n## Punkt 1: Meddelelser\n{BODY}## Punkt 2: Eventuelt\n{BODY}"


def minutes(head: str) -> str:
    return head + ITEMS


# --- what ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("REFERAT Beskæftigelsesudvalget d. 05-02-2025", "minutes"),
        ("Referat", "minutes"),
        ("Beslutningsprotokol", "minutes"),
        ("Beslutningsreferat fra Beskæftigelsesudvalget", "minutes"),
        ("Åbent referat", "minutes"),
        ("Dagsorden med beslutninger", "minutes"),
        ("Tillægsreferat", "minutes"),
        ("Tillægsdagsorden", "supplementary_agenda"),
        ("TILLÆGSDAGSORDEN Beskæftigelsesudvalget d. 05-02-2025", "supplementary_agenda"),
        ("Supplerende dagsorden", "supplementary_agenda"),
    ],
)
def test_the_heading_says_what_the_document_is(line: str, kind: str) -> None:
    assert read(minutes(f"# {line}\n")).kind == kind


def test_an_agenda_decides_nothing() -> None:
    text = "# DAGSORDEN Beskæftigelsesudvalget d. 05-02-2025\n\n" + "".join(
        f"## Punkt {n}: Plan {n}\n\nIndstilling\n\nDirektøren indstiller, at planen godkendes.\n\n"
        for n in (1, 2, 3)
    )
    agenda = read(text)

    assert agenda.kind == "agenda"
    assert [item.decisions for item in agenda.items] == [()] * 3


def test_an_agenda_keeps_the_earlier_decisions_of_other_bodies() -> None:
    text = (
        "# DAGSORDEN Byrådet d. 25-02-2025\n\n## Punkt 1: Plan\n\nBeslutning i "
        "Beskæftigelsesudvalget den 5. februar 2025\n\nAnbefales.\n\n## Punkt 2: Status\n\nIndstilling\n\n"
        "Direktøren indstiller, at status drøftes.\n\nBeslutning\n\n## Punkt 3: Eventuelt\n"
    )
    agenda = read(text)
    (decision,) = agenda.items[0].decisions

    assert agenda.kind == "agenda"
    assert (decision.committee, decision.date) == ("Beskæftigelsesudvalget", "2025-02-05")
    assert agenda.items[1].decisions == ()


def test_without_a_heading_decisions_make_minutes() -> None:
    assert read(minutes("Beskæftigelsesudvalget\n\n5. februar 2025\n")).kind == "minutes"


def test_without_a_heading_and_decisions_it_is_an_agenda() -> None:
    text = "Beskæftigelsesudvalget\n\n" + "".join(
        f"## Punkt {n}: Plan {n}\n\nIndstilling\n\nDirektøren indstiller, at planen godkendes.\n\n"
        for n in (1, 2)
    )

    assert read(text).kind == "agenda"


@pytest.mark.parametrize(
    "line", ["Dagsordener og referater", "Udskriv dagsorden", "Godkendelse af dagsorden"]
)
def test_menus_do_not_say_what_the_document_is(line: str) -> None:
    assert read(minutes(f"{line}\n\nBeskæftigelsesudvalget\n")).kind == "minutes"


# --- who -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "committee", "term"),
    [
        ("Beskæftigelsesudvalget", "Beskæftigelsesudvalget", None),
        (
            "Beskæftigelses- og Integrationsudvalget",
            "Beskæftigelses- og Integrationsudvalget",
            None,
        ),
        ("BESKÆFTIGELSESUDVALGET", "Beskæftigelsesudvalget", None),
        ("Udvalget for Job og Vækst", "Udvalget for Job og Vækst", None),
        ("Byrådet", "Byrådet", None),
        ("Beskæftigelsesudvalget (2022-2025)", "Beskæftigelsesudvalget", "2022-2025"),
        ("Beskæftigelsesudvalget 2022 – 2025", "Beskæftigelsesudvalget", "2022-2025"),
        ("Referat fra møde i Beskæftigelsesudvalget", "Beskæftigelsesudvalget", None),
        ("Udvalg: Beskæftigelsesudvalget", "Beskæftigelsesudvalget", None),
        ("Udvalg: Fritid & Kultur", "Fritid & Kultur", None),
    ],
)
def test_the_committee_and_its_term(line: str, committee: str, term: str | None) -> None:
    head = read(minutes(f"{line}\n\n5. februar 2025\n"))

    assert (head.committee, head.term) == (committee, term)


def test_the_term_may_stand_on_a_line_of_its_own() -> None:
    head = read(minutes("Beskæftigelsesudvalget\n\nBeskæftigelsesudvalget 2022-2025\n"))

    assert head.term == "2022-2025"


def test_the_municipality_is_the_name_before_its_word() -> None:
    assert read(minutes("Lindvig Kommune\n\nByrådet\n")).municipality == "Lindvig"


def test_the_municipality_named_most_often_counts() -> None:
    text = "Lindvig Kommune\n\nSagen er drøftet med Havby Kommune. Lindvig Kommunes plan er ny.\n"

    assert read(minutes(text)).municipality == "Lindvig"


def test_one_of_the_98_goes_before_another_name() -> None:
    text = "Lindvig Kommune\n\nLindvig Kommune\n\nHerning Kommune\n"

    assert read(minutes(text)).municipality == "Herning"


@pytest.mark.parametrize(
    "line", ["HERNING KOMMUNE", "Herning Byråd", "Møde i Hernings Kommune", "Herning Rådhus"]
)
def test_a_municipality_is_known_in_other_forms(line: str) -> None:
    assert read(minutes(f"{line}\n")).municipality == "Herning"


@pytest.mark.parametrize("text", ["En kommune kan det.", "Alle Kommuner er enige."])
def test_a_word_is_no_municipality(text: str) -> None:
    assert read(minutes(f"{text}\n")).municipality is None


# --- when and where --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "date", "time"),
    [
        ("Mødedato: Onsdag d. 18. juni 2025 kl. 15:00", "2025-06-18", "15:00"),
        ("Dato: 05.02.2025", "2025-02-05", None),
        ("Dato 15-09-2022", "2022-09-15", None),
        ("Mødedato: 27-02-2018 19:00:00", "2018-02-27", "19:00"),
        ("06. apr 2022", "2022-04-06", None),
        ("Torsdag 24. mar 2022", "2022-03-24", None),
        ("Torsdag, September 10, 2020 - 16:30", "2020-09-10", "16:30"),
        ("Den 19.01.2021 kl. 08:30 i Virtuelt", "2021-01-19", "08:30"),
        ("5/28/2019 3:00:00 PM", "2019-05-28", "15:00"),
        ("Mødet afholdt: 5. februar 2025", "2025-02-05", None),
        ("MødedatoOnsdag d. 18. juni 2025", "2025-06-18", None),
        ("**Mødedato:** 5. februar 2025, kl. 16.30", "2025-02-05", "16:30"),
        ("Mødedato\n\n5. februar 2025\n\nStarttidspunkt\n\n15.30", "2025-02-05", "15:30"),
        ("Dato: 5. februar 2025\nTid: 15.30 - 17.00", "2025-02-05", "15:30"),
        ("| Mødedato | 5. februar 2025 kl. 15 |\n| Sted | Rådhuset |", "2025-02-05", "15:00"),
    ],
)
def test_date_and_time(line: str, date: str, time: str | None) -> None:
    head = read(minutes(f"Beskæftigelsesudvalget\n\n{line}\n"))

    assert (head.date, head.start_time) == (date, time)


def test_when_the_page_was_published_is_not_when_the_meeting_was() -> None:
    text = "Beskæftigelsesudvalget\n\nPubliceret 12. februar 2025\n\n5. februar 2025\n"

    assert read(minutes(text)).date == "2025-02-05"


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Mødested: Lindvig Rådhus, lokale 2", "Lindvig Rådhus, lokale 2"),
        ("**Mødested** Lindvig Rådhus", "Lindvig Rådhus"),
        ("Mødested Lindvig Rådhus", "Lindvig Rådhus"),
        ("MødestedLindvig Rådhus", "Lindvig Rådhus"),
        ("Sted:\n\nLindvig Rådhus", "Lindvig Rådhus"),
        ("Den 5. februar 2025 kl. 16.00 i Byrådssalen", "Byrådssalen"),
        ("Mødested:", None),
    ],
)
def test_the_place(line: str, place: str | None) -> None:
    assert read(minutes(f"Beskæftigelsesudvalget\n\n{line}\n")).place == place


def test_two_dates_for_the_meeting_are_reported() -> None:
    text = "# REFERAT Beskæftigelsesudvalget d. 05-02-2025\n\nMødedato: 6. februar 2025\n"

    assert read(minutes(text)).date == "2025-02-06"
    assert len(findings(minutes(text), "date_differs")) == 1


def test_a_weekday_that_does_not_fit_is_reported() -> None:
    text = "Beskæftigelsesudvalget\n\nMødedato: Mandag d. 5. februar 2025\n"

    assert len(findings(minutes(text), "date_differs")) == 1


# --- members ---------------------------------------------------------------------------------

IDA, BO, EA = "Ida Holm", "Bo Lind", "Ea Krog"


def members(head: str) -> list[tuple[str, str | None, bool | None]]:
    listed = read(minutes(f"Referat\n\nBeskæftigelsesudvalget\n\n{head}\n")).members
    return [(one.name, one.party, one.present) for one in listed]


@pytest.mark.parametrize(
    "head",
    [
        "Mødedeltagere: Ida Holm (A), Bo Lind (V), Ea Krog (Ø)",
        "**Mødedeltagere** Ida Holm (A), Bo Lind (V), Ea Krog (Ø)",
        "MødedeltagereIda Holm (A), Bo Lind (V), Ea Krog (Ø)",
        "Mødedeltagere\n\nIda Holm (A)\nBo Lind (V)\nEa Krog (Ø)",
        "Til stede:\n\n- Ida Holm (A)\n- Bo Lind (V)\n- Ea Krog (Ø)",
        "| Mødedeltagere | Ida Holm (A), Bo Lind (V), Ea Krog (Ø) |\n| Sted | Rådhuset |",
    ],
)
def test_members_in_lists_lines_and_tables(head: str) -> None:
    assert members(head) == [(IDA, "A", True), (BO, "V", True), (EA, "Ø", True)]


@pytest.mark.parametrize(
    "absence",
    [
        "Fraværende: Bo Lind (V)",
        "Afbud\n\nBo Lind",
        "Fraværende Bo Lind",
        "Ikke til stede: Bo Lind",
    ],
)
def test_absent_members_are_marked(absence: str) -> None:
    text = f"Medlemmer: Ida Holm (A), Bo Lind (V), Ea Krog (Ø)\n\n{absence}"

    assert members(text) == [(IDA, "A", True), (BO, "V", False), (EA, "Ø", True)]


def test_absence_may_stand_behind_the_name() -> None:
    assert members("Mødedeltagere: Ida Holm (Fravær), Bo Lind") == [
        (IDA, None, False),
        (BO, None, True),
    ]


def test_a_list_of_members_does_not_say_who_was_there() -> None:
    assert members("Medlemmer: Ida Holm (A), Bo Lind (V)") == [(IDA, "A", None), (BO, "V", None)]


@pytest.mark.parametrize("nobody", ["Afbud: Ingen", "Fraværende:\n\nIngen"])
def test_where_nobody_was_absent_all_were_there(nobody: str) -> None:
    text = f"Medlemmer: Ida Holm (A), Bo Lind (V)\n\n{nobody}"

    assert members(text) == [(IDA, "A", True), (BO, "V", True)]


def test_before_the_meeting_nobody_was_there() -> None:
    text = (
        "Dagsorden\n\nBeskæftigelsesudvalget\n\nMødedeltagere: Ida Holm (A)\n\n## Punkt 1: Plan\n\n"
        "Indstilling\n\nDirektøren indstiller, at planen godkendes.\n\n"
    )

    assert read(text).members == (Attendance(IDA, "A", None),)


def test_a_substitute_is_not_absent() -> None:
    text = "Mødedeltagere: Ida Holm, Bo Lind, Ea Krog\n\nFraværende: Ida Holm - Bo Lind mødte som stedfortræder"

    assert members(text) == [(IDA, None, False), (BO, None, True), (EA, None, True)]


# --- prose before the items ------------------------------------------------------------------

PROSE = (
    "Udvalget holdt mødet på havnen, hvor forvaltningen viste de nye lokaler frem, og alle "
    "medlemmer fik lejlighed til at tale med de unge, som er begyndt i forløbet i år."
)


def test_a_paragraph_before_the_items_is_reported() -> None:
    (finding,) = findings(
        minutes(f"Referat\n\nBeskæftigelsesudvalget\n\n{PROSE}\n"), "text_unplaced"
    )

    assert PROSE in finding.message


@pytest.mark.parametrize(
    "line",
    [
        "Mødested: Lindvig Rådhus",
        "Mødedeltagere: " + ", ".join(f"Ida {'Holm' * n} (A)" for n in range(1, 12)),
        "Kontakt: Sekretariatet",
        "Vi bruger cookies, så vi kan se, hvordan siden bliver brugt. " * 4,
    ],
)
def test_the_heads_own_lines_are_no_lost_text(line: str) -> None:
    assert (
        findings(minutes(f"Referat\n\nBeskæftigelsesudvalget\n\n{line}\n"), "text_unplaced") == []
    )


def test_the_minutes_of_a_second_meeting_are_reported() -> None:
    first = minutes("# REFERAT Beskæftigelsesudvalget d. 05-02-2025\n\nMødedato: 5. februar 2025\n")
    second = first.replace("05-02", "05-03").replace("februar", "marts")

    assert findings(first, "several_meetings") == []
    assert len(findings(f"{first}\n\n{second}", "several_meetings")) == 1


def test_a_line_that_names_the_kind_names_the_committee_though_it_ends_with_a_full_stop() -> None:
    minutes = read(f"LINDVIG KOMMUNE. REFERAT Byrådet. Mødet var i salen.\n\nPunkt 1: Plan\n{BODY}")

    assert minutes.committee == "Byrådet"


def test_a_row_of_labels_is_no_value() -> None:
    text = f"Udvalg Dato Type\nByrådet 24-06-2024 16:00 Referat\n\nPunkt 1: Plan\n{BODY}"

    assert read(text).committee == "Byrådet"


def test_numbered_titles_name_neither_the_meetings_body_nor_its_date() -> None:
    text = (
        "Punkter på åbent møde:\n1. Plan, jf. Byrådets beslutning af 24. august 2020\n2. Budget\n\n"
        "Mødet den 5. februar 2025 kl. 8.30\n\nBeskæftigelsesudvalget\n\n"
        f"1. Plan, jf. Byrådets beslutning af 24. august 2020\n{BODY}2. Budget\n{BODY}"
    )

    minutes = read(text)
    assert (minutes.committee, minutes.date) == ("Beskæftigelsesudvalget", "2025-02-05")


@pytest.mark.parametrize(
    "line", ["REFERAT Udvalget for Job d. 05-02-2025", "Referat Udvalget for Job"]
)
def test_a_committee_for_something_may_stand_after_the_documents_name(line: str) -> None:
    contents = (
        "Indholdsfortegnelse\nPunkt 1: Valg til Beredskabskommissionen   2\nPunkt 2: Budget   3\n"
    )
    text = (
        f"{line}\n\nMødedato\n5. februar 2025\n\n{contents}\n"
        f"Punkt 1: Valg til Beredskabskommissionen\n{BODY}Punkt 2: Budget\n{BODY}"
    )

    assert read(text).committee == "Udvalget for Job"


def test_names_in_capitals_are_written_as_names_are() -> None:
    head = "LYNGBY-TAARBÆK KOMMUNE\n\nSOCIAL- OG SUNDHEDSUDVALGET\n\n"
    minutes = read(f"{head}Punkt 1: Plan\n{BODY}")

    assert minutes.committee == "Social- og Sundhedsudvalget"
    assert minutes.municipality == "Lyngby-Taarbæk"
