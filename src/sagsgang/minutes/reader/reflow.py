"""Documents that lost their line breaks: a page, or more, on one line.

Some archives publish transcripts in which headings, labels and text stand in one run. Where
long blocks hold several labels, they are broken before each label and each item's head, so
that the rest of the reader sees lines again. Offsets still point at the same characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from ..blocks import TEXT, Block
from .vocabulary import Vocabulary

_LONG: Final = 260
_FEW: Final = 3
_BODY: Final = r"(?:[A-ZÆØÅ][\w&/-]*(?:,| og| for| i| samt)? ?){1,9}"
_DECISION: Final = (
    rf"Beslutning(?:er)?(?: i| fra| på| for)? {_BODY}(?:den|d\.)(?: ?\d[\d.-]*(?: ?[a-zæøå]+ \d{{4}})?)? ?[:.]?"
    rf"|BESLUTNING(?:ER)? I [A-ZÆØÅ -]{{4,60}} DEN(?: ?\d[\d.-]*)? ?:?"
)
_FACT_AHEAD: Final = (
    r"(?:Åben(?:t)? (?:sag|punkt)|Lukket (?:sag|punkt)|Åbent? (?=Sag|Dok)|Sagsnr|Sags nr|Sagsid|Sag nr|Sag:|J\.nr|J\. nr|Journalnr|Acadre|Dok\.nr|Sagsbehandler"
    r"|\d\d/\d{3,6}\b|[A-ZØ]\d\d-\d|Resum[eé]|Sagsfremstilling|Indstilling|Beslutning(?:er|stema|skompetence)?\b|Sagsbeskrivelse|Indledning|Baggrund|Kompetence)"
)
_ITEM_HEAD: Final = re.compile(
    r"(?P<head>\b\d{1,3}\.? (?:(?:Åbent|Lukket) )?[A-ZÆØÅ](?:(?!\.{3}|\b\d{1,3}\. [A-ZÆØÅ]).){2,170}?) (?=" + _FACT_AHEAD + ")"
)
_PAGE_NUMBER: Final = re.compile(r"^\d{1,3} (?:Side \d{1,3}(?: af \d{1,3})? ?)?(?=\S)")
_DROP: Final = re.compile(r"\bSide \d{1,3}(?: af \d{1,3})?(?= |$)")


@cache
def _label_pattern(words: frozenset[str]) -> re.Pattern[str]:
    """A label with a colon, or a label word that a capital follows, wherever it stands."""
    alternatives = "|".join(_spelled(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    return re.compile(
        rf"(?:(?<=^)|(?<=[\s.:)]))(?P<label>(?:{_DECISION})|(?:{alternatives})(?: ?:|(?= [A-ZÆØÅ\d])))", re.MULTILINE
    )


def _spelled(word: str) -> str:
    """A label's pattern: its first letter a capital, or all in capitals."""
    text = re.escape(word).replace("resume", "resum[eé]")
    head = text[0].upper() + text[1:]
    return rf"{head}|{text.upper().replace('[EÉ]', '[EÉ]')}"


def reflow(blocks: Sequence[Block], vocabulary: Vocabulary) -> Sequence[Block]:
    """The blocks, with long runs broken into lines where the document lost its own."""
    long = [block for block in blocks if block.kind == TEXT and len(block.text) > _LONG]
    if not long:
        return blocks
    hints = sum(block.text.count("Beslutning") + block.text.count("BESLUTNING") + block.text.count("Indstilling") + block.text.count("Sagsnr") for block in long)
    if hints < _FEW:
        return blocks
    pattern = _label_pattern(_words(vocabulary))
    found = sum(min(len(pattern.findall(block.text)), 6) for block in long[:200])
    if found < _FEW * 2 or found < len(long) * 0.5:
        return blocks
    result: list[Block] = []
    for block in blocks:
        if block.kind == TEXT and len(block.text) > 60:
            result.extend(_broken(block, pattern))
        else:
            result.append(block)
    return result


@cache
def _frozen(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words)


def _words(vocabulary: Vocabulary) -> frozenset[str]:
    fixed = (word for word, what in vocabulary.sections.items() if what.fixed and len(word) > 4)
    facts = (word for word in vocabulary.document if " " not in word and len(word) > 4)
    return _frozen(tuple(sorted({*fixed, *facts})))


def _broken(block: Block, pattern: re.Pattern[str]) -> Iterable[Block]:
    text = block.text
    number = _PAGE_NUMBER.match(text)
    offset = number.end() if number and not _ITEM_HEAD.match(text) else 0
    if offset and _ITEM_HEAD.match(text[: offset + 1] + text[offset + 1 :]) and not text[offset].isdigit():
        offset = 0
    cuts = {offset}
    for match in pattern.finditer(text, offset):
        cuts.add(match.start("label"))
        cuts.add(match.end("label"))
    if "..." not in text[:2000]:
        for match in _ITEM_HEAD.finditer(text, offset):
            cuts.add(match.start("head"))
            cuts.add(match.end("head"))
    edges = sorted(cuts | {len(text)})
    for first, end in zip(edges, edges[1:], strict=False):
        piece = _DROP.sub("", text[first:end]).strip()
        if piece:
            yield block._replace(text=piece, start=block.start + first, end=block.start + end, gap=True, strong=False)
