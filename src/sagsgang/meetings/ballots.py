"""How a vote on an item is told in its minutes: who chose what, and what they said to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from sagsgang.bodies.models import Person
from sagsgang.minutes import Statement, Vote
from sagsgang.minutes.model import Choice
from sagsgang.minutes.writers import style, wording
from sagsgang.minutes.writers.style import Style

from .models import Item
from .rules.voting import count, united

_CHOICES: Final[tuple[Choice, ...]] = ("for", "against", "abstain")
_SAID: Final = {"for": "for", "against": "imod"}


def votes(item: Item) -> tuple[Vote, ...]:
    """Who made which choice, by name."""
    cast = [(one.choice, one.person.name) for one in _cast(item)]
    found = ((choice, tuple(name for own, name in cast if own == choice)) for choice in _CHOICES)
    return tuple(Vote(choice, names) for choice, names in found if names)


def statements(item: Item) -> tuple[Statement, ...]:
    """The dissenting opinions that their authors have approved; alike ones are one."""
    return tuple(
        Statement(tuple(one.name for one in persons), text) for text, persons in _opinions(item)
    )


def told(item: Item, manner: Style) -> list[str]:
    """The vote and the dissenting opinions in the municipality's manner, a paragraph each."""
    cast = list(_cast(item))
    choices: dict[int, Choice] = {one.person_id: one.choice for one in cast}
    groups = _groups(item, choices) if manner.text("votes.by") == "groups" else {}
    phrase, opinions = manner.text("votes.dissent"), _opinions(item)
    # An opinion that says how its authors voted tells of their votes.
    apart = {one.pk for _text, persons in opinions for one in persons if "{choice}" in phrase}
    carried = count(choices).majority
    paragraphs = []
    for choice in _CHOICES:
        voters = [one.person for one in cast if one.choice == choice]
        names = _named([one for one in voters if one.pk not in apart], groups, manner)
        side = "majority_" if choice == carried else "minority_"
        key = f"{side if carried and choice != 'abstain' else ''}{choice}"
        fields = {"names": wording.listed(names), "body": item.meeting.body.name}
        paragraphs.append(style.filled(manner.text(f"votes.{key}"), fields) if names else "")
    paragraphs += _opinions_told(opinions, choices, phrase, item.meeting.body.name)
    return [one for one in paragraphs if one]


def referrals_told(item: Item, manner: Style) -> list[str]:
    """Those who demand the council's decision, a paragraph each."""
    return [
        style.filled(
            manner.text("votes.referral"),
            {
                "names": one.person.name,
                "council": one.treatment.body.name if one.treatment else "byrådet",
            },
        )
        for one in item.referrals.select_related("person", "treatment__body").order_by("pk")
    ]


def _cast(item: Item) -> Iterable:
    return item.votes.select_related("person").order_by("person__name", "pk")


def _opinions(item: Item) -> list[tuple[str, list[Person]]]:
    """What was said, and by whom."""
    said: dict[str, list[Person]] = {}
    approved = item.dissents.exclude(approved_at=None).select_related("person")
    for one in approved.order_by("pk"):
        said.setdefault(one.text, []).append(one.person)
    return list(said.items())


def _opinions_told(
    opinions: list[tuple[str, list[Person]]],
    choices: dict[int, Choice],
    phrase: str,
    body: str,
) -> Iterator[str]:
    for text, persons in opinions:
        fields = {
            "names": wording.listed([one.name for one in persons]),
            "choice": _SAID.get(choices.get(persons[0].pk, ""), ""),
            "body": body,
            "text": "{text}",  # the author's own words keep their paragraphs
        }
        yield style.filled(phrase, fields).replace("{text}", text)


def _groups(item: Item, choices: dict[int, Choice]) -> dict[int, str]:
    """The group of each voter whose group voted as one."""
    party = dict(item.meeting.takings.values_list("person", "party"))
    known = {person: party.get(person, "") for person in choices}
    groups = {person: group for person, group in known.items() if group != "independent"}
    together = united(choices, groups)
    return {person: group for person, group in groups.items() if group in together}


def _named(persons: list[Person], groups: dict[int, str], manner: Style) -> list[str]:
    """The voters as they are named: their group in their place, where there is one for them."""
    names = (manner.group(groups[one.pk]) if groups.get(one.pk) else one.name for one in persons)
    return list(dict.fromkeys(names))
