"""PDF files become blocks: reading order, headings, paragraphs, lists, tables, what is left out."""

from __future__ import annotations

import stat
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from sagsgang.minutes.blocks import HEADING, ITEM, PAGE, TABLE, TEXT, Block, UnreadableDocument
from sagsgang.minutes.sources import ocr, pdf, pdf_page
from sagsgang.minutes.sources.pdf import read_pdf
from sagsgang.minutes.sources.wrapping import joined

_SETTINGS = """
#set page(paper: "a4", margin: 2.5cm)
#set text(font: "Libertinus Serif", lang: "da", size: 11pt)
#set par(justify: true)
"""


@cache
def typeset(body: str, settings: str = _SETTINGS) -> bytes:
    """A PDF file that Typst has set."""
    return bytes(typst.compile((settings + body).encode(), ignore_system_fonts=True))


def blocks_of(body: str, settings: str = _SETTINGS) -> list[Block]:
    """The blocks of what Typst sets, without the page breaks."""
    return [block for block in read_pdf(typeset(body, settings)).blocks if block.kind != PAGE]


def texts_of(body: str, settings: str = _SETTINGS) -> list[str]:
    return [block.text for block in blocks_of(body, settings)]


def by_hand(*contents: bytes, rotate: int = 0, pages: int = 0, trailer: bytes = b"") -> bytes:
    """A PDF file of the bare page contents, in Helvetica (F1) and Helvetica-Bold (F2)."""
    count = pages or len(contents)
    font = b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>"
    kids = b" ".join(b"%d 0 R" % (4 + 2 * (n % len(contents))) for n in range(count))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        b"<</F1 %s/F2 %s>>" % (font % b"Helvetica", font % b"Helvetica-Bold"),
    ]
    for number, content in enumerate(contents):
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate %d"
            b"/Resources<</Font 3 0 R>>/Contents %d 0 R>>" % (rotate, 5 + 2 * number),
            b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        ]
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, table, len(objects) + 1, trailer, len(data))
    )


def printed(*lines: tuple[float, float, str], font: str = "F1 11") -> bytes:
    """The content of a page with each text at its own place, in the given order."""
    parts = [f"BT /{font} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET" for x, y, text in lines]
    return "\n".join(parts).encode("latin-1")


def prose(words: int, start: str = "Udvalget") -> str:
    """Words without end, all in small letters but the first."""
    stock = "drøftede sagen om den virksomhedsrettede indsats og fulgte op på tallene".split()
    return " ".join([start, *(stock[n % len(stock)] for n in range(words))])


# --- paragraphs and words -------------------------------------------------------------------


def test_lines_of_a_paragraph_are_one_block() -> None:
    first, second = prose(60) + ".", prose(50, "Forvaltningen") + "."

    blocks = blocks_of(f"{first}\n\n{second}")

    assert [(block.kind, block.text) for block in blocks] == [(TEXT, first), (TEXT, second)]


def test_paragraphs_without_white_space_between_are_told_by_their_indent() -> None:
    indented = _SETTINGS + "#set par(first-line-indent: 1.5em, spacing: 0.65em)\n"
    paragraphs = [prose(40, name) + "." for name in ("Udvalget", "Byrådet", "Forvaltningen")]

    assert texts_of("\n\n".join(paragraphs), indented) == paragraphs


def test_a_short_line_ends_a_paragraph_though_the_next_follows_closely() -> None:
    ragged = _SETTINGS + "#set par(justify: false)\n"

    assert texts_of("Anne Sandholm (A)\\\nBirk Torvegaard (V)\\\n" + prose(40) + ".", ragged) == [
        "Anne Sandholm (A)",
        "Birk Torvegaard (V)",
        prose(40) + ".",
    ]


