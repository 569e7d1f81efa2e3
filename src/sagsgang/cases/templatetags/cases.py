"""Words of the pages of cases: what was done, how grave a remark is."""

from __future__ import annotations

import re
from typing import Final

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sagsgang.cases.pages.page import in_language
from sagsgang.minutes.words import Words

register = template.Library()

_NAMED: Final = re.compile(r"\((.+)\)\Z")

_DONE: Final[dict[str, Promise]] = {
    "case.create": _("Sagen er oprettet"),
    "presentation.save": _("Teksten er gemt"),
    "presentation.send": _("Sendt til godkendelse"),
    "presentation.approve": _("Godkendt"),
    "presentation.return": _("Sendt retur"),
    "presentation.accept": _("Bemærkning besvaret"),
    "treatment.withdraw": _("Trukket tilbage"),
    "attachment.add": _("Bilag lagt ved"),
    "attachment.replace": _("Bilag udskiftet"),
    "attachment.change": _("Bilag rettet"),
    "attachment.move": _("Bilag flyttet"),
    "attachment.remove": _("Bilag fjernet"),
    "picture.add": _("Billede lagt ind"),
    "hearing.send": _("Sendt i høring"),
    "hearing.answer": _("Høringssvar skrevet ind"),
    "hearing.end": _("Høring afsluttet"),
    "hearing.take_back": _("Høring trukket tilbage"),
    "hearing.tell": _("Besked sendt til dem, der var hørt"),
    "question.ask": _("Spørgsmål stillet"),
    "question.answer": _("Spørgsmål besvaret"),
    "agenda.publish": _("Dagsorden offentliggjort"),
    "agenda.take_in": _("Sag taget på dagsordenen"),
    "agenda.number_from": _("Dagsordenens første nummer valgt"),
    "agenda.take_off": _("Punkt taget af dagsordenen"),
    "meeting.accept": _("Bemærkning besvaret"),
    "meeting.open": _("Møde åbnet"),
    "meeting.close": _("Møde afsluttet"),
    "meeting.attendance": _("Fremmøde registreret"),
    "item.leave": _("Medlem deltog ikke i punktet"),
    "item.decide": _("Punkt besluttet"),
    "item.postpone": _("Punkt udsat"),
    "item.refer": _("Sag begæret indbragt for byrådet"),
    "item.correct": _("Rettelse tilføjet"),
    "item.dissent": _("Mindretalsudtalelse skrevet"),
    "dissent.approve": _("Mindretalsudtalelse godkendt af forfatteren"),
    "minutes.sign": _("Referat godkendt af medlem"),
    "minutes.refuse": _("Medlem godkendte ikke referatet"),
    "minutes.remind": _("Påmindelse sendt"),
    "minutes.final": _("Referatet er endeligt"),
    "minutes.keep": _("Referatet er gemt, som det bliver trykt"),
    "meeting.keep_outline": _("Mødets skabelon er gemt, som den var"),
    "minutes.ask_again": _("Referatet trykkes anderledes, og de, der har svaret, er spurgt igen"),
    "minutes.seal": _("Referatet er forseglet"),
    "minutes.publish": _("Referat offentliggjort"),
    "account.invite": _("Konto oprettet"),
    "account.accept": _("Invitation taget imod"),
    "account.password": _("Adgangskode skiftet"),
    "account.person": _("Konto knyttet til et medlem"),
    "account.open": _("Konto åbnet igen"),
    "account.close": _("Konto lukket"),
    "position.give": _("Rolle givet"),
    "position.end": _("Rolle sluttet"),
    "grant.agree": _("Rettighed godkendt"),
    "grant.refuse": _("Rettighed afvist eller trukket tilbage"),
    "membership.begin": _("Medlem skrevet ind"),
    "membership.days": _("Medlemskabs dage ændret"),
    "body.create": _("Udvalg oprettet"),
    "archive.write": _("Udvalg, personer og medlemmer læst i et dokument"),
    "log.begin": _("Skrevet ind i loggen, da den begyndte at følge det"),
    "rules.set": _("Husets regler ændret"),
    "link.make": _("Link lavet"),
    "link.use": _("Link brugt"),
    "recovery.ask": _("Bedt om, at en konto begynder forfra"),
    "recovery.confirm": _("Konto begyndt forfra"),
    "recovery.refuse": _("Afvist, at en konto begynder forfra"),
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
def named(actor: str) -> str:
    """The name alone of one whom the log names by account and name."""
    return match[1] if (match := _NAMED.search(actor)) else actor


@register.filter
def gravity(severity: str) -> Promise:
    """How grave a remark is, in words."""
    return _GRAVITY[severity]


@register.filter
def spoken(words: Words) -> str:
    """The words in the reader's language."""
    return in_language(words)
