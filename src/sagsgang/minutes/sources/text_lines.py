"""What a line of Markdown or plain text is: its marks, its words, whether it goes on."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from .inline import fold

# The last four are bullets of symbol fonts, which Unicode has no letters for.
_BULLETS: Final = "-*+•◦▪■●○‣►➢·–o\uf0b7\uf0a7\uf0d8\uf02d"
_LIST_ITEM: Final = re.compile(
    rf"([{re.escape(_BULLETS)}]|\d{{1,4}}[.)]|\(?[a-zA-Z][.)])(?:[ \t]+|$)(.*)"
)
_DAY: Final = re.compile(
    r"\d{1,2}\.\s{1,3}(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?(?:\s|$)"
)
_FOOT: Final = re.compile(r"Side \d{1,4}(?: (?:af|/) \d{1,4})?")
_NUMBERED_HEADING: Final = re.compile(r"\d{1,3} ?: ?[A-ZÆØÅ§\d]")
_NUMBERED_TITLE: Final = re.compile(r"\d{1,3} [A-ZÆØÅ§]")
_MARKER_ROOM: Final = 6
_RULE_MARKS: Final = "-*_= \t"
_DEEPEST_HEADING: Final = 6

_ESCAPE: Final = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~&$\"'/:;=?@^%,])")
_BREAK_TAG: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BOLD_TAG: Final = re.compile(r"</?(?:b|strong)>", re.IGNORECASE)
_TAG: Final = re.compile(
    r"</?(?:b|i|u|em|strong|sup|sub|span|p|div|font|center)(?:\s[^<>]*)?>", re.IGNORECASE
)

_SENTENCE_END: Final = frozenset(".:;!?…")
_FULL_LINE: Final = 45
_WRAPPED_LINE: Final = 60
_HEADING: Final = 45
_HEADING_AFTER_STOP: Final = 60
_PARAGRAPH_END: Final = frozenset(".!?;,-")
_COLUMNS: Final = "   "
_LEANING: Final = frozenset(
    """af at de den der det efter eller en end er et for fra hos i ift inden kl med mellem mod nr og
    om over pr på samt som til under ved via vedr""".split()
)
_BEFORE_DATES: Final = frozenset(("af", "den", "for", "fra", "om", "pr", "pr.", "til"))
"""Words that do not end a line, but stand before a date or a figure."""
_FEW_BROKEN: Final = 4


def words_of(text: str) -> tuple[str, bool]:
    """A line's text with escapes, entities and stray tags undone, and whether all is bold."""
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
    if "](" in text or "<" in text or not text.isprintable():
        text = fold(text)
    return text.strip(), strong


def heading_of(body: str) -> tuple[int, str]:
    """A heading's level and text; the text is empty where nothing follows the marks."""
    rest = body.lstrip("#")
    level = min(len(body) - len(rest), _DEEPEST_HEADING)
    return level, words_of(body[level:].strip().rstrip("#").rstrip())[0]


def list_mark(body: str) -> tuple[str, str]:
    """A list item's marker (any bullet as `-`) and its text; two `""` for another line.

    A date ("6. september 2018") is no list item, nor is a marker with nothing after it.
    """
    match = _list_item(body)
    if match is None or not match[2]:
        return "", ""
    marker = match[1]
    return "-" if marker in _BULLETS else marker, match[2]


def _list_item(body: str) -> re.Match[str] | None:
    head = body[:_MARKER_ROOM]
    if " " not in head and "\t" not in head and len(body) >= _MARKER_ROOM:
        return None
    match = _LIST_ITEM.match(body)
    return None if match is not None and body[0].isdigit() and _DAY.match(body) else match


def is_rule(body: str) -> bool:
    """Whether a line is drawn: `---`, `* * *`."""
    return not body.strip(_RULE_MARKS) and len(body.replace(" ", "")) > 2


def depth_of(line: str) -> int:
    """How deep a list item stands; a tab counts as four spaces."""
    indent = line[: len(line) - len(line.lstrip())]
    return (indent.count(" ") + 4 * indent.count("\t")) // 2 if indent else 0


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether paragraphs are broken over lines: many long lines go on in lower case."""
    joints = broken = 0
    for line, following in pairwise(lines):
        if not following or len(line) < _FULL_LINE:
            continue
        first = following[0]
        if first in "#|-*• \t" or "\t" in line:
            continue
        joints += 1
        if first.islower() and line[-1] not in _SENTENCE_END:
            broken += 1
    return broken >= _FEW_BROKEN and broken * 4 >= joints


def _leans_on(line: str, last: str) -> bool:
    """Whether a line cannot be whole: it ends with a comma, `og`, `til`."""
    return last == "," or line.rsplit(" ", 1)[-1] in _LEANING


def _stands_alone(body: str, last: str) -> bool:
    """Whether a line under a full one is a heading or a number, and not its paragraph's end.

    A paragraph ends with a full stop. After one, a short line without it is a heading; elsewhere
    only a very short one is.
    """
    if _COLUMNS in body:
        return True
    if body[0].isdigit():
        return (
            not any(map(str.islower, body))
            or _NUMBERED_HEADING.match(body) is not None
            or (last == "." and _NUMBERED_TITLE.match(body) is not None)
        )
    if body[-1] in _PARAGRAPH_END or not body[0].isupper():
        return False
    return len(body) < (_HEADING_AFTER_STOP if last in _PARAGRAPH_END else _HEADING)


def goes_on(line: str, following: str, wrapped: bool) -> bool:
    """Whether the line after `line` is the same paragraph; `wrapped` is of the whole text."""
    body = following.lstrip()
    if not body:
        return False
    if line.endswith("  ") and not line.isspace() and "\t" not in following:
        return True  # Markdown's hard break
    if body[0] in "#|>" or "\t" in following:
        return False
    if body.startswith("Side ") and _FOOT.fullmatch(body.rstrip()):
        return False
    last = line.rstrip()[-1:]
    if last == "-" and body[0].islower() and line.rstrip()[-2:-1].isalpha():
        return True  # "Børne-" goes on with "og Ungeudvalget"
    if len(line) < _FULL_LINE:
        return False
    if body[0].islower() and last not in _SENTENCE_END:
        return not body.startswith("at ") and _list_item(body) is None
    if len(line) < _WRAPPED_LINE or last == ":" or _list_item(body) is not None:
        return False
    if not wrapped:
        return body[0].isdigit() and line.rstrip().rsplit(" ", 1)[-1] in _BEFORE_DATES
    return _leans_on(line.rstrip(), last) or not _stands_alone(body.rstrip(), last)
