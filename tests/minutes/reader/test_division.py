"""Where items begin, whatever number, mark or label their publisher heads them with."""

from __future__ import annotations

import pytest

from .reading import BODY, HEAD, TITLES, items, numbers, read, titles


def printed(form: str, first: int = 57) -> str:
    """Three items, headed in a form with `{n}` for the number and `{t}` for the title."""
    heads = [form.format(n=first + at, t=title) for at, title in enumerate(TITLES)]
    return HEAD + "\n\n".join(head + "\n" + BODY for head in heads)


@pytest.mark.parametrize(
    "form",
    [
        "## Punkt {n}: {t}",
        "Punkt {n}: {t}",
        "**Punkt {n}: {t}**",
        "- Punkt {n}: {t}",
        "PUNKT {n}: {t}",
        "Pkt. {n} {t}",
        "Pkt. {n}: {t}",
        "Dagsordenspunkt {n}: {t}",
        "{n}. {t}",
        "{n}.   {t}",
        "**{n}. {t}**",
        "## {n}. {t}",
        "{n} : {t}",
        "{n}) {t}",
        "{n} - {t}",
        "{n}{t}",
        "Nr. {n}. {t}",
        "Nr.{n} - {t}",
        "Sag nr. {n}: {t}",
        "{n}. Åbent: {t}",
        "{n} Åbent {t}",
        "{n}. {t} (Åben)",
        "Punkt: {n} {t}",
        "Punkt nr. {n}: {t}",
        "Dagsordenens punkt {n}: {t}",
        "Ad punkt {n}: {t}",
        "Ad {n}. {t}",
        "{n}.\n\n{t}",
        "{n}\n\n{t}",
        "Pkt. {n}\n\n{t}",
        "## Punkt {n}\n\n## {t}",
    ],
)
def test_numbers_are_known_in_many_forms(form: str) -> None:
    text = printed(form)

    assert numbers(text) == ["57", "58", "59"]
    assert titles(text) == list(TITLES)


def test_a_committees_code_stands_before_its_number() -> None:
    text = printed("HR {n}. {t}")

    assert numbers(text) == ["HR 57", "HR 58", "HR 59"]


def test_the_number_may_stand_below_the_title() -> None:
    text = printed("{t}\n\nSag nr. {n}")

    assert numbers(text) == ["57", "58", "59"]
    assert titles(text) == list(TITLES)


def test_numbering_may_begin_anywhere_and_leave_numbers_out() -> None:
    text = HEAD + "".join(f"Punkt {n}: Sag om {n}\n{BODY}" for n in (1, 2, 88, 89, 91))

    assert numbers(text) == ["1", "2", "88", "89", "91"]


def test_a_title_printed_again_below_its_number_is_one_item() -> None:
    text = HEAD + "".join(f"{n}. {title}\n\n{title}\n{BODY}" for n, title in enumerate(TITLES, 1))

    assert titles(text) == list(TITLES)
    assert [item.sections[0].label for item in items(text)] == ["Resume"] * 3


def test_a_heading_over_two_lines_is_one_title() -> None:
    text = HEAD + f"## Punkt 1: Plan for unge, der ikke er\n\n## i job eller uddannelse\n{BODY}"

    assert titles(text) == ["Plan for unge, der ikke er i job eller uddannelse"]


def test_buttons_of_the_web_page_are_no_part_of_the_title() -> None:
    text = printed("{n}. {t} Åbn/luk punkt")

    assert titles(text) == list(TITLES)


# --- what only looks like items --------------------------------------------------------------


def test_points_of_a_recommendation_are_no_items() -> None:
    points = "\n\nIndstilling\n\nDirektøren indstiller, at\n\n1. planen godkendes\n2. pengene gives\n3. sagen sendes i høring\n"
    text = HEAD + "".join(f"## Punkt {n}: {t}\n{points}{BODY}" for n, t in enumerate(TITLES, 1))

    assert titles(text) == list(TITLES)


def test_numbered_topics_and_conditions_are_no_items() -> None:
    topics = "\n\nSagsfremstilling\n\n1. Unge i arbejde\n\nDer er kommet flere unge i arbejde.\n\n2. Unge i uddannelse\n\nFlere er begyndt.\n\n"
    text = HEAD + "".join(f"{n}. {t}\n{topics}{BODY}" for n, t in enumerate(TITLES, 11))

    assert numbers(text) == ["11", "12", "13"]


