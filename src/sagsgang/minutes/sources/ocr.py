"""Text of scanned pages, recognised by the Tesseract program where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from functools import cached_property
from itertools import groupby
from statistics import median
from typing import Any, Final, NamedTuple

import pypdfium2 as pdfium

from .pdf_line import Line
from .pdf_page import PageText

PROGRAM: Final = "Tesseract with Danish; on Debian tesseract-ocr and tesseract-ocr-dan"
INSTALL: Final = (
    "Installér Tesseract med dansk (på Debian og Ubuntu: "
    "apt install tesseract-ocr tesseract-ocr-dan), og prøv igen."
)

_LANGUAGE: Final = "dan"
_DPI: Final = 300
_LARGEST_PAGE: Final = 20_000
_MOST_PIXELS: Final = 40_000_000
_SECONDS: Final = 120
_SECONDS_TO_START: Final = 20
_WORD_LEVEL: Final = "5"
_COLUMNS: Final = 12

# What Tesseract often takes a bullet for.
_MISREAD_BULLETS: Final = frozenset(("+ ", "* ", "» ", "« ", "° ", "¢ ", "© ", "® ", "= ", "— "))

# Type sizes of recognised lines: their true heights are too uncertain to be told apart finer.
_BODY, _LARGE, _LARGEST = 10.0, 14.0, 20.0
_LEADING: Final = 1.2


class _Word(NamedTuple):
    line: tuple[int, int, int]
    """Numbers of the block, the paragraph and the line that it stands in."""
    left: int
    top: int
    width: int
    height: int
    text: str


class Recogniser:
    """The installed Tesseract program, looked for once."""

    @cached_property
    def _program(self) -> str | None:
        program = shutil.which("tesseract")
        if program is None:
            return None
        try:
            answer = subprocess.run(
                [program, "--list-langs"],
                capture_output=True,
                timeout=_SECONDS_TO_START,
                check=False,
                stdin=subprocess.DEVNULL,
            )
        except (OSError, subprocess.SubprocessError):
            return None
        languages = (answer.stdout + answer.stderr).decode("utf-8", "replace").split()
        return program if _LANGUAGE in languages else None

    @property
    def is_installed(self) -> bool:
        """Whether the program is there, and knows Danish."""
        return self._program is not None

    def lines(self, page: PageText) -> tuple[str, list[Line]]:
        """The text recognised on an open page, and its lines with offsets in that text.

        Both are empty where nothing was recognised within two minutes.
        """
        sheet = page.document[page.index]
        width, height = sheet.get_size()
        if not (0 < width < _LARGEST_PAGE and 0 < height < _LARGEST_PAGE) or self._program is None:
            return "", []
        page.left, page.bottom, page.right, page.top = 0.0, 0.0, width, height
        scale = min(_DPI / 72, (_MOST_PIXELS / (width * height)) ** 0.5)
        try:
            answer = subprocess.run(
                [
                    self._program,
                    "stdin",
                    "stdout",
                    "-l",
                    _LANGUAGE,
                    "--psm",
                    "3",
                    "--dpi",
                    str(round(72 * scale)),
                    "tsv",
                ],
                input=_picture(sheet, scale),
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except (OSError, subprocess.SubprocessError, pdfium.PdfiumError):
            return "", []
        return _lines(_words(answer.stdout.decode("utf-8", "replace")), page, scale)


def _picture(sheet: Any, scale: float) -> bytes:
    """The page as a grey picture in PGM, which needs no picture library."""
    bitmap = sheet.render(scale=scale, grayscale=True)
    sheet.close()
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    rows = memoryview(bitmap.buffer).cast("B")
    body = b"".join(rows[row * stride : row * stride + width] for row in range(height))
    return b"P5 %d %d 255\n" % (width, height) + body


def _words(table: str) -> list[_Word]:
    words = []
    for row in table.split("\n")[1:]:
        cells = row.split("\t", _COLUMNS - 1)
        if len(cells) == _COLUMNS and cells[0] == _WORD_LEVEL and cells[11].strip():
            block, paragraph, line, _, left, top, width, height = map(int, cells[2:10])
            words.append(
                _Word((block, paragraph, line), left, top, width, height, cells[11].strip())
            )
    return words


def _lines(words: list[_Word], page: PageText, scale: float) -> tuple[str, list[Line]]:
    if not words:
        return "", []
    usual = median(word.height for word in words)
    texts: list[str] = []
    lines: list[Line] = []
    offset = 0
    paragraph: tuple[int, int] | None = None
    for key, group in groupby(words, key=lambda word: word.line):
        row = list(group)
        text = " ".join(word.text for word in row)
        if text[:2] in _MISREAD_BULLETS and len(text) > 2:
            text = "•" + text[1:]
        size = _size(median(word.height for word in row) / usual)
        bottom = median(word.top + word.height for word in row)
        y = page.top - bottom / scale
        if lines:
            # Within a paragraph the distance is set, so that uneven letters do not break it.
            above = lines[-1].y
            same = paragraph == key[:2] and text[0] != "•"
            y = above - _LEADING * size if same else min(y, above - 2 * _LEADING * size)
        paragraph = key[0], key[1]
        left, right = row[0].left, row[-1].left + row[-1].width
        x0, x1 = page.left + left / scale, page.left + right / scale
        line = Line(text, offset, offset + len(text), x0, x1, y, size, 0)
        lines.append(line)
        texts.append(text)
        offset += len(text) + 1
    _set_edges(lines)
    return "\n".join(texts) + "\n", lines


def _size(ratio: float) -> float:
    if ratio > 1.9:
        return _LARGEST
    return _LARGE if ratio > 1.35 else _BODY


def _set_edges(lines: list[Line]) -> None:
    """Lines that begin almost at one place begin at one place."""
    starts = sorted(lines, key=lambda line: line.x0)
    edge = starts[0].x0
    for line in starts:
        if line.x0 - edge > 4:
            edge = line.x0
        line.x0 = edge
