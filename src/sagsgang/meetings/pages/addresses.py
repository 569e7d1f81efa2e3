"""The addresses of the desk and of meetings in the working house."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from . import desk

urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.desk, name="desk"),
]
