"""The addresses of the working house, all of which begin with `/arbejde/`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("konto/", include("sagsgang.web.sign_in.addresses")),
    path("", include("sagsgang.cases.pages.addresses")),
    path("", include("sagsgang.meetings.pages.addresses")),
]
