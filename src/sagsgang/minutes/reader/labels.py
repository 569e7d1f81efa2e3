"""Which blocks are headings of the publisher's own: the fixed labels that open a section."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from ..blocks import HEADING, ITEM, TEXT, Block
from ..danish.bodies import find_bodies
from ..danish.dates import find_dates
from ..danish.first_look import has_one
from ..model import SectionKind
from .vocabulary import SectionWord, Vocabulary, key

_BOLD_PREFIX: Final = re.compile(r"\*\*([^*]{2,70}?)\s?:?\*\*\s?:?\s*(.*)", re.DOTALL)
_MIXED: Final = re.compile(r"[A-ZÆØÅ][a-zæøåé]{4,}[A-ZÆØÅ]")
_FIGURE: Final = re.compile(r"\d")
_PLACE_REST: Final = re.compile(r"(?:side|s\.|pkt|punkt|sag)\b", re.IGNORECASE)
"""After body and date this tells of a page or an item, and is no decision."""
_RECOMMENDATION_TO: Final = re.compile(
    r"Indstilling (?:(?:til|fra|ved|i) (?:[\w-]*(?:udvalg|byråd|kommunalbestyrelse|økonomi"
    r"|direktion|magistrat|forvaltning|administration|beslutning|godkendelse))|om[,:]?$)",
    re.IGNORECASE,
)
_BODY_DATE_REST: Final = re.compile(
    r"(?:s(?: møde)?)?(?:møde(?:t)?|den|d\.|pkt|punkt|sag|nr|kl|mandag|tirsdag|onsdag|torsdag"
    r"|fredag|[\d:.,;\s-])*",
    re.IGNORECASE,
)

_SENTENCE_BREAK: Final = re.compile(r"[a-zæøå]{3}[.!?] [A-ZÆØÅ]")
_BULLET: Final = "label.bullet"
_MARKS: Final = " *_:"
_CAPITALS: Final = 12
"""So many capitals begin a line that is set in capitals."""
_CAPITAL_WORD: Final = re.compile(r"[A-ZÆØÅ]{2,}")
_SHORT_WORD: Final = 3
_LONGEST_BEFORE_COLON: Final = 75
_LONGEST_POINT: Final = 100
_LONGEST_HEADING: Final = 180
_LONGEST_BODY_DATE: Final = 120
_LONGEST_RECOMMENDATION: Final = 110
_TOPICS: Final = frozenset({"hearing", "economy", "law", "other"})
"""Kinds of sections that many items are about."""
_FEW_BULLETS: Final = 3


class Label(NamedTuple):
    """A heading of the publisher's own, as printed, and the text that follows it on its line."""

    kind: SectionKind
    text: str
    rest: str
    fixed: bool
    rule: str
    committee: str | None = None
    date: str | None = None

    @property
    def begins_titles(self) -> bool:
        """Whether a title may begin so: `Høring: Forslag til plan`, `Indstilling til rådet`."""
        return (self.kind in _TOPICS and bool(self.rest)) or self.rule == "label.recommendation_to"

    @property
    def key(self) -> str:
        """The form in which labels are compared."""
        return key(self.text)


def find_labels(blocks: Sequence[Block], vocabulary: Vocabulary) -> dict[int, Label]:
    """The labels of a document by the index of their block; loose ones not yet judged."""
    labels: dict[int, Label] = {}
    for place, block in enumerate(blocks):
        label = match_label(block, vocabulary)
        if label is not None:
            labels[place] = label
    bullets = [place for place, label in labels.items() if label.rule == _BULLET]
    outline = len(bullets) >= _FEW_BULLETS and any(labels[b].kind == "decision" for b in bullets)
    if bullets and not outline:
        # A list of topics that happen to be called as labels are.
        for place in bullets:
            del labels[place]
    return labels


def match_label(block: Block, vocabulary: Vocabulary) -> Label | None:
    """The label that a block is or begins with, or `None`."""
    kind, text = block.kind, block.text
    if kind == ITEM:
        return _point(block, vocabulary) if len(text) < _LONGEST_POINT else None
    if kind not in (TEXT, HEADING) or not text:
        return None
    if text[0] == "*" and not block.strong:
        match = _BOLD_PREFIX.match(text)
        return _before_text(match[1], match[2], vocabulary) if match else None
    return _line(text, vocabulary)


