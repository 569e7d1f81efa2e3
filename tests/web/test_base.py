"""The frame of every page, seen on the front page."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_page_says_its_language_and_its_permanent_address(client: Client) -> None:
    page = client.get("/?q=x").content.decode()
    assert '<html lang="da">' in page
    assert '<link rel="canonical" href="http://testserver/">' in page


def test_a_browser_that_speaks_english_gets_danish_until_somebody_chooses(client: Client) -> None:
    response = client.get("/", headers={"Accept-Language": "en"})
    assert response.headers["Content-Language"] == "da"


def test_the_switch_changes_the_language_and_goes_back_to_the_page(client: Client) -> None:
    response = client.post("/sprog/", {"language": "en", "next": "/kilder/?a=1"})
    assert (response.status_code, response.headers["Location"]) == (302, "/kilder/?a=1")
    assert client.get("/").headers["Content-Language"] == "en"


def test_the_switch_leads_nowhere_else(client: Client) -> None:
    response = client.post("/sprog/", {"language": "en", "next": "https://elsewhere.example/"})
    assert response.headers["Location"] == "/"


def test_the_switch_is_not_turned_by_following_a_link(client: Client) -> None:
    assert client.get("/sprog/?language=en").status_code == 405


def test_nothing_in_the_page_needs_inline_script_or_style(client: Client) -> None:
    response = client.get("/")
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    page = response.content.decode()
    assert "<script>" not in page
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page


def test_an_address_with_nothing_is_told_in_words(client: Client) -> None:
    response = client.get("/findes/ikke/her/")
    assert response.status_code == 404
    assert "Siden findes ikke" in response.content.decode()


def test_a_name_of_another_site_is_told_in_words(client: Client, settings: object) -> None:
    settings.ALLOWED_HOSTS = ["referater.example"]
    response = client.get("/", headers={"Host": "elsewhere.example"})
    assert response.status_code == 400
    assert "Det kunne ikke forstås" in response.content.decode()


def test_the_page_asks_nothing_of_the_readers_device(client: Client) -> None:
    headers = client.get("/om/").headers
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_what_machines_are_told_cannot_end_its_block(client: Client) -> None:
    from django.template import Context, Template

    told = {"@type": "Thing", "name": "</script><script>alert(1)</script>"}
    written = Template("{% load sagsgang %}{% json_ld told %}").render(Context({"told": told}))
    assert written.count("<script") == 1
    assert written.count("</script>") == 1


def test_the_words_of_a_text_are_explained_once_each() -> None:
    from django.template import Context, Template

    text = "Indstillingen om en tillægsbevilling. Indstillinger."
    written = Template("{% load sagsgang %}{% words_explained text %}").render(
        Context({"text": text})
    )
    assert written.count("<dt>indstilling</dt>") == 1
    assert "<dt>tillægsbevilling</dt>" in written
    assert "<dt>refusion</dt>" not in written


def test_a_member_outside_the_parties_is_told_so_in_words() -> None:
    template = Template(
        "{% load sagsgang %}{{ none|party }}, {{ letters|party }}, {{ untold|party }}"
    )
    shown = template.render(Context({"none": "independent", "letters": "A/F", "untold": ""}))
    assert shown == "uden for parti, A/F, "
