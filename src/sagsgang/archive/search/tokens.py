"""The words, numbers and references of a text, and where they stand in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

__all__ = ["Token", "tokens"]

_SOFT_HYPHEN: Final = "\u00ad"
_LETTER: Final = r"[^\W_]"
# Inside a word: letters, digits, combining marks, soft hyphens, and one hyphen or apostrophe
# at a time ("Poul-Erik", "IPS'en").
_INSIDE: Final = rf"(?:{_LETTER}|[\u0300-\u036f\u00ad]|[-‐‑'’](?={_LETTER}))"
_TOKEN: Final = re.compile(
    rf"(?P<law>§{{1,2}}\s?[0-9]{{1,4}}(?:\s?[a-zæøå](?!{_LETTER}))?)"
    rf"|(?P<number>[0-9]+(?:{_LETTER}|[.,:/-](?={_LETTER}))*)"
    rf"|(?P<word>[^\W\d_]{_INSIDE}*)(?P<ellipsis>[-‐‑](?!\w))?"
)
_APOSTROPHES: Final = str.maketrans({"‐": "-", "‑": "-", "’": "'", _SOFT_HYPHEN: None})


class Token(NamedTuple):
    """A word as it is looked up, and the characters `start` to `end` that it stands for.

    `kind` is "word", "number" (case numbers, dates and amounts too) or "law" (`§23`).
    `ellipsis` is true where a hyphen stands for a last part to come: "beskæftigelses- og …".
    """

    word: str
    start: int
    end: int
    kind: str
    ellipsis: bool = False


def tokens(text: str) -> Iterator[Token]:
    """The tokens of `text` in order; words in small letters, composed (NFC)."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "word"
        if kind == "ellipsis":
            start, end = match.span("word")
            yield Token(_plain(text[start:end]), start, end, "word", ellipsis=True)
            continue
        word = _plain(match.group())
        if kind == "law":
            word = "§" + "".join(word.lstrip("§").split())
        yield Token(word, match.start(), match.end(), kind)


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", text.translate(_APOSTROPHES)).lower()