def test_an_abbreviation_at_the_end_of_a_line_ends_no_paragraph() -> None:
    lines = (
        (70, 700, "Byraadet giver en bevilling, som udvalget bad om i foraaret, 1,1 mio. kr."),
        (70, 687, "og tager den af kassen. Pengene skal bruges til at uddanne de mange ledige,"),
        (70, 674, "som virksomhederne ved havnen gerne vil have fat i, og som selv gerne vil det."),
    )
    text = " ".join(line for _, _, line in lines)

    assert [block.text for block in read_pdf(by_hand(printed(*lines))).blocks[1:]] == [text]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["beskæf\xad", "tigelsen"], "beskæftigelsen"),
        (["beskæf\u2010", "tigelsen"], "beskæftigelsen"),
        (["beskæf-", "tigelsen"], "beskæftigelsen"),
        (["Beskæftigelses-", "og Integrationsudvalget"], "Beskæftigelses- og Integrationsudvalget"),
        (["børne-", "eller ungeindsats"], "børne- eller ungeindsats"),
        (["Social-", "samt Sundhedsudvalget"], "Social- samt Sundhedsudvalget"),
        (["uge-", "til månedsvis"], "uge- til månedsvis"),
        (["ind-", "til videre"], "indtil videre"),
        (["til a-", "kassen"], "til a-kassen"),
        (["nye it-", "systemer"], "nye it-systemer"),
        (["Nord-", "Vest"], "Nord-Vest"),
        (["2024-", "2025"], "2024-2025"),
        (["CO2-", "kvoten"], "CO2-kvoten"),
        (["BESKÆF-", "TIGELSE"], "BESKÆFTIGELSE"),
        (["ØU-", "KB"], "ØU-KB"),
        (["mødet -", "hvis det holdes"], "mødet - hvis det holdes"),
        (["og/", "eller"], "og/eller"),
        (["uden", "streg"], "uden streg"),
    ],
)
def test_words_broken_over_lines(lines: list[str], text: str) -> None:
    assert joined(lines) == text


def test_soft_hyphens_that_the_setting_put_in_are_gone() -> None:
    narrow = _SETTINGS + "#set page(width: 9cm, margin: 1cm)\n"
    words = "arbejdsmarkedsforanstaltninger dagpengeforsikringsordninger virksomhedsrettet " * 4

    (block,) = blocks_of(words, narrow)

    assert block.text == words.strip()


def test_a_hyphen_of_the_authors_own_stays_before_og() -> None:
    assert texts_of("Sagen er sendt til Beskæftigelses-\\\nog Integrationsudvalget.") == [
        "Sagen er sendt til Beskæftigelses- og Integrationsudvalget."
    ]


def test_a_paragraph_that_runs_over_a_page_break_is_one() -> None:
    text = prose(70)
    stream = read_pdf(typeset(f"#v(23.2cm)\n{text}."))

    kinds = [(block.kind, block.page) for block in stream.blocks]
    assert kinds == [(PAGE, 1), (TEXT, 1), (PAGE, 2)]
    assert stream.blocks[1].text == f"{text}."


def test_a_paragraph_that_ends_with_its_page_is_not_joined_to_the_next() -> None:
    assert texts_of("Udvalget godkendte sagen.\n#pagebreak()\nudvalget mødes igen.") == [
        "Udvalget godkendte sagen.",
        "udvalget mødes igen.",
    ]


# --- emphasis and links ---------------------------------------------------------------------


def test_emphasis_inside_a_paragraph_is_marked() -> None:
    assert texts_of("Der er *tre forhold*, som er _meget_ vigtige, og et er *_begge dele_*.") == [
        "Der er **tre forhold**, som er *meget* vigtige, og et er ***begge dele***."
    ]


def test_a_bold_label_keeps_its_marks() -> None:
    assert texts_of("*Mødedato* Onsdag d. 12. marts 2025") == [
        "**Mødedato** Onsdag d. 12. marts 2025"
    ]


def test_emphasis_over_a_line_break_is_marked_once() -> None:
    bold = prose(20, "Indstillingen")

    (block,) = blocks_of(f"{prose(10)} *{bold}* {prose(10, 'Byrådet')}.")

    assert f"**{bold}**" in block.text
    assert block.text.count("**") == 2


def test_links_are_kept_with_their_address() -> None:
    body = (
        'Se #link("https://lindvig.example/sag")[hele sagen] eller '
        '#link("https://lindvig.example/bilag") og skriv til '
        '#link("mailto:job@lindvig.example")[jobcentret], men ikke #link("ftp://lindvig.example")[her].'
    )

    assert texts_of(body) == [
        "Se [hele sagen](https://lindvig.example/sag) eller <https://lindvig.example/bilag> og "
        "skriv til [jobcentret](mailto:job@lindvig.example), men ikke her."
    ]


def test_a_link_over_a_line_break_is_one() -> None:
    words = prose(30, "beretningen")

    (block,) = blocks_of(f'Læs #link("https://lindvig.example/")[{words}] i dag.')

    assert block.text == f"Læs [{words}](https://lindvig.example/) i dag."


# --- headings -------------------------------------------------------------------------------


