"""What stands at an address: the row that the words of the address name, or what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from sagsgang.bodies.models import Body, Municipality, Person

from ..models import Case, Item, Meeting, Publication
from ..strands import MAIN
from .page import Link

Row = TypeVar("Row", Meeting, Item, Case, Person, Publication)


class Missing(Http404):
    """Nothing stands at the address; says what is missing, and leads to the nearest that is."""

    def __init__(self, message: str, ways: Sequence[Link] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.ways = ways


def meeting_at(municipality: str, body: str, meeting: str) -> Meeting:
    """The meeting, with its body, municipality and current document.

    Raises:
        Missing: there is no such meeting.
    """
    return _found(
        Meeting.objects.select_related("body__municipality", "current"),
        lambda: _no_meeting(municipality, body),
        slug=meeting,
        body__slug=body,
        body__municipality__slug=municipality,
    )


def item_at(municipality: str, body: str, meeting: str, item: str) -> Item:
    """The item, with its meeting, document and case.

    Raises:
        Missing: there is no such item.
    """
    return _found(
        Item.objects.select_related("meeting__body__municipality", "publication", "case"),
        lambda: _no_item(municipality, body, meeting),
        slug=item,
        meeting__slug=meeting,
        meeting__body__slug=body,
        meeting__body__municipality__slug=municipality,
    )


def version_at(meeting: Meeting, version: int, strand: str = MAIN) -> Publication:
    """A version of a meeting's document.

    Raises:
        Missing: there is no such version.
    """
    all_versions = Link(_("Alle versioner"), f"{meeting.get_absolute_url()}versioner/")
    publication = _found(
        Publication.objects.all(),
        lambda: Missing(_("Mødet er her, men ikke i den version."), [all_versions]),
        meeting=meeting,
        version=version,
        strand=strand,
    )
    publication.meeting = meeting
    return publication


def case_at(municipality: str, case: str) -> Case:
    """The case, with its municipality.

    Raises:
        Missing: there is no such case.
    """
    return _found(
        Case.objects.select_related("municipality"),
        lambda: _nothing_in(municipality, _("Sagen er ikke i arkivet.")),
        slug=case,
        municipality__slug=municipality,
    )


def person_at(municipality: str, person: str) -> Person:
    """The person, with the municipality.

    Raises:
        Missing: there is no such person.
    """
    return _found(
        Person.objects.select_related("municipality"),
        lambda: _nothing_in(
            municipality, _("Arkivet har ingen person med det navn i den kommune.")
        ),
        slug=person,
        municipality__slug=municipality,
    )


def _found(rows: QuerySet[Row], missing: Callable[[], Missing], **named: Any) -> Row:
    row = rows.filter(**named).first()
    if row is None:
        raise missing()
    return row


def _no_item(municipality: str, body: str, meeting: str) -> Missing:
    row = Meeting.objects.filter(
        slug=meeting, body__slug=body, body__municipality__slug=municipality
    ).select_related("body__municipality")
    found = row.first()
    if found is None:
        return _no_meeting(municipality, body)
    return Missing(
        _("Mødet er her, men der er ikke noget punkt med det nummer på dagsordenen."),
        [Link(_("Mødets punkter"), found.get_absolute_url())],
    )


def _no_meeting(municipality: str, body: str) -> Missing:
    found = (
        Body.objects.filter(slug=body, municipality__slug=municipality)
        .select_related("municipality")
        .first()
    )
    if found is None:
        return _nothing_in(municipality, _("Arkivet har ikke noget udvalg med det navn."))
    return Missing(
        _("Udvalget er her, men arkivet har ikke noget møde på den dato."),
        [Link(_("Alle møder i %(body)s") % {"body": found.name}, found.get_absolute_url())],
    )


def _nothing_in(municipality: str, message: str) -> Missing:
    found = Municipality.objects.filter(slug=municipality).first()
    if found is None:
        return Missing(_("Arkivet har ikke noget fra en kommune med det navn."))
    way = Link(_("Alt fra %(name)s Kommune") % {"name": found.name}, found.get_absolute_url())
    return Missing(message, [way])
