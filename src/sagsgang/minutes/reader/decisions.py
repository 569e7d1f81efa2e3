"""What was decided: the outcome that a decision's wording has.

Decisions are quoted; the outcome is inferred from their wording, by rules with names. Which
words mean what is the vocabulary's; here is how they are put together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from ..model import Outcome
from .compose import plain
from .sentences import bare, sentences, unquoted
from .vocabulary import Vocabulary

_WEAK: Final = frozenset({"informed", "discussed", "nothing_reported", "other"})
_SHORT: Final = 140
_CLAUSES: Final = re.compile(
    r",?\s+(?:idet|mens|men|hvorefter|dog|da)\s+|,\s+(?:og\s+)?(?=\d+ (?:medlem|stem|imod))"
)
_AFTERWARDS: Final = ("men", "hvorefter")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_VOTERS: Final = r"(?: stemmer| stemte| medlemmer| medlem){0,2}"
_VOTES_FOR: Final = re.compile(
    rf"\bfor(?: stemte| stemmer)?:? (\d{{1,3}})\b|\b(\d{{1,3}}){_VOTERS} for\b", re.IGNORECASE
)
_VOTES_AGAINST: Final = re.compile(
    rf"\bi?mod(?: stemte| stemmer)?:? (\d{{1,3}})\b|\b(\d{{1,3}}){_VOTERS} i?mod\b", re.IGNORECASE
)
_VOTE: Final = 1_000
"""The figures of a vote are looked for so far."""
_STEM: Final = 5
_FEWEST_WORDS: Final = 2
_DECIDING: Final = frozenset(("udval", "byråd", "kommu", "rådet", "beslu", "bestyr"))
"""Who decides, and that it does: no part of what is decided."""
_MOST_ALIKE: Final = 0.8
_MOST_SENTENCES: Final = 5_000
"""A decision is read so far: what has more is no decision, but a text that lost its headings."""


class Ruled(NamedTuple):
    """An outcome and the name of the rule that gave it."""

    outcome: Outcome
    rule: str


class _Said(NamedTuple):
    """A sentence that says something of the case, and what it says."""

    text: str
    ruled: Ruled | None
    weak: bool
    """It tells what was said or proposed, and gives way to a sentence that settles the case."""


def outcome_of(text: str, recommendation: str, vocabulary: Vocabulary) -> Ruled | None:
    """The outcome that a decision's wording has, or `None` for an empty decision.

    The decision's own sentences are read in order: those that record absence, votes against
    or dissent say nothing of the outcome, and what is quoted is not read. A wording that no rule
    knows, but that says what was recommended, approves the recommendation.
    """
    body = plain(text).strip()
    if not body:
        return None
    own, others = _parted(body, vocabulary)
    said = list(_said(own, vocabulary))
    found = _strongest(said)
    undecided = found is None or found.outcome == "rejected"
    if undecided and any(_same_words(one.text, recommendation) for one in said):
        return Ruled("approved", "outcome.as_recommended")
    if found is not None:
        return _against_recommendation(found, said, recommendation, vocabulary)
    if others and not own:
        found = next(filter(None, (_sentence(one, vocabulary) for one in others)), None)
    if found is None and not any(map(str.isalnum, body)):
        return Ruled("nothing_reported", "outcome.nothing_reported")
    if found is None and any(vocabulary.phrases["amended.has"].find(one.text) for one in said):
        return Ruled("amended", "outcome.amended")
    return found or _counted(body[:_VOTE]) or Ruled("other", "outcome.no_rule")


def _parted(body: str, vocabulary: Vocabulary) -> tuple[list[str], list[str]]:
    """The clauses on the case itself, and the sentences on other items of the agenda."""
    own: list[str] = []
    others: list[str] = []
    for sentence in map(bare, islice(sentences(unquoted(body)), _MOST_SENTENCES)):
        if vocabulary.phrases["other_item.is"].fit(sentence):
            others.append(sentence)
        else:
            own.extend(_operative(sentence, vocabulary))
    return own, others


@lru_cache(maxsize=4096)
def _operative(sentence: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The clauses of a sentence that may say what was decided."""
    if not _is_aside(sentence, vocabulary):
        return (sentence,)
    clauses: list[str] = []
    begin, joined = 0, ""
    for match in (*_CLAUSES.finditer(sentence), None):
        clause = sentence[begin : match.start() if match else len(sentence)]
        if (not begin or joined in _AFTERWARDS) and not _is_only_aside(clause, vocabulary):
            clauses.append(clause)
        if match:
            begin, joined = match.end(), match[0].strip(" ,")
    return tuple(clauses)


