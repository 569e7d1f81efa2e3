"""The reader: a stream of blocks becomes `Minutes`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, TypeVar

from ..blocks import HEADING, ITEM, PAGE, TABLE, TEXT, Block, BlockStream
from ..danish import names
from ..danish.bodies import same_body
from ..danish.case_numbers import CaseNumber
from ..danish.dates import find_dates
from ..model import (
    Attachment,
    ContentsEntry,
    Decision,
    Explanation,
    Finding,
    Item,
    Kind,
    Minutes,
    Place,
    Source,
)
from .absence import absent_of
from .compose import compose, plain
from .decisions import outcome_of
from .dissent import referrals_of, statements_of
from .division import divide
from .head import Head, municipality_of, read_head
from .items import Entry, Start, find_contents
from .labels import Label, find_labels
from .participants import participants_of
from .recommendations import recommendation_of
from .references import decided_by, next_steps_of, related_of
from .reflow import reflow
from .routing import routing_of
from .sections import Part, Style, author, divide_sections, document_style
from .sentences import sentences
from .sums import wrong_totals
from .tables import tables_of
from .vocabulary import Vocabulary, builtin, key
from .votes import votes_of

_T = TypeVar("_T")
_NO_ATTACHMENT: Final = frozenset(
    {"ingen", "intet", "-", "ingen bilag", "intet bilag", "ingen vedlagte bilag", "bilag"}
)
_LINK: Final = re.compile(r"^\[(?P<text>[^\]]*)\]\((?P<address>[^)\s]+)\)$")


def read_blocks(
    stream: BlockStream, source: Source | None = None, vocabulary: Vocabulary | None = None
) -> Minutes:
    """`Minutes` from a source's blocks. Never fails: what cannot be placed is a finding."""
    return _Reading(stream, source, vocabulary or builtin()).minutes()


