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

from ..blocks import ITEM, TEXT, Block
from .vocabulary import Vocabulary

_LONG: Final = 260
_FEW: Final = 3
_NEAR_TOP: Final = 60
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
    r"(?P<head>(?<![/.\d-])\b\d{1,3}\.? (?:(?:Åbent|Lukket) )?[A-ZÆØÅ](?:(?!\.{3}|\b\d{1,3}\. [A-ZÆØÅ]).){2,170}?) (?="
    + _FACT_AHEAD
    + ")"
)
_PAGE_NUMBER: Final = re.compile(r"^\d{1,3} (?:Side \d{1,3}(?: af \d{1,3})? ?)?(?=\S)")
_CONTENTS: Final = re.compile(r"Indholdsfortegnelse|INDHOLDSFORTEGNELSE|Sagsoversigt|Indhold:")
_DROP: Final = re.compile(r"\bSide \d{1,3}(?: af \d{1,3})?(?= |$)")


@cache
def _label_pattern(words: frozenset[str]) -> re.Pattern[str]:
    """A label with a colon, or a label word that a capital follows, wherever it stands."""
    alternatives = "|".join(
        _spelled(word) for word in sorted(words, key=lambda word: (-len(word), word))
    )
    return re.compile(
        rf"(?:(?<=^)|(?<=[\s.:)]))(?P<label>(?:{_DECISION})|(?:{alternatives})(?: ?:|(?= [A-ZÆØÅ\d])))",
        re.MULTILINE,
    )


def _spelled(word: str) -> str:
    """A label's pattern: its first letter a capital, or all in capitals."""
    text = re.escape(word).replace("resume", "resum[eé]")
    head = text[0].upper() + text[1:]
    return rf"{head}|{text.upper().replace('[EÉ]', '[EÉ]')}"


def reflow(blocks: Sequence[Block], vocabulary: Vocabulary) -> Sequence[Block]:
    """The blocks, with long runs broken into lines where the document lost its own."""
    blocks = _unglued(blocks)
    long = [block for block in blocks if block.kind == TEXT and len(block.text) > _LONG]
    inline = 0
    for block in blocks if long else ():
        if " Beslutning " in block.text and _INLINE.search(block.text) is not None:
            inline += 1
    transcript = any(block.text == "Transkript" for block in blocks[:40])
    if not transcript and inline < 2 and not _many_hints(long):
        return blocks
    pattern = _label_pattern(_words(vocabulary))
    if not transcript and inline < 2:
        found = sum(min(len(pattern.findall(block.text)), 6) for block in long[:200])
        if found < _FEW * 2 or found < len(long) * 0.5:
            return blocks
    result: list[Block] = []
    for block in blocks:
        if block.kind == TEXT and len(block.text) > 60:
            result.extend(_broken(block, pattern, transcript))
        else:
            result.append(block)
    return result


_INLINE: Final = re.compile(
    r"\S Beslutning [A-ZÆØÅ][\w-]*(?:udvalget|rådet|bestyrelsen),? (?:den )?\d"
)
_GLUE: Final = re.compile(
    r"[a-zæøå)](?P<number>\d{1,4}\. ?[A-ZÆØÅ][a-zæøå])|^Indholdsfortegnelse(?P<after>[A-ZÆØÅ\d])"
)


def _unglued(blocks: Sequence[Block]) -> Sequence[Block]:
    """Parts the last line of the contents from the first item's, where their break was lost."""
    opening: str | None = None
    for index, block in enumerate(blocks[:_NEAR_TOP]):
        if block.kind not in (TEXT, ITEM) or not block.text:
            continue
        text = block.text
        cut = -1
        if opening is not None:
            cut = text.find(opening, 4)
        elif block.kind == ITEM and block.marker[0].isdigit() and len(text) > 12:
            opening = f"{block.marker} {text[:24]}"
        if cut < 0 and len(text) < _LONG:
            match = _GLUE.search(text)
            if match is not None:
                at = match.start("number") if match["number"] else match.start("after")
                cut = at if at > 3 else -1
        if cut > 0:
            head = block._replace(text=text[:cut], end=block.start + cut)
            tail = block._replace(
                kind=TEXT, marker="", text=text[cut:].strip(), start=block.start + cut
            )
            return [*blocks[:index], head, tail, *_labels_unglued(blocks[index + 1 :])]
    return blocks


def _labels_unglued(blocks: Sequence[Block]) -> Iterable[Block]:
    """The same break is then lost between an item's last label and the next item."""
    for block in blocks:
        match = _GLUE.search(block.text, 0, 60) if block.kind == TEXT else None
        if match is None or not match["number"]:
            yield block
            continue
        cut = match.start("number")
        yield block._replace(text=block.text[:cut], end=block.start + cut)
        yield block._replace(text=block.text[cut:], start=block.start + cut)


def _many_hints(long: Sequence[Block]) -> bool:
    hints = 0
    for block in long:
        text = block.text
        hints += (
            text.count("Beslutning")
            + text.count("BESLUTNING")
            + text.count("Indstilling")
            + text.count("Sagsnr")
        )
        if hints >= _FEW:
            return True
    return False


@cache
def _frozen(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words)


def _words(vocabulary: Vocabulary) -> frozenset[str]:
    fixed = (word for word, what in vocabulary.sections.items() if what.fixed and len(word) > 4)
    facts = (word for word in vocabulary.document if " " not in word and len(word) > 4)
    return _frozen(tuple(sorted({*fixed, *facts})))


def _broken(block: Block, pattern: re.Pattern[str], transcript: bool) -> Iterable[Block]:
    text = block.text
    offset = 0
    if transcript:
        number = _PAGE_NUMBER.match(text)
        offset = number.end() if number else 0
    if _CONTENTS.search(text, offset, offset + 120) and _ITEM_HEAD.match(text, offset) is None:
        yield block._replace(text=text[offset:], start=block.start + offset)
        return
    cuts = {offset}
    for match in pattern.finditer(text, offset):
        cuts.add(match.start("label"))
        cuts.add(match.end("label"))
    for match in _ITEM_HEAD.finditer(text, offset):
        cuts.add(match.start("head"))
        cuts.add(match.end("head"))
    edges = sorted(cuts | {len(text)})
    for first, end in zip(edges, edges[1:], strict=False):
        piece = _DROP.sub("", text[first:end]).strip()
        if piece:
            yield block._replace(
                text=piece, start=block.start + first, end=block.start + end, gap=True, strong=False
            )
