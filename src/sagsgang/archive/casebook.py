"""The cases of a municipality: found by their numbers, made where they are new, and kept named."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import connection

from sagsgang.bodies.insertion import insert, number
from sagsgang.bodies.people import free_slug
from sagsgang.minutes import Item as Treated
from sagsgang.minutes import Minutes
from sagsgang.minutes.danish.slugs import slug_of

from .case_keys import case_key
from .models import LONGEST_TITLE, Case, Meeting
from .standing import is_standing

LONGEST_KEY = 120


def cases_of(meeting: Meeting, minutes: Minutes) -> dict[str, Case]:
    """The cases that the items name by number, by their keys, each called as last treated."""
    numbered = {_key(item): item for item in minutes.items if is_followed(item)}
    municipality = meeting.body.municipality_id
    known = Case.objects.filter(municipality=municipality, key__in=list(numbered))
    cases = {case.key: case for case in known} if numbered else {}
    new = [
        Case(municipality_id=municipality, key=key, number=_number(item))
        for key, item in numbered.items()
        if key not in cases
    ]
    _give_addresses(municipality, new)
    cases |= {case.key: case for case in new}
    renamed = [case for key, case in cases.items() if _called(case, numbered[key], meeting.date)]
    number(new)
    insert(Case, new)
    _rename(case for case in renamed if case not in new)
    return cases


def _rename(cases: Iterable[Case]) -> None:
    """Stores what the cases are called; Django's own bulk update takes ten times as long."""
    rows = [(case.latest, case.title, case.number, case.pk) for case in cases]
    if rows:
        sql = "UPDATE archive_case SET latest = %s, title = %s, number = %s WHERE id = %s"
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)


def case_of(item: Treated, cases: dict[str, Case]) -> Case | None:
    """The case of an item among those of its meeting."""
    return cases[_key(item)] if is_followed(item) else None


def is_followed(item: Treated) -> bool:
    """Whether the item's number is that of a case; standing items share theirs."""
    if not item.case_number:
        return False
    return not is_standing(item.title) if item.title else item.closed


def unnumbered(municipality: int, key: str, title: str, date: datetime.date) -> Case:
    """The case without a number that has this key; made where it is new."""
    case = Case.objects.filter(municipality=municipality, key=key[:LONGEST_KEY]).first()
    if case is None:
        case = Case(municipality_id=municipality, key=key[:LONGEST_KEY], title=title, latest=date)
        _give_addresses(municipality, [case])
        case.save()
    return case


def _key(item: Treated) -> str:
    return case_key(item.case_number or "")[:LONGEST_KEY]


def _number(item: Treated) -> str:
    return (item.case_number or "")[:60]


def _give_addresses(municipality: int, cases: Iterable[Case]) -> None:
    wanted = {case.key: slug_of(case.number or case.key)[:100] or "sag" for case in cases}
    if not wanted:
        return
    taken = _taken(municipality, sorted(set(wanted.values())))
    for case in cases:
        case.slug = wanted[case.key]
        if case.slug in taken:
            case.slug = _free(municipality, case.slug, taken)
        taken.add(case.slug)


def _taken(municipality: int, slugs: list[str]) -> set[str]:
    """Those of the slugs that cases have; asked for each document, and so written out."""
    places = ", ".join(["%s"] * len(slugs))
    sql = f"SELECT slug FROM archive_case WHERE municipality_id = %s AND slug IN ({places})"
    with connection.cursor() as cursor:
        cursor.execute(sql, [municipality, *slugs])
        return {slug for (slug,) in cursor.fetchall()}


def _free(municipality: int, slug: str, taken: set[str]) -> str:
    begins = Case.objects.filter(municipality=municipality, slug__startswith=f"{slug}-")
    return free_slug(slug, taken | set(begins.values_list("slug", flat=True)))


def _called(case: Case, item: Treated, date: datetime.date) -> bool:
    """Lets the case be called as the item is, if that is its latest open treatment."""
    if item.closed or not item.title or (case.latest and case.latest > date):
        return False
    called = (date, item.title[:LONGEST_TITLE], _number(item))
    if (case.latest, case.title, case.number) == called:
        return False
    case.latest, case.title, case.number = called
    return True
