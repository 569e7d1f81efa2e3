"""Names of political bodies: committees, councils, boards, as they stand in running text."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_END: Final = (
    r"(?:[Uu]dvalg(?:et|ets|s)?|[Bb]yråd(?:et|ets|s)?|[Rr]åd(?:et|ets|s)?|[Bb]estyrelse(?:n|ns|s)?"
    r"|[Mm]agistrat(?:en|ens|s)?|nævn(?:et|ets|s)?|[Ff]orum(?:met|mets|s)?|[Kk]ommission(?:en|ens|s)?"
    r"|[Kk]omité(?:en|ens)?|[Rr]epræsentantskab(?:et)?|Direktion(?:en|ens)?)"
)
_WORD: Final = r"[A-ZÆØÅ][A-Za-zÆØÅæøåé]*"
_PART: Final = rf"(?:{_WORD}|[a-zæøå]+(?=-))"
_BODY: Final = re.compile(
    rf"(?:(?:Udvalget|Udvalg|Underudvalget|Underudvalg) for [A-ZÆØÅa-zæøå][A-Za-zÆØÅæøåé]*-?(?:(?:,| og| &| samt)(?: (?:og )?)?[A-Za-zÆØÅæøå][A-Za-zÆØÅæøåé-]*){{0,5}})"
    rf"|(?:(?:(?:Det|Den) {_WORD} )?(?:{_PART}(?:-(?![A-Za-zÆØÅæøå]))?(?:, | og | samt | & |/| )){{0,5}}"
    rf"(?:{_WORD}(?:-{_WORD})*|[a-zæøå]+){_END}(?![A-Za-zÆØÅæøå-])"
    rf"|(?:{_WORD}(?:-)?(?:, | og | & | )){{0,4}}{_END}(?![A-Za-zÆØÅæøå-]))"
)
# Words that begin a sentence or a phrase and are no part of a body's name.
_LEADING: Final = frozenset(
    "På I Af Til Fra Den Det De Som Med Om For At Et En Sagen Hvis Når Under Ved Efter Sammen Dette Denne "
    "Disse Herefter Herudover Desuden Endvidere Formanden Beslutning Indstilling Punktet Referat Dagsorden "
    "Tillægsdagsorden Møde Medlemmer REFERAT DAGSORDEN TILLÆGSDAGSORDEN PROTOKOL BESLUTNINGSPROTOKOL Åbent Lukket Samt Og Hos Ifølge Jf Behandles Godkendt Tidligere Kompetence Både Ordinært Ekstraordinært Hjem".split()
)
_HINTS: Final = (
    "udvalg",
    "råd",
    "bestyrelse",
    "agistrat",
    "nævn",
    "orum",
    "ommission",
    "omité",
    "irektion",
    "skab",
    "Udvalg",
)


class FoundBody(NamedTuple):
    """A body's name in basic form (no genitive s) and its offsets in the text."""

    name: str
    start: int
    end: int


def find_bodies(text: str) -> list[FoundBody]:
    """The bodies named in `text`, in order, each in basic form as printed.

    `udvalget` alone, without a name, is not a body's name.
    """
    if not any(hint in text for hint in _HINTS):
        return []
    found: list[FoundBody] = []
    for match in _BODY.finditer(text):
        name, start = match[0], match.start()
        first, _, rest = name.partition(" ")
        while first in _LEADING and rest and not (first in ("Det", "Den") and _is_name(rest)):
            start += len(first) + 1
            name = rest
            first, _, rest = name.partition(" ")
        name = basic_form(name)
        if _is_body(name):
            found.append(FoundBody(name, start, match.end()))
    return found


def first_body(text: str) -> str | None:
    """The first body named in `text`, in basic form, or `None`."""
    bodies = find_bodies(text)
    return bodies[0].name if bodies else None


def basic_form(name: str) -> str:
    """A body's name without a genitive s: `Byrådets` → `Byrådet`."""
    if name.endswith(("ets", "ens", "mets", "rådets")):
        return name[:-1]
    return name


def _is_name(rest: str) -> bool:
    return rest[:1].isupper() and " " in rest.strip()


def _is_body(name: str) -> bool:
    if (
        name.endswith(("olitiske udvalg", "tående udvalg", "lle udvalg", "agudvalg", " udvalg"))
        and " for " not in name
    ):
        return False
    if name.lower() in (
        "udvalget",
        "udvalg",
        "rådet",
        "råd",
        "bestyrelsen",
        "direktionen",
        "forum",
        "et råd",
        "nævnet",
        "kommissionen",
        "magistrat",
    ):
        return False
    return name[0].isupper()


def same_body(one: str | None, other: str | None) -> bool:
    """Whether two printed names are the same body: case, hyphens and definite form do not count."""
    return one is not None and other is not None and _key(one) == _key(other)


def _key(name: str) -> str:
    key = re.sub(r"[^a-zæøå]", "", name.lower())
    return re.sub(r"(?:et|en|s)$", "", re.sub(r"s(?=og|ud)", "", key))