def _line(text: str, vocabulary: Vocabulary) -> Label | None:
    size = len(text)
    if size <= vocabulary.longest_label:
        word = vocabulary.sections.get(key(text))
        if word is not None:
            return _table_label(text, word)
    colon = text.find(":", 3, _LONGEST_BEFORE_COLON)
    if colon > 0 and not _in_time(text, colon):
        label = _before_text(text[:colon], text[colon + 1 :].strip(), vocabulary)
        if label is not None:
            return label
    label = _heading(text, vocabulary)
    if label is not None:
        return label
    if _MIXED.match(text):
        label = _glued(text, vocabulary)
        if label is not None:
            return label
    return _spaced(text, vocabulary)


def _heading(text: str, vocabulary: Vocabulary) -> Label | None:
    """A heading of a decision or a recommendation that says more than a label."""
    if text.startswith("Beslutning"):
        label = _decision_before_text(text, vocabulary)
        if label is not None:
            return label
    if len(text) > _LONGEST_HEADING:
        return None
    return _decision_heading(text, vocabulary) or _recommendation_line(text, vocabulary)


@lru_cache(maxsize=1024)
def _table_label(text: str, word: SectionWord) -> Label:
    """A heading that stands in the tables: the same in all items, so it is made once."""
    return Label(word.kind, text.strip(_MARKS), "", word.fixed, "label.table")


def _in_time(text: str, colon: int) -> bool:
    return text[colon - 1].isdigit() and text[colon + 1 : colon + 2].isdigit()


def _point(block: Block, vocabulary: Vocabulary) -> Label | None:
    """A label in a list: set in bold under a number, or a bullet of a page's outline."""
    text, marker = block.text, block.marker
    word = vocabulary.sections.get(key(text))
    if word is not None and word.fixed:
        label = Label(word.kind, text.strip(_MARKS), "", True, "label.numbered")
        if marker[0].isdigit():
            return label if block.strong else None
        if marker == "-":
            return label._replace(rule=_BULLET)
    if marker == "-" and text.startswith("Beslutning"):
        heading = _decision_heading(text, vocabulary)
        return heading._replace(rule=_BULLET) if heading else None
    return None


def _before_text(label: str, rest: str, vocabulary: Vocabulary) -> Label | None:
    """A label with its text on the same line."""
    word = vocabulary.sections.get(key(label))
    if word is None:
        heading = _decision_heading(label, vocabulary)
        return heading._replace(rest=rest) if heading else None
    if word.kind == "decision" and rest:
        found = body_and_date(rest)
        if found is not None:
            return found._replace(text=f"{label}: {found.text}", rule="label.decision_of_body")
    if word.fixed or not rest:
        return Label(word.kind, label.strip(_MARKS), rest, word.fixed, "label.before_text")
    return None


def _glued(text: str, vocabulary: Vocabulary) -> Label | None:
    """`BeslutningGodkendt.`: a label that lost the line break after it."""
    match = vocabulary.glued.match(text)
    if match is None:
        return None
    second = vocabulary.sections.get(key(match[2])) if len(text) <= _LONGEST_HEADING else None
    if second is not None:
        return Label(second.kind, match[2].strip(_MARKS), "", second.fixed, "label.glued")
    word = vocabulary.sections[key(match[1])]
    return Label(word.kind, match[1], match[2].strip(), word.fixed, "label.glued")


def _spaced(text: str, vocabulary: Vocabulary) -> Label | None:
    """`Fraværende A, B`: a label and its text with nothing but a space between."""
    if text.startswith("Beslutning"):
        match = vocabulary.forms.headings.decision_opens.match(text)
        return (
            Label("decision", match[1], match[2], True, "label.decision_spaced") if match else None
        )
    forms = vocabulary.forms.absence
    if text[0] not in forms.initials or len(text) > _LONGEST_HEADING or text.endswith("."):
        return None
    match = forms.spaced.match(text)
    if match is None:
        return None
    return Label("absence", match["label"], match["names"], True, "label.absence_spaced")


