"""Reading without a connection: what a browser may keep of the working house, and its keeper.

Pages say themselves that they may be kept, by a header that the service worker looks for. What is
kept belongs to one account, and goes when it is signed out, or another is signed in.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse

KEEP: Final = "X-Keep"
_FILE: Final = "sagsgang/service-worker.js"


def kept(response: HttpResponse) -> HttpResponse:
    """The response, which its reader's own browser may keep for when there is no connection."""
    response.headers[KEEP] = "1"
    return response


def service_worker(_request: HttpRequest) -> HttpResponse:
    """The keeper; it stands here because it rules only over what is beside and below it.

    Raises:
        OSError: the program's own file cannot be read.
    """
    script = Path(finders.find(_FILE)).read_text("utf-8")
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")
