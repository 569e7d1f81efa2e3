"""The pages under `/foelg/`: to ask for mails, to confirm, to change one's mind, to end them.

An address with a key in it is as good as a password: such pages are kept nowhere and tell no other
site where the reader came from. Only a button changes anything, as programs that check mails open
the links in them; the one-click way out of RFC 8058 is such a button too.
"""

from __future__ import annotations

import logging
import time
from functools import wraps
from typing import Any, Final

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from sagsgang.archive.pages.pace import Pace, asker, too_many
from sagsgang.archive.pages.page import Link, Page, shown
from sagsgang.archive.subjects import NotFollowable, Subject, beside, subject_at

from . import mails
from .models import Subscription
from .signing_up import ask, confirm, with_key

_LOG: Final = logging.getLogger(__name__)
# A purse that is filled in an hour, as its clock goes a minute each hour.
_PACE: Final = Pace("subscriptions", lambda: time.monotonic() / 60)


class Wish(forms.Form):
    """What is asked for: an address, and how often."""

    email = forms.EmailField(
        max_length=254,
        error_messages={
            "required": gettext_lazy("Skriv din mailadresse."),
            "invalid": gettext_lazy("Skriv en hel mailadresse, for eksempel navn@eksempel.dk."),
            "max_length": gettext_lazy("Mailadressen er for lang."),
        },
    )
    pace = forms.ChoiceField(
        choices=[
            (Subscription.AT_ONCE, gettext_lazy("Med det samme")),
            (Subscription.DAILY, gettext_lazy("Højst én gang om dagen, om morgenen")),
        ],
        error_messages={
            "required": gettext_lazy("Vælg, hvor tit du vil have mail."),
            "invalid_choice": gettext_lazy("Vælg, hvor tit du vil have mail."),
        },
    )


def follow(request: HttpRequest) -> HttpResponse:
    """The form for following the page that `side` names; its answer when it is sent."""
    subject = _subject(request.POST.get("side") or request.GET.get("side") or "")
    if subject is None:
        page = Page(title=_("Følg med"), trail=_trail(), indexed=False)
        return shown(request, "subscriptions/what.html", page)
    if request.method != "POST":
        return _form(request, subject, Wish(initial={"pace": Subscription.DAILY}))
    return _asked(request, subject, Wish(request.POST))


def _asked(request: HttpRequest, subject: Subject, wish: Wish) -> HttpResponse:
    if not mails.can_be_sent():
        raise Http404
    if not wish.is_valid():
        return _form(request, subject, wish, status=422)
    if seconds := _PACE.wait(asker(request), settings.SUBSCRIPTIONS_PER_HOUR):
        return too_many(request, seconds * 60)
    given = wish.cleaned_data
    site = mails.address_in_mails(request)
    try:
        ask(given["email"], subject, given["pace"], request.LANGUAGE_CODE, site)
    except OSError:
        _LOG.exception("a mail to confirm a subscription could not be sent")
        wish.add_error(None, _("Mailen kunne ikke sendes lige nu. Prøv igen om lidt."))
        return _form(request, subject, wish, status=503)
    return HttpResponseRedirect("/foelg/sendt/")


def _form(request: HttpRequest, subject: Subject, wish: Wish, status: int = 200) -> HttpResponse:
    page = Page(
        title=_("Følg %(name)s") % {"name": subject.name},
        trail=[*_trail(), Link(subject.name, subject.address)],
        crumb=_("Følg"),
        indexed=False,
    )
    return shown(
        request,
        "subscriptions/follow.html",
        page,
        status,
        subject=subject,
        wish=wish,
        by_mail=mails.can_be_sent(),
        feed=beside(subject.address, "feed.atom"),
        calendar=beside(subject.address, "kalender.ics"),
        calendar_of_coming=beside(subject.address, "kalender.ics", kommende="1"),
    )


def _subject(address: str) -> Subject | None:
    try:
        return subject_at(address)
    except NotFollowable:
        return None


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The page after the form: look in your mail."""
    page = Page(title=_("Se i din indbakke"), trail=_trail(), indexed=False)
    return shown(request, "subscriptions/sent.html", page)


def keyed(view: Any) -> Any:
    """A view of the subscription whose key is in the address."""

    @never_cache
    @wraps(view)
    def answered(request: HttpRequest, key: str) -> HttpResponse:
        response: HttpResponse = view(request, with_key(key))
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    # The key is the proof that the owner of the address asks; a cookie would prove less.
    return csrf_exempt(answered)


@keyed
@require_safe
def subscription(request: HttpRequest, found: Subscription | None) -> HttpResponse:
    """What is followed, with buttons to confirm it, to be told more or less often, and to stop."""
    if found is None:
        return _ended(request)
    title = _("Du følger %(name)s") if found.confirmed_at else _("Vil du følge %(name)s?")
    return shown(
        request,
        "subscriptions/subscription.html",
        Page(title=title % {"name": found.name}, trail=_trail(), crumb=_("Følg"), indexed=False),
        subscription=found,
    )


@keyed
@require_POST
def accept(request: HttpRequest, found: Subscription | None) -> HttpResponse:
    """Lets the mails begin."""
    if found is None:
        return _ended(request)
    confirm(found)
    return HttpResponseRedirect(f"/foelg/{found.key}/")


@keyed
@require_POST
def change(request: HttpRequest, found: Subscription | None) -> HttpResponse:
    """Changes how often mails come."""
    if found is None:
        return _ended(request)
    if request.POST.get("pace") in (Subscription.AT_ONCE, Subscription.DAILY):
        found.pace = request.POST["pace"]
        found.save(update_fields=["pace"])
    return HttpResponseRedirect(f"/foelg/{found.key}/")


@keyed
def end(request: HttpRequest, found: Subscription | None) -> HttpResponse:
    """Ends a subscription, and forgets the address; a link alone only leads to the button."""
    if found and request.method != "POST":
        return HttpResponseRedirect(f"/foelg/{found.key}/")
    if found:
        found.delete()
    return _ended(request)


def _ended(request: HttpRequest) -> HttpResponse:
    page = Page(title=_("Du får ikke flere mails"), trail=_trail(), crumb=_("Følg"), indexed=False)
    return shown(request, "subscriptions/ended.html", page)


def _trail() -> list[Link]:
    return [Link(_("Forside"), "/")]
