"""Any query finds, on either database, what going through all terms one by one finds."""

from __future__ import annotations

import random

import pytest
from tests.archive.documents import item, meeting

from sagsgang.archive.models import Item
from sagsgang.archive.publishing import publish
from sagsgang.archive.search import index, state
from sagsgang.archive.search.entries import Content
from sagsgang.archive.search.models import SearchText
from sagsgang.archive.search.query import Clause, Query
from sagsgang.archive.search.terms import Terms
from sagsgang.minutes import Decision, Section

pytestmark = pytest.mark.django_db

WORDS = (
    "job jobcenter fleksjob ledig langtidsledige kontanthjælp kontanthjælpsreformen til af og "
    "efterretning udvalget unge ungeindsats 15.20.00 § 23 borgerrådgiveren Aarhus modtager"
).split()


def published(chance: random.Random) -> None:
    """Eight meetings of three items, of words drawn by chance."""

    def some(most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(1, most)))

    for month in range(1, 9):
        publish(
            meeting(
                *(
                    item(
                        str(number),
                        some(3).capitalize(),
                        case_number=None,
                        sections=(Section("Sagsfremstilling", "presentation", some(25)),),
                        decisions=(Decision(some(6), "noted"),),
                    )
                    for number in range(1, 4)
                ),
                date=f"2026-{month:02}-04",
            )
        )


def asked(chance: random.Random) -> str:
    """A query of up to three words, phrases and beginnings, wanted or not."""
    pieces = []
    for _ in range(chance.randint(1, 3)):
        kind = chance.choice(["word", "word", "phrase", "prefix"])
        word = chance.choice(WORDS)
        if kind == "phrase":
            word = f'"{" ".join(chance.choices(WORDS, k=chance.randint(2, 3)))}"'
        elif kind == "prefix":
            word = f"{word[: chance.randint(2, 6)]}*"
        pieces.append(chance.choice(["", "", "-"]) + word)
    return " ".join(pieces)


def has(clause: Clause, terms: Terms) -> bool:
    every = {*terms.words, *terms.marks}
    if clause.kind == "phrase":
        wanted = [keys[0] for keys in clause.words]
        places = range(len(terms.words) - len(wanted) + 1)
        return any(terms.words[at : at + len(wanted)] == wanted for at in places)
    keys = clause.words[0]
    if clause.kind == "prefix" and any(
        term.removeprefix("~").startswith(keys[0]) for term in every
    ):
        return True
    return any(key in every or f"~{key}" in every for key in keys)


def is_hit(query: Query, terms: Terms) -> bool:
    return all(has(c, terms) for c in query.wanted) and not any(
        has(c, terms) for c in query.excluded
    )


@pytest.mark.parametrize("seed", range(3))
def test_every_query_finds_what_the_terms_have(seed):
    chance = random.Random(seed)
    published(chance)
    write = state.writer().terms
    terms = {
        text.entry.item_id: write(Content.unpacked(bytes(text.packed)))
        for text in SearchText.objects.select_related("entry")
    }
    days = dict(Item.objects.values_list("pk", "meeting__date"))
    for _ in range(60):
        words = asked(chance)
        query = Query.parse(words, state.analyser())
        expected = [key for key in terms if is_hit(query, terms[key])]
        by_date = index.find(query, order="date", size=100)
        by_rank = index.find(query, size=100)
        latest = sorted(expected, key=lambda key: (-days[key].toordinal(), key))
        assert list(by_date.items) == latest, words
        assert sorted(by_rank.items) == sorted(expected), words
        assert by_rank.total == len(expected), words
