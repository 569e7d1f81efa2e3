"""Text put into Markdown so that it stays text, and taken out again unchanged.

Two things could go wrong where a value is set into a Markdown document: it could break the
document's own structure (a line `## Punkt 3`), or become active in what shows it (`<script>`, a
picture fetched from afar, a link to `javascript:`). Both are prevented by CommonMark's own means:
a backslash before a mark, a numeric entity for a character that cannot stand. All other text,
and with it light Markdown, stays as it is.

Each function here has its inverse beside it, and the inverse holds for every text: a mark with
`n` backslashes before it is written with `2n + 1`, as CommonMark reads it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

# Control characters, line separators, byte order marks, surrogates, and what is no character.
ODD: Final = "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u2028\u2029\ufeff\ufffe\uffff\\ud800-\\udfff"
EMPTY: Final = "&ZeroWidthSpace;"
"""Stands where an empty text was given, as nothing at all stands for no text."""

# Links that may work: an address alone, and the address after a link's words.
_SAFE: Final = re.compile(
    rf"<(?:https?://|mailto:)[^\s<>{ODD}]*>|\]\((?:https?://|mailto:)[^\s()<>{ODD}]*\)",
    re.IGNORECASE,
)
# What is looked ahead to must not be a mark itself: it would stand behind a backslash.
_TAG: Final = r"<(?=[A-Za-z/?]|!(?!\[))"
_ENTITY: Final = r"&(?=#?\w+;)"
# `](` goes before a link's target, `]:` before the one that links of a name have.
_TARGET: Final = r"\](?=[(:])"
_PICTURE: Final = r"!(?=\[)"
_WRITTEN: Final = re.compile(
    rf"(?<!\\)(\\*+)(?:&#([0-9]{{1,7}});|({_TAG}|{_ENTITY}|{_TARGET}|{_PICTURE}))"
)
# What opens a heading, a fence, a rule or the underline of a heading at a line's beginning.
_OPENER: Final = r"#|`{3}|~{3}|=++ *+$|-++ *+$|(?P<rule>[*_-])(?: *+(?P=rule)){2,}+ *+$"
_BARE_LINE: Final = re.compile(rf"^( *+)(\\*+)({_OPENER})", re.MULTILINE)
_ESCAPED_LINE: Final = re.compile(rf"^( *+)(\\++)({_OPENER})", re.MULTILINE)
_OPENS: Final = re.compile(r"^[ \\]*+[#`~=*_-]", re.MULTILINE)


def escaped(text: str, marks: str = "") -> str:
    """`text` with tags, entities, odd characters and white space at its ends made harmless.

    `marks` are further characters to be written as entities, as separators of a line are.
    """
    need, pattern = _bare(marks)
    return pattern.sub(_escape, text) if need.search(text) else text


def unescaped(text: str) -> str:
    """The text that `escaped` made this of."""
    return _WRITTEN.sub(_unescape, text) if "&" in text or "\\" in text else text


def slot(value: str, marks: str = "", taken: bool = False) -> str:
    """A value on a line of its own or a part of it; `taken` words mean something else there."""
    if not value:
        return EMPTY
    if taken:
        return f"&#{ord(value[0])};" + escaped(value[1:], "\n" + marks)
    return escaped(value, "\n" + marks)


def slot_value(text: str) -> str:
    """The value that `slot` made this of."""
    return "" if text == EMPTY else unescaped(text)


def text_block(text: str) -> str:
    """A text of several lines, in which no line can be taken for a part of the document."""
    if _OPENS.search(text):
        text = _BARE_LINE.sub(lambda m: f"{m[1]}{m[2]}{m[2]}\\{m[3]}", text)
    return escaped(text)


def block_text(block: str) -> str:
    """The text that `text_block` made this of."""
    text = unescaped(block)
    if "\\" not in text:
        return text
    return _ESCAPED_LINE.sub(lambda m: f"{m[1]}{m[2][: len(m[2]) // 2]}{m[3]}", text)


@cache
def _bare(marks: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What calls for escaping at all, and what exactly is escaped."""
    odd = rf"[{ODD}{re.escape(marks)}]|\A\s|\s\Z"
    active = [_TAG, _ENTITY, _PICTURE]
    # What is written as an entity is not there to be looked ahead to.
    after = "".join(mark for mark in "(:" if mark not in marks)
    if after:
        active.append(rf"\](?=[{after}])")
    pattern = rf"(?<!\\)(\\*+)(?:({'|'.join(active)})|({odd}))"
    return re.compile(rf"[<&!\]]|{odd}"), re.compile(pattern)


def _escape(match: re.Match[str]) -> str:
    slashes, mark, odd = match[1], match[2], match[3]
    if odd:
        return f"{slashes}{slashes}&#{ord(odd)};"
    if not slashes and _SAFE.match(match.string, match.start()):
        return mark
    return f"{slashes}{slashes}\\{mark}"


def _unescape(match: re.Match[str]) -> str:
    slashes = match[1][: len(match[1]) // 2]
    if match[3]:
        return slashes + match[3]
    if len(match[1]) % 2:
        return f"{slashes}&#{match[2]};"
    code = int(match[2])
    return slashes + (chr(code) if code < 0x110000 else "\ufffd")
