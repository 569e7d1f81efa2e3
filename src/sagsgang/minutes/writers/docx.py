"""`Minutes` as a Word document, set by styles alone: headings, lists, tables with header rows.

Everything that Word or a screen reader finds its way by is there as such: the title, headings in
three levels, numbered lists that count by themselves, header rows that are marked and repeated,
links, the language, and the document's properties. How it looks is changed in the styles. There
are no contents with page numbers, which only Word can tell: its navigation pane shows the
headings.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from ..model import Minutes
from . import wording
from .figures import holds_figures, is_total
from .pictures import NO_PICTURES
from .printed import Fact, Printed, PrintedItem, clean, printed
from .prose import Block, Entry, Grid, Listing, Paragraph, Piece, Rows, heading_of, pieces_of
from .style import Style, standard

LANGUAGE: Final = "da-DK"

_FIGURES: Final = "Tal i tabel"
_LINK: Final = "Hyperlink"
_WIDEST: Final = Cm(16)
_DEEPEST: Final = 2
"""Word's own list styles go to the third level."""
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
"""The time that files in the package bear: the same minutes give the same file."""


def to_docx(
    minutes: Minutes,
    style: Style | None = None,
    pictures: Mapping[str, bytes] = NO_PICTURES,
) -> bytes:
    """The bytes of a .docx file; the same minutes in the same style give the same file.

    The `pictures`, each by the title of its attachment, stand above the paragraph of that title.
    """
    shown = printed(minutes, style or standard())
    word = _Word(shown, minutes.date, pictures)
    word.head(shown)
    for item in shown.items:
        word.item(item)
    file = io.BytesIO()
    word.document.save(file)
    return _timeless(file.getvalue())


