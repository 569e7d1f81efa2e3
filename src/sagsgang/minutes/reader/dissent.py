"""Who disagreed with a decision: statements, reservations, referral to the council."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ..model import Statement
from .compose import plain
from .sentences import sentences, spans, unquoted
from .vocabulary import Vocabulary
from .votes import add_persons, subject, voters

_STATED: Final = ("statements.said", "statements.heads")
_MARKS: Final = '”“"„»«'
_TEXT_BEGINS: Final = re.compile(rf"[^{_MARKS}:\n]{{0,160}}?(?::|(?=[{_MARKS}])|,? at\s)")
_PARAGRAPH: Final = re.compile(r"\n\s*\n")
_MOST_PARAGRAPHS: Final = 12


class _Intro(NamedTuple):
    """Words that introduce a statement: whose it is, and where in the paragraph they stand."""

    by: list[str]
    start: int
    end: int


def statements_of(text: str, roster: Sequence[str], vocabulary: Vocabulary) -> list[Statement]:
    """Dissent and minority statements that a decision records.

    `by` is whoever made it, in the spelling of `roster`; `text` is without quotation marks, and
    `None` where only the dissent is recorded.
    """
    phrases = vocabulary.phrases
    if not any(phrases[name].may_be_in(text) for name in (*_STATED, "dissent.said")):
        return []
    body = plain(text)
    found = list(dict.fromkeys(_worded(body, roster, vocabulary)))
    taken = {name for statement in found for name in statement.by}
    for sentence in sentences(unquoted(body)):
        place = phrases["dissent.said"].find(sentence)
        if place is None:
            continue
        who = voters(subject(sentence[: place.start]), roster, vocabulary)
        by = [name for name in who if name not in taken]
        if by:
            found.append(Statement(tuple(by), None))
            taken.update(by)
    return found


def _worded(body: str, roster: Sequence[str], vocabulary: Vocabulary) -> Iterator[Statement]:
    """The statements whose words the decision gives, paragraph by paragraph."""
    paragraphs = _PARAGRAPH.split(body)
    for number, paragraph in enumerate(paragraphs):
        intros = list(_intros(paragraph, roster, vocabulary))
        ends = [intro.start for intro in intros[1:]] + [len(paragraph)]
        for intro, end in zip(intros, ends, strict=False):
            said = paragraph[intro.end : end]
            if end == len(paragraph):
                said = "\n\n".join(
                    (said, *_continued(said, paragraphs[number + 1 : number + _MOST_PARAGRAPHS]))
                )
            text = _stated(said)
            if text:
                yield Statement(tuple(intro.by), text)


def _intros(paragraph: str, roster: Sequence[str], vocabulary: Vocabulary) -> Iterator[_Intro]:
    phrases = vocabulary.phrases
    if not any(phrases[name].may_be_in(paragraph) for name in _STATED):
        return
    masked = unquoted(paragraph)
    for start, end in spans(masked):
        sentence = masked[start:end].lstrip()
        start = end - len(sentence)
        head = phrases["statements.heads"].opening(sentence)
        colon = sentence.find(":")
        if head and colon > head.end:
            by = voters(sentence[head.end : colon], roster, vocabulary)
            place = colon
        else:
            said = phrases["statements.said"].find(sentence)
            if said is None:
                continue
            by = voters(subject(sentence[: said.start]), roster, vocabulary)
            place = said.end
        if by:
            yield _Intro(by, start, start + place)


def _continued(said: str, following: Sequence[str]) -> Iterator[str]:
    """The paragraphs that a statement goes on in: up to the closing mark, or the next one."""
    if not following:
        return
    opened = _is_open(said)
    if not (opened or said.rstrip().endswith(":")):
        return
    for paragraph in following:
        yield paragraph
        opened = opened or paragraph.lstrip()[:1] in _MARKS
        if not opened or paragraph.rstrip(" .")[-1:] in _MARKS:
            return


def _is_open(said: str) -> bool:
    """Whether a quotation begins that does not end."""
    return sum(said.count(mark) for mark in _MARKS) % 2 == 1


def _stated(said: str) -> str:
    """The words of a statement after those that introduce it, without quotation marks."""
    begins = _TEXT_BEGINS.match(said)
    if begins is None:
        return ""
    text = said[begins.end() :].strip()
    if text[:1] and text[0] in _MARKS:
        end = max(text.rfind(mark) for mark in _MARKS)
        return text[1:end].strip() if end > 0 else text[1:].strip()
    return _PARAGRAPH.split(text)[0].strip()


def referrals_of(text: str, roster: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """Persons who have required that the council decide (kommunestyrelsesloven § 23)."""
    phrases = vocabulary.phrases["referral.said"]
    if not phrases.may_be_in(text):
        return []
    found: list[str] = []
    for sentence in sentences(unquoted(plain(text))):
        place = phrases.find(sentence)
        if place is not None:
            add_persons(found, voters(subject(sentence[: place.start]), roster, vocabulary))
    return found
