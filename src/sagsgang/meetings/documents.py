"""What a meeting becomes on paper: its agenda and minutes as `Minutes`, and publishing them.

Two readings of one meeting: the whole one, for its members, and the public one, in which a closed
item has the title and decision that were set for it and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from django.utils import timezone

from sagsgang.archive import files, publishing
from sagsgang.archive.models import Publication, StoredFile
from sagsgang.archive.parts import OWN
from sagsgang.cases import attachments, outline
from sagsgang.cases.drafting import item_of
from sagsgang.cases.models import File, HouseRules
from sagsgang.cases.outline import Outline
from sagsgang.cases.refused import Refused
from sagsgang.cases.revisions import attached
from sagsgang.minutes import (
    Attachment,
    Attendance,
    Decision,
    Minutes,
    Section,
)
from sagsgang.minutes import Item as Printed
from sagsgang.minutes.words import Words
from sagsgang.minutes.writers import style
from sagsgang.minutes.writers.style import Style
from sagsgang.minutes.writers.styled import arranged, styled

from . import ballots
from .attendance import absent, printed_takings
from .models import Correction, Item, Meeting
from .numbering import last_number

DECISION = "Beslutning"
ABSENT = "Fraværende"
CORRECTION = "Rettelse"
_FILE: Final = "urn:sha256:"
"""Begins the address of a file that was handed in here and lies nowhere else."""

Reading = Literal["whole", "public"]


def agenda(meeting: Meeting, *, late: bool = False, reading: Reading = "public") -> Minutes:
    """The agenda, or the late items as a supplementary agenda; without what was withdrawn."""
    own = outline_of(meeting)
    items = meeting.items.filter(late=late, withdrawn=False).exclude(number=None)
    document = replace(
        _head(meeting),
        kind="supplementary_agenda" if late else "agenda",
        items=tuple(
            _item(item, reading, own, decided=False) for item in items.order_by("position")
        ),
    )
    return arranged(document, own.style)


def agenda_to_be(meeting: Meeting, *, reading: Reading = "public") -> Minutes:
    """The agenda as publishing would print it now: items without a number get the next ones."""
    own = outline_of(meeting)
    items = list(meeting.items.filter(withdrawn=False).order_by("position"))
    new = [item for item in items if item.number is None]
    for number, item in enumerate(new, last_number(meeting) + 1):
        item.number = number
    document = replace(
        _head(meeting),
        kind="agenda",
        items=tuple(_item(item, reading, own, decided=False) for item in items),
    )
    return arranged(document, own.style)


def style_of(meeting: Meeting) -> Style:
    """The style that the meeting's documents are printed in: the municipality's own."""
    return outline_of(meeting).style


def outline_of(meeting: Meeting) -> Outline:
    """The outline of the meeting's items, as it was when its agenda was published."""
    municipality = meeting.body.municipality
    if meeting.kept_outline is not None:
        return outline.of(meeting.kept_outline, municipality.name)
    return HouseRules.of(municipality).outline


def minutes(meeting: Meeting, *, reading: Reading = "public") -> Minutes:
    """The minutes of a meeting that goes on: what is not decided has no decision.

    When it is over they are kept (`kept_minutes`), and corrections are added to what is kept.
    """
    own = outline_of(meeting)
    document = replace(
        _head(meeting),
        kind="minutes",
        members=tuple(
            Attendance(one.person.name, one.party or None, there)
            for one, there in printed_takings(meeting)
        ),
        items=tuple(
            _item(item, reading, own, decided=True)
            for item in meeting.items.exclude(number=None).order_by("position")
        ),
    )
    return arranged(document, own.style)


def in_print(meeting: Meeting, document: Minutes) -> Minutes:
    """The document with all that the municipality's manner of printing adds to it."""
    return styled(document, style_of(meeting))


def corrected(minutes: Minutes, number: str, correction: Correction) -> Minutes:
    """The minutes with one more correction, after what is decided in the item with the number."""
    section = Section(CORRECTION, "other", _corrected(correction))
    items = (
        replace(one, sections=_after_decision(one.sections, section))
        if one.number == number
        else one
        for one in minutes.items
    )
    return replace(minutes, items=tuple(items))


def _after_decision(sections: Sequence[Section], section: Section) -> tuple[Section, ...]:
    """The sections, with one more after the decision, who was absent, and earlier corrections."""
    places = [
        at
        for at, one in enumerate(sections, 1)
        if one.kind in ("decision", "absence") or one.label == CORRECTION
    ]
    place = places[-1] if places else len(sections)
    return (*sections[:place], section, *sections[place:])


def publish(document: Minutes, reason: str = "") -> Publication:
    """Lets a public reading, as it is printed, out by the archive's door; gives what it is there.

    Raises:
        Refused: the archive holds it back.
    """
    outcome = publishing.publish(
        document,
        source_id=OWN,
        reason=reason,
        files=_handed_over(document),
    )
    if outcome.publication is None:
        raise Refused(Words(outcome.message, "The archive holds the document back."))
    return outcome.publication


def sha256_of(attachment: Attachment) -> str:
    """The hash of the attachment's file, which it is known by in this house."""
    return (attachment.address or "").removeprefix(_FILE)


