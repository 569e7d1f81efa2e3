"""Votes that a decision records, and who is meant by "Ida Holm og Venstre"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ..danish import names
from ..danish.first_look import lowered
from ..model import Choice, Vote
from .compose import plain
from .sentences import sentences, unquoted
from .vocabulary import Vocabulary

_CHOICES: Final[tuple[Choice, ...]] = ("for", "against", "abstain")
_SPLIT: Final = re.compile(r"\s*+[,;+]\s*+|(?:^|\s++)(?:og|samt|&)\s++")
_CLAUSE: Final = re.compile(r"(?:^|,?\s)(?:idet|mens|men|da|at|hvor)\s+")
_REMARK: Final = re.compile(r"\(([^()]*+)\)")
_LETTERS: Final = re.compile(r"[A-ZÆØÅ]{1,2}")
_LAST_OF: Final = re.compile(r".*\b(?:af|fra)\s+(?=[A-ZÆØÅ])")
_THEIR_PARTY: Final = re.compile(r"\s(?:fra|for)\s\S+(?:\s\S+){0,2}")
_LONGEST: Final = 1500
_MOST: Final = 400
"""Longer lists than that of any council's members are not lists of voters."""


class _Place(NamedTuple):
    """Where a sentence says how somebody voted."""

    start: int
    end: int
    choice: Choice


def votes_of(text: str, roster: Sequence[str], vocabulary: Vocabulary) -> list[Vote]:
    """The votes that a decision records by name or by party, each voter of a vote once.

    Voters known from the head of the document (`roster`) come in its spelling. Numbers of votes
    without names are no voters. Where the same persons vote again, on another part of the case,
    the votes follow one another; a vote that is printed twice counts once.
    """
    if not _may_tell(text):
        return []
    rounds = [_Round()]
    for sentence in filter(_may_tell, sentences(unquoted(plain(text)))):
        for choice, who, listed in _cast(sentence, roster, vocabulary):
            if rounds[-1].is_over(choice, who, listed=listed):
                rounds.append(_Round())
            rounds[-1].add(choice, who)
    return list(dict.fromkeys(vote for one in rounds for vote in one.votes()))


def _may_tell(text: str) -> bool:
    """Whether a text may tell of votes; a first look."""
    lower = lowered(text)
    return "stem" in lower or "for:" in lower or "mod:" in lower


def _cast(
    sentence: str, roster: Sequence[str], vocabulary: Vocabulary
) -> list[tuple[Choice, list[str], bool]]:
    """The choices of a sentence, who made them, and whether they stand in a list."""
    for read in (_listed, _spoken):
        told = [
            (choice, voters(words, roster, vocabulary), read is _listed)
            for choice, words in read(sentence, vocabulary)
        ]
        if any(who for _, who, _ in told):
            return told
    return []


class _Round:
    """One vote of all present: who was for, against, and abstained."""

    def __init__(self) -> None:
        self.cast: dict[Choice, list[str]] = {}

    def is_over(self, choice: Choice, who: Sequence[str], *, listed: bool) -> bool:
        """Whether a choice belongs to the next vote: listed again, or by one who has voted."""
        if listed and choice in self.cast:
            return True
        others = [name for other, names in self.cast.items() if other != choice for name in names]
        return any(name in others for name in who)

    def add(self, choice: Choice, who: Sequence[str]) -> None:
        """Takes down who made a choice."""
        add_persons(self.cast.setdefault(choice, []), who)

    def votes(self) -> list[Vote]:
        """The choices that somebody is recorded with."""
        return [
            Vote(choice, tuple(self.cast[choice])) for choice in _CHOICES if self.cast.get(choice)
        ]


def _listed(sentence: str, vocabulary: Vocabulary) -> Iterator[tuple[Choice, str]]:
    """`Imod stemte: V og C`: each choice, and the words after it."""
    places = [
        place for place in _places(sentence, "listed_", vocabulary) if _heads(sentence, place)
    ]
    ends = [place.start for place in places[1:]] + [len(sentence)]
    for place, end in zip(places, ends, strict=False):
        yield place.choice, sentence[place.end : end]


