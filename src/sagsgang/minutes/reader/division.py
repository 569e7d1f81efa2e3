"""Dividing a document into items: by numbers, by its contents, or by returning labels."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from ..blocks import HEADING, ITEM, PAGE, TEXT
from .chains import best_chain
from .compose import plain
from .contents import Contents, Entry
from .cycles import find_cycles, label_rounds, starts_of_cycles
from .document import Document
from .evidence import Evidence, title_key
from .forms import has_any
from .head_lines import case_of
from .item_heads import Start, facts_below, numbered_start
from .items import Candidate, candidates
from .openness import without_mark
from .titles import LONGEST_TITLE

_MOST_ITEMS: Final = 60_000
"""More items than any meeting has. What follows belongs to the last: so memory stays bounded."""

_MIN_SCORE: Final = 1.9
_STRONG: Final = 2.0
_FEW_ROUNDS: Final = 3
_FEW_ITEMS: Final = 3
_MOST_TITLE_LINES: Final = 2
_WITHOUT_LABELS: Final = 3.0
"""What a numbered title lacks in weight where the document has no labels."""
_LOOK_AHEAD: Final = 4
_CUT: Final = 24
_LONGEST_MARK: Final = 30
_TWICE: Final = 6
"""An item's title may be printed twice with so many lines between, at the most."""


def divide(document: Document, contents: Contents) -> list[Start]:
    """The items' starts in document order, found after the contents."""
    listed = {title_key(entry.title) for entry in contents.entries if entry.title}
    starts = [_completed(start, document, listed) for start in _divide(document, contents)]
    return sorted([*starts, *_closed_between(document, starts)], key=lambda start: start.first)


def _completed(start: Start, document: Document, listed: Collection[str]) -> Start:
    """The start, with the lines that the title goes on over, as far as the contents have them."""
    if not start.title or title_key(start.title) in listed:
        return start
    title = start.title
    first = start.first + 1 if start.title in document.blocks[start.first].text else start.body
    for place in range(first, min(first + _MOST_TITLE_LINES, len(document.blocks))):
        block = document.blocks[place]
        if block.kind == PAGE:
            continue
        if block.kind not in (TEXT, ITEM) or len(title) > LONGEST_TITLE:
            break
        if case_of(block, document.vocabulary) is not None:
            break
        bullet = f"{block.marker} " if block.kind == ITEM else ""
        title = f"{title} {bullet}{plain(block.text)}"
        if title_key(title) in listed:
            facts = facts_below(place + 1, document, title)
            case = start.case_number or facts.case_number
            closed = start.closed or bool(facts.closed)
            return replace(start, title=title, body=facts.body, case_number=case, closed=closed)
    return start


def _closed_between(document: Document, starts: Sequence[Start]) -> Iterator[Start]:
    """Closed items that have no number, only the mark and a title: `Lukket: Køb af grund`."""
    begin = document.vocabulary.forms.openness.closed_start
    words = document.vocabulary.forms.openness.closed_words
    heads = {place for start in starts for place in range(start.first, start.body)}
    titles = {title_key(start.title or "") for start in starts}
    for place in range(starts[0].first if starts else len(document.blocks), len(document.blocks)):
        block = document.blocks[place]
        mark, colon, _ = block.text[:_LONGEST_MARK].partition(":")
        if not colon or not has_any(mark, words) or len(block.text) > LONGEST_TITLE:
            continue
        if place in heads or block.kind not in (TEXT, HEADING):
            continue
        match = begin.match(plain(block.text))
        title = match and match.string[match.end() :].strip()
        if match and title and ":" in match[0] and title_key(title) not in titles:
            facts = facts_below(place + 1, document, title)
            yield Start(place, facts.body, None, title, True, facts.case_number, "item.closed")


def _divide(document: Document, contents: Contents) -> list[Start]:
    first = contents.after
    evidence = Evidence(document, contents.entries)
    found = candidates(evidence, first)
    chain, score = best_chain(found)
    rounds = label_rounds(document, first)
    if (
        chain
        and score >= _MIN_SCORE
        and (_covers(chain, len(rounds)) or _parts_decisions(chain, document))
    ):
        return [
            numbered_start(candidate, document, above)
            for candidate, above in _printings(chain, found, document)
        ]
    cycles = find_cycles(document, rounds, first)
    by_title = _by_contents(document, contents.entries, first)
    if len(by_title) >= 2 and len(by_title) * 2 >= len(cycles):
        return by_title
    if not cycles:
        return [numbered_start(candidate, document) for candidate in _bare_list(found, document)]
    return starts_of_cycles(document, cycles[:_MOST_ITEMS], first)


