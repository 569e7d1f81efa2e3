"""The lines of one PDF page: text, place, size and style, asked of pdfium sparingly.

pdfium gives a page's text in one call, with a line break wherever its text jumps to another
line. Everything else it tells for one character at a time, at a third of a microsecond each,
so a line is looked at in its first and last character, and word by word only where these
show that the line is made of several pieces.

pdfium is not safe for threads: a document is read in one thread, many documents in many
processes.
"""

from __future__ import annotations

import ctypes
import re
import struct
from ctypes import c_char, c_double, c_int, c_ulong, c_void_p
from functools import lru_cache
from math import hypot
from typing import Any, Final

import pypdfium2.raw as raw

from .inline import BOLD, ITALIC
from .line_marks import has_leaders, mark_length
from .pdf_line import CELL_GAP, HYPHENED, INDENTED, Cut, Line, Run, spans
from .pdfium import pdfium_function

MOST_CHARACTERS: Final = 200_000
_MOST_CUTS: Final = 60
_LONGEST_NAME: Final = 4_000
_WIDE: Final = 0.75
_CALIBRATING: Final = 25
_STRETCH: Final = 0.12
_MOST_STRETCH: Final = 4.0

_GLUED_GAP: Final = 0.15
"""White space that pdfium took for none, where the next piece of text begins."""
_FEW_SEAMS: Final = 6
_MOST_PIECES: Final = 50
_FAR: Final = 1e6
"""Points from the page's corner where nothing is printed; broken files have such places."""

_WORD = re.compile(r"\S+")
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|fed\b|\bbd\b")
_ITALIC_NAME = re.compile(r"italic|oblique|kursiv|\bit\b")
_PLAIN_NAME = re.compile(r"regular|roman|book|light|medium|thin")
_ITALIC_FLAG: Final = 1 << 6
_FORCE_BOLD_FLAG: Final = 1 << 18
_BOLD_WEIGHT: Final = 600

_text_object = pdfium_function("FPDFText_GetTextObject", c_void_p, c_void_p, c_int)
_font_of = pdfium_function("FPDFTextObj_GetFont", c_void_p, c_void_p)
_font_size = pdfium_function("FPDFText_GetFontSize", c_double, c_void_p, c_int)
_matrix = pdfium_function("FPDFText_GetMatrix", c_int, c_void_p, c_int, c_void_p)
_box = pdfium_function("FPDFText_GetCharBox", c_int, c_void_p, c_int, *[c_void_p] * 4)
_origin = pdfium_function("FPDFText_GetCharOrigin", c_int, c_void_p, c_int, c_void_p, c_void_p)
_text_index = pdfium_function("FPDFText_GetTextIndexFromCharIndex", c_int, c_void_p, c_int)
_character_index = pdfium_function("FPDFText_GetCharIndexFromTextIndex", c_int, c_void_p, c_int)
_get_text = pdfium_function("FPDFText_GetText", c_int, c_void_p, c_int, c_int, c_void_p)
_count_characters = pdfium_function("FPDFText_CountChars", c_int, c_void_p)
_font_name = pdfium_function("FPDFFont_GetBaseFontName", c_ulong, c_void_p, c_void_p, c_ulong)
_font_flags = pdfium_function("FPDFFont_GetFlags", c_int, c_void_p)
_font_weight = pdfium_function("FPDFFont_GetWeight", c_int, c_void_p)
_element_of = pdfium_function("FPDFPageObj_GetMarkedContentID", c_int, c_void_p)
_bounding_box = pdfium_function("FPDF_GetPageBoundingBox", c_int, c_void_p, c_void_p)

# These may take long, so other threads may run meanwhile.
_load_page = raw.FPDF_LoadPage
_load_text = raw.FPDFText_LoadPage

