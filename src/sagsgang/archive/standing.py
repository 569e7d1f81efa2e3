"""Titles of items that stand on every agenda, and titles that tell a case from others."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_PREFIX: Final = re.compile(r"[A-ZÆØÅ]{2,4}:? (?=[A-ZÆØÅ])")
"""A committee's letters before the title: `BI Orienteringspunkter`."""

_STANDING: Final = re.compile(
    r"(?:(?:gensidig|kort|aktuel|lukket|mundtlig)e? )*(?:meddelelser?|eventuelt|underskrift\w*"
    r"|siden sidst|(?:bordet|mødet) rundt|rundt om bordet|nyt fra|spørgsmål til"
    r"|orientering(?:er|spunkter)?(?=$| og meddelelser| fra| ved formand| til udvalg| \()"
    r"|sager på vej|kommende (?:møder|sager)|punkter til (?:næste|kommende)"
    r"|godkendelse(?=$| af (?:\w+ ){0,2}(?:dagsorden|referat|protokol|beslutningsprotokol)))",
    re.IGNORECASE,
)
_TELLING: Final = 3
"""Words that a title must have to tell one case from another."""


@lru_cache(maxsize=5000)
def is_standing(title: str) -> bool:
    """Whether a title is that of an item which stands on every agenda.

    Such items of a year often share one number, and are no case to follow for all that.
    """
    return not title or _STANDING.match(_PREFIX.sub("", title.strip(), count=1)) is not None


def tells(title: str) -> bool:
    """Whether a title tells its case from others."""
    return not is_standing(title) and (len(title.split()) >= _TELLING or len(title) > 20)
