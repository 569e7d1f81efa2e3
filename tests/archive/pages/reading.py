"""What the tests of pages share: publishing, and reading what a page says."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import Any

from django.test import Client
from lxml import html
from tests.archive import documents

from sagsgang.archive import publishing
from sagsgang.archive.models import Publication
from sagsgang.minutes import Minutes

BODY = "/lindvig/beskaeftigelsesudvalget/"
MEETING = f"{BODY}2026-03-04/"


def published(minutes: Minutes | None = None, **given: Any) -> Publication:
    """The publication of a document."""
    outcome = publishing.publish(minutes or documents.meeting(), **given)
    assert outcome.publication is not None, outcome.message
    return outcome.publication


class Seen:
    """A page as a browser has it."""

    def __init__(self, client: Client, address: str) -> None:
        self.response = client.get(address)
        assert self.response.status_code == 200, address
        self.source = self.response.content.decode()
        self.tree = html.document_fromstring(self.source)

    def text(self, selector: str = "main") -> str:
        """The words of all elements that a CSS class, id or tag selects, on one line."""
        return " ".join(" ".join(one.text_content() for one in self.all(selector)).split())

    def all(self, selector: str) -> list[Any]:
        """The elements that a tag, `.class` or `#id` selects."""
        if selector.startswith("#"):
            return self.tree.xpath(f"//*[@id='{selector[1:]}']")
        if selector.startswith("."):
            name = f"' {selector[1:]} '"
            return self.tree.xpath(f"//*[contains(concat(' ', @class, ' '), {name})]")
        return self.tree.xpath(f"//{selector}")

    def section(self, heading: str) -> str:
        """The words of the section that a heading, named by its id, stands in."""
        (section,) = self.tree.xpath(f"//*[@id='{heading}']/ancestor::section[1]")
        return " ".join(section.text_content().split())

    def links(self) -> dict[str, str]:
        """The addresses that the page's main part leads to, by their words."""
        return {
            " ".join(one.text_content().split()): one.get("href")
            for one in self.tree.xpath("//main//a")
        }

    def schema(self) -> dict[str, Any]:
        """What the page tells machines."""
        (block,) = self.tree.xpath("//script[@type='application/ld+json']")
        return json.loads(block.text)

    def anchors_lead_somewhere(self) -> bool:
        """Whether everything that the page leads to within itself is there, once."""
        ids = self.tree.xpath("//@id")
        targets = [href[1:] for href in self.tree.xpath("//a/@href") if href.startswith("#")]
        return len(ids) == len(set(ids)) and set(targets) <= set(ids)

    def levels(self) -> list[int]:
        """The levels of the headings, in order."""
        return [int(level) for level in re.findall(r"<h([1-6])\b", self.source)]


def steps_down_by_one(levels: list[int]) -> bool:
    """Whether headings begin with one of the first level, and none skips a level down."""
    pairs = pairwise(levels)
    return levels[:1] == [1] and levels.count(1) == 1 and all(b <= a + 1 for a, b in pairs)
