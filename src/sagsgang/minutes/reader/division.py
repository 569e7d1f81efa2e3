"""Dividing a document into items: by numbers, by its contents, or by returning labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ..blocks import HEADING, ITEM, PAGE, TABLE, TEXT, Block
from ..danish import case_numbers, names
from ..danish.dates import find_dates
from .compose import plain
from .items import (
    DIGIT,
    Candidate,
    Entry,
    Evidence,
    Start,
    best_chain,
    candidates,
    find_mark,
    strip_closed,
)
from .labels import Label
from .vocabulary import Vocabulary, key

_RANK: Final = {
    "summary": 0, "procedure": 1, "routing": 1, "law": 2, "presentation": 3, "economy": 4,
    "hearing": 4, "other": 4, "participants": 4, "recommendation": 5, "decision": 6,
    "related": 7, "next_steps": 7, "attachments": 8, "absence": 8, "announcement": 6,
}  # fmt: skip
_ABSENCE: Final = re.compile(r"\b(?:deltog|stedfortræder|fraværende|afbud|Mødelokale|mødte)\b")
_ONLY_NUMBER: Final = re.compile(r"(?:Pkt\.?|Punkt|Sag nr\.?|Sag)?\s*\d{1,4}\.?", re.IGNORECASE)
_ONLY_BODY: Final = re.compile(
    r"(?:[\w-]+,? (?:og )?){0,6}[\w-]*(?:udvalget|byråd(?:et)?|bestyrelsen|rådet|direktionen)",
    re.IGNORECASE,
)
_MAX_TITLE: Final = 260
_MIN_CHAIN: Final = 1.9


def divide(
    blocks: Sequence[Block],
    labels: dict[int, Label],
    entries: Sequence[Entry],
    first: int,
    vocabulary: Vocabulary,
) -> list[Start]:
    """The items' starts in document order, found from block `first` on."""
    evidence = Evidence(blocks, labels, entries, vocabulary)
    chain, score = best_chain(candidates(evidence, first))
    rounds = _label_rounds(labels, first)
    if chain and score >= _MIN_CHAIN and _covers(chain, len(rounds)):
        return [_numbered_start(candidate, blocks, labels, vocabulary) for candidate in chain]
    cycles = _cycles(blocks, labels, rounds, first, vocabulary)
    by_title = _by_contents(blocks, labels, entries, first, vocabulary)
    if len(by_title) >= 2 and len(by_title) * 2 >= len(cycles):
        return by_title
    return _by_cycles(blocks, labels, cycles, first, vocabulary)


def _covers(chain: Sequence[Candidate], rounds: int) -> bool:
    """Whether the chain explains the returning labels: most rounds begin just after a number."""
    if rounds < 3 or len(chain) * 2 >= rounds:
        return True
    strong = sum(candidate.score >= 2.0 for candidate in chain)
    return strong * 2 >= rounds or (
        len(chain) >= 2 and strong == len(chain) and strong * 3 >= rounds
    )


# --- the head of an item -------------------------------------------------------------------


def _numbered_start(
    candidate: Candidate, blocks: Sequence[Block], labels: dict[int, Label], vocabulary: Vocabulary
) -> Start:
    title, closed = strip_closed(candidate.title)
    first, body = candidate.index, candidate.index + 1
    case = None
    if not title and closed is None:
        # The number stands alone: the title is the next line, unless that is a label or fact.
        position = _skip_pages(blocks, body)
        if position < len(blocks) and _can_be_title(position, blocks, labels, vocabulary):
            title, closed = strip_closed(plain(blocks[position].text))
            body = position + 1
        elif (
            first
            and _reads_like_title(first - 1, blocks, vocabulary)
            and not _fixed(first - 1, labels)
        ):
            # Some print the title above the number.
            first -= 1
            title, closed = strip_closed(plain(blocks[first].text))
    elif not title and closed:
        title = ""
    title, body = _continued_title(title, candidate.index, body, blocks, labels)
    title, case = _case_in_title(title)
    head = _facts(body, blocks, labels, vocabulary, title)
    if head.title and not title:
        title = head.title
    if closed is None:
        closed = head.closed
    return Start(
        first,
        head.body,
        candidate.printed,
        title or None,
        bool(closed),
        case or head.case_number,
        candidate.rule,
    )


def _fixed(index: int, labels: dict[int, Label]) -> bool:
    return index in labels and labels[index].fixed


