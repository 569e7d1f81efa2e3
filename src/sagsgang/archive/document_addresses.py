"""The addresses of what is read: meetings, their items and documents, cases, people."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, URLResolver, path

from . import strand_addresses  # noqa: F401  Strands in addresses are known from here on.
from .pages import alike, case, comparison, downloads, enclosures, item, meeting, person, versions

_MEETING: Final = "<slug:municipality>/<slug:body>/<slug:meeting>/"
_VERSION: Final = f"{_MEETING}<strand:strand>/<int:version>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:municipality>/sag/<slug:case>/", case.case, name="case"),
    path("<slug:municipality>/person/<slug:person>/", person.person, name="person"),
    path(_MEETING, meeting.meeting, name="meeting"),
    *(
        path(f"{_MEETING}referat.{one.name}", downloads.current, {"form": one.name})
        for one in downloads.FORMATS
    ),
    path(f"{_MEETING}versioner/", versions.versions, name="versions"),
    path(_VERSION, versions.version, name="version"),
    *(
        path(f"{_VERSION}referat.{one.name}", downloads.version, {"form": one.name})
        for one in downloads.FORMATS
    ),
    path(f"{_VERSION}forseglet.pdf", downloads.sealed_file, {"seal": True}, name="sealed"),
    path(f"{_VERSION}uforseglet.pdf", downloads.sealed_file, {"seal": False}, name="unsealed"),
    path(f"{_MEETING}sammenlign/<int:a>/<int:b>/", comparison.comparison, name="comparison"),
    path(f"{_MEETING}<supplement:strand>/sammenlign/<int:a>/<int:b>/", comparison.comparison),
    path(f"{_MEETING}<slug:item>/", item.item, name="item"),
    path(f"{_MEETING}<slug:item>/lignende/", alike.alike, name="alike"),
    path(f"{_MEETING}<slug:item>/bilag/<int:position>/", enclosures.enclosure, name="enclosure"),
]
