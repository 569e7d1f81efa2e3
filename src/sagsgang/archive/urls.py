"""The addresses of the public pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from .pages import front

app_name = "archive"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front.front, name="front"),
    path("api/", include("sagsgang.archive.api.urls")),
]