@pytest.mark.parametrize(
    "line",
    [
        "6. september 2018",
        "22. januar",
        "12. dec. kl. 16.00",
        "57 borgere har fået job.",
        "58 pct. af de unge er i gang.",
        "58,5 mio. kr. er brugt.",
        "2024",
        "2 - 5) Anbefales.",
        "Punkt 2 udsættes til næste møde.",
        "punkt 58 udgår",
        "Sag 58 udgår.",
    ],
)
def test_dates_amounts_and_references_are_no_items(line: str) -> None:
    text = HEAD + "".join(
        f"{n}. {title}\n\nSagsfremstilling\n\n{line}\n\n{BODY}"
        for n, title in enumerate(TITLES, 57)
    )

    assert numbers(text) == ["57", "58", "59"]


# --- items without numbers -------------------------------------------------------------------


def test_case_numbers_begin_items_that_have_no_number() -> None:
    text = HEAD + "".join(
        f"{title}\n\nSagsnr.: 22/{at}8533\n{BODY}" for at, title in enumerate(TITLES)
    )

    assert titles(text) == list(TITLES)
    assert [item.case_number for item in items(text)] == ["22/08533", "22/18533", "22/28533"]
    assert numbers(text) == [None] * 3


def test_a_case_number_may_stand_above_the_title() -> None:
    text = HEAD + "".join(
        f"Sagsnr.: 22/{at}8533\n\n{title}\n{BODY}" for at, title in enumerate(TITLES)
    )

    assert titles(text) == list(TITLES)


@pytest.mark.parametrize("mark", ["Åben sag", "Åbent punkt", "Åben"])
def test_marks_of_open_items_begin_them(mark: str) -> None:
    text = HEAD + "".join(f"{title}\n\n{mark}\n{BODY}" for title in TITLES)

    assert titles(text) == list(TITLES)
    assert not any(item.closed for item in items(text))


def test_returning_labels_begin_items_that_lost_everything_else() -> None:
    text = HEAD + BODY * 3

    assert titles(text) == [None] * 3
    assert [len(item.sections) for item in items(text)] == [3] * 3
    assert [item.decisions[0].text for item in items(text)] == ["Godkendt."] * 3


def test_titles_above_returning_labels() -> None:
    text = HEAD + "".join(f"{title}\n{BODY}Bilag\n\nPlan.pdf\n\n" for title in TITLES)

    assert titles(text) == list(TITLES)


def test_items_of_the_contents_are_found_by_their_titles() -> None:
    contents = "Indholdsfortegnelse\n\n" + "".join(
        f"{title} ....... {at}\n" for at, title in enumerate(TITLES, 2)
    )
    text = (
        HEAD
        + contents
        + "\n\n"
        + "".join(f"{title}\n\nEn kort tekst om sagen.\n\n" for title in TITLES)
    )

    assert titles(text) == list(TITLES)


# --- closed items ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        "## Punkt 2: Lukket: Salg af areal",
        "2. Lukket punkt: Salg af areal",
        "2. Lukket sag: Salg af areal",
        "2. Lukket - Salg af areal",
        "2 Lukket Salg af areal",
        "2. Salg af areal (Lukket)",
        "2. Salg af areal - LUKKET SAG",
        "2. Salg af areal (Lukket punkt).",
        "2. Salg af areal\n\nLukket sag",
        "2. Salg af areal\n\nSagsnr.: 22/18533 Lukket sag",
    ],
)
def test_closed_items_are_marked_in_many_forms(head: str) -> None:
    text = f"{HEAD}1. Godkendelse af dagsorden\n{BODY}{head}\n\n3. Eventuelt\n{BODY}"
    number = "## Punkt 1:" if "Punkt" in head else "1."
    text = text.replace("1. Godk", f"{number} Godk").replace(
        "3. Even", f"{number.replace('1', '3')} Even"
    )
    closed = items(text)[1]

    assert (closed.number, closed.title, closed.closed) == ("2", "Salg af areal", True)
    assert [item.closed for item in items(text)] == [False, True, False]


def test_a_closed_item_may_have_no_title() -> None:
    text = HEAD + f"## Punkt 1: Meddelelser\n{BODY}## Punkt 2: Lukket:\n\n82.00.00-A00-1-23\n"
    closed = items(text)[1]

    assert (closed.title, closed.closed, closed.case_number) == (None, True, "82.00.00-A00-1-23")
    assert closed.sections == ()


def test_items_under_a_heading_of_closed_items_are_closed() -> None:
    text = (
        HEAD
        + f"1. Meddelelser\n{BODY}Lukkede punkter\n\n2. Salg af areal\n{BODY}3. Køb af areal\n{BODY}"
    )

    assert [item.closed for item in items(text)] == [False, True, True]
    assert "Lukkede punkter" not in items(text)[0].sections[-1].text


