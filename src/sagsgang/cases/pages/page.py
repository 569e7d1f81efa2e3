"""What every page of the working house is made with.

A page is reached by people who are signed in (`web.sign_in.working_house` sees to it). A view asks
for the right with `rights.demand`, calls an action, and lets its refusals through: `Forbidden` and
`Refused` become pages of their own, or stand at the field where a form calls the action within
`refusals_in`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sagsgang.archive.pages.page import Link, Page, shown
from sagsgang.cases.refused import Refused
from sagsgang.minutes.words import Words

DESK: Final = "/arbejde/"
WRONG: Final = 422
"""The status of a form that is shown again with what is wrong."""


def work_page(
    request: HttpRequest,
    template: str,
    title: str,
    *,
    trail: tuple[Link, ...] = (),
    crumb: str = "",
    status: int = 200,
    **content: Any,
) -> HttpResponse:
    """A page of the working house; `trail` is what lies between the desk and the page."""
    way = () if request.path == DESK else (Link(_("Mit bord"), DESK), *trail)
    page = Page(title=title, trail=way, crumb=crumb, indexed=False)
    return shown(request, template, page, status, **content)


def in_language(words: Words) -> str:
    """The words in the reader's language."""
    return words.english if get_language() == "en" else words.danish


@contextmanager
def refusals_in(form: forms.BaseForm, field: str | None = None) -> Iterator[None]:
    """Puts a refusal at the form's field, or above the form; afterwards `form.is_valid()` is false.

    What was typed is kept, as the form is shown again with it.
    """
    try:
        yield
    except Refused as refused:
        form.add_error(field, in_language(refused.words))