def test_headings_have_the_level_of_their_size() -> None:
    body = "= Referat\n== Punkt 1\n=== Resume\n" + prose(60) + ".\n== Punkt 2\n" + prose(60) + "."

    headings = [block for block in blocks_of(body) if block.kind == HEADING]

    assert [(block.level, block.text) for block in headings] == [
        (1, "Referat"),
        (2, "Punkt 1"),
        (3, "Resume"),
        (2, "Punkt 2"),
    ]
    assert all(block.strong for block in headings)


def test_a_bold_line_of_the_bodys_size_is_a_heading_of_the_lowest_rank() -> None:
    body = f"= Punkt 1\n*Beslutning*\n\n{prose(90)}.\n\n*{prose(40, 'Hele')}.*"

    blocks = blocks_of(body)

    assert [(block.kind, block.level) for block in blocks] == [
        (HEADING, 1),
        (HEADING, 2),
        (TEXT, 0),
        (TEXT, 0),
    ]
    assert blocks[1].text == "Beslutning"
    assert blocks[1].strong
    assert blocks[3].strong
    assert "*" not in blocks[3].text


def test_a_heading_over_two_lines_is_one() -> None:
    title = "Opfølgning på beskæftigelsesplanen og den virksomhedsrettede indsats i hele kommunen"

    blocks = blocks_of(f"= {title}\n{prose(60)}.")

    assert blocks[0].text == title
    assert blocks[0].kind == HEADING


def test_numbered_headings_keep_their_number() -> None:
    blocks = blocks_of(f"= 14. Revurdering af budgettet\n{prose(60)}.")

    assert (blocks[0].kind, blocks[0].text) == (HEADING, "14. Revurdering af budgettet")


# --- lists ----------------------------------------------------------------------------------


def test_lists_have_markers_and_depth() -> None:
    body = f"- {prose(30, 'Første')}\n  - Underpunkt\n    - Dybere\n- Andet\n\n+ Tredje\n+ Fjerde"

    items = [(item.kind, item.marker, item.level, item.text) for item in blocks_of(body)]

    assert items == [
        (ITEM, "-", 0, prose(30, "Første")),
        (ITEM, "-", 1, "Underpunkt"),
        (ITEM, "-", 2, "Dybere"),
        (ITEM, "-", 0, "Andet"),
        (ITEM, "1.", 0, "Tredje"),
        (ITEM, "2.", 0, "Fjerde"),
    ]


def test_letters_in_a_column_of_their_own_are_list_marks() -> None:
    text = "at udvalget godkender den reviderede plan, som den er beskrevet i bilaget til sagen, og"
    body = (
        f"Det indstilles,\n#grid(columns: (1cm, 1fr), row-gutter: 0.65em, [a)], [{text} sender den],"
        " [b)], [at planen evalueres.])"
    )

    items = [(item.marker, item.text) for item in blocks_of(body) if item.kind == ITEM]

    assert items == [("a)", f"{text} sender den"), ("b)", "at planen evalueres.")]


def test_marks_that_are_drawn_after_the_text_come_before_it() -> None:
    page = printed(
        (72, 760, "Udvalget indstiller:"),
        (90, 740, "at planen godkendes"),
        (90, 726, "at sagen sendes videre"),
        (76, 740, "\\225"),
        (76, 726, "\\225"),
    )

    assert [(block.marker, block.text) for block in read_pdf(by_hand(page)).blocks[2:]] == [
        ("-", "at planen godkendes"),
        ("-", "at sagen sendes videre"),
    ]


def test_a_date_that_begins_a_line_is_no_list_item() -> None:
    page = printed(
        (72, 760, "Udvalget har tidligere haft sagen om den virksomhedsrettede indsats til behandling i maj, den"),
        (72, 746, "18. juni 2024, og da var ledigheden ikke opgjort, saa sagen blev udsat til begyndelsen af det"),
        (72, 732, "1. kvartal i det nye aar, hvor tallene for hele kommunen var klar til behandling igen."),
    )  # fmt: skip

    assert [block.kind for block in read_pdf(by_hand(page)).blocks] == [PAGE, TEXT]


# --- columns --------------------------------------------------------------------------------

_MEMBERS = (
    ("Anne Sandholm (A), formand", "Egon Lyngstrand (O)"),
    ("Birk Torvegaard (V)", "Freja Mosevang (F)"),
    ("Carl Overmark (C)", "Gorm Askelund (A)"),
    ("Dagny Ellekilde (F)", "Helle Brinkholt (V)"),
)


