"""Markdown and plain text, as PDF converters and web pages leave it.

Headings may stand at any level, in bold, or without any mark; tables are lines of
tab-separated cells or Markdown pipes; paragraphs may be broken over lines.
"""

from __future__ import annotations

import html
import re
import unicodedata
from itertools import pairwise
from typing import Final

from ..blocks import (
    HEADING,
    ITEM,
    PAGE,
    TABLE,
    TEXT,
    Block,
    BlockKind,
    BlockStream,
    UnreadableDocument,
)
from ..danish import hyphens

MAX_CHARACTERS: Final = 200_000_000

_HEADING = re.compile(r"(#{1,6})\s*(.*?)\s*#*$")
_LIST_ITEM = re.compile(r"([-*+•◦▪■‣·–o]|\d{1,4}[.)]|\(?[a-zA-Z][.)])(?:[ \t]+|$)(.*)")
_RULE = re.compile(r"(?:[-*_=][ \t]*){3,}$")
_LEADERS = re.compile(r"\.{3,}\s*\d*$")
_PIPE_RULE = re.compile(r"\|?[\s:|-]+$")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~&$\"'/:;=?@^%,])")
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:b|i|u|em|strong|sup|sub|span|p|div|font|center)(?:\s[^<>]*)?>", re.IGNORECASE
)
_BOLD_TAG = re.compile(r"</?(?:b|strong)>", re.IGNORECASE)
_LETTER_MARK = (".", ")", " ")
_SENTENCE_END = frozenset(".:;!?…")


def read_text(data: bytes) -> BlockStream:
    """The blocks of a text file in UTF-8, UTF-16 with a byte order mark, or Windows-1252.

    Offsets count characters of the text after normalisation (NFC, line ends, hyphens).

    Raises:
        UnreadableDocument: the file is too large.
    """
    if len(data) > MAX_CHARACTERS:
        raise UnreadableDocument(
            "Teksten er over 200 MB. Del den op i ét dokument pr. møde, og læs dem hver for sig."
        )
    text = _decode(data)
    looks_marked = "\n#" in text or text.startswith("#") or "**" in text
    blocks = blocks_of_text(text)
    pages = sum(block.kind == PAGE for block in blocks)
    media_type = "text/markdown" if looks_marked else "text/plain"
    return BlockStream(blocks, media_type, pages + 1 if pages else None)


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def blocks_of_text(text: str) -> list[Block]:
    """The blocks of Markdown or plain text, in order."""
    text = normalise(text)
    lines = text.split("\n")
    wrapped = _is_wrapped(lines)
    blocks: list[Block] = []
    append = blocks.append
    page: int | None = None
    gap, start, count = True, 0, len(lines)
    index = -1
    while (index := index + 1) < count:
        line = lines[index]
        here = start
        start += len(line) + 1
        body = line.strip()
        if not body:
            gap = True
            if "\f" in line:
                page = (page or 1) + 1
                append(Block(PAGE, page=page, start=here, end=here))
            continue
        first = body[0]
        if first == "#":
            match = _HEADING.match(body)
            if match:
                title, _ = _inline(match[2])
                if title:
                    append(
                        Block(
                            HEADING, title, len(match[1]), "", (), page, here, start - 1, True, gap
                        )
                    )
                    gap = False
                    continue
        if (
            "\t" in line
            and not line.isspace()
            and ("\t" in body or line.endswith("\t"))
            and not _LEADERS.search(body)
        ):
            taken, rows = _tab_rows(lines, index)
            if rows:
                for more in lines[index + 1 : index + taken]:
                    start += len(more) + 1
                index += taken - 1
                append(Block(TABLE, "", 0, "", rows, page, here, start - 1, False, gap))
                gap = False
                continue
        if body[-1] == "|" and first != "|":
            # A row of a table that lost its other cells.
            body = body.strip("| ")
            if not body or _PIPE_RULE.match(body):
                continue
        if first == "|" and body.count("|") > 1:
            taken, rows = _pipe_rows(lines, index)
            for more in lines[index + 1 : index + taken]:
                start += len(more) + 1
            index += taken - 1
            if rows:
                append(Block(TABLE, "", 0, "", rows, page, here, start - 1, False, gap))
                gap = False
            continue
        # A list's marker is looked for only where the second to fifth character can end one.
        kind: BlockKind = TEXT
        marker, depth = "", 0
        if not first.isalpha() or body[1:2] in _LETTER_MARK:
            match = _LIST_ITEM.match(body) if _may_be_list(body) else None
            if match and match[2]:
                kind, marker = ITEM, match[1]
                if marker in "*+•◦▪■‣·–o":
                    marker = "-"
                depth = _indent(line) // 2
                body = match[2]
            elif first in "-*_" and _RULE.match(body) and len(body) > 2:
                gap = True
                continue
        while index + 1 < count:
            following = lines[index + 1]
            if not following or not _continues(line, following, wrapped):
                break
            index += 1
            start += len(following) + 1
            line = following
            body = f"{body} {following.strip()}"
        words, strong = _inline(body)
        if words:
            append(Block(kind, words, depth, marker, (), page, here, start - 1, strong, gap))
            gap = False
    return blocks


