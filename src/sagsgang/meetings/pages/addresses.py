"""The addresses of the desk and of meetings in the working house."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from . import agenda, calendar, desk

urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.desk, name="desk"),
    path("moeder/", calendar.meetings, name="meetings"),
    path("moeder/saeson/", calendar.plan_season, name="season"),
    path("moeder/<int:meeting>/", agenda.agenda_page, name="meeting"),
    path("moeder/<int:meeting>/flyt/", calendar.move, name="move meeting"),
    path("moeder/<int:meeting>/offentliggoer/", agenda.publishing, name="publishing"),
    path("moeder/<int:meeting>/dagsorden.pdf", agenda.printed_agenda, name="printed agenda"),
]
