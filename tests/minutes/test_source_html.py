"""HTML pages become blocks: what is printed stays, what surrounds it or could act is gone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagsgang.minutes.blocks import HEADING, ITEM, TABLE, TEXT, Block, UnreadableDocument
from sagsgang.minutes.sources.html import read_html


def blocks_of(markup: str, address: str = "") -> list[Block]:
    return read_html(markup.encode(), address=address).blocks


def texts_of(markup: str) -> list[str]:
    return [block.text for block in blocks_of(markup)]


def all_text(blocks: list[Block]) -> str:
    cells = " ".join(cell for block in blocks for row in block.rows for cell in row)
    return " ".join(block.text for block in blocks) + cells


class TestLines:
    def test_headings_carry_their_level_and_no_emphasis_or_link(self) -> None:
        (heading,) = blocks_of('<h3><a href="https://lindvig.dk"><b>Punkt 1:</b> Budget</a></h3>')
        assert (heading.kind, heading.level, heading.text) == (HEADING, 3, "Punkt 1: Budget")

    def test_a_break_begins_a_line_and_a_paragraph_a_gap(self) -> None:
        blocks = blocks_of("<p>Godkendt.<br>Bo Dal deltog ikke.</p><p>Næste</p>")
        assert [(block.text, block.gap) for block in blocks] == [
            ("Godkendt.", True),
            ("Bo Dal deltog ikke.", False),
            ("Næste", True),
        ]

    def test_two_breaks_are_a_gap(self) -> None:
        assert [block.gap for block in blocks_of("<p>en<br><br>to</p>")] == [True, True]

    def test_a_break_in_a_heading_does_not_divide_it(self) -> None:
        assert texts_of("<h2>Punkt 1:<br>Budget</h2>") == ["Punkt 1: Budget"]

    def test_divs_are_lines_and_white_space_is_folded(self) -> None:
        assert texts_of("<div>  en\n to<div>tre&nbsp;fire</div>fem\u00ad\u200bseks</div>") == [
            "en to",
            "tre fire",
            "femseks",
        ]

    def test_preformatted_lines_stay_lines(self) -> None:
        assert texts_of("<pre>en\nto\n\ntre</pre>") == ["en", "to", "tre"]

    def test_text_is_composed(self) -> None:
        assert texts_of("<p>A\u030arhus</p>") == ["\u00c5rhus"]

    def test_offsets_point_into_the_joined_text(self) -> None:
        blocks = blocks_of("<h1>en</h1><p>to</p><ul><li>tre</ul>")
        joined = "\n".join(block.text for block in blocks)
        assert [joined[block.start : block.end] for block in blocks] == ["en", "to", "tre"]


class TestEmphasis:
    def test_marks_stand_inside_the_white_space(self) -> None:
        assert texts_of("<p>Udvalget<b> godkendte </b>det <em>hele</em>.</p>") == [
            "Udvalget **godkendte** det *hele*."
        ]

    def test_neighbouring_bold_is_one(self) -> None:
        assert texts_of("<p><b>Møde</b><b>dato</b> <b>nu</b> 1</p>") == ["**Mødedato nu** 1"]

    @pytest.mark.parametrize(
        "markup",
        [
            "<p><b>Beslutning</b></p>",
            "<p><strong>Beslut<i></i>ning</strong> </p>",
            "<strong><p>Beslutning</p></strong>",
            '<p><span style="font-weight: 700">Beslutning</span></p>',
            '<p style="FONT-WEIGHT:bold">Beslutning</p>',
        ],
    )
    def test_a_paragraph_wholly_in_bold_is_strong(self, markup: str) -> None:
        (block,) = blocks_of(markup)
        assert (block.kind, block.text, block.strong) == (TEXT, "Beslutning", True)

    def test_a_colon_outside_the_bold_does_not_count(self) -> None:
        (block,) = blocks_of("<p><b>Beslutning</b>:</p>")
        assert (block.text, block.strong) == ("Beslutning:", True)

    def test_weight_normal_takes_bold_away(self) -> None:
        (block,) = blocks_of('<b style="font-weight:normal">tekst</b>')
        assert (block.text, block.strong) == ("tekst", False)


class TestLinks:
    def test_a_link_keeps_its_text_and_address(self) -> None:
        assert texts_of('<p>Se <a href="https://lindvig.dk/a(1) b">her</a></p>') == [
            "Se [her](https://lindvig.dk/a%281%29%20b)"
        ]

    def test_an_address_that_is_its_own_text(self) -> None:
        assert texts_of('<a href="https://lindvig.dk/">https://lindvig.dk/</a>') == [
            "<https://lindvig.dk/>"
        ]

    def test_an_address_within_the_site_is_completed(self) -> None:
        (block,) = blocks_of('<a href="/vis/1">Bilag</a>', "https://dagsorden.lindvig.dk/vis?id=2")
        assert block.text == "[Bilag](https://dagsorden.lindvig.dk/vis/1)"

    def test_the_pages_own_base_comes_first(self) -> None:
        page = '<head><base href="https://lindvig.dk/x/"></head><a href="/vis/1">Bilag</a>'
        assert texts_of(page) == ["[Bilag](https://lindvig.dk/vis/1)"]

    @pytest.mark.parametrize(
        "address",
        [
            "javascript:alert(1)",
            " JaVa\tScript:alert(1)",
            "java&#10;script:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//lindvig.dk/x",
            "/vis/1",
            "#top",
            "https:" + "/" * 3_000,
        ],
    )
    def test_other_addresses_leave_plain_text(self, address: str) -> None:
        assert texts_of(f'<p><a href="{address}">tekst</a></p>') == ["tekst"]

    @pytest.mark.parametrize("text", ["[a](javascript:b)", "&lt;javascript:a&gt;", "[a]( data:b)"])
    def test_text_that_looks_like_markdown_makes_no_active_link(self, text: str) -> None:
        (block,) = blocks_of(f"<p>{text}</p>")
        assert "](" not in block.text
        assert "<javascript" not in block.text


class TestNothingActiveIsRead:
    @pytest.mark.parametrize(
        "markup",
        [
            "<script>UVEDKOMMENDE</script>",
            "<style>UVEDKOMMENDE</style>",
            "<noscript>UVEDKOMMENDE</noscript>",
            "<template><p>UVEDKOMMENDE</p></template>",
            "<svg><text>UVEDKOMMENDE</text></svg>",
            "<button>UVEDKOMMENDE</button>",
            "<select><option>UVEDKOMMENDE</option></select>",
            "<textarea>UVEDKOMMENDE</textarea>",
            '<p onclick="UVEDKOMMENDE()"></p>',
            "<!-- UVEDKOMMENDE -->",
            '<img src="x" onerror="UVEDKOMMENDE" alt="">',
            '<iframe src="https://x.dk/UVEDKOMMENDE">UVEDKOMMENDE</iframe>',
            "<del>UVEDKOMMENDE</del>",
        ],
    )
    def test_it_leaves_no_trace(self, markup: str) -> None:
        blocks = blocks_of(f"<p>før</p>{markup}<p>efter</p>")
        assert [block.text for block in blocks] == ["før", "efter"]

    def test_the_text_around_it_stays(self) -> None:
        assert texts_of("<p>en<script>x</script> to<!-- c --> tre</p>") == ["en to tre"]


class TestSurroundings:
    def test_navigation_footers_and_banners_are_put_aside(self) -> None:
        page = (
            "<body><nav>Menu</nav><header><div>Lindvig Kommune</div></header>"
            '<div role="navigation">Sti</div><div class="cookie-banner"><p>Cookies</p></div>'
            '<span aria-hidden="true">x</span><h1>Referat</h1><p>Godkendt.</p>'
            "<footer>Rådhuset</footer></body>"
        )
        assert texts_of(page) == ["Referat", "Godkendt."]

    @pytest.mark.parametrize("inside", ["<h1>Referat</h1>", "<p>Onsdag den 18. juni 2025</p>"])
    def test_a_header_with_the_pages_heading_or_date_is_content(self, inside: str) -> None:
        page = f"<header><nav>Menu</nav>{inside}</header><p>Godkendt.</p>"
        assert len(texts_of(page)) == 2

    def test_a_folded_panel_is_content_though_it_is_hidden(self) -> None:
        assert texts_of('<div aria-hidden="true"><p>Sagsfremstilling</p></div>') == [
            "Sagsfremstilling"
        ]

    def test_a_page_marked_for_consent_is_content(self) -> None:
        page = '<body class="cookie-ok"><div class="consent"><main><p>Tekst</p></main></div></body>'
        assert texts_of(page) == ["Tekst"]

    def test_the_main_part_is_preferred_where_it_holds_most(self) -> None:
        page = f"<div>Nyheder</div><main><h1>Referat</h1><p>{'ord ' * 20}</p></main>"
        assert texts_of(page)[0] == "Referat"

    def test_a_small_main_part_is_not_the_page(self) -> None:
        page = f"<main><p>Del</p></main><p>{'ord ' * 20}</p>"
        assert len(texts_of(page)) == 2

    def test_the_title_stands_in_for_a_missing_heading(self) -> None:
        assert texts_of("<title>Referat - Lindvig</title><p>a</p>") == ["Referat - Lindvig", "a"]
        assert texts_of("<title>Side</title><h1>Referat</h1>") == ["Referat"]


class TestLists:
    def test_markers_and_depth(self) -> None:
        markup = (
            '<ol start="3"><li>tre<li>fire<ul><li>prik</ul></ol>'
            '<ol type="a"><li value="2">b</ol><ol style="list-style-type: lower-roman"><li>i</ol>'
        )
        assert [(block.marker, block.level, block.text) for block in blocks_of(markup)] == [
            ("3.", 0, "tre"),
            ("4.", 0, "fire"),
            ("-", 1, "prik"),
            ("b.", 0, "b"),
            ("i.", 0, "i"),
        ]

    def test_a_list_is_one_group(self) -> None:
        blocks = blocks_of("<p>at</p><ul><li><p>en</p></li><li>to</li></ul><p>x</p>")
        assert [(block.kind, block.gap) for block in blocks] == [
            (TEXT, True),
            (ITEM, True),
            (ITEM, False),
            (TEXT, True),
        ]

    def test_a_numbered_heading_keeps_its_number(self) -> None:
        (block,) = blocks_of("<ol><li><h3>Budget</h3></ol>")
        assert (block.kind, block.text) == (HEADING, "1. Budget")

    @pytest.mark.parametrize(
        ("text", "marker", "rest"),
        [
            ("- at det godkendes", "-", "at det godkendes"),
            ("• at det godkendes", "-", "at det godkendes"),
            ("1) Godkendt", "1)", "Godkendt"),
            ("a. første", "a.", "første"),
        ],
    )
    def test_markers_that_authors_type(self, text: str, marker: str, rest: str) -> None:
        (block,) = blocks_of(f"<p>{text}</p>")
        assert (block.kind, block.marker, block.text) == (ITEM, marker, rest)

    @pytest.mark.parametrize("text", ["15. september 2022", "-5 kr.", "A. Hansen talte", "1.000"])
    def test_what_only_looks_like_a_marker(self, text: str) -> None:
        assert [(block.kind, block.text) for block in blocks_of(f"<p>{text}</p>")] == [(TEXT, text)]


class TestTables:
    def test_rows_with_merged_cells(self) -> None:
        (table,) = blocks_of(
            "<table><tfoot><tr><td>I alt<td>1<td>2</tfoot>"
            "<thead><tr><th><b>År</b><th colspan=2>Mio. kr.</thead>"
            "<tr><td rowspan=2>2024<td>1<td>2<tr><td>3<td>4</table>"
        )
        assert table.kind == TABLE
        assert table.rows == (
            ("År", "Mio. kr.", ""),
            ("2024", "1", "2"),
            ("", "3", "4"),
            ("I alt", "1", "2"),
        )

    def test_cells_are_one_line_each(self) -> None:
        (table,) = blocks_of(
            "<table><tr><td><p>en</p><p>to</p></td><td>1. kvartal</td></tr>"
            "<tr><td>a<br>b</td><td>- 5</td></tr></table>"
        )
        assert table.rows == (("en to", "1. kvartal"), ("a b", "- 5"))

    def test_a_caption_stands_before_its_table(self) -> None:
        blocks = blocks_of("<table><caption>Tabel 1</caption><tr><td>a<td>b</table>")
        assert [block.text for block in blocks] == ["Tabel 1", ""]

    @pytest.mark.parametrize(
        "markup",
        [
            "<table><tr><td><h2>Punkt 1</h2><p>Tekst</p></table>",
            "<table><tr><td><p>Punkt 1</p><tr><td>Tekst</table>",
            "<table role=presentation><tr><td>Punkt 1<td>Tekst</table>",
            "<table><tr><td>Punkt 1<td><table><tr><td>Tekst</table></table>",
        ],
    )
    def test_a_table_that_lays_out_the_page_is_text(self, markup: str) -> None:
        blocks = blocks_of(markup)
        assert [block.text for block in blocks] == ["Punkt 1", "Tekst"]

    def test_few_cells_cannot_fill_the_memory(self) -> None:
        markup = "<table>" + "<tr><td colspan=1000 rowspan=60000>x<td>y" * 3_000 + "</table>"
        (table,) = blocks_of(markup)
        assert sum(map(len, table.rows)) < 100_000


class TestLabels:
    def test_a_label_with_its_value(self) -> None:
        assert texts_of("<dl><dt>Mødedato</dt><dd>18. juni 2025</dd></dl>") == [
            "**Mødedato** 18. juni 2025"
        ]

    def test_short_values_stand_after_one_another(self) -> None:
        assert texts_of("<dl><dt>Medlemmer:</dt><dd>Anne Berg</dd><dd>Bo Dal</dd></dl>") == [
            "**Medlemmer:** Anne Berg, Bo Dal"
        ]

    def test_sentences_are_not_joined(self) -> None:
        blocks = blocks_of("<dl><dt>Beslutning<dd>Godkendt.<br>Bo deltog ikke.</dl>")
        assert [block.text for block in blocks] == ["**Beslutning** Godkendt.", "Bo deltog ikke."]

    def test_a_label_over_a_list_stands_alone(self) -> None:
        label, point = blocks_of("<dl><dt>Bilag</dt><dd><ul><li>Notat</ul></dd></dl>")
        assert (label.text, label.strong, point.text) == ("Bilag", True, "Notat")

    def test_a_summary_is_set_apart(self) -> None:
        summary, text = blocks_of("<details><summary>Punkt 1</summary><p>Tekst</p></details>")
        assert (summary.strong, text.strong) == (True, False)


PAGE = """<!doctype html><html><body><nav>Menu</nav>
<div class="title"><h1 class="green dato">Referat - onsdag den 18. juni 2025</h1>
<span class="udvalg">Beskæftigelsesudvalget</span></div>
<table class="dagsordeninfo"><tr><td><span class="dato">onsdag den 18. juni 2025 kl. 15.00</span>
<span class="sted">Lokale 14</span></td></tr></table>
<div id="dagsordenDetaljer"><table>
<tr class="punktrow" id="punktrow_1"><td><table class="punkt-tabel"><tr><td>
<span class="label">1</span><h2 class="overskrift">Budget 2026</h2></td></tr></table>
<div class="details"><div class="dropdown">Kopier link</div>
<span class="sagsnummer">2025-000962</span>
<h3>Beslutning</h3><p>Godkendt.</p><h4>Baggrund</h4><p>Tekst</p>
<h3>Bilag</h3><a href="/vis/pdf/bilag/1">Notat</a></div></td></tr>
<tr class="punktrow lukket" id="punktrow_2"><td><span class="label">2</span>
<h2 class="overskrift">Salg</h2><div class="details"></div></td></tr></table></div></body></html>"""


class TestFirstAgendaPage:
    def test_it_is_given_in_print_form(self) -> None:
        blocks = blocks_of(PAGE, "https://dagsorden.lindvig.dk/vis?id=1")
        assert [(block.kind, block.level, block.text) for block in blocks] == [
            (HEADING, 1, "REFERAT Beskæftigelsesudvalget d. 18-06-2025"),
            (TEXT, 0, "**Mødedato** Onsdag d. 18. juni 2025 kl. 15:00"),
            (TEXT, 0, "**Mødested** Lokale 14"),
            (HEADING, 2, "Punkt 1: Budget 2026"),
            (TEXT, 0, "2025-000962"),
            (HEADING, 3, "Beslutning"),
            (TEXT, 0, "Godkendt."),
            (HEADING, 4, "Baggrund"),
            (TEXT, 0, "Tekst"),
            (HEADING, 3, "Bilag"),
            (TEXT, 0, "[Notat](https://dagsorden.lindvig.dk/vis/pdf/bilag/1)"),
            (HEADING, 2, "Punkt 2: Lukket: Salg"),
        ]


class TestLimits:
    @pytest.mark.parametrize(
        "markup",
        [
            "<div>" * 100_000 + "inderst",
            "<b>x" * 100_000,
            "<p><font>x" * 100_000,
            "<table><tr><td>" * 20_000,
            "<ul><li>x" * 50_000,
        ],
    )
    def test_deep_nesting_is_read_or_refused(self, markup: str) -> None:
        try:
            stream = read_html(markup.encode())
        except UnreadableDocument:
            return
        assert stream.blocks

    def test_nothing_is_lost_where_nesting_is_too_deep_for_the_parser(self) -> None:
        stream = read_html(b"<p>f\xc3\xb8r</p>" + b"<div>" * 5_000 + b"inderst<p>efter</p>")
        assert [block.text for block in stream.blocks] == ["før", "inderst", "efter"]
        assert stream.notes[0][0] == "markup_too_deep"

    def test_a_tag_with_thousands_of_attributes_is_refused(self) -> None:
        tag = "<p " + " ".join(f"a{number}='>'" for number in range(5_000)) + ">"
        with pytest.raises(UnreadableDocument, match="attributter"):
            blocks_of(tag)

    def test_code_with_many_words_is_no_tag(self) -> None:
        code = "if (a<b " + "c " * 5_000
        assert texts_of(f"<script>{code}</script><!-- <p {'d ' * 5_000} --><p>x</p>") == ["x"]

    def test_too_many_tags_are_refused(self) -> None:
        with pytest.raises(UnreadableDocument, match="for stor"):
            read_html(b"<p>" * 600_001)

    @pytest.mark.parametrize("markup", [b"", b" ", b"<!-- -->", b"<div id='app'></div>"])
    def test_a_page_without_text_is_refused(self, markup: bytes) -> None:
        with pytest.raises(UnreadableDocument, match="ingen tekst"):
            read_html(markup)

    def test_accents_without_end_take_no_time(self) -> None:
        assert blocks_of("<p>a" + "\u0327\u0301" * 100_000)


class TestCharacters:
    @pytest.mark.parametrize(
        "data",
        [
            "<p>Åbent ærø</p>".encode(),
            "<p>Åbent ærø</p>".encode("cp1252"),
            '<meta charset="iso-8859-1"><p>Åbent ærø</p>'.encode("latin-1"),
            "<p>Åbent ærø</p>".encode("utf-8-sig"),
            "<p>Åbent ærø</p>".encode("utf-16"),
            '<meta charset="utf-8"><p>Åbent ærø</p>'.encode("cp1252"),
            '<meta charset="rot13"><p>Åbent ærø</p>'.encode(),
        ],
    )
    def test_danish_letters_in_every_usual_encoding(self, data: bytes) -> None:
        assert [block.text for block in read_html(data).blocks] == ["Åbent ærø"]

    def test_a_broken_byte_does_not_make_utf_8_another_encoding(self) -> None:
        (block,) = read_html("<p>æøåæøåæøå".encode() + b"\xe6</p>").blocks
        assert block.text.startswith("æøåæøåæøå")


SPLINTERS = st.sampled_from(
    "<p> </p> <br> <b> </b> <i> <h1> </h1> <h3> <ul> <ol> <li> </li> </ul> <table> <tr> <td> </td>"
    " </tr> </table> <dl> <dt> </dt> <dd> </dd> <a/href='https://x.dk'> </a> <div> </div> <script>"
    " </script> <pre> <summary> <header> </header> <main> <style> <!-- --> &nbsp; &lt; &#0; Tekst"
    " 1. - ** ]( \ud800 <tr/class=punktrow> <td/colspan=9> <div/style=font-weight:bold>".split()
)


@given(st.lists(st.one_of(SPLINTERS, st.text(max_size=8)), max_size=40))
def test_any_markup_is_read_or_refused(parts: list[str]) -> None:
    try:
        stream = read_html(" ".join(parts).encode("utf-8", "surrogatepass"))
    except UnreadableDocument:
        return
    for block in stream.blocks:
        assert block.text == " ".join(block.text.split())
        assert block.text or block.rows
        assert block.marker or block.kind != ITEM
        assert block.kind != HEADING or 1 <= block.level <= 6
    starts = [block.start for block in stream.blocks]
    assert starts == sorted(starts)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        stream = read_html(data)
    except UnreadableDocument:
        return
    assert stream.blocks


@given(st.lists(st.text("abcæøå ", min_size=1, max_size=12).filter(str.strip), max_size=8))
def test_every_paragraph_comes_out_once_and_in_order(paragraphs: list[str]) -> None:
    words = [" ".join(paragraph.split()) for paragraph in paragraphs]
    markup = "<h1>Referat</h1>" + "".join(f"<div><p>{each}</p></div>" for each in paragraphs)
    assert texts_of(markup) == ["Referat", *words]