@pytest.mark.parametrize(
    "title", ["Åben skole i Lindvig", "Svømmehallen er lukket", "Åbenhed i forvaltningen"]
)
def test_titles_that_speak_of_open_and_closed_are_kept(title: str) -> None:
    text = HEAD + f"1. Meddelelser\n{BODY}2. {title}\n{BODY}"

    assert titles(text) == ["Meddelelser", title]
    assert not any(item.closed for item in items(text))


# --- groups, signatures, lost heads ----------------------------------------------------------


def test_groups_of_items_are_no_items() -> None:
    text = HEAD + f"Beslutningssager\n\n1. Plan\n{BODY}Orienteringssager\n\n2. Status\n{BODY}"

    assert titles(text) == ["Plan", "Status"]


def test_a_signature_page_is_an_item() -> None:
    text = printed("## Punkt {n}: {t}") + "\n## Punkt 60: Underskriftsside\n\nIda Holm\n\nBo Lind\n"

    assert titles(text)[-1] == "Underskriftsside"


@pytest.mark.parametrize(
    ("line", "case", "kle"),
    [
        ("15.00.00-A00-14-25", "15.00.00-A00-14-25", "15.00.00"),
        ("22/18533", "22/18533", None),
        ("24-1-15.20.00-P27", "24-1-15.20.00-P27", "15.20.00"),
        ("Sagsnr.: 330-2017-90442 Dok.nr.: 330-2017-1", "330-2017-90442", None),
        ("Sagsid.: 14/19290 Initialer: anba Åben sag", "14/19290", None),
        ("Acadre sagsnr.: 07/3026", "07/3026", None),
    ],
)
def test_the_case_number_stands_below_the_title(line: str, case: str, kle: str | None) -> None:
    (item,) = items(HEAD + f"## Punkt 1: Plan\n\n{line}\n{BODY}")

    assert (item.title, item.case_number, item.kle) == ("Plan", case, kle)
    assert item.sections[0].label == "Resume"


def test_the_case_number_may_stand_on_the_titles_line() -> None:
    (item,) = items(HEAD + f"## Punkt 1: Plan for unge Sagsnr.: 22/18533\n{BODY}")

    assert (item.title, item.case_number) == ("Plan for unge", "22/18533")


def test_without_any_item_all_text_is_reported() -> None:
    minutes = read("Her er en tekst uden punkter.\n\nDen fortsætter her.")
    (finding,) = minutes.findings

    assert minutes.items == ()
    assert finding.code == "text_unplaced"
    assert "Her er en tekst uden punkter." in finding.message
    assert "Den fortsætter her." in finding.message


TOPICS = ("Digital strategi", "Regnskab pr. 31. august 2024", "Punkter til kommende møder")


def test_titles_without_numbers_may_name_a_date_or_the_agenda() -> None:
    text = HEAD + "".join(f"{topic}\n{BODY}Bilag\n\n" for topic in TOPICS)

    assert titles(text) == list(TOPICS)


def test_a_title_may_stand_below_the_case_number_and_above_a_loose_label() -> None:
    text = HEAD + "".join(
        f"Sagsnr.: 15.00.00-A00-{n}-24\n\n{topic}\n\nKommunikation\n\nOrdinær\n{BODY}"
        for n, topic in enumerate(TOPICS, 1)
    )

    assert titles(text) == list(TOPICS)


def test_a_button_at_the_end_of_a_title_goes_with_what_follows_it() -> None:
    text = printed("{n}. {t}Klik her for at folde ud og læse mere om {t}")

    assert titles(text) == list(TITLES)


def test_points_that_end_with_a_full_stop_are_no_items() -> None:
    points = "".join(f"{n}. {who}.\n\nDe får en plan.\n\n" for n, who in enumerate("ABC", 57))
    text = printed("{n}. {t}").replace("Indstilling\n", f"{points}Indstilling\n")

    assert titles(text) == list(TITLES)


def test_a_number_above_a_numbered_title_is_no_item() -> None:
    text = HEAD + "".join(
        f"{n}. {title}\n{BODY}Bilag:\n\n1.\n\n" for n, title in enumerate(TITLES, 1)
    )

    assert titles(text) == list(TITLES)


def test_a_page_with_one_item_has_its_title_above_the_button() -> None:
    text = (
        "Mødedato: 22.04.2025, kl. 17:30\nMødested: Rådhuset\n\nPlan for unge i Lindvig\n\n"
        f"Se alle bilag\n\nPlanen forelægges.\n{BODY}"
    )

    assert titles(text) == ["Plan for unge i Lindvig"]


