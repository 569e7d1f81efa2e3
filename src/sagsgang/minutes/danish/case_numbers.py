"""Case numbers and the KLE subject numbers inside them.

The forms are those of the municipalities' case systems (SBSYS, Acadre, eDoc, GoPro) as minutes
print them; KLE is KL's subject classification, `15.20.00` for group 15.20, subject 00.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from . import dates

_LONGEST_LINE: Final = 160
_FIRST_DIGIT_WITHIN: Final = 40

_KLE: Final = r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}"
_FACET: Final = r"[A-ZÆØÅ][0-9]{2}"

# Numbers whose form says that they are case numbers.
_CERTAIN: Final = (
    rf"[0-9]{{2,4}}-[0-9]{{1,6}}-{_KLE}(?:-{_FACET})?"  # 24-1-15.20.00-P27
    rf"|{_KLE}(?:[ -]?{_FACET})?(?:-[0-9]{{1,6}}){{1,3}}(?:/[0-9]{{1,6}})?"  # 15.00.00-A00-14-25
    rf"|{_KLE}[ -]?{_FACET}"  # 00.00.00-P19
    rf"|[0-9]{{2}}\.[0-9]{{2}}{_FACET}(?:\s?-\s?[0-9]{{4}}/[0-9]{{2,6}})?"  # 15.20G00 - 2013/01963
    r"|[0-9]{3}-(?:19|20)[0-9]{2}-[0-9]{1,7}"  # 330-2017-90442
    r"|(?:19|20)[0-9]{2}-[0-9]{5,7}"  # 2016-001340
    r"|[A-ZÆØÅ]{1,4}-?(?:19|20)[0-9]{2}-[0-9]{3,7}"  # EMN-2015-02541
    r"|[A-ZÆØÅ]{2,3}[ -][0-9]{1,4}/[0-9]{2}"  # BR 366/07
)
# Numbers that may be something else where no label stands before them.
_POSSIBLE: Final = (
    rf"{_KLE}"  # 00.10.00, or a date
    r"|(?:19|20)[0-9]{2}/[0-9]{2,6}"  # 2013/01963, or years
    r"|[0-9]{2}/[0-9]{3,6}"  # 22/18533, or month and year
)
_LABELLED: Final = r"[0-9]{2}/[0-9]{1,6}|[0-9]{5,9}"  # 14/40 · 299831
_END: Final = r"(?![0-9A-ZÆØÅa-zæøå/])(?!-[0-9])(?!\.[0-9])"

_LABEL: Final = (
    r"(?:(?:acadre|esdh|sbsys|edoc)[ -]?)?"
    r"(?:sags?[ -]?(?:nr|nummer|id|nøgle)\b\.?|sag\b|j(?:our)?\.?[ -]?nr\b\.?"
    r"|journal[ -]?(?:nr|nummer)\b\.?|kle(?:[ -]?(?:nr|nummer|emne))?\b\.?)\s?:?\s{0,3}"
)
_OPENNESS: Final = r"(?:åbe?nt?|lukket|lukkede?)(?:\s{1,2}(?:sag|punkt))?"
_LINE: Final = re.compile(
    rf"(?:{_OPENNESS}\s?[-–:]?\s{{1,2}}|(?-i:[A-ZÆØÅ]{{3,8}})\s?/\s?)?"
    rf"(?:dok\.?\s?(?:nr|id)?\b\.?\s?:?\s?[0-9/-]{{1,20}}[\s,;]{{1,3}}(?={_LABEL}))?"
    rf"(?P<label>{_LABEL})?"
    rf"(?:(?P<certain>(?-i:{_CERTAIN})){_END}|(?P<possible>{_POSSIBLE}){_END}"
    rf"|(?P<labelled>{_LABELLED}){_END})",
    re.IGNORECASE,
)
# What may follow the number on its line.
_REST: Final = re.compile(
    rf"[\s.,;|–/()-]{{0,6}}(?:\Z|{_LABEL}|dok\b|dok\.?\s?(?:nr|id)|initialer|{_OPENNESS}|sagsbeh"
    r"|sagsansvarlig|sagstype|forfatter|ansvarlig|brevid|bilag\b|kommuneplan)",
    re.IGNORECASE,
)
_KLE_INSIDE: Final = re.compile(rf"(?<![0-9.]){_KLE}(?![0-9.])")
_find_digit: Final = re.compile("[0-9]").search
_TRIM: Final = " \t\n\r\xa0*_#"


class CaseNumber(NamedTuple):
    """A case number as printed, and the KLE number inside it (`None` where it has none)."""

    text: str
    kle: str | None


def whole_line(text: str) -> CaseNumber | None:
    """The case number that the line `text` consists of, or `None`.

    A label before it ("Sagsnr.:", "J.nr.") and the usual things after it ("Dok.nr.: …",
    "Initialer: …", "Åben sag") do not matter; of two numbers the first counts. Without a
    label, what may be a date, a pair of years or a plain number is no case number.
    """
    if len(text) > _LONGEST_LINE or not _find_digit(text, 0, _FIRST_DIGIT_WITHIN):
        return None
    return _whole_line(text)


@lru_cache(maxsize=2048)
def _whole_line(text: str) -> CaseNumber | None:
    line = text.strip(_TRIM)
    match = _LINE.match(line)
    if not match or not _REST.match(line, match.end()):
        return None
    number = match["certain"] or match["possible"] or match["labelled"]
    if not match["label"] and not match["certain"] and not _stands_by_itself(match):
        return None
    return CaseNumber(number, kle_of(number))


def _stands_by_itself(match: re.Match[str]) -> bool:
    """Whether an unlabelled number of a doubtful form is a case number after all."""
    number = match["possible"]
    if not number:
        return False
    if "." in number:
        return dates.first_date(number) is None
    first, second = number.split("/")
    if len(first) == 4:
        return not _is_next_year(first, second)
    return not (int(first) <= 12 and "1900" <= second <= "2100" and len(second) == 4)


def _is_next_year(first: str, second: str) -> bool:
    """`2024/2025` and `2024/25`."""
    return str(int(first) + 1).endswith(second) and len(second) in {2, 4}


def kle_of(case_number: str) -> str | None:
    """The KLE subject number (`15.20.00`) inside `case_number`, or `None`."""
    match = _KLE_INSIDE.search(case_number)
    return match.group() if match else None
