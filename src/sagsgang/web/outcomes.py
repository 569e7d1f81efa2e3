"""How outcomes look: a word, a shape and a tone each; shapes differ as colours fade in print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from sagsgang.minutes import words


def _shape(path: str, hollow: bool = False) -> SafeString:
    fill = ' fill="none" stroke="currentColor" stroke-width="2"' if hollow else ""
    return mark_safe(
        '<svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false"'
        f"{fill}>{path}</svg>"
    )


class Sign(NamedTuple):
    """The words of an outcome with its shape, and the tone of its colour."""

    words: words.Sign
    tone: str
    shape: SafeString

    @property
    def word(self) -> str:
        """The word in the reader's language."""
        return self.words.english if get_language() == "en" else self.words.danish


_CIRCLE: Final = '<circle cx="6" cy="6" r="5"/>'
_DIAMOND: Final = '<path d="M6 .8 11.2 6 6 11.2.8 6z"/>'
_UP: Final = '<path d="M6 1 11.5 11H.5z"/>'
_SQUARE: Final = '<path d="M1.5 1.5h9v9h-9z"/>'
_HALF: Final = (
    '<circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path d="M6 1a5 5 0 0 1 0 10z"/>'
)
_CROSS: Final = '<path d="m1.5 1.5 9 9m0-9-9 9" stroke="currentColor" stroke-width="2.6"/>'
_BACK: Final = '<path d="M.5 6 11 .5v11z"/>'
_DASH: Final = '<path d="M1 5h10v2.2H1z"/>'
_DOT: Final = '<circle cx="6" cy="6" r="2"/>'
_LOCK: Final = (
    '<path d="M2 5h8v6H2z"/><path d="M3.8 5V3.6a2.2 2.2 0 0 1 4.4 0V5" fill="none" '
    'stroke="currentColor" stroke-width="1.6"/>'
)

_LOOKS: Final[Mapping[str, tuple[str, SafeString]]] = {
    "approved": ("agreed", _shape(_CIRCLE)),
    "noted": ("noted", _shape(_CIRCLE, hollow=True)),
    "discussed": ("noted", _shape(_DIAMOND, hollow=True)),
    "discussed_and_approved": ("agreed", _shape(_DIAMOND)),
    "informed": ("noted", _shape(_SQUARE, hollow=True)),
    "recommended": ("sent-on", _shape(_UP)),
    "amended": ("changed", _shape(_UP, hollow=True)),
    "postponed": ("waiting", _shape(_HALF)),
    "rejected": ("refused", _shape(_CROSS)),
    "referred_back": ("waiting", _shape(_BACK)),
    "nothing_reported": ("quiet", _shape(_DASH)),
    "other": ("quiet", _shape(_SQUARE)),
}
OUTCOMES: Final[Mapping[str, Sign]] = {
    outcome: Sign(words.OUTCOMES[outcome], *look) for outcome, look in _LOOKS.items()
}
CLOSED: Final = Sign(words.CLOSED, "quiet", _shape(_LOCK))
UNDECIDED: Final = Sign(words.UNDECIDED, "quiet", _shape(_DOT))


def sign_of(value: str | None, closed: bool = False) -> Sign:
    """The sign of an outcome as rows and documents have it, or that of a closed item."""
    if closed:
        return CLOSED
    return OUTCOMES.get(value or "", UNDECIDED)
