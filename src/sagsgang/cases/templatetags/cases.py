"""Words of the pages of cases: what was done, how grave a remark is."""

from __future__ import annotations

from typing import Final

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sagsgang.cases.pages.page import in_language
from sagsgang.minutes.words import Words

register = template.Library()

_DONE: Final[dict[str, Promise]] = {
    "case.create": _("Sagen er oprettet"),
    "presentation.save": _("Teksten er gemt"),
    "presentation.send": _("Sendt til godkendelse"),
    "presentation.approve": _("Godkendt"),
    "presentation.return": _("Sendt retur"),
    "presentation.accept": _("Svaret på en bemærkning"),
    "treatment.withdraw": _("Trukket tilbage"),
    "attachment.add": _("Bilag lagt ved"),
    "attachment.replace": _("Bilag skiftet ud"),
    "attachment.change": _("Bilag rettet"),
    "attachment.move": _("Bilag flyttet"),
    "attachment.remove": _("Bilag taget ud"),
}
_GRAVITY: Final[dict[str, Promise]] = {
    "error": _("Fejl"),
    "warning": _("Se på det"),
    "advice": _("Råd"),
}


@register.filter
def done(action: str) -> str | Promise:
    """What an action of the log is called."""
    return _DONE.get(action, action)


@register.filter
def gravity(severity: str) -> Promise:
    """How grave a remark is, in words."""
    return _GRAVITY[severity]


@register.filter
def spoken(words: Words) -> str:
    """The words in the reader's language."""
    return in_language(words)
