"""The strands of a meeting's documents: the agenda and its minutes, and each supplementary agenda.

In a strand, a document that comes later is a new version of the one before. A meeting can have
several supplementary agendas, and they stand side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain, groupby
from typing import TYPE_CHECKING, Final

from sagsgang.minutes import Item, Minutes
from sagsgang.minutes.differences import paired

from .case_keys import case_key
from .standing import is_standing

if TYPE_CHECKING:
    from .models import Publication

MAIN: Final = "main"
SUPPLEMENT: Final = "supplement"
LATE: Final = "supplementary_agenda"
"""What the documents of all strands but the main one are."""
LATE_WORD: Final = "tillaeg(?:-(?:[2-9]|[1-9][0-9]{1,5}))?"
WORD: Final = f"version|{LATE_WORD}"
"""What stands for a strand in addresses: any supplementary agenda, or any strand at all."""
_WORDS: Final = {MAIN: "version", SUPPLEMENT: "tillaeg"}


def numbered(number: int) -> str:
    """The strand of a meeting's supplementary agenda, from 1; the main one where it is 0."""
    if number == 0:
        return MAIN
    return SUPPLEMENT if number == 1 else f"{SUPPLEMENT}-{number}"


def number_of(strand: str) -> int:
    """Which of the meeting's supplementary agendas a strand is, from 1; 0 where it is none."""
    if strand == MAIN:
        return 0
    return int(strand.partition("-")[2] or 1)


def word_of(strand: str) -> str:
    """The word that stands for the strand in addresses: `version`, `tillaeg`, or `tillaeg-2`."""
    name, dash, number = strand.partition("-")
    return _WORDS[name] + dash + number


def strand_at(word: str) -> str:
    """The strand that a word in an address stands for.

    Raises:
        ValueError: it stands for none.
    """
    if not re.fullmatch(WORD, word):
        raise ValueError(word)
    return MAIN if word == _WORDS[MAIN] else word.replace(_WORDS[SUPPLEMENT], SUPPLEMENT)


def is_late(minutes: Minutes) -> bool:
    """Whether a document is a supplementary agenda."""
    return minutes.kind == LATE


def strand_of(
    minutes: Minutes,
    sha256: str,
    source_id: str,
    earlier: Sequence[Publication],
    wanted: str = "",
) -> str:
    """The strand that a document is a version in, a new one where it is in none of the others.

    A supplementary agenda is a version of that which says the same, has the same source, or mostly
    the same items. `earlier` are the meeting's supplementary agendas, `wanted` the strand that it
    had in another archive.
    """
    if not is_late(minutes):
        return MAIN
    latest = latest_of(earlier)
    alike = chain(
        (one for one in earlier if one.sha256 == sha256),
        (one for one in earlier if source_id and one.source_id == source_id),
        (one for one in latest if are_the_same(one.minutes.items, minutes.items)),
    )
    found = next(alike, None)
    if found:
        return found.strand
    taken = {one.strand for one in latest}
    free = (numbered(number) for number in range(1, len(taken) + 2))
    return next(one for one in chain([wanted], free) if one and one not in taken)


def are_the_same(old: Sequence[Item], new: Sequence[Item]) -> bool:
    """Whether the items of a supplementary agenda are mostly those of another, or all of them.

    Only what tells one item from another counts: no standing items, and none without a title.
    """
    telling = [item for item in old if _tells(item)]
    if not telling:
        return False
    pairs = paired(old, new).items()
    same = sum(_tells(old[a]) and _are_one(old[a], new[b]) for b, a in pairs)
    most = max(len(telling), sum(map(_tells, new)))
    return same == len(telling) or 2 * same > most


def _tells(item: Item) -> bool:
    return bool(item.title) and not is_standing(item.title)


def _are_one(old: Item, new: Item) -> bool:
    """Whether two items that resemble each other are of one case, where both tell their number."""
    if old.case_number and new.case_number:
        return case_key(old.case_number) == case_key(new.case_number)
    return True


def latest_of(publications: Iterable[Publication]) -> list[Publication]:
    """The latest version of each supplementary agenda, in their order."""
    late = [one for one in publications if one.strand != MAIN]
    ordered = sorted(late, key=lambda one: (number_of(one.strand), one.version))
    return [list(versions)[-1] for _, versions in groupby(ordered, key=lambda one: one.strand)]
