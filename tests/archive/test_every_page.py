"""What holds for every page that a link leads to, of an archive whose texts are all hostile.

Every text in the documents tries to become a part of the page; none may.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from typing import Any, get_args
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve
from lxml import etree, html

from sagsgang.archive.publishing import publish
from sagsgang.minutes import Attachment, Decision, Item, Minutes, Reference, Statement, Step, Vote
from sagsgang.minutes.model import (
    Attendance,
    ContentsEntry,
    Finding,
    Participant,
    Recommendation,
    RoutingMark,
    Section,
    SectionKind,
    Table,
)

from .crawling import Visited, crawl

pytestmark = pytest.mark.django_db
# What programs ask for, by addresses that they are told in JSON; pages with a key in their address;
# and the working house, which no public page leads to.
ELSEWHERE = ("api/", "oparl/", "foelg/<", "arbejde/")
NOT_LINKED = {
    "sprog/",  # by a form
    "foelg/sendt/",  # by a form
    "segl/rod.pem",  # in a demonstration only
    "was",  # what the authorities ask for by this name
    "was/",
    "<slug:municipality>/<slug:body>/<slug:meeting>/<slug:item>/bilag/<int:position>/",  # if fetched
    # What has no publication signed by its municipality has no such file.
    "<slug:municipality>/<slug:body>/<slug:meeting>/<strand:strand>/<int:version>/forseglet.pdf",
    "<slug:municipality>/<slug:body>/<slug:meeting>/<strand:strand>/<int:version>/uforseglet.pdf",
}
ATTACK = (
    "</title></script><script>attack()</script><img src=attack onerror=attack()>"
    '"\'><b attack=1 onclick="attack()"> [x](javascript:attack()) {{ attack }} & ]]>'
)
ATTACKER = f"Ib {ATTACK[:60]} Attack"


def hostile_item(number: str) -> Item:
    return Item(
        number=number,
        title=f"Sag {number} {ATTACK}",
        case_number=f"15.20.00-A00-{number}-25",
        kle="15.20.00",
        sections=tuple(
            Section(ATTACK, kind, f"{ATTACK}\n\n- {ATTACK}\n\n| {ATTACK} | b |\n| --- | --- |\n")
            for kind in get_args(SectionKind)
        ),
        recommendation=Recommendation(ATTACK, (ATTACK, ATTACK)),
        decisions=(
            Decision(ATTACK, "approved"),
            Decision(ATTACK, "noted", committee=ATTACK, date="2026-01-01"),
        ),
        votes=(Vote("for", (ATTACKER, ATTACK)), Vote("against", ("Socialdemokratiet", ATTACK))),
        statements=(Statement((ATTACKER, ATTACK), ATTACK),),
        referred_to_council_by=(ATTACK,),
        absent=(ATTACKER,),
        participants=(Participant(ATTACK, ATTACK),),
        decided_by=ATTACK,
        routing=(RoutingMark(ATTACK, True),),
        related=(Reference(ATTACK, "2026-01-01", ATTACK),),
        next_steps=(Step(ATTACK, "2026-05-01"),),
        attachments=(
            Attachment(ATTACK, "javascript:attack()"),
            Attachment(ATTACK, f"https://example.org/{ATTACK}"),
            Attachment(ATTACK, "data:text/html,<script>attack()</script>"),
        ),
        author=ATTACK,
        tables=(Table(((ATTACK, ATTACK), (ATTACK, ATTACK)), caption=ATTACK),),
    )


def hostile(date: str, **changes: Any) -> Minutes:
    minutes = Minutes(
        municipality=f"Lindvig {ATTACK[:40]}",
        committee=f"Udvalget {ATTACK[:60]}",
        date=date,
        start_time="15:00",
        place=ATTACK,
        members=(Attendance(ATTACKER, "A", True), Attendance(f"Bo {ATTACK[:60]} Attack", ATTACK)),
        contents=(ContentsEntry(ATTACK, 2, False),),
        items=(hostile_item("1"), hostile_item("2"), Item(None, ATTACK, closed=True)),
        findings=(Finding(ATTACK, ATTACK, ATTACK),),
    )
    return dataclasses.replace(minutes, **changes)


def fill() -> None:
    publish(hostile("2026-03-04"), source_id=ATTACK, address=f"https://example.org/{ATTACK}")
    changed = hostile("2026-03-04", items=(hostile_item("1"),))
    publish(changed, source_id=ATTACK, reason=ATTACK)
    publish(hostile("2026-04-01"), source_id=ATTACK)
    publish(hostile("2099-04-01", kind="agenda"), source_id=ATTACK)
    supplement = hostile("2099-04-01", kind="supplementary_agenda", items=(hostile_item("3"),))
    publish(supplement, source_id=ATTACK)
    publish(dataclasses.replace(supplement, place=None), source_id=ATTACK)


@pytest.fixture(scope="module")
def visited(django_db_setup: None, django_db_blocker: Any) -> list[Visited]:
    with django_db_blocker.unblock(), transaction.atomic():
        fill()
        found = crawl(Client(), ("/", "/sitemap.xml", "/robots.txt", "/soeg/?q=sag"))
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def pages(visited: list[Visited]) -> list[Visited]:
    return [each for each in visited if each.is_page]


def test_no_text_of_a_document_becomes_a_part_of_a_page(visited: list[Visited]) -> None:
    found = []
    for each in visited:
        if each.is_html:
            whole = html.fromstring(f"<div>{each.body.decode()}</div>")
            found += [(each.address, fault) for fault in faults(whole)]
    assert found == []


def faults(page: html.HtmlElement) -> list[str]:
    found = []
    for element in page.iter(etree.Element):
        if element.tag == "script" and not element.get("src", "").startswith("/static/"):
            if element.get("type") != "application/ld+json":
                found.append(html.tostring(element)[:200].decode())
            else:
                json.loads(element.text)
        for name, value in element.attrib.items():
            if name.startswith("on") or name in ("attack", "style", "srcdoc"):
                found.append(f"{element.tag} {name}={value[:80]}")
            if re.match(r"\s*(?:javascript|data|vbscript):", value, re.IGNORECASE):
                found.append(f"{element.tag} {name}={value[:80]}")
    found += [
        html.tostring(each)[:80].decode()
        for each in page.iter("img")
        if each.get("src") == "attack"
    ]
    return found


def test_feeds_and_other_xml_are_well_formed_and_their_html_is_harmless(
    visited: list[Visited],
) -> None:
    for each in visited:
        if each.is_xml:
            for element in etree.fromstring(each.body).iter("{*}summary", "{*}content"):
                if element.get("type") == "html" and element.text:
                    assert faults(html.fromstring(element.text)) == []


def test_every_page_has_its_language_title_and_heading(pages: list[Visited]) -> None:
    for each in pages:
        if "referat" in each.address.rpartition("/")[2]:
            continue  # a document to take away, not a page of the site
        page = each.page
        assert page.get("lang") == "da", each.address
        assert len(page.findall(".//h1")) == 1, each.address
        assert len(page.findall(".//title")) == 1, each.address
        assert len(page.findall(".//main")) == 1, each.address


def test_every_answer_has_the_headers_that_keep_browsers_safe(visited: list[Visited]) -> None:
    for each in visited:
        assert each.headers["X-Content-Type-Options"] == "nosniff", each.address
        assert each.headers["X-Frame-Options"] == "DENY", each.address
        assert each.headers["Referrer-Policy"] == "strict-origin-when-cross-origin", each.address
        assert each.headers["Cross-Origin-Opener-Policy"] == "same-origin", each.address
        policy = directives(each.headers["Content-Security-Policy"])
        assert policy["default-src"] == ["'none'"], each.address
        assert policy["frame-ancestors"] == ["'none'"], each.address
        assert not any(
            unsafe in sources
            for sources in policy.values()
            for unsafe in ("'unsafe-inline'", "'unsafe-eval'", "*", "https:", "http:")
        ), each.address


def directives(policy: str) -> dict[str, list[str]]:
    return {
        name: sources
        for name, *sources in (directive.split() for directive in policy.split(";") if directive)
    }


def test_no_answer_sets_a_cookie_for_those_who_only_read(visited: list[Visited]) -> None:
    assert [each.address for each in visited if "Set-Cookie" in each.headers] == []


def test_the_test_has_seen_the_site(visited: list[Visited]) -> None:
    types = {each.media_type for each in visited}
    assert {"text/html", "application/atom+xml", "text/calendar"} <= types
    assert len(visited) > 40


def test_every_kind_of_page_was_come_upon(visited: list[Visited]) -> None:
    seen = {resolve(urlsplit(each.address).path).route for each in visited if each.status == 200}
    unseen = {route for route in routes(get_resolver()) if not route.startswith(ELSEWHERE)}
    assert "\n".join(sorted(unseen - seen - NOT_LINKED)) == ""


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each, route)
        else:
            yield route


def test_no_link_leads_astray(visited: list[Visited]) -> None:
    lost = [(each.address, each.came_from, each.status) for each in visited if each.status != 200]
    assert lost == []


def test_no_two_pages_have_one_title(pages: list[Visited]) -> None:
    titles: dict[str, str] = {}
    for each in pages:
        robots = each.page.xpath("string(//meta[@name='robots']/@content)")
        if "?" not in each.address and "referat" not in each.address and robots != "noindex":
            title = each.page.findtext(".//title")
            assert titles.setdefault(title, each.address) == each.address
