"""The working house's main menu."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sagsgang.cases.pages.page import DESK

ENTRIES: Final[tuple[tuple[str, str | Promise], ...]] = (
    (DESK, _("Mit bord")),
    ("/arbejde/sager/", _("Sager")),
    ("/arbejde/moeder/", _("Møder")),
)
"""Address and name of each; a new kind of page adds its own."""


class Entry(NamedTuple):
    """An entry of the menu, and whether the reader is at it or below it."""

    address: str
    name: str | Promise
    here: bool


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The entries, for pages of the working house."""
    if not request.path.startswith(DESK):
        return {}
    return {"navigation": [Entry(at, name, _is_here(at, request.path)) for at, name in ENTRIES]}


def _is_here(address: str, path: str) -> bool:
    return path == address if address == DESK else path.startswith(address)
