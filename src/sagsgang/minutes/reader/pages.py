"""Page footers among the text: page breaks, paragraphs that run over them, lost pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ..blocks import PAGE, TEXT, Block

_FOOTER: Final = re.compile(r"[Ss]ide (\d{1,4})(?: (?:af|/) \d{1,4})?")
_LONGEST_FOOTER: Final = 20
_FEW: Final = 2
_FULL_LINE: Final = 40
_LONGEST: Final = 10_000
_SENTENCE_END: Final = frozenset(".:;!?…")


def paged(blocks: Sequence[Block]) -> tuple[Sequence[Block], list[tuple[str, str]]]:
    """The blocks with footers such as `Side 2 af 6` made page breaks, and notes of lost pages.

    A paragraph that a footer breaks is put together again. A document with a single such line,
    or with numbers that fall, has no footers.
    """
    found = {
        place: int(match[1])
        for place, block in enumerate(blocks)
        if block.kind == TEXT
        and len(block.text) <= _LONGEST_FOOTER
        and (match := _FOOTER.fullmatch(block.text))
    }
    numbers = list(found.values())
    if len(found) < _FEW or numbers != sorted(numbers):
        return blocks, []
    result: list[Block] = []
    broken = False
    for place, block in enumerate(blocks):
        if place in found:
            result.append(Block(PAGE, page=found[place], start=block.start, end=block.end))
            broken = True
        elif broken and _goes_on(result, block):
            _join(result, block)
            broken = False
        else:
            result.append(block)
            broken = broken and block.kind == PAGE
    return result, _lost(numbers)


def _goes_on(before: Sequence[Block], block: Block) -> bool:
    last = next((one for one in reversed(before[-3:]) if one.kind != PAGE), None)
    if last is None or last.kind != TEXT or block.kind != TEXT or not block.text[:1].islower():
        return False
    return _FULL_LINE < len(last.text) < _LONGEST and last.text[-1] not in _SENTENCE_END


def _join(result: list[Block], block: Block) -> None:
    """Puts the second half of a broken paragraph to the first."""
    place = next(at for at in range(len(result) - 1, -1, -1) if result[at].kind != PAGE)
    first = result[place]
    hyphenated = first.text.endswith("-") and first.text[-2:-1].isalpha()
    text = first.text[:-1] + block.text if hyphenated else f"{first.text} {block.text}"
    result[place] = first._replace(text=text, end=block.end)


def _lost(numbers: Sequence[int]) -> list[tuple[str, str]]:
    missing = sorted(set(range(numbers[0], numbers[-1])) - set(numbers))
    if not missing or len(missing) > len(numbers):
        return []
    pages = ", ".join(map(str, missing))
    return [("page_missing", f"The footers skip page {pages}: it is not in the document.")]
