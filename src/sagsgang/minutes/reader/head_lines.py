"""Lines between an item's title and its first section: case numbers, marks, other facts."""

from __future__ import annotations

from typing import Final

from ..blocks import HEADING, ITEM, TEXT, Block
from ..danish import case_numbers
from ..danish.case_numbers import CaseNumber
from .compose import plain
from .openness import mark_of
from .vocabulary import Vocabulary, key

_LONGEST_LABEL: Final = 30
_LONGEST_CASE_LINE: Final = 120
_SHORT_MARK: Final = 24


def case_of(block: Block, vocabulary: Vocabulary) -> CaseNumber | None:
    """The case number that a line is, or begins with: `Sagsid.: 22/1733, Initialer: …`."""
    text = plain(block.text)
    case = case_numbers.whole_line(text)
    if case is not None or not names_a_case(block, vocabulary):
        return case
    for word in text.replace(":", ": ").split()[:5]:
        if any(map(str.isdigit, word)):
            return case_numbers.whole_line(f"Sagsnr.: {word.strip(',;')}")
    return None


def names_a_case(block: Block, vocabulary: Vocabulary) -> bool:
    """Whether a line begins with a label for the case number (`Sagsnr.:`), number or not."""
    text = plain(block.text)
    before, colon, _ = text.partition(":")
    if colon and _is_case_label(before, vocabulary):
        return True
    first = text.split(" ", 1)[0]
    short = len(text) < _LONGEST_CASE_LINE
    return short and len(first) > 4 and _is_case_label(first, vocabulary)


def _is_case_label(label: str, vocabulary: Vocabulary) -> bool:
    return len(label) < _LONGEST_LABEL and vocabulary.facts.get(key(label)) == "case_number"


def is_other_fact(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line is a label that says something of the item, and its value."""
    before, colon, _ = text.partition(":")
    return bool(colon) and len(before) < _LONGEST_LABEL and key(before) in vocabulary.facts


def is_head_line(block: Block, vocabulary: Vocabulary) -> bool:
    """Whether a line is a case number or a mark of open or closed."""
    if block.kind not in (TEXT, HEADING, ITEM) or not block.text:
        return False
    return (
        names_a_case(block, vocabulary)
        or is_mark_line(block, vocabulary)
        or case_numbers.whole_line(plain(block.text)) is not None
    )


def is_mark_line(block: Block, vocabulary: Vocabulary) -> bool:
    """Whether a line is nothing but a mark of open or closed."""
    return len(block.text) < _SHORT_MARK and mark_of(plain(block.text), vocabulary) is not None
