"""What can be followed: everything that has a page and goes on.

A subject is known by the address of its page. Feeds, calendars and mails ask it for the same
things: its meetings, or the items that are about it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sagsgang.bodies.models import Body, Membership, Municipality, Person

from . import searched
from .models import Case, Item, Meeting, Present

_SLUG: Final = r"([a-z0-9-]{1,120})"


class NotFollowable(Exception):
    """There is nothing at the address that can be followed."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that can be followed.

    `by_items` tells whether single items are news of it, or whole meetings.
    """

    kind: str
    name: str
    address: str
    meetings: QuerySet[Meeting]
    items: QuerySet[Item]
    by_items: bool = False


def subject_at(address: str) -> Subject:
    """The subject whose page is at the address: a path from the site's root.

    Raises:
        NotFollowable: there is none.
    """
    for pattern, subject in _SUBJECTS:
        if found := re.fullmatch(pattern, address):
            return subject(*found.groups())
    raise NotFollowable(address)


def beside(page: str, name: str, **query: str) -> str:
    """The address of a page's feed or calendar; what is asked of the page is asked of it too."""
    path, _mark, asked = page.partition("?")
    asked = "&".join(filter(None, [asked, urlencode(query)]))
    return f"{path}{name}?{asked}" if asked else f"{path}{name}"


def _whole_site() -> Subject:
    return _of_meetings("site", str(settings.SITE_NAME), "/", Q())


def _of_municipality(slug: str) -> Subject:
    row = _only(Municipality.objects.all(), slug=slug)
    name = _("%(name)s Kommune") % {"name": row.name}
    return _of_meetings(
        "municipality", name, row.get_absolute_url(), Q(body__municipality_id=row.pk)
    )


def _of_body(municipality: str, slug: str) -> Subject:
    rows = Body.objects.select_related("municipality")
    row = _only(rows, municipality__slug=municipality, slug=slug)
    name = f"{row.name}, {row.municipality.name}"
    return _of_meetings("body", name, row.get_absolute_url(), Q(body_id=row.pk))


def _of_person(municipality: str, slug: str) -> Subject:
    """A person's meetings: those they are listed at, and the coming ones of their bodies."""
    rows = Person.objects.select_related("municipality")
    row = _only(rows, municipality__slug=municipality, slug=slug)
    listed = Present.objects.filter(meeting=OuterRef("pk"), person=row.pk)
    member = Membership.objects.filter(
        person=row.pk, body=OuterRef("body_id"), term=OuterRef("term")
    ).on(OuterRef("date"))
    coming = Q(date__gte=timezone.localdate()) & Q(Exists(member))
    name = f"{row.name}, {row.municipality.name}"
    near = Q(body__municipality_id=row.municipality_id)
    which = near & (Q(Exists(listed)) | coming)
    return _of_meetings("person", name, row.get_absolute_url(), which)


def _of_case(municipality: str, slug: str) -> Subject:
    rows = Case.objects.select_related("municipality")
    row = _only(rows, municipality__slug=municipality, slug=slug)
    name = row.title or row.number or row.key
    treated = Item.objects.filter(meeting=OuterRef("pk"), case=row.pk)
    return Subject(
        "case",
        name,
        row.get_absolute_url(),
        _meetings(Q(Exists(treated))),
        _items(Q(case_id=row.pk)),
        by_items=True,
    )


def _of_search(query: str) -> Subject:
    asked = searched.asked_in(query)
    if asked is None:
        raise NotFollowable
    which = searched.found_by(asked)
    if asked.mistakes or len(address := searched.address_of(asked)) > searched.LONGEST:
        raise NotFollowable
    meetings = _meetings(Q(pk__in=Item.objects.filter(which).values("meeting")))
    name = searched.name_of(asked)
    return Subject("search", name, address, meetings, _items(which), by_items=True)


def _of_meetings(kind: str, name: str, address: str, which: Q) -> Subject:
    meetings = _meetings(which)
    return Subject(kind, name, address, meetings, _items(Q(meeting__in=meetings.values("pk"))))


def _meetings(which: Q) -> QuerySet[Meeting]:
    return (
        Meeting.objects.filter(which)
        .select_related("body__municipality")
        .annotate(version=F("current__version"))
    )


def _items(which: Q) -> QuerySet[Item]:
    return (
        Item.objects.filter(which)
        .select_related("meeting__body__municipality")
        .annotate(published_at=F("publication__published_at"))
    )


def _only(rows: QuerySet[Any], **known: str) -> Any:
    row = rows.filter(**known).first()
    if row is None:
        raise NotFollowable
    return row


# Fixed words stand before names, as in the site's addresses.
_SUBJECTS: Final = (
    (r"/", _whole_site),
    (r"/soeg/\?(.*)", _of_search),
    (rf"/{_SLUG}/", _of_municipality),
    (rf"/{_SLUG}/sag/{_SLUG}/", _of_case),
    (rf"/{_SLUG}/person/{_SLUG}/", _of_person),
    (rf"/{_SLUG}/{_SLUG}/", _of_body),
)
