"""Atom feeds: what is news, how it is known again, and how it costs no more in a large archive."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

import pytest

from sagsgang.archive.models import Item, Meeting
from sagsgang.archive.publishing import publish

from ..documents import item, meeting

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
HERE = "http://testserver"
BODY = "/lindvig/beskaeftigelsesudvalget/"
PERSON = "/lindvig/person/jens-moelgaard/"
CASE = "/lindvig/sag/22-18533/"
FOLLOWED = ("/", "/lindvig/", BODY, CASE, PERSON)


@pytest.fixture
def feed(client):
    def ask(page: str) -> Element:
        response = client.get(f"{page}feed.atom")
        assert response.status_code == 200
        assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
        return fromstring(response.content)

    return ask


def entries(feed: Element) -> list[Element]:
    return feed.findall(f"{ATOM}entry")


def said(element: Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


@pytest.mark.parametrize("page", FOLLOWED)
def test_everything_that_has_a_page_has_a_feed(feed, page):
    publish(meeting())
    found = feed(page)
    assert said(found, "id") == f"{HERE}{page}"
    links = {link.get("rel"): link.get("href") for link in found.findall(f"{ATOM}link")}
    assert links == {"alternate": f"{HERE}{page}", "self": f"{HERE}{page}feed.atom"}
    assert len(entries(found)) == 1


def test_a_meeting_is_told_with_its_items_and_outcomes(feed):
    publish(
        meeting(
            item("1"), item("2", "Unge & <job>", case_number=None), item("3", None, closed=True)
        )
    )
    [entry] = entries(feed(BODY))
    assert said(entry, "title") == "Referat: Beskæftigelsesudvalget, Lindvig, 4. marts 2026"
    assert said(entry, "id") == f"{HERE}{BODY}2026-03-04/"
    assert said(entry, "summary") == (
        "<ul><li>1. Indsats for langtidsledige – Godkendt</li>"
        "<li>2. Unge &amp; &lt;job&gt; – Godkendt</li>"
        "<li>3. Lukket punkt – Godkendt</li></ul>"
    )  # fmt: skip


def test_a_case_has_its_treatments_with_the_decision_as_quoted(feed):
    publish(meeting(item("4", "Budget"), item("5", "Andet", case_number=None)))
    [entry] = entries(feed(CASE))
    assert said(entry, "title") == "Beskæftigelsesudvalget, 4. marts 2026: Budget"
    assert said(entry, "id") == f"{HERE}{BODY}2026-03-04/4/"
    assert said(entry, "summary") == "<p><b>Godkendt</b></p><p>Godkendt.</p>"


def test_an_entry_keeps_its_name_and_gets_a_new_time_when_it_changes(feed):
    publish(meeting(date="2026-02-04"))
    publish(meeting(date="2026-03-04"))
    before = entries(feed(BODY))
    publish(meeting(item("1", "Rettet titel"), date="2026-02-04"))
    after = entries(feed(BODY))
    assert [said(one, "id") for one in after] == [said(one, "id") for one in reversed(before)]
    assert said(after[0], "updated") > said(before[0], "updated")
    assert said(after[1], "updated") == said(before[0], "updated")
    assert said(feed(BODY), "updated") == said(after[0], "updated")


def test_a_person_is_followed_through_the_meetings_they_are_listed_at(feed):
    publish(meeting(date="2026-03-04"))
    publish(meeting(date="2025-03-05", members=()))
    assert [said(one, "id") for one in entries(feed(PERSON))] == [f"{HERE}{BODY}2026-03-04/"]


def test_what_has_not_changed_is_not_sent_again(client):
    publish(meeting())
    first = client.get(f"{BODY}feed.atom")
    assert first["Last-Modified"]
    for known in (
        {"If-None-Match": first["ETag"]},
        {"If-Modified-Since": first["Last-Modified"]},
    ):
        assert client.get(f"{BODY}feed.atom", headers=known).status_code == 304
    publish(meeting(item("1", "Rettet titel")))
    again = client.get(f"{BODY}feed.atom", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200


def test_an_empty_feed_is_the_same_each_time(client):
    first, again = client.get("/lindvig-by/feed.atom"), client.get("/horsens/feed.atom")
    assert first.status_code == 404
    assert again.status_code == 200
    assert client.get("/horsens/feed.atom")["ETag"] == again["ETag"]


@pytest.mark.parametrize(
    "page", ["/ingen/", "/lindvig/ingen/", "/lindvig/sag/ingen/", "/lindvig/person/ingen/", "/a b/"]
)
def test_what_is_not_there_cannot_be_followed(client, page):
    publish(meeting())
    assert client.get(f"{page}feed.atom").status_code == 404
    assert client.get(f"{page}kalender.ics").status_code == 404


def test_letters_that_xml_cannot_hold_are_left_out(feed):
    publish(meeting())
    Item.objects.update(title="Fra \x0bhaven\x01")
    [entry] = entries(feed(BODY))
    assert "Fra  haven " in said(entry, "summary")


@pytest.mark.parametrize("page", FOLLOWED)
@pytest.mark.parametrize("ending", ["feed.atom", "kalender.ics"])
def test_the_number_of_queries_does_not_grow(client, django_assert_max_num_queries, page, ending):
    for day in range(1, 21):
        numbered = (item(str(number)) for number in range(1, 8))
        publish(meeting(*numbered, date=f"2026-03-{day:02}"))
    with django_assert_max_num_queries(4):
        assert client.get(page + ending).status_code == 200


def test_a_feed_has_the_newest_thirty(feed):
    for day in range(1, 32):
        publish(meeting(date=f"2026-01-{day:02}"))
        publish(meeting(date=f"2026-03-{day:02}"))
    assert Meeting.objects.count() == 62
    found = entries(feed(BODY))
    assert len(found) == 30
    assert said(found[0], "id") == f"{HERE}{BODY}2026-03-31/"


@pytest.mark.parametrize("name", ["feed.atom", "kalender.ics"])
def test_a_search_written_as_a_path_does_not_get_round_its_pace(client, name):
    publish(meeting())
    assert client.get(f"/soeg/%3Fq=unge/{name}").status_code == 404