class _Reading:
    """One document being read; each step fills in what the next ones need."""

    def __init__(self, stream: BlockStream, source: Source | None, vocabulary: Vocabulary) -> None:
        self.stream = stream
        self.blocks: Sequence[Block] = reflow(stream.blocks, vocabulary)
        self.source = source
        self.vocabulary = vocabulary
        self.findings: list[Finding] = [Finding(code, message) for code, message in stream.notes]
        self.explanations: list[Explanation] = []

    def minutes(self) -> Minutes:
        blocks, vocabulary = self.blocks, self.vocabulary
        labels = find_labels(blocks, vocabulary)
        entries, after = find_contents(blocks, labels, vocabulary)
        starts = divide(blocks, labels, entries, after, vocabulary)
        first = starts[0].first if starts else len(blocks)
        head = read_head(
            blocks, first if not after else max(min(first, len(blocks)), 0), vocabulary
        )
        municipality, rule = municipality_of(blocks, vocabulary)
        self._explain("/municipality", rule)
        self._explain("/date", head.date_rule)
        spans = [
            (start.body, starts[place + 1].first if place + 1 < len(starts) else len(blocks))
            for place, start in enumerate(starts)
        ]
        style = document_style(blocks, labels, spans, head.date)
        divided = [divide_sections(blocks, *span, labels, style, vocabulary) for span in spans]
        self._head_from_decisions(head, divided)
        kind = self._kind(head, divided, style)
        roster = [member.name for member in head.members]
        items: list[Item] = []
        closed_group = False
        for place, (start, parts) in enumerate(zip(starts, divided, strict=True)):
            closed_group = self._group_before(
                start, spans[place - 1] if place else (0, start.first), closed_group
            )
            gap = _gap_after(starts, place)
            if gap:
                self._lost_page(parts, start)
            items.append(self._item(place, start, parts, head, kind, roster, closed_group))
        self._compare_contents(entries, starts, items)
        self._dates(head, items, divided)
        self._changed_elsewhere(items)
        if not starts:
            self._nothing_divided(after)
        return Minutes(
            municipality=municipality,
            committee=head.committee,
            term=head.term,
            kind=kind,
            date=head.date,
            start_time=head.start_time,
            place=head.place,
            members=head.members,
            contents=tuple(ContentsEntry(e.title, e.page, e.closed) for e in entries),
            items=tuple(items),
            findings=tuple(_in_order(self.findings, items)),
            source=self.source,
            explanations=tuple(self.explanations),
        )

    def _explain(self, path: str, rule: str) -> None:
        if rule:
            self.explanations.append(Explanation(path, rule))

    def _find(self, code: str, message: str, item: str | None = None) -> None:
        self.findings.append(Finding(code, message, item))

    def _head_from_decisions(self, head: Head, divided: Sequence[Sequence[Part]]) -> None:
        """Body and date of the meeting where only the decisions' headings say them."""
        headings = [
            part
            for parts in divided
            for part in parts
            if part.kind == "decision" and part.committee
        ]
        if head.date is None:
            dates = [part.date for part in headings if part.date]
            if dates:
                head.date = max(dates)
                self._explain("/date", "date.decision_heading")
        if head.committee is None:
            own = [part.committee for part in headings if part.date == head.date] or [
                p.committee for p in headings
            ]
            if own:
                head.committee = max(own, key=own.count)
                self._explain("/committee", "committee.decision_heading")

    # --- the document ----------------------------------------------------------------------

    def _kind(self, head: Head, divided: Sequence[Sequence[Part]], style: Style) -> Kind:
        """Minutes or agenda: what the head says, else whether the meeting itself decided."""
        if head.kind is not None and head.kind != "agenda":
            self._explain("/kind", "kind.head")
            return head.kind
        own = sum(
            any(
                _is_own(part, head) and part.text().strip()
                for part in parts
                if part.kind == "decision"
            )
            for parts in divided
        )
        if head.kind == "agenda" and own * 3 < max(len(divided), 1):
            self._explain("/kind", "kind.head")
            return "agenda"
        self._explain("/kind", "kind.decisions")
        return "minutes" if own or not divided else "agenda"

    def _group_before(self, start: Start, span: tuple[int, int], closed: bool) -> bool:
        """Whether items from here on stand under a heading such as »Lukkede punkter«."""
        for index in range(max(start.first - 2, span[0]), start.first):
            block = self.blocks[index]
            if block.kind in (TEXT, HEADING) and len(block.text) < 60:
                mark = self.vocabulary.groups.get(key(block.text))
                if mark is not None:
                    closed = mark
        return closed

    def _lost_page(self, parts: list[Part], start: Start) -> None:
        """Takes out what belongs to a lost page: sentences after an item's attachments."""
        for place, part in enumerate(parts):
            if part.kind != "attachments":
                continue
            cut = next(
                (i for i, block in enumerate(part.blocks) if _is_sentence(block)), len(part.blocks)
            )
            rest = parts[place + 1 :]
            if cut == len(part.blocks) and not any(
                p.kind in ("decision", "recommendation") for p in rest
            ):
                return
            lost = part.cut(cut)
            texts = [compose(lost)] if lost else []
            for following in rest:
                texts.append("\n\n".join(filter(None, (following.label, following.text()))))
            del parts[place + 1 :]
            text = "\n\n".join(filter(None, texts))
            if text:
                self._find(
                    "text_unplaced", f"Text of a lost page after item {start.number}: {text}"
                )
            return

    def _nothing_divided(self, after: int) -> None:
        text = compose(self.blocks[after:])
        if text:
            self._find("text_unplaced", f"No items were found. Text: {text}")

    # --- the items -------------------------------------------------------------------------

    def _item(
        self,
        place: int,
        start: Start,
        parts: Sequence[Part],
        head: Head,
        kind: Kind,
        roster: Sequence[str],
        closed_group: bool,
    ) -> Item:
        path = f"/items/{place}"
        vocabulary = self.vocabulary
        closed = start.closed or closed_group
        case = start.case_number
        recommendation = recommendation_of(parts, vocabulary)
        wish = " ".join(recommendation.points) if recommendation else ""
        decisions = self._decisions(path, parts, head, kind, wish, start)
        own = "\n\n".join(decision.text for decision in decisions if _own(decision, head))
        settled = decided_by(parts, vocabulary)
        if settled:
            self._explain(f"{path}/decided_by", settled[1])
        routing, unclear = routing_of(parts)
        if unclear:
            self._find("routing_unclear", unclear, start.number)
        tables = tables_of(parts, vocabulary)
        for table in tables:
            for message in wrong_totals(table, vocabulary):
                self._find("total_differs", message, start.number)
        self._explain(f"{path}/number", start.rule)
        last = (
            parts[-1].blocks[-1]
            if parts and parts[-1].blocks
            else self.blocks[max(start.body - 1, start.first)]
        )
        return Item(
            number=start.number,
            title=start.title,
            case_number=case.text if case else None,
            kle=case.kle if case else None,
            closed=closed,
            sections=tuple(part.section() for part in parts),
            recommendation=recommendation,
            decisions=tuple(decisions),
            votes=self._derived(
                f"{path}/votes", "votes.sentence", tuple(votes_of(own, roster, vocabulary))
            ),
            statements=self._derived(
                f"{path}/statements",
                "statements.sentence",
                tuple(statements_of(own, roster, vocabulary)),
            ),
            referred_to_council_by=self._derived(
                f"{path}/referred_to_council_by",
                "referral.sentence",
                tuple(referrals_of(own, roster, vocabulary)),
            ),
            absent=self._derived(
                f"{path}/absent",
                "absence",
                tuple(absent_of(_own_parts(parts, head), roster, vocabulary, start.number)),
            ),
            participants=self._derived(
                f"{path}/participants", "participants", tuple(participants_of(parts, vocabulary))
            ),
            decided_by=settled[0] if settled else None,
            routing=tuple(routing),
            related=tuple(related_of(parts, vocabulary)),
            next_steps=tuple(next_steps_of(parts, head.date)),
            attachments=tuple(_attachments(parts)),
            author=author(parts),
            tables=tuple(tables),
            place=Place(self.blocks[start.first].page, self.blocks[start.first].start, last.end),
        )

    def _derived(self, path: str, rule: str, value: tuple[_T, ...]) -> tuple[_T, ...]:
        if value:
            self._explain(path, rule)
        return value

    def _decisions(
        self, path: str, parts: Sequence[Part], head: Head, kind: Kind, wish: str, start: Start
    ) -> list[Decision]:
        found: list[Decision] = []
        for part in parts:
            if part.kind != "decision":
                continue
            decision = self._decision(f"{path}/decisions/{len(found)}", part, wish)
            if decision is None or (kind != "minutes" and _own(decision, head)):
                continue
            found.append(decision)
        if not found and kind == "minutes":
            unlabelled = self._unlabelled(parts, wish)
            if unlabelled is not None:
                self._explain(f"{path}/decisions/0/text", "decision.unlabelled")
                found.append(unlabelled)
        return found

    def _decision(self, path: str, part: Part, wish: str) -> Decision | None:
        text = part.text().strip()
        if not text:
            return None
        ruled = outcome_of(text, wish, self.vocabulary)
        if ruled is not None:
            self._explain(f"{path}/outcome", ruled.rule)
        section = part.section()
        return Decision(
            text, ruled.outcome if ruled else None, part.committee, part.date, section.place
        )

    def _unlabelled(self, parts: Sequence[Part], wish: str) -> Decision | None:
        """A decision that stands under no heading: a last line that is a standing phrase."""
        for part in reversed(parts):
            if part.kind in ("absence", "attachments"):
                continue
            if part.label or not part.blocks:
                return None
            block = next(
                (b for b in reversed(part.blocks) if b.kind in (TEXT, ITEM) and b.text), None
            )
            if block is None or len(block.text) > 160:
                return None
            ruled = outcome_of(block.text, wish, self.vocabulary)
            if (
                ruled is None
                or ruled.outcome in ("other", "informed")
                or len(sentences(block.text)[0]) > 60
            ):
                return None
            return Decision(block.text, ruled.outcome)
        return None

    # --- comparisons -----------------------------------------------------------------------

    def _compare_contents(
        self, entries: Sequence[Entry], starts: Sequence[Start], items: Sequence[Item]
    ) -> None:
        if not entries or not items:
            return
        pairs, missing, unlisted = _match_contents(entries, items)
        for entry_place, item_place in pairs:
            entry, item = entries[entry_place], items[item_place]
            if entry.title and item.title and _differs(entry.title, item.title):
                self._find(
                    "title_differs",
                    f'Contents: "{entry.title}"; body: "{item.title}".',
                    item.number,
                )
        for entry_place in missing:
            entry = entries[entry_place]
            number = entry.number or _implied_number(entry_place, pairs, items)
            self._find(
                "item_missing",
                f'Listed in the contents, not found in the body: "{entry.title or ""}".',
                number,
            )
        for item_place in unlisted:
            item = items[item_place]
            self._find(
                "item_unlisted",
                f'In the body, not in the contents: "{item.title or ""}".',
                item.number,
            )

    def _dates(self, head: Head, items: Sequence[Item], divided: Sequence[Sequence[Part]]) -> None:
        for other in head.dates:
            if other.startswith("weekday:"):
                self._find("date_differs", f'The weekday does not fit the date: "{other[8:]}".')
            elif other != head.date:
                self._find("date_differs", f"The head has two dates: {head.date} and {other}.")
        if head.date is None:
            return
        for item, parts in zip(items, divided, strict=True):
            for message in _other_dates(parts, head):
                self._find("date_differs", message, item.number)

    def _changed_elsewhere(self, items: Sequence[Item]) -> None:
        """An item that another item's decision postpones or takes off, and does not say so."""
        numbers = {item.number: item for item in items if item.number}
        for item in items:
            for decision in item.decisions:
                for match in _CHANGES.finditer(decision.text):
                    other = numbers.get(match["number"])
                    if other is None or other is item:
                        continue
                    says = {d.outcome for d in other.decisions}
                    if not says & {"postponed", "referred_back", "other"}:
                        self._find(
                            "changed_by_item",
                            f'Item {item.number} decides: "{match[0].strip()}"; item {other.number} does not say so.',
                            other.number,
                        )