def _bare_list(found: Sequence[Candidate], document: Document) -> Sequence[Candidate]:
    """The items of minutes without any label: titles numbered from 1, some of them standing."""
    raised = [one._replace(score=one.score + _WITHOUT_LABELS) for one in found if one.title]
    chain, _ = best_chain(raised)
    if len(chain) < _FEW_ITEMS or chain[0].number != 1 or chain[-1].number > len(chain) + 1:
        return ()
    standing = any(document.vocabulary.is_standing(candidate.title) for candidate in chain)
    return chain if standing else ()


def _printings(
    chain: Sequence[Candidate], found: Sequence[Candidate], document: Document
) -> list[tuple[Candidate, int | None]]:
    """Each item's line, and where its number and title stand already just above it.

    Of two printings the second is the item's line: its case number and sections follow.
    """
    at = {candidate.place: index for index, candidate in enumerate(found)}
    items: list[tuple[Candidate, int | None]] = []
    for candidate in chain:
        index = at[candidate.place]
        near = found[max(index - 2, 0) : index + 3]
        twins = [one for one in near if _is_twin(one, candidate, document)]
        first, last = twins[0], twins[-1]
        items.append((last, first.place if first.place < last.place else None))
    return items


def _is_twin(one: Candidate, other: Candidate, document: Document) -> bool:
    """Whether two lines print the same item's number, with no section between them."""
    if one.place == other.place:
        return True
    low, high = sorted((one.place, other.place))
    if one.number != other.number or high - low > _TWICE:
        return False
    bare = not (one.title and other.title)
    if not bare and title_key(one.title) != title_key(other.title):
        return False
    return not any(document.has_fixed_label(place) for place in range(low + 1, high))


def _covers(chain: Sequence[Candidate], rounds: int) -> bool:
    """Whether the chain explains the returning labels: most rounds begin just after a number."""
    if rounds < _FEW_ROUNDS or len(chain) * 2 >= rounds:
        return True
    strong = sum(candidate.score >= _STRONG for candidate in chain)
    if strong * 2 >= rounds:
        return True
    return 2 <= len(chain) == strong and strong * 3 >= rounds


def _parts_decisions(chain: Sequence[Candidate], document: Document) -> bool:
    """Whether the chain parts the decisions: nearly all of its items have one, and few have more.

    A list inside an item has none between its points; the row of the items has one in each. What
    is quoted of other decisions is headed in another form than the items' own.
    """
    if len(chain) < _FEW_ITEMS:
        return False
    places = [candidate.place for candidate in chain]
    forms: defaultdict[object, list[int]] = defaultdict(list)
    for place, label in document.labels.items():
        if label.fixed and label.kind == "decision" and not document.doubles(place):
            item = bisect_right(places, place)
            forms[None].append(item)
            forms[label.text, bool(label.rest)].append(item)
    return any(
        len(set(decided) - {0}) * 5 >= len(chain) * 4 and len(decided) * 2 <= len(chain) * 3
        for decided in forms.values()
    )


def _by_contents(document: Document, entries: Sequence[Entry], first: int) -> list[Start]:
    """Items by the titles that the contents list, in their order."""
    wanted = [title_key(entry.title or "") for entry in entries]
    starts: list[Start] = []
    following = 0
    for place in range(first, len(document.blocks)):
        if following >= len(wanted):
            break
        block = document.blocks[place]
        if block.kind not in (TEXT, HEADING, ITEM) or not 0 < len(block.text) <= LONGEST_TITLE:
            continue
        name = title_key(without_mark(plain(block.text), document.vocabulary)[0])
        for offset, title in enumerate(wanted[following : following + _LOOK_AHEAD]):
            if name and _is_listed(name, title):
                starts.append(_titled_start(place, entries[following + offset], document))
                following += offset + 1
                break
    return starts


def _is_listed(name: str, title: str) -> bool:
    """Whether a line is a title of the contents, which may cut it off."""
    return bool(title) and (name == title or (len(title) > _CUT and name.startswith(title)))


def _titled_start(place: int, entry: Entry, document: Document) -> Start:
    title, closed = without_mark(plain(document.blocks[place].text), document.vocabulary)
    facts = facts_below(place + 1, document, title)
    shut = facts.closed if closed is None else closed
    return Start(
        place,
        facts.body,
        entry.number,
        title or None,
        bool(shut or entry.closed),
        facts.case_number,
        "item.contents",
    )
