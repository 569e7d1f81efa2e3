"""Queries as conditions on terms: what is a hit, and which hits come first.

Conditions are trees that each database writes in its own language (`sqlite`, `postgresql`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from .lexicon import function_words
from .query import Clause, Query
from .terms import ABOUT, DECISION, EVERY, INSIDE, LONGEST_KEY, TITLE

__all__ = ["All", "Any", "Condition", "Phrase", "Term", "Tier", "Without", "hits", "tiers"]

_TIERS: Final = ((TITLE,), (ABOUT,), (ABOUT, DECISION), (ABOUT, DECISION, ""))


@dataclass(frozen=True, slots=True)
class Term:
    """A term, or with `beginning` every term that begins with it."""

    text: str
    beginning: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand one after the other."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Every one of the conditions."""

    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of the conditions."""

    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """The first condition, and not the second."""

    wanted: Condition
    unwanted: Condition


Condition = Term | Phrase | All | Any | Without


class Tier(NamedTuple):
    """A group of hits of one rank, and what those of all higher ranks fulfil."""

    condition: Condition | None
    before: Condition | None


def hits(query: Query) -> Condition | None:
    """What an item must have to be a hit; `None` where every item is one."""
    if not query.clauses:
        return None
    wanted = All(tuple(_anywhere(clause) for clause in query.wanted) or (Term(EVERY),))
    return _without_excluded(wanted, query)


def tiers(query: Query) -> list[Tier]:
    """Hits in the order of what they have.

    First those with every word in the title; then those that have every word in the title or
    often; then in the decision too; then as a word of its own; then all others, which have some
    word only inside a compound. Phrases and beginnings of words, which take the databases
    longer, are only told from the title.
    """
    every = hits(query)
    if every is None or not query.wanted:
        return [Tier(every, None)]
    plain = all(clause.kind == "word" for clause in query.wanted)
    signs = _TIERS if plain else _TIERS[:1]
    steps = [*(_step(query, each) for each in signs), every]
    later = [Tier(Without(step, before), before) for before, step in pairwise(steps)]
    return [Tier(steps[0], None), *later]


def _step(query: Query, signs: tuple[str, ...]) -> Condition:
    """Every word that is wanted has one of the signs; a phrase stands there as well."""
    phrases = [_anywhere(clause) for clause in query.wanted if clause.kind == "phrase"]
    step = All((*(_signed(clause, signs) for clause in query.wanted), *phrases))
    return _without_excluded(step, query)


def _without_excluded(condition: Condition, query: Query) -> Condition:
    if not query.excluded:
        return condition
    return Without(condition, Any(tuple(_anywhere(clause) for clause in query.excluded)))


def _anywhere(clause: Clause) -> Condition:
    if clause.kind == "phrase":
        return Phrase(tuple(keys[0][:LONGEST_KEY] for keys in clause.words))
    return _signed(clause, ("", INSIDE))


def _signed(clause: Clause, signs: tuple[str, ...]) -> Condition:
    """Every word of the clause with one of the signs."""
    if clause.kind == "prefix":
        beginning, *keys = clause.words[0]
        terms = [Term(sign + beginning, beginning=True) for sign in signs]
        terms += [
            Term(sign + key) for sign in signs for key in keys if not key.startswith(beginning)
        ]
        return Any(tuple(terms))
    telling = [keys for keys in clause.words if keys[0] not in function_words()] or clause.words
    return All(
        tuple(
            Any(tuple(Term(sign + key[:LONGEST_KEY]) for sign in signs for key in keys))
            for keys in telling
        )
    )
