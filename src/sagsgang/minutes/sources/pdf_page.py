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
from collections.abc import Callable, Iterator
from ctypes import c_char_p, c_double, c_float, c_int, c_uint, c_ulong, c_ushort, c_void_p
from math import hypot
from typing import Any, Final

import pypdfium2.raw as raw

from .inline import BOLD, ITALIC, safe_address

MOST_CHARACTERS: Final = 200_000
CELL_GAP: Final = 0.8
"""White space within a line, in units of the type size, that may part two columns."""

_MOST_LINKS: Final = 500
_LONGEST_NAME: Final = 4_000
_WIDE: Final = 0.75
_CALIBRATING: Final = 25

_GLUED_GAP: Final = 0.15
"""White space that pdfium took for none, where the next piece of text begins."""
_FEW_SEAMS: Final = 6
_MOST_PIECES: Final = 50
_HYPHENED: Final = 1
_INDENTED: Final = 2

_WORD = re.compile(r"\S+")
_BROKEN = re.compile("[\ufffe\x02]")
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|fed\b|\bbd\b")
_ITALIC_NAME = re.compile(r"italic|oblique|kursiv|\bit\b")
_PLAIN_NAME = re.compile(r"regular|roman|book|light|medium|thin")
_ITALIC_FLAG: Final = 1 << 6
_FORCE_BOLD_FLAG: Final = 1 << 18
_BOLD_WEIGHT: Final = 600

Run = tuple[int, int, str]
"""Where in its line a piece of one style begins, its style, its address."""
Cut = tuple[int, float, float]
"""Where in its line the text after white space begins; the white space's left and right edge."""


