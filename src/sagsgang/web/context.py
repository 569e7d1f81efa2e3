"""What every template is given."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's own address, and the permanent address of the page that is asked for."""
    address = settings.SITE_ADDRESS or _asked_for(request)
    return {
        "site_name": settings.SITE_NAME,
        "site_address": address,
        "here": address + request.path,
        "languages": settings.LANGUAGES,
        "operator": settings.OPERATOR,
        "contact": settings.CONTACT,
    }


def _asked_for(request: HttpRequest) -> str:
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:  # the page that says so needs an address too
        return ""
