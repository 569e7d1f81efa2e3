"""Numbers in table cells, and amounts of money and percentages in running text.

Danish writes `1.612,105`: stops between thousands, a comma before decimals. A stop is read as
a decimal point only where it cannot part thousands (`1.5`, `0.921`). Values are exact
(`decimal.Decimal`); all functions are pure, never raise, and take time linear in the text.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from .first_look import has_one

Unit = Literal["kr", "pct", "procentpoint"]

_NUMBER: Final = (
    r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,6}(?:,[0-9]{1,12})?(?!\.?[0-9])"
    r"|[1-9][0-9]{0,2}(?:[ \xa0\u2009\u202f][0-9]{3}){1,6}(?:,[0-9]{1,12})?(?!\.?[0-9])"
    r"|[0-9]{1,20}(?:[.,][0-9]{1,12})?"
)
_KRONER: Final = r"(?:kr\b\.?|kroner\b|dkk\b)"
_MANY: Final = (
    r"(?:mio\b\.?|mill?\b\.?|millioner\b|million\b|mia\b\.?|milliarder\b|milliard\b"
    r"|t\b\.?(?=\s?kr|\s?dkk)|t(?=kr|dkk)|tusinde?\b)"
)
_PERCENT: Final = r"(?:%|pct\b\.?|procent(?![a-zæøå]))"
_POINT: Final = rf"(?:(?:{_PERCENT}|procent)\s?-?\s?point(?:s|er)?\b)"
_DASHES: Final = "−–—‐‑"
_AS_HYPHEN: Final = str.maketrans(dict.fromkeys(_DASHES, "-"))

_CELL: Final = re.compile(
    rf"(?:kr\b\.?|dkk\b)?\s?(?P<sign>[+-])?\s?(?:kr\b\.?\s?)?(?P<number>{_NUMBER})(?:,-)?(?P<minus>-)?"
    rf"(?:\s?(?P<percent>{_POINT}|{_PERCENT})"
    rf"|\s?(?P<scale>{_MANY})(?:\s?{_KRONER})?|\s(?P<thousands>1\.?000)\s?{_KRONER}|\s?{_KRONER}"
    rf"|\s(?P<noun>[a-zæøå]{{1,30}}\.?))?",
    re.IGNORECASE,
)
_CELL_STARTS: Final = frozenset("0123456789+-*_(kKdD" + _DASHES)
_LONGEST_CELL: Final = 60
# A word that makes the number before it something else than a count.
_NO_NOUNS: Final = frozenset(
    """januar februar marts april maj juni juli august september oktober november december jan
    feb mar apr jun jul aug sep sept okt nov dec og eller til af kvartal halvår am pm""".split()
)

_SCALES: Final = {"m": 10**6, "t": 10**3}

_AMOUNT_HINTS: Final = ("kr", "dkk", "%", "pct", "procent", ",-")
_UNIT_AFTER: Final = re.compile(
    rf"(?:,-(?![0-9]))?\s?(?:(?P<point>{_POINT})|(?P<percent>{_PERCENT})"
    rf"|(?P<scale>{_MANY})?\s?(?P<kroner>{_KRONER}))",
    re.IGNORECASE,
)
_NUMERAL: Final = re.compile(_NUMBER)
_GROUP_END: Final = re.compile(r"[. \xa0\u2009\u202f]")
_START: Final = re.compile(r"[0-9]+")
_KRONER_BEFORE: Final = re.compile(
    rf"(?<![a-zæøå])(?:kr\.?|dkk)\s?([+{_DASHES}-]?)\Z", re.IGNORECASE
)
_SCALE_AFTER: Final = re.compile(rf"\s(?P<scale>{_MANY})", re.IGNORECASE)
_SIGN_BEFORE: Final = re.compile(rf"(?<![\w.,%)])(?P<sign>[+{_DASHES}-])\Z")
_PAIR_BEFORE: Final = re.compile(r"(mellem|fra)\s(?:ca\.\s)?\Z", re.IGNORECASE)
_PAIR_JOINT: Final = re.compile(rf"\s(og|til)\s(?:ca\.\s)?\Z|\s?[{_DASHES}-]\s?\Z", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}\Z")


class Number(NamedTuple):
    """What a table cell says: `value` is the number times `scale`, exact."""

    value: Decimal
    decimals: int
    """Digits printed after the comma, before scaling."""
    percent: bool = False
    """The cell prints percent or percentage points; `value` is then in percent (`69%` is 69)."""
    scale: int = 1
    """1, a thousand, a million or a milliard, from a scale word in the cell."""

    @property
    def step(self) -> Decimal:
        """The value of one unit of the last printed digit: how finely the cell was rounded."""
        return Decimal(self.scale).scaleb(-self.decimals)


class Amount(NamedTuple):
    """An amount in running text: kroner, percent or percentage points."""

    value: Decimal
    unit: Unit
    start: int
    end: int
    text: str


@lru_cache(maxsize=4096)
def parse_number(cell: str) -> Number | None:
    """The number that `cell` wholly is, or `None` (also for an empty cell or a dash).

    The number may carry a sign, `kr.`, a percent sign, a scale word (`t.kr.`, `mio.`, `mia.`,
    `1.000 kr.`) or one noun (`5 sager`). Emphasis around it does not matter. A year is a number:
    whether a column holds years is for the caller to see from its header.
    """
    text = cell.strip(" \t\n\xa0*_")
    if not text or len(text) > _LONGEST_CELL or text[0] not in _CELL_STARTS:
        return None
    if not text.isascii():
        text = text.translate(_AS_HYPHEN)
    match = _CELL.fullmatch(text)
    if not match or (match["noun"] or "").rstrip(".").lower() in _NO_NOUNS:
        return None
    value, decimals = _read(match["number"])
    if match["sign"] == "-" or match["minus"]:
        value = -value
    scale = 1000 if match["thousands"] else _scale(match["scale"])
    return Number(value * scale, decimals, match["percent"] is not None, scale)


def find_amounts(text: str) -> list[Amount]:
    """The amounts of money and percentages in `text`, in order.

    Money is in kroner, scale words applied (`1,584 mia. kr.` is 1584000000); it is found by its
    `kr.`, `kroner` or `DKK`. In `mellem 5,1 og 6,2 mio. kr.`, `fra 43 til 48 pct.` and `5-10 pct.`
    the first number shares the unit of the second; a year does not.
    """
    lower = text.lower()
    if not has_one(lower, _AMOUNT_HINTS):
        return []
    amounts: list[Amount] = []
    previous: re.Match[str] | None = None
    end = 0
    for run in _START.finditer(text):
        start = run.start()
        if start < end or not _stands_alone(text, start):
            continue
        number = _NUMERAL.match(text, start)
        if not number:
            continue
        end = number.end()
        found = _amount(text, number)
        if found:
            first = _sharing(text, previous, number, found) if previous else None
            amounts += [first, found.amount] if first else [found.amount]
            end = max(end, found.amount.end)
            previous = None
        else:
            previous = number
    return amounts


class _Found(NamedTuple):
    amount: Amount
    scale: int


def _amount(text: str, number: re.Match[str]) -> _Found | None:
    """The amount whose number is `number`, if a unit stands after or before it."""
    start, end = number.span()
    sign_start = _sign_start(text, start)
    value, _ = _read(number.group())
    if sign_start < start and text[sign_start] != "+":
        value = -value
    unit = _UNIT_AFTER.match(text, end)
    if unit:
        scale = _scale(unit["scale"])
        kind: Unit = "procentpoint" if unit["point"] else "pct" if unit["percent"] else "kr"
        stop = unit.end()
        return _Found(Amount(value * scale, kind, sign_start, stop, text[sign_start:stop]), scale)
    before = _KRONER_BEFORE.search(text[max(0, start - 6) : start])
    if before:
        many = _SCALE_AFTER.match(text, end)
        scale = _scale(many["scale"]) if many else 1
        stop = many.end() if many else end + 2 * text.startswith(",-", end)
        first = max(0, start - 6) + before.start()
        value = -abs(value) if before.group(1) not in {"", "+"} else value
        return _Found(Amount(value * scale, "kr", first, stop, text[first:stop]), scale)
    return None


def _sharing(
    text: str, first: re.Match[str], second: re.Match[str], found: _Found
) -> Amount | None:
    """The amount of `first` where it has no unit of its own but shares that of `second`."""
    start, end = first.span()
    between = text[end : second.start()]
    joint = _PAIR_JOINT.match(between) if len(between) <= 12 else None
    if not joint or _YEAR.match(first.group()):
        return None
    word = _PAIR_BEFORE.search(text[max(0, start - 12) : start])
    wanted = {"og": "mellem", "til": "fra"}.get((joint.group(1) or "").lower())
    if wanted and (not word or word.group(1).lower() != wanted):
        return None
    start = _sign_start(text, start)
    value, _ = _read(first.group())
    if start < first.start() and text[start] != "+":
        value = -value
    return Amount(value * found.scale, found.amount.unit, start, end, text[start:end])


def _sign_start(text: str, start: int) -> int:
    """Where the number at `start` begins, its sign included; a dash after a word is no sign."""
    sign = _SIGN_BEFORE.search(text[max(0, start - 2) : start])
    return start - 1 if sign else start


def _stands_alone(text: str, start: int) -> bool:
    """The digits at `start` do not continue a word, a date or a longer number."""
    before = text[start - 1 : start]
    if before.isalnum() or before == "_":
        return False
    return before not in {".", "/", ",", ":"} or not text[max(0, start - 2) : start - 1].isdigit()


def _read(number: str) -> tuple[Decimal, int]:
    """The value of a printed number and the count of its decimals."""
    if number.isdecimal():
        return Decimal(number), 0
    whole, comma, decimals = number.partition(",")
    groups = _GROUP_END.split(whole)
    if not comma and len(groups) == 2 and not _parts_thousands(*groups):
        decimals = groups.pop()
    digits = "".join(groups)
    return Decimal(f"{digits}.{decimals}" if decimals else digits), len(decimals)


def _parts_thousands(first: str, second: str) -> bool:
    return len(second) == 3 and len(first) <= 3 and not first.startswith("0")


def _scale(word: str | None) -> int:
    if not word:
        return 1
    word = word.lower()
    return 10**9 if word.startswith(("mia", "milliard")) else _SCALES[word[0]]
