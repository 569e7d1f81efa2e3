"""Printed forms: the words of the tables made into the patterns by which lines are known.

Each class holds the forms of one subject; `forms_of` makes them from the tables, the
built-in ones and a municipality's own. Words are taken literally, never as patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ..danish.first_look import has_one

Tables = Sequence[Mapping[str, Any]]

FORM_TABLES: Final = frozenset(
    (
        "item_numbers",
        "openness",
        "titles",
        "item_heads",
        "absence_lines",
        "transcripts",
        "other_items",
        "attachment_lines",
        "kinds",
        "head",
        "decision_headings",
        "recommendation_headings",
    )
)
"""The tables that hold the words of printed forms."""

_CAPITAL: Final = "A-ZÆØÅ"
_NOTHING: Final = "(?!)"
_HINT: Final = 6


@dataclass(frozen=True, slots=True, eq=False)
class NumberForms:
    """Words before the numbers of items."""

    prefixed: re.Pattern[str]
    """`Punkt 88: Title` or `HR 1. Title`: groups `word` or `code`, `number`, `sep`, `title`."""
    alone: re.Pattern[str]
    """A number and nothing more, with or without a word before it."""
    words: tuple[str, ...]
    """The words, without a final full stop."""
    doubtful: frozenset[str]
    """Words that stand before many other numbers too."""
    pointing: frozenset[str]
    """Words that, with a number and no title, mostly point to another item."""


@dataclass(frozen=True, slots=True, eq=False)
class OpennessForms:
    """Marks of closed and open items: at the start and the end of a title, on a line alone."""

    closed_words: tuple[str, ...]
    closed_start: re.Pattern[str]
    closed_end: re.Pattern[str]
    closed_line: re.Pattern[str]
    """A line that begins with the mark, with nothing after it but a case number and its label."""
    closed_marks: tuple[str, ...]
    open_words: tuple[str, ...]
    open_start: re.Pattern[str]
    open_end: re.Pattern[str]
    open_line: re.Pattern[str]
    open_marks: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class TitleForms:
    """What stands around titles, and what never stands in one."""

    button: re.Pattern[str]
    case_label: re.Pattern[str]
    """The label of a case number within a title's line."""
    never: re.Pattern[str]
    fact_starts: tuple[str, ...]
    """Beginnings of the lines between a title and the first section."""


@dataclass(frozen=True, slots=True, eq=False)
class AbsenceForms:
    """Lines of names under a label for absence."""

    spaced: re.Pattern[str]
    """A label and the names after it: groups `label` and `names`."""
    initials: frozenset[str]
    said: tuple[str, ...]
    nobody: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class TranscriptForms:
    """How documents that lost their line breaks are known, and where their titles end."""

    headings: frozenset[str]
    contents: re.Pattern[str]
    number: re.Pattern[str]
    """An item's number, with the mark that may follow it, before a title."""
    after_title: re.Pattern[str]
    """A space, and what shows that the words before it were a title."""


@dataclass(frozen=True, slots=True, eq=False)
class HeadForms:
    """How the head of a document says what it is, and when and where the meeting was."""

    kind: re.Pattern[str]
    """Groups `minutes`, `agenda` and `supplementary_agenda`."""
    archives: tuple[str, ...]
    elsewhere: tuple[str, ...]
    other_dates: tuple[str, ...]
    spaced: frozenset[str]
    glued: re.Pattern[str]
    meeting_dates: tuple[str, ...]
    """Beginnings of lines that date a meeting, wherever they stand."""


@dataclass(frozen=True, slots=True, eq=False)
class HeadingForms:
    """Headings of decisions and recommendations that say more than a label does."""

    decision: re.Pattern[str]
    decision_words: tuple[str, ...]
    decision_never: tuple[str, ...]
    decision_opens: re.Pattern[str]
    recommends: re.Pattern[str]
    verb_hints: tuple[str, ...]
    """Beginnings of the verbs that a line must have to match `recommends`."""


@dataclass(frozen=True, slots=True, eq=False)
class BodyForms:
    """What stands in the sections: changes of other items, the lack of attachments."""

    changes: re.Pattern[str]
    """`Punkt 12 udsættes`, and the rest of the sentence; group `number`."""
    no_attachments: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Forms:
    """The printed forms of all subjects."""

    numbers: NumberForms
    openness: OpennessForms
    titles: TitleForms
    absence: AbsenceForms
    transcripts: TranscriptForms
    head: HeadForms
    headings: HeadingForms
    body: BodyForms


