"""The site's addresses.

What is public lies in `archive`; the fixed words stand before the municipalities, whose names come
first in every other address.
"""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from . import errors, language

handler400 = errors.bad_request
handler403 = errors.not_allowed
handler404 = errors.not_found
handler500 = errors.broken
handler429 = errors.too_many
"""Asked for by django-allauth, where somebody tries too often."""

urlpatterns: list[URLPattern | URLResolver] = [
    path("sprog/", language.choose, name="language"),
    path("arbejde/", include("sagsgang.web.working_addresses")),
    path("", include("sagsgang.archive.urls")),
]
