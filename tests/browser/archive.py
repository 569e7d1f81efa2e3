"""Fills the archive that the browser sees, and prints one address of each kind of page as JSON.

The samples, a few invented meetings, and a document in two versions. Run as a process of its own,
so that the tests hold no database.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace

from bench.synthetic import Size
from bench.synthetic import archive as invented

from sagsgang import samples, web
from sagsgang.minutes import Minutes, read

CORRECTED = "Godkendt med en rettelse."


def main() -> None:
    web.ready()
    fill()
    json.dump(addresses(), sys.stdout)


def fill() -> None:
    from sagsgang.archive.publishing import Registry, publish

    registry = Registry()
    documents = [read(path) for path in samples.paths()]
    documents += [*invented(Size(2, 2, 3, 6)), corrected(documents[0])]
    for minutes in documents:
        publish(minutes, source_id=f"{minutes.committee} {minutes.date}", registry=registry)


def corrected(minutes: Minutes) -> Minutes:
    """The minutes with another decision in the first item that has one."""
    items = list(minutes.items)
    index = next(number for number, item in enumerate(items) if item.decisions)
    decision = replace(items[index].decisions[0], text=CORRECTED, outcome="amended")
    items[index] = replace(items[index], decisions=(decision,))
    return replace(minutes, items=tuple(items))


def addresses() -> dict[str, str]:
    """The fixed pages and, of those that show rows, the richest of each kind."""
    from bench.addresses import addresses as drawn
    from django.db.models import Count

    from sagsgang.archive.models import Case, Item, Meeting
    from sagsgang.bodies.models import Person

    found = {kind: each[0] for kind, each in drawn(1).items() if each}
    items = Item.objects.filter(closed=False)
    rich = {
        "meeting": Meeting.objects.annotate(rows=Count("attendance")).order_by("-rows"),
        "agenda": Meeting.objects.filter(kind="agenda"),
        "item": items.annotate(rows=Count("enclosures")).order_by("-rows"),
        "item with a vote": items.annotate(rows=Count("ballots")).order_by("-rows"),
        "item with dissent": items.filter(dissents__isnull=False),
        "case": Case.objects.annotate(rows=Count("items")).order_by("-rows"),
        "person": Person.objects.annotate(rows=Count("ballots")).order_by("-rows"),
    }
    found |= {kind: rows.first().get_absolute_url() for kind, rows in rich.items()}
    twice = Meeting.objects.annotate(rows=Count("publications")).filter(rows=2).first()
    meeting = twice.get_absolute_url()
    lindvig = twice.body.get_absolute_url()
    return found | {
        "comparison": f"{meeting}sammenlign/1/2/",
        "earlier version": f"{meeting}version/1/",
        "committee": lindvig,
        "municipality": twice.body.municipality.get_absolute_url(),
        "follow a committee": f"/foelg/?side={lindvig}",
        "after asking for mails": "/foelg/sendt/",
        "subscription": subscription(lindvig),
        "versions": f"{meeting}versioner/",
        "search": "/soeg/?q=ledighed&udfald=approved",
        "search for nothing": "/soeg/",
        "search with a wrong date": "/soeg/?q=ledighed&fra=2026-02-31",
        "similar cases": f"{found['item']}lignende/",
        "search without results": "/soeg/?q=findesikkenogetsteds",
        "missing page": "/findes/ikke/her/",
    }


def subscription(page: str) -> str:
    """The address of a wish to follow a page, as it stands in a mail."""
    from django.utils import timezone

    from sagsgang.archive.subjects import subject_at
    from sagsgang.archive.subscriptions.models import Subscription

    wish = Subscription(
        email="laeser@example.dk",
        subject=page,
        name=subject_at(page).name,
        pace=Subscription.DAILY,
        language="da",
        asked_at=timezone.now(),
    )
    wish.take_key()
    wish.save()
    return f"/foelg/{wish.key}/"


if __name__ == "__main__":
    main()
