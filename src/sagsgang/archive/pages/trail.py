"""The path from the front page to a page, and the page in the words of schema.org."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from sagsgang.bodies.models import Body, Municipality

from ..models import Meeting
from .page import Link
from .wording import day_said


def to_municipality(municipality: Municipality) -> list[Link]:
    """The path to a municipality's page, itself included."""
    return [Link(_("Forside"), "/"), Link(municipality.name, municipality.get_absolute_url())]


def to_body(body: Body) -> list[Link]:
    """The path to a committee's page, itself included."""
    return [*to_municipality(body.municipality), Link(body.name, body.get_absolute_url())]


def to_meeting(meeting: Meeting) -> list[Link]:
    """The path to a meeting's page, itself included."""
    return [*to_body(meeting.body), Link(day_said(meeting.date), meeting.get_absolute_url())]


def whole(request: HttpRequest, address: str) -> str:
    """An address with the site's own name before it."""
    return (
        settings.SITE_ADDRESS + address
        if settings.SITE_ADDRESS
        else request.build_absolute_uri(address)
    )


def schema(
    request: HttpRequest, trail: Sequence[Link], crumb: str, about: Mapping[str, Any]
) -> dict[str, Any]:
    """A page about `about`, with the path to it, in the words of schema.org."""
    steps = [*trail, Link(crumb, request.path)]
    return {
        "@type": "WebPage",
        "inLanguage": "da",
        "breadcrumb": {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": place,
                    "name": step.name,
                    "item": whole(request, step.address),
                }
                for place, step in enumerate(steps, 1)
            ],
        },
        "mainEntity": {key: value for key, value in about.items() if value},
    }


def organisation(body: Body) -> dict[str, Any]:
    """A committee in the words of schema.org."""
    return {
        "@type": "GovernmentOrganization",
        "name": body.name,
        "parentOrganization": {
            "@type": "GovernmentOrganization",
            "name": f"{body.municipality.name} Kommune",
        },
    }