def test_members_in_two_columns_are_read_column_by_column() -> None:
    left, right = zip(*_MEMBERS, strict=True)
    body = "#columns(2)[" + "\\\n".join(left) + "\n#colbreak()\n" + "\\\n".join(right) + "]"

    assert texts_of(body) == [*left, *right]


def test_members_whose_columns_were_written_line_by_line() -> None:
    lines: list[tuple[float, float, str]] = []
    for row, (left, right) in enumerate(_MEMBERS):
        lines += [(72, 760 - 14 * row, left), (310, 760 - 14 * row, right)]
    left_column, right_column = zip(*_MEMBERS, strict=True)

    texts = [block.text for block in read_pdf(by_hand(printed(*lines))).blocks[1:]]

    assert texts == [*left_column, *right_column]


def test_text_in_two_columns_is_read_down_the_left_first() -> None:
    text = prose(120)
    body = f"{prose(30, 'Overskriften')}.\n#columns(2)[{text}.]\n{prose(30, 'Efter')}."

    assert texts_of(body) == [prose(30, "Overskriften") + ".", f"{text}.", prose(30, "Efter") + "."]


def test_labels_and_values_stay_on_their_lines() -> None:
    body = "#grid(columns: (4cm, 1fr), row-gutter: 0.65em, " + ", ".join(
        f"[*{label}:*], [{value}]"
        for label, value in (
            ("Dato", "Tirsdag den 9. september 2025"),
            ("Tid", "kl. 16.30"),
            ("Sted", "Byrådssalen, Torvet 1"),
            ("Afbud", "Ingen"),
        )
    )

    assert texts_of(f"{body})") == [
        "**Dato:** Tirsdag den 9. september 2025",
        "**Tid:** kl. 16.30",
        "**Sted:** Byrådssalen, Torvet 1",
        "**Afbud:** Ingen",
    ]


def test_lines_written_in_no_order_are_read_from_the_top() -> None:
    lines = [(72.0, 700.0 - 14 * number, f"Linje nummer {number}.") for number in range(9)]
    shuffled = [lines[number] for number in (4, 1, 7, 0, 3, 8, 2, 6, 5)]

    texts = [block.text for block in read_pdf(by_hand(printed(*shuffled))).blocks[1:]]

    assert texts == [f"Linje nummer {number}." for number in range(9)]


@pytest.mark.parametrize(
    ("rotate", "matrix", "place", "step"),
    [
        (0, "1 0 0 1", (72, 700), (0, -14)),
        (90, "0 1 -1 0", (100, 72), (14, 0)),
        (0, "0 1 -1 0", (100, 72), (14, 0)),
        (270, "0 -1 1 0", (500, 770), (-14, 0)),
        (180, "-1 0 0 -1", (523, 100), (0, 14)),
    ],
)
def test_turned_pages_are_read_upright(
    rotate: int, matrix: str, place: tuple[int, int], step: tuple[int, int]
) -> None:
    titles = ["Godkendelse af dagsorden.", "Budget for 2026.", "Eventuelt."]
    content = "".join(
        f"BT /F1 11 Tf {matrix} {place[0] + n * step[0]} {place[1] + n * step[1]} Tm ({title}) Tj ET\n"
        for n, title in enumerate(titles)
    )

    blocks = read_pdf(by_hand(content.encode(), rotate=rotate)).blocks

    assert [block.text for block in blocks[1:]] == titles


# --- tables ---------------------------------------------------------------------------------

_BUDGET = (
    ("Område", "Budget 2025", "Forbrug", "Bemærkninger"),
    ("Kontanthjælp", "94.902", "15.817", ""),
    ("Sygedagpenge og jobafklaring, netto efter refusion", "61.250", "10.208", "Stigende antal forløb"),
    ("I alt", "156.152", "26.025", "Netto"),
)  # fmt: skip


def table_of(rows: Sequence[Sequence[str]], settings: str) -> str:
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    columns = "columns: (5cm, 2.5cm, 2.5cm, 4cm), align: (left, right, right, left)"
    return f"#table({columns}, {settings}, {cells})"


@pytest.mark.parametrize("settings", ["stroke: 0.5pt", "stroke: none", "stroke: none, inset: 2pt"])
def test_tables_keep_their_figures_as_printed(settings: str) -> None:
    body = f"{prose(40)}:\n\n{table_of(_BUDGET, settings)}\n\n{prose(40, 'Efter')}."

    blocks = blocks_of(body)

    assert [block.kind for block in blocks] == [TEXT, TABLE, TEXT]
    assert blocks[1].rows == _BUDGET


