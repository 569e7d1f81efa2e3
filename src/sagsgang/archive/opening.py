"""How open data is answered: to every site's scripts, and again only where it has changed."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.http import ConditionalGetMiddleware

_OPEN: Final = re.compile(
    r"/(?:api|oparl|data)/|.*/(?:feed\.atom|kalender\.ics|referat\.(?:json|md|html|pdf|docx|akn))\Z"
)
_OPENED: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_TO_ASK: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, OPTIONS",
}


class OpenData(ConditionalGetMiddleware):
    """Middleware: what is open data may be read from any site, and has an entity tag."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        """The answer to a browser that asks whether a script may read the address."""
        if not _OPEN.match(request.path):
            return None
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=_OPENED | _TO_ASK)
        if request.method == "HEAD":
            # What a HEAD request gets to know is what GET would have answered.
            request.method, request.only_head = "GET", True  # type: ignore[attr-defined]
        return None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The answer with what opens it, or 304 where the reader has it already."""
        if not _OPEN.match(request.path):
            return response
        if response.status_code == HTTPStatus.OK:
            response = super().process_response(request, response)
        for name, value in _OPENED.items():
            response.headers.setdefault(name, value)
        if getattr(request, "only_head", False):
            _emptied(response)
        return response


def _emptied(response: HttpResponse) -> None:
    if response.streaming:
        response.streaming_content = ()
    else:
        response.headers["Content-Length"] = str(len(response.content))
        response.content = b""


def site_address(request: HttpRequest | None = None) -> str:
    """The address that the site names itself by, without a slash at the end.

    It is that of the settings, otherwise that of the request; `""` where there is neither.
    """
    if settings.SITE_ADDRESS or request is None:
        return str(settings.SITE_ADDRESS)
    return f"{request.scheme}://{request.get_host()}"
