"""Which municipality a site is of, told from its host."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from sagsgang.bodies.municipalities import municipalities
from sagsgang.minutes.danish.slugs import slug_of

_SHORT: Final = {
    "brk": "Bornholm",
    "fmk": "Faaborg-Midtfyn",
    "htk": "Høje-Taastrup",
    "kk": "København",
    "ltk": "Lyngby-Taarbæk",
    "rk": "Rødovre",
    "rksk": "Ringkøbing-Skjern",
}
"""Municipalities whose domain is made of their initials."""

# How æ, ø and å are written where there are no such letters in a domain.
_SPELLINGS: Final = (("ae", "oe", "aa"), ("ae", "o", "a"), ("a", "o", "a"), ("e", "o", "aa"))


def municipality_of_host(home: str) -> str | None:
    """The municipality whose domain a site's address stands in: `https://dagsorden.varde.dk`.

    `None` where the domain is no municipality's name.
    """
    labels = (urlsplit(home).hostname or "").split(".")
    if len(labels) < 2:
        return None
    domain = labels[-2].replace("-", "")
    if not domain.isascii():
        domain = slug_of(domain)
    return _names().get(domain.removesuffix("kommune")) or _SHORT.get(domain)


def _names() -> dict[str, str]:
    """The municipalities' names by all ways in which a domain may spell them."""
    names: dict[str, str] = {}
    for _, name, _ in municipalities():
        for ae, oe, aa in _SPELLINGS:
            plain = name.lower().replace("æ", ae).replace("ø", oe).replace("å", aa)
            for spelling in (plain, plain.removesuffix("s")):
                names.setdefault(spelling.replace("-", ""), name)
    return names
