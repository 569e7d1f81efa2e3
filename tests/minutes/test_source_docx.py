"""Word documents become blocks: styles, lists and tables as they print."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from hypothesis import given
from hypothesis import strategies as st

from sagsgang.minutes.blocks import HEADING, ITEM, PAGE, TABLE, TEXT, Block, UnreadableDocument
from sagsgang.minutes.sources.docx import read_docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def saved(document: Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def blocks_of(document: Document) -> list[Block]:
    return read_docx(saved(document)).blocks


def package(body: str, **parts: str) -> bytes:
    """A Word file of the bare XML; `parts` are named as their relationship."""
    relations = "".join(
        f'<Relationship Id="r{name}" Type="{R}/{name}" Target="{name}.xml"/>' for name in parts
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>',
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'{relations}<Relationship Id="link" Type="{R}/hyperlink" TargetMode="External" '
            'Target="https://lindvig.dk/notat"/><Relationship Id="bad" '
            f'Type="{R}/hyperlink" TargetMode="External" Target="javascript:alert(1)"/>'
            "</Relationships>",
        )
        for name, xml in parts.items():
            archive.writestr(
                f"word/{name}.xml", f'<w:{name} xmlns:w="{W}" xmlns:r="{R}">{xml}</w:{name}>'
            )
    return file.getvalue()


def raw_blocks(body: str, **parts: str) -> list[Block]:
    return read_docx(package(body, **parts)).blocks


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def in_list(text: str, number: int, depth: int = 0) -> str:
    numbering = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, numbering)


def level(depth: int, form: str, text: str, start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def definition(key: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def numbered(number: int, key: int, override: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{key}"/>{override}</w:num>'


class TestParagraphs:
    def test_headings_by_style(self) -> None:
        document = docx.Document()
        document.add_heading("REFERAT Beskæftigelsesudvalget d. 18-06-2025", 0)
        document.add_heading("Punkt 1: Budget", 1)
        document.add_heading("Beslutning", 2)
        document.add_paragraph("Godkendt.")
        assert [(block.kind, block.level, block.text) for block in blocks_of(document)] == [
            (HEADING, 1, "REFERAT Beskæftigelsesudvalget d. 18-06-2025"),
            (HEADING, 1, "Punkt 1: Budget"),
            (HEADING, 2, "Beslutning"),
            (TEXT, 0, "Godkendt."),
        ]

    def test_danish_styles_own_styles_and_outline_levels_are_headings(self) -> None:
        styles = (
            '<w:style w:styleId="O2"><w:name w:val="Overskrift 2"/></w:style>'
            '<w:style w:styleId="Punkt"><w:name w:val="Punkt"/><w:basedOn w:val="O2"/></w:style>'
            '<w:style w:styleId="Brød"><w:name w:val="Brød"/><w:basedOn w:val="O2"/>'
            '<w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
            '<w:style w:styleId="Ring"><w:name w:val="R"/><w:basedOn w:val="Ring"/></w:style>'
        )
        blocks = raw_blocks(
            paragraph("a", '<w:pStyle w:val="Punkt"/>')
            + paragraph("b", '<w:outlineLvl w:val="2"/>')
            + paragraph("c", '<w:pStyle w:val="Brød"/>')
            + paragraph("d", '<w:pStyle w:val="Ring"/>'),
            styles=styles,
        )
        assert [(block.kind, block.level) for block in blocks] == [
            (HEADING, 2),
            (HEADING, 3),
            (TEXT, 0),
            (TEXT, 0),
        ]

    def test_bold_italics_and_whole_bold(self) -> None:
        document = docx.Document()
        label = document.add_paragraph()
        label.add_run("Mødedato").bold = True
        label.add_run(" 18. juni ")
        label.add_run("2025").italic = True
        whole = document.add_paragraph()
        whole.add_run("Beslut").bold = True
        whole.add_run("ning ").bold = True
        document.add_paragraph(style="List Bullet").add_run("x", style="Strong")
        first, second, third = blocks_of(document)
        assert (first.text, first.strong) == ("**Mødedato** 18. juni *2025*", False)
        assert (second.text, second.strong) == ("Beslutning", True)
        assert (third.text, third.strong) == ("x", True)

    def test_a_line_break_begins_a_line(self) -> None:
        document = docx.Document()
        run = document.add_paragraph("Godkendt.").add_run()
        run.add_break()
        run.add_text("Bo Dal deltog ikke.")
        assert [(block.text, block.gap) for block in blocks_of(document)] == [
            ("Godkendt.", True),
            ("Bo Dal deltog ikke.", False),
        ]

    @pytest.mark.parametrize("told_by", ["style", "leaders"])
    def test_a_line_of_contents_has_dots_in_place_of_the_tab(self, told_by: str) -> None:
        document = docx.Document()
        line = document.add_paragraph("1.\tGodkendelse af dagsorden\t3")
        if told_by == "style":
            line.style = document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
        else:
            line.paragraph_format.tab_stops.add_tab_stop(Cm(15), leader=WD_TAB_LEADER.DOTS)
        (block,) = blocks_of(document)
        assert (block.marker, block.text) == ("1.", "Godkendelse af dagsorden.....3")

    def test_contents_in_no_style_are_three_lines_with_numbers_that_do_not_fall(self) -> None:
        document = docx.Document()
        for text in ("Ledige\t12", "Sygemeldte\t4", "Sted:\tLokale 14", "Dagsorden\t2"):
            document.add_paragraph(text)
        for text in ("Budget\t2", "Eventuelt\t10"):
            document.add_paragraph(text)
        assert [block.text for block in blocks_of(document)] == [
            "Ledige 12",
            "Sygemeldte 4",
            "Sted: Lokale 14",
            "Dagsorden.....2",
            "Budget.....2",
            "Eventuelt.....10",
        ]

    def test_a_page_break(self) -> None:
        document = docx.Document()
        document.add_paragraph("en")
        document.add_page_break()
        document.add_paragraph("to")
        assert [block.kind for block in blocks_of(document)] == [TEXT, PAGE, TEXT]

    def test_typed_markers_are_list_items(self) -> None:
        document = docx.Document()
        document.add_paragraph("- at det godkendes")
        (block,) = blocks_of(document)
        assert (block.kind, block.marker, block.text) == (ITEM, "-", "at det godkendes")

    def test_special_characters(self) -> None:
        (block,) = raw_blocks(
            "<w:p><w:r><w:t>Beskæf</w:t><w:softHyphen/><w:t>tigelses</w:t><w:noBreakHyphen/>"
            '<w:t>og</w:t><w:tab/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>'
        )
        assert block.text == "Beskæftigelses-og x"

    def test_headers_comments_and_hidden_text_are_left_out(self) -> None:
        document = docx.Document()
        document.sections[0].header.paragraphs[0].text = "Sidehoved"
        document.sections[0].footer.paragraphs[0].text = "Side 1"
        text = document.add_paragraph("Synlig")
        text.add_run(" skjult").font.hidden = True
        assert [block.text for block in blocks_of(document)] == ["Synlig"]


class TestChanges:
    def test_insertions_are_read_and_deletions_are_not(self) -> None:
        (block,) = raw_blocks(
            "<w:p><w:r><w:t xml:space='preserve'>Godkendt </w:t></w:r>"
            "<w:ins><w:r><w:t>med ændring</w:t></w:r></w:ins>"
            "<w:del><w:r><w:delText>uden ændring</w:delText></w:r></w:del>"
            "<w:moveFrom><w:r><w:t>flyttet</w:t></w:r></w:moveFrom></w:p>"
        )
        assert block.text == "Godkendt med ændring"

    def test_a_deleted_row_is_not_read(self) -> None:
        def row(text: str, properties: str = "") -> str:
            cells = f"<w:tc>{paragraph(text)}</w:tc>" * 2
            return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"

        (table,) = raw_blocks(f"<w:tbl>{row('a')}{row('b', '<w:del/>')}</w:tbl>")
        assert table.rows == (("a", "a"),)


class TestLinksNotesAndBoxes:
    def test_links(self) -> None:
        blocks = raw_blocks(
            '<w:p><w:hyperlink r:id="link"><w:r><w:t>Notat</w:t></w:r></w:hyperlink></w:p>'
            '<w:p><w:hyperlink r:id="bad"><w:r><w:t>tekst</w:t></w:r></w:hyperlink></w:p>'
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK '
            '"https://lindvig.dk/a"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/>'
            '</w:r><w:r><w:t>felt</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
            "<w:r><w:t> efter</w:t></w:r></w:p>"
        )
        assert [block.text for block in blocks] == [
            "[Notat](https://lindvig.dk/notat)",
            "tekst",
            "[felt](https://lindvig.dk/a) efter",
        ]

    def test_a_footnote_stands_after_its_paragraph(self) -> None:
        (block,) = raw_blocks(
            '<w:p><w:r><w:t>Godkendt.</w:t><w:footnoteReference w:id="2"/></w:r></w:p>',
            footnotes='<w:footnote w:id="2"><w:p><w:r><w:t>Se bilag.</w:t></w:r></w:p>'
            "</w:footnote>",
        )
        assert block.text == "Godkendt. (note: Se bilag.)"

    def test_a_text_box_is_read_once(self) -> None:
        markup = "http://schemas.openxmlformats.org/markup-compatibility/2006"
        box = f"<w:txbxContent>{paragraph('boks')}</w:txbxContent>"
        blocks = raw_blocks(
            f'<w:p><w:r><w:t>før</w:t><mc:AlternateContent xmlns:mc="{markup}">'
            f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        )
        assert [block.text for block in blocks] == ["før", "boks"]

    def test_content_controls_are_read(self) -> None:
        blocks = raw_blocks(
            f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('a')}</w:sdtContent></w:sdt>"
            "<w:p><w:sdt><w:sdtContent><w:r><w:t>b</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        )
        assert [block.text for block in blocks] == ["a", "b"]


class TestLists:
    def test_styles_of_the_default_template(self) -> None:
        document = docx.Document()
        for text in ("en", "to"):
            document.add_paragraph(text, style="List Number")
        document.add_paragraph("prik", style="List Bullet 2")
        assert [(block.marker, block.level, block.gap) for block in blocks_of(document)] == [
            ("1.", 0, True),
            ("2.", 0, False),
            ("-", 1, False),
        ]

    def test_numbers_are_counted_as_they_print(self) -> None:
        numbering = (
            definition(
                1,
                level(0, "decimal", "%1.", 3),
                level(1, "lowerLetter", "%2)"),
                level(2, "decimal", "%1.%2.%3"),
            )
            + numbered(1, 1)
            + numbered(
                2,
                1,
                '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>',
            )
        )
        blocks = raw_blocks(
            in_list("x", 1)
            + in_list("x", 1, 1)
            + in_list("x", 1, 1)
            + in_list("x", 1)
            + in_list("x", 1, 1)
            + in_list("x", 1, 2)
            + in_list("x", 2)
            + in_list("x", 2),
            numbering=numbering,
        )
        markers = [block.marker for block in blocks]
        assert markers == ["3.", "a)", "b)", "4.", "a)", "4.a.1", "1.", "2."]

    def test_a_numbered_heading_keeps_its_number(self) -> None:
        styles = (
            '<w:style w:styleId="H"><w:name w:val="heading 1"/><w:pPr><w:numPr>'
            '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        )
        blocks = raw_blocks(
            paragraph("Godkendelse", '<w:pStyle w:val="H"/>')
            + paragraph("Budget", '<w:pStyle w:val="H"/>'),
            styles=styles,
            numbering=definition(1, level(0, "decimal", "Punkt %1:", 57)) + numbered(1, 1),
        )
        assert [block.text for block in blocks] == ["Punkt 57: Godkendelse", "Punkt 58: Budget"]

    def test_words_that_number_a_paragraph_are_no_list_marker(self) -> None:
        (block,) = raw_blocks(
            in_list("Budget", 1),
            numbering=definition(1, level(0, "decimal", "Punkt %1:")) + numbered(1, 1),
        )
        assert (block.kind, block.text) == (TEXT, "Punkt 1: Budget")

    @pytest.mark.parametrize(
        ("form", "expected"),
        [
            ("upperRoman", "IV."),
            ("lowerRoman", "iv."),
            ("upperLetter", "D."),
            ("decimalZero", "04."),
            ("bullet", "-"),
            ("ordinalText", "4."),
        ],
    )
    def test_forms_of_numbers(self, form: str, expected: str) -> None:
        numbering = definition(1, level(0, form, "%1.", 4)) + numbered(1, 1)
        (block,) = raw_blocks(in_list("x", 1), numbering=numbering)
        assert block.marker == expected

    def test_a_list_without_definition_is_text(self) -> None:
        (block,) = raw_blocks(in_list("x", 9) + in_list("", 9))
        assert (block.kind, block.text) == (TEXT, "x")


class TestTables:
    def test_merged_cells(self) -> None:
        document = docx.Document()
        table = document.add_table(3, 3)
        table.cell(0, 1).merge(table.cell(0, 2)).text = "Mio. kr."
        table.cell(1, 0).merge(table.cell(2, 0)).text = "2024"
        for row in (1, 2):
            for column in (1, 2):
                table.cell(row, column).text = f"{row}{column}"
        (block,) = blocks_of(document)
        assert block.kind == TABLE
        assert block.rows == (
            ("", "Mio. kr.", ""),
            ("2024", "11", "12"),
            ("", "21", "22"),
        )

    def test_paragraphs_in_a_cell_are_one_line(self) -> None:
        document = docx.Document()
        table = document.add_table(1, 2)
        table.cell(0, 0).text = "en\nto"
        table.cell(0, 1).paragraphs[0].add_run("tre").bold = True
        (block,) = blocks_of(document)
        assert block.rows == (("en to", "tre"),)

    @pytest.mark.parametrize("kind", ["one column", "heading", "nested"])
    def test_a_table_that_lays_out_the_page_is_text(self, kind: str) -> None:
        document = docx.Document()
        table = document.add_table(2, 1 if kind == "one column" else 2)
        cell = table.cell(0, 0)
        if kind == "heading":
            cell.paragraphs[0].style = "Heading 2"
        if kind == "nested":
            cell.add_table(1, 1).cell(0, 0).text = "inderst"
        cell.paragraphs[0].text = "Punkt 1"
        table.cell(1, 0).text = "Tekst"
        blocks = blocks_of(document)
        assert TABLE not in {block.kind for block in blocks}
        assert [block.text for block in blocks if block.text != "inderst"] == ["Punkt 1", "Tekst"]


class TestLimits:
    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"x" * 100])
    def test_what_is_no_zip_is_refused(self, data: bytes) -> None:
        with pytest.raises(UnreadableDocument):
            read_docx(data)

    def test_a_document_without_text_is_refused(self) -> None:
        with pytest.raises(UnreadableDocument, match="ingen tekst"):
            read_docx(saved(docx.Document()))

    def test_too_many_parts_are_refused(self) -> None:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            for number in range(5_001):
                archive.writestr(str(number), "")
        with pytest.raises(UnreadableDocument, match=r"5\.000"):
            read_docx(file.getvalue())

    def test_a_part_that_expands_beyond_reason_is_refused(self) -> None:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", b" " * 60_000_000)
        with pytest.raises(UnreadableDocument, match="for meget"):
            read_docx(file.getvalue())

    @pytest.mark.parametrize(
        "document_type",
        ['<!DOCTYPE d [<!ENTITY x "y">]>', '<!DOCTYPE d SYSTEM "file:///etc/passwd">'],
    )
    def test_entities_are_refused(self, document_type: str) -> None:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            body = f'<w:document xmlns:w="{W}"><w:body>{paragraph("&x;")}</w:body></w:document>'
            archive.writestr("word/document.xml", document_type + body)
        with pytest.raises(UnreadableDocument):
            read_docx(file.getvalue())

    def test_deep_nesting_is_refused(self) -> None:
        with pytest.raises(UnreadableDocument):
            raw_blocks("<w:sdt><w:sdtContent>" * 5_000)

    def test_thousands_of_paragraphs_are_read(self) -> None:
        blocks = raw_blocks("".join(paragraph(f"afsnit {each}") for each in range(5_000)))
        assert len(blocks) == 5_000
        assert blocks[-1].text == "afsnit 4999"


def _sample() -> bytes:
    document = docx.Document()
    document.add_heading("Punkt 1: Budget", 1)
    document.add_paragraph("at", style="List Number")
    document.add_table(2, 2).cell(0, 0).text = "a"
    element = parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>x</w:t></w:r></w:p>")
    document.element.body.insert(0, element)
    return saved(document)


SAMPLE = _sample()


PARTS = {
    name: zipfile.ZipFile(io.BytesIO(SAMPLE)).read(name)
    for name in (
        "word/document.xml",
        "word/styles.xml",
        "word/numbering.xml",
        "word/_rels/document.xml.rels",
    )
}


def is_read_or_refused(data: bytes) -> None:
    try:
        stream = read_docx(data)
    except UnreadableDocument:
        return
    assert stream.blocks


def mutate(data: st.DataObject, original: bytes) -> bytes:
    mutated = bytearray(original)
    for place in data.draw(st.lists(st.integers(0, len(original) - 1), min_size=1, max_size=6)):
        mutated[place] = data.draw(st.integers(0, 255))
    return bytes(mutated)


@given(st.data())
def test_a_mutated_file_is_read_or_refused(data: st.DataObject) -> None:
    is_read_or_refused(mutate(data, SAMPLE)[: data.draw(st.integers(0, len(SAMPLE)))])


@given(st.data(), st.sampled_from(sorted(PARTS)))
def test_a_mutated_part_is_read_or_refused(data: st.DataObject, name: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for each, content in PARTS.items():
            archive.writestr(each, mutate(data, content) if each == name else content)
    is_read_or_refused(file.getvalue())


PIECES: list[Callable[[str], str]] = [
    lambda text: f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>",
    lambda text: f"<w:p>{text}</w:p>",
    lambda text: f"<w:r>{text}</w:r>",
    lambda text: f"<w:tbl><w:tr><w:tc>{text}</w:tc><w:tc/></w:tr></w:tbl>",
    lambda text: f"<w:tc><w:tcPr><w:gridSpan w:val='9'/><w:vMerge/></w:tcPr>{text}</w:tc>",
    lambda text: f"<w:tr>{text}</w:tr>",
    lambda text: f"<w:sdt><w:sdtContent>{text}</w:sdtContent></w:sdt>",
    lambda text: f"<w:ins>{text}</w:ins><w:del>{text}</w:del>",
    lambda text: f"<w:hyperlink r:id='link'>{text}</w:hyperlink>",
    lambda text: f"<w:txbxContent>{text}</w:txbxContent>",
    lambda text: f"<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>{text}",
    lambda text: f"<w:rPr><w:b/><w:i w:val='0'/></w:rPr>{text}<w:br w:type='page'/><w:tab/>",
    lambda text: f"<w:fldChar w:fldCharType='separate'/>{text}<w:altChunk r:id='rstyles'/>",
]


@given(st.lists(st.sampled_from(PIECES), max_size=8), st.lists(st.sampled_from(PIECES), max_size=8))
def test_any_nesting_of_elements_is_read_or_refused(
    first: list[Callable[[str], str]], second: list[Callable[[str], str]]
) -> None:
    body = ""
    for pieces in (first, second):
        text = "<w:t>tekst 1</w:t>"
        for piece in pieces:
            text = piece(text)
        body += text
    numbering = definition(1, level(0, "decimal", "%1.")) + numbered(1, 1)
    try:
        blocks = raw_blocks(body, numbering=numbering, styles="")
    except UnreadableDocument:
        return
    assert all(block.text or block.rows or block.kind == PAGE for block in blocks)
    assert all(block.marker for block in blocks if block.kind == ITEM)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for start in (b"", SAMPLE[:200], SAMPLE):
        is_read_or_refused(start + data)