def _case_in_title(title: str) -> tuple[str, case_numbers.CaseNumber | None]:
    """A title whose line also carries the case number, after a wide gap or a label."""
    match = re.search(
        r"\s(?:Sagsnr\.?|Sagsid\.?|Sags nr\.?|J\.nr\.?|Journalnr\.?|Sag nr\.?)\s*:?\s*(\S.*)$",
        title,
    )
    if match:
        case = case_numbers.whole_line(f"Sagsnr.: {match[1]}")
        if case is not None:
            return title[: match.start()].strip(" -–"), case
    return title, None


def _skip_pages(blocks: Sequence[Block], position: int) -> int:
    while position < len(blocks) and blocks[position].kind == PAGE:
        position += 1
    return position


def _continued_title(
    title: str, index: int, body: int, blocks: Sequence[Block], labels: dict[int, Label]
) -> tuple[str, int]:
    """Joins a heading that was broken over two heading lines."""
    start = blocks[index]
    if not title or start.kind != HEADING or body >= len(blocks):
        return title, body
    following = blocks[body]
    if (
        following.kind == HEADING
        and following.level == start.level
        and following.text[:1].islower()
        and body not in labels
    ):
        return f"{title} {plain(following.text)}", body + 1
    return title, body


def _can_be_title(
    position: int, blocks: Sequence[Block], labels: dict[int, Label], vocabulary: Vocabulary
) -> bool:
    block = blocks[position]
    if block.kind not in (TEXT, HEADING) or not block.text or len(block.text) > _MAX_TITLE:
        return False
    label = labels.get(position)
    if label is not None and label.fixed:
        return False
    return case_numbers.whole_line(block.text) is None and find_mark(block.text) is None


class _Head:
    __slots__ = ("body", "case_number", "closed", "title")

    def __init__(self, body: int) -> None:
        self.body = body
        self.closed: bool | None = None
        self.case_number: case_numbers.CaseNumber | None = None
        self.title: str | None = None


def _facts(
    body: int, blocks: Sequence[Block], labels: dict[int, Label], vocabulary: Vocabulary, title: str
) -> _Head:
    """The case number, the mark of a closed item and a repeated title below an item's title."""
    head = _Head(body)
    position = body
    looked = 0
    while position < len(blocks) and looked < 7:
        block = blocks[position]
        if block.kind == PAGE:
            position += 1
            continue
        if block.kind == TABLE or len(block.text) > 220:
            break
        label = labels.get(position)
        if label is not None and (label.fixed or label.kind == "routing"):
            break
        text = plain(block.text)
        looked += 1
        name = key(text)
        if (title and name == key(title)) or _ONLY_NUMBER.fullmatch(text):
            position += 1
            head.body = position
            continue
        case = case_numbers.whole_line(text) or _labelled_case(block, vocabulary)
        if case is None and names_a_case(block, vocabulary):
            position += 1
            head.body = position
            continue
        if case is not None:
            head.case_number = head.case_number or case
            mark = find_mark(text)
            head.closed = mark if head.closed is None else head.closed
        elif name in vocabulary.groups and vocabulary.groups[name] is not None:
            head.closed = vocabulary.groups[name]
        elif find_mark(text) is not None and len(text) < 60:
            head.closed = find_mark(text)
        elif name in vocabulary.noise or _is_other_fact(text, vocabulary):
            pass
        else:
            break
        position += 1
        head.body = position
    return head


def _labelled_case(block: Block, vocabulary: Vocabulary) -> case_numbers.CaseNumber | None:
    """The case number of a line that goes on with other facts: `Sagsid.: 22/1733, Initialer: …`."""
    if not names_a_case(block, vocabulary):
        return None
    for word in plain(block.text).replace(":", ": ").split()[:5]:
        if DIGIT.search(word):
            return case_numbers.whole_line(f"Sagsnr.: {word.strip(',;')}")
    return None


def _is_other_fact(text: str, vocabulary: Vocabulary) -> bool:
    before, colon, _ = text.partition(":")
    return bool(colon) and len(before) < 30 and vocabulary.facts.get(key(before)) is not None


# --- unnumbered items ----------------------------------------------------------------------


def _by_contents(
    blocks: Sequence[Block],
    labels: dict[int, Label],
    entries: Sequence[Entry],
    first: int,
    vocabulary: Vocabulary,
) -> list[Start]:
    """Items by the titles that the contents list, in their order."""
    wanted = [(entry, _letters(entry.title or "")) for entry in entries]
    starts: list[Start] = []
    position, next_entry = first, 0
    while position < len(blocks) and next_entry < len(wanted):
        block = blocks[position]
        if block.kind in (TEXT, HEADING, ITEM) and 0 < len(block.text) <= _MAX_TITLE:
            name = _letters(strip_closed(plain(block.text))[0])
            if name:
                for offset, (entry, title) in enumerate(wanted[next_entry : next_entry + 4]):
                    if title and (name == title or (len(title) > 24 and name.startswith(title))):
                        starts.append(_titled_start(position, entry, blocks, labels, vocabulary))
                        next_entry += offset + 1
                        break
        position += 1
    return starts


