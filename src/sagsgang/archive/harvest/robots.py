"""What a site asks robots to leave alone: its `robots.txt` (RFC 9309)."""

from __future__ import annotations

from typing import Final

from protego import Protego

from .problems import Gone, LedAway, Refused
from .visitor import Visitor, whole

NAME: Final = "Sagsgang"
"""What the rules for this program stand under, where there are any; otherwise those for all."""
_LARGEST: Final = 512_000
_EVERYTHING: Final = Protego.parse("")


class Rules:
    """What may be fetched, and how long to rest between."""

    def __init__(self, parsed: Protego = _EVERYTHING) -> None:
        self._parsed = parsed

    def allow(self, address: str) -> bool:
        """Whether the address may be fetched."""
        allowed: bool = self._parsed.can_fetch(address, NAME)
        return allowed

    @property
    def rest(self) -> float:
        """Seconds from one question to the next (`Crawl-delay`); 0 where nothing is said."""
        return float(self._parsed.crawl_delay(NAME) or 0.0)


def rules_of(home: str, visitor: Visitor) -> Rules:
    """The rules of a site; a site without any allows everything.

    The service answers 500 where it has nothing, so that counts as none too, and so do rules that
    are said to be on another site: a site that has moved itself tells so when it is read.

    Raises:
        Problem: they cannot be had now.
    """
    try:
        answer = visitor.fetch(f"{home}/robots.txt", _LARGEST, whole)
    except (Gone, LedAway, Refused):
        return Rules()
    return Rules(Protego.parse(answer.data.decode("utf-8-sig", "replace")))
