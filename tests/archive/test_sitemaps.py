"""What search engines are told: every page, in parts of a bounded size."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest

from sagsgang.archive import sitemaps
from sagsgang.archive.models import Case, Item, Meeting
from sagsgang.archive.publishing import publish
from sagsgang.bodies.models import Body, Municipality, Person

from .documents import item, meeting

pytestmark = pytest.mark.django_db

HERE = "http://testserver"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(content: bytes) -> list[str]:
    return [str(loc.text) for loc in fromstring(content).iter(f"{SITEMAP}loc")]


@pytest.fixture
def listed(client):
    """All pages that the sitemap leads to, by the part that has them."""

    def read() -> dict[str, list[str]]:
        parts = addresses(client.get("/sitemap.xml").content)
        return {part: addresses(client.get(part).getvalue()) for part in parts}

    return read


def test_robots_are_told_where_the_sitemap_is(client):
    told = client.get("/robots.txt")
    assert told["Content-Type"] == "text/plain; charset=utf-8"
    assert f"Sitemap: {HERE}/sitemap.xml\n" in told.content.decode()


def test_every_page_is_listed_once_at_its_own_address(listed):
    publish(meeting(item("1"), item("2", "Andet", case_number="22/1")))
    publish(meeting(item("1"), date="2026-02-04"))
    rows = [
        *Municipality.objects.filter(name="Lindvig"), *Body.objects.all(), *Meeting.objects.all(),
        *Item.objects.all(), *Case.objects.all(), *Person.objects.all(),
    ]  # fmt: skip
    found = [page for pages in listed().values() for page in pages]
    assert len(found) == len(set(found))
    own = {f"{HERE}{row.get_absolute_url()}" for row in rows}
    assert own == set(found) - {f"{HERE}{path}" for path in sitemaps._FIXED}


def test_parts_have_at_most_as_many_as_allowed(listed, monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST", 7)
    for day in range(1, 15):
        publish(meeting(*(item(str(number)) for number in range(5)), date=f"2026-03-{day:02}"))
    parts = listed()
    of_items = [pages for part, pages in parts.items() if "punkter" in part]
    assert len(of_items) >= 10
    assert all(0 < len(pages) <= 7 for pages in of_items)
    assert sum(map(len, of_items)) == 70


def test_a_page_tells_when_it_changed(client):
    publish(meeting())
    row = Meeting.objects.get()
    [part] = [one for one in addresses(client.get("/sitemap.xml").content) if "moeder" in one]
    content = fromstring(client.get(part).getvalue())
    changed = content.findtext(f".//{SITEMAP}lastmod")
    assert changed == row.changed_at.isoformat(timespec="seconds")


def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries):
    for day in range(1, 11):
        publish(meeting(*(item(str(number)) for number in range(5)), date=f"2026-03-{day:02}"))
    with django_assert_num_queries(6):
        parts = addresses(client.get("/sitemap.xml").content)
    for part in parts[1:]:
        with django_assert_num_queries(1):
            assert client.get(part).getvalue()


@pytest.mark.parametrize("path", ["sitemap-punkter-999.xml", "sitemap-ingen-0.xml"])
def test_a_part_that_is_not_there_is_not_found(client, path):
    assert client.get(f"/{path}").status_code == 404