def test_a_table_over_two_pages_is_one() -> None:
    rows = [("Uge", "Antal", "Andel")] + [(f"Uge {n}", f"{n}.204", f"{n},5") for n in range(1, 40)]
    cells = ", ".join(f"[{cell}]" for row in rows[1:] for cell in row)
    body = f"#v(12cm)\n#table(columns: 3, table.header[Uge][Antal][Andel], {cells})\n\nSlut."

    blocks = read_pdf(typeset(body)).blocks

    assert [block.kind for block in blocks] == [PAGE, TABLE, PAGE, TEXT]
    assert blocks[1].rows == tuple(rows)


def test_a_matrix_of_one_mark_keeps_the_marks_column() -> None:
    body = "#table(columns: 6, [DIR], [ØKU], [BEU], [SSU], [KFU], [BYR], [], [], [X], [], [], [])"

    (block,) = blocks_of(f"{body}")

    assert block.rows == (("DIR", "ØKU", "BEU", "SSU", "KFU", "BYR"), ("", "", "X", "", "", ""))


def test_a_frame_around_text_is_no_table() -> None:
    text = prose(60) + "."

    assert [(block.kind, block.text) for block in blocks_of(f"#rect(width: 100%)[{text}]")] == [
        (TEXT, text)
    ]


def test_gaps_of_justified_text_make_no_table() -> None:
    narrow = _SETTINGS + "#set page(width: 7cm, margin: 1cm)\n#set text(hyphenate: false)\n"

    assert {block.kind for block in blocks_of(prose(90) + ".", narrow)} == {TEXT}


def test_a_heading_wider_than_its_figures_stands_over_them() -> None:
    rows = (
        ("I mio. kr.", "Budget", "Forbrug"),
        ("", "efter al overførsel", "i hele året"),
        ("Dagpenge", "1,2", "0,9"),
        ("Fleksjob", "3,4", "2,8"),
        ("I alt", "4,6", "3,7"),
    )
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    body = f"#table(columns: 3, stroke: none, align: (left, right, right), {cells})"

    (block,) = blocks_of(body)

    assert block.rows == (
        ("I mio. kr.", "Budget efter al overførsel", "Forbrug i hele året"),
        *rows[2:],
    )


def test_the_last_row_of_a_table_alone_on_its_page_is_of_the_table() -> None:
    rows = [("Uge", "Antal", "Andel")] + [(f"Uge {n}", f"{n}.204", f"{n},5") for n in range(1, 9)]
    above, below = (
        "#table(columns: (3cm, 3cm, 3cm), stroke: none, "
        + ", ".join(f"[{cell}]" for row in part for cell in row)
        + ")"
        for part in (rows[:-1], [rows[0], rows[-1]])
    )

    tables = [block for block in blocks_of(f"{above}#pagebreak(){below}") if block.kind == TABLE]

    assert [block.rows for block in tables] == [tuple(rows)]


def test_a_date_below_a_widely_spaced_line_makes_no_matrix() -> None:
    words = [(70 + 90 * n, 700, word) for n, word in enumerate("Referat fra udvalget d.".split())]

    blocks = read_pdf(by_hand(printed(*words, (70, 686, "04-03-2026")))).blocks

    assert TABLE not in {block.kind for block in blocks}


# --- contents, headers, footers --------------------------------------------------------------


def test_contents_are_a_line_for_each_title() -> None:
    long = (
        "Opfølgning på budgettet for beskæftigelse og integration med bilag om refusion, satser og"
    )
    entries = [
        ("Godkendelse af dagsorden", 2),
        (f"{long} medfinansiering", 3),
        ("Lukket: Salg", 12),
    ]
    lines = "\\\n".join(f"{title} #box(width: 1fr, repeat[.]) {page}" for title, page in entries)

    assert texts_of(lines) == [f"{title}.....{page}" for title, page in entries]


def test_a_title_that_leaves_no_room_for_leaders_is_an_entry_of_its_own() -> None:
    contents = printed(
        (70, 700, "Godkendelse af dagsorden"),
        (300, 700, "." * 40),
        (430, 700, "3"),
        (70, 686, "Tema om de unge, som hverken er i uddannelse eller i arbejde, i det l"),
        (430, 686, "5"),
        (70, 672, "Eventuelt"),
        (300, 672, "." * 40),
        (430, 672, "8"),
    )

    assert [block.text for block in read_pdf(by_hand(contents)).blocks[1:]] == [
        "Godkendelse af dagsorden.....3",
        "Tema om de unge, som hverken er i uddannelse eller i arbejde, i det l.....5",
        "Eventuelt.....8",
    ]


