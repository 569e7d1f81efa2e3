"""Lines that could begin a numbered item, each with what speaks for it and against it.

Publishers number items in many ways, or not at all, and lists inside the items look like
items. So no single mark decides: every such line is weighed here, and `chains` takes the
row of rising numbers with the most weight.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from ..blocks import HEADING, ITEM, TEXT, Block
from .compose import plain
from .evidence import Evidence
from .numbering import ALONE, DOTTED, NUMBERED, is_date_or_amount
from .openness import without_mark

_LONGEST_LINE: Final = 400
_LONGEST_POINT: Final = 300
_LONG_TITLE: Final = 220
_LONG_SENTENCE: Final = 60
_LONGEST_PHRASE: Final = 80
_DEEPEST: Final = 2
_NOT_DIGITS: Final = re.compile(r"\D")
_OPENING: Final = frozenset("([*")
_OPENS_TITLE: Final = frozenset("§\"”»'")


class Candidate(NamedTuple):
    """A line that could begin an item."""

    place: int
    """The index of its block."""
    number: int
    printed: str
    """The number as printed, with a committee's code before it where there is one."""
    title: str
    score: float
    rule: str
    prefixed: bool
    """A word or a code stands before the number."""


def candidates(evidence: Evidence, first: int) -> list[Candidate]:
    """Every line from block `first` on that could begin a numbered item, with its score."""
    found: list[Candidate] = []
    blocks = evidence.document.blocks
    for place in range(first, len(blocks)):
        block = blocks[place]
        if block.kind == ITEM:
            match = _match_point(evidence, place, block)
        elif block.kind in (TEXT, HEADING) and len(block.text) <= _LONGEST_LINE:
            match = _match_line(evidence, place, block.text)
        else:
            continue
        candidate = _weigh(evidence, place, block, match) if match else None
        if candidate is not None:
            found.append(candidate)
    return found


def _match_line(evidence: Evidence, place: int, text: str) -> re.Match[str] | None:
    if text[:1] in _OPENING:
        text = plain(text).strip("([ ")
    if text.isdigit():
        return ALONE.match(text) if evidence.titled_below(place) else None
    if text[:1].isdigit():
        return NUMBERED.match(text)
    numbers = evidence.document.vocabulary.forms.numbers
    if text.startswith(numbers.words) or (text[1:2].isupper() and " " in text[2:4]):
        return numbers.prefixed.match(text)
    return None


def _match_point(evidence: Evidence, place: int, block: Block) -> re.Match[str] | None:
    """A list item as an item: its marker is the number, or it is a bullet before one."""
    text, marker = block.text, block.marker
    if marker[0].isdigit():
        if block.level > _DEEPEST or text.startswith("at ") or _goes_on_a_list(evidence, place):
            return None
        return NUMBERED.match(f"{marker} {text}")
    if marker != "-" or len(text) >= _LONGEST_POINT:
        return None
    numbers = evidence.document.vocabulary.forms.numbers
    if not text[:1].isdigit() and not text.startswith(numbers.words):
        return None
    match = numbers.prefixed.match(text)
    if match is not None and _is_of_bullets(
        evidence, place, int(_NOT_DIGITS.sub("", match["number"]))
    ):
        return None
    return match or ALONE.match(text) or DOTTED.match(text)


def _is_of_bullets(evidence: Evidence, place: int, number: int) -> bool:
    """Whether the bullet above has the number before, or the one below the next: a list."""
    blocks = evidence.document.blocks
    prefixed = evidence.document.vocabulary.forms.numbers.prefixed
    for near, its in ((place - 1, number - 1), (place + 1, number + 1)):
        block = blocks[near] if 0 <= near < len(blocks) else None
        match = prefixed.match(block.text) if block and block.kind == ITEM else None
        if match is not None and match["number"] == str(its):
            return True
    return False


