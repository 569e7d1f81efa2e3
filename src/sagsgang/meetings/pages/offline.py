"""Reading without a connection: what a browser may keep of the working house, and its keeper.

Pages say themselves that they may be kept, and for how many seconds, by a header that the service
worker looks for. What is kept belongs to one account, and goes when that is signed out, when its
session is found to be over, when another is signed in, and when it is too old.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, TypeVar

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

Response = TypeVar("Response", bound=HttpResponseBase)

KEEP: Final = "X-Keep"
_FILE: Final = "sagsgang/service-worker.js"


def kept(response: Response) -> Response:
    """The response, which its reader's own browser may keep for when there is no connection."""
    if settings.OFFLINE_HOURS:
        response.headers[KEEP] = str(settings.OFFLINE_HOURS * 60 * 60)
    return response


def service_worker(_request: HttpRequest) -> HttpResponse:
    """The keeper; it stands here because it rules only over what is beside and below it.

    Raises:
        OSError: the program's own file cannot be read.
    """
    script = Path(finders.find(_FILE)).read_text("utf-8")
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")
