"""The samples, printed by other tools, read to the same `Minutes` as the samples themselves.

What is printed stands in `printed`; a failure names the sample, how its headings are set, and in
its message each item and key that differs. Equality leaves out the source and all places.

The contents are printed with the sample's own page numbers, also where the pages fall otherwise,
so that they too must read the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sagsgang import samples
from sagsgang.minutes import Minutes, read_bytes
from sagsgang.minutes.blocks import PAGE, Block
from sagsgang.minutes.reader import read_blocks
from sagsgang.minutes.sources import open_blocks

from . import firstagenda, typeset, web, word
from .chromium import printed
from .comparison import differences
from .printed import (
    Contents,
    Grid,
    Heading,
    Marking,
    Paragraph,
    Piece,
    Points,
    markings_of,
    path_of,
    pieces_of,
    reading_of,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DOCUMENTS = [path.name.partition("-")[0] for path in samples.paths()]
PRINTED = [(document, marking) for document in DOCUMENTS for marking in markings_of(document)]
TOCS: dict[Marking, word.Toc] = {"headings": "style", "bold": "leaders", "plain": "tabs"}


def assert_same(data: bytes, expected: Minutes, media_type: str) -> None:
    """Fails where the reading of `data` is another; names each item and key that differs."""
    got = read_bytes(data)

    assert got.source is not None
    assert got.source.media_type == media_type
    found = differences(got, expected)
    if found:
        pytest.fail(f"{len(found)} values differ:\n" + "\n".join(found), pytrace=False)
    assert got == expected


@pytest.mark.parametrize(("document", "marking"), PRINTED)
def test_word(document: str, marking: Marking) -> None:
    data = word.rendered(pieces_of(document, marking), TOCS[marking])

    assert_same(
        data,
        reading_of(document),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )


@pytest.mark.parametrize(("document", "marking"), PRINTED)
def test_web_page(document: str, marking: Marking) -> None:
    data = web.rendered(pieces_of(document, marking), path_of(document).stem)

    assert_same(data, reading_of(document), "text/html")


@pytest.mark.parametrize(
    ("look", "size", "margin"),
    [("office", 11, 2.5), ("office", 9, 2.0), ("report", 10.5, 2.5), ("report", 12, 2.0)],
)
@pytest.mark.parametrize(("document", "marking"), PRINTED)
def test_pdf_set_by_typst(
    document: str, marking: Marking, look: typeset.Look, size: float, margin: float
) -> None:
    data = typeset.rendered(pieces_of(document, marking), look, size, margin)

    assert_same(data, reading_of(document), "application/pdf")


@pytest.mark.parametrize(("document", "marking"), PRINTED)
def test_pdf_printed_by_chromium(
    document: str, marking: Marking, tmp_path: Path, chromium: Browser
) -> None:
    page = web.rendered(pieces_of(document, marking), path_of(document).stem)
    data = printed(page, tmp_path, chromium)

    assert_same(data, reading_of(document), "application/pdf")


@pytest.mark.parametrize(
    ("document", "rendered", "media_type"),
    [
        ("01", firstagenda.page, "text/html"),
        ("08", firstagenda.page, "text/html"),
        ("04", firstagenda.agenda, "application/json"),
    ],
)
def test_firstagenda(
    document: str, rendered: Callable[[Sequence[Piece], Minutes], bytes], media_type: str
) -> None:
    """Neither of FirstAgenda's forms has contents, so nothing can differ from them either."""
    reading = reading_of(document)
    findings = tuple(each for each in reading.findings if each.code != "title_differs")
    expected = replace(reading, contents=(), findings=findings)

    assert_same(rendered(pieces_of(document, "headings"), reading), expected, media_type)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_it_does_not_matter_between_which_blocks_a_page_ends(document: str) -> None:
    """Each rendering breaks its pages elsewhere; here they are broken at every place in turn."""
    marking = markings_of(document)[-1]
    page = web.rendered(pieces_of(document, marking), path_of(document).stem)
    stream = open_blocks(page)
    blocks = list(stream.blocks)
    expected = read_blocks(stream)
    found: list[str] = []
    for place, block in enumerate(blocks):
        end = Block(PAGE, page=2, start=block.start, end=block.start)
        broken = replace(stream, blocks=[*blocks[:place], end, *blocks[place:]])
        where = f"page ends before block {place} ({block.text[:40]!r})"
        found += [f"{where}, {each}" for each in differences(read_blocks(broken), expected)]
    if found:
        pytest.fail("\n".join(found), pytrace=False)


@pytest.mark.parametrize(("document", "marking"), PRINTED)
def test_pieces_have_all_words_of_the_sample_but_its_page_numbers(
    document: str, marking: Marking
) -> None:
    sample = path_of(document).read_text(encoding="utf-8")
    printed = " ".join(_texts(pieces_of(document, marking)))

    assert _letters(printed) == _letters(re.sub(r"(?m)^ *Side \d+ af \d+$", "", sample))


def _texts(pieces: Sequence[Piece]) -> list[str]:
    texts: list[str] = []
    for piece in pieces:
        match piece:
            case Heading(_, text):
                texts.append(text)
            case Paragraph(lines):
                texts += lines
            case Points(points):
                texts += [f"{point.marker} {point.text}" for point in points]
            case Grid(rows):
                texts += [cell for row in rows for cell in row]
            case Contents(entries):
                texts += [f"{title} {page}" for title, page in entries]
    return texts


def _letters(text: str) -> str:
    """Letters and digits in order: what a change of lines and marks leaves as it is."""
    return re.sub(r"[\W_]", "", text)