def _decision_before_text(text: str, vocabulary: Vocabulary) -> Label | None:
    """`Beslutning i Byrådet den 5. maj 2025 Godkendt.`: a heading and the decision on one line."""
    dates = find_dates(text[:_LONGEST_BODY_DATE])
    rest = text[dates[0].end :].lstrip(" :") if dates else ""
    if not rest[:1].isupper():
        return None
    heading = _decision_heading(text[: dates[0].end], vocabulary)
    if heading is None or heading.committee is None:
        return None
    return heading._replace(rest=rest, rule="label.decision_before_text")


# --- decisions and recommendations -----------------------------------------------------------


def _decision_heading(text: str, vocabulary: Vocabulary) -> Label | None:
    """`Beslutning i <body> den <date>`, `Beslutning fra <body>, <date>, pkt. 67:`."""
    forms = vocabulary.forms.headings
    if not text.startswith(forms.decision_words) and " beslutning " not in text:
        return None
    if text.startswith(forms.decision_never) or forms.decision.match(text) is None:
        return None
    dates, bodies = find_dates(text), find_bodies(text)
    if not dates and not bodies:
        return None
    if not dates and (text.rstrip().endswith(".") or len(text[bodies[-1].end :].strip(" :.")) > 30):
        return None
    return Label(
        "decision",
        _heading_text(text),
        "",
        True,
        "label.decision_of_body",
        bodies[0].name if bodies else None,
        dates[0].date.isoformat() if dates else None,
    )


def _heading_text(text: str) -> str:
    return text.strip(" *_").rstrip(":").strip()


def body_and_date(text: str) -> Label | None:
    """A line that is nothing but a body and a date: some publishers' heading of a decision."""
    if len(text) > _LONGEST_BODY_DATE or _FIGURE.search(text) is None:
        return None
    if text[:_CAPITALS].isupper():
        text = _CAPITAL_WORD.sub(_in_small_letters, text)
    bodies = find_bodies(text)
    if len(bodies) != 1 or bodies[0].start > 4:
        return None
    dates = find_dates(text)
    if not dates or dates[0].start < bodies[0].end:
        return None
    rest = text[bodies[0].end : dates[0].start] + text[dates[0].end :]
    if not _BODY_DATE_REST.fullmatch(rest):
        return None
    date = dates[0].date.isoformat()
    return Label(
        "decision", _heading_text(text), "", True, "label.body_and_date", bodies[0].name, date
    )


def _in_small_letters(match: re.Match[str]) -> str:
    """A word in capitals as a name is written: `SOCIAL- OG SUNDHEDSUDVALGET`."""
    return match[0].capitalize() if len(match[0]) > _SHORT_WORD else match[0].lower()


def decision_in_line(text: str) -> Label | None:
    """`Økonomiudvalget, 31.10.2026 Anbefales.`: body, date and decision on one line."""
    bodies = find_bodies(text[:_LONGEST_BODY_DATE])
    if not bodies or bodies[0].start:
        return None
    dates = find_dates(text[:_LONGEST_BODY_DATE])
    if not dates or text[bodies[0].end : dates[0].start].strip(" ,"):
        return None
    heading, rest = text[: dates[0].end], text[dates[0].end :].strip(" :,")
    found = body_and_date(heading) if rest and not _PLACE_REST.match(rest) else None
    return found._replace(rest=rest) if found else None


def _recommendation_line(text: str, vocabulary: Vocabulary) -> Label | None:
    """`Direktøren for X indstiller`: opens a recommendation though no heading is printed."""
    if text.startswith("Indstilling "):
        return _recommendation_to(text)
    if not (text[0].isupper() or text[0].isdigit()):
        return None
    forms = vocabulary.forms.headings
    if not has_one(text, forms.verb_hints):
        return None
    if not forms.recommends.fullmatch(text.strip(" *_")) or _SENTENCE_BREAK.search(text):
        return None
    return Label("recommendation", _heading_text(text), "", True, "label.recommends")


def _recommendation_to(text: str) -> Label | None:
    """`Indstilling til Økonomiudvalget`."""
    if len(text) >= _LONGEST_RECOMMENDATION or text.rstrip().endswith("."):
        return None
    if not _RECOMMENDATION_TO.match(text) and not find_bodies(text):
        return None
    return Label("recommendation", text.strip(_MARKS), "", True, "label.recommendation_to")
