"""The addresses of open data and of following: all that is not a page to read."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path

from . import sitemaps
from .feeds import views as feeds

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", include("sagsgang.archive.api.urls")),
    path("data/", include("sagsgang.archive.export.urls")),
    path("oparl/", include("sagsgang.archive.oparl.urls")),
    path("foelg/", include("sagsgang.archive.subscriptions.urls")),
    path("robots.txt", sitemaps.robots),
    path("sitemap.xml", sitemaps.index),
    path("sitemap-sider.xml", sitemaps.fixed),
    path("sitemap-<slug:name>-<int:number>.xml", sitemaps.part),
    path("soeg/feed.atom", feeds.search_feed),
    path("soeg/kalender.ics", feeds.search_calendar),
    re_path(r"^(?P<page>(?:[^?]{1,300}/)?)feed\.atom$", feeds.as_feed, name="feed"),
    re_path(r"^(?P<page>(?:[^?]{1,300}/)?)kalender\.ics$", feeds.as_calendar, name="calendar"),
]
