"""One item read: what its sections say, made into the values of the contract."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from ..blocks import ITEM, TEXT, Block
from ..model import Decision, Item, Kind, Place, Section, Table
from .absence import absent_of
from .attachments import attachments_of, printed_aside
from .decisions import outcome_of
from .dissent import referrals_of, statements_of
from .head import Head
from .item_heads import Start
from .participants import participants_of
from .recommendations import recommendation_of
from .references import decided_by, next_steps_of, related_of
from .report import Report
from .routing import routing_of
from .sections import Part, author
from .sentences import sentences
from .sums import wrong_totals
from .tables import tables_of
from .vocabulary import Vocabulary
from .votes import votes_of

_CLOSING: Final = frozenset({"absence", "attachments"})
_NO_DECISION: Final = frozenset({"other", "informed"})
_LONGEST_UNLABELLED: Final = 160
_LONGEST_PHRASE: Final = 60


class Meeting(NamedTuple):
    """What all items of a document have in common."""

    vocabulary: Vocabulary
    head: Head
    kind: Kind
    roster: Sequence[str]
    """The members' names as the head prints them."""


def read_item(
    place: int,
    start: Start,
    head: Sequence[Block],
    parts: Sequence[Part],
    meeting: Meeting,
    report: Report,
) -> Item:
    """The item with the blocks `head` above its body and the sections `parts` in it.

    `place` counts the document's items, and `start` is what its head says.
    """
    return _ItemReading(f"/items/{place}", start, head, parts, meeting, report).item()


class _ItemReading:
    """An item's sections, and where to report; `path` is the item's place in the contract."""

    def __init__(
        self,
        path: str,
        start: Start,
        head: Sequence[Block],
        parts: Sequence[Part],
        meeting: Meeting,
        report: Report,
    ) -> None:
        self.path = path
        self.start = start
        self.head = head
        self.parts = parts
        self.sections = tuple(part.section() for part in parts)
        self.meeting = meeting
        self.report = report
        self.vocabulary = meeting.vocabulary

    def item(self) -> Item:
        """The item's values; those that a rule inferred are explained."""
        start, parts, vocabulary = self.start, self.parts, self.vocabulary
        report, path, roster = self.report, self.path, self.meeting.roster
        report.explain(f"{path}/number", start.rule)
        recommendation = recommendation_of(parts, vocabulary)
        decisions = self._decisions(" ".join(recommendation.points) if recommendation else "")
        own = "\n\n".join(
            decision.text
            for decision in decisions
            if self.meeting.head.decides(decision.committee, decision.date)
        )
        settled = decided_by(parts, vocabulary)
        if settled:
            report.explain(f"{path}/decided_by", settled[1])
        routing, unclear = routing_of(parts)
        if unclear:
            report.find("routing_unclear", unclear, start.number)
        return Item(
            number=start.number,
            title=start.title,
            case_number=start.case_number.text if start.case_number else None,
            kle=start.case_number.kle if start.case_number else None,
            closed=start.closed,
            sections=self.sections,
            recommendation=recommendation,
            decisions=decisions,
            votes=report.explained(
                f"{path}/votes", "votes.sentence", votes_of(own, roster, vocabulary)
            ),
            statements=report.explained(
                f"{path}/statements", "statements.sentence", statements_of(own, roster, vocabulary)
            ),
            referred_to_council_by=report.explained(
                f"{path}/referred_to_council_by",
                "referral.sentence",
                referrals_of(own, roster, vocabulary),
            ),
            absent=report.explained(f"{path}/absent", "absence", self._absent()),
            participants=report.explained(
                f"{path}/participants", "participants", participants_of(parts, vocabulary)
            ),
            decided_by=settled[0] if settled else None,
            routing=tuple(routing),
            related=tuple(related_of(parts, vocabulary)),
            next_steps=tuple(next_steps_of(parts, self.meeting.head.date)),
            attachments=(
                *printed_aside(self.head[place - start.first] for place in start.aside),
                *attachments_of(parts, vocabulary),
            ),
            author=author(parts),
            tables=self._tables(),
            place=self._place(),
        )

    def _absent(self) -> list[str]:
        own = [
            part
            for part in self.parts
            if part.kind != "decision" or self.meeting.head.decides(part.committee, part.date)
        ]
        return absent_of(own, self.meeting.roster, self.vocabulary, self.start.number)

    def _tables(self) -> tuple[Table, ...]:
        tables = tables_of(self.parts, self.vocabulary)
        for table in tables:
            for message in wrong_totals(table, self.vocabulary):
                self.report.find("total_differs", message, self.start.number)
        return tuple(tables)

    def _place(self) -> Place:
        first, last = self.head[0], self.head[-1]
        if self.parts and self.parts[-1].blocks:
            last = self.parts[-1].blocks[-1]
        return Place(first.page, first.start, last.end)

    # --- decisions ---------------------------------------------------------------------------

    def _decisions(self, wish: str) -> tuple[Decision, ...]:
        """The decisions in printed order; an agenda has none of its own meeting."""
        agenda = self.meeting.kind != "minutes"
        found: list[Decision] = []
        for part, section in zip(self.parts, self.sections, strict=True):
            if part.kind != "decision":
                continue
            if agenda and self.meeting.head.decides(part.committee, part.date):
                continue
            decision = self._decision(len(found), part, section, wish)
            if decision is not None:
                found.append(decision)
        if not found and not agenda:
            unlabelled = self._unlabelled(wish)
            if unlabelled is not None:
                self.report.explain(f"{self.path}/decisions/0/text", "decision.unlabelled")
                found.append(unlabelled)
        return tuple(found)

    def _decision(self, place: int, part: Part, section: Section, wish: str) -> Decision | None:
        text = section.text.strip()
        if not text:
            return None
        ruled = outcome_of(text, wish, self.vocabulary)
        if ruled is not None:
            self.report.explain(f"{self.path}/decisions/{place}/outcome", ruled.rule)
        outcome = ruled.outcome if ruled else None
        return Decision(
            text, outcome, committee=part.committee, date=part.date, place=section.place
        )

    def _unlabelled(self, wish: str) -> Decision | None:
        """A decision that stands under no heading: a last line that is a standing phrase."""
        part = next((part for part in reversed(self.parts) if part.kind not in _CLOSING), None)
        if part is None or part.label:
            return None
        lines = (block for block in reversed(part.blocks) if block.kind in (TEXT, ITEM))
        block = next((block for block in lines if block.text), None)
        if block is None or len(block.text) > _LONGEST_UNLABELLED:
            return None
        ruled = outcome_of(block.text, wish, self.vocabulary)
        if ruled is None or ruled.outcome in _NO_DECISION:
            return None
        if len(next(iter(sentences(block.text)), "")) > _LONGEST_PHRASE:
            return None
        return Decision(block.text, ruled.outcome)
