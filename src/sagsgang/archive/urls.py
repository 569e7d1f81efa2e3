"""The addresses of the public pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from .pages import committee, front, municipality, sources

app_name = "archive"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front.front, name="front"),
    path("", include("sagsgang.archive.open_addresses")),
    path("kilder/", sources.sources, name="sources"),
    # Names of municipalities come after all fixed words.
    path("<slug:municipality>/", municipality.municipality, name="municipality"),
    path("<slug:municipality>/<slug:body>/", committee.committee, name="committee"),
]
