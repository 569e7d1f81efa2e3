"""The language of the command line: Danish, or English where the user's locale is English."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final, Literal

Language = Literal["da", "en"]

# In gettext's order: the first that names a language decides.
_VARIABLES: Final = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")

_chosen: Language | None = None


def of_locale(environment: Mapping[str, str]) -> Language:
    """The language of a locale; Danish where it names none that the program speaks."""
    for variable in _VARIABLES:
        for name in environment.get(variable, "").lower().split(":"):
            if name.startswith("da"):
                return "da"
            if name.startswith("en"):
                return "en"
    return "da"


def speak(language: Language | None) -> None:
    """Lets the program speak a language from here on; `None` gives the locale's."""
    global _chosen
    _chosen = language


def spoken() -> Language:
    """The language that the program speaks."""
    return _chosen or of_locale(os.environ)


def say(danish: str, english: str) -> str:
    """The one of two wordings that is in the spoken language."""
    return english if spoken() == "en" else danish
