"""The addresses of the desk and of meetings in the working house."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from . import (
    agenda,
    calendar,
    closing,
    desk,
    kept_minutes,
    live,
    offline,
    own_calendar,
    procedure,
    questions,
    reading,
    signing,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.desk, name="desk"),
    path("moeder/", calendar.meetings, name="meetings"),
    path("moeder/kalender/", own_calendar.new_link, name="calendar link"),
    path("kalender/<slug:key>.ics", own_calendar.own_calendar, name="own calendar"),
    path("udvalg/<int:body>/forretningsorden/", procedure.procedure, name="procedure"),
    path("moeder/saeson/", calendar.plan_season, name="season"),
    path("moeder/<int:meeting>/", agenda.agenda_page, name="meeting"),
    path("moeder/<int:meeting>/flyt/", calendar.move, name="move meeting"),
    path("moeder/<int:meeting>/offentliggoer/", agenda.publishing, name="publishing"),
    path("moeder/<int:meeting>/dagsorden.pdf", agenda.printed_agenda, name="printed agenda"),
    path("moeder/<int:meeting>/laes/", reading.reading, name="reading"),
    path("moeder/<int:meeting>/godkend/", signing.page, name="signing"),
    path("punkter/<int:item>/note/", reading.note, name="note"),
    path("punkter/<int:item>/spoerg/", reading.ask, name="ask"),
    path("punkter/<int:item>/habilitet/", reading.announce, name="announce conflict"),
    path("punkter/<int:item>/bilag/<slug:sha256>/", reading.attachment, name="item attachment"),
    path("punkter/<int:item>/indbring/", reading.refer, name="refer"),
    path("protokollater/<int:dissent>/", reading.approve_dissent, name="dissent"),
    path("spoergsmaal/<int:question>/", questions.question, name="question"),
    path("service-worker.js", offline.service_worker, name="service-worker"),
    path("moeder/<int:meeting>/referat/", closing.closing, name="closing"),
    path("moeder/<int:meeting>/referat.pdf", closing.printed_minutes, name="printed minutes"),
    path("moeder/<int:meeting>/referat/gemt/", kept_minutes.kept_minutes, name="kept minutes"),
    path(
        "moeder/<int:meeting>/referat/gemt/<int:corrections>/",
        kept_minutes.kept_change,
        name="kept change",
    ),
    path(
        "moeder/<int:meeting>/referat/gemt/<int:corrections>.pdf",
        kept_minutes.kept_on_paper,
        name="kept on paper",
    ),
    path(
        "moeder/<int:meeting>/referat/segl/<int:version>/",
        closing.sealed_minutes,
        name="sealed minutes",
    ),
    path("moeder/<int:meeting>/moede/", live.live, name="live"),
    path("moeder/<int:meeting>/moede/stand/", live.state, name="live state"),
    path("moeder/<int:meeting>/moede/<int:item>/", live.live_item, name="live item"),
    path("moeder/<int:meeting>/moede/<int:item>/gem/", live.keep, name="keep typed"),
]
