"""The addresses of OParl. An object's address is its name, and stays the same for ever."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, URLResolver, path

from sagsgang.archive import strand_addresses  # noqa: F401  Strands in addresses are known.

from . import views

_MEETING: Final = "<slug:municipality>/<slug:body>/<slug:meeting>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.system, name="oparl"),
    path("bodies", views.body_list),
    path("body/<slug:municipality>", views.body),
    path("body/<slug:municipality>/legislative-terms", views.terms),
    path("body/<slug:municipality>/locations", views.locations),
    path("body/<slug:municipality>/<slug:name>", views.list_of),
    path("legislative-term/<slug:municipality>/<slug:term>", views.term),
    path("organization/<slug:municipality>/<slug:body>", views.organization),
    path("organization/<slug:municipality>/<slug:body>/meetings", views.meetings_of),
    path("person/<slug:municipality>/<slug:person>", views.person),
    path("membership/<slug:municipality>/<slug:body>/<slug:person>/<slug:term>", views.membership),
    path(f"meeting/{_MEETING}", views.meeting),
    path(f"agenda-item/{_MEETING}/<slug:item>", views.agenda_item),
    path("paper/<slug:municipality>/<slug:case>", views.paper),
    path(f"consultation/{_MEETING}/<slug:item>", views.consultation),
    path(f"file/{_MEETING}/<strand:strand>/<int:version>", views.document),
    path(f"attachment/{_MEETING}/<slug:item>/<int:position>", views.attachment),
]
