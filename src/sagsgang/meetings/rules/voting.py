"""Quorum and votes: who may decide, and what was decided.

Kommunestyrelsesloven § 11, 2 (quorum: at least half of the members) and § 11, 3 (majority of
votes), which hold for committees too (§ 20). Those who abstain do not count, and a tie is a
refusal: the chair's vote counts as the others'. (Elections and appointments, § 24, are no votes
on a proposal, and are not counted here.)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from sagsgang.cases.refused import Refused
from sagsgang.minutes.model import Outcome
from sagsgang.minutes.words import Words
from sagsgang.minutes.words import outcome as outcome_words

Choice = Literal["for", "against", "abstain"]


class NotAllowed(Refused):
    """Something the rules do not let happen; `words` tell what and why."""


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many of a body's members take part in an item, and how many must."""

    members: int
    taking_part: int

    @property
    def needed(self) -> int:
        """At least half of the members."""
        return (self.members + 1) // 2

    @property
    def reached(self) -> bool:
        """Whether the body can decide."""
        return self.members > 0 and self.taking_part >= self.needed

    @property
    def reason(self) -> Words:
        """The count in words."""
        able = "er beslutningsdygtigt" if self.reached else "er ikke beslutningsdygtigt"
        can = "has a quorum" if self.reached else "has no quorum"
        return Words(
            f"{self.taking_part} af {self.members} medlemmer deltager, og mindst {self.needed} "
            f"skal deltage: Udvalget {able}.",
            f"{self.taking_part} of {self.members} members take part, and {self.needed} must: the "
            f"committee {can}.",
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """How the votes fell."""

    votes_for: int
    against: int
    abstaining: int

    @property
    def adopted(self) -> bool:
        """More for than against."""
        return self.votes_for > self.against

    @property
    def majority(self) -> Choice | None:
        """What more than half of those chose who were there, where others chose otherwise."""
        everybody = self.votes_for + self.against + self.abstaining
        choices: list[tuple[Choice, int]] = [("for", self.votes_for), ("against", self.against)]
        carried = (choice for choice, votes in choices if everybody / 2 < votes < everybody)
        return next(carried, None)

    @property
    def reason(self) -> Words:
        """The result in words, with the rule that gives it."""
        counts = f"{self.votes_for} for, {self.against} imod"
        english = f"{self.votes_for} for, {self.against} against"
        if self.abstaining:
            counts += f", {self.abstaining} undlod at stemme"
            english += f", {self.abstaining} abstained"
        if self.adopted:
            return Words(f"Vedtaget: {counts}.", f"Adopted: {english}.")
        if self.votes_for == self.against:
            return Words(
                f"Forkastet: {counts}. Ved stemmelighed er forslaget ikke vedtaget.",
                f"Rejected: {english}. A tie does not adopt.",
            )
        return Words(f"Forkastet: {counts}.", f"Rejected: {english}.")


def demand_outcome(counted: Tally, outcome: Outcome) -> None:
    """Nothing, where the outcome is what the vote gave: rejected, or anything else if adopted.

    Raises:
        NotAllowed: it is not.
    """
    if counted.adopted == (outcome != "rejected"):
        return
    named = outcome_words(outcome)
    rejected = outcome_words("rejected")
    if counted.adopted:
        raise NotAllowed(
            Words(
                f"{counted.reason.danish} Udfaldet kan derfor ikke være »{named.danish}«. Vælg et "
                "andet udfald, eller ret stemmerne.",
                f"{counted.reason.english} So the outcome cannot be “{named.english}”. Choose "
                "another outcome, or mend the votes.",
            )
        )
    raise NotAllowed(
        Words(
            f"{counted.reason.danish} Udfaldet kan derfor ikke være »{named.danish}«. Vælg "
            f"»{rejected.danish}«, eller ret stemmerne.",
            f"{counted.reason.english} So the outcome cannot be “{named.english}”. Choose "
            f"“{rejected.english}”, or mend the votes.",
        )
    )


def tally(votes: Mapping[int, Choice], entitled: Iterable[int], names: Mapping[int, str]) -> Tally:
    """The count of `votes`, by person's key; `names` are what persons are called.

    Persons are known by their keys, for two may have one name.

    Raises:
        NotAllowed: somebody voted who is not entitled to, or somebody entitled has not voted or
            abstained: nobody's vote is guessed.
    """
    allowed = frozenset(entitled)
    if strangers := votes.keys() - allowed:
        called = _called(strangers, names)
        raise NotAllowed(
            Words(
                f"{called} deltager ikke i punktet og kan derfor ikke stemme.",
                f"{called} does not take part in the item and cannot vote.",
            )
        )
    if missing := allowed - votes.keys():
        called = _called(missing, names)
        raise NotAllowed(
            Words(
                f"Stemmen mangler fra: {called}. Vælg for, imod eller undlod for hver.",
                f"No vote from: {called}. Choose for, against or abstain for each.",
            )
        )
    return count(votes)


def _called(persons: Iterable[int], names: Mapping[int, str]) -> str:
    return ", ".join(sorted(names.get(key, f"#{key}") for key in persons))


def count(votes: Mapping[int, Choice]) -> Tally:
    """How votes that were given fell."""
    choices = list(votes.values())
    return Tally(choices.count("for"), choices.count("against"), choices.count("abstain"))


def all_for(
    entitled: Iterable[int], exceptions: Mapping[int, Choice] | None = None
) -> dict[int, Choice]:
    """Everybody's vote for, but for the exceptions: what one touch gives."""
    votes: dict[int, Choice] = dict.fromkeys(entitled, "for")
    return votes | dict(exceptions or {})


def by_group(groups: Mapping[int, str], choices: Mapping[str, Choice]) -> dict[int, Choice]:
    """The vote of each person, as their party group votes.

    `groups` is each person's group, `choices` each group's choice; persons of a group without a
    choice are left out.
    """
    return {person: choices[group] for person, group in groups.items() if group in choices}


def united(votes: Mapping[int, Choice], groups: Mapping[int, str]) -> frozenset[str]:
    """The groups whose every vote was the same: the minutes may name them in their persons' place.

    `groups` is each person's group; one without any belongs to none.
    """
    chosen: dict[str, set[Choice]] = {}
    for person, choice in votes.items():
        chosen.setdefault(groups.get(person, ""), set()).add(choice)
    return frozenset(group for group, choices in chosen.items() if group and len(choices) == 1)
