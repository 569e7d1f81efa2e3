"""The reader's language: Danish, until somebody chooses English by the switch.

A browser's own language is not asked: the minutes are Danish, most readers are, and one address
shows the same page to everybody who has chosen nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.i18n import set_language


class Language:
    """Middleware: each request is answered in the language of its cookie, otherwise in Danish."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with its language in the header."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.answer(request)
        patch_vary_headers(response, ["Cookie"])
        response.headers.setdefault("Content-Language", language)
        return response


# A forged request could change the language that a page is shown in and nothing else, so the
# switch needs no token, and pages stay the same for everybody.
choose = csrf_exempt(require_POST(set_language))
"""Sets the cookie of the language that the form names, and goes back to the page."""
