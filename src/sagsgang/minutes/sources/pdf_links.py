"""Addresses that a PDF page's links lay on its text."""

from __future__ import annotations

import ctypes
import struct
from ctypes import c_char, c_char_p, c_int, c_ulong, c_void_p
from functools import lru_cache
from typing import Final

import pypdfium2.raw as raw

from .inline import safe_address
from .pdf_line import Line, Run
from .pdf_page import PageText
from .pdfium import pdfium_function

_MOST_LINKS: Final = 500
_MOST_QUADS: Final = 20
_MOST_COMPARED: Final = 200_000
"""Links times lines on a page; no page of a document comes near."""
_LONGEST_ADDRESS: Final = 4_000

_next_link = pdfium_function("FPDFLink_Enumerate", c_int, c_void_p, c_void_p, c_void_p)
_link_action = pdfium_function("FPDFLink_GetAction", c_void_p, c_void_p)
_action_type = pdfium_function("FPDFAction_GetType", c_ulong, c_void_p)
_action_address = pdfium_function(
    "FPDFAction_GetURIPath", c_ulong, c_void_p, c_void_p, c_char_p, c_ulong
)
_link_rectangle = pdfium_function("FPDFLink_GetAnnotRect", c_int, c_void_p, c_void_p)
_count_quads = pdfium_function("FPDFLink_CountQuadPoints", c_int, c_void_p)
_link_quad = pdfium_function("FPDFLink_GetQuadPoints", c_int, c_void_p, c_int, c_void_p)

_ADDRESS = ctypes.create_string_buffer(_LONGEST_ADDRESS)
_CORNERS = bytearray(32)
_CORNERS_AT: Final = ctypes.addressof(c_char.from_buffer(_CORNERS))
_eight_floats = struct.Struct("8f").unpack_from
_four_floats = struct.Struct("4f").unpack_from

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


def add_links(page: PageText, lines: list[Line]) -> None:
    """Lays the addresses of an open page's links on its lines."""
    handle = page.handle
    position, link = c_int(0), c_void_p()
    at, link_at = ctypes.addressof(position), ctypes.addressof(link)
    for _ in range(min(_MOST_LINKS, _MOST_COMPARED // (len(lines) + 1))):
        if not _next_link(handle, at, link_at):
            return
        address = _address(page, link.value)
        if address:
            for area in _areas(page, link.value):
                _link_lines(page, lines, area, address)


def _address(page: PageText, link: int | None) -> str:
    action = _link_action(link)
    if not action or _action_type(action) != raw.PDFACTION_URI:
        return ""
    document = ctypes.cast(page.document.raw, c_void_p).value
    length = _action_address(document, action, _ADDRESS, _LONGEST_ADDRESS)
    return _safe(_ADDRESS.value) if 0 < length <= _LONGEST_ADDRESS else ""


@lru_cache(maxsize=1_000)
def _safe(address: bytes) -> str:
    return safe_address(address.decode("utf-8", "replace"))


def _areas(page: PageText, link: int | None) -> list[Box]:
    """The places that a link covers, on the page as it is seen."""
    areas: list[Box] = []
    for number in range(min(_count_quads(link), _MOST_QUADS)):
        if _link_quad(link, number, _CORNERS_AT):
            corners = _eight_floats(_CORNERS)
            across, along = corners[::2], corners[1::2]
            areas.append((min(across), min(along), max(across), max(along)))
    if not areas and _link_rectangle(link, _CORNERS_AT):
        x0, y0, x1, y1 = _four_floats(_CORNERS)
        areas.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    return [page.seen(area) for area in areas]


def _link_lines(page: PageText, lines: list[Line], area: Box, address: str) -> None:
    left, bottom, right, top = area
    for line in [line for line in lines if bottom <= line.y + 0.3 * line.size <= top]:
        if line.x0 < right and line.x1 > left:
            first = _first_at(page, line, left - 1)
            end = _first_at(page, line, right - 0.5)
            while first < end and line.text[first].isspace():
                first += 1
            if first < end:
                line.runs = _linked(line, first, end, address)


def _first_at(page: PageText, line: Line, x: float) -> int:
    """The first of a line's characters that stands at `x` or to its right."""
    if x <= line.x0:
        return 0
    place, start, text = page.place, line.start, line.text
    low, high = 0, line.end - start
    while low < high:
        at = middle = (low + high) >> 1
        # pdfium has put in some of the spaces itself; they stand nowhere.
        while text[at].isspace():
            at += 1
        if place(start + at)[0] < x:
            low = at + 1
        else:
            high = middle
    return low


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