def forms_of(tables: Tables) -> Forms:
    """The forms whose words stand in `tables`, together."""
    return Forms(
        numbers=_numbers(tables),
        openness=_openness(tables),
        titles=_titles(tables),
        absence=_absence(tables),
        transcripts=_transcripts(tables),
        head=_head(tables),
        headings=_headings(tables),
        body=_body(tables),
    )


def has_any(text: str, words: Iterable[str]) -> bool:
    """Whether one of `words`, in lower case, stands somewhere in `text`."""
    return has_one(text.lower(), words)


def _words(tables: Tables, name: str, entry: str) -> tuple[str, ...]:
    """The words of an entry in all tables, each once."""
    return tuple(
        dict.fromkeys(word for table in tables for word in table.get(name, {}).get(entry, ()))
    )


def _lowered(tables: Tables, name: str, entry: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _words(tables, name, entry))


def _either(words: Iterable[str]) -> str:
    """A pattern for one of the words: the longest first, a final full stop or none."""
    patterns = [
        re.escape(word.removesuffix(".")) + (r"\.?" if word.endswith(".") else "")
        for word in sorted(words, key=len, reverse=True)
    ]
    return "|".join(patterns) or _NOTHING


def _numbers(tables: Tables) -> NumberForms:
    words = _words(tables, "item_numbers", "words")
    return NumberForms(
        prefixed=re.compile(
            rf"(?:(?P<word>{_either(words)})|(?P<code>[{_CAPITAL}]{{2,3}})(?= \d{{1,3}}\.))"
            r"\s*(?:nr\.?)?\s*:?\s*(?P<number>\d{1,4}[a-z]?)"
            rf"(?P<sep>\s*[:.)–-]|\s*$|\s+|(?=[{_CAPITAL}]))\s*(?P<title>.*)$"
        ),
        alone=re.compile(rf"(?:{_either(words)})?\s*(?:nr\.?\s*)?\d{{1,4}}\.?", re.IGNORECASE),
        words=tuple(_bare(words)),
        doubtful=frozenset(_bare(_words(tables, "item_numbers", "doubtful"))),
        pointing=frozenset(_bare(_words(tables, "item_numbers", "pointing"))),
    )


def _bare(words: Iterable[str]) -> list[str]:
    return [word.removesuffix(".") for word in words]


def _openness(tables: Tables) -> OpennessForms:
    closed, open_ = (_lowered(tables, "openness", entry) for entry in ("closed", "open"))
    things = _lowered(tables, "openness", "things")
    facts = _lowered(tables, "item_heads", "starts")
    before = _lowered(tables, "openness", "before_titles")
    closed_start, closed_end = _marks(closed, things, [word for word in before if word in closed])
    open_start, open_end = _marks(open_, things, [word for word in before if word in open_])
    return OpennessForms(
        closed_words=closed,
        closed_start=closed_start,
        closed_end=closed_end,
        closed_line=_line(closed, things, facts),
        closed_marks=_alone(closed, things),
        open_words=open_,
        open_start=open_start,
        open_end=open_end,
        open_line=_line(open_, things, facts),
        open_marks=_alone(open_, things),
    )


