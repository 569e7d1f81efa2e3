"""What pages say in Python rather than in a template: titles, dates, the data's own words."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sagsgang.minutes import words
from sagsgang.minutes.words import Sign, Words
from sagsgang.minutes.writers.prose import plain_text

from ..models import Item, Publication
from ..strands import number_of

_LONGEST_QUOTE: Final = 220


def said(thing: Words | Sign) -> str:
    """The word in the page's language."""
    return thing.english if get_language() == "en" else thing.danish


def kind_word(kind: str) -> str:
    """What a document is called: `Referat`."""
    return said(words.KINDS.get(kind, Words(kind, kind)))


def document_word(publication: Publication) -> str:
    """What a document is called, with its number where it is not the meeting's first of its kind.

    >>> document_word(Publication(kind="supplementary_agenda", strand="supplement-2"))
    'Tillægsdagsorden 2'
    """
    number = number_of(publication.strand)
    word = kind_word(publication.kind)
    return f"{word} {number}" if number > 1 else word


def edition_name(publication: Publication) -> str:
    """What a published document is called among those of its meeting: `Referat`."""
    return edition_word(document_word(publication), publication.edition)


def edition_word(document: str, number: int) -> str:
    """What an edition of a document is called, counted from 1: `Referat, rettet udgave 1`."""
    if number == 1:
        return document
    told = {"document": document, "number": number - 1}
    return _("%(document)s, rettet udgave %(number)s") % told


def day_said(date: dt.date) -> str:
    """`18. juni 2025`, for titles."""
    return formats.date_format(date, "j F Y" if get_language() == "en" else "j. F Y")


def weekday_said(date: dt.date) -> str:
    """`onsdag den 18. juni 2025`."""
    weekday = formats.date_format(date, "l")
    return _("%(weekday)s den %(day)s") % {"weekday": weekday, "day": day_said(date)}


def item_title(item: Item) -> str:
    """The item's title, or what it is called that has none."""
    if item.title:
        return item.title
    return _("Lukket punkt") if item.closed else _("Punkt uden titel")


def item_name(item: Item) -> str:
    """`Punkt 4`, or the title of an item without a number."""
    if item.number:
        return _("Punkt %(number)s") % {"number": item.number}
    return item_title(item)


def quote(text: str, longest: int = _LONGEST_QUOTE) -> str:
    """The beginning of a Markdown text as plain words, cut between two of them."""
    plain = plain_text(text[: 10 * longest])
    if len(plain) <= longest:
        return plain
    return plain[:longest].rsplit(" ", 1)[0].rstrip(" ,;:–-") + " …"
