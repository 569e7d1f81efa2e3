"""Runs of styled text made into one line of light Markdown.

HTML and Word both give a paragraph as runs in bold, italics or with a link. What is left of
them here is what a `Block` may carry: `**…**`, `*…*`, `[text](address)`. Nothing else of the
source's markup passes, and of addresses only http, https and mailto.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

BOLD: Final = 1
ITALIC: Final = 2

_LONGEST_ADDRESS: Final = 2_000
_MOST_ACCENTS: Final = 30
_SCHEMES: Final = ("http://", "https://", "mailto:")

# Soft hyphens, zero-width and direction marks, controls: they print as nothing.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufffe\uffff]"
)
_UNSAFE_LINK = re.compile(r"\]\((?=\s?[a-z][a-z0-9+.-]*:)(?!\s?(?:https?|mailto):)", re.IGNORECASE)
_UNSAFE_AUTOLINK = re.compile(r"<(?=[a-z][a-z0-9+.-]+:)(?!(?:https?|mailto):)", re.IGNORECASE)
_BREAKS_ADDRESS = re.compile(r"[\s()<>\"`\\^{}|*\[\]]")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_ORIGIN = re.compile(r"https?://[^/?#\s]+", re.IGNORECASE)


class Run(NamedTuple):
    """A stretch of text in one style: `style` adds up `BOLD` and `ITALIC`."""

    text: str
    style: int = 0
    address: str = ""


def fold(text: str) -> str:
    """`text` in NFC, with white space folded and what prints as nothing left out.

    Literal Markdown in it that would make a link to another scheme than http, https and
    mailto is broken up by a space: what a source quotes must not become active later.
    """
    text = " ".join(text.split())
    if not text.isprintable():
        text = " ".join(_INVISIBLE.sub("", text).encode("utf-8", "replace").decode().split())
    if not text.isascii():
        text = nfc(text)
    if "](" in text:
        text = _UNSAFE_LINK.sub("] (", text)
    if "<" in text:
        text = _UNSAFE_AUTOLINK.sub("< ", text)
    return text


def nfc(text: str) -> str:
    """`text` in NFC, except where more accents stand on one letter than any language has.

    Sorting accents takes quadratic time in their number; Unicode's stream-safe form has at
    most 30 of them on a letter (UAX 15).
    """
    if unicodedata.is_normalized("NFC", text):
        return text
    accents = 0
    for character in text:
        accents = accents + 1 if unicodedata.combining(character) else 0
        if accents > _MOST_ACCENTS:
            return text
    return unicodedata.normalize("NFC", text)


def written(runs: Sequence[Run]) -> tuple[str, bool]:
    """The line that `runs` make, and whether it stands wholly in bold (then without `**`).

    Punctuation outside the bold does not count: `**Beslutning**:` is wholly bold.
    """
    plain = True
    for _, style, address in runs:
        if style or address:
            plain = False
            break
    if plain:
        return fold("".join([run[0] for run in runs])), False
    strong = _is_strong(runs)
    if strong:
        runs = [Run(text, style & ~BOLD, address) for text, style, address in runs]
    return fold("".join([_marked(run) for run in _merged(runs)])), strong


def _is_strong(runs: Sequence[Run]) -> bool:
    """Whether some bold run has a letter or figure, and no other run has one."""
    bold = False
    for text, style, _ in runs:
        if style & BOLD:
            bold = bold or _has_word(text)
        elif _has_word(text):
            return False
    return bold


def _has_word(text: str) -> bool:
    return text.isalnum() or any(map(str.isalnum, text))


def _merged(runs: Sequence[Run]) -> list[Run]:
    """`runs` with neighbours of one style made one; white space has no style of its own."""
    merged: list[Run] = []
    parts: list[str] = []
    style, address = 0, ""
    for text, its_style, its_address in runs:
        if text.isspace():
            parts.append(" ")
            continue
        if not parts:
            style, address = its_style, its_address
        elif its_style != style or its_address != address:
            if address and its_address == address:
                # Within one link, only what spans it whole is marked.
                style &= its_style
            else:
                merged.append(Run("".join(parts), style, address))
                parts = []
                style, address = its_style, its_address
        parts.append(text)
    if parts:
        merged.append(Run("".join(parts), style, address))
    return merged


def _marked(run: Run) -> str:
    """A run with its marks, its outer white space outside them."""
    text, style, address = run
    if not style and not address:
        return text
    core = text.strip()
    if not _has_word(core):
        return text
    lead = " " if text[0].isspace() else ""
    trail = " " if text[-1].isspace() else ""
    if address:
        core = fold(core)
        core = f"<{address}>" if core == address else f"[{core}]({address})"
    mark = "*" * ((2 if style & BOLD else 0) + (1 if style & ITALIC else 0))
    return f"{lead}{mark}{core}{mark}{trail}"


def safe_address(address: str, base: str = "") -> str:
    """An http, https or mailto address as it may stand in a link, or `""`.

    An address that begins with `/` is completed from `base`, the document's own address.
    Control characters, which browsers overlook, cannot hide another scheme.
    """
    address = fold(_CONTROLS.sub("", address))
    if len(address) > _LONGEST_ADDRESS:
        return ""
    if address.startswith("/") and base:
        origin = _ORIGIN.match(base)
        if origin is None:
            return ""
        address = f"https:{address}" if address.startswith("//") else origin[0] + address
    if not address.lower().startswith(_SCHEMES):
        return ""
    return _BREAKS_ADDRESS.sub(_percent, address)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))
