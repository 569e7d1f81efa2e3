"""Text that belongs to no item and no part of the head: it is reported, never dropped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..blocks import ITEM, PAGE, TEXT, Block
from ..danish import names
from ..danish.dates import first_date
from ..model import Item
from .compose import compose, plain
from .contents import Contents
from .document import Document
from .head import Head
from .head_facts import labelled_fact
from .item_heads import Start
from .report import Report
from .sections import Part
from .vocabulary import Vocabulary

_MIN_WORDS: Final = 5
_LONG: Final = 160
_LONGEST_HEADING: Final = 120
_SENTENCE_END: Final = (".", "!", "?", ":")
_LISTING: Final = frozenset({"attachments", "related", "next_steps"})
_DECIDING: Final = frozenset({"decision", "recommendation"})


def take_lost_pages(starts: Sequence[Start], divided: Sequence[list[Part]], report: Report) -> None:
    """Takes out of the items what belongs to a lost page: where numbers are missing after one."""
    for place, parts in enumerate(divided):
        if _gap_after(starts, place):
            text = _lost_text(parts)
            if text:
                number = starts[place].number
                report.find("text_unplaced", f"Text of a lost page after item {number}: {text}")


def _gap_after(starts: Sequence[Start], place: int) -> bool:
    """Whether numbers are missing between an item and the next."""
    if place + 1 >= len(starts):
        return False
    here, following = starts[place].number or "", starts[place + 1].number or ""
    return here.isdecimal() and following.isdecimal() and int(following) - int(here) > 1


def _lost_text(parts: list[Part]) -> str:
    """What stands after an item's attachments though it is none, cut out of `parts`."""
    at = next((at for at, part in enumerate(parts) if part.kind == "attachments"), len(parts))
    if at == len(parts):
        return ""
    attachments, rest = parts[at], parts[at + 1 :]
    blocks = attachments.blocks
    cut = next((at for at, block in enumerate(blocks) if _is_sentence(block)), len(blocks))
    if cut == len(blocks) and _DECIDING.isdisjoint({part.kind for part in rest}):
        return ""
    texts = [compose(attachments.cut(cut))]
    texts += ["\n\n".join(filter(None, (part.label, part.text()))) for part in rest]
    del parts[at + 1 :]
    return "\n\n".join(filter(None, texts))


def _is_sentence(block: Block) -> bool:
    text = plain(block.text).strip()
    return block.kind == TEXT and text.endswith(".") and len(text.split()) >= _MIN_WORDS


def report_before_items(document: Document, contents: Contents, report: Report) -> None:
    """Reports prose outside the contents of a document that ends where its first item begins."""
    listed = {entry.place for entry in contents.entries}
    lost = [
        block
        for place, block in enumerate(document.blocks)
        if place not in listed and _is_prose(block, document) and not document.is_noise(place)
    ]
    if lost:
        report.find("text_unplaced", f"Text before the first item: {compose(lost)}")


def _is_prose(block: Block, document: Document) -> bool:
    """Whether a block is a paragraph: the head's lines are short, labelled or lists of names."""
    text = plain(block.text)
    return (
        block.kind in (TEXT, ITEM)
        and len(text) >= _LONG
        and text.endswith(_SENTENCE_END)
        and labelled_fact(block.text, document.vocabulary) is None
        and not names.split_persons(text)
    )


def report_undivided(blocks: list[Block], contents: Contents, report: Report) -> None:
    """Reports the text of a document without items; its blocks are taken off the list."""
    del blocks[: contents.after]
    if any(block.kind != PAGE for block in blocks):
        blocks.insert(0, Block(TEXT, "No items were found. Text:"))
        blocks.reverse()
        report.find("text_unplaced", compose(blocks.pop() for _ in range(len(blocks))))


def report_other_meetings(
    item: Item, parts: Sequence[Part], head: Head, vocabulary: Vocabulary, report: Report
) -> None:
    """Reports lines in an item that date another meeting: the file holds several documents."""
    dated = vocabulary.forms.head.meeting_dates
    for part in parts:
        if part.kind in _LISTING:
            continue
        for block in part.blocks:
            text = block.text
            if text.startswith(dated) and len(text) <= _LONGEST_HEADING:
                date = first_date(text)
                if date is not None and date.isoformat() != head.date:
                    message = f'The text goes on with another meeting: "{plain(text)}".'
                    report.find("several_meetings", message, item.number)
