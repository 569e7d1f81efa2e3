"""Checking the archive: nothing is wrong with what was published, and whatever is changed is found."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sagsgang import samples
from sagsgang.archive import checking, files
from sagsgang.archive.models import (
    Absence,
    Ballot,
    Case,
    Dissent,
    Enclosure,
    Held,
    Item,
    Meeting,
    Mention,
    Present,
    Publication,
    StoredFile,
)
from sagsgang.archive.publishing import Registry, publish
from sagsgang.archive.search import database
from sagsgang.archive.search.entries import Content
from sagsgang.archive.search.models import SearchEntry, SearchText
from sagsgang.bodies.models import Municipality, Person
from sagsgang.minutes import (
    Attachment,
    Minutes,
    Reference,
    Statement,
    Step,
    Vote,
    read,
)

from .documents import BODY, item, meeting

pytestmark = pytest.mark.django_db


def faults() -> list[checking.Fault]:
    return [
        *checking.faults_of_storage(),
        *(fault for found in checking.faults_of_meetings() for fault in found),
    ]


def told() -> list[str]:
    return [fault.danish for fault in faults()]


def full_item(number: str = "1", **fields: object) -> object:
    """An item with something of everything."""
    return item(
        number,
        votes=(Vote("for", ("Karin Østergaard", "V")), Vote("against", ("Jens Mølgaard",))),
        statements=(Statement(("Jens Mølgaard",), "Det er for dyrt."),),
        absent=("Fatima Lindholm",),
        attachments=(Attachment("Budget", "https://lindvig.dk/1"), Attachment("Notat")),
        related=(Reference(BODY, "2026-02-04", "3"),),
        next_steps=(Step("Byrådet", "2026-04-01"),),
        **fields,
    )


@pytest.fixture
def published() -> Publication:
    return publish(meeting(full_item())).publication


def test_nothing_is_wrong_with_the_samples() -> None:
    registry = Registry()
    for path in samples.paths():
        publish(read(path), registry=registry)
    assert Meeting.objects.count() > 5
    assert faults() == []


def test_nothing_is_wrong_with_real_minutes(seeds: list[Path]) -> None:
    registry = Registry()
    for path in seeds:
        publish(read(path), municipality="Horsens", committee=BODY, registry=registry)
    assert faults() == []


@pytest.mark.parametrize(
    "documents",
    [
        [meeting(kind="agenda"), meeting(item("7"), kind="supplementary_agenda")],
        [meeting(item("7"), kind="supplementary_agenda"), meeting(kind="agenda")],
        [meeting(item("7"), kind="supplementary_agenda")],
        [meeting(item("7"), kind="supplementary_agenda"), meeting()],
        [meeting(), meeting(item("7"), kind="supplementary_agenda")],
        [meeting(), meeting(item(title="Rettet"))],
        [meeting(), meeting(kind="agenda")],
        [meeting(kind="agenda"), meeting(), meeting(item("2"), kind="agenda")],
        [meeting(item("1"), kind="agenda"), meeting(item("1"), kind="supplementary_agenda")],
        [meeting(item("1"), item("1"), item(None), item("A/2"))],
    ],
)
def test_nothing_is_wrong_whatever_order_documents_came_in(documents: list[Minutes]) -> None:
    for number, one in enumerate(documents):
        publish(one, source_id=str(number))
    assert faults() == []


def test_nothing_is_wrong_where_a_postponed_case_without_a_number_is_followed() -> None:
    publish(meeting(item(title="Ny strategi for unge", case_number=None, decisions=())))
    publish(
        meeting(
            item(
                title="Ny strategi for unge",
                case_number=None,
                related=(Reference(BODY, "2026-03-04", "1"),),
            ),
            date="2026-04-04",
        )
    )
    assert Case.objects.count() == 1
    assert faults() == []


def without_terms() -> None:
    """Takes the terms away, in the way of each database."""
    with connection.cursor() as cursor:
        database.keeper().clear(cursor)
        if connection.vendor == "postgresql":
            cursor.execute("UPDATE archive_searchentry SET terms = NULL")


CHANGES: dict[str, tuple[Callable[[], object], str]] = {
    "an item's title": (lambda: Item.objects.update(title="En anden"), "Punkterne"),
    "an item's decision": (lambda: Item.objects.update(decision="Afvist."), "Punkterne"),
    "an item that is gone": (lambda: Item.objects.all().delete(), "Punkterne"),
    "an item's address": (lambda: Item.objects.update(slug="x"), "Punkternes adresser"),
    "an item's case": (lambda: Item.objects.update(case=None), "Punkternes sager"),
    "another case": (lambda: Case.objects.update(key="x"), "Punkternes sager"),
    "a vote": (lambda: Ballot.objects.update(choice="abstain"), "Stemmerne"),
    "a vote more": (lambda: Ballot.objects.create(item=Item.objects.get(), choice="for", name="X"), "Stemmerne"),
    "a dissent": (lambda: Dissent.objects.all().delete(), "Mindretalsudtalelserne"),
    "an absence": (lambda: Absence.objects.all().delete(), "Fraværet"),
    "another absent": (lambda: Absence.objects.update(person=Person.objects.get(name="Jens Mølgaard")), "Fraværet"),
    "an attachment": (lambda: Enclosure.objects.filter(position=0).update(address="/2"), "Bilagene"),
    "a mention": (lambda: Mention.objects.filter(coming=True).delete(), "Henvisningerne"),
    "a member": (lambda: Present.objects.first().delete(), "Fremmødet"),
    "a member of another municipality": (
        lambda: Person.objects.filter(name="Fatima Lindholm").update(
            municipality=Municipality.objects.get(name="Horsens")
        ),
        "Fremmødet",
    ),
    "an item that is not in the index": (lambda: SearchEntry.objects.all().delete(), "Søgningen"),
    "another text in the index": (
        lambda: SearchText.objects.update(packed=Content("En anden", "").packed), "Søgningen",
    ),
    "no text in the index": (lambda: SearchText.objects.all().delete(), "Søgningen"),
    "a spoilt text in the index": (lambda: SearchText.objects.update(packed=b"x"), "Søgningen"),
    "other facets": (lambda: SearchEntry.objects.update(facets=0), "Søgningen"),
    "another number in the index": (
        lambda: SearchEntry.objects.update(date="2001-01-01"), "Søgningen",
    ),
    "no terms in the index": (without_terms, "Søgningen"),
    "no current document": (lambda: Meeting.objects.update(current=None), "Mødet viser ikke"),
    "another kind": (lambda: Meeting.objects.update(kind="agenda"), "Mødet viser ikke"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.usefixtures("published")
def test_a_changed_row_is_found_and_mended(change: str) -> None:
    work, message = CHANGES[change]
    assert faults() == []
    work()
    found = faults()
    assert message in " ".join(fault.danish for fault in found)
    if "municipality" in change:
        return
    checking.mend(found[0].mends, Registry())
    assert faults() == []


def test_mending_a_meeting_of_agenda_and_supplement_gives_both_their_items() -> None:
    publish(meeting(item("1"), kind="agenda"), source_id="a")
    publish(meeting(item("7"), kind="supplementary_agenda"), source_id="b")
    Item.objects.all().delete()
    checking.mend(Meeting.objects.get().pk, Registry())
    assert [row.slug for row in Item.objects.order_by("slug")] == ["1", "7"]
    assert faults() == []


def test_mending_keeps_the_files_of_attachments(published: Publication) -> None:
    data = files.keep(b"et bilag")
    stored = StoredFile.objects.create(sha256=data, size=8, media_type="text/plain")
    Enclosure.objects.filter(address="https://lindvig.dk/1").update(file=stored)
    Item.objects.update(title="En anden")
    checking.mend(published.meeting_id, Registry())
    assert Enclosure.objects.get(address="https://lindvig.dk/1").file == stored


def test_items_of_a_document_that_is_not_in_force_are_found() -> None:
    publish(meeting())
    publish(meeting(item(title="Rettet")))
    first, second = Publication.objects.order_by("version")
    Item.objects.update(publication=first)
    assert "Der er punkter fra et dokument, der ikke gælder." in told()
    checking.mend(second.meeting_id, Registry())
    assert faults() == []


def test_a_version_that_is_missing_is_found() -> None:
    publish(meeting())
    publish(meeting(item(title="Rettet")))
    Publication.objects.filter(version=1).delete()
    assert told() == ["Der mangler en version: Der er kun 2."]


def test_a_meeting_without_a_document_is_found(published: Publication) -> None:
    Item.objects.all().delete()
    Publication.objects.all().delete()
    assert told() == ["Mødet har intet dokument."]
    checking.mend(published.meeting_id, Registry())
    assert told() == ["Mødet har intet dokument."]


@pytest.mark.parametrize(
    ("spoilt", "message"),
    [
        (lambda text: text.replace("Godkendt.", "Afvist."), "Dets hash er en anden"),
        (lambda text: text[:-5], "kan ikke læses (JSONDecodeError)"),
        (lambda text: text.replace('"items"', '"x"'), "kan ikke læses (ContractError)"),
    ],
)
def test_a_changed_publication_is_found_and_not_mended(
    published: Publication, spoilt: Callable[[str], str], message: str
) -> None:
    packed = zlib.compress(spoilt(published.text).encode())
    Publication.objects.update(packed=packed)
    found = faults()
    assert message in found[0].danish
    assert found[0].mends is None
    assert found[0].place == "/lindvig/beskaeftigelsesudvalget/2026-03-04/version/1/"


def test_packed_bytes_that_are_spoilt_are_found(published: Publication) -> None:
    Publication.objects.update(packed=bytes(published.packed)[:-3])
    assert "kan ikke læses (error)" in told()[0]


def test_a_file_that_is_gone_or_changed_is_found(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    names = [files.keep(data) for data in (b"et", b"to", b"tre")]
    for name in names:
        StoredFile.objects.create(sha256=name, size=2, media_type="text/plain")
    StoredFile.objects.filter(sha256=names[2]).update(size=3)
    assert faults() == []
    files.path_of(names[0]).unlink()
    files.path_of(names[1]).write_bytes(b"2.")
    assert told() == ["Filen er der ikke.", "Filen er ikke den, der blev gemt."]


def test_what_is_held_back_can_be_released() -> None:
    publish(meeting(item(title="Sagen om cpr 010190-1234")))
    assert faults() == []
    Held.objects.update(packed=zlib.compress(b"{}"))
    assert told() == ["Dokumentet, der er holdt tilbage, kan ikke læses."]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL looks after its own tables")
def test_a_row_that_points_to_nothing_is_found(published: Publication) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE archive_ballot SET item_id = 999999")
        assert "En række peger på noget, der ikke er der." in told()
        cursor.execute("UPDATE archive_ballot SET item_id = %s", [Item.objects.get().pk])


def test_the_number_of_queries_does_not_grow_with_the_meetings() -> None:
    for month in range(1, 13):
        publish(meeting(full_item(), date=f"2026-{month:02}-04"))
    one = Meeting.objects.order_by("pk").first()
    with CaptureQueriesContext(connection) as alone:
        checking.faults_of(one.pk)
    with CaptureQueriesContext(connection) as together:
        assert sum(1 for _ in checking.faults_of_meetings()) == 12
    assert len(together) <= len(alone) + 1
