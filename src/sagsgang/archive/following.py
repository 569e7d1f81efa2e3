"""Which treatments belong to one case, where no case number says so.

Three things tie an item to another: it names the other's meeting ("Relateret behandling"), the
other names it, or the other was postponed and an item of the same title stands on a later agenda
of the same body. Standing items ("Orientering", "Eventuelt") never tie by title.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db.models import Q

from sagsgang.bodies.people import free_slug

from .models import Case, Item, Meeting, Mention
from .standing import is_standing, tells

_POSTPONED: Final = "postponed"
_MEETINGS_LATER: Final = 6
"""How many meetings a postponed item may stay away."""


def tie(meeting: Meeting, items: list[Item]) -> None:
    """Gives the meeting's items without a case that of the treatments they belong with."""
    for item, other in _pairs(meeting, items):
        if item.pk != other.pk and not item.closed and not other.closed:
            _share(item, other)


def _pairs(meeting: Meeting, items: list[Item]) -> Iterable[tuple[Item, Item]]:
    yield from _named_by(items)
    yield from _naming(meeting, items)
    yield from _postponed(meeting, items)


def _named_by(items: list[Item]) -> Iterable[tuple[Item, Item]]:
    """Items, and those of other meetings that they name."""
    by_pk = {item.pk: item for item in items}
    mentions = list(Mention.objects.filter(item__in=items, date__isnull=False))
    if not mentions:
        return
    municipality = items[0].meeting.body.municipality_id
    wanted = Q()
    for mention in mentions:
        wanted |= Q(meeting__body__slug=mention.body_slug, meeting__date=mention.date)
    others = list(
        Item.objects.filter(wanted, meeting__body__municipality=municipality).select_related(
            "meeting__body", "case"
        )
    )
    for mention in mentions:
        item = by_pk[mention.item_id]
        yield from ((item, other) for other in others if _fits(mention, item, other))


def _naming(meeting: Meeting, items: list[Item]) -> Iterable[tuple[Item, Item]]:
    """Items, and those of other meetings that name this meeting."""
    mentions = Mention.objects.filter(
        body_slug=meeting.body.slug,
        date=meeting.date,
        item__meeting__body__municipality=meeting.body.municipality_id,
    ).select_related("item__meeting__body", "item__case")
    for mention in mentions:
        for item in items:
            if _fits(mention, mention.item, item):
                yield item, mention.item


def _fits(mention: Mention, item: Item, other: Item) -> bool:
    """Whether `mention`, made by `item`, speaks of `other`."""
    if (mention.body_slug, mention.date) != (other.meeting.body.slug, other.meeting.date):
        return False
    if mention.number:
        return mention.number == other.number and not is_standing(other.title)
    return tells(item.title) and _same_title(item, other)


def _postponed(meeting: Meeting, items: list[Item]) -> Iterable[tuple[Item, Item]]:
    """Items that were postponed before, and items of later meetings that these postponed."""
    titles = {_title(item): item for item in items if tells(item.title)}
    if not titles:
        return
    before = (
        Meeting.objects.filter(body=meeting.body, date__lt=meeting.date)
        .order_by("-date")
        .values("pk")[:_MEETINGS_LATER]
    )
    earlier = Item.objects.filter(meeting__in=list(_keys(before)), outcome=_POSTPONED)
    for other in earlier.select_related("meeting__body", "case"):
        if _title(other) in titles:
            yield titles[_title(other)], other
    postponed = {name: item for name, item in titles.items() if item.outcome == _POSTPONED}
    if postponed:
        yield from _taken_up(meeting, postponed)


def _taken_up(meeting: Meeting, postponed: dict[str, Item]) -> Iterable[tuple[Item, Item]]:
    after = (
        Meeting.objects.filter(body=meeting.body, date__gt=meeting.date)
        .order_by("date")
        .values("pk")[:_MEETINGS_LATER]
    )
    later = Item.objects.filter(meeting__in=list(_keys(after))).select_related(
        "meeting__body", "case"
    )
    for other in later.order_by("meeting__date"):
        item = postponed.get(_title(other))
        if item is not None:
            yield item, other


def _keys(rows: Iterable[dict[str, int]]) -> Iterable[int]:
    return (row["pk"] for row in rows)


def _title(item: Item) -> str:
    return " ".join(item.title.lower().split()).rstrip(" .")


def _same_title(a: Item, b: Item) -> bool:
    return bool(a.title) and _title(a) == _title(b)


def _share(item: Item, other: Item) -> None:
    """Gives both the case of one; two cases with numbers of their own stay two."""
    if item.case and other.case:
        _merge(item, other)
        return
    case = item.case or other.case or _unnumbered(min((item, other), key=_when))
    for one in (item, other):
        if one.case_id != case.pk:
            one.case = case
            one.save(update_fields=["case"])


def _merge(item: Item, other: Item) -> None:
    """Lets a case without a number become part of one that has a number."""
    if item.case_id == other.case_id or bool(item.case.number) == bool(other.case.number):
        return
    whole, part = (item.case, other.case) if item.case.number else (other.case, item.case)
    Item.objects.filter(case=part).update(case=whole)
    item.case = other.case = whole


def _when(item: Item) -> tuple[object, ...]:
    return item.meeting.date, item.pk


def _unnumbered(first: Item) -> Case:
    """The case of treatments without a number, named by the first of them."""
    body = first.meeting.body
    key = f"{body.slug}/{first.meeting.slug}/{first.slug}"[:120]
    case, _ = Case.objects.get_or_create(
        municipality_id=body.municipality_id,
        key=key,
        defaults={
            "slug": free_case_slug(body.municipality_id, f"{first.meeting.slug}-{first.slug}"),
            "title": first.title,
            "latest": first.meeting.date,
        },
    )
    return case


def free_case_slug(municipality: int, slug: str) -> str:
    """A slug that no other case of the municipality has."""
    taken = Case.objects.filter(municipality=municipality, slug__startswith=slug)
    return free_slug(slug[:100] or "sag", set(taken.values_list("slug", flat=True)))
