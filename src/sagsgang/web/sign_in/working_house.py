"""What only the working house has: sessions, somebody signed in, and messages to them.

The public pages know nobody: there no session is looked up, no cookie set, and nothing varies by
who reads. Under `/arbejde/` every page demands that somebody is signed in, unless it says itself
that it does not; a page that forgets to ask is closed, not open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import user_logged_out
from django.contrib.auth.middleware import AuthenticationMiddleware, LoginRequiredMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from sagsgang.archive.pages.page import Page, shown
from sagsgang.cases.pages.page import in_language
from sagsgang.cases.refused import Refused
from sagsgang.cases.rights import Forbidden

ROOT: Final = "/arbejde/"
READER: Final = "X-Reader"
"""Tells the service worker whose the page is, so that it keeps nothing of anybody else's.

Where nobody is signed in, as when a session is over, that is `nobody`."""

Answer = Callable[[HttpRequest], HttpResponse]


def _sign_out(request: HttpRequest, **_: Any) -> None:
    """The browser is told to forget what it has kept, however it came to a sign-out."""
    request.signed_out = True


user_logged_out.connect(_sign_out, dispatch_uid="sagsgang-sign-out")


class SecondFactor:
    """Middleware: whoever came in with a password alone sets a second factor up first."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; its view can ask `request.confirmed_at()` when somebody last signed in."""
        request.confirmed_at = partial(_confirmed_at, request)
        return self.answer(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """The way to the page where it is set up, or nothing."""
        open_to_all = not getattr(view, "login_required", True)
        if open_to_all or request.path.startswith(reverse("account")) or not _lacks_one(request):
            return None
        return HttpResponseRedirect(reverse("mfa_activate_totp"))


def _confirmed_at(request: HttpRequest) -> dt.datetime | None:
    """When the one who is signed in last showed who they are, in this session."""
    records = get_authentication_records(request, request.user)
    return dt.datetime.fromtimestamp(records[-1]["at"], dt.UTC) if records else None


def _lacks_one(request: HttpRequest) -> bool:
    if not settings.SECOND_FACTOR or not request.user.is_authenticated:
        return False
    by_password = any(
        record.get("method") == "password"
        for record in get_authentication_records(request, request.user)
    )
    return by_password and not is_mfa_enabled(request.user)


class WorkingHouse:
    """Middleware: what is needed under `/arbejde/`, in order, and nothing of it elsewhere."""

    _KINDS: Final = (
        SessionMiddleware,
        AuthenticationMiddleware,
        MessageMiddleware,
        LoginRequiredMiddleware,
        SecondFactor,
    )

    def __init__(self, answer: Answer) -> None:
        self.answer = self.within = answer
        self.parts: list[Any] = []
        for kind in reversed(self._KINDS):
            self.within = kind(self.within)
            self.parts.insert(0, self.within)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; what comes from the working house is kept by nobody on the way."""
        if not request.path.startswith(ROOT):
            return self.answer(request)
        response = self.within(request)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers[READER] = str(request.user.pk or "nobody")
        if getattr(request, "signed_out", False):
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        if request.htmx and _leads_to_sign_in(response):
            return HttpResponseClientRedirect(response.headers["Location"])
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """What the first of the parts answers that does not let the request in, or nothing."""
        if not request.path.startswith(ROOT):
            return None
        for part in self.parts:
            asked = getattr(part, "process_view", None)
            response = asked(request, view, args, kwargs) if asked else None
            if response is not None:
                return response
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page that tells why, for what somebody may not do or what cannot be done now."""
        if not request.path.startswith(ROOT):
            return None
        if isinstance(exception, Forbidden):
            return _told(request, exception, 403)
        if isinstance(exception, Refused):
            return _told(request, exception, 409)
        return None


def _leads_to_sign_in(response: HttpResponse) -> bool:
    return response.headers.get("Location", "").startswith(reverse("account_login"))


def _told(request: HttpRequest, exception: Forbidden | Refused, status: int) -> HttpResponse:
    title = _("Det har du ikke adgang til") if status == 403 else _("Det kan ikke lade sig gøre")
    page = Page(title=title, indexed=False)
    return shown(request, "work/refused.html", page, status, told=in_language(exception.words))
