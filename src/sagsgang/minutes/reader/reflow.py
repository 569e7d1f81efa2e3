"""Documents that lost their line breaks: a page, or more, on one line.

Some archives publish transcripts in which headings, labels and text stand in one run. Where
long blocks hold several labels, they are broken before each label and each item's head, so
that the rest of the reader sees lines again. Offsets still point at the same characters.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from ..blocks import ITEM, TEXT, Block
from .forms import TranscriptForms
from .gluing import unglued
from .vocabulary import Vocabulary

_RUNS: Final = frozenset((TEXT, ITEM))
_LONG: Final = 260
_SHORT: Final = 60
_NEAR_TOP: Final = 40
_FEW_HINTS: Final = 3
_FEW_DECISIONS: Final = 2
_FEW_LABELS: Final = 6
_SAMPLE: Final = 200
_MOST_BLOCKS: Final = 200_000

# A word takes all its letters at once, so that none is tried twice.
_BODY: Final = r"(?:[A-ZÆØÅ][\w&/-]*+(?:,| og| for| i| samt)?+ ?+){1,9}+"
_DECISION: Final = (
    rf"Beslutning(?:er)?(?: i| fra| på| for)? {_BODY}(?:(?:den|d\.)"
    r"(?: ?\d[\d.-]*+(?: ?[a-zæøå]++ \d{4})?)?|\d{1,2}\.\d{1,2}\.\d{4}) ?[:.]?"
    r"|Beslutning(?:er)? den(?: ?\d[\d.-]*+)? ?:"
    r"|BESLUTNING(?:ER)? I [A-ZÆØÅ -]{4,60} DEN(?: ?\d[\d.-]*+)? ?:?"
)
_INLINE_DECISION: Final = re.compile(
    r"\S Beslutning (?:i )?(?=[A-ZÆØÅ])(?:[\w-]++,? ){0,5}?[\w-]*(?:udvalget|rådet|bestyrelsen),? "
    r"(?:den )?\d"
)
_HINTS: Final = ("Beslutning", "BESLUTNING", "Indstilling", "Sagsnr")

_NO_TITLE: Final = re.compile(r"(?=\.{3}|\b\d{1,3}\. [A-ZÆØÅ])")
_TITLE_SIZES: Final = range(3, 172)

_PAGE_NUMBER: Final = re.compile(r"\d{1,3} (?:Side \d{1,3}(?: af \d{1,3})? ?)?(?=\S)")
_FOOTER: Final = re.compile(r"\bSide \d{1,3}(?: af \d{1,3})?(?= |$)")
_CONTENTS_WITHIN: Final = 120


def reflow(blocks: Sequence[Block], vocabulary: Vocabulary) -> Sequence[Block]:
    """The blocks, with long runs broken into lines where the document lost its own."""
    blocks = unglued(blocks, vocabulary)
    headings = vocabulary.forms.transcripts.headings
    transcript = any(block.text in headings for block in blocks[:_NEAR_TOP])
    if not transcript and not _lost_breaks(blocks, vocabulary):
        return blocks
    result: list[Block] = []
    for block in blocks:
        run = _run(block)
        if run is not None and len(result) < _MOST_BLOCKS:
            result.extend(_broken(run, vocabulary, transcript=transcript))
        else:
            result.append(block)
    return result


def _run(block: Block) -> Block | None:
    """A block that may hold several lines, as text: a long number of a list may be an item's."""
    if block.kind == TEXT and len(block.text) > _SHORT:
        return block
    if block.kind == ITEM and len(block.text) > _LONG and block.marker[0].isdigit():
        return block._replace(kind=TEXT, text=f"{block.marker} {block.text}", marker="", level=0)
    return None


def _lost_breaks(blocks: Sequence[Block], vocabulary: Vocabulary) -> bool:
    """Whether the document's long blocks hold labels, where others have them on lines."""
    long = [block.text for block in blocks if len(block.text) > _LONG and block.kind in _RUNS]
    inline = 0
    for block in blocks:
        if " Beslutning " in block.text and _INLINE_DECISION.search(block.text):
            inline += 1
    if inline >= _FEW_DECISIONS:
        return True
    if not long or not _has_hints(long):
        return False
    pattern = _label_pattern(vocabulary)
    found = sum(min(len(pattern.findall(text)), _FEW_LABELS) for text in long[:_SAMPLE])
    return found >= _FEW_LABELS and found * 2 >= len(long)


def _has_hints(texts: Sequence[str]) -> bool:
    hints = 0
    for text in texts:
        for hint in _HINTS:
            hints += text.count(hint)
        if hints >= _FEW_HINTS:
            return True
    return False


@lru_cache(maxsize=8)
def _label_pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    """A label with a colon, or a label word that a capital follows, wherever it stands."""
    fixed = {word for word, what in vocabulary.sections.items() if what.fixed}
    facts = {word for word in vocabulary.document if " " not in word}
    words = sorted(fixed | facts, key=lambda word: (-len(word), word))
    alternatives = "|".join(_spelled(word) for word in words if len(word) > 4)
    return re.compile(
        rf"(?:(?<=^)|(?<=[\s.:)]))"
        rf"(?P<label>(?:{_DECISION})|(?:{alternatives})(?: ?:|(?= [A-ZÆØÅ\d])))",
        re.MULTILINE,
    )


def _spelled(word: str) -> str:
    """A label's pattern: its first letter a capital, or all in capitals."""
    forms = (word[0].upper() + word[1:], word.upper())
    return "|".join(
        re.escape(form).replace("esume", "esum[eé]").replace("ESUME", "ESUM[EÉ]") for form in forms
    )


def _broken(block: Block, vocabulary: Vocabulary, *, transcript: bool) -> Iterator[Block]:
    """The lines of a block; the contents stay one line."""
    text, forms = block.text, vocabulary.forms.transcripts
    first = 0
    if transcript:
        number = _PAGE_NUMBER.match(text)
        first = number.end() if number else 0
    titles = _titles(text, first, forms)
    if forms.contents.search(text, first, first + _CONTENTS_WITHIN) and first not in titles:
        yield block._replace(text=text[first:], start=block.start + first)
        return
    cuts = {first, len(text), *titles, *titles.values()}
    for match in _label_pattern(vocabulary).finditer(text, first):
        cuts.update(match.span("label"))
    for start, end in pairwise(sorted(cuts)):
        piece = _FOOTER.sub("", text[start:end]).strip()
        if piece:
            yield block._replace(
                text=piece,
                start=block.start + start,
                end=block.start + end,
                gap=True,
                strong=False,
            )


def _titles(text: str, first: int, forms: TranscriptForms) -> dict[int, int]:
    """Where a number and a title begin and end: before what can only follow a title."""
    ends = [match.start() for match in forms.after_title.finditer(text, first)]
    if not ends:
        return {}
    stops = [match.start() for match in _NO_TITLE.finditer(text, first)]
    found: dict[int, int] = {}
    taken = first
    for number in forms.number.finditer(text, first):
        title = number.end()
        if number.start() < taken:
            continue
        place = bisect_left(ends, title + _TITLE_SIZES.start)
        end = ends[place] if place < len(ends) else -1
        stop = bisect_left(stops, title + 1)
        if end - title in _TITLE_SIZES and (stop == len(stops) or stops[stop] >= end):
            found[number.start()] = taken = end
    return found