def test_contents_without_leaders_get_them() -> None:
    lines = "\\\n".join(
        f"{title} #h(1fr) {page}" for title, page in (("Et", 2), ("To", 4), ("Tre", 9))
    )

    assert texts_of(f"= Indholdsfortegnelse\n{lines}\n\n{prose(90)}.")[1:4] == [
        "Et.....2",
        "To.....4",
        "Tre.....9",
    ]


_RUNNING = _SETTINGS + (
    "#set page(header: [Lindvig Kommune #h(1fr) Referat], footer: context align(center)["
    "Side #counter(page).display() af #counter(page).final().first()])\n"
)


@pytest.mark.parametrize("pages", [2, 3, 7])
def test_running_headers_and_footers_are_left_out(pages: int) -> None:
    body = "\n#pagebreak()\n".join(f"= Sag om {name}\n{prose(50)}." for name in "abcdefg"[:pages])

    stream = read_pdf(typeset(body, _RUNNING))

    texts = [block.text for block in stream.blocks if block.kind != PAGE]
    assert stream.pages == pages
    assert not [text for text in texts if "Lindvig" in text or "Side" in text]
    assert len(texts) == 2 * pages


@pytest.mark.parametrize("number", ["1/1", "– 1 –", "1"])
def test_page_numbers_are_left_out(number: str) -> None:
    both = "true" if "/" in number else "false"
    footer = f'#counter(page).display("{number}", both: {both})'
    settings = f"{_SETTINGS}#set page(footer: context align(center)[{footer}])\n"

    texts = texts_of(f"{prose(50)}.\n#pagebreak()\n{prose(50, 'Andet')}.", settings)

    assert texts == [f"{prose(50)}.", prose(50, "Andet") + "."]


def test_closed_items_on_pages_of_their_own_are_no_headers() -> None:
    titles = [f"Punkt {n}: Lukket" if 3 <= n < 7 else f"Punkt {n}: Emne {n}" for n in range(1, 12)]
    body = "\n#pagebreak()\n".join(f"= {title}\n15.00.00-A00-7-25\n\nGodkendt." for title in titles)

    texts = texts_of(body)

    assert texts == [text for title in titles for text in (title, "15.00.00-A00-7-25", "Godkendt.")]


# --- pages, offsets, notes -------------------------------------------------------------------


def test_every_block_has_its_page_and_offsets_in_the_raw_text() -> None:
    data = typeset(
        f"= Referat\n{prose(60)}.\n- Et punkt\n#pagebreak()\n= Bilag\n{prose(30)}.", _RUNNING
    )
    document = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    raw = "".join(pages)

    stream = read_pdf(data)

    assert stream.media_type == "application/pdf"
    assert [block.page for block in stream.blocks if block.kind == PAGE] == [1, 2]
    assert stream.blocks[0].kind == PAGE
    assert [block.start for block in stream.blocks if block.kind == PAGE] == [0, len(pages[0])]
    for block in stream.blocks:
        assert 0 <= block.start <= block.end <= len(raw)
        if block.kind != PAGE:
            assert block.text.split()[0] in raw[block.start : block.end]


def test_characters_outside_the_basic_plane_do_not_shift_what_follows() -> None:
    page = typeset("Hvis $x$ og $y$ stiger, sagde *formanden* om _sagen_ til sidst.")

    (block,) = read_pdf(page).blocks[1:]

    assert block.text == "Hvis 𝑥 og 𝑦 stiger, sagde **formanden** om *sagen* til sidst."


def test_gap_tells_white_space_above() -> None:
    blocks = blocks_of(f"{prose(60)}.\n\n{prose(40, 'Andet')}.\\\nTredje.")

    assert [block.gap for block in blocks] == [True, True, False]


def test_a_page_that_is_a_picture_is_noted(tmp_path: Path) -> None:
    data = with_picture(tmp_path, f"{prose(30)}.\n#pagebreak()\n")

    stream = read_pdf(data)

    assert [code for code, _ in stream.notes] == ["page_without_text"]
    assert "2" in stream.notes[0][1]
    assert [block.kind for block in stream.blocks] == [PAGE, TEXT, PAGE]


