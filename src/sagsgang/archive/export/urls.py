"""The addresses of what can be taken away."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from . import downloads

urlpatterns: list[URLPattern | URLResolver] = [
    path("", downloads.page, name="data"),
    path("referater.jsonl", downloads.as_jsonl),
    path("referater.jsonl.gz", downloads.as_gzip),
    path("referater.parquet", downloads.as_parquet),
    path("skema.json", downloads.schema),
    path("dcat.jsonld", downloads.description),
]
