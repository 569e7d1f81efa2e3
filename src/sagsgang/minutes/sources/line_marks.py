"""What the ends of a printed line say: list marks, and leaders to a page number."""

from __future__ import annotations

import re
from typing import Final

BULLETS: Final = frozenset("•◦▪▫■□●○‣·–-*")
DIGITS: Final = frozenset("0123456789")

_NUMBER_MARK = re.compile(r"(\d{1,3}[.)])\s+(?=\S)")
_LETTER_MARK = re.compile(r"(\(?[a-zA-ZæøåÆØÅ][.)]|\([ivx\d]{1,4}\))\s+(?=\S)")
_MARK_ALONE = re.compile(r"(?:[•◦▪▫■□●○‣·–-]|[\ue000-\uf8ff]|o|\(?\d{1,3}[.)]|\(?[a-zæøå][.)])$")
_LONGEST_MARK: Final = 5
# "15. september", "1. kvartal": a number that begins a line, not a list.
_ORDINALS: Final = (
    "jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec",
    "kvartal", "halvår", "behandling", "budgetopfølgning", "etage", "sal ", "gang",
)  # fmt: skip
_DOTS: Final = frozenset(" .…·_\t")
_LEAST_DOTS: Final = 4


def list_mark(text: str) -> tuple[str, int]:
    """The list mark that begins a line (`-` for any bullet) and how many characters it takes."""
    first = text[0]
    second = text[1:2]
    if first in BULLETS or "\ue000" <= first <= "\uf8ff":
        rest = text[1:].lstrip()
        if rest and (second.isspace() or first not in "-–*"):
            return "-", len(text) - len(rest)
        return "", 0
    if first == "o" and second == " ":
        return "-", 2
    if first in DIGITS:
        match = _NUMBER_MARK.match(text)
        if match and not text[match.end() :].lower().startswith(_ORDINALS):
            return match[1], match.end()
        return "", 0
    if second in (".", ")") or first == "(":
        match = _LETTER_MARK.match(text)
        if match:
            return match[1], match.end()
    return "", 0


def has_leaders(text: str) -> bool:
    """Whether a line ends in dots that lead to a page number.

    A single dot between spaces is enough before a number: the title has left room for no more.
    """
    if "." not in text and "…" not in text and "__" not in text:
        return False
    head = text.rstrip("0123456789 ")
    if not head or head[-1] not in _DOTS:
        return False
    tail = head[len(head.rstrip(" .…·_\t")) :]
    dots = sum(2 if dot == "…" else dot in ".·_" for dot in tail)
    return dots >= _LEAST_DOTS or (
        dots > 0
        and tail[0] == " "
        and text[len(head) : len(head) + 1] == " "
        and text[-1].isdigit()
    )


def with_leaders(text: str) -> str:
    """An entry of contents with five dots before its page number, however it is printed."""
    head = text.rstrip()
    number = head[len(head.rstrip("0123456789")) :]
    title = head[: len(head) - len(number)].rstrip(" .…·_\t")
    return f"{title}.....{number}"


def is_mark_alone(text: str) -> bool:
    """Whether `text` is a list mark and nothing else."""
    return len(text) <= _LONGEST_MARK and _MARK_ALONE.match(text) is not None


def mark_length(text: str) -> int:
    """How many characters a list mark and its space take at the beginning of a line."""
    first, end = text[0], text.find(" ", 1, _LONGEST_MARK)
    if end < 1 or end + 1 >= len(text):
        return 0
    if end == 1:
        return 2 if first in BULLETS or first == "o" or "\ue000" <= first <= "\uf8ff" else 0
    return end + 1 if text[end - 1] in ".)" and (first.isdecimal() or end == 2) else 0