def test_an_empty_page_is_not_noted() -> None:
    assert read_pdf(typeset(f"{prose(30)}.\n#pagebreak()\n#pagebreak()\n{prose(30)}.")).notes == ()


# --- scans -----------------------------------------------------------------------------------


def with_picture(folder: Path, body: str = "") -> bytes:
    """A PDF file with a picture of a page of text at its end."""
    scan = _SETTINGS + "= Referat\nMødet blev holdt på rådhuset.\n\nUdvalget godkendte sagen."
    picture = typst.compile(scan.encode(), format="png", ppi=200, ignore_system_fonts=True)
    (folder / "scan.png").write_bytes(bytes(picture))
    source = folder / "scan.typ"
    source.write_text(
        f'{_SETTINGS}{body}\n#page(margin: 0pt, image("scan.png", width: 100%))', "utf-8"
    )
    return bytes(typst.compile(source, ignore_system_fonts=True))


def test_a_scan_is_refused_and_ocr_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match=r"scanning.*--ocr.*Tesseract"):
        read_pdf(with_picture(tmp_path))


def test_ocr_without_tesseract_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr.shutil, "which", lambda _: None)

    with pytest.raises(UnreadableDocument, match="tesseract-ocr-dan"):
        read_pdf(with_picture(tmp_path), ocr=True)
    stream = read_pdf(with_picture(tmp_path, f"{prose(30)}.\n#pagebreak()\n"), ocr=True)
    assert [code for code, _ in stream.notes] == ["page_without_text", "recognition_missing"]


_ROWS = (
    (1, 1, 1, 300, 320, 60, "Referat"),
    (2, 1, 1, 300, 500, 40, "Udvalget"),
    (2, 1, 1, 500, 502, 38, "god-"),
    (2, 1, 2, 300, 560, 40, "kendte"),
    (2, 1, 2, 500, 560, 40, "sagen."),
    (3, 1, 1, 300, 900, 40, "+"),
    (3, 1, 1, 340, 900, 40, "Et"),
    (3, 1, 1, 400, 900, 40, "punkt"),
    (3, 1, 2, 300, 960, 40, "+"),
    (3, 1, 2, 340, 960, 40, "Nummer"),
    (3, 1, 2, 500, 960, 40, "to"),
)


def tesseract(folder: Path, languages: str, answer: str) -> Path:
    """A program that answers as Tesseract does."""
    program = folder / "tesseract"
    program.write_text(
        f"#!{sys.executable}\nimport sys\n"
        f"if '--list-langs' in sys.argv: print({languages!r})\n"
        "else:\n"
        "    picture = sys.stdin.buffer.read()\n"
        "    assert picture.startswith(b'P5 '), picture[:20]\n"
        "    assert sys.argv[1:6] == ['stdin', 'stdout', '-l', 'dan', '--psm'], sys.argv\n"
        f"    print({answer!r})\n",
        "utf-8",
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


def test_recognised_words_become_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = "level page_num block_num par_num line_num word_num left top width height conf text"
    head = names.replace(" ", "\t")
    rows = [
        f"5\t1\t{block}\t{par}\t{line}\t1\t{left}\t{top}\t90\t{height}\t96\t{text}"
        for block, par, line, left, top, height, text in _ROWS
    ]
    program = tesseract(tmp_path, "List of languages (2):\ndan\nosd", "\n".join([head, *rows]))
    monkeypatch.setattr(ocr.shutil, "which", lambda _: str(program))

    stream = read_pdf(with_picture(tmp_path), ocr=True)

    assert [(block.kind, block.text) for block in stream.blocks[1:]] == [
        (HEADING, "Referat"),
        (TEXT, "Udvalget godkendte sagen."),
        (ITEM, "Et punkt"),
        (ITEM, "Nummer to"),
    ]
    assert [code for code, _ in stream.notes] == ["text_recognised"]


def test_tesseract_without_danish_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tesseract(tmp_path, "List of languages (1):\neng", "")
    monkeypatch.setattr(ocr.shutil, "which", lambda _: str(program))

    with pytest.raises(UnreadableDocument, match="ikke installeret"):
        read_pdf(with_picture(tmp_path), ocr=True)


def test_a_scan_is_read_where_tesseract_is_installed(tmp_path: Path) -> None:
    if not ocr.Recogniser().is_installed:
        pytest.skip("Tesseract with Danish is not installed")

    texts = [block.text for block in read_pdf(with_picture(tmp_path), ocr=True).blocks]

    assert "Udvalget godkendte sagen." in texts


# --- files that cannot be read ---------------------------------------------------------------

_LINE = printed((72, 760, "Udvalget holdt sit andet ordinaere moede."))


def test_a_locked_file_is_refused() -> None:
    key = b"a" * 32
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/O(%s)/U(%s)/P -4>>/ID[(%s)(%s)]" % (
        key,
        key,
        key,
        key,
    )

    with pytest.raises(UnreadableDocument, match="adgangskode"):
        read_pdf(by_hand(_LINE, trailer=lock))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "ikke en PDF-fil"),
        (b"Referat fra byr\xe5det", "ikke en PDF-fil"),
        (b"%PDF-1.7\nafbrudt", "beskadiget"),
        (by_hand(_LINE)[:300], "beskadiget"),
        (by_hand(b""), "ingen tekst"),
    ],
)
def test_what_is_no_pdf_is_refused_with_a_reason(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableDocument, match=message):
        read_pdf(data)


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableDocument, match="5001 sider"):
        read_pdf(by_hand(_LINE, pages=5001))
    with monkeypatch.context() as patch:
        patch.setattr(pdf_page, "MOST_CHARACTERS", 30)
        with pytest.raises(UnreadableDocument, match="Side 1"):
            read_pdf(by_hand(_LINE))
    with monkeypatch.context() as patch:
        patch.setattr(pdf, "MAX_CHARACTERS", 50)
        with pytest.raises(UnreadableDocument, match="tegn"):
            read_pdf(by_hand(_LINE, _LINE))
    with monkeypatch.context() as patch:
        patch.setattr(pdf, "MAX_BYTES", 100)
        with pytest.raises(UnreadableDocument, match="over 300 MB"):
            read_pdf(by_hand(_LINE))