_CHANGES: Final = re.compile(
    r"(?:Punkt|Pkt\.?|Sag|Sag nr\.)\s*(?P<number>\d{1,4})\s+(?:udgår|udsættes|udgik|blev udsat|er udsat|tages af)[^.\n]*"
)
_OTHER_DATE: Final = 45


def _in_order(findings: Sequence[Finding], items: Sequence[Item]) -> list[Finding]:
    """Findings by the item they speak of, those of the head first, those of no item last."""
    places: dict[str, float] = {}
    for place, item in enumerate(items):
        if item.number:
            places.setdefault(item.number, place)
    numbers = sorted((int(n), p) for n, p in places.items() if n.isdigit())

    def place_of(finding: Finding) -> float:
        if finding.item is None:
            return -1.0 if finding.code == "date_differs" else float(len(items) + 1)
        known = places.get(finding.item)
        if known is not None or not finding.item.isdigit():
            return known if known is not None else float(len(items))
        before = [p for n, p in numbers if n < int(finding.item)]
        return (max(before) if before else -1) + 0.5

    order = {"title_differs": 0, "date_differs": 1}
    return sorted(findings, key=lambda f: (place_of(f), order.get(f.code, 2)))


def _gap_after(starts: Sequence[Start], place: int) -> bool:
    """Whether numbers are missing between an item and the next."""
    if place + 1 >= len(starts):
        return False
    here, following = starts[place].number, starts[place + 1].number
    if not (here and following and here.isdigit() and following.isdigit()):
        return False
    return int(following) - int(here) > 1


