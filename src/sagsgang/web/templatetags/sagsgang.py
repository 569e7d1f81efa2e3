"""Tags and filters of all pages: icons, dates, numbers, outcomes, words explained, JSON-LD."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from django import template
from django.template import Context
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sagsgang.archive.models import Publication
from sagsgang.archive.pages.people import party_said
from sagsgang.archive.pages.wording import edition_name

from ..glossary import GLOSSARY, words_in
from ..outcomes import sign_of

register = template.Library()

_CELLS: Final = re.compile(r"\s*\|[\s|:-]*")
_PLAIN_WORDS: Final = re.compile(r"[^\s|*#\[\]]+(?: [^\s|*#\[\]…]+){0,2}")
_EMPHASIS: Final = re.compile(r"\*+|(?<!\S)#{1,6}(?=\s)")
_ICONS: Final = Path(__file__).resolve().parents[1] / "static" / "dkfds" / "img" / "svg-icons"
# What would end the script element or start another, as JSON escapes.
_JSON_IN_HTML: Final = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@cache
def _picture(name: str) -> str:
    svg = (_ICONS / f"{name}.svg").read_text("utf-8").strip()
    marks = 'class="icon-svg" width="24" height="24" focusable="false" aria-hidden="true"'
    return svg.replace("<svg ", f"<svg {marks} ", 1)


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the design system, drawn in the page; the text beside it says what it means."""
    return mark_safe(_picture(name))


@register.simple_tag
def outcome(value: str | None, closed: bool = False) -> SafeString:
    """The label of an outcome: its word with a shape and a colour."""
    sign = sign_of(value, closed)
    return format_html(
        '<span class="outcome outcome--{}">{}<span class="outcome__word">{}</span></span>',
        sign.tone,
        sign.shape,
        sign.word,
    )


@register.filter
def day(value: dt.date | dt.datetime | str | None) -> SafeString | str:
    """`18. juni 2025` in a `time` element; what is no date comes out as it is."""
    date = _date_of(value)
    if date is None:
        return value or ""
    return format_html('<time datetime="{}">{}</time>', date.isoformat(), day_text(date))


@register.filter
def day_text(value: dt.date | dt.datetime | str | None) -> str:
    """`18. juni 2025`, or `18 June 2025` in English, as bare text for titles."""
    date = _date_of(value)
    if date is None:
        return str(value or "")
    return formats.date_format(date, "j F Y" if get_language() == "en" else "j. F Y")


@register.filter
def short_day(value: dt.date | dt.datetime | str | None) -> SafeString | str:
    """`18.6.2025` in a `time` element, for tables; `18 Jun 2025` in English."""
    date = _date_of(value)
    if date is None:
        return value or ""
    text = formats.date_format(date, "j M Y" if get_language() == "en" else "j.n.Y")
    return format_html('<time datetime="{}">{}</time>', date.isoformat(), text)


@register.filter
def clock(value: str) -> str:
    """`15.30` of a meeting's `15:30`; in English it stays as it is."""
    return value if get_language() == "en" else value.replace(":", ".")


@register.filter
def moment(value: dt.datetime | None) -> SafeString | str:
    """`18. juni 2025 kl. 14.05` in Danish time, in a `time` element."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    words = {"day": day_text(local.date()), "clock": clock(f"{local:%H:%M}")}
    text = _("%(day)s kl. %(clock)s") % words
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), text)


def _date_of(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return None


@register.filter
def number(value: float | None, decimals: int = 0) -> str:
    """`1.234` or `1.234,5`, with the separators of the language."""
    if value is None:
        return "–"
    # Django cuts decimals off; a share of two thirds is 67 per cent.
    rounded = round(value, decimals) if decimals else round(value)
    return formats.number_format(rounded, decimal_pos=decimals, use_l10n=True, force_grouping=True)


@register.simple_tag
def marked(pieces: Iterable[tuple[str, bool]]) -> SafeString:
    """Pieces of a text in a row, those that answer a search marked, without Markdown's marks."""
    return format_html_join(
        "", "{}", ((_marked(text) if answers else _bare(text),) for text, answers in pieces)
    )


@register.simple_tag
def place(pieces: Iterable[tuple[str, bool]]) -> str:
    """What to add to an address, so that the browser goes to the first of the pieces marked.

    It is a text fragment: the word as it stands in the page, and up to two more after it. A browser
    that does not know of them, or does not find the words, shows the page from its beginning.
    """
    before = ""
    for text, answers in (pieces := list(pieces)):
        if answers:
            rest = "".join(one for one, _answers in pieces)[len(before) :]
            words = re.search(r"\S*$", before)[0] + rest
            plain = _PLAIN_WORDS.match(words)
            return f"#:~:text={_quoted(plain[0])}" if plain else ""
        before += text
    return ""


def _quoted(text: str) -> str:
    """The text for a fragment, in which a hyphen has a meaning of its own."""
    return quote(text, safe="").replace("-", "%2D")


def _marked(text: str) -> SafeString:
    return format_html("<mark>{}</mark>", text)


def _bare(text: str) -> str:
    """A stretch of Markdown as words; a table's cells are parted by dots."""
    return _EMPHASIS.sub("", _CELLS.sub(" · ", text))


@register.filter
def percent(value: float | None, decimals: int = 0) -> str:
    """`42 %` of the share 0.42; in English `42%`."""
    if value is None:
        return "–"
    return number(value * 100, decimals) + ("%" if get_language() == "en" else " %")


@register.simple_tag(takes_context=True)
def explain(context: Context, word: str) -> SafeString:
    """A small button after a word of the municipality, which opens what the word means.

    Works by touch and keyboard and without script: the explanation is a popover.
    """
    entry = GLOSSARY[word]
    numbers = context.render_context.setdefault("explained", count(1))
    return format_html(
        '<button type="button" class="explain" popovertarget="ord-{0}">'
        '<span aria-hidden="true">?</span><span class="sr-only">{1}</span></button>'
        '<span popover id="ord-{0}" class="explanation"><b>{2}</b> {3}</span>',
        next(numbers),
        _("Hvad betyder %(word)s?") % {"word": word},
        word[:1].upper() + word[1:],
        entry.meaning,
    )


@register.inclusion_tag("words_explained.html")
def words_explained(*texts: str | None) -> dict[str, Any]:
    """A list, closed at first, of the words in the texts that only the municipality uses."""
    return {"words": words_in(" ".join(text for text in texts if text))}


@register.simple_tag(takes_context=True)
def json_ld(context: Context, schema: Mapping[str, Any] | None) -> SafeString:
    """What schema.org says about the page, as a block of data; nothing where there is nothing."""
    if not schema:
        return SafeString("")
    told = {"@context": "https://schema.org", "url": context.get("here", ""), **schema}
    text = json.dumps(told, ensure_ascii=False).translate(_JSON_IN_HTML)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: object) -> str:
    """The page's own query with these parameters changed; `None` takes one out."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag
def bar(part: float) -> SafeString:
    """A bar as long as the part of its cell; the number beside it says how much it is."""
    return format_html(
        '<svg class="bar" aria-hidden="true" focusable="false">'
        '<rect width="{}%" height="100%"/></svg>',
        f"{100 * part:.1f}",
    )


@register.filter
def edition(publication: Publication) -> str:
    """What a published document is called among those of its meeting: `Referat`."""
    return edition_name(publication)


@register.filter
def party(letters: str) -> str:
    """How a party is named beside a member: its letters, or in words that there is none."""
    return party_said(letters)