def _letters(text: str) -> str:
    return re.sub(r"[^a-zæøå0-9]+", " ", text.lower()).strip()


def _titled_start(
    position: int,
    entry: Entry,
    blocks: Sequence[Block],
    labels: dict[int, Label],
    vocabulary: Vocabulary,
) -> Start:
    title, closed = strip_closed(plain(blocks[position].text))
    head = _facts(position + 1, blocks, labels, vocabulary, title)
    shut = closed if closed is not None else head.closed
    return Start(
        position,
        head.body,
        entry.number,
        title or None,
        bool(shut or entry.closed),
        head.case_number,
        "item.contents",
    )


def _cycles(
    blocks: Sequence[Block],
    labels: dict[int, Label],
    rounds: list[int],
    first: int,
    vocabulary: Vocabulary,
) -> list[int]:
    """The indices of the blocks with which a new round of case number, mark and labels begins.

    Where most rounds begin with a case number or a mark of open or closed, those begin the
    items; elsewhere a label that returns does.
    """
    heads = _head_marks(blocks, labels, first, vocabulary)
    if heads and len(heads) * 5 >= len(rounds) * 3:
        return heads
    return rounds


def _head_marks(
    blocks: Sequence[Block], labels: dict[int, Label], first: int, vocabulary: Vocabulary
) -> list[int]:
    """Case numbers and marks of open or closed, those that stand together counted once."""
    marks: list[int] = []
    last = -10
    under: str | None = None
    for index in range(first, len(blocks)):
        label = labels.get(index)
        if label is not None and label.fixed:
            under = label.kind
            last = -10
            continue
        block = blocks[index]
        if block.kind in (PAGE, TABLE) or len(block.text) > 200:
            continue
        if under == "attachments" and not (names_a_case(block, vocabulary) or _is_mark(block)):
            continue
        if is_head_line(block, vocabulary):
            if index - last > 4:
                marks.append(index)
            last = index
    return marks


def _is_mark(block: Block) -> bool:
    return len(block.text) < 24 and find_mark(plain(block.text)) is not None


def names_a_case(block: Block, vocabulary: Vocabulary) -> bool:
    """Whether a line begins with a label for the case number (`Sagsnr.:`), number or not."""
    text = plain(block.text)
    before, colon, _ = text.partition(":")
    if colon and len(before) < 30 and vocabulary.facts.get(key(before)) == "case_number":
        return True
    first = text.split(" ", 1)[0]
    return len(first) > 4 and vocabulary.facts.get(key(first)) == "case_number" and len(text) < 120


def is_head_line(block: Block, vocabulary: Vocabulary) -> bool:
    """Whether a line is a case number or a mark of open or closed."""
    if block.kind not in (TEXT, HEADING, ITEM) or not block.text:
        return False
    text = plain(block.text)
    if names_a_case(block, vocabulary):
        return True
    if len(text) < 24 and find_mark(text) is not None:
        return True
    return case_numbers.whole_line(text) is not None


def _label_rounds(labels: dict[int, Label], first: int) -> list[int]:
    marks = [
        (index, labels[index].key, labels[index].kind)
        for index in sorted(labels)
        if index >= first and labels[index].fixed and labels[index].rule != "label.recommends"
    ]
    while marks and marks[0][2] in ("absence", "attachments"):
        del marks[0]
    order: list[str] = []
    seen: set[str] = set()
    rounds: list[int] = []
    last_rank = -1
    for place, (index, name, kind) in enumerate(marks):
        rank = order.index(name) if name in order else -1
        again = name in seen and kind not in _MAY_REPEAT
        if kind == "presentation" and again:
            again = last_rank >= rank
        backwards = 0 <= rank < last_rank and len(rounds) > 1 and kind not in _MAY_REPEAT
        if not rounds or again or backwards:
            begin = (
                _moved_back(marks, place) if rounds and marks[place - 1][0] not in rounds else index
            )
            rounds.append(begin)
            seen = {other for position, other, _ in marks[:place] if position >= begin}
            last_rank = -1
        seen.add(name)
        if name not in order:
            order.append(name)
        last_rank = max(last_rank, order.index(name))
    return rounds


_MAY_REPEAT: Final = frozenset(
    {"absence", "attachments", "economy", "other", "related", "law", "hearing"}
)