def pdfium_function(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A pdfium function that takes addresses as numbers, at half the cost of the binding's."""
    address = ctypes.cast(getattr(raw, name), c_void_p).value
    assert address is not None
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


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
_next_link = pdfium_function("FPDFLink_Enumerate", c_int, c_void_p, c_void_p, c_void_p)
_link_action = pdfium_function("FPDFLink_GetAction", c_void_p, c_void_p)
_action_type = pdfium_function("FPDFAction_GetType", c_ulong, c_void_p)
_action_address = pdfium_function(
    "FPDFAction_GetURIPath", c_ulong, c_void_p, c_void_p, c_char_p, c_ulong
)
_link_rectangle = pdfium_function("FPDFLink_GetAnnotRect", c_int, c_void_p, c_void_p)
_count_quads = pdfium_function("FPDFLink_CountQuadPoints", c_int, c_void_p)
_link_quad = pdfium_function("FPDFLink_GetQuadPoints", c_int, c_void_p, c_int, c_void_p)
_bounding_box = pdfium_function("FPDF_GetPageBoundingBox", c_int, c_void_p, c_void_p)
_rotation = pdfium_function("FPDFPage_GetRotation", c_int, c_void_p)

# These may take long, so other threads may run meanwhile.
_load_page = raw.FPDF_LoadPage
_load_text = raw.FPDFText_LoadPage

# Where pdfium writes its answers. One for the module, since pdfium knows but one thread anyway.
_BOX = (c_double * 4)()
_LEFT, _RIGHT, _BOTTOM, _TOP = (ctypes.addressof(_BOX) + 8 * place for place in range(4))
_SIX = (c_float * 6)()
_SIX_AT: Final = ctypes.addressof(_SIX)


class DamagedPageError(Exception):
    """A page that pdfium cannot load."""


class PageTooLongError(Exception):
    """A page with more characters than are read."""


class Line:
    """A printed line, or the part of one that stands in one column.

    `start` and `end` are offsets in the page's text; `x0`, `x1` and `y` (the baseline) are in
    points from the page's lower left corner as the page is seen.
    """

    __slots__ = (
        "cuts", "end", "hang", "right", "runs", "size", "start", "style", "text", "x0", "x1", "y",
    )  # fmt: skip

    def __init__(
        self, text: str, start: int, end: int, x0: float, x1: float, y: float, size: float, style: int
    ) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.x0 = x0
        self.x1 = x1
        self.y = y
        self.size = size
        self.style = style
        self.runs: list[Run] | None = None
        """The pieces of a line in several styles; `None` where `style` holds for it whole."""
        self.cuts: list[Cut] | None = None
        """Wide white space inside the line."""
        self.right = 0.0
        """Right edge of the column that the line stands in; 0 for the page's."""
        self.hang = 0.0
        """Where the lines below begin that go on with this one; 0 where it was not looked at."""


class PageText:
    """The text of an open page, and its lines."""

    __slots__ = (
        "_advance", "_askew", "_characters", "_fonts", "_fragmented", "_rest", "_text", "_upwards",
        "bottom", "celled", "disordered", "document", "index", "left", "page", "right", "text", "top",
        "turn",
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
        self._advance = 0.5
        self._characters: list[int] | None = None
        self._askew: list[Line] = []
        self._upwards = self._rest = 0
        self._fragmented = False
        """The file sets words in many small pieces."""
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
        self.left, self.top, self.right, self.bottom = _SIX[:4]
        self.turn = _rotation(handle)
        if self.turn > 0:
            self._lie_down()

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
        length = end - start + 1
        buffer = (c_ushort * (length + 1))()
        written = _get_text(handle, first, last - first + 1, ctypes.addressof(buffer)) - 1
        text = bytes(memoryview(buffer).cast("B")[: 2 * written]).decode("utf-16-le", "ignore")
        if len(text) != count:
            self._characters = self._places(text, start)
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
        left, right, bottom, top = _BOX
        if self.turn:
            return max(self._turned(left, bottom)[0], self._turned(right, top)[0])
        return right

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
        if self._askew and self.turn == 0 and 2 * len(self._askew) > len(lines):
            self.turn = 1 if self._upwards > 0 else 3
            self._lie_down()
            self._askew.clear()
            self.disordered = self.celled = False
            lines = self._lines()
        if self._askew:
            askew = {id(line) for line in self._askew}
            lines = [line for line in lines if id(line) not in askew] + self._askew
        self._add_links(lines)
        return lines

    def _lines(self) -> list[Line]:
        lines: list[Line] = []
        if not self.text:
            return lines
        standing = self._standing
        lowest = 1e9
        for start, text, marks in _spans(self.text):
            line = standing(start, text)
            if self._rest:
                lines += self._pieces(line, text)
                line = lines.pop()
            if marks:
                self._amend(line, marks)
            y = line.y
            if y > lowest:
                self.disordered = True
            lowest = y - 0.5
            lines.append(line)
        if self.celled and self._fragmented:
            self._find_all_cuts(lines)
        return lines

    def _pieces(self, line: Line, text: str) -> list[Line]:
        """The lines that a stretch of text is made of where pdfium overlooked line breaks."""
        pieces = [line]
        first = line.start
        while self._rest and len(pieces) < _MOST_PIECES:
            at, self._rest = self._rest, 0
            pieces.append(self._standing(at, text[at - first :]))
        self._rest = 0
        self.disordered = True
        return pieces

    def _amend(self, line: Line, marks: int) -> None:
        if marks & _INDENTED:
            line.x0 = self.place(line.start)[0]
        if marks & _HYPHENED:
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
            style = self._style(font)
        _matrix(handle, one, _SIX_AT)
        _, tilt, slant, height, x0, y = _SIX
        if tilt or not piece or self.turn:
            return self._turned_line(start, text, style, tilt)
        size = _font_size(handle, one) * (hypot(slant, height) if slant else abs(height))
        _box(handle, other, _LEFT, _RIGHT, _BOTTOM, _TOP)
        x1 = _BOX[1]
        line = Line(text, start, start + count, x0, x1, y, size, style)
        width = x1 - x0
        if _text_object(handle, other) != piece:
            self._look_closer(line)
        elif width > (_WIDE * count + 1.0) * size:
            self._find_cuts(line)
        elif count > _CALIBRATING and size > 0.0:
            self._advance = width / (count * size)
        return line

    def _turned_line(self, start: int, text: str, style: int, tilt: float) -> Line:
        """A line that does not simply run from left to right."""
        last = start + len(text) - 1
        one = start if self._characters is None else self._characters[start]
        slant, height = _SIX[2], _SIX[3]
        size = _font_size(self._text, one) * hypot(slant, height)
        x0, y = self.place(start)
        line = Line(text, start, last + 1, x0, self.right_edge(last), y, size, style)
        if tilt and not self.turn:
            self._askew.append(line)
            self._upwards += 1 if tilt > 0 else -1
        else:
            self._look_closer(line)
        return line

    def _look_closer(self, line: Line) -> None:
        """Finds the styles and the wide white space of a line that is made of several pieces."""
        if not self._fragmented:
            seams = self._seams(line)
            if len(seams) <= _FEW_SEAMS:
                self._follow(line, seams)
                return
            self._fragmented = True
        self._find_styles(line)
        width, count = line.x1 - line.x0, len(line.text)
        if width > (1.06 * count * self._advance + CELL_GAP) * line.size:
            self._find_cuts(line)
        elif count > _CALIBRATING and line.size > 0.0:
            self._advance += 0.2 * (width / (count * line.size) - self._advance)

    def _seams(self, line: Line) -> list[int]:
        """Where in the line pieces of the file's text meet: found by halving, few steps for each."""
        handle, text, start, characters = self._text, line.text, line.start, self._characters
        at, end = 0, len(text) - 1

        def piece_at(place: int) -> int | None:
            number = start + place
            return _text_object(handle, number if characters is None else characters[number])

        last, piece = piece_at(end), piece_at(0)
        seams: list[int] = []
        while piece != last and len(seams) <= _FEW_SEAMS:
            low, high = at, end
            while high - low > 1:
                middle = (low + high) >> 1
                if piece_at(middle) == piece:
                    low = middle
                else:
                    high = middle
            at = high
            while text[at].isspace():
                at += 1
            before, piece = piece, piece_at(at)
            if piece != before:
                seams.append(at)
        return seams

    def _follow(self, line: Line, seams: list[int]) -> None:
        """Takes styles and white space from the places where the line's pieces meet."""
        start, text, size = line.start, line.text, line.size
        runs: list[Run] = [(0, line.style, "")]
        cuts: list[Cut] = []
        for at in seams:
            x, y = self.place(start + at)
            end = at
            while text[end - 1].isspace():
                end -= 1
            if abs(y - line.y) > 0.7 * size:
                self._cut_off(line, at, end)
                break
            edge = self.right_edge(start + end - 1)
            if x - edge > (CELL_GAP if end < at else _GLUED_GAP) * size:
                cuts.append((at, edge, x))
            style = self.style_at(start + at)
            if style != runs[-1][1]:
                runs.append((at, style, ""))
        if len(runs) > 1:
            line.runs = runs
        if cuts:
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
            style = self._fonts.get(font)
            if style is None:
                style = self._style(font)
            if not runs or style != runs[-1][1]:
                runs.append((at, style, ""))
        if len(runs) > 1:
            line.runs = runs

    def _find_cuts(self, line: Line) -> None:
        """The wide white space between a line's words."""
        start, size = line.start, line.size
        cuts: list[Cut] = []
        reach = 1e9
        end = 0
        for word in _WORD.finditer(line.text):
            at = word.start()
            x, y = self.place(start + at)
            if abs(y - line.y) > 0.7 * size and at:
                self._cut_off(line, at, end)
                break
            if x > reach and (edge := self.right_edge(start + end - 1)) < x - CELL_GAP * size:
                cuts.append((at, edge, x))
            end = word.end()
            reach = x + ((end - at) * 0.8 * self._advance + CELL_GAP) * size
        if cuts:
            line.cuts = cuts
            self.celled = True

    def _find_all_cuts(self, lines: list[Line]) -> None:
        """Looks for white space in the lines above and below those that have some."""
        for order in (lines, lines[::-1]):
            beside = False
            for line in order:
                if beside and line.cuts is None:
                    self._find_cuts(line)
                beside = line.cuts is not None
        self._rest = 0

    def _cut_off(self, line: Line, at: int, end: int) -> None:
        """Ends a line where the text jumps to another line, which pdfium overlooked."""
        self._rest = line.start + at
        line.text = line.text[:end]
        line.end = line.start + end
        line.x1 = self.right_edge(line.end - 1)

    def style_at(self, offset: int) -> int:
        """The style of the character at `offset` in the page's text: `BOLD`, `ITALIC`, both."""
        number = offset if self._characters is None else self._characters[offset]
        font = _font_of(_text_object(self._text, number))
        style = self._fonts.get(font)
        return self._style(font) if style is None else style

    def _style(self, font: int | None) -> int:
        """The style that a font's name tells, or else its weight and flags."""
        style = 0
        if font:
            buffer = ctypes.create_string_buffer(_LONGEST_NAME)
            _font_name(font, buffer, _LONGEST_NAME)
            name = buffer.value.decode("utf-8", "replace").partition("+")
            style = _named_style((name[2] or name[0]).lower(), _font_flags(font), _font_weight(font))
        self._fonts[font] = style
        return style

    def _add_links(self, lines: list[Line]) -> None:
        handle = self.handle
        position, link = c_int(0), c_void_p()
        at, link_at = ctypes.addressof(position), ctypes.addressof(link)
        for _ in range(_MOST_LINKS):
            if not _next_link(handle, at, link_at):
                return
            address = self._address(link.value)
            if address:
                for area in self._areas(link.value):
                    self._link_lines(lines, area, address)

    def _address(self, link: int | None) -> str:
        action = _link_action(link)
        if not action or _action_type(action) != raw.PDFACTION_URI:
            return ""
        document = ctypes.cast(self.document.raw, c_void_p).value
        buffer = ctypes.create_string_buffer(_LONGEST_NAME)
        _action_address(document, action, buffer, _LONGEST_NAME)
        return safe_address(buffer.value.decode("utf-8", "replace"))

    def _areas(self, link: int | None) -> Iterator[tuple[float, float, float, float]]:
        """Left, bottom, right and top of the places that a link covers, as the page is seen."""
        quads = (c_float * 8)()
        corners = []
        for number in range(min(_count_quads(link), _MOST_LINKS)):
            if _link_quad(link, number, ctypes.addressof(quads)):
                corners.append([(quads[at], quads[at + 1]) for at in (0, 2, 4, 6)])
        if not corners and _link_rectangle(link, _SIX_AT):
            left, top, right, bottom = _SIX[:4]
            corners.append([(left, bottom), (right, top)])
        for points in corners:
            seen = [self._turned(x, y) if self.turn else (x, y) for x, y in points]
            across, along = [x for x, _ in seen], [y for _, y in seen]
            yield min(across), min(along), max(across), max(along)

    def _link_lines(
        self, lines: list[Line], area: tuple[float, float, float, float], address: str
    ) -> None:
        left, bottom, right, top = area
        for line in lines:
            if bottom - 0.3 * line.size <= line.y < top and line.x0 < right and line.x1 > left:
                inside = [
                    at
                    for at in range(len(line.text))
                    if left - 1 <= self.place(line.start + at)[0] < right - 0.5
                    and line.start + at < line.end
                ]
                if inside:
                    line.runs = _linked(line, inside[0], inside[-1] + 1, address)


def _linked(line: Line, first: int, end: int, address: str) -> list[Run]:
    """The runs of a line with an address laid on its characters `first` to `end`."""
    runs: list[Run] = []
    old = line.runs or [(0, line.style, "")]
    ends = [run[0] for run in old[1:]] + [len(line.text)]
    for (start, style, other), stop in zip(old, ends, strict=True):
        for low, high, link in (
            (start, min(stop, first), other),
            (max(start, first), min(stop, end), address),
            (max(start, end), stop, other),
        ):
            if low < high:
                runs.append((low, style, link))
    return runs


def _spans(text: str) -> Iterator[tuple[int, str, int]]:
    """For each line of a page's text where it begins, the line, and what is to be noticed.

    Where a word is broken over lines, pdfium puts a mark for the hyphen and no line break.
    """
    position = 0
    for chunk in text.split("\r\n"):
        following = position + len(chunk) + 2
        pieces = [chunk]
        if "\ufffe" in chunk or "\x02" in chunk:
            pieces = _BROKEN.split(chunk)
        for count, piece in enumerate(pieces, 1 - len(pieces)):
            body = piece.strip()
            if body:
                marks = _HYPHENED if count < 0 else 0
                if piece[0] == body[0]:
                    yield position, body, marks
                else:
                    offset = len(piece) - len(piece.lstrip())
                    yield position + offset, body, marks | _INDENTED
            position += len(piece) + 1
        position = following


def _named_style(name: str, flags: int, weight: int) -> int:
    style = 0
    if _BOLD_NAME.search(name) or flags > 0 and flags & _FORCE_BOLD_FLAG:
        style = BOLD
    elif weight >= _BOLD_WEIGHT and not _PLAIN_NAME.search(name):
        style = BOLD
    if _ITALIC_NAME.search(name) or flags > 0 and flags & _ITALIC_FLAG:
        style |= ITALIC
    return style
