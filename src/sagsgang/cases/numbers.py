"""Case numbers: the form that a municipality writes them in, and the next one that is free.

A form is the number with fields in braces, such as `{kle}-{facet}-{nr}-{år:2}` for
`15.20.00-A00-4-26`, or `{år}-{nr:6}` for `2026-000004`. The number after a colon says how many
figures a field has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from sagsgang.minutes.words import Words

from .refused import Refused

FACET: Final = "A00"
"""The facet of a number that the program gives: general, of the administration's own matters."""
_FIELD: Final = re.compile(r"\{([^{}:]*)(?::(\d+))?\}")
_PATTERNS: Final = {
    "kle": r"\d{2}\.\d{2}\.\d{2}",
    "facet": r"[A-ZÆØÅ]\d{2}",
    "nr": r"\d+",
    "år": r"\d{4}",
}
_YEAR: Final = 4


def demand_form(form: str) -> None:
    """Nothing, where numbers can be given and checked by the form; empty is any number.

    Raises:
        Refused: it has a field that is not known or stands twice, or no running number.
    """
    fields = [match[1] for match in _FIELD.finditer(form)]
    for field in fields:
        if field not in _PATTERNS:
            known = ", ".join(f"{{{name}}}" for name in _PATTERNS)
            raise Refused(
                Words(
                    f"Feltet {{{field}}} kendes ikke. Felterne er {known}.",
                    f"There is no field {{{field}}}. The fields are {known}.",
                )
            )
    if form and (len(fields) != len(set(fields)) or "nr" not in fields):
        raise Refused(
            Words(
                "Formen skal have et løbenummer, {nr}, og hvert felt kan kun stå én gang.",
                "The form needs a running number, {nr}, and has each field once.",
            )
        )
    if re.search(r"[{}]", _FIELD.sub("", form)):
        raise Refused(
            Words("Et felt mangler sin anden klamme.", "A field lacks one of its braces.")
        )


def is_kle(text: str) -> bool:
    """Whether it is the KLE number of a subject."""
    return re.fullmatch(_PATTERNS["kle"], text) is not None


def demand_kle(kle: str) -> None:
    """Nothing, where it is a KLE number of a subject, or none.

    Raises:
        Refused: it is not.
    """
    if kle and not is_kle(kle):
        raise Refused(
            Words(
                f"»{kle}« er ikke et KLE-nummer. Skriv det som 15.20.00.",
                f"“{kle}” is no KLE number. Write it as 15.20.00.",
            )
        )


def demand_number(form: str, number: str, kle: str = "") -> None:
    """Nothing, where the number is in the form, and has the KLE number of its case in it.

    Raises:
        Refused: it is not; the words give an example.
    """
    match = _pattern(form).fullmatch(number) if form else None
    if form and match is None:
        like = example(form)
        raise Refused(
            Words(
                f"Sagsnummeret {number} har ikke kommunens form. Skriv det som {like}.",
                f"The case number {number} is not in the municipality's form. Write it as {like}.",
            )
        )
    if match and kle and match.groupdict().get("kle", kle) != kle:
        raise Refused(
            Words(
                f"Sagsnummeret begynder ikke med sagens KLE-nummer {kle}. Ret det ene af dem.",
                f"The case number does not have the case's KLE number {kle}. Mend one of them.",
            )
        )


def kle_in(form: str, number: str) -> str:
    """The KLE number in a case number, or an empty text."""
    match = _pattern(form).fullmatch(number) if form else None
    return (match.groupdict().get("kle") or "") if match else ""


def example(form: str) -> str:
    """A number in the form."""
    return _with(form, "15.20.00", 2026, "4")


def following(form: str, taken: Iterable[str], year: int, kle: str = "") -> str:
    """The number after the highest of those taken that are like it but for the running number.

    Raises:
        Refused: the form is empty, or has the KLE number and none is given.
    """
    if not form or ("{kle" in form and not kle):
        raise Refused(
            Words(
                "Skriv sagsnummeret, eller skriv KLE-nummeret, så nummeret kan gives."
                if form
                else "Skriv sagsnummeret.",
                "Write the case number, or the KLE number, so that a number can be given."
                if form
                else "Write the case number.",
            )
        )
    like = _pattern(_with(form, kle, year, None))
    used = [int(match["nr"]) for one in taken if (match := like.fullmatch(one))]
    return _with(form, kle, year, str(max(used, default=0) + 1))


def _with(form: str, kle: str, year: int, number: str | None) -> str:
    """The form with its fields filled in; without a number, that field stays."""

    def value(match: re.Match[str]) -> str:
        name, figures = match[1], int(match[2] or 0)
        if name == "nr":
            return match[0] if number is None else number.zfill(figures)
        year_said = str(year)[-figures:] if figures else str(year)
        return {"kle": kle, "facet": FACET, "år": year_said}[name]

    return _FIELD.sub(value, form)


def _pattern(form: str) -> re.Pattern[str]:
    """What numbers in the form look like; each field is a group of its own name."""
    parts, place = [], 0
    for match in _FIELD.finditer(form):
        parts.append(re.escape(form[place : match.start()]))
        parts.append(f"(?P<{match[1]}>{_figures(match[1], int(match[2] or 0))})")
        place = match.end()
    return re.compile("".join(parts) + re.escape(form[place:]))


def _figures(name: str, figures: int) -> str:
    if name == "år":
        return rf"\d{{{figures or _YEAR}}}"
    if name == "nr" and figures:
        return rf"\d{{{figures},}}"
    return _PATTERNS[name]
