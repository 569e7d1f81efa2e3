"""What was exported comes back, or comes to another archive, with its versions and addresses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from sagsgang.archive.archived import Archived, archived_in
from sagsgang.archive.checking import faults_of_meetings
from sagsgang.archive.export.documents import documents
from sagsgang.archive.export.jsonl import lines
from sagsgang.archive.models import Item, Meeting, Publication
from sagsgang.archive.publishing import publish
from sagsgang.bodies.models import Body, Person

from .documents import item, meeting
from .pages.reading import Seen
from .test_importing import Desk, desk

__all__ = ["desk"]

pytestmark = pytest.mark.django_db

LATE = {"kind": "supplementary_agenda", "date": "2026-06-03"}


def fill() -> None:
    """An archive with two versions, two meetings on a day, and two supplementary agendas."""
    publish(meeting(), source_id="a")
    publish(meeting(item("1", "Indsats for unge")), source_id="a")
    publish(meeting(start_time="09:00", date="2026-05-06"))
    publish(meeting(item("1", "Et andet møde"), start_time="17:00", date="2026-05-06"))
    publish(meeting(item("1", "Budget"), kind="agenda", date="2026-06-03"))
    publish(meeting(item("1", "Varsling", case_number="25/7"), **LATE), source_id="b")
    publish(meeting(item("1", "Jobhus", case_number="25/8"), **LATE), source_id="c")


def exported() -> list[dict[str, Any]]:
    """All documents with their places, but for when they came and from which file."""
    found = list(documents())
    for one in found:
        del one["archive"]["published_at"], one["source"]
    return sorted(found, key=lambda one: one["archive"]["address"])


def write(desk: Desk, *kept: dict[str, Any]) -> Path:
    path = desk.folder / "referater.jsonl"
    path.write_bytes(b"".join(lines(kept or documents())))
    return path


def emptied() -> None:
    """As if it were another archive."""
    for model in (Meeting, Person, Body):
        model.objects.all().delete()


def faults() -> list[Any]:
    return [fault for found in faults_of_meetings() for fault in found]


def test_an_archives_own_export_changes_nothing(desk: Desk) -> None:
    fill()
    before, number = exported(), Publication.objects.count()
    write(desk)
    assert {result for _, result in desk.results()} == {"unchanged"}
    assert (exported(), Publication.objects.count()) == (before, number)


def items() -> dict[str, str]:
    rows = Item.objects.select_related("meeting__body__municipality")
    return {one.get_absolute_url(): one.title for one in rows}


@pytest.mark.parametrize("backwards", [False, True])
def test_another_archive_gets_the_same_versions_and_addresses(
    desk: Desk, client: Client, *, backwards: bool
) -> None:
    fill()
    before, items_before = exported(), items()
    path = write(desk)
    if backwards:
        path.write_bytes(b"".join(reversed(path.read_bytes().splitlines(keepends=True))))
    emptied()
    assert {result for _, result in desk.results()} == {"new"}
    assert exported() == before
    # Items of the same number are told from each other by which came first.
    assert backwards or items() == items_before
    assert faults() == []
    path.touch()
    assert desk.results() == []
    path.write_bytes(path.read_bytes() + b"\n")
    desk.settings = "another version"
    assert {result for _, result in desk.results()} == {"unchanged"}
    for one in before:
        assert client.get(one["archive"]["address"]).status_code == 200
        assert client.get(f"{one['archive']['address']}referat.json").status_code == 200


def test_two_supplements_on_lines_without_a_place_are_two(desk: Desk) -> None:
    late = [
        meeting(item("1", "Varsling", case_number="25/7"), **LATE),
        meeting(item("1", "Jobhus", case_number="25/8"), **LATE),
    ]
    desk.write("tillaeg.jsonl", *late)
    assert [result for _, result in desk.results()] == ["new", "new"]
    assert Item.objects.count() == 2


def test_a_version_that_comes_later_has_its_place_before(desk: Desk, client: Client) -> None:
    publish(meeting(), source_id="a")
    [first] = documents()
    publish(meeting(item("1", "Indsats for unge")), source_id="a")
    publish(meeting(item("1", "Indsats for alle")), source_id="a")
    [third] = documents()
    emptied()
    write(desk, third)
    desk.imported()
    assert faults() == []
    page = Seen(client, "/lindvig/beskaeftigelsesudvalget/2026-03-04/versioner/")
    assert "Hvad blev ændret" not in page.text()
    write(desk, third, first)
    assert desk.results() == [("referater.jsonl, linje 2", "changed")]
    assert [one.version for one in Publication.objects.order_by("version")] == [1, 3]
    assert Meeting.objects.get().current.version == 3
    assert [one.title for one in Item.objects.all()] == ["Indsats for alle"]
    links = Seen(client, "/lindvig/beskaeftigelsesudvalget/2026-03-04/versioner/").links()
    assert links["Hvad blev ændret siden »Referat«?"].endswith("/sammenlign/1/3/")
    assert faults() == []
    publish(meeting(item("1", "Indsats for ingen")), source_id="a")
    assert Meeting.objects.get().current.version == 4
    assert faults() == []


def test_one_that_came_after_all_that_is_here_counts_again(desk: Desk) -> None:
    right, wrong = meeting(), meeting(item("1", "Indsats for unge"))
    publish(right, source_id="a")
    publish(wrong, source_id="a")
    publish(right, source_id="a")
    [third] = documents()
    Publication.objects.get(version=3).delete()
    row = Meeting.objects.get()
    row.current = Publication.objects.get(version=2)
    row.save()
    write(desk, third)
    assert [result for _, result in desk.results()] == ["changed"]
    assert Meeting.objects.get().current.version == 3


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "horsens/beskaeftigelsesudvalget/2026-03-04"},
        {"id": "lindvig/beskaeftigelsesudvalget/2026-03-04/tillaeg"},
        {"id": "../../etc"},
        {"id": 7},
        {"version": 0},
        {"version": 10**9},
        {"version": True},
        {"version": "7"},
        {"sha256": "0" * 64},
        {"published_at": "i går"},
        {"published_at": "2026-03-04T12:00:00"},
    ],
)
def test_a_place_that_is_not_the_documents_own_is_not_taken(
    desk: Desk, changed: dict[str, Any]
) -> None:
    publish(meeting())
    [document] = documents()
    document["archive"] |= {"version": 7} | changed
    emptied()
    write(desk, document)
    assert [result for _, result in desk.results()] == ["new"]
    stored = Publication.objects.get()
    assert (stored.version, stored.strand, stored.archived_as) == (1, "main", "")
    assert faults() == []


def test_a_number_that_is_taken_is_not_given_again(desk: Desk) -> None:
    publish(meeting(item("1", "Indsats for unge")))
    [document] = documents()
    emptied()
    publish(meeting())
    write(desk, document)
    assert [result for _, result in desk.results()] == ["changed"]
    assert [one.version for one in Publication.objects.order_by("pk")] == [1, 2]


def test_the_address_that_it_had_is_searched_for_numbers(desk: Desk) -> None:
    publish(meeting())
    [document] = documents()
    document["archive"]["address"] = "https://x.dk/010190-1234"
    emptied()
    write(desk, document)
    assert [result for _, result in desk.results()] == ["held"]


@pytest.mark.parametrize(
    "head", [b"", b"{", b'{"archive": ', b'{"archive": 3}', b'{"archive": {}}', b"\xff\xfe"]
)
def test_anything_else_has_no_place(head: bytes) -> None:
    assert archived_in(head) is None


def test_the_place_is_read_from_the_beginning_of_a_line() -> None:
    publish(meeting(item("1", "x" * 9000)))
    [document] = documents()
    head = json.dumps(document).encode()[:4096]
    assert archived_in(head) == Archived.of(document["archive"])
    assert archived_in(head).version == 1
