"""How fresh the archive is: each source with its last runs."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import F, Max, Q, Window
from django.db.models.functions import RowNumber

from sagsgang.archive.models import Run, Source

RUNS = 10
"""How many runs of each source are shown."""


@dataclass(slots=True)
class Freshness:
    """A source, when everything in it was last seen, and its last runs, the newest first."""

    source: Source
    runs: list[Run] = field(default_factory=list)

    @property
    def complete_at(self):
        """When the last run ended that saw everything; `None` if none did."""
        return self.source.complete_at

    @property
    def last(self) -> Run | None:
        """The newest run."""
        return self.runs[0] if self.runs else None

    @property
    def problems(self) -> list[str]:
        """What went wrong in the last run, where the source is open to everybody.

        A file that could not be read may be of a closed item, and its name may tell of it: of
        files the page has the number and no more.
        """
        return self.last.problems if self.last and self.address else []

    @property
    def address(self) -> str:
        """The site's address; a folder's place is nobody else's business."""
        key = self.source.key
        return key if key.startswith(("https://", "http://")) else ""


def freshness(runs: int = 1) -> list[Freshness]:
    """All sources, the freshest first, each with its last runs."""
    sources = (
        Source.objects.select_related("municipality")
        .annotate(complete_at=Max("runs__ended_at", filter=Q(runs__complete=True)))
        .order_by(F("complete_at").desc(nulls_last=True), "name")
    )
    found = {source.pk: Freshness(source) for source in sources}
    place = Window(RowNumber(), partition_by=F("source"), order_by=F("started_at").desc())
    for run in Run.objects.annotate(place=place).filter(place__lte=runs).order_by("-started_at"):
        found[run.source_id].runs.append(run)
    return list(found.values())