def test_minutes_without_any_label_are_divided_by_their_numbers() -> None:
    text = (
        "Referat af møde i Seniorrådet\n\nTorsdag den 4. juni 2025\n\n"
        "1. Godkendelse af dagsorden\n\nGodkendt.\n\n"
        "2. Høring om ny plan\n\nRådet drøftede planen.\n\n"
        "3. Eventuelt\n\nIntet.\n"
    )

    assert numbers(text) == ["1", "2", "3"]
    outcomes = [decision.outcome for item in items(text) for decision in item.decisions]
    assert outcomes == ["approved", "discussed", "nothing_reported"]


def test_a_numbered_list_alone_is_no_minutes() -> None:
    assert items("Indkøb\n\n1. Mælk og brød\n\n2. Ost\n\n3. Smør\n") == ()


def test_points_of_a_decision_are_no_items() -> None:
    text = printed("{n}. {t}").replace("Godkendt.", "1. Godkendt\n\n2. Godkendt")

    assert titles(text) == list(TITLES)


HARD_TITLES = (
    "5 forslag til budgettet",
    "17.4-udvalg om cyklisme",
    "§ 17, stk. 4-udvalg om klima",
    "2. behandling af budget 2025",
    "22/1733 Klage over en afgørelse",
    "Indstilling til frivilligprisen",
)


@pytest.mark.parametrize("form", ["{n}. {t}", "Punkt {n}: {t}", "Punkt {n} {t}"])
def test_titles_may_begin_with_figures_and_signs(form: str) -> None:
    text = HEAD + "".join(
        f"{form.format(n=n, t=title)}\n{BODY}" for n, title in enumerate(HARD_TITLES, 57)
    )

    assert titles(text) == list(HARD_TITLES)


def test_a_title_without_number_may_begin_with_an_ordinal_number() -> None:
    both = ("Plan for unge", "2. behandling af budget 2025", "Regnskab 2024", "Mødeplan")
    text = HEAD + "".join(f"{title}\n{BODY}Bilag\n\n" for title in both)

    assert titles(text) == list(both)


def test_a_title_under_its_number_may_be_worded_as_a_label() -> None:
    text = HEAD + "".join(
        f"Punkt {n}.\n\n{title}\n{BODY}" for n, title in enumerate(("Økonomi", "Plan"), 1)
    )

    assert titles(text) == ["Økonomi", "Plan"]


def test_the_first_items_number_alone_is_no_entry_of_the_contents() -> None:
    contents = "Indhold\n\nPlan for unge 2\nBudget 3\nEventuelt 4\n\n"
    bodies = "".join(
        f"{n}.\n{title}\n{BODY}"
        for n, title in enumerate(("Plan for unge", "Budget", "Eventuelt"), 8)
    )

    assert numbers(HEAD + contents + bodies) == ["8", "9", "10"]


def test_a_long_heading_may_go_on_in_small_letters_on_the_next_line() -> None:
    title = "Anlægsbevilling til en dobbeltrettet cykelsti langs Kirkevej i Lindvig"
    text = f"{HEAD}## 1. {title}\nmellem skolen og havnen\n{BODY}## 2. Budget\n{BODY}"

    assert titles(text) == [f"{title} mellem skolen og havnen", "Budget"]


def test_a_row_of_numbers_that_parts_the_decisions_has_the_items() -> None:
    body = (
        "Forvaltningen indstiller, at\n\n1. planen godkendes.\n\nProblemstilling\n\n"
        "Sagen afgøres i: Byrådet\n\nØkonomi\n\nIngen.\n\nBeslutning\n\n"
        "Beskæftigelsesudvalgets beslutning i mødet den 5. februar 2025\n\nGodkendt.\n\n"
    )
    text = HEAD + "".join(
        f"{n}. {title} (2025-0012345)\n\nUdvalget skal tage stilling.\n\nIndstilling\n\n{body}"
        for n, title in enumerate(TITLES, 1)
    )

    assert titles(text) == list(TITLES)
    assert {item.case_number for item in items(text)} == {"2025-0012345"}
    assert [d.outcome for item in items(text) for d in item.decisions if d.text] == ["approved"] * 3


@pytest.mark.parametrize(
    "form", ["Punkt {n}.\n\n{t}\n\n24/1733\n", "{t}\n\nSag nr. {n}\n\nKompetence: KB\n"]
)
def test_a_title_by_its_number_may_begin_as_a_section_does(form: str) -> None:
    both = ("Høring: Forslag til regulativ", "Plan for unge")
    text = HEAD + "".join(form.format(n=n, t=t) + BODY for n, t in enumerate(both, 1))

    assert titles(text) == list(both)


