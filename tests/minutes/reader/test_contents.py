"""The table of contents, in every form that it is printed in."""

from __future__ import annotations

import pytest

from .reading import BODY, HEAD, TITLES, findings, read, titles

CLOSED = "Salg af areal ved havnen"


def minutes(contents: str) -> str:
    """Minutes of three items after these lines of contents."""
    body = "".join(f"## Punkt {n}: {title}\n{BODY}" for n, title in enumerate(TITLES, 1))
    return f"{HEAD}{contents}\n\n{body}"


def listed(text: str) -> list[tuple[str | None, int | None, bool]]:
    return [(one.title, one.page, one.closed) for one in read(text).contents]


ALL = [(title, page, False) for page, title in enumerate(TITLES, 3)]


@pytest.mark.parametrize(
    "form",
    [
        "Punkt {n}: {t} ........ {p}",
        "{n}. {t} .......{p}",
        "{n} {t}.....{p}",
        "- Punkt {n}: {t} ............ {p}",
        "{t} .......... {p}",
        "{n}. {t} {p}",
        "{n}. {t}{p}",
        "{t} {p}",
    ],
)
def test_titles_and_pages(form: str) -> None:
    lines = [form.format(n=n, t=title, p=n + 2) for n, title in enumerate(TITLES, 1)]
    text = minutes("Indholdsfortegnelse\n\n" + "\n\n".join(lines))

    assert listed(text) == ALL
    assert titles(text) == list(TITLES)
    assert read(text).findings == ()


@pytest.mark.parametrize("form", ["{n}. {t}", "Punkt {n}: {t}", "- {t}", "{t}"])
@pytest.mark.parametrize(
    "heading", ["Indholdsfortegnelse", "**Indhold:**", "## Punkter på dagsordenen"]
)
def test_titles_without_pages(heading: str, form: str) -> None:
    lines = [form.format(n=n, t=title) for n, title in enumerate(TITLES, 1)]
    text = minutes(f"{heading}\n\n" + "\n".join(lines))

    assert listed(text) == [(title, None, False) for title in TITLES]
    assert titles(text) == list(TITLES)


@pytest.mark.parametrize("form", ["{n}.\t{t}\t{p}", "{t}\t{p}", "| {n} | {t} | {p} |"])
def test_contents_in_columns(form: str) -> None:
    lines = [form.format(n=n, t=title, p=n + 2) for n, title in enumerate(TITLES, 1)]
    text = minutes("Indholdsfortegnelse\n\n" + "\n".join(lines))

    assert listed(text) == ALL
    assert titles(text) == list(TITLES)


def test_contents_need_no_heading_where_they_have_dots() -> None:
    lines = [f"Punkt {n}: {title} ........ {n + 2}" for n, title in enumerate(TITLES, 1)]

    assert listed(minutes("\n".join(lines))) == ALL


def test_a_title_over_two_lines_is_one_entry() -> None:
    text = minutes(
        "Indholdsfortegnelse\n\nPunkt 1: Plan for unge, der hverken er i job eller\n"
        "i uddannelse ........ 3\nPunkt 2: Eventuelt ...... 4\n"
    )

    assert listed(text) == [
        ("Plan for unge, der hverken er i job eller i uddannelse", 3, False),
        ("Eventuelt", 4, False),
    ]


def test_closed_entries() -> None:
    text = minutes(
        f"Indholdsfortegnelse\n\nPunkt 1: {TITLES[0]} ..... 3\nPunkt 2: Lukket: {CLOSED} .... 4\n"
        "Punkt 3: Lukket: ..... 5\n"
    )

    assert listed(text) == [(TITLES[0], 3, False), (CLOSED, 4, True), (None, 5, True)]


def test_entries_under_a_heading_of_closed_items_are_closed() -> None:
    text = minutes(
        f"Indholdsfortegnelse\n\nÅbne punkter\n\n1. {TITLES[0]}\n\nLukkede punkter\n\n2. {CLOSED}\n"
    )

    assert listed(text) == [(TITLES[0], None, False), (CLOSED, None, True)]


def test_an_entry_that_is_cut_off_keeps_its_page_and_is_no_difference() -> None:
    long = "Plan for unge, der hverken er i job eller i uddannelse, og som kommunen leder efter"
    contents = f"Indholdsfortegnelse\n\nPunkt 1: {TITLES[0]} ..... 3\n\n{long[:66]} 4\n\nPunkt 3: Eventuelt ..... 5\n"
    text = minutes(contents).replace(TITLES[1], long)

    assert listed(text)[1] == (long[:66], 4, False)
    assert findings(text, "title_differs") == []


def test_the_last_entry_may_be_glued_to_the_first_item() -> None:
    text = (
        f"{HEAD}Indholdsfortegnelse\n\n1. {TITLES[0]} og referat\n2. {TITLES[1]}\n"
        f"3. Eventuelt1. {TITLES[0]} og referat\n{BODY}2. {TITLES[1]}\n{BODY}3. Eventuelt\n{BODY}"
    )

    assert [title for title, _, _ in listed(text)] == [
        f"{TITLES[0]} og referat",
        TITLES[1],
        "Eventuelt",
    ]
    assert titles(text) == [f"{TITLES[0]} og referat", TITLES[1], "Eventuelt"]


def test_dots_in_a_text_are_no_contents() -> None:
    text = HEAD + f"## Punkt 1: Plan\n{BODY}\n\nOg så videre ...\n\nMen hvad nu ...\n"

    assert listed(text) == []


def test_a_heading_inside_an_item_is_no_contents() -> None:
    text = (
        HEAD
        + f"## Punkt 1: Plan\n{BODY}Sagsfremstilling\n\nIndhold\n\nUnge\n\nÆldre\n\n## Punkt 2: Eventuelt\n{BODY}"
    )

    assert listed(text) == []
    assert titles(text) == ["Plan", "Eventuelt"]


def test_very_long_page_numbers_are_none() -> None:
    text = minutes(f"Indholdsfortegnelse\n\n{TITLES[0]} ..... {'1' * 5000}\n{TITLES[1]} ..... 4\n")

    assert listed(text) == [(TITLES[0], None, False), (TITLES[1], 4, False)]
