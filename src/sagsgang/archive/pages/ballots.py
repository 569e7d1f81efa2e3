"""How they voted: a chart of squares drawn on the server, and the table behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sagsgang.minutes import Vote

from ..models import Ballot
from .people import Name, name_of

_CHOICES: Final = ("for", "against", "abstain")
_PER_LINE: Final = 10
_STEP: Final = 20
_SIDE: Final = 15
_LEFT: Final = 88
_WIDTH: Final = 330
_GAP: Final = 12


class Choice(NamedTuple):
    """Those who made the same choice."""

    name: str
    """`for`, `against` or `abstain`."""
    word: str
    voters: Sequence[Name]


class Poll(NamedTuple):
    """An item's vote as a page shows it."""

    title: str
    choices: Sequence[Choice]
    chart: SafeString
    of_parties: bool
    """Whether names are those of parties, so that they cannot be counted as votes."""


def poll_of(votes: Sequence[Vote], ballots: Sequence[Ballot]) -> Poll | None:
    """The vote of an item: as its document has it, with the people that the rows know."""
    known = {ballot.name: ballot for ballot in ballots}
    names: Mapping[str, list[Name]] = {choice: [] for choice in _CHOICES}
    for vote in votes:
        names[vote.choice].extend(name_of(voter, known.get(voter)) for voter in vote.voters)
    told = {vote.choice for vote in votes}
    choices = [Choice(one, _words()[one], names[one]) for one in _CHOICES if one in told]
    if not choices:
        return None
    title = _told(choices)
    of_parties = any(not name.address for choice in choices for name in choice.voters)
    return Poll(title, choices, _chart(choices, title), of_parties)


def _words() -> dict[str, str]:
    return {"for": _("For"), "against": _("Imod"), "abstain": _("Undlod")}


def _told(choices: Sequence[Choice]) -> str:
    """`5 for, 2 imod`; a choice whose voters are not named is told without a number."""
    return ", ".join(_counted(choice.name, len(choice.voters)) for choice in choices)


def _counted(name: str, count: int) -> str:
    if not count:
        return {"for": _("nogle for"), "against": _("nogle imod"), "abstain": _("nogle undlod")}[
            name
        ]
    told = {
        "for": ngettext("%(count)s for", "%(count)s for", count),
        "against": ngettext("%(count)s imod", "%(count)s imod", count),
        "abstain": ngettext("%(count)s undlod at stemme", "%(count)s undlod at stemme", count),
    }
    return told[name] % {"count": count}


def _chart(choices: Sequence[Choice], title: str) -> SafeString:
    """One square for each name, a line for each choice, the number where the squares end."""
    parts: list[SafeString] = []
    top = 0
    for choice in choices:
        parts.append(_line(choice, top))
        lines = max(1, -(-len(choice.voters) // _PER_LINE))
        top += lines * _STEP + _GAP
    height = top - _GAP
    axis = format_html('<line x1="{0}" y1="0" x2="{0}" y2="{1}"/>', _LEFT - 6, height)
    return format_html(
        '<svg class="poll" viewBox="0 -2 {} {}" role="img" aria-label="{}">{}{}</svg>',
        _WIDTH,
        height + 4,
        title,
        axis,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _line(choice: Choice, top: int) -> SafeString:
    count = len(choice.voters)
    squares = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}"/>',
        (
            (_LEFT + at % _PER_LINE * _STEP, top + at // _PER_LINE * _STEP, _SIDE, _SIDE)
            for at in range(count)
        ),
    )
    end_line = max(0, count - 1) // _PER_LINE
    end = _LEFT + (count - end_line * _PER_LINE) * _STEP + 4
    number = (
        format_html(
            '<text class="poll__number" x="{}" y="{}">{}</text>',
            end,
            top + end_line * _STEP + 13,
            count,
        )
        if count
        else mark_safe("")
    )
    return format_html(
        '<g class="poll--{}"><text x="{}" y="{}" text-anchor="end">{}</text>{}{}</g>',
        choice.name,
        _LEFT - 14,
        top + 13,
        choice.word,
        squares,
        number,
    )
