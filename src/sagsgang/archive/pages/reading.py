"""An item's text as a page shows it: the decision apart, then parts with headings to lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sagsgang.minutes import Decision, Item, Section
from sagsgang.minutes.danish.slugs import slug_of
from sagsgang.minutes.writers.prose_html import NO_FIGURES, prose_html

_RUNNING: Final = frozenset({"presentation", "economy", "law", "hearing", "procedure", "other"})
_SOLICITS: Final = "indstil"
# What was asked comes before why, and formalities last; the rest stands as printed.
_FIRST: Final = ("recommendation", "summary")
_LAST: Final = frozenset(
    {"procedure", "routing", "participants", "related", "next_steps", "attachments", "absence"}
)


# The headings that the page itself has.
_TAKEN: Final = (
    "andre-beslutninger begaeret beslutning bilag foelg kilde lignende paa-siden relateret siden "
    "uenighed vej main-content header-search"
).split()


class Heading(NamedTuple):
    """A heading on the page, and the name that a link leads to it by."""

    anchor: str
    text: str


class Quoted(NamedTuple):
    """A decision of another body, or of this one at another meeting."""

    decision: Decision
    html: SafeString


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the item under its heading."""

    kind: str
    heading: Heading | None
    label: str
    """What the document calls it, where the page's heading does not say the same."""
    html: SafeString
    themes: Sequence[Heading] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """An item's text, divided for reading."""

    decision: SafeString | None
    others: Sequence[Quoted] = ()
    parts: Sequence[Part] = ()


def reading_of(
    item: Item, own: Decision | None, figures: Mapping[str, str] = NO_FIGURES
) -> Reading:
    """The item's text; `own` is the meeting's own decision, which stands first on the page.

    `figures` are the addresses of its pictures, by their captions.

    No section is left out but those whose text stands elsewhere on the page whole: decisions, and
    attachments, of which there is a list.
    """
    others = [
        Quoted(one, mark_safe(prose_html(one.text))) for one in item.decisions if one is not own
    ]
    anchors = _Anchors()
    parts = [_part(section, anchors, figures) for section in _in_order(_kept(item))]
    return Reading(html_of(own.text) if own else None, others, parts)


def html_of(text: str) -> SafeString:
    """Light Markdown as HTML; it is escaped by its writer."""
    return mark_safe(prose_html(text))


def parts_of(item: Item, prefix: str, figures: Mapping[str, str] = NO_FIGURES) -> list[Part]:
    """All sections as printed, with anchors that begin with `prefix`, and with their pictures."""
    anchors = _Anchors(prefix)
    there = (section for section in item.sections if section.text or section.label)
    return [_part(section, anchors, figures) for section in there]


def _kept(item: Item) -> Iterator[Section]:
    quoted = [decision.text for decision in item.decisions]
    for section in item.sections:
        if section.kind == "decision" and section.text.strip() in quoted:
            quoted.remove(section.text.strip())
        elif not (section.kind == "attachments" and item.attachments) and section.text:
            yield section


def _in_order(sections: Iterator[Section]) -> list[Section]:
    """What is asked for first, then the summary, then the case, and formalities last."""
    return sorted(sections, key=_place)


def _place(section: Section) -> int:
    if section.kind in _FIRST:
        return _FIRST.index(section.kind)
    return len(_FIRST) + (section.kind in _LAST)


class _Anchors:
    """Names for headings; no two on a page are the same."""

    def __init__(self, prefix: str = "") -> None:
        self._prefix = prefix
        self._taken = dict.fromkeys(_TAKEN, 1)

    def of(self, text: str) -> str:
        name = self._prefix + (slug_of(text)[:60].strip("-") or "afsnit")
        self._taken[name] = times = self._taken.get(name, 0) + 1
        return name if times == 1 else f"{name}-{times}"


def _part(section: Section, anchors: _Anchors, figures: Mapping[str, str]) -> Part:
    title = section.label
    if section.kind == "recommendation" and _SOLICITS not in title[:12].lower():
        # "Direktøren for Arbejdsmarked indstiller" begins the text rather than names it.
        title = _("Indstilling")
    heading = Heading(anchors.of(title), title) if title else None
    themes: list[Heading] = []

    def theme(html: str) -> str:
        text = strip_tags(html)
        themes.append(Heading(anchors.of(text), text))
        return f'<h3 id="{themes[-1].anchor}">{html}</h3>'

    running = section.kind in _RUNNING
    html = prose_html(section.text, themes=running, heading=theme, figures=figures)
    label = section.label if title != section.label else ""
    return Part(section.kind, heading, label, mark_safe(html), themes)