def _marks(
    words: Sequence[str], things: Sequence[str], before: Sequence[str]
) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of a mark before a title and of one after it."""
    mark, thing = rf"(?:{_either(words)})", rf"(?:{_either(things)})"
    spaced = _either([*before, *(word.capitalize() for word in before)])
    start = (
        rf"\({mark}(?: {thing})?\)\s*(?=\S)|{mark}\s+{thing},\s*|"
        rf"(?-i:(?:{spaced}) (?=[{_CAPITAL}\d§\"”»]))|\(?{mark}\)?(?:\s*{thing})?\s*(?:[:.–-]\s*|$)"
    )
    end = (
        rf"(?:\s*[-–,(\[]\s*\(?{mark}(?: {thing})?|(?<=\.)\s{mark}(?: {thing})?|\s{mark} {thing})"
        r"\)?[\].]*\s*$"
    )
    return re.compile(start, re.IGNORECASE), re.compile(end, re.IGNORECASE)


def _alone(words: Sequence[str], things: Sequence[str]) -> tuple[str, ...]:
    return (*words, *(f"{word} {thing}" for word in words for thing in things))


def _line(words: Sequence[str], things: Sequence[str], facts: Sequence[str]) -> re.Pattern[str]:
    mark = rf"(?:{_either(words)})(?: (?:{_either(things)}))?"
    return re.compile(rf"{mark}[^a-zæøå]*(?:\d|$|{_either(facts)})")


def _titles(tables: Tables) -> TitleForms:
    return TitleForms(
        button=re.compile(rf"(?:{_buttons(_words(tables, 'titles', 'buttons'))})$"),
        case_label=re.compile(
            rf"\s(?:{_either(_words(tables, 'item_heads', 'in_titles'))})\s?:?\s*(?=\S)"
        ),
        never=re.compile(rf"\b(?:{_either(_words(tables, 'titles', 'never'))})\b"),
        fact_starts=_words(tables, "item_heads", "starts"),
    )


def _buttons(words: Sequence[str]) -> str:
    """A pattern for one of the words; one that ends in "…" takes the rest of the line."""
    open_ = _either(word.removesuffix("…").rstrip() for word in words if word.endswith("…"))
    return rf"{_either(word for word in words if not word.endswith('…'))}|(?:{open_})\b.*"


def _absence(tables: Tables) -> AbsenceForms:
    labels = _words(tables, "absence_lines", "labels")
    return AbsenceForms(
        spaced=re.compile(rf"(?P<label>{_either(labels)}) (?P<names>[{_CAPITAL}].*)$"),
        initials=frozenset(word[0] for word in labels),
        said=_lowered(tables, "absence_lines", "said"),
        nobody=frozenset(_lowered(tables, "absence_lines", "nobody")),
    )


def _transcripts(tables: Tables) -> TranscriptForms:
    words = _words(tables, "transcripts", "after_titles")
    marks = _either(word.capitalize() for word in _words(tables, "openness", "before_titles"))
    after = "|".join(re.escape(word) + (r"\b" if word[-1].isalnum() else "") for word in words)
    return TranscriptForms(
        headings=frozenset(_words(tables, "transcripts", "headings")),
        contents=re.compile(_either(_words(tables, "transcripts", "contents"))),
        number=re.compile(rf"(?<![/.\d-])\b\d{{1,3}}\.? (?:(?:{marks}) )?(?=[{_CAPITAL}])"),
        after_title=re.compile(
            rf" (?={after or _NOTHING}|\d\d/\d{{3,6}}\b|[A-ZØ]\d\d-\d|[A-ZØ]{{1,4}}-?\d{{4}}-\d)"
        ),
    )


def _head(tables: Tables) -> HeadForms:
    groups = "|".join(
        rf"(?P<{kind}>{_either(_words(tables, 'kinds', kind))})"
        for kind in ("supplementary_agenda", "minutes", "agenda")
    )
    return HeadForms(
        kind=re.compile(rf"\b(?:{groups})\b", re.IGNORECASE),
        archives=_lowered(tables, "kinds", "archives"),
        elsewhere=_lowered(tables, "kinds", "elsewhere"),
        other_dates=_lowered(tables, "head", "other_dates"),
        spaced=frozenset(_words(tables, "head", "spaced")),
        glued=re.compile(
            rf"(?P<label>{_either(_words(tables, 'head', 'glued'))})(?=[{_CAPITAL}0-9])(?P<rest>.+)"
        ),
        meeting_dates=_words(tables, "head", "meeting_dates"),
    )


def _headings(tables: Tables) -> HeadingForms:
    words = _words(tables, "decision_headings", "words")
    openings = _either(_words(tables, "decision_headings", "openings"))
    verbs = _words(tables, "recommendation_headings", "verbs")
    return HeadingForms(
        decision=re.compile(
            rf"(?:(?:{_either(words)})|.{{3,70}}s? beslutning (?:i|på|fra|den))(?=[ :,]|$)"
        ),
        decision_words=words,
        decision_never=_words(tables, "decision_headings", "never"),
        decision_opens=re.compile(
            rf"(Beslutning(?:er)?(?: den)?)\s*:?\s+((?:{openings})\b.*)", re.DOTALL
        ),
        recommends=re.compile(
            rf"(?:.{{0,120}}?\S )?(?:{_either(verbs)})"
            r"(?:(?: det)? (?:til|over ?for) [^.:]{3,120}?)?(?:,? ?at)?\s*[:,]?(?:,? ?at)?\s*[:,]?"
        ),
        verb_hints=tuple(dict.fromkeys(verb[:_HINT] for verb in verbs)),
    )


def _body(tables: Tables) -> BodyForms:
    words = _either(_words(tables, "other_items", "words"))
    changes = _either(_words(tables, "other_items", "changes"))
    return BodyForms(
        changes=re.compile(rf"(?:{words})\s?(?P<number>\d{{1,4}})\s(?:{changes})[^.\n]*"),
        no_attachments=frozenset(_lowered(tables, "attachment_lines", "none")),
    )
