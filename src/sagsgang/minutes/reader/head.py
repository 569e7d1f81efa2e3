"""The head of a document: committee, term, kind, date, time and place."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from ..blocks import HEADING, ITEM, TEXT, Block
from ..danish.bodies import find_bodies, may_name_body, same_body
from ..danish.dates import find_dates, first_date, first_time, weekday_agrees
from ..model import Kind
from .compose import plain
from .document import Document
from .forms import HeadForms, has_any
from .head_facts import HEAD_BLOCKS, HeadFacts, head_facts

_TERM: Final = re.compile(r"\(?\b(?P<first>(?:19|20)\d\d)\s*[-–]\s*(?P<last>(?:19|20)\d\d)\b\)?")
_TERM_YEARS: Final = range(2, 5)
_CAPITAL_AND: Final = re.compile(r"(?<= )(?:OG|FOR|SAMT)(?= )")
_CAPITALS: Final = re.compile(r"\b[A-ZÆØÅ]{4,}\b")
_MUNICIPALITY_BEFORE: Final = re.compile(r"^[\w-]+ Kommune,? (?=\w)")
_TIME_OF_DAY: Final = re.compile(
    r"(?:kl\.?\s*)?(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d)(?!\d)"
)
_TIMES_ALONE: Final = re.compile(r"(?:kl\.?\s*)?\d{1,2}[.:]\d{2}(?:\s*[-–]\s*\d{1,2}[.:]\d{2})?$")
_PLACE_IN_LINE: Final = re.compile(
    r"\bkl\.?\s*\d{1,2}[.:,]?\d{0,2}(?:\s*[-–]\s*\d{1,2}[.:]\d{2})?,?\s+(?:i|på|,)\s+"
    r"(?P<place>\S.*)$"
)
_FIRST_LINES: Final = 60
_PLACE_LINES: Final = 25
_LONGEST_LINE: Final = 240
_SHORT_LINE: Final = 40
_LONGEST_KIND_LINE: Final = 60
_LONGEST_PLACE_LINE: Final = 200
_LONGEST_COMMITTEE: Final = 90


@dataclass(slots=True)
class Head:
    """What the head says; `kind` is `None` where it does not say."""

    committee: str | None = None
    term: str | None = None
    kind: Kind | None = None
    date: str | None = None
    date_rule: str = ""
    other_dates: tuple[str, ...] = ()
    """Other dates that the head gives for the meeting."""
    wrong_weekdays: tuple[str, ...] = ()
    """Lines whose weekday is not that of their date."""
    start_time: str | None = None
    place: str | None = None
    facts: HeadFacts = field(default_factory=HeadFacts)

    def decides(self, committee: str | None, date: str | None) -> bool:
        """Whether a decision whose heading names `committee` and `date` is this meeting's own."""
        if date is not None and self.date is not None and date != self.date:
            return False
        return (
            committee is None
            or self.committee is None
            or date == self.date
            or same_body(committee, self.committee)
        )


def read_head(document: Document, end: int, listed: Collection[int] = ()) -> Head:
    """What the blocks before the first item (up to `end`) say of the meeting.

    The contents' entries, the blocks `listed`, tell of other bodies and dates: they are read last.
    """
    blocks = document.blocks[: min(end, HEAD_BLOCKS)]
    facts = head_facts(blocks, document.vocabulary)
    said = [
        (plain(block.text), place in listed or _is_numbered(block))
        for place, block in enumerate(blocks)
        if block.kind in (TEXT, HEADING, ITEM) and 0 < len(block.text) <= _LONGEST_LINE
    ]
    lines = [text for text, _ in said][:_FIRST_LINES]
    own = [text for text, is_entry in said if not is_entry][:_FIRST_LINES]
    forms = document.vocabulary.forms.head
    head = Head(kind=_kind(lines, forms), facts=facts)
    head.committee, head.term = _committee_and_term(own, facts, forms)
    if head.committee is None:
        head.committee, head.term = _committee_and_term(lines, facts, forms)
    meeting = _Meeting(head, forms)
    meeting.read(own, facts)
    if head.date is None:
        meeting.read(lines, facts)
    head.place = _place(lines, facts)
    return head


def _is_numbered(block: Block) -> bool:
    """Whether a line is one of a numbered list: titles, which tell of other bodies and dates."""
    return block.kind == ITEM and block.marker[:1].isdigit()


# --- kind ------------------------------------------------------------------------------------


def _kind(lines: Sequence[str], forms: HeadForms) -> Kind | None:
    """What the first line that says so calls the document; minutes go before an agenda."""
    kind: Kind | None = None
    for line in lines:
        if kind is None:
            kind = _stated_kind(line, forms)
        elif kind != "agenda":
            return kind
        elif len(line) < _LONGEST_KIND_LINE and _stated_kind(line, forms) == "minutes":
            kind = "minutes"
    return kind


