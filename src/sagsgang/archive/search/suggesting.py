"""What was perhaps meant: words of the archive that look like those that are not in it."""

from __future__ import annotations

from typing import Final

from django.db.models import Q
from rapidfuzz import process
from rapidfuzz.distance import OSA

from .models import SearchWord
from .query import Clause, Query

__all__ = ["suggestion"]

_SHORTEST: Final = 4
_MOST_WORDS: Final = 3
_LETTERS_PER_SLIP: Final = 3
_MOST_SLIPS: Final = 3


def suggestion(query: Query) -> str | None:
    """The query with each word that the archive does not have put right; `None` for no better.

    A slip is a letter too many, too few or wrong, or two that changed places; there may
    be one for every three letters, and three at most. In two queries.
    """
    asked = [clause for clause in query.wanted if _may_be_wrong(clause)][:_MOST_WORDS]
    known = set(
        SearchWord.objects.filter(word__in=[clause.text for clause in asked]).values_list(
            "word", flat=True
        )
    )
    unknown = [clause.text for clause in asked if clause.text not in known]
    better = _nearest(unknown)
    if not better:
        return None
    words = [better.get(word.casefold(), word) for word in query.text.split()]
    return " ".join(words)


def _may_be_wrong(clause: Clause) -> bool:
    return clause.kind == "word" and clause.text.isalpha() and len(clause.text) >= _SHORTEST


def _nearest(words: list[str]) -> dict[str, str]:
    """For each word the one that it is nearest to, the commonest of several."""
    if not words:
        return {}
    lengths = Q()
    for word in words:
        slips = _slips(word)
        lengths |= Q(length__range=(len(word) - slips, len(word) + slips))
    rows = SearchWord.objects.filter(lengths).values_list("word", "items")
    common = dict(rows)
    found = {}
    for word in words:
        near = process.extract(
            word, common.keys(), scorer=OSA.distance, score_cutoff=_slips(word), limit=None
        )
        if near:
            found[word] = min(near, key=lambda one: (one[1], -common[one[0]], one[0]))[0]
    return found


def _slips(word: str) -> int:
    return min(len(word) // _LETTERS_PER_SLIP, _MOST_SLIPS)