def _goes_on_a_list(evidence: Evidence, place: int) -> bool:
    """Whether the line goes on a numbered list: the block before it is the point before.

    Agendas of bare titles look alike; a mark or a case number says that they are items.
    """
    if not place:
        return False
    block, before = evidence.document.blocks[place], evidence.document.blocks[place - 1]
    number, previous = block.marker[:-1], before.marker.rstrip(".)")
    if before.kind != ITEM or not number.isdecimal() or previous != str(int(number) - 1):
        return False
    vocabulary = evidence.document.vocabulary
    if vocabulary.is_standing(before.text) or evidence.lists(block.text):
        return False
    if (block.gap and not before.gap) or evidence.settles(before.text):
        return False
    if any(without_mark(text, vocabulary)[1] is not None for text in (before.text, block.text)):
        return False
    return not evidence.has_fact_below(place)


def _weigh(evidence: Evidence, place: int, block: Block, match: re.Match[str]) -> Candidate | None:
    groups = match.groupdict()
    title = plain(groups["title"] or "").strip()
    prefix = groups.get("word") or groups.get("code")
    score = _number_weight(evidence, block, groups, title)
    if score is None:
        return None
    after = evidence.after(place)
    score += _setting_weight(block) + after + evidence.before(place)
    known = False
    if title:
        if len(title) < _LONGEST_PHRASE and evidence.settles(title):
            return None
        bare, mark = without_mark(title, evidence.document.vocabulary)
        known = evidence.lists(bare or title)
        score += _title_weight(title) + (1.5 if mark is not None else 0.0)
        if known:
            score += 3.0
        elif evidence.document.vocabulary.is_standing(title):
            score += 2.5
    elif prefix is None:
        # The number stands alone: its line break is the separator, its title the next line.
        titled = evidence.titled_below(place)
        if not titled and evidence.ends_paragraph(place):
            return None
        score += (1.75 if titled else 0.0) - (0.5 if after else 2.0)
    if not after and not known and prefix is None:
        score -= 1.5
    number = groups["number"]
    code = groups.get("code")
    return Candidate(
        place,
        int(_NOT_DIGITS.sub("", number)),
        f"{code} {number}" if code else number,
        title,
        score,
        "item.word" if prefix else "item.number",
        prefix is not None,
    )


def _number_weight(
    evidence: Evidence, block: Block, groups: dict[str, str | None], title: str
) -> float | None:
    """What the number and the word before it weigh; `None`: no item's number."""
    sep, word = groups["sep"] or "", groups.get("word")
    if word is None and groups.get("code") is None:
        if is_date_or_amount(groups["number"] or "", sep, title):
            return None
        if not sep:
            return -1.25
        return 0.0 if sep.strip() else -0.75
    if sep.strip() or block.kind == HEADING or not title:
        weight = 3.0
    elif title[0].isupper() or title[0].isdigit() or title[0] in _OPENS_TITLE:
        weight = 1.5
    else:
        return None
    numbers = evidence.document.vocabulary.forms.numbers
    bare = (word or "").removesuffix(".")
    if word is None or bare in numbers.doubtful:
        weight -= 1.5
    if bare in numbers.pointing and not title:
        weight -= 2.0
    return weight


def _setting_weight(block: Block) -> float:
    """What the line's type says."""
    if block.kind == HEADING:
        return 2.0
    if block.strong:
        return 1.0
    return -1.0 if block.kind == ITEM else 0.0


def _title_weight(title: str) -> float:
    """What speaks against a title: small letters, a sentence's end, its length."""
    weight = 0.0
    if title[0].islower():
        weight -= 4.0 if title.startswith(("at ", "og ")) else 1.5
    if len(title) > _LONG_TITLE:
        weight -= 2.0
    if title[-1] in ":;,":
        weight -= 1.5
    elif title[-1] == ".":
        weight -= 1.0 if len(title) > _LONG_SENTENCE else 0.75
    return weight
