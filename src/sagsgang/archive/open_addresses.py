"""The addresses of open data and of following: all that is not a page to read."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", include("sagsgang.archive.api.urls")),
    path("data/", include("sagsgang.archive.export.urls")),
]