def _spoken(sentence: str, vocabulary: Vocabulary) -> Iterator[tuple[Choice, str]]:
    """`V og C stemte imod`: each choice, and its subject before it."""
    begin = 0
    for place in _places(sentence, "", vocabulary):
        yield place.choice, subject(sentence[begin : place.start])
        begin = place.end


def _places(sentence: str, kind: str, vocabulary: Vocabulary) -> list[_Place]:
    """Where a sentence has one of the choices' phrases; of those that overlap the first."""
    places = [
        _Place(*place, choice)
        for choice in _CHOICES
        for place in vocabulary.phrases[f"votes.{kind}{choice}"].find_all(sentence)
    ]
    found: list[_Place] = []
    for place in sorted(places):
        if not found or place.start >= found[-1].end:
            found.append(place)
    return found


def _heads(sentence: str, place: _Place) -> bool:
    """Whether voters are listed after a place: after a colon, or after the verb of a heading."""
    if sentence[place.end : place.end + 2].lstrip().startswith(":"):
        return True
    printed = sentence[place.start : place.end].lower()
    before = sentence[: place.start].rstrip(" -*")
    begins = not before or before[-1] in ",;." or printed.endswith("fra")
    return begins and "stem" in printed and place.choice != "abstain"


def subject(text: str) -> str:
    """Of the words before a verb those of its own clause, after the last `idet` or `mens`."""
    text = text[-_LONGEST:]
    begin = max((match.end() for match in _CLAUSE.finditer(text)), default=0)
    return text[begin:].strip(" ,")


def add_persons(known: list[str], new: Sequence[str]) -> None:
    """Adds to `known` the persons and parties that are not there in any spelling."""
    for name in new:
        if len(known) < _MOST and not any(names.same_person(name, other) for other in known):
            known.append(name)


def voters(text: str, roster: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """The persons and parties that a list or the subject of a sentence names.

    Of `Et flertal i udvalget (Ida Holm og Bo Lind)` and `2 medlemmer (C+O)` those in brackets.
    """
    text = text.strip(" .:;-–")[:_LONGEST]
    found = _each(_REMARK.sub(" ", text), roster, vocabulary)
    if not found:
        for match in _REMARK.finditer(text):
            found.extend(_each(match[1], roster, vocabulary))
    return found


def _each(text: str, roster: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    pieces = [piece for piece in _SPLIT.split(text) if piece.strip(" .")]
    persons = names.split_persons(text)
    found: list[str | None] = [person.name for person in persons]
    if len(persons) != len(pieces):
        found = [_voter(piece.strip(" ."), vocabulary) for piece in pieces]
    return [names.in_roster(name, roster) for name in found if name]


def _voter(piece: str, vocabulary: Vocabulary) -> str | None:
    """The person or party that a piece of a list ends with: `et flertal bestående af Venstre`."""
    if is_party(piece, vocabulary):
        return piece
    persons = names.find_persons(piece)
    if persons:
        name, _, end = persons[-1]
        rest = piece[end:]
        return name if not rest.strip() or _THEIR_PARTY.fullmatch(rest) else None
    member = _LAST_OF.match(piece)
    party = piece[member.end() :] if member else ""
    return party if is_party(party, vocabulary) else None


def is_party(piece: str, vocabulary: Vocabulary) -> bool:
    """Whether words are a party's name, its letter, or its group: `Venstre`, `Ø`, `Liste H`."""
    phrases = vocabulary.phrases
    group = phrases["parties.groups"].opening(piece)
    if group or len(piece) == 1:
        return _LETTERS.fullmatch(piece[group.end :].strip() if group else piece) is not None
    name = phrases["parties.names"].opening(piece)
    if name is None or not piece[0].isupper():
        return False
    rest = piece[name.end :].strip()
    return not rest or phrases["parties.members"].fit(rest)
