"""Sentences of a decision or a case text, and what in them is not the writer's own word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from ..danish import names

_END: Final = re.compile(r"[.!?](?=\s+[A-ZÆØÅ”\"»\d]|\s*+$)|\n+")
_BEFORE_NUMBER: Final = re.compile(r"[.!?]\s+\d")
_LONGEST_SHORT_FORM: Final = 5
"""Of the words that are cut short before numbers: `pkt. 3`, `ekskl. 5 pct.`"""
_NEXT_WORD: Final = re.compile(r"\s*(\S+)")
_CLOSED: Final = frozenset(')]”"»«')
_NAME_PARTS: Final = frozenset(("Chr", "Th", "Fr", "Joh", "Kr", "Aa", "Dr", "dr", "Hr", "hr"))
_LONGEST: Final = 2000
"""A sentence is read so far: lists of a whole council's voters are shorter."""
_SHORT: Final = 4000

_QUOTED: Final = re.compile(r"[”“\"„»][^”“\"„»«]{12,}+[”“\"«]")
_REMARK: Final = re.compile(r"\([^()]*+\)")
_LEADING_NUMBER: Final = re.compile(
    r"(?:(?:a[dt][\s-]*)?(?:pkt\.?\s*|punkt\s*)?\d[\d,\- og]*+\s?[.):]"
    r"|[-•–]\s|ad \w+[:)]|[a-z]\))\s*",
    re.IGNORECASE,
)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text begin and end; a line break ends one, its stop is left out.

    Of a sentence longer than any that persons write, the beginning is given.
    """
    begin = 0
    for match in _END.finditer(text):
        end = match.start()
        if match[0][0] != "\n" and not _ends_sentence(text, end):
            continue
        if begin < end:
            yield begin, min(end, begin + _LONGEST)
        begin = match.end()
    if begin < len(text):
        yield begin, min(len(text), begin + _LONGEST)


def _ends_sentence(text: str, stop: int) -> bool:
    """Not a stop in `Chr. Holm`, `Ida B. Holm` or a row of dots."""
    before = text[stop - 1 : stop]
    if _BEFORE_NUMBER.match(text, stop):
        word = text[max(0, stop - _LONGEST_SHORT_FORM - 1) : stop]
        return len(word) > _LONGEST_SHORT_FORM and word.isalpha()
    if before.isupper():
        return not _is_initial(text, stop)
    if not (before.islower() or before.isdigit() or before in _CLOSED):
        return False
    word = text[max(0, stop - 4) : stop].rsplit(" ", 1)[-1]
    return word not in _NAME_PARTS


def _is_initial(text: str, stop: int) -> bool:
    """A capital alone before what may be a surname."""
    if text[max(0, stop - 2) : stop - 1].isalpha() or text[stop + 1 : stop + 2] == "\n":
        return False
    following = _NEXT_WORD.match(text, stop + 1)
    return following is not None and names.looks_like_name(f"Ida {following[1]}")


def sentences(text: str) -> Iterable[str]:
    """The sentences of a text, without their final full stop; line breaks end a sentence."""
    return _few_sentences(text) if len(text) < _SHORT else _sentences(text)


def _sentences(text: str) -> Iterator[str]:
    for start, end in spans(text):
        sentence = text[start:end].strip()
        if sentence:
            yield sentence


@lru_cache(maxsize=1024)
def _few_sentences(text: str) -> tuple[str, ...]:
    """The sentences of a short text, remembered: a decision's are read for several things."""
    return tuple(_sentences(text))


def unquoted(text: str) -> str:
    """Text with blanks in the place of what it quotes, so that places in it stay the same.

    A quotation that ends with a full stop ends its sentence.
    """
    return _QUOTED.sub(_blanks, text)


def _blanks(match: re.Match[str]) -> str:
    return " " * (len(match[0]) - 1) + ("\n" if match[0][-2] in ".!?" else " ")


def bare(sentence: str) -> str:
    """A sentence without number or bullet before it and without remarks in brackets."""
    number = _LEADING_NUMBER.match(sentence)
    text = sentence[number.end() :] if number else sentence
    if "(" in text:
        text = " ".join(_REMARK.sub(" ", text).split())
    return text.strip(" .:*") or sentence.strip()