def normalise(text: str) -> str:
    """NFC text with `\\n` line ends, ordinary spaces and line-break hyphenation undone."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\u00a0" in text:
        text = text.replace("\u00a0", " ")
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return hyphens.repair(text)


def inline(text: str) -> str:
    """One line's text with escapes, entities and stray tags undone and white space folded."""
    return _inline(text)[0]


def _inline(text: str) -> tuple[str, bool]:
    if "<" in text:
        text = _TAG.sub("", _BOLD_TAG.sub("**", _BREAK_TAG.sub(" ", text)))
    if "&" in text:
        text = html.unescape(text).replace("\u00a0", " ")
    strong = False
    if text.startswith("**") and text.endswith("**") and len(text) > 4 and "**" not in text[2:-2]:
        text, strong = text[2:-2].strip(), True
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    if "  " in text or "\t" in text:
        text = " ".join(text.split())
    return text.strip(), strong


_DAY: Final = re.compile(
    r"\d{1,2}\.\s+(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?(?:\s|$)"
)


def _may_be_list(body: str) -> bool:
    head = body[:6]
    if not (" " in head or "\t" in head or len(body) < 6):
        return False
    return not (body[0].isdigit() and _DAY.match(body))


def _indent(line: str) -> int:
    return (
        len(line) - len(line.lstrip(" \t")) + line[: len(line) - len(line.lstrip())].count("\t") * 3
    )


def _is_wrapped(lines: list[str]) -> bool:
    """Whether paragraphs are broken over lines: many long lines go on in lower case."""
    joints = broken = 0
    for line, following in pairwise(lines):
        if not following or len(line) < 45:
            continue
        first = following[0]
        if first in "#|-*• \t" or "\t" in line:
            continue
        joints += 1
        if first.islower() and line[-1] not in _SENTENCE_END:
            broken += 1
    return broken >= 4 and broken * 4 >= joints


def _continues(line: str, following: str, wrapped: bool) -> bool:
    """Whether `following` is the same paragraph as `line`."""
    if following.isspace():
        return False
    if line.endswith("  ") and not line.isspace() and "\t" not in following:
        return True
    if len(line) < 45:
        return False
    body = following.lstrip()
    first = body[0]
    if first in "#|>" or "\t" in following:
        return False
    last = line.rstrip()[-1]
    if first.islower() and last not in _SENTENCE_END:
        return not body.startswith("at ") and not (_may_be_list(body) and _LIST_ITEM.match(body))
    if not wrapped or len(line) < 60 or last == ":":
        return False
    return not (_may_be_list(body) and _LIST_ITEM.match(body))


def _tab_rows(lines: list[str], index: int) -> tuple[int, tuple[tuple[str, ...], ...]]:
    """How many lines of tab-separated cells stand at `index`, and their rows.

    A lone line with one tab is a label and its value, not a table.
    """
    rows: list[tuple[str, ...]] = []
    for line in lines[index:]:
        if "\t" not in line or _LEADERS.search(line):
            break
        rows.append(tuple(_cell(cell) for cell in line.split("\t")))
        if line.strip() and _LIST_ITEM.match(line.strip()) and len(rows[-1]) == 2:
            rows.pop()
            break
    if not rows or (len(rows) == 1 and len(rows[0]) < 3):
        return 0, ()
    return len(rows), tuple(rows)


def _pipe_rows(lines: list[str], index: int) -> tuple[int, tuple[tuple[str, ...], ...]]:
    rows: list[tuple[str, ...]] = []
    taken = 0
    for line in lines[index:]:
        body = line.strip()
        if not body.startswith("|"):
            break
        taken += 1
        if not _PIPE_RULE.match(body):
            cells = body.replace("\\|", "\0").strip("|").split("|")
            rows.append(tuple(_cell(cell.replace("\0", "|")) for cell in cells))
    return taken, tuple(rows)


def _cell(text: str) -> str:
    body = text.strip()
    if not body:
        return ""
    words, strong = _inline(body)
    return words if not strong else words
