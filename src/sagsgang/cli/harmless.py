"""Text from documents and file names, made fit for a terminal."""

from __future__ import annotations

from typing import Final

# Control characters could move the cursor, change colours or set the window's title, and
# directional overrides could make a line read as something else than it says.
_CONTROLS: Final = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " ")
_OVERRIDES: Final = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_HARMLESS: Final = _CONTROLS | _OVERRIDES


def harmless(text: str) -> str:
    """The text on one line, without characters that a terminal obeys instead of showing."""
    return " ".join(text.translate(_HARMLESS).split())
