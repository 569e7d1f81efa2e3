"""What every template is given."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's own address, and the permanent address of the page that is asked for."""
    address = settings.SITE_ADDRESS or f"{request.scheme}://{request.get_host()}"
    return {
        "site_name": settings.SITE_NAME,
        "site_address": address,
        "here": address + request.path,
        "languages": settings.LANGUAGES,
    }
