"""The minutes as they are kept: what members read and sign, and what was put before them when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from sagsgang.archive.models import Publication
from sagsgang.archive.pages.comparison import told_of
from sagsgang.archive.pages.page import Link
from sagsgang.archive.pages.reading import Part, parts_of
from sagsgang.archive.pages.wording import kind_word
from sagsgang.cases.models import File
from sagsgang.cases.pages.page import work_page
from sagsgang.cases.rights import demand, may
from sagsgang.meetings import documents
from sagsgang.meetings.documents import sha256_of
from sagsgang.meetings.insight import Insight
from sagsgang.meetings.kept_minutes import hash_of_public, latest
from sagsgang.meetings.models import Item, KeptMinutes, Meeting, Seal, Signature
from sagsgang.minutes import Item as Printed
from sagsgang.minutes.writers.pdf import to_pdf

from .agenda import as_pdf, published
from .meeting import name_of

_LOOK_UP: Final = "minutes.look_up"
_OUTCOMES: Final = ("decision", "absence")
"""The kinds of sections that tell what came of an item."""


@dataclass(frozen=True, slots=True)
class Point:
    """An item of the minutes, as far as its reader may see it."""

    anchor: str
    number: str
    title: str
    closed: bool
    covered: bool
    conflict: bool = False
    outcome: str = ""
    decided: Sequence[Part] = ()
    """What came of it, as it is printed."""
    before: Sequence[Part] = ()
    """What was put before the body."""


def points(seen: Insight, kept: KeptMinutes) -> list[Point]:
    """The items of the minutes that are kept, in their order, as far as somebody sees them."""
    whole, public = kept.whole.items, kept.public.items
    pictures = _pictures(whole)
    own = kept.meeting.items.exclude(number=None).select_related("presentation__treatment")
    rows = {str(item.number): item for item in own}
    return [
        _point(seen, rows[inside.number or ""], inside, outside, pictures)
        for inside, outside in zip(whole, public, strict=True)
    ]


def _point(
    seen: Insight, item: Item, inside: Printed, outside: Printed, pictures: frozenset[str]
) -> Point:
    number = str(item.number)
    anchor = f"punkt-{number}"
    if not seen.covers(item):
        title = outside.title or _("Lukket punkt")
        return Point(anchor, number, title, True, False, seen.in_conflict(item))
    shown = inside if seen.covers_closed_parts(item) else outside
    figures = {
        one.title: reverse("item attachment", args=[item.pk, sha256_of(one)])
        for one in shown.attachments
        if sha256_of(one) in pictures
    }
    parts = parts_of(shown, f"p{number}-", figures)
    return Point(
        anchor,
        number,
        shown.title or "",
        item.closed,
        True,
        outcome=next((one.outcome for one in shown.decisions if one.outcome), ""),
        decided=[one for one in parts if _tells(one)],
        before=[one for one in parts if not _tells(one)],
    )


def _tells(part: Part) -> bool:
    """Whether a section tells what came of the item."""
    corrects = part.heading is not None and part.heading.text == documents.CORRECTION
    return part.kind in _OUTCOMES or corrects


def _pictures(items: Iterable[Printed]) -> frozenset[str]:
    """The hashes of those attachments that are pictures."""
    named = [sha256_of(one) for item in items for one in item.attachments]
    shown = File.objects.filter(sha256__in=named, media_type__startswith="image/")
    return frozenset(shown.values_list("sha256", flat=True))


class Edition(NamedTuple):
    """The minutes as they were put before members, and what was answered for them."""

    kept: KeptMinutes
    name: str
    answers: Sequence[Signature]
    seal: int | None
    published: Publication | None
    """What says the same in the public house, if it is there."""


@require_safe
def kept_minutes(request: HttpRequest, meeting: int) -> HttpResponse:
    """The editions of the minutes, the latest first, for who prepares the meeting or audits it."""
    found = _meeting(request, meeting)
    editions = _editions(found) if found.closed_at else []
    runs = may(request.user, "meeting.run", found.body)
    way = Link(name_of(found), reverse("closing", args=[found.pk])) if runs else None
    return work_page(
        request,
        "meetings/kept_minutes.html",
        _("Referatet, som det er gemt"),
        trail=(way or Link(_("Log"), reverse("log")),),
        meeting=found,
        editions=editions,
        unkept=found.signatures.filter(corrections=None).select_related("person").order_by("at"),
    )


@require_safe
def kept_change(request: HttpRequest, meeting: int, corrections: int) -> HttpResponse:
    """What is not the same in an edition and in the one before it."""
    found = _meeting(request, meeting)
    kept = get_object_or_404(found.kept, corrections=corrections)
    before = get_object_or_404(found.kept, corrections=corrections - 1)
    return work_page(
        request,
        "meetings/kept_change.html",
        _("Hvad er ændret i referatet?"),
        trail=(Link(_("Referatet, som det er gemt"), reverse("kept minutes", args=[found.pk])),),
        meeting=found,
        old=name_of_edition(before),
        new=name_of_edition(kept),
        changes=told_of(before.whole, kept.whole),
    )


@require_safe
def kept_on_paper(request: HttpRequest, meeting: int, corrections: int) -> HttpResponse:
    """An edition of the whole minutes as it is printed, with what is closed."""
    found = _meeting(request, meeting)
    kept = get_object_or_404(found.kept, corrections=corrections)
    return as_pdf(on_paper(kept), "referat")


def on_paper(kept: KeptMinutes) -> bytes:
    """The whole minutes as they are printed."""
    whole = kept.whole
    return to_pdf(whole, kept.style, documents.pictures(whole), as_it_stands=True)


def name_of_edition(kept: KeptMinutes) -> str:
    """`Referat`, and `Referat med 1 rettelse`."""
    if not kept.corrections:
        return kind_word("minutes")
    told = ngettext("Referat med %(n)s rettelse", "Referat med %(n)s rettelser", kept.corrections)
    return told % {"n": kept.corrections}


def names_of_seals(meeting: Meeting) -> list[tuple[Seal, str]]:
    """The seals of the minutes, each with the name of what is sealed, where that is kept."""
    rows = meeting.kept.defer("kept_whole", "kept_public", "kept_style")
    names = {sha256: name_of_edition(one) for one in rows for sha256 in one.hashes}
    return [(one, names.get(one.sha256, "")) for one in meeting.seals.order_by("version")]


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    found = get_object_or_404(Meeting.objects.select_related("body__municipality"), pk=pk)
    demand(request.user, _LOOK_UP, found.body)
    return found


def _editions(meeting: Meeting) -> list[Edition]:
    latest(meeting)
    rows = list(meeting.kept.order_by("corrections"))
    out = {one.sha256: one for one in published(meeting)}
    answers = list(meeting.signatures.select_related("person").order_by("at", "pk"))
    seals = dict(meeting.seals.order_by("-version").values_list("sha256", "version"))
    return [_edition(kept, answers, seals, out) for kept in reversed(rows)]


def _edition(
    kept: KeptMinutes,
    answers: Iterable[Signature],
    seals: Mapping[str, int],
    out: Mapping[str, Publication],
) -> Edition:
    return Edition(
        kept,
        name_of_edition(kept),
        [one for one in answers if one.corrections == kept.corrections],
        next((seals[one] for one in kept.hashes if one in seals), None),
        out.get(hash_of_public(kept)),
    )