def _is_sentence(block: Block) -> bool:
    text = plain(block.text).strip()
    return block.kind == TEXT and text.endswith(".") and len(text.split()) >= 5


def _is_own(part: Part, head: Head) -> bool:
    return _same_meeting(part.committee, part.date, head)


def _own(decision: Decision, head: Head) -> bool:
    return _same_meeting(decision.committee, decision.date, head)


def _same_meeting(committee: str | None, date: str | None, head: Head) -> bool:
    """Whether a decision's heading names this meeting, or nothing."""
    if date is not None and head.date is not None and date != head.date:
        return False
    return (
        committee is None
        or head.committee is None
        or same_body(committee, head.committee)
        or date == head.date
    )


def _own_parts(parts: Sequence[Part], head: Head) -> list[Part]:
    return [part for part in parts if part.kind != "decision" or _is_own(part, head)]


def _attachments(parts: Sequence[Part]) -> list[Attachment]:
    found: list[Attachment] = []
    for part in parts:
        if part.kind != "attachments":
            continue
        for block in part.blocks:
            for line in (
                [block.text]
                if not block.rows
                else [" ".join(filter(None, row)) for row in block.rows]
            ):
                title = plain(line).strip()
                address = None
                match = _LINK.match(title)
                if match:
                    title, address = match["text"].strip(), match["address"]
                if block.kind == ITEM and block.marker not in ("-", ""):
                    title = f"{block.marker} {title}"
                if title and key(title) not in _NO_ATTACHMENT:
                    found.append(Attachment(title, address))
    return found


@lru_cache(maxsize=4096)
def _words(title: str) -> str:
    return re.sub(r"[^a-zæøå0-9]+", " ", title.lower()).strip()


def _differs(listed: str, printed: str) -> bool:
    """Whether the contents' title is another: not only cut off, and not only punctuation."""
    one, other = _words(listed), _words(printed)
    if one == other or other.startswith(one):
        return False
    cut = len(one) >= 60 and other[: len(one) - 12] == one[: len(one) - 12]
    return not cut


