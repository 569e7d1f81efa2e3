"""The addresses of the API and of the page that tells of it."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from .site import api, openapi, page

urlpatterns: list[URLPattern | URLResolver] = [
    path("", page, name="api"),
    path("openapi.json", openapi),
    path("", api.urls),
]
