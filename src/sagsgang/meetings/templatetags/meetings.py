"""What a meeting and its items are, in a word and a shape that differ without colour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from sagsgang.cases.pages.page import in_language
from sagsgang.meetings.models import Item, Meeting
from sagsgang.minutes.word_changes import Stretch
from sagsgang.minutes.words import Words
from sagsgang.minutes.words import outcome as outcome_of

register = template.Library()

_STATES: Final[Mapping[str, tuple[str, str | Promise]]] = {
    Meeting.PLANNED: ("○", gettext_lazy("Planlagt")),
    Meeting.CALLED: ("◔", gettext_lazy("Dagsordenen er ude")),
    Meeting.OPEN: ("◑", gettext_lazy("I gang")),
    Meeting.CLOSED: ("◕", gettext_lazy("Venter på godkendelser")),
    Meeting.SIGNED: ("●", gettext_lazy("Godkendt")),
}
_ELEMENTS: Final = {"same": "{}", "deleted": "<del>{}</del>", "inserted": "<ins>{}</ins>"}


def _sign(shape: str, word: str | Promise, name: str) -> SafeString:
    return format_html(
        '<span class="sign sign--{}"><span aria-hidden="true">{}</span> {}</span>',
        name, shape, word,
    )  # fmt: skip


@register.simple_tag
def state(meeting: Meeting) -> SafeString:
    """How far the meeting is."""
    return _sign(*_STATES[meeting.state], meeting.state)


@register.simple_tag
def openness(item: Item) -> SafeString:
    """Whether the public may see the item."""
    if item.closed:
        return _sign("■", _("Lukket"), "closed")
    return _sign("□", _("Åbent"), "open")


@register.filter
def words(value: Words) -> str:
    """The words in the reader's language."""
    return in_language(value)


@register.simple_tag
def changes(stretches: Iterable[Stretch]) -> SafeString:
    """What was deleted from a text and inserted in it, marked as such."""
    return format_html_join(
        "", "{}", ((format_html(_ELEMENTS[one.kind], one.text),) for one in stretches)
    )


_SEVERITIES: Final[Mapping[str, str | Promise]] = {
    "error": gettext_lazy("Fejl:"),
    "warning": gettext_lazy("Se efter:"),
    "advice": gettext_lazy("Råd:"),
}


@register.simple_tag
def severity(value: str) -> str | Promise:
    """How grave a proofreader's remark is."""
    return _SEVERITIES[value]


@register.simple_tag
def sign(outcome: str) -> SafeString:
    """An outcome's word with its shape."""
    known = outcome_of(outcome)
    return _sign(known.shape, outcome_word(outcome), "outcome")


@register.simple_tag
def outcome_word(outcome: str) -> str:
    """What an outcome is called."""
    known = outcome_of(outcome)
    return known.english if get_language() == "en" else known.danish


VOTES: Final[Mapping[str, str | Promise]] = {
    "for": gettext_lazy("for"),
    "against": gettext_lazy("imod"),
    "abstain": gettext_lazy("undlod"),
}


@register.simple_tag
def vote_word(choice: str) -> str | Promise:
    """What a vote is called."""
    return VOTES[choice]
