"""How outcomes look: a word, a shape and a tone each; shapes differ as colours fade in print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def _shape(path: str, hollow: bool = False) -> SafeString:
    fill = ' fill="none" stroke="currentColor" stroke-width="2"' if hollow else ""
    return mark_safe(
        f'<svg viewBox="0 0 12 12" aria-hidden="true" focusable="false"{fill}>{path}</svg>'
    )


_CIRCLE: Final = '<circle cx="6" cy="6" r="5"/>'
_DIAMOND: Final = '<path d="M6 .8 11.2 6 6 11.2.8 6z"/>'
_UP: Final = '<path d="M6 1 11.5 11H.5z"/>'
_SQUARE: Final = '<path d="M1.5 1.5h9v9h-9z"/>'


class Sign(NamedTuple):
    """The word of an outcome with its shape, and the tone of its colour."""

    word: str | Promise
    tone: str
    shape: SafeString


OUTCOMES: Final[Mapping[str, Sign]] = {
    "approved": Sign(_("Godkendt"), "agreed", _shape(_CIRCLE)),
    "noted": Sign(_("Taget til efterretning"), "noted", _shape(_CIRCLE, hollow=True)),
    "discussed": Sign(_("Drøftet"), "noted", _shape(_DIAMOND, hollow=True)),
    "discussed_and_approved": Sign(_("Drøftet og godkendt"), "agreed", _shape(_DIAMOND)),
    "informed": Sign(_("Til orientering"), "noted", _shape(_SQUARE, hollow=True)),
    "recommended": Sign(_("Anbefalet"), "sent-on", _shape(_UP)),
    "amended": Sign(_("Ændret"), "changed", _shape(_UP, hollow=True)),
    "postponed": Sign(
        _("Udsat"),
        "waiting",
        _shape('<circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" stroke-width="2"/>'
               '<path d="M6 1a5 5 0 0 1 0 10z"/>'),
    ),
    "rejected": Sign(
        _("Afvist"),
        "refused",
        _shape('<path d="m1.5 1.5 9 9m0-9-9 9" stroke="currentColor" stroke-width="2.6"/>'),
    ),
    "referred_back": Sign(_("Sendt tilbage"), "waiting", _shape('<path d="M.5 6 11 .5v11z"/>')),
    "nothing_reported": Sign(
        _("Intet at meddele"), "quiet", _shape('<path d="M1 5h10v2.2H1z"/>')
    ),
    "other": Sign(pgettext_lazy("udfald", "Andet"), "quiet", _shape(_SQUARE)),
}  # fmt: skip
CLOSED: Final = Sign(
    pgettext_lazy("punkt", "Lukket"),
    "quiet",
    _shape('<path d="M2 5h8v6H2z"/>'
           '<path d="M3.8 5V3.6a2.2 2.2 0 0 1 4.4 0V5" fill="none" stroke="currentColor" '
           'stroke-width="1.6"/>'),
)  # fmt: skip
UNDECIDED: Final = Sign(_("Ingen beslutning"), "quiet", _shape('<circle cx="6" cy="6" r="2"/>'))


def sign_of(value: str | None, closed: bool = False) -> Sign:
    """The sign of an outcome as rows and documents have it, or that of a closed item."""
    if closed:
        return CLOSED
    return OUTCOMES.get(value or "", UNDECIDED)