def _similar(entry: Entry, item: Item) -> float:
    """How sure it is that a line of the contents and an item are the same."""
    if entry.number and item.number and entry.number != item.number:
        return 0.0
    one, other = _words(entry.title or ""), _words(item.title or "")
    if entry.number and entry.number == item.number:
        return 1.0
    if not one and not other:
        return 0.9
    if not one or not other:
        return 0.6 if entry.closed and item.closed else 0.0
    if one == other:
        return 1.0
    shorter, longer = sorted((one, other), key=len)
    if longer.startswith(shorter) and len(shorter) > 12:
        return 0.95
    common = _common(one, other)
    return common if common > 0.6 else 0.0


def _common(one: str, other: str) -> float:
    """The share of words that two titles have in common, misspellings of a letter included."""
    left, right = one.split(), other.split()
    known = set(right)
    odd = [word for word in left if word not in known]
    hits = len(left) - len(odd)
    longest = max(len(left), len(right))
    if hits * 3 < longest and longest > 1:
        return 0.0
    hits += sum(any(_near(word, candidate) for candidate in right) for word in odd)
    return hits / longest


def _near(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < 6 or abs(len(one) - len(other)) > 1:
        return False
    prefix = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    return (
        one[prefix + 1 :] == other[prefix:]
        or one[prefix:] == other[prefix + 1 :]
        or one[prefix + 1 :] == other[prefix + 1 :]
    )


def _match_contents(
    entries: Sequence[Entry], items: Sequence[Item]
) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Pairs of contents and items in order; the entries and the items that have none."""
    pairs: list[tuple[int, int]] = []
    position = 0
    taken: set[int] = set()
    for place, entry in enumerate(entries):
        for index in range(position, min(len(items), position + 12)):
            if index not in taken and _similar(entry, items[index]) > 0.6:
                pairs.append((place, index))
                taken.add(index)
                position = index + 1
                break
    matched = {place for place, _ in pairs}
    missing = [place for place in range(len(entries)) if place not in matched]
    unlisted = [index for index in range(len(items)) if index not in taken]
    # A line and an item that are left over at the same place between the same neighbours are one.
    for place in list(missing):
        before = max((i for p, i in pairs if p < place), default=-1)
        after = min((i for p, i in pairs if p > place), default=len(items))
        between = [index for index in unlisted if before < index < after]
        holes = [
            p
            for p in missing
            if max((q for q, _ in pairs if q < place), default=-1)
            < p
            < min((q for q, _ in pairs if q > place), default=len(entries))
        ]
        if len(between) == 1 and len(holes) == 1:
            pairs.append((place, between[0]))
            missing.remove(place)
            unlisted.remove(between[0])
    pairs.sort()
    return pairs, missing, unlisted


def _implied_number(
    place: int, pairs: Sequence[tuple[int, int]], items: Sequence[Item]
) -> str | None:
    """A missing item's number, where those around it leave exactly room for it."""
    before = max(((p, i) for p, i in pairs if p < place), default=None)
    after = min(((p, i) for p, i in pairs if p > place), default=None)
    if before is None or after is None:
        return None
    low, high = items[before[1]].number, items[after[1]].number
    if not (low and high and low.isdigit() and high.isdigit()):
        return None
    if int(high) - int(low) != after[0] - before[0]:
        return None
    return str(int(low) + place - before[0])


def _other_dates(parts: Sequence[Part], head: Head) -> list[str]:
    """Dates that say when this meeting is, and say otherwise than the head."""
    found: list[str] = []
    for part in parts:
        if part.kind == "procedure":
            for line in part.text().split("\n"):
                dates = find_dates(line)
                if len(dates) != 1 or len(line) > 120:
                    continue
                date = dates[0].date.isoformat()
                body = line[: dates[0].start].strip(" ,den")
                near = head.date is not None and date[:7] == head.date[:7]
                if date != head.date and near and same_body(body, head.committee):
                    found.append(f'{part.label}: "{line}"; the meeting is on {head.date}.')
        elif (
            part.kind == "decision"
            and part.date
            and part.date != head.date
            and same_body(part.committee, head.committee)
        ):
            if (
                head.date
                and part.date[:7] == head.date[:7]
                and sum(p.kind == "decision" for p in parts) == 1
            ):
                found.append(f'"{part.label}"; the meeting is on {head.date}.')
    return found
