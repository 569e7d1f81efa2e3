"""However long a text is, its row holds what there is room for, and the document all of it.

SQLite does not count letters; PostgreSQL does, and knows no letter zero.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import get_args

import pytest
from django.apps import apps
from django.db import models

from sagsgang.archive.publishing import publish
from sagsgang.minutes import (
    Attachment,
    Attendance,
    Decision,
    Item,
    Minutes,
    Participant,
    Recommendation,
    Reference,
    RoutingMark,
    Section,
    Source,
    Statement,
    Step,
    Table,
    Vote,
)
from sagsgang.minutes.model import SectionKind

from .documents import meeting

pytestmark = pytest.mark.django_db
LONG = "Ål og ørred " * 300
NAME = " ".join(["Bodil", *["Ørsted"] * 400])


def full(text: str, number: str = "1") -> Item:
    """An item that says `text` wherever it says anything."""
    return Item(
        number=text + number,
        title=text,
        case_number=text,
        sections=tuple(Section(text, kind, text) for kind in get_args(SectionKind)),
        recommendation=Recommendation(text, (text,)),
        decisions=(Decision(text, "approved"),),
        votes=(Vote("for", (text, NAME)),),
        statements=(Statement((text, NAME), text),),
        referred_to_council_by=(text,),
        absent=(text, NAME),
        participants=(Participant(text, text),),
        decided_by=text,
        routing=(RoutingMark(text, True),),
        related=(Reference(text, "2026-01-01", text),),
        next_steps=(Step(text, "2026-05-01"),),
        attachments=(Attachment(text, f"https://example.org/{text}"),),
        author=text,
        tables=(Table(((text,),)),),
    )


def document(text: str) -> Minutes:
    return meeting(
        full(text),
        full(text, "2"),
        municipality=text,
        committee=text,
        place=text,
        members=(Attendance(text, text, True), Attendance("Karin Ål", text, True)),
        source=Source(text, text, "ab" * 32),
    )


def too_long() -> Iterator[str]:
    """The columns whose text is longer than they promise."""
    for label in ("bodies", "archive"):
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.get_fields():
                longest = getattr(field, "max_length", None)
                if longest and isinstance(field, models.CharField):
                    for value in model.objects.values_list(field.name, flat=True):
                        if value is not None and len(value) > longest:
                            yield f"{model.__name__}.{field.name}: {len(value)} > {longest}"


def test_no_row_holds_more_than_there_is_room_for() -> None:
    minutes = document(LONG)
    again = dataclasses.replace(minutes, place="Andetsteds")
    for each in (minutes, again):
        outcome = publish(each, source_id=LONG, address=f"https://example.org/{LONG}", reason=LONG)
        assert outcome.publication.minutes == each
    assert sorted(set(too_long())) == []


@pytest.mark.parametrize("broken", ["Nul\x00punkt", "Halv\ud800t", r"Nul\u0000punkt"])
def test_letters_that_no_database_keeps_are_no_obstacle(broken: str) -> None:
    outcome = publish(document(broken), source_id=broken, address=broken, reason=broken)
    assert outcome.result == "new"
    item = outcome.publication.minutes.items[0]
    assert item.title in ("Nulpunkt", "Halv?t", r"Nul\u0000punkt")
    assert outcome.publication.items.first().title == item.title
    again = publish(document(broken), source_id=broken)
    assert again.result == "unchanged"