def test_a_title_may_go_on_with_a_date_on_the_next_line() -> None:
    title = "Status på indsatsen for unge uden job, jf. Byrådets beslutning af"
    text = f"{HEAD}1. {title}\n24. august 2020\n{BODY}2. Budget\n{BODY}"

    assert titles(text) == [f"{title} 24. august 2020", "Budget"]


def test_a_title_goes_on_over_the_lines_that_the_contents_have() -> None:
    title = "Frigivelse af midler til en sti - etape 2"
    text = (
        f"{HEAD}Indholdsfortegnelse\n\n1. {title} ..... 2\n2. Budget ..... 3\n\n"
        f"1. Frigivelse af midler til en sti - etape\n2\n{BODY}2. Budget\n{BODY}"
    )

    assert titles(text) == [title, "Budget"]


@pytest.mark.parametrize(
    "end", ["børnehus (afd. Møllen)", "Børnehus i afdeling Møllen", "- endelig vedtagelse"]
)
def test_the_end_of_a_long_title_stands_close_under_it(end: str) -> None:
    title = "Anlægsbevilling og frigivelse af rådighedsbeløb til nyt tag på Sydbyens"
    text = f"{HEAD}1. {title}\n{end}\nSagsid.: 24/1733\n{BODY}2. Budget\n{BODY}"

    assert titles(text) == [f"{title} {end}", "Budget"]


def test_titles_listed_under_dagsorden_are_found_without_numbers() -> None:
    both = ("Plan: unge i Lindvig", "Budget 2025", "Temamøde: Den ældre borger")
    listed = "".join(f"{n}) {title}\n" for n, title in enumerate(both, 1))
    text = f"{HEAD}Dagsorden\n\n{listed}\n" + "".join(
        f"{title}\n\nBeslutning\n\nGodkendt.\n\nResumé\n\nSagen er klar.\n\n" for title in both
    )

    assert titles(text) == list(both)


def test_an_item_goes_on_neither_the_attachments_nor_the_points_of_the_decision() -> None:
    points = "Beslutning\n\n1. Godkendt\n\n2. Godkendt\n\n"
    text = HEAD + "".join(
        f"{n}. {title}\n\nIndstilling\n\nDet indstilles, at planen godkendes.\n\n{points}"
        for n, title in enumerate(("Plan for unge", "Budget", "Mødeplan", "Eventuelt"), 1)
    )

    assert numbers(text) == ["1", "2", "3", "4"]


def test_the_number_that_ends_a_paragraph_is_no_item() -> None:
    long = "Forvaltningen gør i denne sag status for budgetaftalens initiativ nr."
    text = f"{HEAD}1. Plan for unge\n\nResume\n\n{long}\n2.\n{BODY}2. Budget\n{BODY}"

    assert titles(text) == ["Plan for unge", "Budget"]


def test_decisions_that_items_quote_hide_no_items() -> None:
    quoted = "Af referatet fremgår:\n\nBeslutning: Udsat.\n\nOg siden:\n\nBeslutning: Godkendt.\n\n"
    text = HEAD + "".join(
        f"{n}. {title}\n\nForslag fra formanden.\n\nResumé\n\nSagen er klar.\n\nIndstilling\n\n"
        f"At planen godkendes.\n\nSagsfremstilling\n\n{quoted}Beslutning, den 5. februar 2025\n\n"
        "Godkendt.\n\n"
        for n, title in enumerate(("Plan for unge", "Budget", "Mødeplan", "Takster"), 7)
    )

    assert numbers(text) == ["7", "8", "9", "10"]


def test_numbered_bullets_in_a_row_are_no_items() -> None:
    bullets = "• Punkt 1: Placering\n• Punkt 2: Økonomi\n• Punkt 3: Inddragelse\n"
    text = HEAD + "".join(
        f"Sag nr. {n}\n{title}\n24/1733\n\nResume\n\n{bullets}\nBeslutning\n\nGodkendt.\n\n"
        for n, title in enumerate(("Plan for unge", "Budget", "Mødeplan"), 1)
    )

    assert titles(text) == ["Plan for unge", "Budget", "Mødeplan"]


def test_ad_may_stand_before_the_items_numbers() -> None:
    text = HEAD + "".join(f"Ad. {n} {title}\n{BODY}" for n, title in enumerate(TITLES, 1))

    assert titles(text) == list(TITLES)
