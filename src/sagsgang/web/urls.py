"""The site's addresses.

What is public lies in `archive`; the fixed words stand before the municipalities, whose names come
first in every other address.
"""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("sagsgang.archive.urls")),
]
