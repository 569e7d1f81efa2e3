"""Who takes part under an item without being a member: those who present a case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ..danish import names
from ..model import Participant
from .compose import plain
from .sections import Part
from .sentences import sentences
from .vocabulary import Vocabulary

_TELLING: Final = frozenset({"presentation", "summary", "other"})
_LONGEST: Final = 600
_LONGEST_OFFICE: Final = 120
_PIECES: Final = re.compile(r"\s*+[,;]\s*+(?:og\s+|samt\s+)?|\s++-\s++")
_JOINED: Final = re.compile(r"(?P<first>.*?)\s+og\s+(?P<second>[A-ZÆØÅ].*)", re.DOTALL)
_JOINER: Final = re.compile(r"[\s,]*(?:og|samt)\s+|[\s,]+")
_UNIT: Final = re.compile(
    r"\s+((?:fra|i|ved|hos|for)\s+.+?)(?=\s+og\s+[a-zæøå]|\s+samt\s+|,\s*og\s+|,|$)"
)
_UNIT_ALONE: Final = re.compile(r"\s+((?:fra|i|ved|hos)\s+[^,]+?)(?=\s+og\s+|,|$)")
_ROLE_AFTER: Final = re.compile(r",\s*(.+?)(?:,\s*og\s+|,\s*$|\s+og\s+(?=[A-ZÆØÅ])|$)")
_WILL: Final = re.compile(r"\s*(?:vil\s+)?")


def participants_of(parts: Sequence[Part], vocabulary: Vocabulary) -> list[Participant]:
    """Those who take part under the item, from a section made for it or from a sentence.

    A sentence counts when somebody with an office takes part, or presents, under this item.
    """
    found: dict[tuple[str | None, str | None], Participant] = {}
    for person in _named(parts, vocabulary):
        found.setdefault((person.name, None if person.name else person.role), person)
    return list(found.values())


def _named(parts: Sequence[Part], vocabulary: Vocabulary) -> Iterator[Participant]:
    for part in parts:
        if part.kind == "participants":
            for block in part.blocks:
                yield from _from_list(plain(block.text), vocabulary)
        elif part.kind in _TELLING:
            for line in _telling_lines(part.text(), vocabulary):
                for sentence in sentences(plain(line)):
                    if len(sentence) <= _LONGEST:
                        yield from _from_sentence(sentence, vocabulary)


def _telling_lines(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    """The lines of a text that may tell of somebody who takes part; most texts have none."""
    phrases = vocabulary.phrases
    places = phrases["participants.takes_part"].find_all(text)
    end = -1
    for place in sorted((*places, *phrases["participants.at_meeting"].openings(text))):
        if place.start > end:
            begin = text.rfind("\n", 0, place.start) + 1
            end = text.find("\n", place.end)
            end = end if end >= 0 else len(text)
            yield text[begin:end]


def _from_sentence(sentence: str, vocabulary: Vocabulary) -> list[Participant]:
    phrases = vocabulary.phrases
    verb = phrases["participants.takes_part"].find(sentence)
    if verb is None or not phrases["participants.here"].find(sentence[verb.end :]):
        return _will_speak(sentence, vocabulary)
    subject = sentence[: verb.start].strip()
    if "udvalg" in subject.lower().split(" ")[0]:
        return []
    return _subjects(subject, vocabulary)


def _will_speak(sentence: str, vocabulary: Vocabulary) -> list[Participant]:
    """`På mødet vil centerlederen af … give et oplæg`: the office is named, or the person."""
    phrases = vocabulary.phrases
    meeting = phrases["participants.at_meeting"].opening(sentence)
    if meeting is None:
        return []
    rest = _WILL.sub("", sentence[meeting.end :], count=1)
    verb = phrases["participants.speaks"].opening(rest)
    rest = rest[verb.end :].strip() if verb else rest
    end = phrases["participants.speaks"].find(rest)
    who = rest[: end.start].strip() if end else ""
    if len(who) > _LONGEST_OFFICE or not phrases["participants.offices"].find(who):
        return []
    return _subjects(who, vocabulary) or [Participant(None, who)]


def _subjects(subject: str, vocabulary: Vocabulary) -> list[Participant]:
    """Persons in the subject of a sentence: `Role, Name, og role Name fra Unit`."""
    found: list[Participant] = []
    spans = [span for span in names.find_persons(subject) if _is_person(span[0])]
    starts = [start for _, start, _ in spans[1:]] + [len(subject)]
    position = 0
    for (name, start, end), following in zip(spans, starts, strict=False):
        printed = subject[position:start]
        role, used = _role(printed, subject[end:following])
        found.append(Participant(name, role))
        position = end + used
    if not found and len(subject) < _LONGEST_OFFICE and _is_office(subject, vocabulary):
        found.append(Participant(None, subject))
    return found


def _role(before: str, after: str) -> tuple[str | None, int]:
    """A person's role from the words around the name, and how many characters after it belong."""
    joiner = _JOINER.match(before)
    office = before[joiner.end() if joiner else 0 :].strip(" ,")
    if office and before.rstrip().endswith(","):
        return office, 0
    if office:
        unit = _UNIT.match(after)
        return (f"{office} {unit[1]}", unit.end()) if unit else (office, 0)
    role = _ROLE_AFTER.match(after) or _UNIT_ALONE.match(after)
    return (role[1].strip(" ,") or None, role.end()) if role else (None, 0)


def _is_person(name: str) -> bool:
    return " " in name and names.looks_like_name(name)


def _is_office(words: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.phrases["participants.offices"].find(words) is not None


# --- sections made for participants --------------------------------------------------------


def _from_list(text: str, vocabulary: Vocabulary) -> list[Participant]:
    """`Name, role, og Name, role.` or `role Name`."""
    text = text.strip().rstrip(".")
    if not text or vocabulary.phrases["absence.nobody"].fit(text):
        return []
    found: list[Participant] = []
    for piece in filter(None, map(str.strip, _PIECES.split(text))):
        _add_piece(found, piece.removeprefix("og "), vocabulary)
    return [person for joined in found for person in _parted(joined)]


def _add_piece(found: list[Participant], piece: str, vocabulary: Vocabulary) -> None:
    """A piece of a list is a person, the role of the one before, or an office without a name."""
    last = found[-1] if found else None
    waiting = last is not None and last.name is not None and last.role is None
    name, role = (None, None) if waiting and piece[0].islower() else _person(piece, vocabulary)
    if name is not None:
        found.append(Participant(name, role))
    elif last is not None and waiting:
        found[-1] = Participant(last.name, piece)
    elif _is_office(piece, vocabulary):
        found.append(Participant(None, piece))
    elif last is not None and last.role is not None:
        found[-1] = Participant(last.name, f"{last.role}, {piece}")


def _person(piece: str, vocabulary: Vocabulary) -> tuple[str | None, str | None]:
    """The one person of a piece, and the words around the name as role."""
    if names.looks_like_name(piece) and not _is_office(piece, vocabulary):
        return piece, None
    spans = [span for span in names.find_persons(piece) if _is_person(span[0])]
    if len(spans) != 1:
        return None, None
    name, start, end = spans[0]
    role = f"{piece[:start].strip(' ,(')} {piece[end:].strip(' ,()')}".strip()
    return name, role or None


def _parted(person: Participant) -> list[Participant]:
    """A role that runs into the next person (`leder af X og Bo Dam`) is parted."""
    match = _JOINED.fullmatch(person.role or "")
    if match and names.looks_like_name(match["second"]):
        return [Participant(person.name, match["first"]), Participant(match["second"], None)]
    return [person]
