"""The addresses of following by mail."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.follow, name="follow"),
    path("sendt/", views.sent),
    path("<slug:key>/", views.subscription),
    path("<slug:key>/bekraeft/", views.accept),
    path("<slug:key>/hvor-tit/", views.change),
    path("<slug:key>/afmeld/", views.end),
]