def _is_aside(clause: str, vocabulary: Vocabulary) -> bool:
    """Whether a clause tells of absence, votes or dissent."""
    return vocabulary.phrases["asides"].find(clause) is not None


def _is_only_aside(clause: str, vocabulary: Vocabulary) -> bool:
    phrases = vocabulary.phrases
    settles = phrases["decisive.is"].fit(clause) or phrases["decisive.has"].find(clause)
    return not settles and _is_aside(clause, vocabulary)


def _said(own: Iterable[str], vocabulary: Vocabulary) -> Iterator[_Said]:
    after_proposal = False
    for sentence in own:
        proposal = vocabulary.phrases["proposals.said"].find(sentence) is not None
        ruled = _sentence(sentence, vocabulary)
        outcome = ruled.outcome if ruled else None
        weak = proposal or outcome in _WEAK or (after_proposal and outcome == "rejected")
        yield _Said(sentence, ruled, weak)
        after_proposal = proposal or (after_proposal and ruled is None)


def _strongest(said: Iterable[_Said]) -> Ruled | None:
    """The outcome of the first sentence that has one.

    What was only told, discussed or proposed gives way to a short later sentence that settles
    the case.
    """
    first: Ruled | None = None
    for sentence, found, weak in said:
        if found is None:
            continue
        if not weak and (first is None or len(sentence) <= _SHORT):
            return found
        if first is None or _gives_way(first.outcome, found.outcome):
            first = found
    return first


def _gives_way(first: Outcome, later: Outcome) -> bool:
    """Whether a later sentence says more: who was told something may have discussed it."""
    return first == "nothing_reported" or (first == "informed" and later == "discussed")


def _counted(body: str) -> Ruled | None:
    """The outcome of a vote of which only the figures are given: `For stemte 5, imod stemte 4`."""
    in_favour, against = _VOTES_FOR.search(body), _VOTES_AGAINST.search(body)
    if in_favour is None or against is None:
        return None
    many, few = (int(match[1] or match[2]) for match in (in_favour, against))
    return Ruled("approved" if many > few else "rejected", "outcome.votes_counted")


@lru_cache(maxsize=4096)
def _sentence(sentence: str, vocabulary: Vocabulary) -> Ruled | None:
    rule = vocabulary.outcome_rule(sentence)
    return Ruled(rule.outcome, rule.name) if rule else None


def _against_recommendation(
    found: Ruled, said: Sequence[_Said], recommendation: str, vocabulary: Vocabulary
) -> Ruled:
    """An approval that changes what was recommended, or a part of it, is amended."""
    if found.outcome != "approved":
        return found
    phrases = vocabulary.phrases
    if any(phrases["amended.has"].find(one.text) for one in said):
        return Ruled("amended", "outcome.amended")
    if any(phrases["partly.has"].find(one.text) and not one.weak for one in said):
        return Ruled("amended", "outcome.partly")
    if found.rule != "outcome.approved" or any(phrases["decisive.is"].fit(s.text) for s in said):
        return found
    wished = _sentence(recommendation, vocabulary)
    if wished is not None and wished.outcome == "rejected":
        return Ruled("amended", "outcome.otherwise_than_recommended")
    return found


def _same_words(sentence: str, recommendation: str) -> bool:
    """Whether a sentence says little else than what was recommended."""
    words = _stems(sentence) - _DECIDING
    if len(words) < _FEWEST_WORDS or not recommendation:
        return False
    same = len(words & _stems(recommendation))
    return same >= (_MOST_ALIKE * len(words) if len(words) > _FEWEST_WORDS else len(words))


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(text.lower())}