def _handed_over(document: Minutes) -> dict[str, StoredFile]:
    """The files of a public reading, by address, in the public house's store."""
    found = {}
    for attachment in (each for item in document.items for each in item.attachments):
        address = attachment.address or ""
        kept = File.objects.get(sha256=sha256_of(attachment))
        files.keep(attachments.bytes_of(kept.sha256))
        fields = {"size": kept.size, "media_type": kept.media_type, "text": kept.text}
        found[address], _new = StoredFile.objects.get_or_create(sha256=kept.sha256, defaults=fields)
    return found


def pictures(document: Minutes) -> dict[str, bytes]:
    """The pictures of a reading, by their attachments' titles.

    Where two of one title are not the same, neither is told: their captions stand alone.
    """
    hashes: dict[str, set[str]] = {}
    for attachment in (each for item in document.items for each in item.attachments):
        hashes.setdefault(attachment.title, set()).add(sha256_of(attachment))
    alone = {next(iter(some)): title for title, some in hashes.items() if len(some) == 1}
    shown = File.objects.filter(sha256__in=alone, media_type__startswith="image/").order_by("pk")
    return {alone[file.sha256]: attachments.bytes_of(file.sha256) for file in shown}


def _head(meeting: Meeting) -> Minutes:
    return Minutes(
        municipality=meeting.body.municipality.name,
        committee=meeting.body.name,
        date=str(meeting.date),
        start_time=meeting.start_time,
        place=meeting.place or None,
    )


def _item(item: Item, reading: Reading, own: Outline, *, decided: bool) -> Printed:
    printed = _under_heading(item, reading, own, decided=decided)
    return replace(printed, heading=item.heading or None)


def _under_heading(item: Item, reading: Reading, own: Outline, *, decided: bool) -> Printed:
    if item.closed and reading == "public":
        return _closed(item, decided=decided)
    number = str(item.number)
    if item.presentation:
        printed = replace(
            item_of(
                item.presentation, number, own, revision=item.revision, whole=reading == "whole"
            ),
            attachments=tuple(
                Attachment(one.title, _FILE + one.sha256)
                for one in attached(item.presentation, item.revision)
                if reading == "whole" or not one.closed
            ),
        )
    else:
        printed = Printed(number, item.title)
    return _with_decision(printed, item) if decided else printed


def _closed(item: Item, *, decided: bool) -> Printed:
    """What was set to be published of a closed item: often nothing but that it is there."""
    printed = Printed(str(item.number), item.public_title or None, closed=True)
    if decided and item.decided_at and item.public_decision:
        text = item.public_decision
        printed = replace(
            printed,
            sections=(Section(DECISION, "decision", text),),
            decisions=(Decision(text),),
        )
    return printed


def _with_decision(printed: Printed, item: Item) -> Printed:
    away = tuple(absent(item))
    text = _decision_text(item)
    sections = list(printed.sections)
    if text:
        sections.append(Section(DECISION, "decision", text))
    if away:
        sections.append(Section(ABSENT, "absence", ", ".join(away)))
    return replace(
        printed,
        sections=tuple(sections),
        decisions=(Decision(text, item.outcome or None),) if text else (),
        votes=ballots.votes(item),
        statements=ballots.statements(item),
        referred_to_council_by=tuple(
            one.person.name for one in item.referrals.select_related("person")
        ),
        absent=away,
    )


def _corrected(one: Correction) -> str:
    """A correction as it is printed: what is added, when, by whom and why."""
    author = one.author.get_full_name() or "sekretariatet"
    day = f"{timezone.localdate(one.at):%d.%m.%Y}"
    return f"{one.text}\n\nTilføjet den {day} af {author}. Begrundelse: {one.reason}"


def _decision_text(item: Item) -> str:
    """The decision as it is printed, with votes, dissent and referrals in the same section."""
    if item.withdrawn:
        return f"Punktet udgik. {_moved(item)}".strip()
    if not item.decided_at:
        return ""
    manner = style_of(item.meeting)
    parts, vote = [item.decision], ballots.told(item, manner)
    parts = [*vote, *parts] if manner.text("votes.at") == "before" else [*parts, *vote]
    parts += _impartiality(item, manner)
    return "\n\n".join([*parts, *ballots.referrals_told(item, manner)])


def _moved(item: Item) -> str:
    return f"Sagen behandles i {item.moved_to.name}." if item.moved_to else ""


def _impartiality(item: Item, manner: Style) -> list[str]:
    """What the body found of members' impartiality; the ground only in manners that print it."""
    found = item.announced_conflicts.exclude(found=None).order_by("person__name", "pk")
    told = []
    for one in found.select_related("person", "substitute"):
        fields = {
            "body": item.meeting.body.name,
            "name": one.person.name,
            "ground": one.ground.rstrip("."),
            "substitute": one.substitute.name if one.substitute else None,
        }
        keys = ("conflict.found", "conflict.substitute") if one.found else ("conflict.not_found",)
        texts = [manner.text(key) for key in keys if one.substitute or key != "conflict.substitute"]
        told.append(style.parts(texts, fields))
    return [text for text in told if text]
