"""Several supplementary agendas of one meeting stand side by side; a republished one is a version."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.archive.documents import item, meeting
from tests.archive.pages.reading import BODY, Seen

from sagsgang.archive import publishing
from sagsgang.archive.checking import faults_of_meetings, mend
from sagsgang.archive.export.documents import documents
from sagsgang.archive.models import Item, Meeting, Publication
from sagsgang.archive.publishing import Registry, publish
from sagsgang.archive.search import index, state
from sagsgang.archive.search.query import Query
from sagsgang.minutes import Item as Treated

pytestmark = pytest.mark.django_db

DAY = "2099-03-04"
PAGE = f"{BODY}{DAY}/"
FIRST = item("1", "Varsling af afskedigelser", case_number="25/7", decisions=())
SECOND = item("1", "Bevilling til et nyt jobhus", case_number="25/8", decisions=())
THIRD = item("2", "Svar på spørgsmål fra Ældrerådet", case_number=None, decisions=())


def supplement(source_id: str, *items: Treated, **fields: Any) -> publishing.Outcome:
    """What comes of publishing a supplementary agenda."""
    document = meeting(*items, kind="supplementary_agenda", date=DAY, **fields)
    return publish(document, source_id=source_id)


@pytest.fixture
def two() -> None:
    """An agenda with two supplementary agendas."""
    publish(meeting(item("1", "Budget", decisions=()), kind="agenda", date=DAY))
    supplement("a", FIRST)
    supplement("b", SECOND)


def shown() -> list[str]:
    return [row.title for row in Item.objects.order_by("publication__strand", "position")]


@pytest.mark.usefixtures("two")
def test_both_have_their_items() -> None:
    assert shown() == ["Budget", FIRST.title, SECOND.title]
    assert {row.slug for row in Item.objects.all()} == {"1", "1-2", "1-3"}
    assert [fault for found in faults_of_meetings() for fault in found] == []


@pytest.mark.usefixtures("two")
def test_both_are_on_the_meetings_page(client: Client) -> None:
    page = Seen(client, PAGE)
    assert FIRST.title in page.section("tillaeg")
    assert SECOND.title in page.section("tillaeg-2")
    assert FIRST.title not in page.section("tillaeg-2")
    links = page.links()
    assert links["Tillægsdagsorden"] == f"{PAGE}tillaeg/1/"
    assert links["Tillægsdagsorden 2"] == f"{PAGE}tillaeg-2/1/"


@pytest.mark.usefixtures("two")
def test_both_are_found() -> None:
    for words in ("afskedigelser", "jobhus"):
        assert index.find(Query.parse(words, state.analyser())).total == 1


@pytest.mark.usefixtures("two")
def test_both_are_in_the_open_data(client: Client) -> None:
    path = f"lindvig/beskaeftigelsesudvalget/{DAY}"
    assert [one["archive"]["id"] for one in documents()] == [
        path,
        f"{path}/tillaeg",
        f"{path}/tillaeg-2",
    ]
    told = client.get("/api/publications", {"body": "lindvig/beskaeftigelsesudvalget"}).json()
    assert [one["current"] for one in told["results"]] == [True] * 3
    document = client.get(f"/api/publications/{path}/tillaeg-2/1").json()
    assert document["items"][0]["title"] == SECOND.title
    told = client.get(f"/oparl/meeting/{path}").json()
    files = [one["id"].partition("/oparl/")[2] for one in told["auxiliaryFile"]]
    assert files == [f"file/{path}/tillaeg/1", f"file/{path}/tillaeg-2/1"]
    assert client.get(f"/oparl/{files[1]}").status_code == 200
    feed = client.get(f"{BODY}feed.atom").content.decode()
    assert FIRST.title in feed
    assert SECOND.title in feed


@pytest.mark.usefixtures("two")
def test_each_has_its_own_versions_and_differences(client: Client) -> None:
    changed = supplement("b", SECOND, THIRD)
    assert (changed.result, changed.publication.version) == ("changed", 2)
    assert shown() == ["Budget", FIRST.title, SECOND.title, THIRD.title]
    links = Seen(client, f"{PAGE}versioner/").links()
    assert links["Tillægsdagsorden"] == f"{PAGE}tillaeg/1/"
    assert links["Tillægsdagsorden 2, rettet udgave 1"] == f"{PAGE}tillaeg-2/2/"
    told = Seen(client, links["Hvad blev ændret siden »Tillægsdagsorden 2«?"]).text()
    assert "Punktet er nyt." in told
    assert THIRD.title in told
    assert "gælder nu" in Seen(client, f"{PAGE}tillaeg/1/").text()
    assert "nyere version" in Seen(client, f"{PAGE}tillaeg-2/1/").text()
    assert "gælder nu" in Seen(client, f"{PAGE}tillaeg-2/2/").text()


@pytest.mark.parametrize(
    ("source_id", "items"),
    [
        ("a", (THIRD,)),
        ("new id", (FIRST, SECOND)),
        ("new id", (item("3", FIRST.title, case_number=None, decisions=()),)),
        ("new id", (item("1", "Varsling af afskedigelse", case_number="2025-007"),)),
    ],
)
def test_one_that_is_published_again_is_a_version(
    source_id: str, items: tuple[Treated, ...]
) -> None:
    supplement("a", FIRST)
    again = supplement(source_id, *items)
    assert (again.publication.strand, again.publication.version) == ("supplement", 2)
    assert shown() == [one.title for one in items]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((FIRST,), (SECOND,)),
        ((FIRST, THIRD), (SECOND, THIRD)),
        ((item("1", "Orientering"),), (item("1", "Orientering", sections=()),)),
        ((Treated("1", None, closed=True),), (Treated("1", None, closed=True), SECOND)),
    ],
)
def test_another_one_is_a_strand_of_its_own(
    first: tuple[Treated, ...], second: tuple[Treated, ...]
) -> None:
    supplement("a", *first)
    assert supplement("b", *second).publication.strand == "supplement-2"
    assert len(shown()) == len(first) + len(second)


@pytest.mark.usefixtures("two")
def test_the_same_again_changes_nothing_whatever_it_is_called() -> None:
    for source_id in ("b", "c"):
        assert supplement(source_id, SECOND).result == "unchanged"
    assert Publication.objects.count() == 3


@pytest.mark.usefixtures("two")
def test_minutes_take_the_place_of_all_of_them(client: Client) -> None:
    publish(meeting(item("1", "Budget"), date=DAY))
    assert shown() == ["Budget"]
    assert [one["kind"] for one in documents()] == ["minutes"]
    told = client.get(f"/oparl/meeting/lindvig/beskaeftigelsesudvalget/{DAY}").json()
    assert told["auxiliaryFile"] == []
    assert Seen(client, PAGE).links()["Tillægsdagsorden 2"] == f"{PAGE}tillaeg-2/1/"


@pytest.mark.usefixtures("two")
def test_mending_gives_both_their_items() -> None:
    Item.objects.all().delete()
    mend(Meeting.objects.get().pk, Registry())
    assert shown() == ["Budget", FIRST.title, SECOND.title]
    assert [fault for found in faults_of_meetings() for fault in found] == []


@pytest.mark.parametrize(
    "word", ["tillaeg-1", "tillaeg-02", "tillaeg-0", "tillaeg-3", "supplement"]
)
@pytest.mark.usefixtures("two")
def test_no_other_address_leads_to_one(client: Client, word: str) -> None:
    path = f"lindvig/beskaeftigelsesudvalget/{DAY}"
    assert client.get(f"{PAGE}{word}/1/").status_code == 404
    assert client.get(f"/oparl/file/{path}/{word}/1").status_code == 404
    assert client.get(f"/api/publications/{path}/{word}/1").status_code in (404, 422)
