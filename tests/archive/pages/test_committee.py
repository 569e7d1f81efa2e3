"""The page of a committee."""

from __future__ import annotations

import dataclasses
import re

import pytest
from tests.archive.documents import MEMBERS, item, meeting

from sagsgang.archive.publishing import publish
from sagsgang.minutes import Decision

pytestmark = pytest.mark.django_db
ADDRESS = "/lindvig/beskaeftigelsesudvalget/"


def rows_of(page: str, heading: str) -> list[list[str]]:
    """The cells of the table's rows after a heading, as text."""
    table = page[page.index(heading) :].split("<tbody>", 1)[1].split("</tbody>", 1)[0]
    rows = table.split("</tr>")[:-1]
    return [
        [
            re.sub(r"<[^>]+>", "", cell).strip()
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        ]
        for row in rows
    ]


def test_the_newest_year_is_shown_and_others_are_a_link_away(client):
    publish(meeting())
    publish(meeting(date="2025-11-05"))
    page = client.get(ADDRESS).content.decode()
    assert "4. marts 2026" in page
    assert "5. november 2025" not in page
    assert 'href="?aar=2025#moeder"' in page
    assert "5. november 2025" in client.get(f"{ADDRESS}?aar=2025").content.decode()


def test_a_year_that_is_not_there_is_answered_with_the_newest(client):
    publish(meeting())
    assert "4. marts 2026" in client.get(f"{ADDRESS}?aar=<script>").content.decode()


def test_decisions_are_counted_by_outcome_the_most_frequent_first(client):
    items = [item(str(n)) for n in range(1, 4)]
    postponed = item("4", decisions=(Decision("Udsat.", "postponed"),))
    publish(meeting(*items, postponed, item("5", decisions=())))
    rows = rows_of(client.get(ADDRESS).content.decode(), 'id="udfald"')
    assert [[row[0], *row[2:]] for row in rows] == [
        ["Godkendt", "3", "75 %"],
        ["Udsat", "1", "25 %"],
    ]


def test_members_are_shown_by_term_with_their_party(client):
    publish(meeting())
    publish(
        meeting(date="2024-03-04", members=(dataclasses.replace(MEMBERS[0], name="Gammel Medlem"),))
    )
    page = client.get(ADDRESS).content.decode()
    assert 'Jens Mølgaard</a> <span class="tally">V</span>' in page
    assert "Gammel Medlem" not in page
    assert "Gammel Medlem" in client.get(f"{ADDRESS}?periode=2022-2025").content.decode()


def test_attendance_counts_only_meetings_whose_minutes_tell_it(client):
    away = dataclasses.replace(MEMBERS[1], present=False)
    untold = tuple(dataclasses.replace(member, present=None) for member in MEMBERS)
    publish(meeting())
    publish(meeting(date="2026-04-01", members=(MEMBERS[0], away, MEMBERS[2])))
    publish(meeting(date="2026-05-06", members=untold))
    rows = rows_of(client.get(ADDRESS).content.decode(), 'id="fremmoede"')
    assert [row[:2] for row in rows] == [
        ["Fatima Lindholm", "2 af 2"],
        ["Jens Mølgaard", "1 af 2"],
        ["Karin Østergaard", "2 af 2"],
    ]


def test_items_that_a_member_missed_are_counted(client):
    publish(
        meeting(item(absent=("Jens Mølgaard",)), item("2", absent=("Jens Mølgaard",)), item("3"))
    )
    rows = rows_of(client.get(ADDRESS).content.decode(), 'id="fremmoede"')
    assert ["Jens Mølgaard", "1 af 1", "2"] in rows


def test_a_committee_that_there_is_not_is_not_found(client):
    publish(meeting())
    assert client.get("/lindvig/festudvalget/").status_code == 404
    assert client.get("/horsens/beskaeftigelsesudvalget/").status_code == 404


def test_the_number_of_questions_does_not_grow_with_the_archive(queries):
    publish(meeting())
    few = queries(ADDRESS)
    for number in range(1, 9):
        publish(meeting(item(absent=("Jens Mølgaard",)), item("2"), date=f"2026-04-0{number}"))
    assert queries(ADDRESS) <= few


def test_a_reader_who_has_the_page_is_not_sent_it_again(client):
    publish(meeting())
    etag = client.get(ADDRESS).headers["ETag"]
    assert client.get(ADDRESS, headers={"If-None-Match": etag}).status_code == 304
    publish(meeting(date="2026-04-01"))
    assert client.get(ADDRESS, headers={"If-None-Match": etag}).status_code == 200