def _moved_back(marks: Sequence[tuple[int, str, str]], place: int) -> int:
    """A label new to the document just before a repeated one may already begin the item."""
    begin = marks[place][0]
    position = place - 1
    while position > 0:
        index, _, kind = marks[position]
        if kind not in ("summary", "procedure", "routing", "law"):
            break
        if _RANK.get(marks[position - 1][2], 0) >= 6:
            return index
        position -= 1
    return begin


def _by_cycles(
    blocks: Sequence[Block],
    labels: dict[int, Label],
    cycles: Sequence[int],
    first: int,
    vocabulary: Vocabulary,
) -> list[Start]:
    """Items by their returning heads; the title is what stands alone just before or after."""
    before = [_walk_back(index, blocks, labels, first, vocabulary) for index in cycles]
    use_before = _titled(before)
    starts: list[Start] = []
    for cycle, (title, begin, _certain) in zip(cycles, before, strict=True):
        if not use_before or title is None:
            head = _facts(cycle, blocks, labels, vocabulary, "")
            words, closed, body = _title_below(head.body, cycle, blocks, labels, vocabulary)
            shut = closed if closed is not None else head.closed
            starts.append(
                Start(cycle, body, None, words or None, bool(shut), head.case_number, "item.cycle")
            )
            continue
        words, closed = strip_closed(title)
        head = _facts(begin + 1, blocks, labels, vocabulary, words)
        shut = closed if closed is not None else head.closed
        body = max(head.body, begin + 1)
        starts.append(
            Start(
                begin, body, None, words or None, bool(shut), head.case_number, "item.title_before"
            )
        )
    return starts


def _titled(found: Sequence[tuple[str | None, int, bool]]) -> bool:
    """Whether the document prints titles before the heads of its items.

    The first is left out where there are others: before it stands the head of the document.
    """
    later = found[1:] if len(found) > 1 else found
    sure = sum(title is not None and certain for title, _, certain in later)
    return bool(later) and sure * 2 > len(later)


def _title_below(
    body: int, cycle: int, blocks: Sequence[Block], labels: dict[int, Label], vocabulary: Vocabulary
) -> tuple[str, bool | None, int]:
    """A title that stands between the case number and the first label."""
    position = _skip_pages(blocks, body)
    if body == cycle or position + 1 >= len(blocks):
        return "", None, body
    following = labels.get(_skip_pages(blocks, position + 1))
    if (
        following is None
        or not following.fixed
        or not _can_be_title(position, blocks, labels, vocabulary)
    ):
        return "", None, body
    text = plain(blocks[position].text)
    if text[-1:] in ".:;," or not text[:1].isupper():
        return "", None, body
    title, closed = strip_closed(text)
    return title, closed, position + 1


def _walk_back(
    index: int,
    blocks: Sequence[Block],
    labels: dict[int, Label],
    first: int,
    vocabulary: Vocabulary,
) -> tuple[str | None, int, bool]:
    """The title before an item's first head line: (title, its index, whether it surely is one)."""
    none = (None, index, False)
    position = index - 1
    while position >= first:
        block = blocks[position]
        if block.kind == PAGE or (
            block.kind in (TEXT, HEADING, ITEM) and key(block.text) in vocabulary.noise
        ):
            position -= 1
            continue
        if block.kind == TABLE or position in labels:
            return none
        if is_head_line(block, vocabulary) or _is_other_fact(plain(block.text), vocabulary):
            position -= 1
            continue
        break
    if position < first or not _reads_like_title(position, blocks, vocabulary):
        return none
    block = blocks[position]
    certain = block.kind == HEADING or _label_before(position, labels) not in (
        "attachments",
        "absence",
    )
    return plain(block.text), position, certain


def _reads_like_title(position: int, blocks: Sequence[Block], vocabulary: Vocabulary) -> bool:
    block = blocks[position]
    text = plain(block.text)
    if (
        len(text) > _MAX_TITLE
        or text[-1:] in ".:;,!"
        or not (text[:1].isupper() or text[:1].isdigit() or text[:1] in "\"'”(")
    ):
        return False
    if block.kind == ITEM and not block.marker[0].isdigit():
        return False
    label, colon, _ = text.partition(":")
    if vocabulary.document.get(key(text)) is not None or (
        colon and vocabulary.document.get(key(label)) is not None
    ):
        return False
    word = text.split(" ", 1)[0]
    if vocabulary.document.get(key(word)) is not None or find_dates(text):
        return False
    if _ABSENCE.search(text):
        return False
    return not _ONLY_BODY.fullmatch(text) and not names.split_persons(text)


def _label_before(position: int, labels: dict[int, Label]) -> str | None:
    for index in range(position - 1, max(position - 6, -1), -1):
        if index in labels:
            return labels[index].kind
    return None
