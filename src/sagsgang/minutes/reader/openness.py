"""Marks of closed and open items: `Lukket: …`, `… (Lukket)`, `Åben sag`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ..danish.first_look import has_one
from .forms import has_any
from .vocabulary import Vocabulary

_FIGURE: Final = re.compile(r"\d")
_LONGEST_LINE: Final = 120


@lru_cache(maxsize=2048)
def without_mark(title: str, vocabulary: Vocabulary) -> tuple[str, bool | None]:
    """A title without its marks, and whether they say closed (true), open (false) or nothing."""
    forms = vocabulary.forms.openness
    title = vocabulary.forms.titles.button.sub("", title).rstrip()
    if has_any(title, forms.closed_words):
        bare = _without(title, forms.closed_start, forms.closed_end)
        if bare is not None:
            return bare, True
    if has_any(title, forms.open_words):
        bare = _without(title, forms.open_start, forms.open_end)
        if bare is not None:
            return bare, False
    return title, None


def _without(title: str, start: re.Pattern[str], end: re.Pattern[str]) -> str | None:
    match = start.match(title)
    if match:
        return title[match.end() :].strip()
    match = end.search(title)
    return title[: match.start()].strip(" -–,") if match else None


def mark_among_facts(text: str, vocabulary: Vocabulary) -> bool | None:
    """What a line with a case number says of openness, also where it says more: `Lukket sag`."""
    mark = mark_of(text, vocabulary)
    if mark is not None:
        return mark
    lowered, forms = text.lower(), vocabulary.forms.openness
    for marks, says in ((forms.closed_marks, True), (forms.open_marks, False)):
        if any(" " in words and words in lowered for words in marks):
            return says
    return None


def mark_of(text: str, vocabulary: Vocabulary) -> bool | None:
    """Whether a line says that the item is closed (true) or open (false), or neither.

    Beside the mark it has a number at most, such as a case number and its label.
    """
    if len(text) > _LONGEST_LINE:
        return None
    lowered = text.lower()
    forms = vocabulary.forms.openness
    if not (has_one(lowered, forms.open_words) or has_one(lowered, forms.closed_words)):
        return None
    line = lowered.strip(" .()")
    numbered = _FIGURE.search(line) is not None
    if forms.open_line.match(line) or (numbered and line.endswith(forms.open_marks)):
        return False
    if forms.closed_line.match(line) or (numbered and line.endswith(forms.closed_marks)):
        return True
    return None