# Where pdfium writes its answers. One for the module, since pdfium knows but one thread anyway.
_BOX = (c_double * 4)()
_LEFT, _RIGHT, _BOTTOM, _TOP = (ctypes.addressof(_BOX) + 8 * place for place in range(4))
_SIX = bytearray(24)
_SIX_AT: Final = ctypes.addressof(c_char.from_buffer(_SIX))
_six_floats = struct.Struct("6f").unpack
_NAME = ctypes.create_string_buffer(_LONGEST_NAME)
_TEXT = bytearray(2 * MOST_CHARACTERS)
_TEXT_AT: Final = ctypes.addressof(c_char.from_buffer(_TEXT))


class DamagedPageError(Exception):
    """A page that pdfium cannot load."""


class PageTooLongError(Exception):
    """A page with more characters than are read."""


class PageText:
    """The text of an open page, and its lines."""

    __slots__ = (
        "_advance", "_askew", "_characters", "_fonts", "_rest", "_size", "_text", "_turns",
        "bottom", "celled", "disordered", "document", "fragmented", "index", "left", "page",
        "right", "text", "top", "turn",
    )  # fmt: skip

    def __init__(self, document: Any, index: int) -> None:
        """Opens page `index` (from 0) of a pypdfium2 document.

        Raises:
            DamagedPageError: pdfium cannot load the page.
            PageTooLongError: it holds more than `MOST_CHARACTERS`.
        """
        self.document = document
        self.index = index
        self.page: Any = _load_page(document.raw, index)
        if not self.page:
            raise DamagedPageError
        self._fonts: dict[int | None, int] = {}
        self._advance, self._size = 0.5, 10.0
        self._characters: list[int] | None = None
        self._askew: list[Line] = []
        self._turns = [0, 0, 0, 0]
        self._rest = 0
        self.fragmented = False
        """The file sets words in many small pieces, or pdfium numbers them unlike the text."""
        self.celled = self.disordered = False
        self.text = ""
        self._text: int | None = ctypes.cast(_load_text(self.page), c_void_p).value
        if self._text:
            if _count_characters(self._text) > MOST_CHARACTERS:
                self.close()
                raise PageTooLongError
            self.text = self._whole_text()
        self._measure()

    def close(self) -> None:
        """Gives the page's memory back."""
        if self._text:
            raw.FPDFText_ClosePage(ctypes.cast(self._text, raw.FPDF_TEXTPAGE))
        raw.FPDF_ClosePage(self.page)

    def _measure(self) -> None:
        handle = self.handle
        _bounding_box(handle, _SIX_AT)
        self.left, self.top, self.right, self.bottom, _, _ = _six_floats(_SIX)
        self.turn = 0
        """Quarter turns to the right that make the text upright, whatever the file shows."""

    def _lie_down(self) -> None:
        width, height = self.right - self.left, self.top - self.bottom
        if self.turn % 2:
            width, height = height, width
        self.left = self.bottom = 0.0
        self.right, self.top = width, height

    def _whole_text(self) -> str:
        """The page's text as `PdfTextPage.get_text_range` gives it."""
        handle = self._text
        count = _count_characters(handle)
        first, last = 0, count - 1
        # pdfium keeps characters that it leaves out of the text, and counts them here.
        while first <= last and (start := _text_index(handle, first)) < 0:
            first += 1
        while first <= last and (end := _text_index(handle, last)) < 0:
            last -= 1
        if first > last:
            return ""
        if 2 * (end - start + 2) > len(_TEXT):
            raise PageTooLongError
        written = _get_text(handle, first, last - first + 1, _TEXT_AT) - 1
        text = _TEXT[: 2 * written].decode("utf-16-le", "ignore")
        if len(text) != count:
            self._characters = self._places(text, start)
            self.fragmented = True
        return text

    def _places(self, text: str, start: int) -> list[int]:
        """For each character of `text` its number in pdfium's own list."""
        places = []
        unit = start
        handle = self._text
        for character in text:
            places.append(_character_index(handle, unit))
            unit += 2 if character > "\uffff" else 1
        return places

    def place(self, offset: int) -> tuple[float, float]:
        """Where the character at `offset` in the page's text stands: x and baseline."""
        number = offset if self._characters is None else self._characters[offset]
        _origin(self._text, number, _LEFT, _RIGHT)
        if self.turn:
            return self._turned(_BOX[0], _BOX[1])
        return _BOX[0], _BOX[1]

    def right_edge(self, offset: int) -> float:
        """The right edge of what the character at `offset` prints."""
        number = offset if self._characters is None else self._characters[offset]
        _box(self._text, number, _LEFT, _RIGHT, _BOTTOM, _TOP)
        if self.turn:
            left, right, bottom, top = _BOX
            return max(self._turned(left, bottom)[0], self._turned(right, top)[0])
        return _BOX[1]

    @property
    def handle(self) -> int | None:
        """The address of pdfium's page."""
        return ctypes.cast(self.page, c_void_p).value

    def seen(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of a box on the page as it is seen."""
        if not self.turn:
            return box
        (x0, y0), (x1, y1) = self._turned(box[0], box[1]), self._turned(box[2], box[3])
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        if self.turn == 1:
            return y, self.top - x
        if self.turn == 2:
            return self.right - x, self.top - y
        return self.right - y, x

    def lines(self) -> list[Line]:
        """The page's lines, in the order of the file; text that stands askew comes last."""
        lines = self._lines()
        if 2 * len(self._askew) > len(lines):
            self.turn = self._turns.index(max(self._turns))
            self._lie_down()
            self._askew.clear()
            self.disordered = self.celled = False
            lines = self._lines()
        if self._askew:
            askew = {id(line) for line in self._askew}
            lines.sort(key=lambda line: id(line) in askew)
        return lines

    def _lines(self) -> list[Line]:
        lines: list[Line] = []
        if not self.text:
            return lines
        standing = self._standing
        lowest = 1e9
        for start, text, marks in spans(self.text):
            line = standing(start, text)
            if self._rest:
                *others, line = self._pieces(line, text)
                lines += filter(_is_near, others)
            if marks:
                self._amend(line, marks)
            if not _is_near(line):
                continue
            if line.y > lowest:
                self.disordered = True
            lowest = line.y - 0.5
            lines.append(line)
        if self.celled and self.fragmented:
            self._find_all_cuts(lines)
        return lines

    def _pieces(self, line: Line, text: str) -> list[Line]:
        """The lines that a stretch of text is made of where pdfium overlooked line breaks."""
        pieces = [line]
        first = line.start
        while self._rest:
            at, self._rest = self._rest, 0
            piece = self._standing(at, text[at - first :])
            piece.x0 = self.place(at)[0]
            pieces.append(piece)
            if len(pieces) == _MOST_PIECES:
                piece.text, piece.end = text[at - first :], first + len(text)
                self._rest = 0
        self.disordered = True
        return pieces

    def _amend(self, line: Line, marks: int) -> None:
        if marks & INDENTED:
            line.x0 = self.place(line.start)[0]
        if marks & HYPHENED:
            line.text += "-"
            line.end += 1
            line.x1 += 0.3 * line.size

    def _standing(self, start: int, text: str) -> Line:
        """The line that `text` is; its place from its first and last character."""
        handle = self._text
        count = len(text)
        one, other = start, start + count - 1
        if self._characters is not None:
            one, other = self._characters[start], self._characters[other]
        piece = _text_object(handle, one)
        font = _font_of(piece)
        style = self._fonts.get(font)
        if style is None:
            style = self._style_of(font)
        _matrix(handle, one, _SIX_AT)
        along, tilt, slant, height, x0, y = _six_floats(_SIX)
        if tilt or along < 0.0 or not piece or self.turn:
            return self._turned_line(start, text, style, bool(piece))
        size = _font_size(handle, one) * (hypot(slant, height) if slant else abs(height))
        if not 0.0 < size < _FAR:
            size = self._size
        self._size = size
        _box(handle, other, _LEFT, _RIGHT, _BOTTOM, _TOP)
        x1 = _BOX[1]
        line = Line(text, start, start + count, x0, x1, y, size, style)
        width = x1 - x0
        if _text_object(handle, other) != piece:
            self._look_closer(line)
        elif width > (_WIDE * count + 1.0) * size:
            self._find_cuts(line)
        elif count > _CALIBRATING:
            self._advance = width / (count * size)
        return line

    def _turned_line(self, start: int, text: str, style: int, known: bool) -> Line:
        """A line that does not simply run from left to right, or of which no more is `known`."""
        last = start + len(text) - 1
        one = start if self._characters is None else self._characters[start]
        along, tilt, slant, height, _, _ = _six_floats(_SIX)
        # Text that the file gives in place of what is drawn has no size of its own.
        size = _font_size(self._text, one) * hypot(slant, height) if known else self._size
        if not 0.0 < size < _FAR:
            size = self._size
        x0, y = self.place(start)
        line = Line(text, start, last + 1, x0, self.right_edge(last), y, size, style)
        turn = _turn_of(along, tilt) if known else 0
        if turn and not self.turn:
            self._askew.append(line)
            self._turns[turn] += 1
        else:
            self._look_closer(line)
        return line

    def _look_closer(self, line: Line) -> None:
        """Finds the styles and the wide white space of a line that is made of several pieces."""
        if has_leaders(line.text):
            return
        if not self.fragmented and self._follow_pieces(line):
            return
        self.fragmented = True
        self._find_styles(line)
        width, count = line.x1 - line.x0, len(line.text)
        usual = count * self._advance
        if width > (usual + max(0.5, min(_STRETCH * usual, _MOST_STRETCH))) * line.size:
            self._find_cuts(line)
        if line.cuts is None and count > _CALIBRATING:
            self._advance += 0.3 * (width / (count * line.size) - self._advance)

    def _follow_pieces(self, line: Line) -> bool:
        """Goes from one piece of the file's text to the next; false where there are too many.

        Where a piece ends is found by halving, in few steps.
        """
        handle, text, start = self._text, line.text, line.start
        end = start + len(text) - 1
        at = start + mark_length(text)
        piece, last = _text_object(handle, at), _text_object(handle, end)
        if at > start:
            line.hang = self.place(at)[0]
            line.style = self._style_of(_font_of(piece))
            if piece == last:
                return True
        seams: list[tuple[int, int | None]] = []
        while piece != last:
            if len(seams) == _FEW_SEAMS:
                return False
            low, high = at, end
            while high - low > 1:
                middle = (low + high) >> 1
                if _text_object(handle, middle) == piece:
                    low = middle
                else:
                    high = middle
            at = high
            while text[at - start].isspace():
                at += 1
            before, piece = piece, _text_object(handle, at)
            if piece != before:
                seams.append((at, piece))
        self._look_at_seams(line, seams)
        return True

    def _look_at_seams(self, line: Line, seams: list[tuple[int, int | None]]) -> None:
        """Takes styles and white space from the places where a line's pieces meet."""
        start, text, size = line.start, line.text, line.size
        runs: list[Run] = [(0, line.style, "")]
        cuts: list[Cut] = []
        before = _text_object(self._text, start)
        for place, piece in seams:
            at = end = place - start
            while text[end - 1].isspace():
                end -= 1
            x, y = self.place(place)
            if abs(y - line.y) > 0.7 * size:
                self._cut_off(line, at, end)
                break
            edge = self.right_edge(start + end - 1)
            style = self._style_of(_font_of(piece))
            gap = x - edge
            if gap > CELL_GAP * size or (
                gap > _GLUED_GAP * size
                and (end == at or (style == runs[-1][1] and _are_two_elements(before, piece)))
            ):
                cuts.append((at, edge, x))
            if style != runs[-1][1]:
                runs.append((at, style, ""))
            before = piece
        if len(runs) > 1:
            line.runs = runs
        if cuts and len(cuts) <= _MOST_CUTS:
            line.cuts = cuts
            self.celled = True

    def _find_styles(self, line: Line) -> None:
        """The styles of a line in many pieces: those of its words."""
        handle, start = self._text, line.start
        places = [word.start() for word in _WORD.finditer(line.text)]
        if self._characters is None:
            fonts = [_font_of(_text_object(handle, start + at)) for at in places]
        else:
            numbers = [self._characters[start + at] for at in places]
            fonts = [_font_of(_text_object(handle, number)) for number in numbers]
        if fonts.count(fonts[0]) == len(fonts):
            return
        runs: list[Run] = []
        for at, font in zip(places, fonts, strict=True):
            style = self._style_of(font)
            if not runs or style != runs[-1][1]:
                runs.append((at, style, ""))
        if len(runs) > 1:
            line.runs = runs

    def _find_cuts(self, line: Line, *, whole: bool = False) -> None:
        """The wide white space between a line's words; a `whole` line does not break."""
        start, size, place = line.start, line.size, self.place
        cuts: list[Cut] = []
        end, piece = 0, None
        for word in _WORD.finditer(line.text):
            at = word.start()
            x, y = place(start + at)
            if at and abs(y - line.y) > 0.7 * size:
                if not whole:
                    self._cut_off(line, at, end)
                break
            piece, before = self._piece_at(start + at), piece
            edge = self.right_edge(start + end - 1) if at else x
            gap = x - edge
            if gap > CELL_GAP * size or (
                gap > _GLUED_GAP * size and _are_two_elements(before, piece)
            ):
                cuts.append((at, edge, x))
            end = word.end()
        if cuts and len(cuts) <= _MOST_CUTS:
            line.cuts = cuts
            self.celled = True

    def _piece_at(self, offset: int) -> int | None:
        number = offset if self._characters is None else self._characters[offset]
        piece: int | None = _text_object(self._text, number)
        return piece

    def _find_all_cuts(self, lines: list[Line]) -> None:
        """Looks for white space in the lines above and below those that have some."""
        for order in (lines, lines[::-1]):
            beside = False
            for line in order:
                if beside and line.cuts is None:
                    self._find_cuts(line, whole=True)
                beside = line.cuts is not None

    def _cut_off(self, line: Line, at: int, end: int) -> None:
        """Ends a line where the text jumps to another line, which pdfium overlooked."""
        self._rest = line.start + at
        line.text = line.text[:end]
        line.end = line.start + end
        line.x1 = self.right_edge(line.end - 1)

    def _style_of(self, font: int | None) -> int:
        """The style that a font's name tells, or else its weight and flags."""
        style = self._fonts.get(font)
        if style is None:
            style = 0
            if font:
                length = _font_name(font, _NAME, _LONGEST_NAME)
                name = _NAME.value if 0 < length <= _LONGEST_NAME else b""
                style = _named_style(name, _font_flags(font), _font_weight(font))
            self._fonts[font] = style
        return style


def _is_near(line: Line) -> bool:
    """Whether a line stands on the page, more or less; places in broken files may be infinite."""
    return abs(line.y) < _FAR and abs(line.x0) < _FAR and abs(line.x1) < _FAR


def _are_two_elements(piece: int | None, other: int | None) -> bool:
    """Whether a tagged file says that two pieces of text belong to different elements.

    Two cells of a table are told apart by it however narrow the white space between them.
    """
    one, two = _element_of(piece), _element_of(other)
    return bool(one != two and one >= 0 and two >= 0)


def _turn_of(along: float, tilt: float) -> int:
    """Quarter turns to the right that make text upright, from its matrix's first two numbers."""
    if abs(tilt) > abs(along):
        return 1 if tilt > 0 else 3
    return 2 if along < 0 else 0


@lru_cache(maxsize=1_000)
def _named_style(full_name: bytes, flags: int, weight: int) -> int:
    head, _, tail = full_name.decode("utf-8", "replace").lower().partition("+")
    name = tail or head
    heavy = weight >= _BOLD_WEIGHT and not _PLAIN_NAME.search(name)
    flags = max(flags, 0)
    bold = _BOLD_NAME.search(name) or flags & _FORCE_BOLD_FLAG or heavy
    italic = _ITALIC_NAME.search(name) or flags & _ITALIC_FLAG
    return (BOLD if bold else 0) | (ITALIC if italic else 0)
