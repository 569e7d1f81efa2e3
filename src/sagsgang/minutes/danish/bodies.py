"""Names of political bodies: committees, councils, boards, as they stand in running text."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from .first_look import has_one

_LETTER: Final = "A-Za-zÆØÅæøåé"
_END: Final = (
    r"(?:[Uu]dvalg(?:et|ets|s)?|[Bb]yråd(?:et|ets|s)?|(?<!m)[Rr]åd(?:et|ets|s)?|[Bb]estyrelse(?:n|ns|s)?"
    r"|[Mm]agistrat(?:en|ens|s)?|nævn(?:et|ets|s)?|[Ff]orum(?:met|mets|s)?"
    r"|[Kk]ommission(?:en|ens|s)?|[Kk]omité(?:en|ens)?|[Rr]epræsentantskab(?:et)?"
    rf"|Direktion(?:en|ens)?)(?![{_LETTER}-])"
)
# Bounded, so that a long run of letters is not tried from each of them.
_WORD: Final = rf"[A-ZÆØÅ][{_LETTER}]{{0,60}}"
_PART: Final = rf"(?:{_WORD}|[a-zæøå]{{1,60}}(?=-))"
_AND: Final = "(?:, | og | samt | & |/| )"
# Words after a comma that go on with the sentence, not with the body's name.
_NO_FIELD: Final = rf"(?:den|d|der|som|hvor|at|idet|men|kl|pkt|punkt)(?![{_LETTER}-])"
# `Udvalget for Job, Vækst og Unge`
_OF: Final = (
    rf"(?:Udvalget|Udvalg|Underudvalget|Underudvalg) for [{_LETTER}]{{1,60}}-?"
    rf"(?:(?:,| og| &| samt)(?: (?:og )?)?(?!{_NO_FIELD})[{_LETTER}][{_LETTER}-]{{0,60}}){{0,5}}"
)
# `Beskæftigelses- og Integrationsudvalget`, `Det Lokale Arbejdsmarkedsråd`
_COMPOUND: Final = (
    rf"(?:(?:Det|Den) {_WORD} )?(?:{_PART}(?:-(?![{_LETTER}]))?{_AND}){{0,5}}"
    rf"(?:{_WORD}(?:-{_WORD}){{0,3}}-?|[a-zæøå]{{1,60}}){_END}"
)
# `Børn og Unge Udvalget`
_PHRASE: Final = rf"(?:{_WORD}-?(?:, | og | & | )){{0,4}}{_END}"
_BODY: Final = re.compile(
    rf"(?:(?<![{_LETTER}])|(?<=[a-zæøå])(?=[A-ZÆØÅ]))(?:{_OF}|{_COMPOUND}|{_PHRASE})"
)
_OF_THIS: Final = re.compile(_OF)
# Words that begin a sentence or a phrase and are no part of a body's name.
_LEADING: Final = frozenset(
    """På I Af Til Fra Den Det De Som Med Om For At Et En Sagen Hvis Når Under Ved Efter Sammen
    Dette Denne Disse Herefter Herudover Desuden Endvidere Formanden Beslutning Beslutninger
    Indstilling Punktet Referat Dagsorden Tillægsdagsorden Møde Medlemmer REFERAT DAGSORDEN
    TILLÆGSDAGSORDEN PROTOKOL BESLUTNINGSPROTOKOL Åbent Lukket Samt Og Hos Ifølge Jf Behandles
    Godkendt Tidligere Kompetence Både Ordinært Ekstraordinært Hjem""".split()
)
_HINTS: Final = (
    "udvalg", "Udvalg", "råd", "bestyrelse", "agistrat", "nævn", "orum", "ommission", "omité",
    "irektion", "skab",
)  # fmt: skip
# Common nouns, and phrases that end in one.
_NO_NAMES: Final = frozenset(
    """udvalget udvalg rådet råd bestyrelsen direktionen forum nævnet kommissionen
    magistrat""".split()
) | {"et råd"}
_NO_NAME_ENDS: Final = ("agudvalg", " udvalg")


_OF_BODY: Final = ("Udvalget for ", "Udvalg for ", "Underudvalget for ", "Underudvalg for ")
# After a name that is whole, a comma or an "and" begins the next.
_BETWEEN: Final = re.compile(
    r"(?:(?<=udvalget)|(?<=rådet)|(?<=styrelsen)|(?<=ektionen))"
    r"(, | og | samt | & )(?=[A-ZÆØÅ])"
)


class FoundBody(NamedTuple):
    """A body's name in basic form (no genitive s) and its offsets in the text."""

    name: str
    start: int
    end: int


def find_bodies(text: str) -> list[FoundBody]:
    """The bodies named in `text`, in order, each in basic form as printed.

    `udvalget` alone, without a name, is not a body's name. Time is linear in the text.
    """
    if not may_name_body(text):
        return []
    found: list[FoundBody] = []
    for match in _BODY.finditer(text):
        name = _without_leading(match[0])
        start = match.end() - len(name)
        if text.startswith(" for ", match.end()) and (whole := _OF_THIS.match(text, start)):
            name = whole[0]  # `Referat Udvalget` is no name, but `Udvalget for Job` behind it
        for piece in _each(name):
            body = basic_form(piece)
            if _is_name(body):
                found.append(FoundBody(body, start, start + len(piece)))
            start += len(piece)
    return found


def _each(name: str) -> list[str]:
    """The names in a row of them, `Økonomiudvalget og Byrådet`, and what stands between."""
    if " " not in name or name.startswith(_OF_BODY) or not _BETWEEN.search(name):
        return [name]
    return _BETWEEN.split(name)


def may_name_body(text: str) -> bool:
    """A cheap look, before a text is searched: `False` is certain."""
    return has_one(text, _HINTS)


def is_body(text: str) -> bool:
    """Whether `text` is nothing but the name of a body."""
    return any(body.end - body.start == len(text) for body in find_bodies(text))


def first_body(text: str) -> str | None:
    """The first body named in `text`, in basic form, or `None`."""
    bodies = find_bodies(text)
    return bodies[0].name if bodies else None


def basic_form(name: str) -> str:
    """A body's name without a genitive s: `Byrådets` → `Byrådet`."""
    return name[:-1] if name.endswith(("ets", "ens")) else name


def _without_leading(name: str) -> str:
    """A name without the words before it: `Møde i Byrådet` was found from `Møde` on."""
    first, _, rest = name.partition(" ")
    while (
        first.rstrip(",") in _LEADING
        and rest
        and not (first in ("Det", "Den") and _is_phrase(rest))
    ):
        name = rest
        first, _, rest = name.partition(" ")
    return name


def _is_phrase(rest: str) -> bool:
    """Whether an article belongs to the name: `Det Lokale Arbejdsmarkedsråd`."""
    return rest[:1].isupper() and " " in rest.strip()


def _is_name(name: str) -> bool:
    if name.endswith(_NO_NAME_ENDS) and " for " not in name:
        return False
    return name[:1].isupper() and name.lower() not in _NO_NAMES


def same_body(one: str | None, other: str | None) -> bool:
    """Whether two printed names are the same body: case, hyphens and definite form do not count."""
    return one is not None and other is not None and _key(one) == _key(other)


def _key(name: str) -> str:
    key = re.sub(r"[^a-zæøå]", "", name.lower())
    return re.sub(r"(?:et|en|s)$", "", re.sub(r"s(?=og|ud)", "", key))