def test_two_thousand_pages_are_read() -> None:
    stream = read_pdf(by_hand(_LINE, pages=2000))

    assert stream.pages == 2000
    assert sum(block.kind == PAGE for block in stream.blocks) == 2000


def read_or_refused(data: bytes) -> None:
    """Reads `data`, whatever it is; blocks keep to the rules where it is readable."""
    try:
        stream = read_pdf(data)
    except UnreadableDocument:
        return
    for block in stream.blocks:
        assert 0 <= block.start <= block.end
        assert block.page is not None
        assert block.kind in (HEADING, TEXT, ITEM) or block.text == ""


@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_are_read_or_refused(data: bytes, headed: bool) -> None:
    read_or_refused(b"%PDF-1.4\n" + data if headed else data)


_WHOLE = by_hand(
    printed(
        (72, 760, "Punkt 1: Budget"), (72, 740, "Indstilling"), (90, 720, "1. at planen godkendes"),
        (72, 700, "Uge 10"), (200, 700, "1.204"), (300, 700, "12,5"),
        (72, 686, "Uge 11"), (200, 686, "998"), (300, 686, "-3,1"),
    )
    + b"\n60 680 300 40 re S 180 680 m 180 720 l S",
    _LINE,
)  # fmt: skip


@given(
    st.lists(st.tuples(st.integers(0, len(_WHOLE) - 1), st.integers(0, 255)), max_size=12),
    st.integers(0, len(_WHOLE)),
)
def test_mutated_files_are_read_or_refused(flips: list[tuple[int, int]], length: int) -> None:
    data = bytearray(_WHOLE)
    for place, value in flips:
        data[place] = value
    read_or_refused(bytes(data))
    read_or_refused(bytes(data[:length]))


_NUMBERS = st.one_of(
    st.integers(-100, 900), st.sampled_from([0, 1, -1, 1e-9, 1e9, -1e9, 3.4e38]), st.floats(0, 850)
)
_WORDS = st.text("Punkt 1.)•-o Side af 12.345x(A)", max_size=30)


@given(st.lists(st.tuples(_NUMBERS, _NUMBERS, _NUMBERS, _NUMBERS, _WORDS), max_size=40))
def test_text_at_any_place_is_read(
    pieces: list[tuple[float, float, float, float, str]],
) -> None:
    content = "".join(
        f"BT /F{1 + (n % 2)} 11 Tf {a:f} {b:f} {-b:f} {a:f} {x:f} {y:f} Tm "
        f"({text.translate({40: None, 41: None, 92: None})}) Tj ET {x:f} {y:f} {a:f} 30 re S\n"
        for n, (a, b, x, y, text) in enumerate(pieces)
    )
    read_or_refused(by_hand(content.encode("cp1252", "replace")))
