"""The minutes that are put before those who answer for them, kept as they are printed.

They are made of the meeting once, as it ends; a correction is added to what is kept. From then on
that is what members sign, what is sealed and what is published: a template, a name or a program
that is changed later does not change what the minutes say.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone

from sagsgang.archive.canonical import canonical, canonical_json, hash_of
from sagsgang.cases import log
from sagsgang.minutes import Minutes

from . import documents, paper
from .documents import Reading
from .models import Correction, KeptMinutes, Meeting


def keep(meeting: Meeting, older: str = "") -> KeptMinutes:
    """Keeps the minutes of a meeting that ends, as they stand; they have no correction yet.

    `older` is what an older version of the program, that closed the meeting, knew them by.
    """
    return _row(
        KeptMinutes(
            meeting=meeting,
            corrections=0,
            older_sha256=older,
            kept_whole=paper.form_of(_printed(meeting, "whole")),
            kept_public=paper.form_of(_printed(meeting, "public")),
            kept_style=documents.style_of(meeting).kept(),
        )
    )


def corrected(before: KeptMinutes, correction: Correction, older: str = "") -> KeptMinutes:
    """Keeps the minutes with one more correction, which is all that is new in them."""
    item = correction.item

    def added(minutes: Minutes) -> Minutes:
        return documents.corrected(minutes, str(item.number), correction)

    return _row(
        KeptMinutes(
            meeting=before.meeting,
            corrections=before.corrections + 1,
            older_sha256=older,
            kept_whole=paper.form_of(added(before.whole)),
            kept_public=before.kept_public if item.closed else paper.form_of(added(before.public)),
            kept_style=before.kept_style,
        )
    )


def latest(meeting: Meeting) -> KeptMinutes:
    """The minutes of a meeting that is over, with all corrections."""
    return meeting.kept.last() or _from_before(meeting)


def reading_of(meeting: Meeting, reading: Reading = "public") -> Minutes:
    """The minutes as they are kept; as they would be printed now, where the meeting is not over."""
    if meeting.state in Meeting.OVER:
        kept = latest(meeting)
        return kept.whole if reading == "whole" else kept.public
    return documents.minutes(meeting, reading=reading)


def hash_of_public(kept: KeptMinutes) -> str:
    """What the publication of the minutes is known by, if they were published as they are kept."""
    return hash_of(canonical(kept.public))


def _from_before(meeting: Meeting) -> KeptMinutes:
    """Keeps the minutes that an older version of the program closed, and each correction of them.

    Those who wait for nothing but others' answers, and whose own is to minutes that were printed
    otherwise, are asked again.
    """
    with log.action(None, "minutes.keep", meeting):
        stored = Meeting.objects.select_for_update().get(pk=meeting.pk)
        kept = stored.kept.last()
        if kept:
            return kept
        whole = documents.minutes(stored, reading="whole")
        kept = keep(stored, hash_before(whole))
        corrections = Correction.objects.filter(item__meeting=stored).select_related("item")
        for correction in corrections.order_by("at", "pk"):
            whole = documents.corrected(whole, str(correction.item.number), correction)
            kept = corrected(kept, correction, hash_before(whole))
        if stored.state == Meeting.CLOSED:
            given = stored.signatures.filter(corrections=kept.corrections)
            given.exclude(sha256=kept.older_sha256).update(corrections=None)
    return kept


def hash_before(whole: Minutes) -> str:
    """What older versions took of the whole minutes: before they were put in print, with files.

    They did not tell of the agenda's headings.
    """
    whole = replace(whole, items=tuple(replace(item, heading=None) for item in whole.items))
    files = [each.address for item in whole.items for each in item.attachments]
    return hash_of("\n".join([canonical(whole), *map(str, files)]))


def _printed(meeting: Meeting, reading: Reading) -> Minutes:
    return documents.in_print(meeting, documents.minutes(meeting, reading=reading))


def _row(kept: KeptMinutes) -> KeptMinutes:
    kept.sha256 = hash_of(canonical_json({"whole": kept.kept_whole, "style": kept.kept_style}))
    kept.at = timezone.now()
    kept.save(force_insert=True)
    return kept
