"""The addresses of the working house, all of which begin with `/arbejde/`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path

from . import errors
from .sign_in import members, people

urlpatterns: list[URLPattern | URLResolver] = [
    path("folk/", people.people, name="people"),
    path("folk/<int:pk>/", people.person, name="person"),
    path("folk/udvalg/<int:pk>/", members.members, name="members"),
    path("folk/plads/<int:pk>/", members.seat, name="seat"),
    path("konto/", include("sagsgang.web.sign_in.addresses")),
    path("", include("sagsgang.cases.pages.addresses")),
    path("", include("sagsgang.meetings.pages.addresses")),
    # Before the municipalities of the public site, which none of these is.
    re_path(r"^.*/$", errors.nowhere, name="nowhere"),
]
