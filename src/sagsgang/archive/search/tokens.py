"""The words, numbers and references of a text, and where they stand in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

__all__ = ["BREAK", "Token", "forms", "tokens"]

BREAK: Final = "\x1e"
"""Between texts that are read together: a form of its own, and no word."""

# One hyphen or apostrophe at a time stands inside a word ("Poul-Erik", "IPS'en"). A hyphen at the
# end stands for a part to come ("job- og …").
_WORD: Final = r"[^\W\d_]\w*(?:[-']\w+)*-?"
_NUMBER: Final = r"[0-9]\w*(?:[.,:/-]\w+)*"
_LAW: Final = r"§{1,2}\s?[0-9]{1,4}(?:\s?[a-zæøå](?!\w))?"
_TOKEN: Final = re.compile(rf"{_WORD}|{_NUMBER}|{_LAW}|{BREAK}")
_SOFT_HYPHEN: Final = "\u00ad"
# A letter with its accents, where they are characters of their own.
_CLUSTER: Final = re.compile(r".[\u00ad\u0300-\u036f]*", re.DOTALL)


class Token(NamedTuple):
    """A form as it is looked up, and the characters `start` to `end` that it stands for.

    Forms are words, numbers (case numbers, dates and amounts too), sections of laws (`§23`) and
    breaks.
    """

    form: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The tokens of `text` in order; forms in small letters, composed (NFC)."""
    plain = _plain(text)
    places = range(len(text) + 1) if len(plain) == len(text) else _places(text)
    for match in _TOKEN.finditer(plain):
        yield Token(_form(match.group()), places[match.start()], places[match.end()])


def forms(text: str) -> list[str]:
    """The forms of the tokens of `text`: the quick way, where places do not matter."""
    found: list[str] = _TOKEN.findall(_plain(text))
    return [_form(form) for form in found] if "§" in text else found


def _plain(text: str) -> str:
    """The text in small letters, composed, without soft hyphens, each sign in one way."""
    if text.isascii():
        return text.lower()
    if _is_simple(text):
        return _one_sign(text).lower()
    return "".join(map(_plain_cluster, _CLUSTER.findall(text)))


def _is_simple(text: str) -> bool:
    """Whether every letter is one character, and stays one."""
    return _SOFT_HYPHEN not in text and unicodedata.is_normalized("NFC", text)


def _one_sign(text: str) -> str:
    """The text with one kind of hyphen and one of apostrophe."""
    for sign, plain in (("’", "'"), ("‑", "-"), ("‐", "-")):
        if sign in text:
            text = text.replace(sign, plain)
    return text


def _plain_cluster(cluster: str) -> str:
    letters = _one_sign(cluster).replace(_SOFT_HYPHEN, "")
    return unicodedata.normalize("NFC", letters).lower()


def _places(text: str) -> Sequence[int]:
    """For each character of the plain text, and its end, where it stands in `text`."""
    places: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        places += [cluster.start()] * len(_plain_cluster(cluster.group()))
    return [*places, len(text)]


def _form(text: str) -> str:
    return "§" + "".join(text.lstrip("§").split()) if text.startswith("§") else text
