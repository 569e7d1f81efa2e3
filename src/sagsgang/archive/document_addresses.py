"""The addresses of what is read: meetings, their items and documents, cases, people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.urls import URLPattern, URLResolver, path

from .models import Publication
from .pages import alike, case, comparison, downloads, enclosures, item, meeting, person, versions

_MEETING: Final = "<slug:municipality>/<slug:body>/<slug:meeting>/"


def _strand(words: str, strand: dict[str, Any]) -> Iterator[URLPattern]:
    """The addresses of the versions of a meeting's document, or of its supplement."""
    version = f"{_MEETING}{words}<int:version>/"
    yield path(version, versions.version, strand)
    for one in downloads.FORMATS:
        named = strand | {"form": one.name}
        yield path(f"{version}referat.{one.name}", downloads.version, named)


urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:municipality>/sag/<slug:case>/", case.case, name="case"),
    path("<slug:municipality>/person/<slug:person>/", person.person, name="person"),
    path(_MEETING, meeting.meeting, name="meeting"),
    *(
        path(f"{_MEETING}referat.{one.name}", downloads.current, {"form": one.name})
        for one in downloads.FORMATS
    ),
    path(f"{_MEETING}versioner/", versions.versions, name="versions"),
    *_strand("version/", {}),
    *_strand("tillaeg/", {"strand": Publication.SUPPLEMENT}),
    path(f"{_MEETING}sammenlign/<int:a>/<int:b>/", comparison.comparison, name="comparison"),
    path(
        f"{_MEETING}tillaeg/sammenlign/<int:a>/<int:b>/",
        comparison.comparison,
        {"strand": Publication.SUPPLEMENT},
    ),
    path(f"{_MEETING}<slug:item>/", item.item, name="item"),
    path(f"{_MEETING}<slug:item>/lignende/", alike.alike, name="alike"),
    path(f"{_MEETING}<slug:item>/bilag/<int:position>/", enclosures.enclosure, name="enclosure"),
]