class _Word:
    """A document being written."""

    def __init__(self, shown: Printed, day: str | None, pictures: Mapping[str, bytes]) -> None:
        self._pictures = pictures
        self.document: Document = docx.Document()
        _set_page(self.document, shown)
        _set_styles(self.document)
        _set_properties(self.document, shown, day)

    def head(self, shown: Printed) -> None:
        self._new("Title", shown.title)
        self._facts(shown.facts)
        if shown.members:
            self._new("Heading 1", shown.members_label)
            for member in shown.members:
                self._new("List Bullet", member)

    def item(self, item: PrintedItem) -> None:
        if item.over:
            self._new("Heading 1", item.over.upper())
        self._new("Heading 1", item.heading)
        self._facts(item.top)
        for section in item.sections:
            if section.label:
                self._new("Heading 2", section.label)
            for place, block in enumerate(section.blocks):
                words = heading_of(block, section.blocks[place + 1 : place + 2])
                if words:
                    style = "Heading 3" if section.label else "Heading 2"
                    _add(self._new(style), pieces_of(words))
                else:
                    self._block(block)
        self._facts(item.end)

    def _new(self, style: str, text: str = "") -> WordParagraph:
        """A new paragraph in a style, which is named by its id: looking for it takes long."""
        paragraph = self.document.add_paragraph(text)
        paragraph._p.style = _id(style)
        return paragraph

    def _facts(self, facts: Sequence[Fact]) -> None:
        for fact in facts:
            paragraph = self.document.add_paragraph()
            if fact.label:
                paragraph.add_run(fact.label)._r.style = "Strong"
            paragraph.add_run(fact.text)

    def _block(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, Listing):
            self._listing(block.entries)
        else:
            self._table(block)

    def _paragraph(self, block: Paragraph) -> None:
        if not block.lines:
            return
        caption = "\n".join(block.lines)
        if caption in self._pictures:
            self._picture(caption)
            self._new("Caption", clean(caption))
            return
        paragraph = self.document.add_paragraph()
        for place, line in enumerate(block.lines):
            if place:
                paragraph.add_run().add_break()
            _add(paragraph, pieces_of(line))

    def _picture(self, caption: str) -> None:
        shown = self.document.add_picture(io.BytesIO(self._pictures[caption]))
        if shown.width > _WIDEST:
            shown.height = Emu(shown.height * _WIDEST // shown.width)
            shown.width = _WIDEST
        shown._inline.docPr.set("descr", clean(caption))

    def _listing(self, entries: Sequence[Entry]) -> None:
        """The entries, each at its depth; numbers count in a list of their own at each."""
        open_: list[tuple[int, int | None]] = []
        """The indents of the entries above, with the list that those at each are counted in."""
        for entry in entries:
            while open_ and open_[-1][0] > entry.indent:
                open_.pop()
            if not open_ or open_[-1][0] < entry.indent:
                open_.append((entry.indent, _list_of(self.document, entry.marker)))
            self._entry(entry, min(len(open_) - 1, _DEEPEST), open_[-1][1])

    def _entry(self, entry: Entry, depth: int, number: int | None) -> None:
        name = "List Bullet" if number is None else "List Number"
        style = f"{name} {depth + 1}" if depth else name
        paragraph = self._new(style)
        if number is not None:
            counted = _element("numPr")
            counted.append(_element("ilvl", val="0"))
            counted.append(_element("numId", val=str(number)))
            paragraph._p.get_or_add_pPr().append(counted)
        _add(paragraph, pieces_of(entry.text))

    def _table(self, block: Grid) -> None:
        rows = _even(block.rows)
        table = self.document.add_table(len(rows), len(rows[0]), "Table Grid")
        figures = [holds_figures(column[1:]) for column in zip(*rows, strict=True)]
        for place, (row, cells) in enumerate(zip(table.rows, rows, strict=True)):
            strong = not place or is_total(cells[0])
            for cell, text, is_figure in zip(row.cells, cells, figures, strict=True):
                paragraph = cell.paragraphs[0]
                paragraph._p.style = _id(_FIGURES if is_figure else "No Spacing")
                _add(paragraph, pieces_of(text), strong=strong)
        header = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(header)
        self._new("No Spacing")


def _id(style: str) -> str:
    """A style's id, which is its name without spaces in the template and in styles made here."""
    return style.replace(" ", "")


# --- text --------------------------------------------------------------------------------------


def _add(
    paragraph: WordParagraph, pieces: Iterable[Piece], *, strong: bool = False, em: bool = False
) -> None:
    for piece in pieces:
        if piece.style == "text":
            _run(paragraph, paragraph._p, piece.text, strong, em)
        elif piece.style in ("address", "link"):
            words = piece.text if piece.style == "address" else _words(piece.inside)
            _link(paragraph, piece.text, words)
        else:
            is_strong, is_em = strong or piece.style == "strong", em or piece.style == "em"
            _add(paragraph, piece.inside, strong=is_strong, em=is_em)


def _run(paragraph: WordParagraph, parent: Any, text: str, strong: bool, em: bool) -> None:
    run = paragraph.add_run(clean(text))
    if strong and em:
        run._r.style, run.italic = "Strong", True
    elif strong or em:
        run._r.style = "Strong" if strong else "Emphasis"


def _words(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text if not piece.inside else _words(piece.inside) for piece in pieces)


def _link(paragraph: WordParagraph, address: str, words: str) -> None:
    key = paragraph.part.relate_to(clean(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), key)
    run = paragraph.add_run(clean(words))
    run._r.style = _LINK
    paragraph._p.append(link)
    link.append(run._r)


def _list_of(document: Document, marker: str) -> int | None:
    """The id of a new list that counts from `marker` on; `None` for one with bullets."""
    numbering = wording.numbering(marker)
    if numbering is None:
        return None
    root = document.part.numbering_part.element
    before, form, after, start = numbering
    definition = _definition(root, f"{before}%1{after}", form)
    new = root.add_num(definition)
    new.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(new.numId)


def _definition(root: Any, text: str, form: str) -> int:
    """The id of a definition of lists that are counted in a form, made where there is none."""
    found = root.xpath(f'w:abstractNum[w:lvl/w:lvlText[@w:val="{text}"]][w:name/@w:val="{form}"]')
    if found:
        return int(found[0].get(qn("w:abstractNumId")))
    ids = [int(one) for one in root.xpath("w:abstractNum/@w:abstractNumId")]
    definition = _element("abstractNum", abstractNumId=str(max(ids, default=0) + 1))
    definition.append(_element("multiLevelType", val="singleLevel"))
    definition.append(_element("name", val=form))
    level = _element("lvl", ilvl="0")
    for name, value in (("start", "1"), ("numFmt", form), ("lvlText", text), ("lvlJc", "left")):
        level.append(_element(name, val=value))
    definition.append(level)
    root.insert(len(ids), definition)
    return max(ids, default=0) + 1


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _even(rows: Rows) -> list[list[str]]:
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


# --- the document as a whole -------------------------------------------------------------------


def _set_page(document: Document, shown: Printed) -> None:
    """A4 with the municipality and the body at the top, and page numbers at the foot."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    over = " · ".join(filter(None, (shown.author, shown.committee)))
    section.header.paragraphs[0].text = over
    foot = section.footer.paragraphs[0]
    for text, field in (("Side ", "PAGE"), (" af ", "NUMPAGES")):
        foot.add_run(text)
        field_of = _element("fldSimple", instr=field)
        foot._p.append(field_of)
        run = foot.add_run("1")
        field_of.append(run._r)


def _set_styles(document: Document) -> None:
    """The template's styles in Danish, with a style for links and one for figures in tables."""
    styles = document.styles
    for language in (
        *styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang"),
        *document.settings.element.xpath("w:themeFontLang"),
    ):
        language.set(qn("w:val"), LANGUAGE)
    styles["Normal"].font.size = Pt(11)
    link = styles.add_style(_LINK, WD_STYLE_TYPE.CHARACTER)
    link.font.underline = True
    link.font.color.rgb = RGBColor(0x00, 0x59, 0xB3)
    figures = styles.add_style(_FIGURES, WD_STYLE_TYPE.PARAGRAPH)
    figures.base_style = styles["No Spacing"]
    figures.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _set_properties(document: Document, shown: Printed, day: str | None) -> None:
    # The template brings a picture of its own first page.
    relations = document.part.package.rels
    for key in [
        key for key, one in relations.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL
    ]:
        del relations[key]
    properties = document.core_properties
    properties.title = shown.title
    properties.author = properties.last_modified_by = shown.author
    properties.language = LANGUAGE
    properties.comments = ""
    properties.keywords = ""
    is_day = day is not None and wording.date_said(day) is not None
    when = datetime.fromisoformat(f"{day}T00:00Z") if is_day else datetime(*_LONG_AGO, tzinfo=UTC)
    properties.created = properties.modified = when


def _timeless(data: bytes) -> bytes:
    """The same package without the time at which it was made."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as package,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as again,
    ):
        for name in package.namelist():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            again.writestr(entry, package.read(name))
    return made.getvalue()
