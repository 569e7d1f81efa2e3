"""The addresses of the public pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from .pages import about, committee, front, municipality, seals, search, sources

app_name = "archive"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front.front, name="front"),
    path("", include("sagsgang.archive.open_addresses")),
    path("soeg/", search.search, name="search"),
    path("om/", about.about, name="about"),
    path("tilgaengelighed/", about.accessibility, name="accessibility"),
    path("was", about.official_statement),
    path("was/", about.official_statement, name="official-statement"),
    path("segl/", seals.seals, name="seals"),
    path("segl/rod.pem", seals.trial_root, name="trial root"),
    path("kilder/", sources.sources, name="sources"),
    # Names of municipalities come after all fixed words.
    path("<slug:municipality>/", municipality.municipality, name="municipality"),
    path("<slug:municipality>/<slug:body>/", committee.committee, name="committee"),
    path("", include("sagsgang.archive.document_addresses")),
]
