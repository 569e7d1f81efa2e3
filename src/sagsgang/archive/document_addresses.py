"""The addresses of what is read: meetings, their items and documents, cases, people."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, URLResolver, path

from .pages import downloads, item, meeting

_MEETING: Final = "<slug:municipality>/<slug:body>/<slug:meeting>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(_MEETING, meeting.meeting, name="meeting"),
    *(
        path(f"{_MEETING}referat.{one.name}", downloads.current, {"form": one.name})
        for one in downloads.FORMATS
    ),
    path(f"{_MEETING}<slug:item>/", item.item, name="item"),
]
