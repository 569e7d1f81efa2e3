"""The JSON API: what it tells, in which pieces, and to whom."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from sagsgang.archive.models import Meeting
from sagsgang.archive.publishing import publish
from sagsgang.bodies.models import Membership
from sagsgang.minutes import Attachment, Decision, Minutes, Statement, Vote

from ..documents import item, meeting

pytestmark = pytest.mark.django_db

HERE = "http://testserver"
MEETING = "lindvig/beskaeftigelsesudvalget/2026-03-04"


@pytest.fixture
def told(client: Client):
    def ask(path: str, **query: Any) -> dict[str, Any]:
        response = client.get(path if path.startswith("http") else f"/api/{path}", query)
        assert response.status_code == 200, response.content
        return response.json()

    return ask


def rich() -> Minutes:
    """Minutes with a vote, dissent, absence and an attachment."""
    voted = item(
        "4",
        "Budget",
        case_number="22/18533",
        votes=(Vote("for", ("Karin Østergaard", "A")), Vote("against", ("Jens Mølgaard",))),
        statements=(Statement(("Jens Mølgaard",), "Vi er imod."),),
        absent=("Fatima Lindholm",),
        attachments=(Attachment("Notat", "https://eksempel.dk/notat.pdf"),),
    )
    closed = item("5", None, case_number=None, closed=True, sections=(), decisions=())
    return meeting(voted, closed)


def test_a_meeting_is_told_with_members_and_items(told):
    publish(rich())
    answer = told(f"meetings/{MEETING}")
    assert answer["id"] == MEETING
    assert answer["page"] == f"{HERE}/{MEETING}/"
    assert answer["start_time"] == "15:30"
    assert [(one["name"], one["party"]) for one in answer["attendance"]] == [
        ("Karin Østergaard", "A"), ("Jens Mølgaard", "V"), ("Fatima Lindholm", "F"),
    ]  # fmt: skip
    assert [(one["number"], one["outcome"]) for one in answer["items"]] == [
        ("4", "approved"),
        ("5", None),
    ]


def test_an_item_is_told_with_who_voted_dissented_and_was_absent(told):
    publish(rich())
    answer = told(f"items/{MEETING}/4")
    assert [(one["choice"], one["name"], one["person"], one["party"]) for one in answer["ballots"]] == [
        ("for", "Karin Østergaard", "lindvig/person/karin-oestergaard", None),
        ("for", "A", None, "A"),
        ("against", "Jens Mølgaard", "lindvig/person/jens-moelgaard", None),
    ]  # fmt: skip
    assert [one["name"] for one in answer["dissents"]] == ["Jens Mølgaard"]
    assert answer["absent"] == ["lindvig/person/fatima-lindholm"]
    assert answer["attachments"] == [
        {
            "title": "Notat",
            "address": "https://eksempel.dk/notat.pdf",
            "sha256": None,
            "media_type": None,
        }
    ]


def test_a_closed_item_is_told_only_as_published(told):
    publish(rich())
    answer = told(f"items/{MEETING}/5")
    assert answer["closed"] is True
    told_of_it = {key: answer[key] for key in ("title", "decision", "case", "ballots")}
    assert told_of_it == {"title": None, "decision": None, "case": None, "ballots": []}


def test_the_document_is_the_one_that_was_published(told):
    first = publish(rich()).publication
    publish(meeting(item("4", "Budget for 2027")))
    document = told(told(f"meetings/{MEETING}")["document"])
    assert document["archive"]["version"] == 2
    assert document["items"][0]["title"] == "Budget for 2027"
    old = told(f"publications/{MEETING}/version/1")
    assert old.pop("archive")["address"] == f"{HERE}/{MEETING}/version/1/"
    assert old == first.document


def test_versions_are_listed_the_newest_first_with_what_counts_marked(told):
    publish(rich())
    publish(meeting(item("4", "Budget for 2027")))
    found = told("publications")["results"]
    assert [(one["version"], one["current"]) for one in found] == [(2, True), (1, False)]
    assert told(found[1]["document"])["archive"]["version"] == 1


def test_a_case_is_told_with_its_treatments_in_order(told):
    publish(meeting(item("1"), date="2026-03-04"))
    publish(meeting(item("7", "Langtidsledige igen"), date="2026-02-04"))
    [case] = told("cases", municipality="lindvig")["results"]
    answer = told(case["url"])
    assert answer["title"] == "Indsats for langtidsledige"
    assert [one["date"] for one in answer["treatments"]] == ["2026-02-04", "2026-03-04"]
    assert len(told("items", case=case["id"])["results"]) == 2


def test_people_have_memberships_by_term(told):
    publish(rich())
    Membership.objects.filter(person__slug="fatima-lindholm").update(until="2027-05-31")
    found = told("people", body="lindvig/beskaeftigelsesudvalget")["results"]
    assert [one["name"] for one in found] == [
        "Fatima Lindholm",
        "Jens Mølgaard",
        "Karin Østergaard",
    ]
    assert told(found[0]["url"])["memberships"] == [
        {
            "body": "lindvig/beskaeftigelsesudvalget",
            "body_name": "Beskæftigelsesudvalget",
            "term": "2026-2029",
            "party": "F",
            "since": None,
            "until": "2027-05-31",
        }
    ]
    voted = told("items", person="lindvig/person/jens-moelgaard")["results"]
    assert [one["number"] for one in voted] == ["4"]


@pytest.mark.parametrize(
    ("asked", "dates"),
    [
        ({}, ["2026-05-06", "2025-01-08", "2026-03-04"]),
        ({"date_from": "2026-01-01"}, ["2026-05-06", "2026-03-04"]),
        ({"date_to": "2026-03-04"}, ["2025-01-08", "2026-03-04"]),
        ({"outcome": "postponed"}, ["2026-05-06"]),
        ({"municipality": "lindvig"}, ["2025-01-08", "2026-03-04"]),
        ({"body": "havneby/beskaeftigelsesudvalget"}, ["2026-05-06"]),
        ({"kle": "15"}, ["2026-05-06"]),
        ({"closed": "true"}, []),
    ],
)
def test_items_are_narrowed_down(told, asked, dates):
    publish(meeting(date="2026-03-04"))
    publish(meeting(date="2025-01-08"))
    other = item(
        case_number="15.00.00-A00-1-26",
        kle="15.00.00",
        decisions=(Decision("Udsat.", "postponed"),),
    )
    publish(meeting(other, municipality="Havneby", date="2026-05-06"))
    assert [one["date"] for one in told("items", **asked)["results"]] == dates


def test_pieces_follow_one_another_whatever_comes_in_between(told):
    for day in range(1, 8):
        publish(meeting(date=f"2026-03-{day:02}"))
    piece = told("meetings", limit=3)
    seen = [one["date"] for one in piece["results"]]
    publish(meeting(date="2026-04-01"))
    Meeting.objects.get(date="2026-03-06").delete()
    while piece["next"]:
        piece = told(piece["next"])
        seen += [one["date"] for one in piece["results"]]
    assert seen == [f"2026-03-{day:02}" for day in range(7, 0, -1)]


def test_items_of_one_meeting_can_be_cut_anywhere(told):
    publish(meeting(*(item(str(n), f"Sag {n}", case_number=None) for n in range(1, 8))))
    publish(meeting(item("1", "Senere"), date="2026-04-01"))
    for limit in (1, 3, 4):
        piece, seen = told("items", limit=limit), []
        while True:
            seen += [one["title"] for one in piece["results"]]
            if not piece["next"]:
                break
            piece = told(piece["next"])
        assert seen == ["Senere", *(f"Sag {n}" for n in range(1, 8))]


def test_what_changed_since_comes_in_the_order_it_changed(told):
    publish(meeting(date="2026-03-04"))
    publish(meeting(date="2026-02-04"))
    before = told("meetings", changed_since="2020-01-01T00:00:00Z")["results"]
    assert [one["date"] for one in before] == ["2026-03-04", "2026-02-04"]
    publish(meeting(item("1", "Rettet"), date="2026-03-04"))
    after = told("meetings", changed_since=before[-1]["changed_at"])["results"]
    assert [one["date"] for one in after] == ["2026-02-04", "2026-03-04"]


def test_items_that_changed_since_come_in_the_order_they_were_published(told):
    publish(meeting(item("1"), item("2"), date="2026-03-04"))
    last = publish(meeting(date="2026-02-04")).publication.published_at.isoformat()
    publish(meeting(item("1", "Rettet"), date="2026-03-04"))
    found = told("items", changed_since=last)["results"]
    assert [(one["date"], one["title"]) for one in found] == [
        ("2026-02-04", "Indsats for langtidsledige"),
        ("2026-03-04", "Rettet"),
    ]
    assert told("items", changed_since="2199-01-01")["results"] == []


@pytest.mark.parametrize(
    "path",
    [
        "meetings?cursor=abc",
        "meetings?limit=0",
        "meetings?limit=201",
        "meetings?date_from=i%20dag",
        "items?changed_since=0001-01-01T00:00:00%2B14:00",
        "items?outcome=vedtaget",
        "items?body=lindvig",
        "publications/a/b/c/version/0",
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(client, path):
    response = client.get(f"/api/{path}")
    assert response.status_code == 422
    assert response.json()["detail"][0]["msg"]


def test_a_cursor_of_another_list_is_refused(client, told):
    for day in (1, 2):
        publish(meeting(date=f"2026-03-0{day}"))
    cursor = told("meetings", limit=1)["next"].split("cursor=")[1].split("&")[0]
    assert client.get(f"/api/items?cursor={cursor}").status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        "municipalities/ingen",
        "bodies/lindvig/ingen",
        "people/lindvig/ingen",
        "meetings/lindvig/a/b",
        "items/a/b/c/d",
        "cases/lindvig/1",
        "publications/a/b/c/version/1",
    ],
)
def test_what_is_not_there_is_not_found(client, path):
    response = client.get(f"/api/{path}")
    assert response.status_code == 404
    assert response.json() == {"detail": "Not Found"}


def test_what_has_not_changed_is_not_sent_again(client):
    publish(meeting())
    first = client.get("/api/meetings")
    again = client.get("/api/meetings", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    publish(meeting(item("1", "Rettet")))
    changed = client.get("/api/meetings", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_scripts_of_other_sites_may_read_and_nothing_more(client):
    publish(meeting())
    assert client.get("/api/meetings")["Access-Control-Allow-Origin"] == "*"
    asked = client.options("/api/meetings")
    assert asked.status_code == 204
    assert asked["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Access-Control-Allow-Credentials" not in asked
    assert client.post("/api/meetings").status_code == 405
    assert "Access-Control-Allow-Origin" not in client.get("/")


def test_head_tells_what_get_would(client):
    publish(meeting())
    head, get = client.head("/api/meetings"), client.get("/api/meetings")
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == get["ETag"]
    assert head["Content-Length"] == str(len(get.content))


def test_who_asks_too_often_is_told_to_wait(client, settings):
    settings.API_PER_MINUTE = 2
    asker = {"REMOTE_ADDR": "192.0.2.1"}
    answers = [client.get("/api/municipalities", **asker) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert 1 <= int(answers[2]["Retry-After"]) <= 60
    assert client.get("/api/municipalities", REMOTE_ADDR="192.0.2.2").status_code == 200
    # What a reader writes in the header gives no more requests where there is no proxy.
    pretending = {"X-Forwarded-For": "192.0.2.7"}
    assert client.get("/api/municipalities", headers=pretending, **asker).status_code == 429


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("municipalities", 1),
        ("bodies", 1),
        ("people", 2),
        ("meetings", 1),
        (f"meetings/{MEETING}", 3),
        ("items", 1),
        (f"items/{MEETING}/4", 5),
        ("cases", 1),
        ("publications", 1),
        (f"publications/{MEETING}/version/1", 1),
    ],
)
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, path, queries):
    publish(rich())
    with django_assert_num_queries(queries):
        client.get(f"/api/{path}")
    for day in range(10, 20):
        publish(meeting(*(item(str(n)) for n in range(5)), date=f"2026-03-{day}"))
    with django_assert_num_queries(queries):
        client.get(f"/api/{path}")


def test_the_page_tells_of_every_address(client, told):
    page = client.get("/api/").content.decode()
    schema = told("openapi.json")
    assert schema["openapi"] == "3.1.0"
    for path in schema["paths"]:
        assert f"GET {path}" in page
    assert "<script>" not in page


def test_every_address_says_how_it_may_fail(told):
    for methods in told("openapi.json")["paths"].values():
        assert set(methods) == {"get"}
        assert set(methods["get"]["responses"]) == {"200", "404", "422", "429"}
        assert methods["get"]["summary"]


def test_search_finds_what_the_site_finds(told):
    publish(rich())
    publish(meeting(item("1", "Cykelstier ved skolerne", case_number=None), date="2026-04-01"))
    found = told("search", q="cykelsti")
    assert found["total"] == 1
    [hit] = found["results"]
    assert hit["id"] == "lindvig/beskaeftigelsesudvalget/2026-04-01/1"
    assert "".join(piece["text"] for piece in hit["title_marked"]) == "Cykelstier ved skolerne"
    assert [piece["text"] for piece in hit["title_marked"] if piece["marked"]] == ["Cykelstier"]
    assert found["facets"]["body"] == [{"value": "lindvig/beskaeftigelsesudvalget", "count": 1}]
    assert found["facets"]["municipality"] == [{"value": "lindvig", "count": 1}]
    assert found["next"] is None


def test_search_is_narrowed_down(told):
    publish(meeting(date="2026-03-04"))
    publish(meeting(municipality="Havneby", date="2026-05-06"))

    def dates(**asked):
        return [one["date"] for one in told("search", q="langtidsledige", **asked)["results"]]

    assert dates(order="date") == ["2026-05-06", "2026-03-04"]
    assert dates(municipality="lindvig") == ["2026-03-04"]
    assert dates(body="havneby/beskaeftigelsesudvalget") == ["2026-05-06"]
    assert dates(date_from="2026-04-01") == ["2026-05-06"]
    assert dates(outcome="rejected") == []
    assert dates(municipality="ingen") == []


def test_search_comes_in_pieces(told):
    for day in range(1, 29):
        publish(meeting(date=f"2026-03-{day:02}"))
    piece = told("search", q="langtidsledige", order="date")
    assert len(piece["results"]) == 20
    rest = told(piece["next"])
    assert [one["date"] for one in rest["results"]] == [
        f"2026-03-{day:02}" for day in range(8, 0, -1)
    ]
    assert rest["next"] is None


def test_search_has_a_pace_of_its_own(client, settings):
    settings.SEARCHES_PER_MINUTE = 1
    asker = {"REMOTE_ADDR": "192.0.2.3"}
    answers = [client.get("/api/search?q=ledig", **asker).status_code for _ in range(2)]
    assert answers == [200, 429]
    assert client.get("/api/meetings", **asker).status_code == 200


def test_a_search_costs_a_constant_number_of_queries(client, django_assert_max_num_queries):
    for day in range(1, 29):
        publish(meeting(item("1"), item("2"), date=f"2026-03-{day:02}"))
    # PostgreSQL is told for each search how to plan it.
    with django_assert_max_num_queries(11 if connection.vendor == "sqlite" else 16):
        assert client.get("/api/search?q=ledig").json()["total"] == 56
