"""What the head of every page says about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class Link(NamedTuple):
    """A name and the address behind it: a step of the path to the page, or a feed."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page's title, description, place in the site, and what machines are told about it.

    `trail` leads from the front page to the one above this; the page's own name, `crumb`, is its
    last step and is `title` where nothing shorter is given. `schema` is the page in the words of
    schema.org, without `@context`.
    """

    title: str
    description: str = ""
    trail: Sequence[Link] = ()
    crumb: str = ""
    schema: Mapping[str, Any] | None = None
    kind: str = "website"
    """The kind of thing in Open Graph: `website`, `article` or `profile`."""
    feeds: Sequence[Link] = ()
    calendars: Sequence[Link] = ()
    indexed: bool = True
    """Whether search engines are asked to keep the page."""


def shown(
    request: HttpRequest, template: str, page: Page, status: int = 200, **content: Any
) -> HttpResponse:
    """The page as a response: `template` with `page` and its content."""
    return render(request, template, {"page": page, **content}, status=status)
