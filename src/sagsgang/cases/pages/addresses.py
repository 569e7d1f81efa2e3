"""The addresses of cases in the working house."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from . import (
    attaching,
    auditing,
    case,
    deciding,
    hearing,
    lists,
    new,
    outlining,
    rules,
    subjects,
    versions,
    writing,
)

_CASE = "sager/<int:pk>/"
_TEXT = "fremstilling/<int:pk>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("sager/", lists.cases, name="cases"),
    path("sager/ny/", new.new_case, name="new-case"),
    path(_CASE, case.case, name="case"),
    path(f"{_CASE}log/", case.case_log, name="case-log"),
    path(f"{_CASE}hoering/", hearing.send_out, name="hearing"),
    path("hoering/<int:pk>/slut/", hearing.end, name="hearing-end"),
    path("hoering/<int:pk>/traek-tilbage/", hearing.take_back, name="hearing-take-back"),
    path("hoering/svar/<int:pk>/", hearing.answer, name="hearing-answer"),
    path("hoering/svar/<int:pk>/fil/", hearing.file, name="hearing-file"),
    path("kle/", subjects.subjects, name="kle"),
    path("regler/", rules.rules, name="house-rules"),
    path("skabelon/", outlining.outlines, name="outlines"),
    path("skabelon/<int:pk>/", outlining.outline_page, name="outline"),
    path("log/", auditing.log_page, name="log"),
    path("log/hent/", auditing.export, name="log-export"),
    path("log/eftersyn/", auditing.proof, name="log-proof"),
    path(_TEXT, writing.presentation, name="presentation"),
    path(f"{_TEXT}stand/", writing.standing_of, name="presentation-state"),
    path(f"{_TEXT}billede/", attaching.picture, name="picture-add"),
    path(f"{_TEXT}billede/<slug:sha256>/", attaching.picture_file, name="picture"),
    path(f"{_TEXT}hent-ind/", writing.take_in, name="presentation-import"),
    path(f"{_TEXT}udgaver/", versions.versions, name="presentation-versions"),
    path(f"{_TEXT}udgaver/<int:revision>/", versions.version, name="presentation-version"),
    path(f"{_TEXT}bemaerkning/", deciding.accept, name="presentation-accept"),
    path(f"{_TEXT}send/", deciding.send, name="presentation-send"),
    path(f"{_TEXT}svar/", deciding.answer, name="presentation-answer"),
    path(f"{_TEXT}traek-tilbage/", deciding.withdraw, name="presentation-withdraw"),
    path(f"{_TEXT}bilag/", attaching.add, name="attachment-add"),
    path("bilag/<int:pk>/", attaching.attachment, name="attachment"),
    path("bilag/<int:pk>/se/", attaching.preview, name="attachment-preview"),
    path("bilag/<int:pk>/se/<int:page>/", attaching.preview_page, name="attachment-page"),
    path("bilag/<int:pk>/ret/", attaching.change, name="attachment-change"),
    path("bilag/<int:pk>/flyt/", attaching.move, name="attachment-move"),
    path(
        f"{_TEXT}udgaver/<int:revision>/bilag/<slug:sha256>/",
        attaching.kept_file,
        name="attachment-kept",
    ),
]
