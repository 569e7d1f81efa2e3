"""The comparison of two versions of a meeting's document, for a person to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sagsgang.minutes import Item, Minutes
from sagsgang.minutes.differences import Change, ItemDifference, differences
from sagsgang.minutes.word_changes import Stretch, word_changes
from sagsgang.minutes.writers.prose import plain_lines

from ..models import Meeting, Publication
from ..strands import MAIN
from . import trail, wording
from .addresses import meeting_at, version_at
from .conditional import fresh
from .page import Link, Page, shown

_LONG: Final = 400
_CONTEXT: Final = 120

FIELDS: Final[Mapping[str, str | Promise]] = {
    "kind": lazy("Slags dokument"),
    "municipality": lazy("Kommune"),
    "committee": lazy("Udvalg"),
    "term": lazy("Valgperiode"),
    "date": lazy("Dato"),
    "start_time": lazy("Tidspunkt"),
    "place": lazy("Sted"),
    "members": lazy("Mødedeltagere"),
    "number": lazy("Nummer"),
    "title": lazy("Titel"),
    "case_number": lazy("Sagsnummer"),
    "closed": lazy("Åbent eller lukket"),
    "outcome": lazy("Udfald"),
    "votes": lazy("Stemmer"),
    "statements": lazy("Uenighed"),
    "referred_to_council_by": lazy("Begæret afgjort af byrådet"),
    "absent": lazy("Fraværende"),
    "decided_by": lazy("Afgøres af"),
    "attachments": lazy("Bilag"),
}
"""What the fields of a document are called."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A change under its name, its long unchanged passages cut."""

    name: str | Promise
    stretches: Sequence[Stretch]

    @property
    def of_form(self) -> bool:
        """Whether the words are the same: only emphasis or links were changed."""
        return all(stretch.kind == "same" for stretch in self.stretches)


@dataclass(frozen=True, slots=True)
class ChangedItem:
    """An item that came, went or was changed."""

    kind: str
    number: str
    title: str
    changes: Sequence[Changed]


class Told(NamedTuple):
    """All that is not the same in two documents; nothing where they say the same."""

    head: Sequence[Changed]
    items: Sequence[ChangedItem]


def told_of(before: Minutes, after: Minutes) -> Told:
    """What changed from one document to another, for a person to read."""
    found = differences(before, after)
    return Told(
        [_changed(change) for change in found.head],
        [_item(one, before, after) for one in found.items],
    )


@fresh
def comparison(
    request: HttpRequest,
    municipality: str,
    body: str,
    meeting: str,
    a: int,
    b: int,
    strand: str = MAIN,
) -> HttpResponse:
    """What is different in version `b` from version `a`."""
    row = meeting_at(municipality, body, meeting)
    old, new = version_at(row, a, strand), version_at(row, b, strand)
    return shown(
        request,
        "archive/comparison.html",
        _page(request, row, old, new),
        meeting=row,
        old=old,
        new=new,
        changes=told_of(old.minutes, new.minutes),
    )


def _item(difference: ItemDifference, before: Minutes, after: Minutes) -> ChangedItem:
    item = _of(difference, before, after)
    title = item.title or (_("Lukket punkt") if item.closed else _("Punkt uden titel"))
    changes = [_changed(change) for change in difference.changes]
    return ChangedItem(difference.kind, item.number or "", title, changes)


def _of(difference: ItemDifference, before: Minutes, after: Minutes) -> Item:
    if difference.new is not None:
        return after.items[difference.new]
    return before.items[difference.old or 0]


def _changed(change: Change) -> Changed:
    name = change.label if change.field == "sections" else FIELDS.get(change.field, change.field)
    stretches = word_changes(plain_lines(change.old), plain_lines(change.new))
    return Changed(name or _("Tekst uden overskrift"), _cut(stretches))


def _cut(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The stretches, with only the ends kept of what stayed and is long."""
    last = len(stretches) - 1
    return [
        Stretch("same", _ends(one.text, head=place > 0, tail=place < last))
        if one.kind == "same" and len(one.text) > _LONG
        else one
        for place, one in enumerate(stretches)
    ]


def _ends(text: str, *, head: bool, tail: bool) -> str:
    """The beginning and the end of a text; only what stands beside a change."""
    first = text[:_CONTEXT].rsplit(" ", 1)[0] if head else ""
    last = text[-_CONTEXT:].split(" ", 1)[-1] if tail else ""
    return f"{first} […] {last}"


def _page(request: HttpRequest, row: Meeting, old: Publication, new: Publication) -> Page:
    steps = [*trail.to_meeting(row), Link(_("Versioner"), f"{row.get_absolute_url()}versioner/")]
    named = {"old": wording.edition_name(old), "new": wording.edition_name(new)}
    crumb = _("Fra »%(old)s« til »%(new)s«") % named
    name = f"{row.body.name}, {wording.day_said(row.date)}"
    title = _("Hvad blev ændret? %(versions)s: %(name)s") % {"versions": crumb, "name": name}
    return Page(
        title=title,
        description=_("Forskellene mellem to versioner af dokumentet til mødet."),
        trail=steps,
        crumb=crumb,
        schema=trail.schema(request, steps, crumb, {"@type": "WebPageElement", "name": title}),
        indexed=False,
    )
