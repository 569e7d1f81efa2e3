"""Where a document comes from, what the reader found in it, and its versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sagsgang.minutes import Finding, finding_words
from sagsgang.minutes.differences import differences
from sagsgang.minutes.writers.prose import plain_text

from ..models import Meeting, Publication
from .wording import said


class Found(NamedTuple):
    """A finding in plain words, and what the document itself says of it."""

    item: str
    meaning: str
    quotes: Sequence[str]


def found_in(findings: Iterable[Finding]) -> list[Found]:
    """Findings in the page's language."""
    return [
        Found(
            finding.item or "",
            said(finding_words.meaning(finding.code)),
            [plain_text(quote) for quote in finding_words.quotes(finding)],
        )
        for finding in findings
    ]


def versions_of(meeting: Meeting) -> list[Publication]:
    """All versions of a meeting's documents, newest first, without the documents themselves."""
    versions = list(
        Publication.objects.filter(meeting=meeting).defer("packed", "links").order_by("-pk")
    )
    editions = Counter[tuple[str, str]]()
    for version in sorted(versions, key=lambda one: one.version):
        version.meeting = meeting
        editions[version.strand, version.kind] += 1
        version.edition = editions[version.strand, version.kind]
    return versions


def changes(correction: Mapping[str, Any], position: int) -> bool:
    """Whether a correction, as `correction_of` gives it, changed the item at a place."""
    publication: Publication = correction["correction"]
    before = Publication.objects.get(
        meeting=publication.meeting_id,
        strand=publication.strand,
        version=correction["corrected"],
    )
    found = differences(before.minutes, publication.minutes)
    return any(one.new == position for one in found.items)


def before(publication: Publication, versions: Iterable[Publication]) -> Publication | None:
    """The version before among `versions`; numbers may be left out."""
    earlier = [
        one
        for one in versions
        if one.strand == publication.strand and one.version < publication.version
    ]
    return max(earlier, key=lambda one: one.version, default=None)


def correction_of(
    publication: Publication | None, versions: Iterable[Publication]
) -> dict[str, Any]:
    """The current version as a `correction`, where it corrects an earlier one, `corrected`."""
    if publication is None:
        return {}
    corrected = before(publication, versions)
    # Minutes that come after the agenda correct nothing.
    if corrected is None or corrected.kind != publication.kind:
        return {}
    publication.meeting = corrected.meeting
    return {
        "correction": publication,
        "corrected": corrected.version,
        "comparison": publication.get_comparison_url(corrected.version),
    }
