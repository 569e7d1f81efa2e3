"""Feeds and calendars, at the address of the page that they follow."""

from __future__ import annotations

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from sagsgang.archive.opening import site_address
from sagsgang.archive.pages.pace import paced
from sagsgang.archive.subjects import NotFollowable, Subject, subject_at

from .atom import feed
from .calendars import calendar


@require_safe
def as_feed(request: HttpRequest, page: str) -> HttpResponse:
    """The Atom feed of what has its page there."""
    content, changed = feed(_subject(page), site_address(request))
    return _answer(content, "application/atom+xml; charset=utf-8", changed)


@require_safe
def as_calendar(request: HttpRequest, page: str) -> HttpResponse:
    """The calendar of what has its page there; with `?kommende` only what is coming."""
    coming = "kommende" in request.GET
    content, changed = calendar(_subject(page), site_address(request), only_coming=coming)
    return _answer(content, "text/calendar; charset=utf-8", changed)


@paced
def search_feed(request: HttpRequest) -> HttpResponse:
    """The Atom feed of a search, at the pace of searches."""
    return as_feed(request, f"soeg/?{request.GET.urlencode()}")


@paced
def search_calendar(request: HttpRequest) -> HttpResponse:
    """The calendar of a search, at the pace of searches."""
    return as_calendar(request, f"soeg/?{request.GET.urlencode()}")


def _subject(page: str) -> Subject:
    try:
        return subject_at(f"/{page}")
    except NotFollowable:
        raise Http404 from None


def _answer(
    content: str | bytes, media_type: str, changed: datetime.datetime | None
) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    if changed:
        response.headers["Last-Modified"] = http_date(changed.timestamp())
    return response