def _stated_kind(line: str, forms: HeadForms) -> Kind | None:
    match = forms.kind.search(line)
    if match is None or has_any(line, forms.archives):
        return None
    if len(line) < _SHORT_LINE:
        states = not has_any(line, forms.elsewhere)
    else:
        states = match.start() < 12 or bool(find_dates(line)) or bool(find_bodies(line))
    if not states:
        return None
    if match["minutes"]:
        return "minutes"
    return "supplementary_agenda" if match["supplementary_agenda"] else "agenda"


# --- committee -------------------------------------------------------------------------------


def _committee_and_term(
    lines: Sequence[str], facts: HeadFacts, forms: HeadForms
) -> tuple[str | None, str | None]:
    stated = facts.first("committee")
    committee, term = _body_and_term(stated)
    if committee is None and 0 < len(stated) < _LONGEST_COMMITTEE and not _has_figure(stated):
        committee = stated.strip(" .") or None
    for line in lines:
        if committee is None and (not line.rstrip().endswith(".") or forms.kind.search(line)):
            committee, term = _body_and_term(line)
        elif committee is not None and term is None and _TERM.search(line):
            other, its_term = _body_and_term(line)
            term = its_term if same_body(other, committee) else None
    return committee, term


def _has_figure(text: str) -> bool:
    return any(map(str.isdigit, text))


def _body_and_term(text: str) -> tuple[str | None, str | None]:
    """The first body that a line names, and the term printed with it."""
    if not may_name_body(text.lower()):
        return None, None
    small = _CAPITALS.sub(lambda match: match[0].capitalize(), text)
    bodies = find_bodies(_CAPITAL_AND.sub(lambda match: match[0].lower(), small))
    if not bodies:
        return None, None
    term = _TERM.search(text)
    name = _MUNICIPALITY_BEFORE.sub("", bodies[0].name)
    if term is None or int(term["last"]) - int(term["first"]) not in _TERM_YEARS:
        return name, None
    return name, f"{term['first']}-{term['last']}"


# --- date and time ---------------------------------------------------------------------------


class _Meeting:
    """When the meeting was: the labelled date before one on a line of its own."""

    def __init__(self, head: Head, forms: HeadForms) -> None:
        self.head = head
        self.forms = forms
        self.dates: list[str] = []
        self.wrong_weekdays: list[str] = []

    def read(self, lines: Sequence[str], facts: HeadFacts) -> None:
        """Fills in date and time."""
        head = self.head
        for text in (*facts.all("date"), *facts.all("time")):
            self._labelled(text)
        for line in lines:
            self._line(line)
        for text in (*facts.all("time"), *facts.all("date")):
            match = _TIME_OF_DAY.match(text.strip()) if first_date(text) is None else None
            if head.start_time is None and match:
                head.start_time = f"{int(match['hour']):02d}:{match['minute']}"
        head.other_dates = tuple(d for d in dict.fromkeys(self.dates) if d != head.date)
        head.wrong_weekdays = tuple(dict.fromkeys(self.wrong_weekdays))

    def _labelled(self, text: str) -> None:
        head, date = self.head, first_date(text)
        if date is not None:
            self.dates.append(date.isoformat())
            if head.date is None:
                head.date, head.date_rule = date.isoformat(), "date.labelled"
                if weekday_agrees(text) is False:
                    self.wrong_weekdays.append(text)
        if head.start_time is None:
            head.start_time = first_time(text)

    def _line(self, line: str) -> None:
        head, date = self.head, first_date(line)
        if date is None:
            if head.date is not None and head.start_time is None and _is_time(line):
                head.start_time = first_time(line)
            return
        if has_any(line, self.forms.other_dates):
            return
        iso = date.isoformat()
        if head.date is None:
            head.date, head.date_rule = iso, "date.first_line"
        if iso == head.date and head.start_time is None:
            head.start_time = first_time(line)
        if self.forms.kind.search(line):
            self.dates.append(iso)


def _is_time(line: str) -> bool:
    return line.lower().startswith("kl") or _TIMES_ALONE.match(line) is not None


def _place(lines: Sequence[str], facts: HeadFacts) -> str | None:
    """Where the meeting was: the labelled place, or what follows date and time on their line."""
    for text in facts.all("place"):
        place = text.strip(" .:*|")
        if place:
            return place
    for line in lines[:_PLACE_LINES]:
        match = _PLACE_IN_LINE.search(line) if len(line) < _LONGEST_PLACE_LINE else None
        if match and find_dates(line[: match.start("place")]):
            return match["place"].strip(" .")
    return None
