"""Documents as files."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from tests.archive.documents import item, meeting

from sagsgang.minutes import Minutes, read_bytes
from sagsgang.minutes.writers import from_html, from_markdown

from .reading import BODY, MEETING, published

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("form", "media_type"),
    [("json", "application/json"), ("md", "text/markdown"), ("html", "text/html")],
)
def test_each_form_has_its_type_and_a_name_that_says_what_it_is(
    client: Client, form: str, media_type: str
) -> None:
    published()
    response = client.get(f"{MEETING}referat.{form}")
    assert response.headers["Content-Type"] == f"{media_type}; charset=utf-8"
    name = f"lindvig-beskaeftigelsesudvalget-2026-03-04-referat.{form}"
    assert response.headers["Content-Disposition"] == f'inline; filename="{name}"'


@pytest.mark.parametrize(
    ("form", "begins", "shown"), [("pdf", b"%PDF-", "inline"), ("docx", b"PK", "attachment")]
)
def test_paper_and_word_are_bytes_with_a_tag(
    client: Client, form: str, begins: bytes, shown: str
) -> None:
    minutes = published().minutes
    response = client.get(f"{MEETING}referat.{form}")
    assert response.content.startswith(begins)
    assert "charset" not in response.headers["Content-Type"]
    assert response.headers["Content-Disposition"].startswith(f"{shown}; filename=")
    again = client.get(
        f"{MEETING}referat.{form}", headers={"If-None-Match": response.headers["ETag"]}
    )
    assert again.status_code == 304
    read = read_bytes(response.content, f"x.{form}")
    assert [one.title for one in read.items] == [one.title for one in minutes.items]


def test_akoma_ntoso_is_named_by_the_address(client: Client) -> None:
    published()
    response = client.get(f"{MEETING}referat.akn")
    assert response.headers["Content-Type"] == "application/akn+xml; charset=utf-8"
    assert f'<FRBRalias name="address" value="{MEETING}"/>' in response.content.decode()


def test_every_form_is_offered_on_the_meetings_page(client: Client) -> None:
    published()
    page = client.get(MEETING).content.decode()
    for form in ("pdf", "docx", "html", "md", "json", "akn"):
        assert f"referat.{form}" in page


def test_every_form_reads_back_to_the_same_minutes(client: Client) -> None:
    minutes = published().minutes
    text = {
        form: client.get(f"{MEETING}referat.{form}").content.decode()
        for form in ("json", "md", "html")
    }
    assert Minutes.from_dict(json.loads(text["json"])) == minutes
    assert from_markdown(text["md"]) == minutes
    assert from_html(text["html"]) == minutes


def test_an_agenda_is_called_an_agenda(client: Client) -> None:
    published(meeting(kind="agenda"))
    assert "-dagsorden.json" in client.get(f"{MEETING}referat.json").headers["Content-Disposition"]


def test_the_written_page_may_use_its_own_style_and_nothing_else(client: Client) -> None:
    published()
    policy = client.get(f"{MEETING}referat.html").headers["Content-Security-Policy"]
    assert "style-src 'sha256-" in policy
    assert "script-src 'none'" in policy


def test_the_tag_is_that_of_the_content(client: Client) -> None:
    publication = published()
    etag = client.get(f"{MEETING}referat.json").headers["ETag"]
    assert etag == f'"{publication.sha256}-json"'
    again = client.get(f"{MEETING}referat.json", headers={"If-None-Match": etag})
    assert again.status_code == 304
    published(meeting(item(title="Et andet punkt")))
    again = client.get(f"{MEETING}referat.json", headers={"If-None-Match": etag})
    assert again.status_code == 200


def test_a_version_stays_as_it_was(client: Client) -> None:
    published()
    published(meeting(item(title="Et andet punkt")))
    first, second = (
        client.get(f"{MEETING}version/{number}/referat.json").json() for number in (1, 2)
    )
    assert first["items"][0]["title"] == "Indsats for langtidsledige"
    assert second["items"][0]["title"] == "Et andet punkt"


def test_there_is_no_other_form_and_no_other_version(client: Client) -> None:
    published()
    assert client.get(f"{MEETING}referat.exe").status_code == 404
    assert client.get(f"{MEETING}version/2/referat.json").status_code == 404
    assert client.get(f"{BODY}2020-01-01/referat.json").status_code == 404
